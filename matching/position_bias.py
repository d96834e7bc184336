"""How likely anybody looked at a place in a list.

Who stands high is seen and chosen more often, whatever they can do. Learned from as it is, a list would prove
itself right. So the chance of being chosen is taken as two chances, one after the other:

    chosen = looked at (place) * chosen once looked at (how well the person fits)

The first falls as a power of the place, 1 / place ** steepness, the form that fits most lists that people
read from the top; the second is a logistic of the stated score. Both are fitted together, by maximum
likelihood, from the recorded order and what was chosen. No list has to be shuffled for it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_expit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEEPEST = 3.0
"""At 3 the second place would be looked at once in eight times: no list is read like that."""
BOUNDS = ((0.0, STEEPEST), (-10.0, 10.0), (0.0, 30.0))
"""Of steepness, level and slope. Who fits better is not chosen less often."""
START = (0.5, -2.0, 2.0)
NEVER_SURE = 1e-9


@dataclass(frozen=True)
class Reading:
    """How a list is read.

    Attributes
    ----------
    steepness : float
        0 for lists that are read to their end.
    level, slope : float
        Log-odds of being chosen once looked at, of a stated score of 0 and for a whole one more.
    """

    steepness: float
    level: float
    slope: float

    def looked_at(self, position: Ints) -> Floats:
        """Return the chance that a place, counted from 1, was looked at; 1 for the first."""
        chance: Floats = np.maximum(position, 1) ** -self.steepness
        return chance

    def looked_at_and_passed(self, position: Ints, stated: Floats) -> Floats:
        """Return the chance that somebody who was not chosen had been looked at (Bayes).

        So much a no of theirs says, and not more.

        Parameters
        ----------
        position : ndarray of int64, shape (n,)
        stated : ndarray of float64, shape (n,)
            The stated score, 0 to 1.
        """
        chance, taken = self.looked_at(position), expit(self.level + self.slope * stated)
        passed: Floats = chance * (1 - taken) / np.maximum(1 - chance * taken, NEVER_SURE)
        return passed


EVERY_PLACE = Reading(0.0, 0.0, 0.0)
"""Everybody in a list was looked at: what is assumed where nothing says otherwise."""


def reading_of(position: Ints, chosen: NDArray[np.bool_], stated: Floats, weight: Floats) -> Reading:
    """Return how lists were read, from who was chosen at which place.

    Parameters
    ----------
    position : ndarray of int64, shape (n,)
        From 1.
    chosen : ndarray of bool, shape (n,)
    stated : ndarray of float64, shape (n,)
        The stated score, 0 to 1.
    weight : ndarray of float64, shape (n,)

    Returns
    -------
    Reading
        `EVERY_PLACE` if nobody was chosen.
    """
    if not chosen.any():
        return EVERY_PLACE
    logs = np.log(np.maximum(position, 1))

    def unlikely(at: Floats) -> tuple[float, Floats]:
        steepness, level, slope = at
        odds = level + slope * stated
        log_chance = np.minimum(log_expit(odds) - steepness * logs, -NEVER_SURE)
        chance = np.exp(log_chance)
        value = -float(weight @ np.where(chosen, log_chance, np.log1p(-chance)))
        down = -weight * np.where(chosen, 1.0, -chance / (1 - chance))
        missed = down * expit(-odds)
        return value, np.array([-(down @ logs), missed.sum(), missed @ stated])

    found = minimize(unlikely, START, jac=True, method="L-BFGS-B", bounds=BOUNDS)
    return Reading(*(float(one) for one in found.x))
