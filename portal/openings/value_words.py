"""The values of an overseas opening in plain words, as the papers would say them."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices
from portal.openings.check.facts import Cost, OpeningFacts
from portal.openings.terms_states import CostKind, JobClass, LodgingBy, PayableWhen, Payer
from portal.reference import occupations
from portal.reference.countries import country_name
from portal.web.fields import show_decimal
from portal.web.templating import show_date, show_money
from portal.workers.states import Sex

CHOICES: dict[str, type[Choices]] = {
    "job_class": JobClass,
    "lodging": LodgingBy,
    "airfare_out_paid_by": Payer,
    "airfare_back_paid_by": Payer,
    "sex": Sex,
}
YES, NO = _l("có"), _l("không")


def label_of(choices: type[Choices], value: str | None) -> str:
    """Of a stored word that no list knows any more, the word itself."""
    if value is None:
        return ""
    return str(choices(value).label) if value in choices.values() else value


def stated_text(facts: OpeningFacts, field: str) -> str:
    """What the opening says in this field; empty where it says nothing."""
    value = getattr(facts, field)
    if value is None:
        return ""
    if field in CHOICES:
        return label_of(CHOICES[field], value)
    if field == "market":
        return country_name(value)
    if field == "occupation_code":
        return f"{occupations.name(value)} ({value})"
    if field == "wage_amount":
        return show_money(int(value), facts.wage_currency or "")
    return _plain(field, value)


def _plain(field: str, value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(cost_text(cost) for cost in value) or _("không thu khoản nào")
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, Decimal):
        return show_money(int(value)) if field.endswith("_vnd") else show_decimal(value)
    return value if isinstance(value, str) else show_date(value)


def cost_text(cost: Cost) -> str:
    amount = (
        _("chưa ghi số tiền") if cost.amount is None else show_money(int(cost.amount), cost.currency or "")
    )
    return ", ".join(
        part for part in (f"{label_of(CostKind, cost.kind)}: {amount}", when_and_whom(cost)) if part
    )


def when_and_whom(cost: Cost) -> str:
    """From when the sum is asked for, and who collects it."""
    whom = _("%(who)s thu", who=cost.receipt_by) if cost.receipt_by else ""
    return ", ".join(part for part in (label_of(PayableWhen, cost.payable_when), whom) if part)
