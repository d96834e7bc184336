"""Reading rules and days for the pages."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import extract, select
from sqlalchemy.orm import Session, scoped_session

from portal.reference.datafiles import read_rows
from portal.reference.models import CalendarDay, LegalRule
from portal.reference.named import Named

AnySession = Session | scoped_session[Any]


@lru_cache(maxsize=1)
def rule_names() -> dict[str, Named]:
    """Each key in words, in the order in which the page shows them."""
    return {r["key"]: Named(r["key"], r["name_vi"], r["name_en"]) for r in read_rows("legal_rule_keys.csv")}


def rule_label(key: str) -> str:
    name = rule_names().get(key)
    return name.label if name else key


@dataclass
class RuleHistory:
    """One key on a day: what applies, and every other row, the newest first."""

    key: str
    now: LegalRule | None = None
    others: list[LegalRule] = field(default_factory=list)

    @property
    def label(self) -> str:
        return rule_label(self.key)


# The rules are too many for one page on a phone: its parts, by the start of the key, the longest first.
TOPICS = {
    "overseas.terms.": ("terms", _l("Đi nước ngoài: hợp đồng")),
    "overseas.": ("overseas", _l("Đi nước ngoài: tiền, giấy tờ")),
    "": ("general", _l("Trong nước và chung")),
}


def topic_of(key: str) -> str:
    return next(topic for start, (topic, _label) in TOPICS.items() if key.startswith(start))


def rule_histories(session: AnySession, day: dt.date, topic: str | None = None) -> list[RuleHistory]:
    """All of them, or one part."""
    order = {key: place for place, key in enumerate(rule_names())}
    found: dict[str, RuleHistory] = {}
    rows = session.scalars(select(LegalRule).order_by(LegalRule.valid_from.desc(), LegalRule.id))
    for row in rows:
        if topic is not None and topic_of(row.key) != topic:
            continue
        history = found.setdefault(row.key, RuleHistory(row.key))
        if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day):
            history.now = row
        else:
            history.others.append(row)
    return sorted(found.values(), key=lambda history: (order.get(history.key, len(order)), history.key))


def latest_rule(session: AnySession, key: str) -> LegalRule | None:
    query = select(LegalRule).where(LegalRule.key == key).order_by(LegalRule.valid_from.desc()).limit(1)
    return session.scalars(query).one_or_none()


@lru_cache(maxsize=1)
def fixed_days() -> frozenset[dt.date]:
    """Days that the law fixes and that were verified when they were put into the data file."""
    rows = read_rows("calendar_days.csv")
    return frozenset(dt.date.fromisoformat(row["day"]) for row in rows if row["verified"] == "1")


def days_of_year(session: AnySession, year: int) -> list[CalendarDay]:
    query = select(CalendarDay).where(extract("year", CalendarDay.day) == year).order_by(CalendarDay.day)
    return list(session.scalars(query))
