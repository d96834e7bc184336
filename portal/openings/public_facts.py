"""What a person must be able to read before they go abroad, each line with what is known of its truth."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.openings.check.facts import OpeningFacts
from portal.openings.check.findings import Finding
from portal.openings.check.inquiry import Inquiry
from portal.openings.checked_values import FIELDS
from portal.openings.finding_words import allowed_text, ground_of
from portal.openings.models import Opening, OverseasTerms
from portal.openings.quantities import remaining
from portal.openings.standing import Standing
from portal.openings.terms_states import CostKind, LodgingBy
from portal.openings.value_words import label_of, stated_text, when_and_whom
from portal.organisations.licences import PUBLIC_UNITS
from portal.organisations.models import Organisation
from portal.organisations.states import LicenceStatus
from portal.reference.countries import country_name
from portal.web.templating import show_date, show_money, show_months


@dataclass(frozen=True)
class Shown:
    """One line. `proven`: compared with the paper by somebody, or known from the register."""

    label: Any
    text: str
    proven: bool = True


@dataclass(frozen=True)
class Fee:
    """One sum beside the most that the law allows, where it sets one."""

    label: Any
    text: str
    proven: bool
    when: str = ""
    ceiling: str = ""
    ground: str = ""
    ceiling_proven: bool = True


@dataclass(frozen=True)
class PublicFacts:
    permission: list[Shown]
    conditions: list[Shown]
    fees: list[Fee]
    total: str


def public_facts(opening: Opening, standing: Standing) -> PublicFacts:
    return PublicFacts(
        permission_lines(opening, standing),
        condition_lines(opening, standing),
        fee_lines(standing),
        _total(standing.facts),
    )


def permission_lines(opening: Opening, standing: Standing) -> list[Shown]:
    """Who sends, by which right, how many; only what is known."""
    facts, terms = standing.facts, opening.overseas or OverseasTerms()
    proven = _proven(standing)
    approval = terms.approval_number
    if approval and terms.approval_date:
        approval = _("%(number)s, ngày %(day)s", number=approval, day=show_date(terms.approval_date))
    left = remaining(terms)
    lines = [
        Shown(_l("Doanh nghiệp đưa đi"), opening.organisation.name),
        _licence(opening.organisation, facts.sender_licence_status),
        _market(opening, facts.sender_market_permission),
        Shown(_l("Văn bản chấp thuận hợp đồng"), approval, proven("approval_number", "approval_date")),
        Shown(_l("Được chấp thuận"), _people(terms.approved_quantity), proven("approved_quantity")),
        Shown(_l("Còn được tuyển"), _people(left), proven("approved_quantity")),
    ]
    return [line for line in lines if line.text]


def _licence(organisation: Organisation, status: str | None) -> Shown:
    label = _l("Giấy phép đưa người đi")
    if organisation.kind in PUBLIC_UNITS:
        return Shown(label, _("cơ quan nhà nước, không cần giấy phép"))
    said = {
        LicenceStatus.VALID.value: str(LicenceStatus.VALID.label),
        None: str(LicenceStatus.UNKNOWN.label),
    }.get(status, _("không còn hiệu lực"))
    number = organisation.licence_number
    return Shown(label, f"{number}, {said}" if number else said, status is not None)


def _market(opening: Opening, permitted: bool | None) -> Shown:
    said = {
        True: _("có trong danh sách được phép"),
        False: _("không có trong danh sách được phép"),
        None: "",
    }[permitted]
    return Shown(_l("Được đưa người đi %(country)s", country=country_name(opening.country)), said)


def _people(number: int | None) -> str:
    return "" if number is None else ngettext("%(num)s người", "%(num)s người", number)


def _meals(number: int | None) -> str:
    """With its word: "1. Cơm trưa" reads like the first line of a list."""
    return "" if number is None else ngettext("%(num)s bữa", "%(num)s bữa", number)


def condition_lines(opening: Opening, standing: Standing) -> list[Shown]:
    """The work abroad; figures first, the sender's own words after them."""
    facts, terms, proven = standing.facts, opening.overseas or OverseasTerms(), _proven(standing)

    def fact(label: Any, field: str, words: str = "", text: str | None = None) -> Shown:
        said = stated_text(facts, field) if text is None else text
        return Shown(label, ". ".join(part for part in (said, words) if part), not said or proven(field))

    lines = [
        Shown(_l("Bên nhận lao động"), terms.receiver),
        Shown(_l("Nơi làm việc"), terms.workplace),
        fact(_l("Loại công việc"), "job_class"),
        fact(_l("Thời hạn hợp đồng"), "term_months", text=_months(terms.term_months)),
        fact(_l("Có thể gia hạn"), "extension_months", text=_months(terms.extension_months)),
        fact(_l("Giờ làm mỗi tuần"), "weekly_hours"),
        fact(_l("Ngày nghỉ mỗi tuần"), "rest_days"),
        Shown(_l("Làm thêm giờ"), terms.overtime),
        fact(_l("Chỗ ở"), "lodging", _lodging(terms)),
        fact(_l("Số bữa ăn được lo mỗi ngày"), "meals_count", terms.meals, text=_meals(terms.meals_count)),
        Shown(_l("Các khoản trừ vào lương"), terms.deductions),
        fact(_l("Vé máy bay lượt đi"), "airfare_out_paid_by"),
        fact(_l("Vé máy bay lượt về"), "airfare_back_paid_by", terms.airfare),
        Shown(_l("Bảo hiểm"), terms.insurance),
        Shown(_l("Cách tuyển chọn"), terms.selection),
        Shown(_l("Dự kiến xuất cảnh"), show_date(terms.planned_departure)),
        Shown(_l("Khi có tranh chấp, liên hệ"), terms.dispute_contact),
    ]
    return [line for line in lines if line.text]


def _months(number: int | None) -> str:
    return show_months(number) if number else ""


def _lodging(terms: OverseasTerms) -> str:
    share = ""
    if terms.lodging_by is LodgingBy.CHARGED and terms.lodging_deduction_pct is not None:
        share = _("Trừ %(share)s%% lương cơ bản", share=f"{terms.lodging_deduction_pct:f}".replace(".", ","))
    return ". ".join(part for part in (share, terms.lodging) if part)


def _proven(standing: Standing) -> Any:
    open_fields = set(standing.unticked)

    def proven(*fields: str) -> bool:
        return not open_fields.intersection(field for field in fields if field in FIELDS)

    return proven


# --- money -------------------------------------------------------------------------------------------------

NOT_KNOWN = Decimal("Infinity")
EXTENSION = ("extension_fee_months",)
# A sum of its own, the fields of the check in which the law speaks of it, and the kind of its cost lines.
SUMS = (
    (_l("Tiền dịch vụ"), ("service_fee_months", "service_fee_vnd"), "service_fee"),
    (_l("Tiền dịch vụ khi gia hạn"), EXTENSION, ""),
    (_l("Tiền ký quỹ, được trả lại khi xong hợp đồng"), ("deposit_vnd",), "deposit"),
    (_l("Tiền môi giới"), ("brokerage_vnd",), ""),
    (_l("Tiền tuyển chọn, giữ chỗ"), ("selection_fee_vnd",), ""),
)


def fee_lines(standing: Standing) -> list[Fee]:
    facts, proven = standing.facts, _proven(standing)
    costs = facts.worker_costs or ()
    lines, above = [], set()
    for label, fields, kind in SUMS:
        if fields == EXTENSION and not facts.extension_months:
            continue
        said = [_fee_text(facts, name) for name in fields if getattr(facts, name) is not None]
        if said:
            above.add(kind)
            said_of = [when_and_whom(cost) for cost in costs if cost.kind == kind]
            when = "; ".join(one for one in said_of if one)
            lines.append(Fee(label, "; ".join(said), proven(*fields), when, **_ceiling(standing, fields)))
    for cost in costs:
        if cost.kind not in above:
            amount = "" if cost.amount is None else show_money(int(cost.amount), cost.currency or "")
            lines.append(
                Fee(label_of(CostKind, cost.kind), amount, proven("worker_costs"), when_and_whom(cost))
            )
    return lines


def _fee_text(facts: OpeningFacts, field: str) -> str:
    if field in ("service_fee_months", *EXTENSION):
        return str(_("%(n)s tháng lương", n=stated_text(facts, field)))
    return stated_text(facts, field)


def _ceiling(standing: Standing, fields: Iterable[str]) -> dict[str, Any]:
    """The lowest of what the findings on these fields allow; nothing where no rule is known."""
    found = [one for one in standing.stated.findings if one.field in fields and one.allowed is not None]
    if not found:
        return {}
    # No rule is asked for the wage.
    wage = Inquiry(standing.facts, lambda _key: None, standing.facts.on_date or dt.date.min).wage_vnd
    lowest = min(found, key=lambda one: _in_vnd(one, wage))
    return {
        "ceiling": allowed_text(lowest),
        "ground": ground_of(lowest),
        "ceiling_proven": standing.is_verified(lowest),
    }


def _in_vnd(finding: Finding, wage: Decimal | None) -> Decimal:
    """Ceilings are written in months of wage or in đồng; what cannot be compared comes last."""
    if not isinstance(finding.allowed, Decimal):
        return NOT_KNOWN
    if finding.unit != "months":
        return finding.allowed
    return NOT_KNOWN if wage is None else finding.allowed * wage


def _total(facts: OpeningFacts) -> str:
    """Of the sums in đồng, the deposit apart; nothing where one of them, or whether all are told, is open."""
    if facts.worker_costs is None:
        return ""
    costs = [cost for cost in facts.worker_costs if cost.kind != "deposit"]
    if any(cost.amount is None or cost.currency != "VND" for cost in costs):
        return ""
    total = sum((cost.amount for cost in costs if cost.amount), Decimal(0))
    if not any(cost.kind == "service_fee" for cost in costs):
        if facts.service_fee_vnd is None and facts.service_fee_months != 0:
            return ""
        total += facts.service_fee_vnd or 0
    return show_money(int(total))
