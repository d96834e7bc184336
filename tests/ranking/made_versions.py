"""Versions as a training leaves them, for tests of what is done with one."""

from typing import Any

from matching.learned import KNOTS, LearnedScorer
from matching.weights import UNIT, WEIGHTS
from portal.common.clock import now
from portal.extensions import db
from portal.ranking import versions
from portal.ranking.learning_models import RankingVersion

GAIN = {"new": 0.9, "present": 0.86, "difference": 0.04, "low": 0.01, "high": 0.07, "openings": 60}
SHARE = {"error": 0.03, "by_chance": 0.06, "log_loss": 0.6, "told": 0.62, "came": 0.6, "answers": 300}
COUNTS = {"pairs": 5000, "outcomes": 500, "yes": 300, "no": 200, "openings": 120, "weeks": 30}
FAIR = [
    {"trait": "sex", "group": "female", "people": 900, "ratio": 1.0, "present": 1.0},
    {"trait": "sex", "group": "male", "people": 800, "ratio": 0.93, "present": 0.95},
]
FIGURES = {**COUNTS, "steepness": 0.9, "ndcg": GAIN, "calibration": SHARE, "fairness": FAIR}


def scorer(**heavier: int) -> LearnedScorer:
    tops = {name: heavier.get(name, weight // 2) for name, weight in WEIGHTS.items()}
    return LearnedScorer(
        {name: [top * knot // UNIT for knot in KNOTS] for name, top in tops.items()}, -300_000
    )


def activate(version: RankingVersion, actor: Any = None) -> None:
    versions.activate(version, actor=actor, now=now())
    db.session.commit()
