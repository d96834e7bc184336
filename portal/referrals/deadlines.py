"""Who must act, and by when. Legal clocks come from dated rules, the Centre's own from the settings."""

import calendar
import datetime as dt
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import and_, func, select

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.common.clock import LOCAL_ZONE
from portal.errors import Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.reference import rules
from portal.reference.calendar import load_calendar
from portal.referrals.models import FollowUp, Referral
from portal.referrals.states import WAITING_STATES, ReferralState

EXCHANGE_RULE = "referral.exchange_update_days"
FOLLOW_UP_RULE = "referral.follow_up_months"


@dataclass(frozen=True)
class Deadline:
    on: dt.date
    # The rule and its source, as they stood.
    source: str


def working_days_after(day: dt.date, count: int) -> dt.date:
    return load_calendar(db.session).add_working_days(day, count)


def desk_due(state: ReferralState, on: dt.date) -> dt.date:
    """By when the owner must act in this state."""
    return working_days_after(on, current_app.config["REFERRAL_DAYS"][state.value])


def end_of_day(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), LOCAL_ZONE)


def exchange_deadline(notice_on: dt.date) -> Deadline:
    """By when the result must stand on the national exchange, from the employer's notice."""
    rule = rules.on(db.session, EXCHANGE_RULE, notice_on)
    if rule is None:
        raise Refused(_("Bảng quy định chưa có hạn cập nhật sàn quốc gia cho ngày này."), field="notice_on")
    return Deadline(working_days_after(notice_on, rule.whole), rule.source)


def follow_up_deadline(hired_on: dt.date, contract_ends_on: dt.date | None, *, on: dt.date) -> Deadline:
    """One month after the start as the rule of that day says, or the contract's end if that is sooner."""
    # Between two decrees nobody knows the number of that day: then the one in force today is kept.
    rule = rules.on(db.session, FOLLOW_UP_RULE, hired_on) or rules.on(db.session, FOLLOW_UP_RULE, on)
    if rule is None:
        raise Refused(_("Bảng quy định chưa có thời gian theo dõi cho ngày này."), field="hired_on")
    due = add_months(hired_on, rule.whole)
    if contract_ends_on is not None and contract_ends_on < due:
        due = contract_ends_on
    return Deadline(due, rule.source)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def hired_due(referral: Referral) -> dt.date:
    """What comes first of the entry on the exchange and the follow-up."""
    waiting = [row.due_on for row in referral.follow_ups if row.done_at is None]
    if referral.exchange_due_on is not None and referral.exchange_done_on is None:
        waiting.append(referral.exchange_due_on)
    return min(waiting)


def open_follow_up(referral: Referral) -> FollowUp | None:
    return next((row for row in referral.follow_ups if row.done_at is None), None)


def recruiting_deadline(opening: Opening) -> dt.date | None:
    """The law may also mean the notice that people are wanted: then the clock began with the opening."""
    moment = opening.submitted_at or opening.published_at
    if moment is None:
        return None
    day = moment.astimezone(LOCAL_ZONE).date()
    rule = rules.on(db.session, EXCHANGE_RULE, day)
    return working_days_after(day, rule.whole) if rule is not None else None


def choose_owner(opening: Opening, actor: Account | None) -> Account:
    """The adviser who acts, else the opening's owner, else the adviser with the fewest open referrals."""
    if actor is not None and actor.role in CASE_STAFF:
        return actor
    owner = db.session.get(Account, opening.owner_id) if opening.owner_id else None
    if owner is not None and owner.is_enabled and owner.role in CASE_STAFF:
        return owner
    return _least_busy()


def _least_busy() -> Account:
    waiting = and_(Referral.owner_id == Account.id, Referral.state.in_(WAITING_STATES))
    found = db.session.scalars(
        select(Account)
        .outerjoin(Referral, waiting)
        .where(Account.role.in_(CASE_STAFF), Account.is_enabled)
        .group_by(Account.id)
        # Advisers before leaders.
        .order_by(Account.role != Role.ADVISER, func.count(Referral.id), Account.id)
        .limit(1)
    ).first()
    if found is None:
        raise Refused(_("Trung tâm chưa có tư vấn viên để nhận yêu cầu này. Bạn hãy gọi đường dây nóng."))
    return found
