"""Where a case may lead, and for which day it may be planned."""

import datetime as dt
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import select

from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import Sphere
from portal.overseas.cases.states import RUNNING
from portal.overseas.models import OverseasCase, Programme
from portal.overseas.programmes.queries import takes_cases
from portal.overseas.states import CaseState
from portal.referrals.models import Referral
from portal.workers.models import Worker

# Further than that is a slip of the pen.
FURTHEST_DEPARTURE = dt.timedelta(days=3 * 366)
# Until the person is nominated it may still be chosen where to.
EARLY = (CaseState.INTERESTED, CaseState.COUNSELLED, CaseState.CHECKED)


@dataclass(frozen=True)
class Aim:
    """Where a case is to lead: an opening, a programme, or both; and the referral it grows out of."""

    opening: Opening | None = None
    programme: Programme | None = None
    referral: Referral | None = None


def checked_aim(worker: Worker, aim: Aim, on: dt.date) -> Aim:
    referral = aim.referral
    if referral is not None:
        if referral.worker_id != worker.id:
            raise Invalid(_("Giới thiệu này là của người khác."))
        aim = replace(aim, opening=referral.opening)
    if aim.opening is None and aim.programme is None:
        raise Invalid(_("Hãy chọn đơn hàng hoặc chương trình."), field="aim")
    if aim.opening is not None and aim.opening.sphere is not Sphere.OVERSEAS:
        raise Refused(_("Việc này ở trong nước."))
    if aim.programme is not None:
        field = "aim" if aim.opening is None else "programme"
        if not takes_cases(aim.programme, on):
            raise Refused(_("Chương trình này hiện không tuyển ở tỉnh ta."), field=field)
        if aim.opening is not None:
            insist_same_country(aim.programme, aim.opening, field=field)
    return aim


def running_case(worker: Worker, aim: Aim) -> OverseasCase | None:
    """This person's case for the same opening, or for the same programme while neither names an opening."""
    query = select(OverseasCase).where(OverseasCase.worker_id == worker.id, OverseasCase.state.in_(RUNNING))
    if aim.opening is not None:
        query = query.where(OverseasCase.opening_id == aim.opening.id)
    else:
        assert aim.programme is not None
        query = query.where(OverseasCase.programme_id == aim.programme.id, OverseasCase.opening_id.is_(None))
    return db.session.scalars(query.order_by(OverseasCase.id).limit(1)).first()


def insist_same_country(programme: Programme, opening: Opening, *, field: str) -> None:
    if programme.country not in (None, opening.country):
        raise Refused(_("Đơn hàng này không cùng nước với chương trình."), field=field)


def insist_to_come(planned: dt.date | None, today: dt.date, before: dt.date | None = None) -> None:
    """Nobody plans for the past; what stood there already may have gone by since."""
    if planned is None or planned == before:
        return
    if planned < today:
        raise Invalid(
            _("Ngày dự kiến xuất cảnh đã qua. Đã đi rồi thì ghi ở bước “xuất cảnh”."),
            field="planned_departure",
        )
    if planned > today + FURTHEST_DEPARTURE:
        raise Invalid(_("Hãy xem lại ngày dự kiến xuất cảnh."), field="planned_departure")


def planned_in(opening: Opening | None, today: dt.date) -> dt.date | None:
    planned = opening.overseas.planned_departure if opening is not None and opening.overseas else None
    return planned if planned is not None and planned >= today else None
