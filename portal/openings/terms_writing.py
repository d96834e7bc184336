"""The terms of an overseas opening: one step of the form, stored; what changed is compared anew."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.openings.checked_values import note_entered
from portal.openings.models import Opening, OverseasCost, OverseasTerms
from portal.openings.permissions import may_author
from portal.openings.queries import asker
from portal.openings.states import EDITABLE_STATES, Sphere
from portal.openings.terms_states import CostKind, PayableWhen
from portal.openings.writing import back_to_checking, values_now


@dataclass(frozen=True)
class CostLine:
    kind: CostKind
    amount: int
    currency: str = "VND"
    payable_when: PayableWhen | None = None
    receipt_by: str = ""


def insist_may_write_terms(opening: Opening, actor: Account) -> None:
    if not may_author(asker(actor), opening.organisation_id):
        raise NotAllowed
    if opening.sphere is not Sphere.OVERSEAS:
        raise Refused(_("Chỉ tin đi làm việc ở nước ngoài mới có các mục này."))
    if opening.state not in EDITABLE_STATES:
        raise Refused(_("Tin này đã kết thúc, không sửa được nữa. Bạn có thể mở lại thành bản nháp."))


def change_terms(
    opening: Opening,
    values: dict[str, Any],
    costs: Sequence[CostLine] | None = None,
    *,
    actor: Account,
    now: dt.datetime,
) -> Opening:
    """Some of the terms; with `costs`, all of the cost lines. What may not be public any more waits again."""
    insist_may_write_terms(opening, actor)
    before = values_now(opening, now)
    terms = opening.overseas
    if terms is None:
        terms = opening.overseas = OverseasTerms(approval_number="", departed_quantity=0, selected_quantity=0)
    changed = [name for name, value in values.items() if getattr(terms, name) != value]
    for name in changed:
        setattr(terms, name, values[name])
    if costs is not None and list(costs) != [_as_line(row) for row in terms.costs]:
        changed.append("costs")
        terms.costs = [
            OverseasCost(
                position=position,
                kind=line.kind,
                amount=line.amount,
                currency=line.currency,
                payable_when=line.payable_when,
                receipt_by=line.receipt_by,
            )
            for position, line in enumerate(costs)
        ]
    if not changed:
        return opening
    opening.updated_at = now
    db.session.flush()
    note_entered(opening, before, values_now(opening, now), actor=actor, now=now)
    record("opening.terms_changed", opening, actor=actor, now=now, fields=changed)
    back_to_checking(opening, actor=actor, now=now)
    return opening


def _as_line(row: OverseasCost) -> CostLine:
    return CostLine(row.kind, row.amount, row.currency, row.payable_when, row.receipt_by)
