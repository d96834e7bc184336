"""The stay of a case abroad: begun at departure, its contacts planned, ended at return."""

import datetime as dt
from typing import Any, Self

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.secrets import seal, unseal
from portal.errors import Invalid
from portal.extensions import db
from portal.overseas.abroad import check_in_codes
from portal.overseas.abroad.contact_plan import contact_points
from portal.overseas.abroad.local_times import is_zone_of, zone_of
from portal.overseas.abroad.models import DueContact, Stay
from portal.overseas.models import OverseasCase
from portal.reference.countries import is_country
from portal.reference.rules import Lookup, of_day
from portal.workers.permissions import insist_case_staff

FIRST_CONTACTS = tuple(f"abroad.contact_months.{number}" for number in range(1, 5))
LATER_CONTACTS = "abroad.contact_every_months"
# Without a known end of the contract the plan reaches this far and is drawn on as time goes by.
AHEAD = dt.timedelta(days=400)


def begin_stay(
    case: OverseasCase,
    *,
    departed_on: dt.date,
    country: str,
    contract_ends_on: dt.date | None = None,
    actor: Account | None,
    now: dt.datetime,
) -> Stay:
    """At departure. Begun again, it is the same one with the new day."""
    stay = db.session.scalar(select(Stay).where(Stay.case_id == case.id))
    if stay is None:
        stay = Stay(case_id=case.id)
        db.session.add(stay)
    stay.country, stay.time_zone, stay.departed_on = country, zone_of(country), departed_on
    stay.contract_ends_on, stay.ended_on = contract_ends_on, None
    db.session.flush()
    plan_contacts(stay, now=now)
    check_in_codes.give_code(stay, actor=actor, now=now)
    record("stay.begun", stay, actor=actor, now=now, case=case.id)
    return stay


def change_stay(
    stay: Stay,
    *,
    country: str,
    time_zone: str,
    contract_ends_on: dt.date | None,
    reach: str,
    actor: Account,
    now: dt.datetime,
) -> None:
    """The day of departure is the case's own: a slip in it is taken back there."""
    insist_case_staff(actor)
    if not is_country(country):
        raise Invalid(_("Hãy chọn một nước trong danh sách."), field="country")
    if not is_zone_of(country, time_zone):
        raise Invalid(_("Hãy chọn một múi giờ của nước đó."), field="time_zone")
    if contract_ends_on is not None and contract_ends_on < stay.departed_on:
        raise Invalid(_("Ngày hết hợp đồng không thể trước ngày đi."), field="contract_ends_on")
    stay.country, stay.time_zone, stay.contract_ends_on = country, time_zone, contract_ends_on
    stay.reach_sealed = seal(_key(), reach, _bound(stay)) if reach else None
    db.session.flush()
    plan_contacts(stay, now=now)
    record("stay.changed", stay, actor=actor, now=now)


def reach_of(stay: Stay) -> str:
    """How the person is reached abroad. Who shows it records the look."""
    return "" if stay.reach_sealed is None else unseal(_key(), stay.reach_sealed, _bound(stay))


def plan_contacts(stay: Stay, *, now: dt.datetime) -> None:
    """Every contact point up to the end of the contract; what was asked or answered stays."""
    rules, today = of_day(db.session, stay.departed_on), local_date(now)
    until = stay.contract_ends_on or max(today, stay.departed_on) + AHEAD
    wanted = dict(contact_points(stay.departed_on, _first(rules), _every(rules), until=until))
    grace = dt.timedelta(days=current_app.config["CHECK_IN_GRACE_DAYS"])
    kept = []
    for due in stay.dues:
        untouched = due.asked_at is None and due.done_at is None
        if untouched and due.months not in wanted:
            continue
        if untouched:
            due.due_on, due.call_on = wanted[due.months], wanted[due.months] + grace
        kept.append(due)
    known = {due.months for due in kept}
    # A day that had passed before anybody could ask is not made up for: the next one comes.
    fresh = [(months, day) for months, day in wanted.items() if months not in known and day + grace >= today]
    stay.dues = [
        *kept,
        *(DueContact(months=months, due_on=day, call_on=day + grace) for months, day in fresh),
    ]
    db.session.flush()


def _first(rules: Lookup) -> list[int]:
    found = [rules(key) for key in FIRST_CONTACTS]
    return [rule.whole for rule in found if rule is not None and rule.number is not None]


def _every(rules: Lookup) -> int | None:
    rule = rules(LATER_CONTACTS)
    return None if rule is None or rule.number is None else rule.whole


def end_stay(stay: Stay, ended_on: dt.date, *, actor: Account | None, now: dt.datetime) -> None:
    """Home again: the link is dead, nobody is asked any more."""
    stay.ended_on = ended_on
    check_in_codes.end_codes(stay, now=now)
    stay.dues = [due for due in stay.dues if due.asked_at is not None or due.done_at is not None]
    for due in stay.dues:
        due.done_at = due.done_at or now
    db.session.flush()
    record("stay.ended", stay, actor=actor, now=now)


def resume_stay(stay: Stay, *, actor: Account | None, now: dt.datetime) -> None:
    """The return was written down by mistake: a new link, the contacts go on."""
    stay.ended_on = None
    db.session.flush()
    plan_contacts(stay, now=now)
    check_in_codes.give_code(stay, actor=actor, now=now)
    record("stay.resumed", stay, actor=actor, now=now)


def _key() -> bytes:
    key: bytes = current_app.config["SEAL_KEY"]
    return key


def _bound(stay: Stay) -> str:
    return f"stay:{stay.case_id}:reach"


class Stays:
    """`Stays().visible_to(account).of_case(7).query` is a `Select[Stay]`."""

    def __init__(self, query: Select[Stay] | None = None) -> None:
        self.query: Select[Stay] = select(Stay) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def visible_to(self, account: Account) -> Self:
        return self if account.role in CASE_STAFF else self.where(false())

    def of_case(self, case_id: int) -> Self:
        return self.where(Stay.case_id == case_id)

    def with_case(self) -> Self:
        case = joinedload(Stay.case)
        return type(self)(
            self.query.options(case.joinedload(OverseasCase.worker), case.joinedload(OverseasCase.adviser))
        )

    def locked(self) -> Self:
        return type(self)(self.query.with_for_update(of=Stay).execution_options(populate_existing=True))
