"""Reading what support needs: the dated rules in one query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from portal.overseas.support_rules import Rulebook
from portal.reference.models import LegalRule
from portal.reference.rules import RuleValue, value_of


def rulebook(session: Session | scoped_session[Any]) -> Rulebook:
    """Every rule of support, for any day, read once."""
    return rulebook_of(session.scalars(select(LegalRule).where(LegalRule.key.startswith("support."))))


def rulebook_of(rows: Iterable[LegalRule]) -> Rulebook:
    by_key: defaultdict[str, list[LegalRule]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)

    def answer(key: str, day: dt.date) -> RuleValue | None:
        valid = [
            row
            for row in by_key.get(key, ())
            if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
        ]
        return value_of(max(valid, key=lambda row: row.valid_from)) if valid else None

    return answer
