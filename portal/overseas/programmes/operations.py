"""Staff add and change a programme: a change is a new dated row, the row before it ends the day before.

Advisers and leaders enter rows; that somebody has read the paper itself is said by a leader alone, because
from then on a row can exclude people.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select

from portal.access.models import Account
from portal.access.states import Role
from portal.audit.operations import record
from portal.common.text import fold
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.overseas.models import Programme
from portal.overseas.programmes.models import (
    LocalityBan,
    ProgrammeAgreement,
    ProgrammeDocument,
    ProgrammeRequirement,
    ProgrammeStages,
    Slotted,
)
from portal.overseas.programmes.round_models import ProgrammeRound
from portal.overseas.programmes.states import ROUND_KINDS
from portal.overseas.states import CaseState, ProgrammeChannel
from portal.reference.places import places
from portal.reference.rules import end_of_the_one_before
from portal.workers.permissions import is_case_staff

Row = TypeVar("Row", bound=Slotted)
Standing = TypeVar("Standing", ProgrammeAgreement, LocalityBan)
DAY = "%d/%m/%Y"
# No rule of any programme is older; what is written for later than that is a slip of the pen.
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Stated:
    """Where a row stands written, from when, and whether its paper was read here."""

    source: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    verified: bool = False


def may_change(actor: Account | None) -> bool:
    return is_case_staff(actor)


def may_verify(actor: Account | None) -> bool:
    return actor is not None and actor.role is Role.LEADER


def add_programme(
    *,
    name_vi: str,
    name_en: str,
    channel: ProgrammeChannel,
    country: str | None,
    actor: Account,
    now: dt.datetime,
    **about: Any,
) -> Programme:
    _insist(actor)
    code = _free_code(name_vi)
    programme = Programme(code=code, name_vi=name_vi, name_en=name_en, channel=channel, country=country)
    _set_about(programme, about, actor)
    db.session.add(programme)
    db.session.flush()
    record("programme.added", programme, actor=actor, now=now, code=code)
    return programme


def change_programme(
    programme: Programme,
    *,
    name_vi: str,
    name_en: str,
    channel: ProgrammeChannel,
    country: str | None,
    actor: Account,
    now: dt.datetime,
    **about: Any,
) -> None:
    """Its name, who sends, and when it runs. What it asks is in rows of their own."""
    _insist(actor)
    before = _plain(programme)
    programme.name_vi, programme.name_en = name_vi, name_en
    programme.channel, programme.country = channel, country
    _set_about(programme, about, actor)
    db.session.flush()
    after = _plain(programme)
    changed = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changed:
        # Nothing personal stands here: the trail keeps what it was.
        record("programme.changed", programme, actor=actor, now=now, changed=changed)


ABOUT = (
    "about_vi", "about_en", "is_open_here", "starts_on", "ends_on", "dates_source", "dates_verified",
)  # fmt: skip

DATES = ("starts_on", "ends_on", "dates_source")


def _set_about(programme: Programme, about: dict[str, Any], actor: Account) -> None:
    before = [getattr(programme, name) for name in DATES]
    for name in ABOUT:
        if name in about:
            setattr(programme, name, about[name])
    if not may_verify(actor) and before != [getattr(programme, name) for name in DATES]:
        # Whoever read the paper read of other days.
        programme.dates_verified = False
    if programme.starts_on and programme.ends_on and programme.ends_on < programme.starts_on:
        raise Invalid(_("Ngày kết thúc không thể trước ngày bắt đầu."), field="ends_on")
    if (programme.starts_on or programme.ends_on) and not programme.dates_source.strip():
        raise Invalid(_("Hãy ghi hai ngày này lấy ở đâu."), field="dates_source")
    if about.get("dates_verified") and not may_verify(actor):
        raise NotAllowed(_("Chỉ lãnh đạo Trung tâm được xác nhận đã đọc văn bản gốc."))


def _plain(programme: Programme) -> dict[str, Any]:
    names = ("name_vi", "name_en", "channel", "country", *ABOUT)
    return {name: _as_text(getattr(programme, name)) for name in names}


def _as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def state_row(
    model: type[Row],
    programme: Programme | None,
    values: dict[str, Any],
    stated: Stated,
    *,
    slot: str | None = None,
    actor: Account,
    now: dt.datetime,
) -> Row:
    """A new row of a slot; without one, a new thing that the programme asks, needs or is.

    Without a programme it is a row of every programme, which a leader states.
    """
    _insist_row(stated, actor)
    if programme is None and not may_verify(actor):
        raise NotAllowed(_("Chỉ lãnh đạo Trung tâm được đổi điều áp dụng cho mọi chương trình."))
    if model is ProgrammeRequirement:
        _insist_requirement(programme, values)
    if model is ProgrammeStages:
        slot = "stages"
        _insist_stages(values)
    programme_id = programme.id if programme is not None else None
    if slot is None and model is ProgrammeDocument:
        _insist_new_paper(programme_id, values["name_vi"], stated.valid_from)
    slot = slot or _free_slot(model, programme_id, values)
    latest = _latest(model, programme_id, slot)
    if latest is not None:
        _insist_after(latest.valid_from, stated.valid_from)
        if latest.valid_to is None or latest.valid_to >= stated.valid_from:
            latest.valid_to = end_of_the_one_before(stated.valid_from)
    row: Any = model()
    for name, value in {**values, "programme_id": programme_id, "slot": slot}.items():
        setattr(row, name, value)
    _put(row, stated, actor, now)
    record(
        f"{row.__tablename__}.added", row, actor=actor, now=now, slot=slot, verified=stated.verified,
        programme=programme.code if programme is not None else None, valid_from=stated.valid_from.isoformat(),
    )  # fmt: skip
    return row  # type: ignore[no-any-return]


def _insist_new_paper(programme_id: int | None, name: str, on: dt.date) -> None:
    """Twice the same paper would be asked for twice: what changes it is a new row of its own."""
    query = select(ProgrammeDocument.name_vi).where(
        ProgrammeDocument.programme_id == programme_id,
        ProgrammeDocument.valid_to.is_(None) | (ProgrammeDocument.valid_to >= on),
    )
    if name.casefold() in {one.casefold() for one in db.session.scalars(query)}:
        raise Invalid(_("Giấy này đã có một dòng. Muốn đổi, hãy thay dòng đó."), field="name_vi")


def end_row(row: Any, last_day: dt.date, *, actor: Account, now: dt.datetime) -> None:
    """Not asked any more after that day; what was asked until then stays readable."""
    _insist(actor)
    if row.programme_id is None and not may_verify(actor):
        raise NotAllowed(_("Chỉ lãnh đạo Trung tâm được đổi điều áp dụng cho mọi chương trình."))
    if row.valid_to is not None and row.valid_to <= last_day:
        raise Refused(_("Dòng này đã kết thúc ngày %(day)s.", day=row.valid_to.strftime(DAY)))
    if last_day < row.valid_from:
        raise Invalid(
            _("Ngày cuối không thể trước ngày bắt đầu %(day)s.", day=row.valid_from.strftime(DAY)),
            field="last_day",
        )
    row.valid_to = last_day
    db.session.flush()
    record(f"{row.__tablename__}.ended", row, actor=actor, now=now, last_day=last_day.isoformat())


def add_agreement(
    programme: Programme, partner: str, number: str, stated: Stated, *, actor: Account, now: dt.datetime
) -> ProgrammeAgreement:
    """From its first day the programme is open here."""
    _insist_row(stated, actor)
    if programme.channel is not ProgrammeChannel.LOCALITY:
        raise Refused(_("Chương trình này không cần thỏa thuận của tỉnh."))
    row = ProgrammeAgreement(programme_id=programme.id, partner=partner, number=number)
    return _added(row, programme, stated, actor, now)


def add_ban(
    programme: Programme,
    place_code: str,
    note: str,
    stated: Stated,
    *,
    actor: Account,
    now: dt.datetime,
) -> LocalityBan:
    _insist_row(stated, actor)
    if places().get(place_code) is None:
        raise Invalid(_("Hãy chọn một xã, phường hoặc huyện cũ trong danh sách."), field="place")
    row = LocalityBan(programme_id=programme.id, place_code=place_code, note=note)
    return _added(row, programme, stated, actor, now)


def _added(row: Standing, programme: Programme, stated: Stated, actor: Account, now: dt.datetime) -> Standing:
    _put(row, stated, actor, now)
    record(
        f"{row.__tablename__}.added", row, actor=actor, now=now, programme=programme.code,
        valid_from=stated.valid_from.isoformat(), verified=stated.verified,
    )  # fmt: skip
    return row


def _put(row: Any, stated: Stated, actor: Account, now: dt.datetime) -> None:
    row.source, row.verified = stated.source.strip(), stated.verified
    row.valid_from, row.valid_to = stated.valid_from, stated.valid_to
    row.entered_by_id, row.created_at = actor.id, now
    db.session.add(row)
    db.session.flush()


def _insist(actor: Account) -> None:
    if not may_change(actor):
        raise NotAllowed


def _insist_row(stated: Stated, actor: Account) -> None:
    _insist(actor)
    if not stated.source.strip():
        raise Invalid(_("Hãy ghi căn cứ: văn bản, thông báo nào."), field="source")
    if not FIRST_DAY <= stated.valid_from <= LAST_DAY:
        raise Invalid(_("Ngày này xa quá. Hãy xem lại năm."), field="valid_from")
    if stated.valid_to is not None and stated.valid_to < stated.valid_from:
        raise Invalid(_("Ngày kết thúc không thể trước ngày bắt đầu."), field="valid_to")
    if stated.verified and not may_verify(actor):
        raise NotAllowed(_("Chỉ lãnh đạo Trung tâm được xác nhận đã đọc văn bản gốc."))


def _insist_after(latest: dt.date, fresh: dt.date) -> None:
    if fresh <= latest:
        sentence = _(
            "Dòng mới phải bắt đầu sau ngày %(day)s, là ngày bắt đầu của dòng hiện có.",
            day=latest.strftime(DAY),
        )
        raise Refused(sentence, field="valid_from")


def _insist_requirement(programme: Programme | None, values: dict[str, Any]) -> None:
    round_id = values.get("round_id")
    if values["kind"] in ROUND_KINDS and round_id is None:
        raise Invalid(
            _("Giới tính chỉ được nêu cho một kỳ tuyển, theo thông báo của kỳ đó."), field="round_id"
        )
    if round_id is not None:
        found = db.session.get(ProgrammeRound, round_id)
        if programme is None or found is None or found.programme_id != programme.id:
            raise Invalid(_("Hãy chọn một kỳ của chương trình này."), field="round_id")


def _insist_stages(values: dict[str, Any]) -> None:
    unknown = set(values["stages"]) - set(CaseState.values())
    if unknown or not values["stages"]:
        raise Invalid(_("Hãy chọn ít nhất một bước."), field="stages")


def _latest(model: type[Row], programme_id: int | None, slot: str) -> Row | None:
    return db.session.scalars(
        select(model)
        .where(_theirs(model, programme_id), model.slot == slot)
        .order_by(model.valid_from.desc())
        .limit(1)
        .with_for_update(of=model)
    ).first()


def _theirs(model: type[Row], programme_id: int | None) -> ColumnElement[bool]:
    return model.programme_id.is_(None) if programme_id is None else model.programme_id == programme_id


def _free_slot(model: type[Row], programme_id: int | None, values: dict[str, Any]) -> str:
    """ "age", and where there is one already "age-2": a name for what follows each other in time."""
    base = _slug(str(values.get("kind") or values.get("group_code") or values.get("name_vi") or "row"))
    # What every programme asks has names of its own: a row of one programme would take its place.
    taken = set(
        db.session.scalars(
            select(model.slot).where(_theirs(model, programme_id) | model.programme_id.is_(None))
        )
    )
    return _first_free(base, taken)


def _free_code(name: str) -> str:
    return _first_free(_slug(name), set(db.session.scalars(select(Programme.code))))


def _first_free(base: str, taken: set[str]) -> str:
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:32] or "row"


def next_position(model: type[Any], programme: Programme | None) -> int:
    """Behind what stands there already."""
    theirs = _theirs(model, programme.id if programme is not None else None)
    return (db.session.scalar(select(func.max(model.position)).where(theirs)) or 0) + 10
