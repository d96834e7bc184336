"""Rounds of a programme: when one can apply, when the tests are, how many are taken, and how many tried."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.errors import Invalid, NotAllowed
from portal.extensions import db
from portal.overseas.models import Programme
from portal.overseas.programmes.operations import may_change, may_verify
from portal.overseas.programmes.round_models import ProgrammeRound, RoundDay
from portal.overseas.programmes.states import RoundDayKind


@dataclass(frozen=True, slots=True)
class RoundFacts:
    name: str
    year: int
    source: str
    apply_from: dt.date | None = None
    apply_to: dt.date | None = None
    places: int | None = None
    applicants: int | None = None
    verified: bool = False
    note: str = ""
    # Kind, day, words.
    days: Sequence[tuple[RoundDayKind, dt.date, str]] = ()


PLAIN = ("name", "year", "source", "apply_from", "apply_to", "places", "applicants", "verified", "note")


def add_round(programme: Programme, facts: RoundFacts, *, actor: Account, now: dt.datetime) -> ProgrammeRound:
    _insist(facts, actor)
    made = ProgrammeRound(programme_id=programme.id, entered_by_id=actor.id, created_at=now, updated_at=now)
    _set(made, facts)
    db.session.add(made)
    db.session.flush()
    record("programme_round.added", made, actor=actor, now=now, programme=programme.code)
    return made


def change_round(one: ProgrammeRound, facts: RoundFacts, *, actor: Account, now: dt.datetime) -> None:
    """The trail keeps what stood there before."""
    _insist(facts, actor)
    before = _plain(one)
    _set(one, facts)
    db.session.flush()
    after = _plain(one)
    changed = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changed:
        one.updated_at = now
        record("programme_round.changed", one, actor=actor, now=now, changed=changed)


def _set(one: ProgrammeRound, facts: RoundFacts) -> None:
    for name in PLAIN:
        setattr(one, name, getattr(facts, name))
    wanted = sorted(facts.days, key=lambda day: (day[1], day[0].value))
    if [(day.kind, day.day, day.words) for day in one.days] != list(wanted):
        one.days = [RoundDay(kind=kind, day=day, words=words) for kind, day, words in wanted]


def _plain(one: ProgrammeRound) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in PLAIN:
        value = getattr(one, name)
        found[name] = value.isoformat() if isinstance(value, dt.date) else value
    found["days"] = [[day.kind.value, day.day.isoformat(), day.words] for day in one.days]
    return found


def _insist(facts: RoundFacts, actor: Account) -> None:
    if not may_change(actor):
        raise NotAllowed
    if facts.verified and not may_verify(actor):
        raise NotAllowed(_("Chỉ lãnh đạo Trung tâm được xác nhận đã đọc văn bản gốc."))
    if not facts.source.strip():
        raise Invalid(_("Hãy ghi căn cứ: văn bản, thông báo nào."), field="source")
    if facts.apply_from and facts.apply_to and facts.apply_to < facts.apply_from:
        raise Invalid(_("Ngày cuối nhận hồ sơ không thể trước ngày đầu."), field="apply_to")
    early = [day for _kind, day, _words in facts.days if facts.apply_from and day < facts.apply_from]
    if early:
        raise Invalid(
            _("Ngày %(day)s ở trước ngày đầu nhận hồ sơ.", day=f"{min(early):%d/%m/%Y}"), field="apply_from"
        )
