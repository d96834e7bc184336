"""Every step of an opening's life: checked by the table, logged, and told to later packages."""

import datetime as dt

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.events import emit
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.openings.employers import employer_known
from portal.openings.events import OpeningEnded, OpeningPublished, Why
from portal.openings.finding_words import holding_sentences
from portal.openings.models import Opening, OpeningStep
from portal.openings.notices import tell_members
from portal.openings.queries import Openings, asker, open_findings
from portal.openings.rules import PublishFacts, held_back, lacks
from portal.openings.standing import Checker
from portal.openings.states import OpeningState, Sphere
from portal.openings.transitions import TRANSITIONS

ENDINGS: dict[OpeningState, Why] = {
    OpeningState.FILLED: "filled",
    OpeningState.CLOSED: "closed",
    OpeningState.EXPIRED: "expired",
}


def facts_of(opening: Opening) -> PublishFacts:
    return PublishFacts(
        sphere=opening.sphere,
        title=opening.title,
        text=opening.text,
        occupation_code=opening.occupation_code,
        province_code=opening.province_code,
        country=opening.country,
        expires_on=opening.expires_on,
        has_wage=bool(opening.wage_min or opening.wage_max or opening.wage_note),
        has_contact=bool(opening.contact_phone or opening.contact_email),
        approval_number=opening.overseas.approval_number if opening.overseas else "",
        positions_left=opening.positions_left,
        open_findings=len(open_findings(opening)),
    )


def submit(opening: Opening, *, actor: Account, now: dt.datetime) -> Opening:
    take_step(opening, "submit", actor=actor, now=now)
    opening.submitted_at = now
    opening.return_reason = ""
    db.session.flush()
    return opening


def publish(opening: Opening, *, actor: Account, now: dt.datetime) -> Opening:
    take_step(opening, "publish", actor=actor, now=now)
    emit(OpeningPublished(opening, actor, now))
    tell_members(opening, "published", now=now)
    return opening


def return_to_author(opening: Opening, reason: str, *, actor: Account, now: dt.datetime) -> Opening:
    take_step(opening, "return", actor=actor, now=now, reason=reason)
    opening.return_reason = reason.strip()
    db.session.flush()
    tell_members(opening, "returned", now=now)
    return opening


def close(opening: Opening, reason: str, *, actor: Account, now: dt.datetime) -> Opening:
    return take_step(opening, "close", actor=actor, now=now, reason=reason)


def reopen(opening: Opening, *, actor: Account, now: dt.datetime) -> Opening:
    take_step(opening, "reopen", actor=actor, now=now)
    opening.ended_at = None
    db.session.flush()
    return opening


def take_position(opening: Opening, *, actor: Account | None, now: dt.datetime) -> Opening:
    """Somebody was hired. The last place fills the opening."""
    locked = _lock(opening)
    if locked.positions_left < 1:
        raise Refused(_("Tin tuyển này đã đủ người."))
    locked.positions_left -= 1
    locked.updated_at = now
    db.session.flush()
    record("opening.position_taken", locked, actor=actor, now=now, left=locked.positions_left)
    if locked.positions_left == 0 and locked.state == OpeningState.PUBLISHED:
        take_step(locked, "fill", actor=actor, now=now, by_itself=True)
    return locked


def give_back_position(opening: Opening, *, actor: Account | None, now: dt.datetime) -> Opening:
    """A hire did not come about: the place is free again, and the opening public if its time is not over."""
    locked = _lock(opening)
    if locked.positions_left >= locked.positions:
        raise Refused(_("Tin tuyển này chưa có ai được nhận."))
    locked.positions_left += 1
    locked.updated_at = now
    db.session.flush()
    record("opening.position_given_back", locked, actor=actor, now=now, left=locked.positions_left)
    if locked.state == OpeningState.FILLED:
        take_step(locked, "free", actor=actor, now=now, by_itself=True)
        locked.ended_at = None
        if locked.expires_on is not None and locked.expires_on < local_date(now):
            take_step(locked, "expire", actor=None, now=now, by_itself=True)
    return locked


def expire_due(now: dt.datetime) -> list[Opening]:
    """End every opening whose last day has passed, and tell its owners. Safe to run again."""
    due = db.session.scalars(Openings().overdue(local_date(now)).order_by(Opening.id).locked()).all()
    for opening in due:
        take_step(opening, "expire", actor=None, now=now, by_itself=True)
        tell_members(opening, "expired", now=now)
    return list(due)


def _lock(opening: Opening) -> Opening:
    """The row as it is now, held until the transaction ends: two hires never take the same place."""
    return db.session.scalars(
        Openings().by_id(opening.id).locked().execution_options(populate_existing=True)
    ).one()


def take_step(
    opening: Opening,
    name: str,
    *,
    actor: Account | None,
    now: dt.datetime,
    reason: str = "",
    by_itself: bool = False,
) -> Opening:
    step = TRANSITIONS[name]
    _insist_allowed(opening, name, actor, by_itself)
    if step.needs_reason and not reason.strip():
        raise Refused(_("Hãy ghi lý do."))
    if step.needs_complete:
        insist_complete(opening, now)
    if step.needs_cleared:
        _insist_cleared(opening, local_date(now))
    before, opening.state = opening.state, step.target
    if step.target == OpeningState.PUBLISHED:
        opening.published_at = opening.published_at or now
    opening.updated_at = now
    if step.target in ENDINGS:
        opening.ended_at = now
    db.session.flush()
    log(opening, name, before, actor, now, reason)
    if step.target in ENDINGS:
        emit(OpeningEnded(opening, ENDINGS[step.target], actor, now))
    return opening


def _insist_allowed(opening: Opening, name: str, actor: Account | None, by_itself: bool) -> None:
    step = TRANSITIONS[name]
    if not by_itself and (actor is None or not step.who(asker(actor), opening.organisation_id)):
        raise NotAllowed
    if opening.state not in step.sources:
        raise Refused(_("Tin đang ở bước “%(state)s” nên chưa làm được việc này.", state=opening.state.label))


def insist_complete(opening: Opening, now: dt.datetime) -> None:
    missing = lacks(facts_of(opening), local_date(now))
    if missing:
        raise Refused(" ".join(sentence for _field, sentence in missing), field=missing[0][0])


def _insist_cleared(opening: Opening, on: dt.date) -> None:
    held = held_back(len(open_findings(opening)), employer_known(opening.organisation))
    if opening.sphere == Sphere.OVERSEAS:
        held += holding_sentences(Checker(on).standing(opening))
    if held:
        raise Refused(" ".join(held))


def log(
    opening: Opening,
    name: str,
    before: OpeningState | None,
    actor: Account | None,
    now: dt.datetime,
    reason: str = "",
) -> None:
    db.session.add(
        OpeningStep(
            opening_id=opening.id,
            name=name,
            from_state=before.value if before else None,
            to_state=opening.state,
            actor_id=actor.id if actor is not None else None,
            at=now,
            reason=reason.strip(),
        )
    )
    db.session.flush()
    record(f"opening.{name}", opening, actor=actor, now=now, to=opening.state.value)
