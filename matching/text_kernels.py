"""The one loop of the text model: two sums over the terms of each document, in integers."""

import threading

import numpy as np
from numpy.typing import NDArray

from matching import compiled
from matching.columns import sealed

Whole = NDArray[np.int64]
_tables = threading.local()


def tables(columns: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return this thread's two tables of weights by column, all zeros; who fills them empties them again."""
    held: tuple[NDArray[np.int32], NDArray[np.int32]] | None = getattr(_tables, "held", None)
    if held is None or len(held[0]) < columns:
        held = (np.zeros(columns, dtype=np.int32), np.zeros(columns, dtype=np.int32))
        _tables.held = held
    return held


def _sums_loop(
    starts: NDArray[np.int64],
    terms: NDArray[np.int32],
    rows: NDArray[np.int64],
    one: NDArray[np.int32],
    other: NDArray[np.int32],
    found: NDArray[np.int64],
) -> None:
    for at in range(len(rows)):
        first = np.int64(0)
        second = np.int64(0)
        for place in range(starts[rows[at]], starts[rows[at] + 1]):
            first += one[terms[place]]
            second += other[terms[place]]
        found[at, 0] = first
        found[at, 1] = second


_sums_compiled = compiled.jit(_sums_loop)


def sums_numpy(
    starts: NDArray[np.int64],
    terms: NDArray[np.int32],
    rows: NDArray[np.int64],
    one: NDArray[np.int32],
    other: NDArray[np.int32],
) -> Whole:
    """Return the same as `sums` without numba."""
    begins, sizes = starts[rows], starts[rows + 1] - starts[rows]
    ends = np.cumsum(sizes)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + sizes, sizes)
    here = terms[places]
    found = np.zeros((len(rows), 2), dtype=np.int64)
    for side, table in enumerate((one, other)):
        running = np.concatenate(([0], np.cumsum(table[here], dtype=np.int64)))
        found[:, side] = running[ends] - running[ends - sizes]
    return found


def sums(
    starts: NDArray[np.int64],
    terms: NDArray[np.int32],
    rows: NDArray[np.int64],
    one: NDArray[np.int32],
    other: NDArray[np.int32],
) -> Whole:
    """Return, for each row, the sums of two tables over the row's terms.

    Parameters
    ----------
    starts : ndarray of int64, shape (n + 1,)
    terms : ndarray of int32, shape (m,)
        Columns; those of row r stand from `starts[r]` to `starts[r + 1]`.
    rows : ndarray of int64, shape (k,)
    one, other : ndarray of int32, shape (columns,)
        Weights by column.

    Returns
    -------
    ndarray of int64, shape (k, 2)
    """
    if not compiled.ON:
        return sums_numpy(starts, terms, rows, one, other)
    found = np.zeros((len(rows), 2), dtype=np.int64)
    _sums_compiled(sealed(starts), sealed(terms), rows, one, other, found)
    return found
