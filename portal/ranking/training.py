"""Learning from outcomes, and keeping the verdict: the computer proposes, a person puts it in place."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.held_out import Eligible, Trial, counts, too_few, train
from matching.weights import PARTS
from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.ranking.gathering import Pair, as_outcomes, gather
from portal.ranking.keeper import ranker
from portal.ranking.learning_models import RankingVersion
from portal.ranking.learning_states import VersionState
from portal.ranking.profiles import opening_profile
from portal.ranking.training_groups import groups_of
from portal.ranking.versions import active_version, scorer_of
from portal.reference.rules import of_day

# Openings whose lists the fairness limits are read on, the newest; and how far down each.
OPENINGS = 40
EACH = 200


@dataclass(frozen=True)
class Tried:
    trial: Trial
    # What it was measured against.
    present: RankingVersion | None
    # People whose sealed facts were opened to count groups.
    opened: int = 0


def try_out(now: dt.datetime) -> Tried:
    """Reads, learns and measures; writes nothing."""
    pairs = gather(now)
    present = active_version()
    outcomes = as_outcomes(pairs)
    # Lists are ranked anew for it, which is not worth while where nothing can be learned.
    eligible, opened = (None, 0) if too_few(counts(outcomes)) else eligible_people(pairs, local_date(now))
    return Tried(train(outcomes, scorer_of(present), eligible), present, opened)


def keep(tried: Tried, *, actor: Account | None, now: dt.datetime) -> RankingVersion:
    """The same parameters as are in use already are a version all the same: with its own figures."""
    trial, present = tried.trial, tried.present
    version = RankingVersion(
        state=_state(trial),
        digest=trial.scorer.version if trial.scorer else "",
        parameters=trial.scorer.parameters if trial.scorer else {},
        figures=trial.figures,
        against=[{"code": one.code, "figures": one.figures} for one in trial.against],
        present_id=present.id if present else None,
        made_at=now,
        made_by_id=actor.id if actor else None,
    )
    db.session.add(version)
    db.session.flush()
    record("ranking.trained", version, actor=actor, now=now, state=version.state.value)
    if tried.opened:
        # One event for the look, with their number and nobody's name.
        record("sensitive.counted", version, actor=actor, now=now, people=tried.opened)
    return version


def _state(trial: Trial) -> VersionState:
    if trial.scorer is None:
        return VersionState.TOO_FEW
    return VersionState.REFUSED if trial.against else VersionState.PASSED


def eligible_people(pairs: list[Pair], on: dt.date) -> tuple[Eligible | None, int]:
    """Whom the openings of the newest outcomes would list today; sex, age and the like stand beside.

    Also of how many of them sealed facts were opened.
    """
    newest = sorted({pair.opening_id for pair in pairs}, reverse=True)[:OPENINGS]
    query = Openings().with_page_data().where(Opening.id.in_(newest)).order_by(Opening.id)
    openings = db.session.scalars(query).unique().all()
    index, _mark = ranker(on)
    rule = of_day(db.session, on)
    values, asked, opening_ids, worker_ids = [], [], [], []
    for opening in openings:
        for one in _listed(index, opening_profile(opening, on, rule), on):
            values.append([one.values[name] for name in PARTS])
            asked.append([one.most[name] > 0 for name in PARTS])
            opening_ids.append(opening.id)
            worker_ids.append(int(one.worker_id))
    if not values:
        return None, 0
    groups, opened = groups_of(worker_ids, on)
    people = np.array(worker_ids)
    return Eligible(np.array(values), np.array(asked), np.array(opening_ids), groups, people), opened


def _listed(index: Any, profile: Any, on: dt.date) -> list[Any]:
    try:
        return list(index.rank(profile, on=on, limit=EACH))
    except ValueError:
        return []  # an opening that may not be ranked any more
