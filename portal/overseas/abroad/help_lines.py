"""Whom to call in danger: dated rows with their source, never a number from memory in a page."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select

from portal.extensions import db
from portal.overseas.states import IncidentKind
from portal.reference.models import LegalRule
from portal.reference.queries import rule_label

EVERYWHERE = ("help_line.citizens",)
BY_KIND: dict[IncidentKind | None, tuple[str, ...]] = {
    IncidentKind.TRAFFICKING: ("help_line.trafficking",),
    IncidentKind.VIOLENCE: ("help_line.trafficking",),
}


@dataclass(frozen=True, slots=True)
class HelpLine:
    name: str
    number: str
    verified: bool
    source: str

    @property
    def to_dial(self) -> str:
        return "".join(letter for letter in self.number if letter.isdigit() or letter == "+")


def lines_for(country: str, kind: IncidentKind | None, day: dt.date) -> list[HelpLine]:
    """Those of the country first: there help is nearest. A line without a row of that day is left out."""
    keys = (f"help_line.police.{country}", f"help_line.labour.{country}", *EVERYWHERE, *BY_KIND.get(kind, ()))
    rows = db.session.scalars(
        select(LegalRule).where(
            LegalRule.key.in_(keys),
            LegalRule.valid_from <= day,
            or_(LegalRule.valid_to.is_(None), LegalRule.valid_to >= day),
        )
    )
    found = {row.key: row for row in rows}
    return [
        HelpLine(rule_label(key), row.value, row.verified, row.source)
        for key in keys
        if (row := found.get(key)) is not None
    ]
