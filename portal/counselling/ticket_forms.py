"""Forms of the waiting desk: few fields, most of them buttons."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Length, NumberRange, Optional

from portal.counselling.states import ContactKind
from portal.web.fields import BoxesField, Needed, VnDateField, WholeNumberField
from portal.web.forms import BaseForm, FilterForm

# No hall of ours has more counters.
MOST_COUNTERS = 30
CHOOSE_PURPOSE = _l("Hãy chọn bạn đến về việc gì.")
COUNTER = _l("Ghi số quầy, ví dụ 2.")


class TicketForm(BaseForm):
    purpose = SelectField(_l("Về việc gì"), [Needed(CHOOSE_PURPOSE)], choices=ContactKind.pairs())
    is_priority = BooleanField(_l("Cần ưu tiên"))
    press_key = HiddenField(validators=[Length(max=32)])


class KioskForm(BaseForm):
    prints = RadioField(
        _l("Máy này có in số không?"),
        [Needed(_l("Hãy chọn có in hay không."))],
        choices=[("no", _l("Không, chỉ hiện số trên màn hình")), ("yes", _l("Có, in ngay khi lấy số"))],
        # No default: an empty POST must not sign anybody out.
    )


class SeatForm(BaseForm):
    counter = WholeNumberField(
        _l("Quầy số"), [Needed(COUNTER), NumberRange(1, MOST_COUNTERS, message=COUNTER)]
    )
    purposes = BoxesField(
        _l("Quầy này tiếp về"), choices=ContactKind.pairs(), description=_l("Không chọn gì là tiếp mọi việc.")
    )


class NextForm(BaseForm):
    purpose = SelectField(_l("Về việc gì"), [Optional()], choices=[("", ""), *ContactKind.pairs()])


class HandOverForm(BaseForm):
    purpose = SelectField(_l("Việc"), choices=ContactKind.pairs())
    counter = SelectField(_l("Quầy"))

    def __init__(self, *args: Any, counters: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counter.choices = [("", _l("Quầy nào cũng được")), *counters]


class TakeOutForm(BaseForm):
    tickets = SelectMultipleField(coerce=int, validate_choice=False)


class WaitingTimesFilter(FilterForm):
    first = VnDateField(_l("Từ ngày"))
    last = VnDateField(_l("Đến ngày"))
