"""Fixtures of tests of the ranking."""

from typing import Any

import pytest

from matching.held_out import Objection, Trial
from portal.common.clock import now
from portal.extensions import db
from portal.ranking import training, versions
from portal.ranking.learning_models import RankingVersion
from portal.ranking.training import Tried
from tests.ranking.made_versions import FIGURES, scorer


@pytest.fixture
def made(app: Any) -> Any:
    """`made(distance=600_000)`: a version that passed against what is in use, weighing that part more."""

    def make_version(*against: Objection, **heavier: int) -> RankingVersion:
        trial = Trial(scorer(**heavier), None, FIGURES, against)
        version = training.keep(Tried(trial, versions.active_version()), actor=None, now=now())
        db.session.commit()
        return version

    return make_version
