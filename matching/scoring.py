"""From what fits to points: the scorers, all additive, all in integers.

`features.values` says how well each part fits; a scorer turns that into points. The stated weights are one
scorer; what is learned from outcomes is another with the same face, so that lists, reasons and explanations
never ask which of them is at work.
"""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.eligibility import leaves
from matching.types import OpeningProfile
from matching.weights import PARTS, TOP, UNIT, WEIGHTS

Values = NDArray[np.int64]


class Scorer(Protocol):
    """Turns the values of the parts into points that add up to the score.

    Attributes
    ----------
    version : str
        Changes with everything that a score depends on; stands in the version of a ranker.
    """

    @property
    def version(self) -> str: ...

    def most(self, opening: OpeningProfile) -> dict[str, int]:
        """Return the most points that each part can bring for an opening, in the order of `PARTS`."""
        ...

    def most_of(self, asked: frozenset[str]) -> dict[str, int]:
        """Return the same where only the names of the parts that are asked about are known."""
        ...

    def points(self, values: Values, most: Mapping[str, int]) -> Values:
        """Return points for values of 0 to `UNIT`, both of shape (n, len(PARTS)).

        Points never fall when a value rises, and are 0 throughout for a part with `most` 0.
        """
        ...

    def share(self, score: int, most: Mapping[str, int]) -> float | None:
        """Return the calibrated share of such people who were taken; None where nothing was learned."""
        ...


class StatedWeights:
    """The weights of `matching.weights`: judgement, stated in docs/ranking.md."""

    version = "stated"

    def most(self, opening: OpeningProfile) -> dict[str, int]:
        """Return the points of each part, see `most_of`."""
        return self.most_of(asked_parts(opening))

    def most_of(self, asked: frozenset[str]) -> dict[str, int]:
        """Return the points of each part.

        A part that the opening does not ask about is worth nothing; its points go to the others in
        proportion, so that the scores of different openings have one scale: `TOP` says that everything asked
        for is there.

        Returns
        -------
        dict of str to int
            Points by part, in the order of `PARTS`; their sum is `TOP` but for the rounding down.
        """
        counted = {name: weight if name in asked else 0 for name, weight in WEIGHTS.items()}
        total = sum(counted.values())
        return {name: weight * TOP // total for name, weight in counted.items()}

    def points(self, values: Values, most: Mapping[str, int]) -> Values:
        """Return each part's share of its most."""
        weights = np.array([most[name] for name in PARTS], dtype=np.int64)
        points: Values = values * weights // UNIT
        return points

    def share(self, score: int, most: Mapping[str, int]) -> float | None:
        """Nothing was learned: no share."""
        return None


def asked_parts(opening: OpeningProfile) -> frozenset[str]:
    """Return the names of the parts that an opening asks about."""
    kinds = {one.kind for need in opening.requirements for one in leaves(need)}
    has_occupation = opening.occupation is not None
    depends = {
        "occupation": has_occupation,
        "experience": has_occupation,
        "wish": has_occupation,
        "text": bool(opening.title or opening.text),
        "distance": opening.is_overseas or opening.place is not None,
        "wishes": any(not need.hard for need in opening.requirements),
        "wage": opening.wage_min is not None or opening.wage_max is not None,
        "skills": "skill" in kinds,
        "certificate": "certificate" in kinds,
    }
    return frozenset(name for name in PARTS if depends.get(name, True))
