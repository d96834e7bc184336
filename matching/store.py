"""A saved index: one folder of plain arrays and one JSON file, for its owner only, opened memory-mapped."""

import json
import os
import shutil
import tempfile
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import scipy
import sklearn

from matching.columns import Coded, Inverted
from matching.fields import Fields
from matching.model import SimilarityModel, knowledge_digest
from matching.postings import Postings
from matching.segments import Segment
from matching.table import Table
from matching.weights import PARTS

FORMAT = 2
HEADER = "index.json"
PRIVATE = 0o600
PARTS_OF = {"table": Table, "postings": Postings, "fields": Fields}
"""What is saved of a segment beside its inverted columns and the model."""


def _flat(name: str, value: Any) -> dict[str, np.ndarray]:
    """Return the arrays of a value by dotted name: dataclasses by field, tuples by place."""
    if isinstance(value, tuple):
        parts = {str(at): one for at, one in enumerate(value)}
    elif is_dataclass(value):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
    else:
        return {name: np.asarray(value)}
    found: dict[str, np.ndarray] = {}
    for part, one in parts.items():
        found |= _flat(f"{name}.{part}", one)
    return found


def _built(kind: type, name: str, arrays: dict[str, np.ndarray]) -> Any:
    """Return a dataclass from the arrays that `_flat` made of one."""
    hints = get_type_hints(kind)
    parts: dict[str, Any] = {}
    for field in fields(kind):
        here = f"{name}.{field.name}"
        if is_dataclass(hints[field.name]):
            parts[field.name] = _built(hints[field.name], here, arrays)
        elif here in arrays:
            parts[field.name] = arrays[here]
        else:
            width = sum(1 for other in arrays if other.startswith(f"{here}."))
            parts[field.name] = tuple(arrays[f"{here}.{at}"] for at in range(width))
    return kind(**parts)


def _coded() -> list[str]:
    return [name for name, hint in get_type_hints(Table).items() if hint is Coded]


def _arrays(model: SimilarityModel, segment: Segment) -> dict[str, np.ndarray]:
    """Return every array of an index by file name."""
    found = {f"model.{name}": array for name, array in model.arrays().items()}
    for name in PARTS_OF:
        found |= _flat(name, getattr(segment, name))
    for name in _coded():
        found |= _flat(f"inverted.{name}", getattr(segment.table, name).inverted)
    return found


def _header(model: SimilarityModel, arrays: dict[str, np.ndarray], note: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "model": model.version,
        "knowledge": knowledge_digest(),
        "parts": list(PARTS),
        "note": note,
        "made_with": {
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "arrays": {name: [array.dtype.str, list(array.shape)] for name, array in arrays.items()},
    }


def save(path: Path, model: SimilarityModel, segment: Segment, note: dict[str, Any]) -> None:
    """Write an index beside its place and swap it in.

    Parameters
    ----------
    path : Path
        A folder; its parent must exist.
    model : SimilarityModel
    segment : Segment
    note : dict
        Kept in the JSON file for the caller.
    """
    fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        arrays = _arrays(model, segment)
        for name, array in arrays.items():
            with open(fresh / f"{name}.npy", "wb", opener=_private) as file:
                np.save(file, array, allow_pickle=False)
                _flush(file)
        with open(fresh / HEADER, "w", encoding="utf-8", opener=_private) as file:
            json.dump(_header(model, arrays, note), file, indent=1)
            _flush(file)
        _swap(fresh, path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


def _flush(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _swap(fresh: Path, path: Path) -> None:
    """Put the new folder in place; readers of the old one keep their open maps."""
    if path.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{path.name}-old-", dir=path.parent))
        os.replace(path, old / "index")
        os.replace(fresh, path)
        shutil.rmtree(old, ignore_errors=True)
    else:
        os.replace(fresh, path)


def _read_header(path: Path) -> dict[str, Any]:
    header: dict[str, Any] = json.loads((path / HEADER).read_text(encoding="utf-8"))
    if not isinstance(header, dict):
        raise ValueError(f"the header at {path} is no header; build the index again")
    expected = {"format": FORMAT, "knowledge": knowledge_digest(), "parts": list(PARTS)}
    for name, value in expected.items():
        if header.get(name) != value:
            raise ValueError(f"the saved index at {path} was made with another {name}; build it again")
    return header


def model_of(path: Path) -> str:
    """Return the version of the model of a saved index, without opening its arrays.

    Raises
    ------
    FileNotFoundError, ValueError
        As `load`, as far as the JSON file tells.
    """
    return str(_read_header(path)["model"])


def load(path: Path) -> tuple[SimilarityModel, Segment, dict[str, Any]]:
    """Open a saved index.

    Raises
    ------
    FileNotFoundError
        If there is none.
    ValueError
        If the format, the weights, the text rules, the shipped data or an array differ from what this
        library would write.
    """
    try:
        return _loaded(path)
    except (KeyError, TypeError, AttributeError, IndexError, EOFError) as error:
        raise ValueError(f"the saved index at {path} is damaged; build it again") from error


def _loaded(path: Path) -> tuple[SimilarityModel, Segment, dict[str, Any]]:
    header = _read_header(path)
    if any("/" in name or name.startswith(".") for name in header["arrays"]):
        raise ValueError(f"the header at {path} names files elsewhere; build the index again")
    arrays = {name: _open(path, name, *shape) for name, shape in header["arrays"].items()}
    mine = {name.removeprefix("model."): array for name, array in arrays.items() if name.startswith("model.")}
    model = SimilarityModel.from_arrays(mine)
    if model.version != header["model"]:
        raise ValueError(f"the saved index at {path} holds another model than it says; build it again")
    return model, _segment(arrays, model), header["note"]


def _open(path: Path, name: str, dtype: str, shape: list[int]) -> np.ndarray:
    file = path / f"{name}.npy"
    array: np.ndarray = np.load(file, mmap_mode="r" if 0 not in shape else None, allow_pickle=False)
    if array.dtype.str != dtype or list(array.shape) != shape:
        raise ValueError(f"{file} is not the array that the index was saved with; build it again")
    return array


def _segment(arrays: dict[str, np.ndarray], model: SimilarityModel) -> Segment:
    parts = {name: _built(kind, name, arrays) for name, kind in PARTS_OF.items()}
    for name in _coded():
        # A cached property: set here, it is never computed.
        getattr(parts["table"], name).__dict__["inverted"] = _built(Inverted, f"inverted.{name}", arrays)
    segment = Segment(parts["table"], model.columns, parts["postings"], parts["fields"])
    _check_lengths(segment)
    return segment


def _check_lengths(segment: Segment) -> None:
    """Refuse arrays that do not belong to each other: the kernels read without looking at their ends."""
    table, postings, fields = segment.table, segment.postings, segment.fields
    n = len(table)
    rows = (
        table.id, table.by_key, table.birth, table.sex, table.education, table.commune, table.wage,
        table.start, table.updated, table.asked, table.bags.first, table.bags.norms, fields.wage,
        fields.start, fields.updated, fields.done[0], fields.wanted[0],
    )  # fmt: skip
    ends = (table.bags.starts, table.profiles.starts, *(getattr(table, name).starts for name in _coded()))
    whole = [len(one) == n for one in rows] + [len(one) == n + 1 for one in ends]
    whole += [
        len(table.bags.terms) == table.bags.starts[-1] == len(postings.ids) == postings.starts[-1],
        len(postings.starts) == len(postings.blocks) + 1 == postings.segments[-1] + 1,
        len(postings.segments) == len(postings.terms) + 1,
        len(fields.all_done) == table.occupations.starts[-1],
        len(fields.all_wanted) == table.wanted_occupations.starts[-1],
    ]
    if not all(whole):
        raise ValueError("the arrays of the saved index are not of one length; build it again")
