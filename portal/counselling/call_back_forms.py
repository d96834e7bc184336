"""What is asked of who wants to be called; short enough for a small phone."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField

from portal.counselling.states import BestHour, ForWhom
from portal.web.fields import Longest, Needed, PhoneField
from portal.web.forms import FilterForm
from portal.workers.step_forms import ChoosingForm


class CallMeForm(ChoosingForm):
    for_whom = RadioField(
        _l("Trung tâm gọi để giúp ai?"), choices=ForWhom.pairs(), default=ForWhom.SELF.value
    )
    name = StringField(
        _l("Gặp ai khi gọi?"),
        [Needed(_l("Hãy ghi tên người nghe máy.")), Longest(120)],
        description=_l("Tên người nghe máy, ví dụ cô Sáu"),
    )
    phone = PhoneField(
        _l("Gọi số nào?"),
        [Needed(_l("Hãy ghi số điện thoại để Trung tâm gọi."))],
        description=_l("Ví dụ 0901 234 567"),
    )
    about_name = StringField(
        _l("Người cần giúp tên gì?"), [Longest(120)], description=_l("Chỉ ghi khi bạn nhờ cho người khác.")
    )
    commune = StringField(
        _l("Ở xã, phường nào?"),
        [Longest(120)],
        description=_l("Tên mới hay tên cũ đều được, ví dụ Vĩnh Hanh"),
    )
    best_hour = RadioField(_l("Gọi lúc nào thì tiện?"), choices=BestHour.pairs(), default=BestHour.ANY.value)


class CallBackFilter(FilterForm):
    whose = SelectField(
        _l("Của ai"),
        choices=[("mine", _l("Của tôi")), ("all", _l("Tất cả"))],
        default="mine",
        validate_choice=False,
    )
    late = SelectField(
        _l("Hạn"), choices=[("", _l("Mọi hạn")), ("late", _l("Đã trễ"))], default="", validate_choice=False
    )
