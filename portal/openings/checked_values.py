"""Which values of an overseas opening are compared with its papers, who entered them, whose tick stands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.extensions import db
from portal.openings.check.facts import Cost, OpeningFacts
from portal.openings.models import Opening
from portal.openings.terms_models import CheckedValue
from portal.openings.terms_states import PaperKind

A, S = PaperKind.APPROVAL, PaperKind.SUPPLY_CONTRACT
# Facts that the two papers can prove, in the order in which they are read there. Fees and quantities of
# nobody's paper (brokerage, selection money, the exchange rate, who has gone) are no part of this.
FIELDS: dict[str, tuple[Any, PaperKind]] = {
    "approval_number": (_l("Số văn bản chấp thuận hợp đồng"), A),
    "approval_date": (_l("Ngày chấp thuận"), A),
    "approved_quantity": (_l("Số người được chấp thuận"), A),
    "supply_contract_approved": (_l("Hợp đồng cung ứng đã được chấp thuận"), A),
    "supply_contract_number": (_l("Số hợp đồng cung ứng lao động"), S),
    "market": (_l("Nước đến làm việc"), S),
    "occupation_code": (_l("Nghề"), S),
    "job_class": (_l("Loại công việc"), S),
    "same_sender": (_l("Cùng doanh nghiệp với lần trước"), S),
    "same_supervising_body": (_l("Cùng đoàn thể giám sát với lần trước"), S),
    "age_min": (_l("Tuổi từ"), S),
    "age_max": (_l("Tuổi đến hết"), S),
    "sex": (_l("Giới tính"), S),
    "term_months": (_l("Thời hạn hợp đồng (tháng)"), S),
    "extension_months": (_l("Có thể gia hạn thêm (tháng)"), S),
    "wage_amount": (_l("Lương một tháng, ít nhất"), S),
    "wage_currency": (_l("Tiền trả lương"), S),
    "weekly_hours": (_l("Số giờ làm mỗi tuần"), S),
    "rest_days": (_l("Số ngày nghỉ mỗi tuần"), S),
    "lodging": (_l("Chỗ ở"), S),
    "lodging_deduction_pct": (_l("Tiền ở trừ vào lương (%)"), S),
    "meals_count": (_l("Số bữa ăn một ngày"), S),
    "airfare_out_paid_by": (_l("Vé máy bay lượt đi"), S),
    "airfare_back_paid_by": (_l("Vé máy bay lượt về"), S),
    "service_fee_months": (_l("Tiền dịch vụ (tháng lương)"), S),
    "service_fee_vnd": (_l("Tiền dịch vụ người lao động trả (đồng)"), S),
    "agreed_fee_vnd": (_l("Tiền dịch vụ thoả thuận (đồng)"), S),
    "receiver_paid_fee_vnd": (_l("Tiền dịch vụ bên nhận lao động đã trả (đồng)"), S),
    "extension_fee_months": (_l("Tiền dịch vụ khi gia hạn (tháng lương)"), S),
    "deposit_vnd": (_l("Tiền ký quỹ (đồng)"), S),
    "worker_costs": (_l("Các khoản người lao động trả"), S),
}


def stated_values(facts: OpeningFacts) -> dict[str, str]:
    """What can be ticked, each in one fixed writing: two writings differ exactly when the values do."""
    values = {name: getattr(facts, name) for name in FIELDS}
    return {name: _written(value) for name, value in values.items() if value is not None}


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_line(cost) for cost in value) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _line(cost: Cost) -> str:
    amount = "?" if cost.amount is None else _written(cost.amount)
    return f"{cost.kind} {amount} {cost.currency} {cost.payable_when or '?'} {cost.receipt_by or '?'}"


@dataclass(frozen=True)
class Value:
    """One value of an opening as the moderator meets it."""

    field: str
    label: Any
    paper: PaperKind
    stated: str
    row: CheckedValue | None

    @property
    def is_ticked(self) -> bool:
        return self.row is not None and self.row.ticked_at is not None and self.row.value == self.stated

    def entered_by(self, account: Account) -> bool:
        return self.row is not None and self.row.entered_by_id == account.id


def values_of(opening: Opening, facts: OpeningFacts) -> list[Value]:
    """Every stated value, with who entered it and whose tick it has; one query."""
    rows = rows_of(opening)
    stated = stated_values(facts)
    return [
        Value(name, label, paper, stated[name], rows.get(name))
        for name, (label, paper) in FIELDS.items()
        if name in stated
    ]


def unticked(values: Iterable[Value]) -> tuple[str, ...]:
    return tuple(value.field for value in values if not value.is_ticked)


def rows_of(opening: Opening) -> dict[str, CheckedValue]:
    if opening.id is None:
        return {}
    query = (
        select(CheckedValue)
        .where(CheckedValue.opening_id == opening.id)
        .options(joinedload(CheckedValue.entered_by), joinedload(CheckedValue.ticked_by))
        .order_by(CheckedValue.id)
    )
    return {row.field: row for row in db.session.scalars(query)}


def note_entered(
    opening: Opening,
    before: dict[str, str],
    after: dict[str, str],
    *,
    actor: Account | None,
    now: dt.datetime,
) -> list[str]:
    """Who changed a value has entered it, and its tick is gone. The fields whose tick was lost."""
    rows = rows_of(opening)
    lost = []
    for name in FIELDS:
        if before.get(name) == after.get(name):
            continue
        row = rows.get(name)
        if row is None:
            row = CheckedValue(opening_id=opening.id, field=name)
            db.session.add(row)
        elif row.ticked_at is not None:
            lost.append(name)
        clear(row)
        row.entered_by, row.entered_at = actor, now
    db.session.flush()
    return lost


def clear(row: CheckedValue) -> None:
    row.value, row.ticked_by, row.ticked_at, row.paper_id = "", None, None, None
