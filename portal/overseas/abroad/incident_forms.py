"""The forms of an incident."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField, ValidationError

from portal.overseas.states import (
    RESTRICTED_KINDS,
    STEPS_BY_HAND,
    IncidentKind,
    IncidentOutcome,
    Severity,
)
from portal.web.fields import Longest, Needed
from portal.web.forms import BaseForm, FilterForm

CHOOSE = _l("Hãy chọn một mục.")


class StepForm(BaseForm):
    name = SelectField(
        _l("Đã làm gì?"), [Needed(CHOOSE)],
        # Nothing is chosen beforehand: one press would write down a call that nobody made.
        choices=[("", _l("Chọn một việc")), *((one.value, one.label) for one in STEPS_BY_HAND)], default="",
    )  # fmt: skip
    text = TextAreaField(
        _l("Ghi lại"), [Longest(4000)], render_kw={"rows": 3},
        description=_l("Với ai, lúc nào, họ trả lời sao, việc tiếp theo là gì."),
    )  # fmt: skip


class HowBadForm(BaseForm):
    """Nobody who was beaten or sold waits two weeks, not even by a slip."""

    def validate_severity(self, field: Any) -> None:
        if self["kind"].data in RESTRICTED_KINDS and field.data == Severity.NORMAL:
            raise ValidationError(_("Bạo lực, mua bán người thì chọn “Khẩn cấp” hoặc “Nghiêm trọng”."))


class KindForm(HowBadForm):
    kind = SelectField(_l("Loại"), [Needed(CHOOSE)], choices=IncidentKind.pairs())
    severity = SelectField(_l("Mức khẩn cấp"), [Needed(CHOOSE)], choices=Severity.pairs())


class OwnerForm(BaseForm):
    owner = SelectField(_l("Giao cho"), [Needed(_l("Hãy chọn một người."))])


class CloseForm(BaseForm):
    outcome = SelectField(_l("Kết quả"), [Needed(CHOOSE)], choices=IncidentOutcome.pairs())
    text = TextAreaField(
        _l("Kết quả ra sao, vì sao kết thúc"),
        [Needed(_l("Hãy ghi kết quả bằng một, hai câu.")), Longest(4000)],
        id="close-text", render_kw={"rows": 3},
    )  # fmt: skip


class OpenForm(HowBadForm):
    """An adviser makes an incident of a word that came, or of silence."""

    kind = SelectField(
        _l("Loại"), [Needed(CHOOSE)], choices=[("", _l("Chọn loại sự việc")), *IncidentKind.pairs()],
        default="",
    )  # fmt: skip
    severity = SelectField(
        _l("Mức khẩn cấp"), [Needed(CHOOSE)], choices=Severity.pairs(), default=Severity.SERIOUS.value
    )
    text = TextAreaField(_l("Chuyện đã xảy ra"), [Longest(4000)], render_kw={"rows": 4})


class TellForm(OpenForm):
    """Before the departure there is no word to read it from: it is written down here."""

    text = TextAreaField(
        _l("Chuyện đã xảy ra"), [Needed(_l("Hãy ghi chuyện đã xảy ra.")), Longest(4000)],
        render_kw={"rows": 4}, description=_l("Ai, ở đâu, hôm nào, bao nhiêu tiền."),
    )  # fmt: skip


class IncidentFilter(FilterForm):
    whose = SelectField(
        _l("Của ai"), choices=[("mine", _l("Của tôi")), ("all", _l("Cả Trung tâm"))], default="all"
    )
    state = SelectField(
        _l("Tình trạng"),
        choices=[
            ("open", _l("Chưa xong")), ("late", _l("Trễ hạn")), ("closed", _l("Đã xong")),
            ("all", _l("Tất cả")),
        ],
        default="open",
    )  # fmt: skip
    kind = SelectField(_l("Loại"), choices=[("", _l("Tất cả")), *IncidentKind.pairs()], default="")
