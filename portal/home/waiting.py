"""What waits on the desk: one line a kind of work, with how much is late and since when."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, func, select

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import local_date
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.permissions import MODERATORS
from portal.openings.queries import Openings
from portal.openings.states import OpeningState
from portal.referrals.queries import Referrals
from portal.referrals.states import ReferralState
from portal.workers.queries import Workers, open_duplicates
from portal.workers.states import WorkerState


@dataclass(frozen=True)
class Waiting:
    label: Any
    endpoint: str
    count: int
    late: int = 0
    # The nearest date by which somebody must act, or the day since which the oldest waits.
    due: dt.date | None = None
    since: dt.date | None = None
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def href(self) -> str:
        values: dict[str, Any] = dict(self.filters)
        return url_for(self.endpoint, **values)

    def open_to(self, account: Account) -> bool:
        view: Any = current_app.view_functions[self.endpoint]
        return account.role.value in view.allowed


def _referrals(label: Any, found: Referrals, on: dt.date, filters: tuple[tuple[str, str], ...]) -> Waiting:
    rows = found.query.order_by(None).subquery()
    count, late, due = db.session.execute(
        select(func.count(), func.sum(case((rows.c.due_on < on, 1), else_=0)), func.min(rows.c.due_on))
    ).one()
    return Waiting(label, "referrals.due", count, late or 0, due=due, filters=filters)


def _openings(label: Any, endpoint: str, found: Select[Any], moment: Any, **filters: str) -> Waiting:
    count, since = db.session.execute(found.with_only_columns(func.count(), func.min(moment))).one()
    return Waiting(
        label, endpoint, count, since=local_date(since) if since else None, filters=tuple(filters.items())
    )


def mine(account: Account, on: dt.date) -> Waiting:
    found = Referrals().visible_to(account).owned_by(account).waiting()
    return _referrals(_l("Giới thiệu tôi đang lo"), found, on, (("whose", "mine"),))


def everybodys(account: Account, on: dt.date) -> Waiting:
    found = Referrals().visible_to(account).waiting()
    return _referrals(_l("Giới thiệu của cả Trung tâm"), found, on, (("whose", "all"),))


def interests(account: Account, on: dt.date) -> Waiting:
    found = Referrals().visible_to(account).in_states([ReferralState.INTERESTED])
    return _referrals(
        _l("Người tự đề nghị, chưa được trả lời"), found, on, (("whose", "all"), ("state", "interested"))
    )


def reports(account: Account, on: dt.date) -> Waiting:
    found = Referrals().visible_to(account).with_report()
    return _referrals(
        _l("Kết quả nơi tuyển báo, chờ xác nhận"), found, on, (("whose", "all"), ("late", "report"))
    )


def exchanges(account: Account, on: dt.date) -> Waiting:
    rows = Referrals().visible_to(account).without_exchange().query.order_by(None).subquery()
    late = func.sum(case((rows.c.exchange_due_on < on, 1), else_=0))
    count, late_ones, due = db.session.execute(
        select(func.count(), late, func.min(rows.c.exchange_due_on))
    ).one()
    return Waiting(
        _l("Cập nhật sàn giao dịch việc làm quốc gia"),
        "referrals.due",
        count,
        late_ones or 0,
        due=due,
        filters=(("whose", "all"), ("late", "exchange")),
    )


def duplicates(account: Account, on: dt.date) -> Waiting:
    pairs = open_duplicates().order_by(None).subquery()
    count, since = db.session.execute(select(func.count(), func.min(pairs.c.found_at))).one()
    return Waiting(
        _l("Hồ sơ có thể là của cùng một người"),
        "workers.duplicates",
        count,
        since=local_date(since) if since else None,
    )


def contested(account: Account, on: dt.date) -> Waiting:
    found = Workers().visible_to(account).in_state(WorkerState.REFUSED).query.order_by(None).subquery()
    count, since = db.session.execute(select(func.count(), func.min(found.c.updated_at))).one()
    return Waiting(
        _l("Hồ sơ bị báo “không phải tôi”"),
        "workers.staff_list",
        count,
        since=local_date(since) if since else None,
        filters=(("state", "refused"),),
    )


def to_moderate(account: Account, on: dt.date) -> Waiting:
    found = Openings().in_states([OpeningState.SUBMITTED])
    return _openings(
        _l("Tin tuyển chờ duyệt"), "openings.staff_list", found, Opening.submitted_at, state="submitted"
    )


def imported(account: Account, on: dt.date) -> Waiting:
    found = Openings().in_states([OpeningState.DRAFT]).where(Opening.batch_id.is_not(None))
    return _openings(_l("Tin nhập từ tệp, còn là bản nháp"), "openings.imports", found, Opening.created_at)


# In the order in which the desk shows them, and for whom.
SOURCES: tuple[tuple[tuple[str, ...], Callable[[Account, dt.date], Waiting]], ...] = (
    (CASE_STAFF, mine),
    (CASE_STAFF, interests),
    (CASE_STAFF, reports),
    (CASE_STAFF, exchanges),
    (CASE_STAFF, everybodys),
    (MODERATORS, to_moderate),
    (MODERATORS, imported),
    (CASE_STAFF, duplicates),
    (CASE_STAFF, contested),
)


def waiting_for(account: Account, on: dt.date) -> list[Waiting]:
    lines = [source(account, on) for roles, source in SOURCES if account.role in roles]
    return [line for line in lines if line.count and line.open_to(account)]
