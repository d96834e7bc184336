"""Two profiles of one person become one, by an adviser's hand, and can be parted again."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.registry import Registry
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.messages.models import Message
from portal.workers.changes import log_change
from portal.workers.consent_models import ClaimCode, Consent, DuplicatePair, Merge
from portal.workers.identity import move_national_id, same_number
from portal.workers.models import WantedPlace, Worker, WorkerCertificate, WorkerOccupation, WorkExperience
from portal.workers.permissions import is_case_staff
from portal.workers.sensitive import bind_anew
from portal.workers.states import LIVE_STATES, ChangeKind, ContactWay, DuplicateState, Purpose, WorkerState

Moved = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What one capability moves from the merged to the kept profile; ids and field names only."""

    move: Callable[[Worker, Worker], Moved]
    undo: Callable[[Worker, Worker, Moved], None]


# Filled by later packages too (referrals …); a part's name is its key in Merge.moved.
PARTS: Registry[Part] = Registry()

# Taken over only where the kept profile says nothing.
FIELDS = (
    "birth_date", "sex", "phone", "email", "commune_code", "address_line", "education_code", "field_of_study",
    "skills_text", "skills", "shifts", "wants_home", "wants_other_provinces", "wants_abroad", "wage_min",
    "available_from", "guardian_name", "guardian_phone", "guardian_consented_at", "adviser_id",
    "permanent_commune_code", "permanent_address_line",
)  # fmt: skip


def _move_fields(kept: Worker, merged: Worker) -> Moved:
    filled = {}
    for name in FIELDS:
        old, offered = getattr(kept, name), getattr(merged, name)
        if old in (None, "", []) and offered not in (None, "", []):
            if name == "birth_date" and kept.birth_year != merged.birth_year:
                continue
            setattr(kept, name, offered)
            # Only what was empty is filled, so "how it was" holds no personal data.
            filled[name] = old
    return {"filled": filled}


def _undo_fields(kept: Worker, merged: Worker, moved: Moved) -> None:
    for name, old in moved["filled"].items():
        # What the person has changed since is theirs.
        if getattr(kept, name) == getattr(merged, name):
            setattr(kept, name, old)


def _rows(model: Any, key: Callable[[Any], Any] | None, kept: Worker, merged: Worker) -> list[int]:
    """Ids of the merged profile's rows that say something the kept one does not."""
    query = select(model).order_by(model.id)
    have = {key(row) for row in db.session.scalars(query.where(model.worker_id == kept.id))} if key else set()
    theirs = db.session.scalars(query.where(model.worker_id == merged.id))
    return [row.id for row in theirs if key is None or key(row) not in have]


def _give(model: Any, ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(update(model).where(model.id.in_(ids)).values(worker_id=worker.id))


LISTS: dict[str, tuple[Any, Callable[[Any], Any] | None]] = {
    "occupations": (WorkerOccupation, lambda row: row.code),
    "experiences": (WorkExperience, lambda row: (row.title, row.workplace, row.from_year)),
    "certificates": (WorkerCertificate, lambda row: (row.scale, row.level)),
    "wanted_places": (WantedPlace, lambda row: (row.place_code, row.country)),
    # A purpose on which the kept profile once spoke is settled there: a withdrawn consent never comes back.
    "consents": (Consent, lambda row: row.purpose),
    "claim_codes": (ClaimCode, None),
    "messages": (Message, None),
}


def _move_lists(kept: Worker, merged: Worker) -> Moved:
    moved = {name: _rows(model, key, kept, merged) for name, (model, key) in LISTS.items()}
    for name, ids in moved.items():
        _give(LISTS[name][0], ids, kept)
    return moved


def _undo_lists(kept: Worker, merged: Worker, moved: Moved) -> None:
    for name, ids in moved.items():
        _give(LISTS[name][0], ids, merged)


# Facts that stand on a consent go along only where the kept profile now has that consent.
CONSENTED = {
    Purpose.RELATIVE: ("relative_name", "relative_relation", "relative_phone"),
    Purpose.BENEFIT: ("receives_benefit",),
}


def _move_consented(kept: Worker, merged: Worker) -> Moved:
    live = set(
        db.session.scalars(
            select(Consent.purpose).where(Consent.worker_id == kept.id, Consent.withdrawn_at.is_(None))
        )
    )
    filled: dict[str, Any] = {}
    for purpose, names in CONSENTED.items():
        if purpose in live and all(getattr(kept, name) in (None, "") for name in names):
            filled |= {name: getattr(kept, name) for name in names}
            for name in names:
                setattr(kept, name, getattr(merged, name))
    if kept.contact_way is None and (merged.contact_way is not ContactWay.RELATIVE or kept.relative_name):
        filled["contact_way"], kept.contact_way = None, merged.contact_way
    return {"filled": filled}


def _move_identity(kept: Worker, merged: Worker) -> Moved:
    moved: Moved = {"national_id": move_national_id(merged, kept)}
    if kept.national_id_sealed is not None:
        kept.id_absence = None
    moved["sensitive"] = bind_anew(merged, kept, now=kept.updated_at)
    moved["account"] = None
    if kept.account_id is None and merged.account_id is not None:
        moved["account"] = merged.account_id
        merged.account_id = None
        db.session.flush()
        kept.account_id = moved["account"]
    return moved


def _undo_identity(kept: Worker, merged: Worker, moved: Moved) -> None:
    if moved["national_id"]:
        move_national_id(kept, merged)
    if moved["sensitive"]:
        bind_anew(kept, merged, now=kept.updated_at)
    if moved["account"] is not None:
        kept.account_id = None
        db.session.flush()
        merged.account_id = moved["account"]


PARTS.add("fields")(Part(_move_fields, _undo_fields))
PARTS.add("lists")(Part(_move_lists, _undo_lists))
PARTS.add("consented")(Part(_move_consented, _undo_fields))
PARTS.add("identity")(Part(_move_identity, _undo_identity))


def merge(kept: Worker, merged: Worker, *, actor: Account, now: dt.datetime) -> Merge:
    if not is_case_staff(actor):
        raise NotAllowed
    _insist_mergeable(kept, merged)
    before = merged.state
    kept.updated_at = merged.updated_at = now
    moved: Moved = {name: part.move(kept, merged) for name, part in PARTS}
    moved["state"] = before.value
    merged.state, merged.merged_into_id = WorkerState.MERGED, kept.id
    done = Merge(kept_id=kept.id, merged_id=merged.id, moved=moved, done_by_id=actor.id, done_at=now)
    db.session.add(done)
    _decide(kept, merged, DuplicateState.MERGED, actor, now)
    _finish(kept, merged)
    log_change(kept, now=now)
    log_change(merged, ChangeKind.REMOVED, now=now)
    record("worker.merged", kept, actor=actor, now=now, merged=merged.id)
    record("worker.merged_away", merged, actor=actor, now=now, kept=kept.id)
    return done


def _insist_mergeable(kept: Worker, merged: Worker) -> None:
    if kept.id == merged.id:
        raise Refused(_("Hãy chọn hai hồ sơ khác nhau."))
    if kept.state not in LIVE_STATES or merged.state not in LIVE_STATES:
        raise Refused(_("Một trong hai hồ sơ không còn dùng nữa."))
    if same_number(kept, merged) is False:
        raise Refused(_("Hai hồ sơ có hai số căn cước khác nhau: đây là hai người."))


def undo_merge(done: Merge, *, actor: Account, now: dt.datetime) -> None:
    """Everything that was moved goes back; what was added since stays with the kept profile."""
    if not is_case_staff(actor):
        raise NotAllowed
    kept, merged = db.session.get_one(Worker, done.kept_id), db.session.get_one(Worker, done.merged_id)
    if done.undone_at is not None or merged.merged_into_id != kept.id:
        raise Refused(_("Lần gộp này đã được tách ra rồi."))
    merged.state, merged.merged_into_id = WorkerState(done.moved["state"]), None
    kept.updated_at = merged.updated_at = now
    for name, part in reversed(list(PARTS)):
        if name in done.moved:
            part.undo(kept, merged, done.moved[name])
    done.undone_at, done.undone_by_id = now, actor.id
    _decide(kept, merged, DuplicateState.OPEN, actor, now)
    _finish(kept, merged)
    log_change(kept, now=now)
    log_change(merged, now=now)
    record("worker.merge_undone", kept, actor=actor, now=now, merged=merged.id)
    record("worker.merge_undone", merged, actor=actor, now=now, kept=kept.id)


def _decide(kept: Worker, merged: Worker, state: DuplicateState, actor: Account, now: dt.datetime) -> None:
    first, second = sorted((kept.id, merged.id))
    pair = db.session.scalar(
        select(DuplicatePair).where(DuplicatePair.first_id == first, DuplicatePair.second_id == second)
    )
    if pair is None:
        pair = DuplicatePair(first_id=first, second_id=second, reasons=[], found_at=now)
        db.session.add(pair)
    pair.state = state
    is_open = state is DuplicateState.OPEN
    pair.decided_at, pair.decided_by_id = (None, None) if is_open else (now, actor.id)


def _finish(kept: Worker, merged: Worker) -> None:
    db.session.flush()
    # Rows were moved by UPDATE: both profiles' lists are read again.
    db.session.expire(kept)
    db.session.expire(merged)
