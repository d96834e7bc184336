"""Changes to reference rows: a rule gets a new row, a year gets its swapped days."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.common.events import emit
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.reference.calendar import load_calendar
from portal.reference.events import ReferenceChanged
from portal.reference.models import CalendarDay, DayKind, LegalRule, RuleUnit
from portal.reference.permissions import Actor, may_change_reference
from portal.reference.queries import fixed_days
from portal.reference.rules import end_of_the_one_before

DAY = "%d/%m/%Y"


def add_rule(
    *,
    actor: Actor | None,
    now: dt.datetime,
    key: str,
    value: str,
    unit: RuleUnit,
    source: str,
    valid_from: dt.date,
    verified: bool = False,
    note: str = "",
) -> LegalRule:
    """A new row signed by a leader. The row before it ends the day before; nothing is rewritten."""
    _insist(actor)
    assert actor is not None
    latest = db.session.scalars(
        select(LegalRule).where(LegalRule.key == key).order_by(LegalRule.valid_from.desc()).with_for_update()
    ).first()
    if latest is not None and valid_from <= latest.valid_from:
        sentence = _l(
            "Dòng mới phải bắt đầu sau ngày %(day)s, là ngày bắt đầu của dòng hiện có.",
            day=latest.valid_from.strftime(DAY),
        )
        raise Refused(sentence, field="valid_from")
    value = _tidy_value(value, unit)
    if latest is not None and (latest.valid_to is None or latest.valid_to >= valid_from):
        latest.valid_to = end_of_the_one_before(valid_from)
    row = LegalRule(
        key=key,
        value=value,
        unit=unit,
        source=source,
        valid_from=valid_from,
        verified=verified,
        note=note,
        signed_by_id=actor.id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    detail = {"key": key, "valid_from": valid_from.isoformat(), "verified": verified}
    emit(ReferenceChanged("legal_rule.added", row, actor, now, detail))
    return row


def swap_days(
    *,
    actor: Actor | None,
    now: dt.datetime,
    off: dt.date,
    worked: dt.date | None,
    name: str,
    source: str,
    verified: bool = False,
) -> list[CalendarDay]:
    """A working day becomes a day off and, where the notice says so, a day off is worked instead."""
    _insist(actor)
    calendar = load_calendar(db.session)
    if not calendar.is_working(off):
        raise Refused(_l("Ngày %(day)s vốn đã là ngày nghỉ.", day=off.strftime(DAY)), field="off")
    if worked is not None and calendar.is_working(worked):
        raise Refused(_l("Ngày %(day)s vốn đã là ngày làm việc.", day=worked.strftime(DAY)), field="worked")
    rows = [_day(off, DayKind.SWAPPED_OFF if worked else DayKind.HOLIDAY, name, source, verified)]
    if worked is not None:
        rows.append(_day(worked, DayKind.SWAPPED_WORKING, name, source, verified))
    db.session.flush()
    for row in rows:
        detail = {"day": row.day.isoformat(), "kind": row.kind.value, "verified": verified}
        emit(ReferenceChanged("calendar_day.added", row, actor, now, detail))
    return rows


def _day(day: dt.date, kind: DayKind, name: str, source: str, verified: bool) -> CalendarDay:
    """A day may be there already: a holiday that is worked by way of exchange."""
    row = db.session.get(CalendarDay, day)
    if row is None:
        row = CalendarDay(day=day)
        db.session.add(row)
    row.kind, row.name_vi, row.name_en, row.source, row.verified = kind, name, name, source, verified
    return row


def remove_day(*, actor: Actor | None, now: dt.datetime, day: dt.date) -> None:
    """A row entered by mistake is taken away again; the audit trail keeps that it was there."""
    _insist(actor)
    row = db.session.get(CalendarDay, day)
    if row is None:
        raise Refused(_l("Ngày này không có trong lịch."))
    if day in fixed_days():
        raise Refused(_l("Ngày này là ngày nghỉ theo luật, không bỏ được."))
    detail = {"day": day.isoformat(), "kind": row.kind.value}
    emit(ReferenceChanged("calendar_day.removed", row, actor, now, detail))
    db.session.delete(row)
    db.session.flush()


def _tidy_value(value: str, unit: RuleUnit) -> str:
    if unit is RuleUnit.TEXT:
        return value
    try:
        number = Decimal(value.replace(".", "").replace(",", ".") if unit is RuleUnit.VND else value)
    except InvalidOperation as error:
        raise Refused(_l("Với đơn vị này, hãy ghi một con số, ví dụ 20."), field="value") from error
    if not number.is_finite() or number < 0:
        raise Refused(_l("Hãy ghi một số không âm, ví dụ 20."), field="value")
    return f"{number:f}"


def _insist(actor: Actor | None) -> None:
    if not may_change_reference(actor):
        raise NotAllowed(_l("Chỉ lãnh đạo Trung tâm được đổi dữ liệu dùng chung."))
