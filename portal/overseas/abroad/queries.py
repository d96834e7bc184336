"""Who is abroad, with the last word of each, what is due next and what is going wrong; one query."""

import datetime as dt
from typing import Any

from sqlalchemy import Select, Subquery, func, or_, select

from portal.access.models import Account
from portal.access.states import Role
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.models import CheckIn, DueContact, Stay
from portal.overseas.abroad.states import Answer
from portal.overseas.models import OverseasCase
from portal.overseas.states import IncidentState
from portal.workers.models import Worker


def people_abroad(account: Account, on: dt.date, *, which: str, mine: bool, country: str) -> Select[Any]:
    """Whose contract ends first last; who must be looked after first on top."""
    last, due, trouble = _last_words(), _next_dues(), _open_incidents(account)
    incidents = func.coalesce(trouble.c.many, 0)
    query = (
        select(
            Stay.case_id, Stay.country, Stay.time_zone, Stay.departed_on, Stay.contract_ends_on,
            Worker.full_name, Account.display_name, CheckIn.answer, CheckIn.at, CheckIn.look_by,
            CheckIn.looked_at, due.c.due_on, due.c.call_on, incidents.label("incidents"),
        )
        .select_from(Stay)
        .join(OverseasCase, OverseasCase.id == Stay.case_id)
        .join(Worker, Worker.id == OverseasCase.worker_id)
        .outerjoin(Account, Account.id == OverseasCase.adviser_id)
        .outerjoin(last, last.c.stay_id == Stay.id)
        .outerjoin(CheckIn, CheckIn.id == last.c.id)
        .outerjoin(due, due.c.stay_id == Stay.id)
        .outerjoin(trouble, trouble.c.case_id == Stay.case_id)
        .where(Stay.ended_on.is_(None))
    )  # fmt: skip
    if mine:
        query = query.where(OverseasCase.adviser_id == account.id)
    if country:
        query = query.where(Stay.country == country)
    conditions = {
        "silent": due.c.call_on <= on,
        "look": Stay.id.in_(_to_look_at()),
        "trouble": or_(trouble.c.many > 0, CheckIn.answer == Answer.HELP),
        "home_soon": Stay.contract_ends_on <= on + dt.timedelta(days=60),
    }
    if which in conditions:
        query = query.where(conditions[which])
    soonest = func.coalesce(due.c.call_on, dt.date.max)
    return query.order_by((incidents > 0).desc(), soonest, Stay.departed_on, Stay.id)


def _last_words() -> Subquery:
    newest = func.max(CheckIn.id).label("id")
    return select(CheckIn.stay_id, newest).group_by(CheckIn.stay_id).subquery("last")


def _next_dues() -> Subquery:
    return (
        select(
            DueContact.stay_id,
            func.min(DueContact.due_on).label("due_on"),
            func.min(DueContact.call_on).label("call_on"),
        )
        .where(DueContact.done_at.is_(None))
        .group_by(DueContact.stay_id)
        .subquery("due")
    )


def _to_look_at() -> Select[Any]:
    """A word that waits, be it the last one or not."""
    return select(CheckIn.stay_id).where(CheckIn.look_by.is_not(None), CheckIn.looked_at.is_(None))


def _open_incidents(account: Account) -> Subquery:
    return (
        select(Incident.case_id, func.count().label("many"))
        .where(Incident.state != IncidentState.CLOSED, _may_know(account))
        .group_by(Incident.case_id)
        .subquery("trouble")
    )


def _may_know(account: Account) -> Any:
    """A number of incidents must not tell of one that the account may not see."""
    if account.role is Role.LEADER:
        return Incident.id.is_not(None)
    return or_(Incident.is_restricted.is_(False), Incident.owner_id == account.id)
