"""Points learned from outcomes: for each part a curve that never falls, all in integers.

The parts of a score and the intercept add up to the log-odds of being taken, times `SCALE`. The parameters
are plain JSON; `learning` makes them. Their sense is written about in docs/ranking.md.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from matching.scoring import Values, asked_parts
from matching.types import OpeningProfile
from matching.weights import PARTS, TOP, UNIT, WEIGHTS

SCALE = 100_000
"""Points of one unit of log-odds."""

KNOTS = (0, 2_000, 4_000, 6_000, 8_000, 10_000)
"""Borders of the bins of a value. The same for each part and version, so that versions can be laid side by
side. Five: with a few hundred outcomes more would be noise."""

LEAST_TOP = 1_000
"""A part that is asked for is worth at least a hundredth of a unit of log-odds. Worth nothing, its value
would no longer be looked at, and nobody would learn that it matters again."""

FORMAT = 1

FURTHEST = 10**9
"""Points of a curve or an intercept beyond this were never learned, and would leave what 64 bits hold."""


class LearnedScorer:
    """Turns values into points by learned curves.

    Within a bin a curve rises in a straight line, so that two people in one bin are not equal. As with the
    stated weights, an opening that does not ask about everything has the other parts raised in proportion:
    everything asked for being there means the same log-odds everywhere.

    Parameters
    ----------
    curves : Mapping of str to sequence of int
        For each of `PARTS` the points at each of `KNOTS`: from 0, never falling.
    intercept : int
        Log-odds, times `SCALE`, of somebody whom nothing fits.

    Raises
    ------
    ValueError
        If a curve is missing, is of another length, does not begin at 0 or falls, or if its top or the
        intercept is beyond `FURTHEST`.
    """

    def __init__(self, curves: Mapping[str, Sequence[int]], intercept: int) -> None:
        if set(curves) != set(PARTS):
            raise ValueError("a curve is needed for each part and for no other")
        kept = {name: tuple(int(points) for points in curves[name]) for name in PARTS}
        if any(abs(points) > FURTHEST for curve in kept.values() for points in curve):
            raise ValueError(f"no curve may go beyond {FURTHEST} points")
        if abs(int(intercept)) > FURTHEST:
            raise ValueError(f"the intercept may not go beyond {FURTHEST} points")
        for name, curve in kept.items():
            if len(curve) != len(KNOTS) or curve[0] != 0 or any(np.diff(curve) < 0):
                raise ValueError(f"the curve of {name} must rise from 0 over {len(KNOTS)} knots")
            if curve[-1] < LEAST_TOP:
                kept[name] = tuple(LEAST_TOP * knot // UNIT for knot in KNOTS)
        self.curves = kept
        self.intercept = int(intercept)
        self._tables = np.stack([_table(kept[name]) for name in PARTS])
        self._tops = self._tables[:, -1]
        text = json.dumps(self.parameters, sort_keys=True)
        self._version = f"learned-{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    @property
    def version(self) -> str:
        """A digest of the parameters."""
        return self._version

    @property
    def parameters(self) -> dict[str, Any]:
        """Everything there is to know, as plain JSON; `from_parameters` reads it."""
        return {
            "format": FORMAT,
            "scale": SCALE,
            "knots": list(KNOTS),
            "curves": {name: list(curve) for name, curve in self.curves.items()},
            "intercept": self.intercept,
        }

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "LearnedScorer":
        """Read what `parameters` gave.

        Raises
        ------
        ValueError
            If they are of another format or not of their form at all, or as the constructor.
        """
        try:
            return cls._of(parameters)
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError("these parameters are not of the form that was learned") from error

    @classmethod
    def _of(cls, parameters: Mapping[str, Any]) -> "LearnedScorer":
        stated = (parameters.get("format"), parameters.get("scale"), parameters.get("knots"))
        if stated != (FORMAT, SCALE, list(KNOTS)):
            raise ValueError("these parameters were learned for another format")
        return cls(parameters["curves"], parameters["intercept"])

    def most(self, opening: OpeningProfile) -> dict[str, int]:
        """Return the most points that each part can bring; 0 where the opening does not ask."""
        return self.most_of(asked_parts(opening))

    def most_of(self, asked: frozenset[str]) -> dict[str, int]:
        """Return the same where only the names of the parts that are asked about are known."""
        total = sum(WEIGHTS[name] for name in asked)
        tops = zip(PARTS, self._tops, strict=True)
        return {name: int(top) * TOP // total if name in asked else 0 for name, top in tops}

    def points(self, values: Values, most: Mapping[str, int]) -> Values:
        """Return each part's points on its curve, raised as `most` is."""
        most_each = np.array([most[name] for name in PARTS], dtype=np.int64)
        points: Values = self._tables[np.arange(len(PARTS)), values] * most_each // self._tops
        return points

    def log_odds(self, score: int) -> float:
        """Return the log-odds of a score, the sum of somebody's points."""
        return (score + self.intercept) / SCALE

    def share(self, score: int, most: Mapping[str, int]) -> float | None:
        """Return the share of people with such a score who were taken, of those an employer answered for."""
        return 1 / (1 + math.exp(-self.log_odds(score)))


def _table(curve: Sequence[int]) -> Values:
    """Points at every value from 0 to `UNIT`, rounded down."""
    values = np.arange(UNIT + 1, dtype=np.int64)
    knots, points = np.array(KNOTS, dtype=np.int64), np.array(curve, dtype=np.int64)
    at = np.minimum(np.searchsorted(knots, values, side="right") - 1, len(KNOTS) - 2)
    rise = (points[at + 1] - points[at]) * (values - knots[at]) // (knots[at + 1] - knots[at])
    table: Values = points[at] + rise
    return table
