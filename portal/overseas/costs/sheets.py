"""The sheet as a page shows it: the opening's side for everybody, the person's side for who it is about."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.common.clock import local_date
from portal.extensions import db
from portal.openings.models import Opening
from portal.overseas.costs.person import PersonSide, loan_for, person_side
from portal.overseas.costs.reckoning import OpeningSide, Payback, Sheet, payback, sheet
from portal.overseas.costs.side import Reader
from portal.overseas.costs.states import PaidFor
from portal.overseas.models import OverseasCase
from portal.overseas.support.loan_rules import LoanTerms
from portal.overseas.support.queries import rulebook
from portal.overseas.support.rules import SupportFacts
from portal.overseas.support.states import Content
from portal.web.templating import show_money

# A picture of more months than the longest contract says nothing more.
MOST_SQUARES = 60
MONTHS_A_ROW = 12


@dataclass(frozen=True, slots=True)
class Square:
    """One month of the contract in the picture."""

    x: int
    y: int
    is_owed: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    opening: Opening
    on: dt.date
    side: OpeningSide
    sheet: Sheet
    # By the whole wage that the contract leaves: sooner than this it cannot be.
    soonest: Payback
    # By what the person says they can put aside.
    saving: Payback | None
    person: PersonSide | None = None
    loan: LoanTerms | None = None

    @property
    def shown(self) -> Payback:
        return self.saving if self.saving is not None and self.saving.months is not None else self.soonest

    @property
    def borrowed(self) -> int | None:
        """What the bank may lend of what is left to pay; None where nobody knows."""
        if self.loan is None or self.loan.most_vnd is None or not self.loan.may_borrow:
            return None
        return min(self.loan.most_vnd, self.sheet.own)

    @property
    def squares(self) -> list[Square]:
        months = self.shown.months
        if months is None:
            return []
        count = min(max(self.side.term_months or 0, months), MOST_SQUARES)
        return [Square(n % MONTHS_A_ROW, n // MONTHS_A_ROW, n < months) for n in range(count)]

    @property
    def outlasts_contract(self) -> bool:
        months, term = self.shown.months, self.side.term_months
        return months is not None and term is not None and months > term


def page_of(
    opening: Opening,
    on: dt.date,
    *,
    saved: int | None = None,
    groups: frozenset[str] | None = None,
    spent: frozenset[Content] = frozenset(),
    case: OverseasCase | None = None,
    for_person: bool = False,
) -> SheetPage:
    side = Reader(on).side_of(opening)
    person = loan = None
    if for_person:
        rules = rulebook(db.session)
        facts = SupportFacts(
            opened_on=on if case is None else local_date(case.opened_at), in_programme_area=None
        )
        person = person_side(groups, facts, on, rules, spent=spent)
        made = sheet(side, person.helps)
        loan = loan_for(made, groups, facts, rules, side.term_months)
    else:
        made = sheet(side)
    return SheetPage(
        opening=opening,
        on=on,
        side=side,
        sheet=made,
        soonest=_back(made, side, side.wage if side.net_wage is None else side.net_wage),
        saving=None if saved is None else _back(made, side, saved),
        person=person,
        loan=loan,
    )


def _back(made: Sheet, side: OpeningSide, monthly: int | None) -> Payback:
    """Nothing to pay back is said only where every sum is known."""
    if made.own == 0 and (made.unknown or not side.is_complete):
        return Payback(0, monthly, None)
    return payback(made.own, monthly)


def formula(page: SheetPage, back: Payback) -> str:
    """The division as one would write it on paper."""
    if back.monthly is None or back.months is None:
        return ""
    owed = show_money(page.sheet.cost)
    if page.sheet.support:
        owed = f"({owed} − {show_money(page.sheet.support)})"
    return _(
        "%(owed)s : %(monthly)s = %(months)s tháng (làm tròn lên)",
        owed=owed, monthly=show_money(back.monthly), months=back.months,
    )  # fmt: skip


def names_of(kinds: tuple[PaidFor, ...]) -> str:
    return ", ".join(str(kind.label) for kind in kinds)
