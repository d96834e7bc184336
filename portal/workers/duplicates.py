"""Profiles that may be one person: found when one is saved, decided by an adviser."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, or_, select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.text import fold
from portal.extensions import db
from portal.workers.consent_models import DuplicatePair
from portal.workers.models import Worker
from portal.workers.permissions import insist_case_staff
from portal.workers.queries import open_duplicates
from portal.workers.rules import births_agree, names_alike
from portal.workers.states import LIVE_STATES, DuplicateState

REASONS = {
    "national_id": _l("cùng số căn cước"),
    "phone": _l("cùng số điện thoại, tên gần giống"),
    "name_birth": _l("cùng họ tên và ngày sinh"),
    "name_year": _l("cùng họ tên và năm sinh, cùng xã"),
}
# A phone is shared by a family, a common name by dozens: enough to look at, not more.
MOST_LIKELY = 5


@dataclass(frozen=True, slots=True)
class Likely:
    worker: Worker
    reasons: list[str]


def likely_same(
    full_name: str,
    birth_date: dt.date | None,
    birth_year: int | None,
    phone: str | None,
    commune_code: str | None = None,
    *,
    but: int | None = None,
) -> list[Likely]:
    """Profiles that may be the same person, before or after it is saved."""
    folded = fold(full_name)
    if not folded:
        return []
    # A common name alone is borne by hundreds; with the year it is borne by a handful.
    year = birth_date.year if birth_date is not None else birth_year
    same_name = and_(Worker.name_folded == folded, Worker.birth_year == year)
    either = or_(same_name, Worker.phone == phone) if phone else same_name
    query = select(Worker).where(Worker.state.in_(LIVE_STATES), either).order_by(Worker.id).limit(200)
    found = []
    for worker in db.session.scalars(query):
        if worker.id == but:
            continue
        reasons = _reasons(worker, folded, birth_date, birth_year, phone, commune_code)
        if reasons:
            found.append(Likely(worker, reasons))
    return sorted(found, key=lambda likely: -len(likely.reasons))[:MOST_LIKELY]


def _reasons(
    worker: Worker,
    folded: str,
    birth_date: dt.date | None,
    birth_year: int | None,
    phone: str | None,
    commune_code: str | None,
) -> list[str]:
    reasons = []
    own_birth = (worker.birth_date, worker.birth_year)
    # A family shares a phone, and mother and daughter have names alike: the birth must not speak against it.
    alike = names_alike(worker.name_folded, folded) and births_agree(own_birth, (birth_date, birth_year))
    if phone and worker.phone == phone and alike:
        reasons.append("phone")
    if worker.name_folded != folded:
        return reasons
    if birth_date is not None and worker.birth_date == birth_date:
        reasons.append("name_birth")
    elif _same_year_alone(worker, birth_date, birth_year) and commune_code == worker.commune_code:
        reasons.append("name_year")
    return reasons


def _same_year_alone(worker: Worker, birth_date: dt.date | None, birth_year: int | None) -> bool:
    """Two full dates that differ are two people; a year alone may be either."""
    year = birth_date.year if birth_date is not None else birth_year
    return (
        year is not None
        and year == worker.birth_year
        and worker.commune_code is not None
        and (birth_date is None or worker.birth_date is None)
    )


def note_duplicates(worker: Worker, *, now: dt.datetime) -> list[Likely]:
    """Pairs for the adviser; a pair that was once decided is left alone."""
    found = likely_same(
        worker.full_name,
        worker.birth_date,
        worker.birth_year,
        worker.phone,
        worker.commune_code,
        but=worker.id,
    )
    for likely in found:
        note_pair(worker, likely.worker, likely.reasons, now=now)
    return found


def note_pair(one: Worker, other: Worker, reasons: Iterable[str], *, now: dt.datetime) -> DuplicatePair:
    first, second = sorted((one.id, other.id))
    pair = db.session.scalar(
        select(DuplicatePair).where(DuplicatePair.first_id == first, DuplicatePair.second_id == second)
    )
    if pair is None:
        pair = DuplicatePair(first_id=first, second_id=second, found_at=now, reasons=list(reasons))
        pair.state = DuplicateState.OPEN
        db.session.add(pair)
    else:
        fresh = [reason for reason in reasons if reason not in pair.reasons]
        pair.reasons = [*pair.reasons, *fresh]
        if fresh and "national_id" in fresh and pair.state is DuplicateState.DISTINCT:
            # New proof: an adviser looks again.
            pair.state, pair.decided_at, pair.decided_by_id = DuplicateState.OPEN, None, None
    db.session.flush()
    return pair


def pairs_of(worker: Worker) -> list[tuple[DuplicatePair, Worker]]:
    """The open pairs a profile is in, each with the other profile."""
    query = open_duplicates().where(
        or_(DuplicatePair.first_id == worker.id, DuplicatePair.second_id == worker.id)
    )
    found = []
    for pair in db.session.scalars(query):
        other = pair.second_id if pair.first_id == worker.id else pair.first_id
        found.append((pair, db.session.get_one(Worker, other)))
    return found


def decide_distinct(pair: DuplicatePair, *, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    pair.state, pair.decided_at, pair.decided_by_id = DuplicateState.DISTINCT, now, actor.id
    db.session.flush()
    record("duplicate.distinct", pair, actor=actor, now=now)
