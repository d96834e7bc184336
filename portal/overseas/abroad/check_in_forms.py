"""What a person abroad may add after pressing a button; nothing of it must be filled in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField

from portal.overseas.abroad.check_ins import Said
from portal.overseas.abroad.states import CallWindow, Trouble, WageSaid, WorkSaid
from portal.web.fields import Longest
from portal.web.forms import BaseForm


def choice_of(choices: Any, value: str | None) -> Any:
    return choices(value) if value in choices.values() else None


class _MoreForm(BaseForm):
    words = TextAreaField(
        _l("Bạn muốn nói thêm gì không?"), [Longest(2000)], render_kw={"rows": 4},
        description=_l("Viết tiếng Việt, không cần dấu cũng được."),
    )  # fmt: skip


class WellForm(_MoreForm):
    """After "I am well"."""

    wage = RadioField(_l("Lương tháng gần nhất"), choices=WageSaid.pairs(), validate_choice=False)
    work = RadioField(
        _l("Việc làm, giờ làm, chỗ ở so với hợp đồng"), choices=WorkSaid.pairs(), validate_choice=False
    )

    def said(self) -> Said:
        return Said(
            wage=choice_of(WageSaid, self.wage.data),
            work=choice_of(WorkSaid, self.work.data),
            words=self.words.data or "",
        )


class CallForm(_MoreForm):
    """After "call me"."""

    reach = StringField(
        _l("Gọi bạn theo số nào, tên Zalo nào?"), [Longest(120)],
        description=_l("Để trống thì Trung tâm gọi số đã ghi trong hồ sơ."),
    )  # fmt: skip
    window = RadioField(_l("Gọi lúc nào thì bạn nói chuyện được?"), choices=CallWindow.pairs(),
                        validate_choice=False)  # fmt: skip

    def said(self) -> Said:
        return Said(
            call_window=choice_of(CallWindow, self.window.data),
            words=self.words.data or "",
            reach=self.reach.data or "",
        )


class HelpForm(CallForm):
    """After "I need help"."""

    trouble = RadioField(_l("Chuyện gì đang xảy ra?"), choices=Trouble.pairs(), validate_choice=False)

    def what(self) -> Trouble | None:
        found: Trouble | None = choice_of(Trouble, self.trouble.data)
        return found
