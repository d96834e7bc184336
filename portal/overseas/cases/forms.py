"""Forms of the steps: shapes only; what they mean is checked by the gates and the operations."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from portal.counselling.states import ContactChannel
from portal.overseas.cases.moves import Given
from portal.overseas.cases.states import OWN_REASONS, PIPELINE, ExitReason, FinanceWay
from portal.overseas.cases.transitions import TICKS, Need
from portal.overseas.states import CaseState
from portal.reference.countries import country_choices
from portal.web.fields import BoxesField, Longest, MoneyField, Needed, VnDateField
from portal.web.forms import BaseForm, FilterForm
from portal.workers.states import ConsentChannel

CHOOSE_REASON = _l("Hãy chọn một lý do.")
NOTE = _l("Ghi chú")
HINT_NOTE = _l("Không ghi bệnh tật, nợ nần hay chuyện gia đình của người này.")


class OneOf:
    """One of the choices, with the sentence of this question; WTForms' own would come before it."""

    field_flags = {"required": True}

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(self.sentence)


def tick(need: Need) -> BooleanField:
    return BooleanField(TICKS[need])


def note_field(label: Any = NOTE, *checks: Any) -> TextAreaField:
    return TextAreaField(label, [*checks, Longest(500)], render_kw={"rows": 2}, description=HINT_NOTE)


def date_field(label: Any, description: Any = "") -> VnDateField:
    return VnDateField(label, [Needed(_l("Hãy ghi ngày."))], description=description)


class StepForm(BaseForm):
    """Whatever a step asks; `details` are the columns of the case that its gates look at."""

    details_named: tuple[str, ...] = ()

    def given(self) -> Given:
        ticks = frozenset(need for need in TICKS if need.value in self and self[need.value].data)
        reason = self.reason.data if "reason" in self and self.reason.data else None
        seen = self.seen.data if "seen" in self else None
        return Given(
            date=self.date.data if "date" in self else None,
            reason=ExitReason(reason) if reason in ExitReason.values() else None,
            note=self.note.data or "" if "note" in self else "",
            ticks=ticks,
            why_on=self.why_on.data or "" if "why_on" in self else "",
            seen=CaseState(seen) if seen in CaseState.values() else None,
        )

    def details(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.details_named}


def why_on_field() -> TextAreaField:
    """Drawn last, and only where an unverified rule stands in the way."""
    return TextAreaField(
        _l("Vì sao vẫn đi tiếp"),
        [Longest(500)],
        render_kw={"rows": 2},
        description=_l("Lời này được giữ trong hồ sơ cùng tên bạn."),
    )


class NoteForm(StepForm):
    note = note_field()
    why_on = why_on_field()


class CounselForm(StepForm):
    costs_shown = tick(Need.COSTS_SHOWN)
    channel = RadioField(
        _l("Tư vấn bằng cách nào"), choices=ContactChannel.pairs(), default=ContactChannel.DESK
    )
    note = note_field()
    why_on = why_on_field()


class CheckForm(StepForm):
    no_exit_ban = tick(Need.NO_EXIT_BAN)
    note = note_field()
    why_on = why_on_field()


class SelectForm(StepForm):
    date = date_field(_l("Trúng tuyển ngày"), _l("Thời gian chờ xuất cảnh tính từ ngày này."))
    agreed_by = VnDateField(
        _l("Bên đưa đi cam kết cho đi trước ngày"), description=_l("Để trống nếu theo thời hạn của luật.")
    )
    no_money_taken = tick(Need.NO_MONEY_TAKEN)
    note = note_field()
    why_on = why_on_field()


class TrainForm(StepForm):
    date = date_field(_l("Vào lớp ngày"))
    note = note_field()
    why_on = why_on_field()


class SignForm(StepForm):
    details_named = ("contract_number", "contract_ends_on", "service_fee_vnd")
    contract_number = StringField(_l("Số hợp đồng"), [Needed(_l("Hãy ghi số hợp đồng.")), Longest(60)])
    date = date_field(_l("Ký ngày"))
    contract_ends_on = VnDateField(_l("Hết hợp đồng ngày"))
    service_fee_vnd = MoneyField(
        _l("Tiền dịch vụ người lao động trả, theo hợp đồng (đồng)"),
        [Needed(_l("Hãy ghi tiền dịch vụ theo hợp đồng; không phải nộp thì ghi 0."))],
        description=_l("Không phải nộp thì ghi 0."),
    )
    note = note_field()
    why_on = why_on_field()

    def details(self) -> dict[str, Any]:
        return super().details() | {"contract_signed_on": self.date.data}


class MoneyForm(StepForm):
    details_named = ("finance_way", "deposit_vnd", "deposit_paid_on", "accepted_on")
    finance_way = RadioField(
        _l("Lo tiền bằng cách nào"),
        [OneOf(_l("Hãy chọn cách lo tiền."))],
        choices=FinanceWay.pairs(),
        validate_choice=False,
    )
    deposit_vnd = MoneyField(_l("Tiền ký quỹ đã nộp (đồng)"), description=_l("Không ký quỹ thì để trống."))
    deposit_paid_on = VnDateField(_l("Nộp ký quỹ ngày"))
    accepted_on = VnDateField(_l("Bên nước ngoài đồng ý nhận ngày"))
    note = note_field()
    why_on = why_on_field()

    def details(self) -> dict[str, Any]:
        return super().details() | {"finance_way": FinanceWay(self.finance_way.data)}


class VisaForm(StepForm):
    details_named = ("list_submitted_on", "list_confirmed_on", "visa_filed_on")
    list_submitted_on = VnDateField(_l("Nộp danh sách lao động ngày"))
    list_confirmed_on = VnDateField(_l("Danh sách được xác nhận ngày"))
    visa_filed_on = VnDateField(_l("Nộp hồ sơ thị thực ngày"))
    note = note_field()
    why_on = why_on_field()


class ReadyForm(StepForm):
    date = date_field(_l("Ngày bay"))
    flight = StringField(
        _l("Chuyến bay"), [Longest(40)], description=_l("Ví dụ VN310. Ai cùng chuyến thì ghi giống nhau.")
    )
    briefed = tick(Need.BRIEFED)
    note = note_field()
    why_on = why_on_field()


class DepartForm(StepForm):
    date = date_field(_l("Xuất cảnh ngày"), _l("Theo dấu xuất cảnh hoặc vé máy bay."))
    note = note_field()
    why_on = why_on_field()


class ReturnForm(StepForm):
    date = date_field(_l("Về nước ngày"))
    note = note_field()
    why_on = why_on_field()


class ExtendForm(StepForm):
    date = date_field(_l("Đồng ý chờ đến hết ngày"))
    note = note_field(_l("Vì sao phải chờ thêm"), Needed(_l("Hãy ghi vì sao.")))
    knows_rights = tick(Need.KNOWS_RIGHTS)
    why_on = why_on_field()


class EndForm(StepForm):
    reason = RadioField(
        _l("Vì sao dừng"), [OneOf(CHOOSE_REASON)], choices=ExitReason.pairs(), validate_choice=False
    )
    note = note_field()
    why_on = why_on_field()


class BackForm(StepForm):
    seen = HiddenField()
    note = note_field(_l("Vì sao"), Needed(_l("Hãy ghi vì sao.")))
    why_on = why_on_field()


class SendForm(StepForm):
    parts = BoxesField(
        _l("Đã gửi những gì"), [Needed(_l("Hãy đánh dấu ít nhất một mục."))], validate_choice=False
    )
    note = note_field()
    why_on = why_on_field()


# --- beside the steps ------------------------------------------------------------------------------------


class OpenForm(BaseForm):
    aim = SelectField(
        _l("Đi theo"), [Needed(_l("Hãy chọn đơn hàng hoặc chương trình."))], validate_choice=False
    )
    programme = SelectField(
        _l("Đơn hàng thuộc chương trình nào"),
        coerce=int,
        default=0,
        validate_choice=False,
        description=_l(
            "Chọn thì yêu cầu, giấy tờ của chương trình được áp dụng. Đi theo chương trình thì bỏ qua."
        ),
    )
    planned_departure = VnDateField(_l("Dự kiến xuất cảnh ngày"), description=_l("Chưa biết thì để trống."))


class PlanForm(BaseForm):
    planned_departure = VnDateField(_l("Dự kiến xuất cảnh ngày"))
    flight = StringField(
        _l("Chuyến bay"), [Longest(40)], description=_l("Ai cùng chuyến thì ghi giống nhau.")
    )
    opening = SelectField(_l("Đơn hàng"), coerce=int, default=0, validate_choice=False)
    # Only until there is one, and only early: `programme.choices` is empty otherwise.
    programme = SelectField(
        _l("Theo chương trình"),
        coerce=int,
        default=0,
        validate_choice=False,
        description=_l("Chọn rồi thì yêu cầu, giấy tờ của chương trình được áp dụng, và không đổi được nữa."),
    )


class HandOverForm(BaseForm):
    to = SelectField(_l("Giao cho"), coerce=int, validate_choice=False)


class ReceiverForm(BaseForm):
    receiver = StringField(_l("Bên nhận ở nước ngoài"), [Longest(200)])
    country = SelectField(_l("Ở nước"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = [("", _("Chọn")), *country_choices()]


class DeskReceiverForm(ReceiverForm):
    channel = RadioField(
        _l("Hỏi bằng cách nào"),
        choices=[pair for pair in ConsentChannel.pairs() if pair[0] != ConsentChannel.ONLINE],
        default=ConsentChannel.DESK.value,
    )


# As a person says it of themself; staff read the label.
IN_OWN_WORDS: dict[ExitReason, Any] = {
    ExitReason.WITHDREW: _l("Tôi đổi ý, không muốn đi nữa"),
    ExitReason.SENDER_FAULT: _l("Công ty hoặc bên nhận làm không đúng"),
    ExitReason.FRAUD_SUSPECTED: _l("Tôi nghi bị lừa"),
    ExitReason.PLACED_ELSEWHERE: _l("Tôi có việc khác rồi"),
}


class WithdrawForm(BaseForm):
    reason = RadioField(
        _l("Vì sao bạn thôi không đi?"),
        [OneOf(CHOOSE_REASON)],
        choices=[(one.value, IN_OWN_WORDS.get(one, one.label)) for one in OWN_REASONS],
        validate_choice=False,
    )
    note = TextAreaField(_l("Bạn muốn nói thêm gì không?"), [Longest(500)], render_kw={"rows": 2})


CLOCKS = [
    ("", _l("Mọi hạn")),
    ("warn", _l("Sắp hết hạn chờ xuất cảnh")),
    ("late", _l("Quá hạn chờ xuất cảnh")),
    ("papers", _l("Có giấy tờ chờ kiểm tra")),
    ("lapsing", _l("Giấy tờ hết hạn trước ngày đi")),
]


# Every stage before departure, as the board counts them.
PREPARING = "preparing"


class CaseFilter(FilterForm):
    q = StringField(_l("Tên"))
    whose = SelectField(
        _l("Của ai"),
        choices=[("mine", _l("Của tôi")), ("all", _l("Tất cả"))],
        default="mine",
        validate_choice=False,
    )
    state = SelectField(_l("Giai đoạn"), validate_choice=False, default="")
    programme = SelectField(_l("Chương trình"), coerce=int, validate_choice=False, default=0)
    sender = SelectField(_l("Bên đưa đi"), coerce=int, validate_choice=False, default=0)
    course_class = SelectField(_l("Lớp"), coerce=int, validate_choice=False, default=0)
    clock = SelectField(_l("Hạn"), choices=CLOCKS, validate_choice=False, default="")
    flight = StringField(_l("Chuyến bay"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = (*PIPELINE, CaseState.ENDED)
        self.state.choices = [
            ("", _("Đang làm")),
            (PREPARING, _("Đang chuẩn bị đi")),
            *((one.value, one.label) for one in shown),
        ]
