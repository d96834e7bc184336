"""Forms about a person and a programme: answers about the body, and what an adviser saw on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField

from portal.overseas.programmes.checks import Seen
from portal.web.fields import Needed, VnDateField
from portal.web.forms import BaseForm
from portal.workers.conditions import Need
from portal.workers.states import ConditionAnswer, ConsentChannel

AT_THE_DESK = (ConsentChannel.DESK, ConsentChannel.PHONE, ConsentChannel.PAPER)


class BodyForm(BaseForm):
    """One question a requirement, `answer-0`, `answer-1` …, in the order of the needs."""

    questions: tuple[str, ...] = ()

    def given(self, needs: Sequence[Need]) -> dict[Need, ConditionAnswer]:
        found = {}
        for name, need in zip(self.questions, needs, strict=True):
            if self[name].data in ConditionAnswer.values():
                found[need] = ConditionAnswer(self[name].data)
        return found


def body_form(
    asked: Sequence[tuple[Need, str, str]],
    known: Mapping[Need, ConditionAnswer],
    *,
    has_agreed: bool,
    for_staff: bool,
) -> Any:
    """`asked`: the need, its words in the language of the page, and its source."""

    class AskedForm(BodyForm):
        questions = tuple(f"answer-{number}" for number in range(len(asked)))

    who = _("Người này có đạt không?") if for_staff else _("Bạn có đạt không?")
    for number, (_need, words, source) in enumerate(asked):
        question = RadioField(
            _("Chương trình đòi: %(need)s.", need=words.rstrip(". ")) + " " + who,
            choices=[(one.value, one.label) for one in ConditionAnswer],
            description=_("Căn cứ: %(source)s", source=source),
            validate_choice=False,
        )
        setattr(AskedForm, f"answer-{number}", question)
    if not has_agreed:
        label = _("Đã đọc nguyên câu trên, người này đồng ý") if for_staff else _("Tôi đồng ý")
        AskedForm.agreed = BooleanField(label)  # type: ignore[attr-defined]
        if for_staff:
            ways = [(way.value, way.label) for way in AT_THE_DESK]
            AskedForm.channel = SelectField(_("Hỏi bằng cách nào"), choices=ways)  # type: ignore[attr-defined]
    data = {
        f"answer-{number}": known[need].value
        for number, (need, _words, _source) in enumerate(asked)
        if need in known
    }
    return AskedForm(data=data)


class CheckForm(BaseForm):
    meets = RadioField(
        _l("Bạn xem giấy và thấy"),
        choices=[("yes", _l("Đạt điều này")), ("no", _l("Không đạt"))],
        validators=[Needed(_l("Hãy chọn một trong hai."))],
        validate_choice=False,
    )
    dated_on = VnDateField(
        _l("Ngày trên giấy"), description=_l("Ví dụ 15/03/2026. Hạn được tính từ ngày này.")
    )
    expires_on = VnDateField(
        _l("Giấy ghi hết hạn ngày"), description=_l("Để trống thì tính theo thời hạn của chương trình.")
    )

    def seen(self) -> Seen:
        return Seen(self.meets.data == "yes", self.dated_on.data, self.expires_on.data)
