"""From outcomes to a `LearnedScorer`: the fit alone. Whether it may be used is said by `held_out`.

Log-odds of a yes = a level + a curve for each part that never falls + what is no quality of the person: who
answered, and which opening it was. The last two are fitted and left out. The curves are held to the stated
weights, times one number that is fitted too: without outcomes the order is the stated one, and each outcome
moves it a little.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from matching.learned import SCALE, LearnedScorer
from matching.monotone import BINS, STATED, MonotoneBins, MonotoneLogit
from matching.outcomes import CENTRE, SHOWN, Outcomes
from matching.position_bias import Reading, reading_of
from matching.weights import PARTS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RIDGE = 10.0
"""How strongly the curves are held to the stated weights. At 1 and 3 they followed the noise of 200 outcomes,
at 30 they moved too little by 500 (docs/ranking.md)."""
GROUP_RIDGE = 1.0
"""An opening's own level: about the spread of one unit of log-odds between employers."""
HALF_LIFE_WEEKS = 20
"""An outcome of so long ago counts half: employers and seasons change. Longer follows a changed taste too
late, shorter forgets a steady one (docs/ranking.md)."""
CALIBRATION_FOLDS = 3
"""Parts of the openings; the shares of each are told by a fit to the others."""
LEAST_SLOPE = 0.1
"""A calibration flatter than this would turn the order around by rounding."""


@dataclass(frozen=True)
class Fitted:
    """What a fit found.

    Attributes
    ----------
    scorer : LearnedScorer
    reading : Reading
        How lists were read: the correction of position bias that was used.
    """

    scorer: LearnedScorer
    reading: Reading


def fit(outcomes: Outcomes, reading: Reading | None = None) -> Fitted:
    """Fit a scorer.

    Parameters
    ----------
    outcomes : Outcomes
        With yes and no among the rows that employers answered for.
    reading : Reading, optional
        How lists were read, where it is known; found in the outcomes otherwise.

    Returns
    -------
    Fitted
    """
    age = outcomes.week.max(initial=0) - outcomes.week
    weight = outcomes.weight * 0.5 ** (age / HALF_LIFE_WEEKS)
    columns: Floats = MonotoneBins().fit_transform(outcomes.inputs())
    stated = columns @ STATED
    shown = outcomes.kind == SHOWN
    if reading is None:
        chosen = outcomes.label[shown] == 1
        reading = reading_of(outcomes.position[shown], chosen, stated[shown], weight[shown])
    passed = shown & (outcomes.label == 0)
    seen = np.where(passed, reading.looked_at_and_passed(outcomes.position, stated), 1.0)
    rows = _Rows(columns, outcomes, weight * seen)
    return Fitted(_calibrated(rows.fit(), rows.unseen_odds(), outcomes), reading)


@dataclass(frozen=True)
class _Rows:
    columns: Floats
    outcomes: Outcomes
    weight: Floats

    def fit(self, rows: Ints | slice = slice(None)) -> MonotoneLogit:
        kind = self.outcomes.kind[rows]
        beside = np.column_stack([kind == CENTRE, kind == SHOWN]).astype(np.float64)
        logit = MonotoneLogit(ridge=RIDGE, group_ridge=GROUP_RIDGE)
        opening = self.outcomes.opening[rows]
        return logit.fit(self.columns[rows], self.outcomes.label[rows], self.weight[rows], beside, opening)

    def unseen_odds(self) -> Floats:
        """Return the log-odds of each row by a fit that has not seen its opening."""
        odds = np.zeros(len(self.weight))
        folds = GroupKFold(CALIBRATION_FOLDS)
        for others, mine in folds.split(self.columns, groups=self.outcomes.opening):
            odds[mine] = self.fit(others).decision_function(self.columns[mine])
        return odds


def _calibrated(logit: MonotoneLogit, unseen_odds: Floats, outcomes: Outcomes) -> LearnedScorer:
    """Turn coefficients into curves whose sum is calibrated: slope and shift go into the points themselves.

    Both are read from odds told to openings that a fit has not seen; those of its own are too sure. The rows
    that an employer answered for are counted once each, whatever they weighed: a share of people is a share
    of people.
    """
    mine = outcomes.decided
    level = LogisticRegression(C=1e6).fit(unseen_odds[mine, None], outcomes.label[mine])
    slope, shift = max(float(level.coef_[0, 0]), LEAST_SLOPE), float(level.intercept_[0])
    rises = np.rint(logit.coef_.reshape(len(PARTS), BINS) * slope * SCALE).astype(np.int64)
    curves = {name: (0, *np.cumsum(rises[at]).tolist()) for at, name in enumerate(PARTS)}
    return LearnedScorer(curves, round((logit.intercept_ * slope + shift) * SCALE))
