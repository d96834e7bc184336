"""Consultations, referrals, placed and departed of a period, by one property; each number opens its rows.

An event is counted on its day, a person once a group and period. What a group is, is said in SQL, so that
persons are counted there and nowhere twice.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, Subquery, case, exists, extract, func, null, select
from sqlalchemy.orm import aliased

from portal.access.models import Account
from portal.common.choices import Choices
from portal.common.clock import local_midnight
from portal.common.text import fold, name_sort_key
from portal.counselling.models import Contact
from portal.counselling.states import AgeBand
from portal.extensions import db
from portal.home.old_map import group_of_communes, old_groups
from portal.reference.places import places
from portal.referrals.models import Letter, Referral, ReferralStep
from portal.web.row_numbers import may_be_row
from portal.workers.models import Worker
from portal.workers.states import Sex


class Measure(Choices):
    CONTACTS = "contacts", _l("Tư vấn")
    REFERRALS = "referrals", _l("Giới thiệu việc làm")
    PLACED = "placed", _l("Có việc làm")
    DEPARTED = "departed", _l("Xuất cảnh")


class By(Choices):
    COMMUNE = "commune", _l("Xã, phường, đặc khu")
    OLD_MAP = "old", _l("Huyện cũ (trước 01/07/2025)")
    ADVISER = "adviser", _l("Tư vấn viên")
    SEX = "sex", _l("Giới tính")
    AGE = "age", _l("Nhóm tuổi")


# No commune, no sex, no birth date stated.
NOT_KNOWN = "-"
# The last age of each band; the bands are those of a contact.
BANDS = (
    (17, AgeBand.UNDER_18),
    (24, AgeBand.FROM_18),
    (34, AgeBand.FROM_25),
    (44, AgeBand.FROM_35),
    (59, AgeBand.FROM_45),
)


@dataclass(frozen=True)
class Period:
    """Both days included."""

    start: dt.date
    end: dt.date

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        return local_midnight(self.start), local_midnight(self.end + dt.timedelta(days=1))


@dataclass
class Line:
    key: str
    label: Any
    events: dict[Measure, int] = field(default_factory=lambda: dict.fromkeys(Measure, 0))
    persons: dict[Measure, int] = field(default_factory=lambda: dict.fromkeys(Measure, 0))


def _month_day(column: Any) -> ColumnElement[int]:
    return extract("month", column) * 100 + extract("day", column)


def _age_band(day: Any) -> ColumnElement[str]:
    """The youngest possible age on that day: of a year alone, born on its last day."""
    born = case((Worker.birth_date.is_(None), 1231), else_=_month_day(Worker.birth_date))
    age = extract("year", day) - Worker.birth_year - case((_month_day(day) < born, 1), else_=0)
    bands = [(age <= last, band.value) for last, band in BANDS]
    return case((Worker.birth_year.is_(None), null()), *bands, else_=AgeBand.FROM_60.value)


def _of_worker(day: Any, adviser: Any, row: Any, at: Any = None) -> list[Any]:
    return [
        Worker.id.label("worker_id"),
        day.label("day"),
        adviser.label("adviser_id"),
        Worker.commune_code.label("commune"),
        Worker.sex.label("sex"),
        _age_band(day).label("band"),
        row.label("row_id"),
        (null() if at is None else at).label("at"),
    ]


def _contacts(period: Period) -> Select[Any]:
    """As they stood on the day; somebody unnamed is an event without a person."""
    return select(
        Contact.worker_id.label("worker_id"),
        Contact.day.label("day"),
        Contact.adviser_id.label("adviser_id"),
        Contact.commune_code.label("commune"),
        Contact.sex.label("sex"),
        Contact.age_band.label("band"),
        Contact.id.label("row_id"),
        Contact.at.label("at"),
    ).where(Contact.day.between(period.start, period.end))


def _referrals(period: Period) -> Select[Any]:
    """The first letter of each referral: one printed again is not a second referral."""
    earlier = aliased(Letter)
    again = exists().where(earlier.referral_id == Letter.referral_id, earlier.id < Letter.id)
    return (
        select(*_of_worker(Letter.issued_on, Letter.issued_by_id, Letter.referral_id))
        .join(Referral, Referral.id == Letter.referral_id)
        .join(Worker, Worker.id == Referral.worker_id)
        .where(Letter.issued_on.between(period.start, period.end), ~again)
    )


def _placed(period: Period) -> Select[Any]:
    """Still at work on the day of the follow-up; a step that was taken back does not count."""
    start, end = period.moments
    later = aliased(ReferralStep)
    undone = exists().where(
        later.referral_id == ReferralStep.referral_id,
        later.id > ReferralStep.id,
        later.name.in_(("place", "reopen")),
    )
    return (
        select(*_of_worker(Referral.hired_on, ReferralStep.actor_id, Referral.id, ReferralStep.at))
        .join(Referral, Referral.id == ReferralStep.referral_id)
        .join(Worker, Worker.id == Referral.worker_id)
        .where(ReferralStep.name == "place", ReferralStep.at >= start, ReferralStep.at < end, ~undone)
    )


def _departed(period: Period) -> Select[Any]:
    return (
        select(*_of_worker(Referral.departed_on, Referral.owner_id, Referral.id))
        .join(Worker, Worker.id == Referral.worker_id)
        .where(Referral.departed_on.between(period.start, period.end))
    )


SOURCES: dict[Measure, Callable[[Period], Select[Any]]] = {
    Measure.CONTACTS: _contacts,
    Measure.REFERRALS: _referrals,
    Measure.PLACED: _placed,
    Measure.DEPARTED: _departed,
}


def _group(rows: Subquery, by: By) -> ColumnElement[Any]:
    if by is By.OLD_MAP:
        return case(group_of_communes(), value=rows.c.commune, else_=null())
    return {
        By.COMMUNE: rows.c.commune,
        By.ADVISER: rows.c.adviser_id,
        By.SEX: rows.c.sex,
        By.AGE: rows.c.band,
    }[by]


def lines_of(period: Period, by: By) -> tuple[list[Line], Line]:
    """The groups in their own order, and the whole; eight queries whatever the period."""
    found: dict[str, Line] = {}
    total = Line("", _l("Tất cả"))
    for measure, source in SOURCES.items():
        rows = source(period).subquery()
        group = _group(rows, by).label("key")
        counts = (func.count(), func.count(rows.c.worker_id.distinct()))
        for key, events, persons in db.session.execute(select(group, *counts).group_by(group)):
            line = found.setdefault(_key(key), Line(_key(key), ""))
            line.events[measure], line.persons[measure] = events, persons
        total.events[measure], total.persons[measure] = db.session.execute(select(*counts)).one()
    labels = labels_of(by, list(found))
    for line in found.values():
        line.label = labels.get(line.key, line.key)
    order = {key: place for place, key in enumerate(labels)}
    return sorted(found.values(), key=lambda line: (order.get(line.key, len(order)), line.key)), total


def _key(value: Any) -> str:
    if value is None:
        return NOT_KNOWN
    return str(getattr(value, "value", value))


def labels_of(by: By, keys: list[str]) -> dict[str, Any]:
    """Label by key, in the order in which they are shown; those without a value last."""
    unknown: dict[str, Any] = {NOT_KNOWN: _l("Chưa rõ")}
    if by is By.SEX:
        return {one.value: one.label for one in Sex} | unknown
    if by is By.AGE:
        return {one.value: one.label for one in AgeBand} | unknown
    if by is By.OLD_MAP:
        return {**old_groups(), **unknown}
    if by is By.ADVISER:
        ids = [int(key) for key in keys if key != NOT_KNOWN]
        names = db.session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
        named = {str(number): name for number, name in names}
        return dict(sorted(named.items(), key=lambda pair: (name_sort_key(pair[1]), pair[0]))) | unknown
    # By the name without its kind, read from its first letter: only people go by their last word.
    units = {code: places().get(code) for code in keys if code != NOT_KNOWN}
    order = sorted(units, key=lambda code: (fold(unit.name) if (unit := units[code]) else "~", code))
    return {code: places().name(code) for code in order} | unknown


def may_be_key(by: By, key: str) -> bool:
    """A key that some number may have; any other comes from a typed address, and no column could take it."""
    if key == NOT_KNOWN:
        return True
    if by is By.ADVISER:
        return key.isascii() and key.isdigit() and len(key) <= 10 and may_be_row(int(key))
    if by is By.COMMUNE:
        return key.isascii() and key.isalnum()
    return key in {By.SEX: Sex.values(), By.AGE: AgeBand.values(), By.OLD_MAP: old_groups()}[by]


def rows_behind(measure: Measure, period: Period, by: By | None, key: str) -> Select[Any]:
    """What one number is made of, newest first: (worker, day, adviser, commune, row_id)."""
    rows = SOURCES[measure](period).subquery()
    query = (
        select(Worker.full_name, Account.display_name, rows)
        .select_from(rows)
        .outerjoin(Worker, Worker.id == rows.c.worker_id)
        .outerjoin(Account, Account.id == rows.c.adviser_id)
    )
    if by is not None and key:
        query = query.where(_is(_group(rows, by), by, key))
    return query.order_by(rows.c.day.desc(), rows.c.row_id.desc())


def _is(group: ColumnElement[Any], by: By, key: str) -> ColumnElement[bool]:
    if key == NOT_KNOWN:
        return group.is_(None)
    return group == (int(key) if by is By.ADVISER else key)
