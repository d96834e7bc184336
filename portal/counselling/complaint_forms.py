"""The forms of a complaint."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from portal.counselling.states import ComplaintAbout
from portal.web.fields import Longest, Needed, PhoneField
from portal.web.forms import BaseForm, FilterForm


class ComplaintForm(BaseForm):
    about = RadioField(
        _l("Về ai, về việc gì?"), [Needed(_l("Hãy chọn một mục."))], choices=ComplaintAbout.pairs()
    )
    text = TextAreaField(
        _l("Chuyện gì đã xảy ra?"),
        [Needed(_l("Hãy kể chuyện đã xảy ra.")), Longest(4000)],
        description=_l("Ở đâu, ngày nào, ai nói gì, đòi bao nhiêu tiền."),
        render_kw={"rows": 6},
    )
    name = StringField(_l("Tên của bạn"), [Longest(120)])
    phone = PhoneField(
        _l("Số điện thoại"),
        description=_l("Khi có trả lời, Trung tâm nhắn một tin, không nhắc đến nội dung."),
    )
    to_account = BooleanField(
        _l("Gửi trả lời vào mục “Tin của tôi”"),
        description=_l("Trung tâm sẽ biết tài khoản nào gửi. Không đánh dấu là gửi không nêu tên."),
    )


class CodeForm(BaseForm):
    code = StringField(_l("Mã"), [Needed(_l("Hãy gõ mã bạn đã nhận.")), Longest(40)])


class AnswerForm(BaseForm):
    answer = TextAreaField(
        _l("Trả lời"), [Needed(_l("Hãy viết câu trả lời.")), Longest(4000)], render_kw={"rows": 6},
        description=_l("Người gửi đọc được nguyên văn. Viết ngắn, dễ hiểu, nói rõ đã làm gì."),
    )  # fmt: skip


class OwnerForm(BaseForm):
    owner = SelectField(_l("Giao cho"), [Needed(_l("Hãy chọn một người."))])


class ComplaintFilter(FilterForm):
    state = SelectField(
        _l("Tình trạng"),
        choices=[
            ("open", _l("Chờ trả lời")), ("late", _l("Trễ hạn")), ("answered", _l("Đã trả lời")),
            ("all", _l("Tất cả")),
        ],
        default="open",
    )  # fmt: skip
    about = SelectField(_l("Về"), choices=[("", _l("Tất cả")), *ComplaintAbout.pairs()], default="")
