"""Folders in BEIR format: corpus.jsonl, queries.jsonl and qrels/test.tsv."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class NotBeir(Exception):
    """A folder is missing or not in BEIR format; the message says what is wrong."""


@dataclass(frozen=True)
class Folder:
    """Queries, documents and judgements.

    Attributes
    ----------
    name : str
    documents, queries : tuple of str
    query_ids : tuple of str
    relevant : tuple of ndarray of int64
        Documents by number, for each query; may be empty.
    gains : tuple of ndarray of float64
        What each of them is worth.
    """

    name: str
    documents: tuple[str, ...]
    queries: tuple[str, ...]
    query_ids: tuple[str, ...]
    relevant: tuple[NDArray[np.int64], ...]
    gains: tuple[NDArray[np.float64], ...]


def _texts(path: Path) -> dict[str, str]:
    """Return texts by id; a title stands before the text."""
    found: dict[str, str] = {}
    number = 0
    try:
        for line in path.read_text(encoding="utf-8").split("\n"):
            number += 1
            if line.strip():
                row: Any = json.loads(line)
                found[str(row["_id"])] = " ".join(filter(None, (row.get("title", ""), row["text"])))
    except FileNotFoundError:
        raise NotBeir(
            f"{path} is missing: a folder needs corpus.jsonl, queries.jsonl, qrels/test.tsv."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotBeir(f"{path}, line {number}: not an object with _id and text ({error}).") from None
    if not found:
        raise NotBeir(f"{path} holds no text.")
    return found


def _judgements(path: Path) -> list[tuple[str, str, float]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t"))[1:]
        return [(query, document, float(gain)) for query, document, gain in filter(None, rows)]
    except FileNotFoundError:
        raise NotBeir(
            f"{path} is missing: a folder needs corpus.jsonl, queries.jsonl, qrels/test.tsv."
        ) from None
    except ValueError as error:
        raise NotBeir(f"{path}: a line is not query, document and number, with tabs ({error}).") from None


def read(path: Path) -> Folder:
    """Read a folder.

    Raises
    ------
    NotBeir
        If the folder or a file is missing or holds something else, or nothing is judged.
    """
    if not path.is_dir():
        raise NotBeir(f"{path} is not a folder.")
    documents, queries = _texts(path / "corpus.jsonl"), _texts(path / "queries.jsonl")
    number = {name: at for at, name in enumerate(documents)}
    judged: dict[str, dict[int, float]] = {name: {} for name in queries}
    for query, document, gain in _judgements(path / "qrels" / "test.tsv"):
        if query not in judged or document not in number:
            raise NotBeir(f"{path}: the judgement of {query} on {document} names an unknown text.")
        if gain > 0:
            judged[query][number[document]] = gain
    if not any(judged.values()):
        raise NotBeir(f"{path}: no document is judged relevant.")
    return Folder(
        path.resolve().name,
        tuple(documents.values()),
        tuple(queries.values()),
        tuple(queries),
        tuple(np.array(sorted(one), dtype=np.int64) for one in judged.values()),
        tuple(np.array([one[at] for at in sorted(one)]) for one in judged.values()),
    )
