"""How many came how far: by programme, sender, commune or sex, for the cases opened in one year.

Counted is the furthest stage of a case; whoever left it out was past it all the same.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, case, extract, false, func, or_, select

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.common.choices import Choices
from portal.common.clock import local_midnight
from portal.common.text import fold
from portal.extensions import db
from portal.openings.models import Opening
from portal.organisations.models import Membership, Organisation
from portal.overseas.boards.day_spans import local_day
from portal.overseas.boards.small_counts import Row, hide_funnel
from portal.overseas.cases.states import PIPELINE
from portal.overseas.models import OverseasCase, Programme
from portal.overseas.states import CaseState
from portal.reference.named import in_page_language
from portal.reference.places import places
from portal.workers.models import Worker
from portal.workers.states import Sex

STAGES = (
    CaseState.INTERESTED, CaseState.COUNSELLED, CaseState.NOMINATED, CaseState.SELECTED, CaseState.CONTRACT,
    CaseState.ABROAD, CaseState.RETURNED,
)  # fmt: skip
RANK: dict[CaseState, int] = {stage: place for place, stage in enumerate(PIPELINE)}
NOT_KNOWN = "-"


class By(Choices):
    PROGRAMME = "programme", _l("Chương trình")
    SENDER = "sender", _l("Bên đưa đi")
    COMMUNE = "commune", _l("Xã, phường, đặc khu")
    SEX = "sex", _l("Giới tính")


# A case without one: it follows an opening alone, or a public programme that no enterprise sends for.
WITHOUT = {
    By.PROGRAMME: _l("Theo tin tuyển, không ghi chương trình"),
    By.SENDER: _l("Không qua doanh nghiệp"),
}
# What may be asked by whom: a sender has one organisation, the public no small places.
OPEN_TO_ALL = (By.PROGRAMME, By.SEX)


def ways_for(account: Account | None) -> tuple[By, ...]:
    if account is not None and (account.role in CASE_STAFF or account.role is Role.DEPARTMENT):
        return tuple(By)
    return OPEN_TO_ALL


def sees_people(account: Account | None) -> bool:
    """Whoever meets the people themselves reads every number, and opens its rows."""
    return account is not None and account.role in CASE_STAFF


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    label: Any
    numbers: Row


@dataclass(frozen=True, slots=True)
class Funnel:
    lines: list[Line]
    totals: Row
    hides: bool

    @property
    def shown(self) -> list[Line]:
        """Those of which there is a number to tell."""
        return [line for line in self.lines if any(line.numbers)]

    @property
    def untold(self) -> list[Line]:
        return [line for line in self.lines if not any(line.numbers)]


def _furthest() -> ColumnElement[int]:
    reached = func.coalesce(OverseasCase.ended_from, OverseasCase.state)
    return case({stage.value: rank for stage, rank in RANK.items()}, value=reached, else_=0)


def _group(by: By) -> ColumnElement[Any]:
    columns: dict[By, Any] = {
        By.PROGRAMME: OverseasCase.programme_id,
        By.SENDER: Opening.organisation_id,
        By.COMMUNE: Worker.commune_code,
        By.SEX: Worker.sex,
    }
    found: ColumnElement[Any] = columns[by]
    return found


def _cases(account: Account | None, year: int, on: dt.date) -> Select[Any]:
    """Opened in that year. Who meets no people reads up to the last month that is over: a number that moves
    by one the day after somebody was there tells who that was."""
    end = dt.date(year + 1, 1, 1)
    query = (
        select(OverseasCase.id)
        .join(Worker, Worker.id == OverseasCase.worker_id)
        .outerjoin(Opening, Opening.id == OverseasCase.opening_id)
        .where(OverseasCase.opened_at >= local_midnight(dt.date(year, 1, 1)))
    )
    if not sees_people(account):
        end = min(end, on.replace(day=1))
    query = query.where(OverseasCase.opened_at < local_midnight(end))
    if account is not None and account.role is Role.SENDER:
        own = select(Membership.organisation_id).where(
            Membership.account_id == account.id, Membership.ended_at.is_(None)
        )
        query = query.where(Opening.organisation_id.in_(own))
    return query


def funnel(account: Account | None, by: By, year: int, on: dt.date) -> Funnel:
    """One query for the numbers, one for the names."""
    group, furthest = _group(by).label("key"), _furthest().label("furthest")
    rows = _cases(account, year, on).with_only_columns(group, furthest).subquery()
    counted = select(rows.c.key, rows.c.furthest, func.count()).group_by(rows.c.key, rows.c.furthest)
    found: dict[str, list[int]] = {}
    for key, rank, many in db.session.execute(counted):
        numbers = found.setdefault(_key(key), [0] * len(STAGES))
        for place, stage in enumerate(STAGES):
            numbers[place] += many if rank >= RANK[stage] else 0
    labels = labels_of(by, list(found))
    keys = [key for key in labels if key in found]
    if sees_people(account):
        totals: Row = [sum(column) for column in zip(*found.values(), strict=True)]
        return Funnel([Line(key, labels[key], list(found[key])) for key in keys], totals, False)
    shown, totals = hide_funnel([found[key] for key in keys])
    return Funnel([Line(key, labels[key], row) for key, row in zip(keys, shown, strict=True)], totals, True)


def _key(value: Any) -> str:
    return NOT_KNOWN if value is None else str(getattr(value, "value", value))


def labels_of(by: By, keys: list[str]) -> dict[str, Any]:
    """Label by key, in the order in which they are shown; those without a value last."""
    unknown: dict[str, Any] = {NOT_KNOWN: WITHOUT.get(by, _l("Chưa rõ"))}
    if by is By.SEX:
        return {one.value: one.label for one in Sex} | unknown
    if by is By.COMMUNE:
        names = {key: places().name(key) for key in keys if key != NOT_KNOWN}
        return dict(sorted(names.items(), key=lambda pair: (fold(pair[1]), pair[0]))) | unknown
    ids = [int(key) for key in keys if key != NOT_KNOWN]
    if by is By.SENDER:
        rows = db.session.execute(
            select(Organisation.id, Organisation.name)
            .where(Organisation.id.in_(ids))
            .order_by(Organisation.name_folded, Organisation.id)
        )
        return {str(number): name for number, name in rows} | unknown
    programmes = db.session.execute(
        select(Programme.id, Programme.name_vi, Programme.name_en)
        .where(Programme.id.in_(ids))
        .order_by(Programme.name_vi, Programme.id)
    )
    return {str(number): in_page_language(vi, en) for number, vi, en in programmes} | unknown


def years(on: dt.date) -> list[int]:
    """Those in which a case was opened, newest first; the running one always."""
    opened = extract("year", local_day(OverseasCase.opened_at))
    found = {int(year) for year in db.session.scalars(select(opened).distinct())}
    return sorted(found | {on.year}, reverse=True)


def rows_behind(account: Account, by: By, key: str, stage: CaseState, year: int, on: dt.date) -> Select[Any]:
    """The cases that one number is made of, newest first. For those who meet the people."""
    ids = _cases(account, year, on).where(_furthest() >= RANK[stage])
    group = _group(by)
    if key == NOT_KNOWN:
        ids = ids.where(group.is_(None))
    elif key:
        ids = ids.where(group == (int(key) if by in (By.PROGRAMME, By.SENDER) else key))
    shown = OverseasCase.id.in_(ids) if sees_people(account) else or_(false())
    told: list[Any] = [
        OverseasCase.id, OverseasCase.state, OverseasCase.opened_at, Worker.full_name, Worker.commune_code,
    ]  # fmt: skip
    return (
        select(*told)
        .join(Worker, Worker.id == OverseasCase.worker_id)
        .where(shown)
        .order_by(OverseasCase.opened_at.desc(), OverseasCase.id.desc())
    )


def may_be_key(by: By, key: str) -> bool:
    """A key that some number may have; any other comes from a typed address, and no column could take it."""
    if key in ("", NOT_KNOWN):
        return True
    if by in (By.PROGRAMME, By.SENDER):
        return key.isascii() and key.isdigit() and len(key) < 10
    return key in Sex.values() if by is By.SEX else key.isascii() and key.isalnum() and len(key) <= 10
