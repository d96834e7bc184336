"""The form on which somebody notes what they paid."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField, ValidationError

from portal.openings.models import Opening
from portal.overseas.costs.payments import Paid
from portal.overseas.costs.payments_models import CostPayment
from portal.overseas.costs.states import PaidFor
from portal.web.fields import Longest, MoneyField, Needed, VnDateField
from portal.web.forms import BaseForm

ELSEWHERE = ""


class PaymentForm(BaseForm):
    opening = SelectField(_l("Trả cho việc nào"), default=ELSEWHERE)
    kind = SelectField(
        _l("Khoản gì"),
        [Needed(_l("Hãy chọn khoản đã trả."))],
        choices=[("", _l("Chọn một khoản")), *PaidFor.pairs()],
        description=_l("Không biết gọi là gì thì chọn “Khoản khác” rồi kể ở dưới."),
    )
    amount = MoneyField(
        _l("Số tiền đã trả (đồng)"),
        [Needed(_l("Hãy ghi số tiền bạn đã trả, ví dụ 5.000.000."))],
        description=_l("Ví dụ 5.000.000 hoặc 5 triệu. Trả nhiều lần thì ghi từng lần."),
    )
    paid_to = StringField(
        _l("Đưa cho ai"),
        [Needed(_l("Hãy ghi bạn đã đưa tiền cho ai.")), Longest(200)],
        description=_l("Tên người, công ty, ngân hàng hoặc số tài khoản."),
    )
    paid_on = VnDateField(
        _l("Ngày trả"),
        [Needed(_l("Hãy ghi ngày trả tiền, ví dụ 05/11/2026."))],
        description=_l("Ngày/tháng/năm, ví dụ 05/11/2026."),
    )
    receipt = FileField(
        _l("Hình chụp biên nhận"),
        description=_l("Hình JPG hoặc PNG, không quá 8 MB. Nơi chụp trong hình được xóa đi."),
    )
    no_receipt = BooleanField(_l("Không có biên nhận"))
    note = StringField(_l("Muốn kể thêm"), [Longest(500)])

    def offer(self, openings: list[Opening]) -> None:
        own = [(str(one.id), f"{one.title}, {one.organisation.name}") for one in openings]
        self.opening.choices = [*own, (ELSEWHERE, str(_l("Việc khác, không có ở đây")))]

    def asks_for_receipt(self, *, has_one: bool) -> bool:
        """Either a picture or the word that there is none."""
        if self.no_receipt.data or self.receipt.data or has_one:
            return True
        sentence = _("Hãy chọn hình biên nhận, hoặc đánh dấu “Không có biên nhận”.")
        self.receipt.errors = [*self.receipt.errors, sentence]
        return False

    def validate_kind(self, field: Any) -> None:
        if field.data and field.data not in PaidFor.values():
            raise ValidationError(_("Hãy chọn khoản đã trả."))

    def paid(self) -> Paid:
        return Paid(
            opening_id=int(self.opening.data) if self.opening.data else None,
            kind=PaidFor(self.kind.data),
            amount_vnd=self.amount.data,
            paid_to=self.paid_to.data or "",
            paid_on=self.paid_on.data,
            note=self.note.data or "",
        )


def data_of(payment: CostPayment) -> dict[str, Any]:
    return {
        "opening": str(payment.opening_id or ELSEWHERE),
        "kind": payment.kind.value,
        "amount": payment.amount_vnd,
        "paid_to": payment.paid_to,
        "paid_on": payment.paid_on,
        "no_receipt": payment.no_receipt,
        "note": payment.note,
    }
