"""The terms of an overseas opening, one short form a step. Shape here; meaning in the opening check."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, SelectField, StringField
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.common.clock import today
from portal.openings.terms_states import CostKind, JobClass, LodgingBy, PayableWhen, Payer
from portal.openings.wages import ROUGH_RATES
from portal.web.fields import ExactField, Longest, MoneyField, Needed, VnDateField, WholeNumberField
from portal.web.forms import BaseForm

MOST_LINES = 20
FURTHEST_DEPARTURE = dt.timedelta(days=3 * 366)
NOT_SAID = ("", _l("Chưa ghi"))
YES_NO = [NOT_SAID, ("yes", _l("Có")), ("no", _l("Không"))]
ANSWERS = {"yes": True, "no": False}
# The fields that are answered so.
YES_NO_FIELDS = (
    "same_sender", "same_supervising_body", "supply_contract_approved", "sending_contract_signed",
    "foreign_acceptance_or_visa",
)  # fmt: skip


def chosen(choices: Any) -> list[tuple[str, Any]]:
    return [NOT_SAID, *choices.pairs()]


def yes_no(label: Any, **kwargs: Any) -> Any:
    """Yes, no, or nothing said: three answers, because "not stated" is never "no"."""
    return SelectField(label, choices=YES_NO, default="", **kwargs)


def whole(label: Any, least: int, most: int, **kwargs: Any) -> Any:
    sentence = _l("Hãy ghi một số từ %(least)s đến %(most)s.", least=least, most=most)
    return WholeNumberField(label, validators=[Optional(), NumberRange(least, most, sentence)], **kwargs)


def part(label: Any, most: int, **kwargs: Any) -> Any:
    sentence = _l("Hãy ghi một số từ 0 đến %(most)s, dấu phẩy trước phần lẻ.", most=most)
    return ExactField(label, validators=[Optional(), NumberRange(0, most, sentence)], **kwargs)


def money(label: Any, **kwargs: Any) -> Any:
    return MoneyField(label, validators=[Optional()], **kwargs)


class WorkForm(BaseForm):
    """What the work is and how long it lasts."""

    job_class = SelectField(
        _l("Loại công việc"),
        choices=chosen(JobClass),
        description=_l("Mức phí tối đa và điều kiện tối thiểu khác nhau theo loại này."),
        default="",
    )
    same_sender = yes_no(
        _l("Cùng doanh nghiệp dịch vụ với lần thực tập trước"),
        description=_l("Chỉ hỏi với thực tập kỹ năng số 3."),
    )
    same_supervising_body = yes_no(
        _l("Cùng đoàn thể giám sát với lần thực tập trước"),
        description=_l("Chỉ hỏi với thực tập kỹ năng số 3."),
    )
    term_months = whole(_l("Thời hạn hợp đồng (tháng)"), 1, 120)
    extension_months = whole(
        _l("Có thể gia hạn thêm (tháng)"), 0, 120, description=_l("Ghi 0 nếu không gia hạn.")
    )
    weekly_hours = whole(_l("Số giờ làm mỗi tuần"), 1, 100)
    rest_days = whole(_l("Số ngày nghỉ mỗi tuần"), 0, 7)
    overtime = StringField(_l("Làm thêm giờ"), validators=[Longest(200)])
    planned_departure = VnDateField(_l("Dự kiến xuất cảnh"), validators=[Optional()])
    dispute_contact = StringField(_l("Khi có tranh chấp, liên hệ"), validators=[Longest(200)])

    def validate_planned_departure(self, field: Any) -> None:
        """Who reads the opening plans by it."""
        if field.data is not None and not today() <= field.data <= today() + FURTHEST_DEPARTURE:
            raise ValidationError(_("Ngày dự kiến xuất cảnh đã qua, hoặc còn xa quá. Hãy xem lại."))


class LivingForm(BaseForm):
    """Where people live, what they eat, how they travel."""

    lodging_by = SelectField(_l("Chỗ ở"), choices=chosen(LodgingBy), default="")
    lodging_deduction_pct = part(
        _l("Tiền ở trừ vào lương (% lương cơ bản)"), 100, description=_l("Ghi 0 nếu không trừ.")
    )
    lodging = StringField(_l("Chỗ ở, nói thêm"), validators=[Longest(200)])
    meals_count = whole(
        _l("Số bữa ăn được lo mỗi ngày"), 0, 5, description=_l("Ghi 0 nếu người lao động tự lo ăn.")
    )
    meals = StringField(_l("Ăn uống, nói thêm"), validators=[Longest(200)])
    airfare_out_paid_by = SelectField(_l("Vé máy bay lượt đi"), choices=chosen(Payer), default="")
    airfare_back_paid_by = SelectField(_l("Vé máy bay lượt về"), choices=chosen(Payer), default="")
    airfare = StringField(_l("Vé máy bay, nói thêm"), validators=[Longest(200)])
    deductions = StringField(_l("Các khoản trừ vào lương"), validators=[Longest(300)])
    insurance = StringField(_l("Bảo hiểm"), validators=[Longest(200)])


class CostForm(BaseForm):
    """One line of what the worker pays."""

    class Meta(BaseForm.Meta):
        csrf = False

    kind = SelectField(_l("Khoản"), choices=CostKind.pairs(), default=CostKind.TRAINING.value)
    amount = MoneyField(_l("Số tiền"), validators=[Needed(_l("Hãy ghi số tiền, hoặc bỏ dòng này."))])
    currency = SelectField(_l("Tiền"), choices=[(code, code) for code in ROUGH_RATES], default="VND")
    payable_when = SelectField(_l("Trả khi nào"), choices=chosen(PayableWhen), default="")
    receipt_by = StringField(_l("Ai thu và ghi biên lai"), validators=[Longest(120)])


class MoneyForm(BaseForm):
    """What the worker pays, and from which wage it is reckoned."""

    service_fee_months = part(
        _l("Tiền dịch vụ, bằng bao nhiêu tháng lương"), 36, description=_l("Ví dụ 1,5. Ghi 0 nếu không thu.")
    )
    service_fee_vnd = money(
        _l("Tiền dịch vụ người lao động trả (đồng)"),
        description=_l("Ghi số tháng, hoặc số đồng, hoặc cả hai."),
    )
    agreed_fee_vnd = money(_l("Tiền dịch vụ đã thoả thuận cả hợp đồng (đồng)"))
    receiver_paid_fee_vnd = money(
        _l("Trong đó bên nhận lao động đã trả (đồng)"),
        description=_l("Phần này được trừ ra, người lao động chỉ trả phần còn thiếu."),
    )
    extension_fee_months = part(_l("Tiền dịch vụ khi gia hạn (tháng lương)"), 36)
    deposit_vnd = money(
        _l("Tiền ký quỹ (đồng)"), description=_l("Ghi 0 nếu không ký quỹ. Nhiều nước cấm ký quỹ.")
    )
    brokerage_vnd = money(
        _l("Tiền môi giới người lao động trả (đồng)"), description=_l("Luật cấm thu. Ghi 0.")
    )
    selection_fee_vnd = money(_l("Tiền tuyển chọn, giữ chỗ (đồng)"), description=_l("Luật cấm thu. Ghi 0."))
    fx_rate = ExactField(
        _l("Tỷ giá đã dùng để tính (đồng một đơn vị)"),
        description=_l("Cần có khi lương trả bằng tiền nước ngoài. Ví dụ 168,35."),
    )
    fx_date = VnDateField(_l("Tỷ giá của ngày"))
    fx_source = StringField(_l("Nguồn tỷ giá"), validators=[Longest(200)])
    selection = StringField(_l("Cách tuyển chọn"), validators=[Longest(300)])
    costs = FieldList(FormField(CostForm), max_entries=MOST_LINES)
    costs_complete = BooleanField(
        _l("Đây là tất cả các khoản người lao động phải trả trước khi đi và khi đi")
    )

    def validate_fx_rate(self, field: Any) -> None:
        if field.data is not None and field.data <= 0:
            raise ValidationError(_("Tỷ giá phải lớn hơn 0."))

    def validate_fx_date(self, field: Any) -> None:
        if self.fx_rate.data is not None and field.data is None:
            raise ValidationError(_("Hãy ghi tỷ giá này của ngày nào."))
        if field.data is not None and self.fx_rate.data is None:
            raise ValidationError(_("Đã ghi ngày mà chưa ghi tỷ giá. Hãy ghi tỷ giá, hoặc bỏ ngày."))


class PapersForm(BaseForm):
    """How far the papers have come."""

    supply_contract_approved = yes_no(_l("Hợp đồng cung ứng đã được cơ quan nhà nước chấp thuận"))
    sending_contract_signed = yes_no(
        _l("Hợp đồng đưa đi đã ký với người lao động trước khi thu tiền dịch vụ")
    )
    foreign_acceptance_or_visa = yes_no(
        _l("Bên nước ngoài đã nhận người, hoặc đã có thị thực, trước khi ký quỹ")
    )


@dataclass(frozen=True)
class Step:
    """One page of the terms."""

    name: str
    title: Any
    form: type[BaseForm]


STEPS = {
    step.name: step
    for step in (
        Step("work", _l("Việc làm, thời hạn, giờ làm"), WorkForm),
        Step("living", _l("Ăn, ở, đi lại"), LivingForm),
        Step("money", _l("Tiền người lao động trả"), MoneyForm),
        Step("papers", _l("Giấy tờ"), PapersForm),
    )
}
FIRST_PART = next(iter(STEPS))
# The first step is the form of the opening itself.
STEP_TITLES = [_l("Công việc và hợp đồng"), *(step.title for step in STEPS.values())]
