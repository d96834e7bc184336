"""Forms of the staff's page of somebody abroad."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField

from portal.overseas.abroad.check_in_forms import choice_of
from portal.overseas.abroad.check_ins import Said
from portal.overseas.abroad.states import BY_HAND, Answer, CallWindow, Trouble, WageSaid, WordBy, WorkSaid
from portal.reference.countries import country_choices, market_choices
from portal.web.fields import Longest, Needed, VnDateField
from portal.web.forms import BaseForm, FilterForm

NOT_SAID = ("", _l("Không nói đến"))


class StayForm(BaseForm):
    country = SelectField(_l("Nước đang ở"), [Needed()])
    time_zone = SelectField(_l("Múi giờ"), [Needed()], validate_choice=False,
                            description=_l("Để Trung tâm gọi đúng giờ ở bên đó."))  # fmt: skip
    contract_ends_on = VnDateField(_l("Ngày hết hợp đồng"))
    reach = StringField(
        _l("Số điện thoại, tên Zalo ở bên đó"), [Longest(120)],
        description=_l("Số nước ngoài ghi cả mã nước, ví dụ +81 80 1234 5678."),
    )  # fmt: skip

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.country.choices = country_choices()


class WordForm(BaseForm):
    """What the person said by phone, or somebody for them."""

    by = SelectField(
        _l("Tin đến bằng cách nào?"), [Needed()],
        choices=[(one.value, one.label) for one in BY_HAND], default=WordBy.PHONE.value,
    )  # fmt: skip
    answer = RadioField(_l("Người đó nói"), [Needed(_l("Hãy chọn một mục."))], choices=Answer.pairs())
    trouble = SelectField(_l("Nếu cần giúp: chuyện gì?"), choices=[NOT_SAID, *Trouble.pairs()], default="")
    wage = SelectField(_l("Lương tháng gần nhất"), choices=[NOT_SAID, *WageSaid.pairs()], default="")
    work = SelectField(_l("Việc làm so với hợp đồng"), choices=[NOT_SAID, *WorkSaid.pairs()], default="")
    window = SelectField(_l("Muốn được gọi lúc"), choices=[NOT_SAID, *CallWindow.pairs()], default="")
    words = TextAreaField(_l("Nói gì thêm"), [Longest(2000)], render_kw={"rows": 3})

    def said(self) -> Said:
        return Said(
            wage=choice_of(WageSaid, self.wage.data),
            work=choice_of(WorkSaid, self.work.data),
            call_window=choice_of(CallWindow, self.window.data),
            words=self.words.data or "",
        )

    def what(self) -> Trouble | None:
        found: Trouble | None = choice_of(Trouble, self.trouble.data)
        return found


class AbroadFilter(FilterForm):
    whose = SelectField(
        _l("Của ai"), choices=[("all", _l("Cả Trung tâm")), ("mine", _l("Của tôi"))], default="all"
    )
    which = SelectField(
        _l("Ai"),
        choices=[
            ("all", _l("Tất cả")), ("silent", _l("Đến hạn mà chưa có tin")),
            ("look", _l("Chờ gọi lại, chờ xem")), ("trouble", _l("Đang có chuyện")),
            ("home_soon", _l("Sắp hết hợp đồng")),
        ],
        default="all",
    )  # fmt: skip
    country = SelectField(_l("Nước"), default="")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.country.choices = [("", _l("Tất cả")), *market_choices()]
