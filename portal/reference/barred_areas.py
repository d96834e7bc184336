"""Where nobody may be sent to work on a day: dated rows that the Centre keeps."""

import datetime as dt

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from portal.common.events import emit
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.reference.countries import HOME, is_country
from portal.reference.events import ReferenceChanged
from portal.reference.models import BarReason, BarredArea
from portal.reference.permissions import Actor, may_keep_barred_areas
from portal.reference.queries import AnySession


def barred_on(session: AnySession, day: dt.date) -> list[BarredArea]:
    """In the order of the countries' codes; whole countries before their parts."""
    return list(
        session.scalars(
            select(BarredArea)
            .where(
                BarredArea.valid_from <= day, or_(BarredArea.valid_to.is_(None), BarredArea.valid_to >= day)
            )
            .order_by(BarredArea.country, BarredArea.area, BarredArea.id)
        )
    )


def barred_before_or_after(session: AnySession, day: dt.date) -> list[BarredArea]:
    """Every other row, the newest first."""
    return list(
        session.scalars(
            select(BarredArea)
            .where(or_(BarredArea.valid_from > day, BarredArea.valid_to < day))
            .order_by(BarredArea.valid_from.desc(), BarredArea.id)
        )
    )


def bar_area(
    *,
    actor: Actor | None,
    now: dt.datetime,
    country: str,
    area: str,
    reason: BarReason,
    source: str,
    valid_from: dt.date,
    verified: bool = False,
) -> BarredArea:
    _insist(actor)
    assert actor is not None
    if not is_country(country) or country == HOME:
        raise Refused(_l("Hãy chọn một nước ngoài."), field="country")
    standing = db.session.scalars(
        select(BarredArea)
        .where(
            BarredArea.country == country,
            BarredArea.area == area,
            BarredArea.reason == reason,
            or_(BarredArea.valid_to.is_(None), BarredArea.valid_to >= valid_from),
        )
        .limit(1)
    ).first()
    if standing is not None:
        raise Refused(_l("Nơi này đã có trong danh sách vào ngày đó vì cùng lý do."), field="country")
    row = BarredArea(
        country=country,
        area=area,
        reason=reason,
        source=source,
        valid_from=valid_from,
        verified=verified,
        entered_by_id=actor.id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    detail = {
        "country": country,
        "reason": reason.value,
        "valid_from": valid_from.isoformat(),
        "verified": verified,
    }
    emit(ReferenceChanged("barred_area.added", row, actor, now, detail))
    return row


def end_bar(*, actor: Actor | None, now: dt.datetime, row: BarredArea, last_day: dt.date) -> None:
    """The row stays for what happened until then; nothing is rewritten."""
    _insist(actor)
    if row.valid_to is not None:
        raise Refused(_l("Dòng này đã có ngày kết thúc."), field="last_day")
    if last_day < row.valid_from:
        raise Refused(_l("Ngày cuối phải từ ngày bắt đầu trở đi."), field="last_day")
    row.valid_to = last_day
    db.session.flush()
    detail = {"country": row.country, "valid_to": last_day.isoformat()}
    emit(ReferenceChanged("barred_area.ended", row, actor, now, detail))


def confirm_bar(*, actor: Actor | None, now: dt.datetime, row: BarredArea, source: str) -> None:
    """Somebody has read the text: from now on the row stops an opening instead of warning of it."""
    _insist(actor)
    if row.verified:
        raise Refused(_l("Dòng này đã có người kiểm chứng rồi."), field="source")
    row.verified, row.source = True, source
    db.session.flush()
    emit(ReferenceChanged("barred_area.confirmed", row, actor, now, {"country": row.country}))


def _insist(actor: Actor | None) -> None:
    if not may_keep_barred_areas(actor):
        raise NotAllowed(_l("Chỉ lãnh đạo Trung tâm và người duyệt tin được đổi danh sách này."))
