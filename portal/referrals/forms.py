"""Forms of the steps: shapes only; what they mean is checked by the operations."""

import datetime as dt
import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError

from portal.common.clock import LOCAL_ZONE
from portal.reference.reasons import reasons
from portal.referrals.results import Hire
from portal.referrals.states import AnswerChannel, ReasonSide, ReferralState, ReportedResult
from portal.web.fields import Longest, Needed, VnDateField
from portal.web.forms import BaseForm, FilterForm

CHOOSE_REASON = _l("Hãy chọn một lý do.")
BY_STAFF = (AnswerChannel.PHONE, AnswerChannel.DESK)
YES_NO = [("yes", _l("Có")), ("no", _l("Không"))]
_CLOCK = re.compile(r"^\s*(\d{1,2})\s*(?:[:hg.]|giờ)\s*(\d{2})?\s*$", re.IGNORECASE)


def reason_options(side: str, occasion: str) -> list[tuple[str, str]]:
    """Where both sides can be the cause, the side stands before the reason."""
    found = reasons(side or None, occasion)
    if side:
        return [(one.code, one.label) for one in found]
    return [(one.code, f"{ReasonSide(one.side).label}: {one.label}") for one in found]


def channel_field() -> RadioField:
    return RadioField(
        _l("Người này trả lời bằng cách nào"),
        [Needed(_l("Hãy ghi người này trả lời bằng cách nào."))],
        choices=[(way.value, way.label) for way in BY_STAFF],
    )


NOTE = _l("Ghi chú")


def note_field(label: Any = NOTE) -> TextAreaField:
    return TextAreaField(label, [Longest(500)], render_kw={"rows": 2})


class TimeField(StringField):
    """A time of day as people write it: 8:30, 8h30, 8 giờ, 14g."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data: Any = None
        if valuelist and valuelist[0].strip():
            match = _CLOCK.match(valuelist[0])
            if not match or int(match.group(1)) > 23 or int(match.group(2) or 0) > 59:
                raise ValidationError(_("Hãy ghi giờ, ví dụ 8:30 hoặc 14:00."))
            self.data = dt.time(int(match.group(1)), int(match.group(2) or 0))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%H:%M") if self.data else ""


class PlainForm(BaseForm):
    """Nothing to fill in: the button is the question."""


class ChannelForm(BaseForm):
    channel = channel_field()
    note = note_field()


class PersonReasonForm(BaseForm):
    reason = RadioField(_l("Lý do của người này"), [Needed(CHOOSE_REASON)], validate_choice=False)
    channel = channel_field()
    note = note_field()


class ReasonForm(BaseForm):
    reason = RadioField(_l("Lý do"), [Needed(CHOOSE_REASON)], validate_choice=False)
    note = note_field()


class OwnReasonForm(BaseForm):
    """The person's own no, on their page or by the link."""

    reason = RadioField(_l("Vì sao?"), [Needed(CHOOSE_REASON)], validate_choice=False)


class NoteForm(BaseForm):
    note = TextAreaField(_l("Vì sao?"), [Needed(_l("Hãy ghi vì sao.")), Longest(500)], render_kw={"rows": 3})


class InterviewForm(BaseForm):
    day = VnDateField(_l("Ngày"), [Needed(_l("Hãy ghi ngày phỏng vấn."))], description=_l("Ví dụ 05/12/2026"))
    clock = TimeField(_l("Giờ"), [Needed(_l("Hãy ghi giờ phỏng vấn."))], description=_l("Ví dụ 8:30"))
    place = StringField(_l("Nơi gặp"), [Needed(_l("Hãy ghi nơi gặp.")), Longest(300)])
    directions = TextAreaField(
        _l("Đường đi"), [Longest(600)], render_kw={"rows": 3},
        description=_l("Xe buýt, đò, điểm dễ nhận ra, cổng nào"),
    )  # fmt: skip
    contact_name = StringField(_l("Gặp ai"), [Longest(120)])
    contact_phone = StringField(_l("Điện thoại nơi gặp"), [Longest(40)])
    bring = StringField(_l("Mang theo"), [Longest(300)], description=_l("Ví dụ: căn cước, bằng cấp, bút"))

    def starts_at(self) -> dt.datetime:
        return dt.datetime.combine(self.day.data, self.clock.data, LOCAL_ZONE).astimezone(dt.UTC)


class InterviewAnswerForm(BaseForm):
    comes = RadioField(
        _l("Người này đến được không"),
        [Needed(_l("Hãy chọn một câu trả lời."))],
        choices=[("yes", _l("Đến được")), ("no", _l("Xin giờ khác"))],
    )
    other_time = StringField(_l("Giờ người này đến được"), [Longest(200)])
    channel = channel_field()


class OwnInterviewForm(BaseForm):
    other_time = StringField(
        _l("Bạn đến được lúc nào?"), [Longest(200)], description=_l("Ví dụ: chiều thứ Năm, hoặc sau 15 giờ")
    )


class InterviewRecordForm(BaseForm):
    came = RadioField(
        _l("Người này có đến phỏng vấn không"), [Needed(_l("Hãy chọn một câu trả lời."))], choices=YES_NO
    )
    reason = RadioField(_l("Nếu không, vì sao"), validate_choice=False)
    note = note_field()


class HireForm(BaseForm):
    hired_on = VnDateField(_l("Bắt đầu làm từ ngày"), [Needed(_l("Hãy ghi ngày bắt đầu làm."))])
    notice_on = VnDateField(
        _l("Nơi tuyển báo ngày"),
        [Needed(_l("Hãy ghi ngày nơi tuyển báo."))],
        description=_l("Hạn cập nhật sàn giao dịch việc làm quốc gia tính từ ngày này."),
    )
    contract_ends_on = VnDateField(
        _l("Hết hợp đồng ngày"), description=_l("Để trống nếu hợp đồng không có ngày hết hạn.")
    )
    note = note_field()

    def hire(self) -> Hire:
        return Hire(self.hired_on.data, self.notice_on.data, self.contract_ends_on.data)


class DepartureForm(BaseForm):
    departed_on = VnDateField(
        _l("Xuất cảnh ngày"),
        [Needed(_l("Hãy ghi ngày xuất cảnh."))],
        description=_l("Ngày người này rời Việt Nam, theo dấu xuất cảnh hoặc vé máy bay."),
    )


class ExchangeForm(BaseForm):
    done_on = VnDateField(_l("Cập nhật ngày"), [Needed(_l("Hãy ghi ngày cập nhật."))])
    proof = StringField(
        _l("Bằng chứng"),
        [Needed(_l("Hãy ghi bằng chứng, ví dụ mã tin trên sàn quốc gia.")), Longest(200)],
        description=_l("Mã tin trên sàn quốc gia, hoặc số biên nhận"),
    )


class ReportForm(BaseForm):
    """The employer's own answer."""

    result = RadioField(
        _l("Kết quả"),
        [Needed(_l("Hãy chọn kết quả."))],
        choices=[(one.value, one.label) for one in ReportedResult],
    )
    hired_on = VnDateField(_l("Nếu nhận: bắt đầu làm từ ngày"))
    contract_ends_on = VnDateField(_l("Hết hợp đồng ngày"))
    reason = RadioField(_l("Nếu không nhận: lý do"), validate_choice=False)
    note = note_field(_l("Lời nhắn cho Trung tâm"))


class DueFilter(FilterForm):
    whose = SelectField(
        _l("Của ai"),
        choices=[("mine", _l("Của tôi")), ("all", _l("Tất cả"))],
        default="mine",
        validate_choice=False,
    )
    state = SelectField(_l("Đang ở bước"), choices=[("", _l("Mọi bước"))], validate_choice=False, default="")
    late = SelectField(
        _l("Hạn"),
        choices=[
            ("", _l("Mọi hạn")),
            ("late", _l("Đã trễ")),
            ("report", _l("Có kết quả chờ xác nhận")),
            ("exchange", _l("Cập nhật sàn giao dịch việc làm quốc gia")),
        ],
        validate_choice=False,
        default="",
    )

    def __init__(self, *args: Any, states: tuple[ReferralState, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [("", _("Mọi bước")), *((one.value, one.label) for one in states)]


class VerifyForm(FilterForm):
    code = StringField(
        _l("Mã trên giấy, trên tin, hoặc số giấy phép của công ty"),
        description=_l(
            "Mã có 13 chữ và số, có gạch nối hay không cũng được. Công ty: số giấy phép hoặc mã số thuế."
        ),
    )
