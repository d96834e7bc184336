"""The forms around a suspected fraud."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from portal.overseas.costs.fraud_states import FraudSign
from portal.web.fields import Longest, Needed, PhoneField
from portal.web.forms import BaseForm, FilterForm


class FraudForm(BaseForm):
    sign = RadioField(_l("Bạn thấy điều gì?"), [Needed(_l("Hãy chọn một mục."))], choices=FraudSign.pairs())
    text = TextAreaField(
        _l("Chuyện gì đã xảy ra?"),
        [Needed(_l("Hãy kể chuyện đã xảy ra.")), Longest(4000)],
        description=_l("Ai nói gì, ngày nào, đòi bao nhiêu tiền. Đã lỡ đưa tiền cũng cứ kể."),
        render_kw={"rows": 6},
    )
    where_seen = StringField(
        _l("Thấy ở đâu?"),
        [Longest(300)],
        description=_l("Tên trang, số điện thoại, tên công ty, số tài khoản."),
    )
    opening = HiddenField()
    sender = HiddenField()
    name = StringField(_l("Tên của bạn"), [Longest(120)])
    phone = PhoneField(
        _l("Số điện thoại"),
        description=_l("Khi có trả lời, Trung tâm nhắn một tin, không nhắc đến nội dung."),
    )
    named = BooleanField(
        _l("Cho tư vấn viên biết là tôi báo"),
        description=_l("Trả lời vào mục “Tin của tôi”. Không đánh dấu là báo không nêu tên."),
    )


class FraudAnswerForm(BaseForm):
    answer = TextAreaField(
        _l("Trả lời"), [Needed(_l("Hãy viết câu trả lời.")), Longest(4000)], render_kw={"rows": 6},
        description=_l("Người báo đọc được nguyên văn. Viết ngắn, dễ hiểu, nói rõ nên làm gì."),
    )  # fmt: skip


class FraudFilter(FilterForm):
    state = SelectField(
        _l("Tình trạng"),
        choices=[("waiting", _l("Chờ trả lời")), ("answered", _l("Đã trả lời")), ("all", _l("Tất cả"))],
        default="waiting",
    )
    whose = SelectField(
        _l("Của ai"), choices=[("all", _l("Mọi người")), ("mine", _l("Của tôi"))], default="all"
    )
    sign = SelectField(_l("Thấy điều gì"), choices=[("", _l("Tất cả")), *FraudSign.pairs()], default="")
