"""A lawful overseas opening for tests: a factory in Taiwan, three years, every value stated."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.access.models import Account
from portal.extensions import db
from portal.openings.checked_values import FIELDS, note_entered
from portal.openings.models import Opening, OverseasCost
from portal.openings.papers import attach
from portal.openings.states import OpeningState, Sphere
from portal.openings.terms_states import CostKind, LodgingBy, PaperKind, PayableWhen, Payer
from portal.openings.ticking import tick
from portal.openings.writing import values_now
from portal.organisations.models import MarketPermission, Organisation
from portal.reference.models import ExchangeRate
from portal.reference.seed import load_reference
from tests.factories import NOW

PDF = b"%PDF-1.7 hop dong"
APPROVAL = "123/QLLDNN"
WAGE, RATE = 30_000, Decimal("850")
A_MONTH = int(WAGE * RATE)

COSTS = (
    {"kind": CostKind.SERVICE_FEE, "amount": 3 * A_MONTH, "payable_when": PayableWhen.AFTER_CONTRACT},
    {"kind": CostKind.HEALTH, "amount": 750_000, "payable_when": PayableWhen.BEFORE_CONTRACT},
    {"kind": CostKind.FUND, "amount": 100_000, "payable_when": PayableWhen.BEFORE_DEPARTURE},
)
TERMS: dict[str, Any] = {
    "receiver": "Công ty Ngân Hải (thử)",
    "job_class": "manufacturing",
    "supply_contract_number": "HĐ-2001",
    "supply_contract_approved": True,
    "approval_number": APPROVAL,
    "approval_date": dt.date(2026, 9, 1),
    "approved_quantity": 20,
    "term_months": 36,
    "extension_months": 0,
    "weekly_hours": 40,
    "rest_days": 1,
    "lodging_by": LodgingBy.CHARGED,
    "lodging_deduction_pct": Decimal(7),
    "meals_count": 1,
    "airfare_out_paid_by": Payer.RECEIVER,
    "airfare_back_paid_by": Payer.WORKER,
    "fx_rate": RATE,
    "fx_date": dt.date(2026, 11, 20),
    "fx_source": "Ngân hàng thử",
    "service_fee_months": Decimal(3),
    "service_fee_vnd": 3 * A_MONTH,
    "agreed_fee_vnd": 3 * A_MONTH,
    "receiver_paid_fee_vnd": 0,
    "deposit_vnd": 0,
    "brokerage_vnd": 0,
    "selection_fee_vnd": 0,
    "costs_complete": True,
}


def with_rules() -> None:
    """The rules of the release and a rate of the Centre."""
    load_reference(db.session, now=NOW)
    db.session.add(
        ExchangeRate(currency="TWD", rate=RATE, day=NOW.date(), source="Ngân hàng thử", entered_at=NOW)
    )
    db.session.commit()


def sender_for(make: Any, *countries: str) -> Organisation:
    sender: Organisation = make.organisation("sender", licence_number="88/GP", phone="02963000009")
    for country in countries or ("TW",):
        sender.market_permissions.append(
            MarketPermission(country=country, valid_from=dt.date(2024, 1, 1), source="Danh sách thử")
        )
    db.session.commit()
    return sender


def stated(make: Any, author: Account | None = None, **changed: Any) -> Opening:
    """Everything lawful except what is changed; entered by `author`, compared by nobody."""
    terms = {key: changed.pop(key) for key in list(changed) if key in TERMS}
    costs = changed.pop("costs", COSTS)
    given = {
        "state": OpeningState.SUBMITTED,
        "published_at": None,
        "sphere": Sphere.OVERSEAS,
        "country": "TW",
        "occupation_code": "8160",
        "wage_min": WAGE,
        "wage_max": None,
        "wage_currency": "TWD",
        "province_code": None,
        "commune_code": None,
        "submitted_at": NOW,
    } | changed
    given.setdefault("organisation", None)
    given["organisation"] = given["organisation"] or sender_for(make)
    opening: Opening = make.opening("Đóng gói bánh", overseas={**TERMS, **terms}, **given)
    assert opening.overseas is not None
    opening.overseas.costs = [OverseasCost(position=place, **line) for place, line in enumerate(costs)]
    note_entered(opening, {}, values_now(opening, NOW), actor=author, now=NOW)
    db.session.commit()
    return opening


def with_papers(opening: Opening, actor: Account, folder: Path) -> Opening:
    for kind in PaperKind:
        attach(opening, kind, PDF, f"{kind.value}.pdf", folder=folder, actor=actor, now=NOW)
    db.session.commit()
    return opening


def compared(
    make: Any, folder: Path, *, by: Account | None = None, but: tuple[str, ...] = (), **changed: Any
) -> Opening:
    """Stated, with papers, and every value ticked by a moderator; then in the state that was asked for."""
    after = {name: changed.pop(name) for name in ("state", "published_at") if name in changed}
    opening = with_papers(stated(make, make.account("adviser"), **changed), make.account("adviser"), folder)
    fields = [name for name in FIELDS if name not in but]
    tick(opening, fields, actor=by or make.account("moderator"), now=NOW)
    for name, value in after.items():
        setattr(opening, name, value)
    db.session.commit()
    return opening


Lawful = Callable[..., Opening]
