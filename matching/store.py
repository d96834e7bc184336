"""A saved index: one folder of plain arrays and one JSON file, for its owner only, opened memory-mapped."""

import json
import os
import shutil
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import sklearn
from scipy import sparse

from matching.model import COLUMNS, SimilarityModel, knowledge_digest
from matching.table import Ragged, Table
from matching.weights import PARTS

FORMAT = 1
HEADER = "index.json"
PRIVATE = 0o600


def _arrays(model: SimilarityModel, table: Table) -> dict[str, np.ndarray]:
    """Return every array of an index by file name."""
    found: dict[str, np.ndarray] = {"idf": model.idf}
    for field in fields(table):
        column = getattr(table, field.name)
        if isinstance(column, Ragged):
            found[f"{field.name}.starts"] = np.asarray(column.starts)
            for at, one in enumerate(column.columns):
                found[f"{field.name}.{at}"] = np.asarray(one)
        elif field.name == "vectors":
            found |= {f"vectors.{name}": getattr(column, name) for name in ("data", "indices", "indptr")}
        else:
            found[field.name] = np.asarray(column)
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


def save(path: Path, model: SimilarityModel, table: Table, note: dict[str, Any]) -> None:
    """Write an index beside its place and swap it in.

    Parameters
    ----------
    path : Path
        A folder; its parent must exist.
    model : SimilarityModel
    table : Table
    note : dict
        Kept in the JSON file for the caller.
    """
    fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        arrays = _arrays(model, table)
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


def load(path: Path) -> tuple[SimilarityModel, Table, dict[str, Any]]:
    """Open a saved index.

    Raises
    ------
    FileNotFoundError
        If there is none.
    ValueError
        If the format, the weights, the text rules, the shipped data or an array differ from what this
        library would write.
    """
    header = json.loads((path / HEADER).read_text(encoding="utf-8"))
    expected = {"format": FORMAT, "knowledge": knowledge_digest(), "parts": list(PARTS)}
    for name, value in expected.items():
        if header.get(name) != value:
            raise ValueError(f"the saved index at {path} was made with another {name}; build it again")
    arrays = {name: _open(path, name, *shape) for name, shape in header["arrays"].items()}
    model = SimilarityModel(np.asarray(arrays["idf"]))
    if model.version != header["model"]:
        raise ValueError(f"the saved index at {path} holds another model than it says; build it again")
    return model, _table(arrays), header["note"]


def _open(path: Path, name: str, dtype: str, shape: list[int]) -> np.ndarray:
    file = path / f"{name}.npy"
    array: np.ndarray = np.load(file, mmap_mode="r" if 0 not in shape else None, allow_pickle=False)
    if array.dtype.str != dtype or list(array.shape) != shape:
        raise ValueError(f"{file} is not the array that the index was saved with; build it again")
    return array


def _table(arrays: dict[str, np.ndarray]) -> Table:
    columns: dict[str, Any] = {}
    for field in fields(Table):
        name = field.name
        if name == "vectors":
            data, indices, indptr = (arrays[f"vectors.{part}"] for part in ("data", "indices", "indptr"))
            vectors = sparse.csr_array((len(indptr) - 1, COLUMNS), dtype=np.int32)
            vectors.data, vectors.indices, vectors.indptr = data, indices, indptr
            columns[name] = vectors
        elif f"{name}.starts" in arrays:
            width = sum(1 for other in arrays if other.startswith(f"{name}.")) - 1
            columns[name] = Ragged(
                arrays[f"{name}.starts"], tuple(arrays[f"{name}.{at}"] for at in range(width))
            )
        else:
            columns[name] = arrays[name]
    return Table(**columns)
