"""What became of people who were listed, as arrays: the material of learning."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.scoring import Scorer
from matching.weights import PARTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

EMPLOYER, CENTRE, SHOWN = 0, 1, 2
"""Who gave the answer of a row: the employer; somebody else who was asked; nobody: the person was in a list,
and was chosen or was not."""


@dataclass(frozen=True)
class Outcomes:
    """Rows of labelled pairs.

    Attributes
    ----------
    values : ndarray of int64, shape (n, len(PARTS))
        What `features.values` said when the list was shown, 0 to `weights.UNIT`.
    asked : ndarray of bool, shape (n, len(PARTS))
        Which parts the opening asked about.
    label : ndarray of int64, shape (n,)
        1 for a yes, 0 for a no.
    weight : ndarray of float64, shape (n,)
        How much the answer says, 0 to 1.
    gain : ndarray of int64, shape (n,)
        How good the end was, 0 or more: what a held-out list is measured by.
    kind : ndarray of int64, shape (n,)
        `EMPLOYER`, `CENTRE` or `SHOWN`.
    opening, week : ndarray of int64, shape (n,)
    position : ndarray of int64, shape (n,)
        Place in the list, from 1; read for `SHOWN` rows only.
    """

    values: Ints
    asked: Bools
    label: Ints
    weight: Floats
    gain: Ints
    kind: Ints
    opening: Ints
    week: Ints
    position: Ints

    def __post_init__(self) -> None:
        n = len(self.label)
        if self.values.shape != (n, len(PARTS)) or self.asked.shape != (n, len(PARTS)):
            raise ValueError("values and asked need one row a label and one column a part")

    def __len__(self) -> int:
        return len(self.label)

    @property
    def decided(self) -> Bools:
        """Mask of the rows that an employer answered for."""
        mask: Bools = self.kind == EMPLOYER
        return mask

    def take(self, rows: ArrayLike) -> "Outcomes":
        """Return the rows of a mask or of indices."""
        at = np.asarray(rows)
        return Outcomes(*(getattr(self, name)[at] for name in self.__dataclass_fields__))

    def inputs(self) -> Floats:
        """Return the values as the estimators take them, NaN where a part was not asked about."""
        inputs: Floats = np.where(self.asked, self.values, np.nan)
        return inputs


def joined(several: list[Outcomes]) -> Outcomes:
    """Return the rows of all, one after another; at least one is needed."""
    names = Outcomes.__dataclass_fields__
    return Outcomes(*(np.concatenate([getattr(one, name) for one in several]) for name in names))


def scores(scorer: Scorer, values: Ints, asked: Bools) -> Ints:
    """Return what a scorer gives to rows of several openings.

    Parameters
    ----------
    scorer : Scorer
    values : ndarray of int64, shape (n, len(PARTS))
    asked : ndarray of bool, shape (n, len(PARTS))

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    found = np.zeros(len(values), dtype=np.int64)
    masks, which = np.unique(asked, axis=0, return_inverse=True)
    for at, mask in enumerate(masks):
        rows = np.flatnonzero(which.reshape(-1) == at)
        most = scorer.most_of(frozenset(name for name, is_asked in zip(PARTS, mask, strict=True) if is_asked))
        found[rows] = scorer.points(values[rows], most).sum(axis=1)
    return found
