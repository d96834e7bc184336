"""The form of one contact, and the filter of the list."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError

from portal.counselling.states import AgeBand, ContactChannel, ContactKind, ContactOutcome
from portal.reference.places import places
from portal.web.fields import Longest, Needed, VnDateField
from portal.web.forms import BaseForm, FilterForm
from portal.workers.states import Sex

NOT_SAID = ("", _l("Không rõ"))
CHIP_LABELS = {"1": _l("Ngày làm việc tới"), "3": _l("3 ngày"), "7": _l("1 tuần"), "30": _l("1 tháng")}
LONGEST_NOTE = 1000


class ContactForm(BaseForm):
    """One screen. Days of the chips come from who builds it: a form asks no calendar."""

    worker = HiddenField()
    ticket = HiddenField()
    call_back = HiddenField()
    back = HiddenField()
    # The words that were looked up: others mean a new search.
    asked = HiddenField()
    who = StringField(_l("Tên hoặc số điện thoại"), [Longest(120)])
    person = RadioField(_l("Người nào?"), validate_choice=False)
    kind = RadioField(
        _l("Về việc gì"), [Needed(_l("Hãy chọn một mục."))], choices=ContactKind.pairs(), default="job"
    )
    channel = RadioField(
        _l("Qua đâu"), [Needed(_l("Hãy chọn một mục."))], choices=ContactChannel.pairs(), default="desk"
    )
    outcome = RadioField(
        _l("Kết quả"), [Needed(_l("Hãy chọn một mục."))], choices=ContactOutcome.pairs(), default="informed"
    )
    next_in = RadioField(_l("Hẹn lại"), default="")
    next_on = VnDateField(_l("Ngày khác"), description=_l("Ngày làm việc, ví dụ 05/12/2026"))
    note = TextAreaField(_l("Ghi chú"), [Longest(LONGEST_NOTE)], render_kw={"rows": 2})
    commune = StringField(_l("Xã, phường"), [Longest(120)])
    commune_code = HiddenField()
    sex = RadioField(_l("Giới tính"), choices=[NOT_SAID, *Sex.pairs()], default="")
    age_band = SelectField(_l("Tuổi"), choices=[NOT_SAID, *AgeBand.pairs()], default="")

    def __init__(self, *args: Any, days: dict[str, dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        chips = [(name, f"{CHIP_LABELS[name]} ({day:%d/%m})") for name, day in days.items()]
        self.next_in.choices = [("", _("Không hẹn")), *chips]
        self.person.choices = [("", _("Không nêu tên"))]

    def validate_commune(self, field: Any) -> None:
        """The code of the suggestion, or what the typed name can only mean."""
        self.place_code: str | None = None
        if not field.data:
            return
        found = places().options(field.data)
        exact = [option for option in found if option.code == self.commune_code.data] or [
            option for option in found if option.name.lower() == field.data.lower()
        ]
        meant = exact or found
        if len(meant) != 1:
            names = ", ".join(option.name for option in found[:4])
            raise ValidationError(
                _("Có nhiều nơi tên gần giống: %(names)s. Hãy ghi rõ một nơi.", names=names)
                if names
                else _("Không thấy xã, phường này. Hãy ghi tên khác hoặc để trống.")
            )
        self.place_code = meant[0].code

    def next_day(self) -> dt.date | None:
        """A typed day counts before a chip."""
        if self.next_on.data is not None:
            day: dt.date = self.next_on.data
            return day
        return self.days.get(self.next_in.data or "")

    def said(self) -> dict[str, Any]:
        """What both a new contact and a corrected one say."""
        return {
            "kind": ContactKind(self.kind.data),
            "channel": ContactChannel(self.channel.data),
            "outcome": ContactOutcome(self.outcome.data),
            "note": self.note.data or "",
            "next_on": self.next_day(),
        }

    def unnamed(self) -> dict[str, Any]:
        """By what somebody without a name is counted."""
        return {
            "commune_code": self.place_code,
            "sex": Sex(self.sex.data) if self.sex.data else None,
            "age_band": AgeBand(self.age_band.data) if self.age_band.data else None,
        }


ALL = ("", _l("Tất cả"))


class ContactFilter(FilterForm):
    first = VnDateField(_l("Từ ngày"))
    last = VnDateField(_l("Đến ngày"))
    kind = SelectField(_l("Về việc gì"), choices=[ALL, *ContactKind.pairs()], default="")
    channel = SelectField(_l("Qua đâu"), choices=[ALL, *ContactChannel.pairs()], default="")
    outcome = SelectField(_l("Kết quả"), choices=[ALL, *ContactOutcome.pairs()], default="")
    adviser = SelectField(_l("Tư vấn viên"), default="")

    def __init__(self, *args: Any, advisers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adviser.choices = [ALL, *[(str(key), name) for key, name in advisers]]
