"""Forms of the person's and the staff's pages; the registration's stand in step_forms."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, ValidationError
from wtforms.validators import NumberRange, Optional

from portal.web.fields import Longest, Needed, WholeNumberField
from portal.web.forms import BaseForm, FilterForm
from portal.workers.states import LIVE_STATES, IdAbsence, WorkerState

ANY = ("", _l("Tất cả"))
# Who said "this was not me" is found here by the adviser who must look.
LISTED = (*LIVE_STATES, WorkerState.REFUSED)


class NationalIdForm(BaseForm):
    national_id = StringField(_l("Số căn cước"), [Longest(30)], description=_l("12 chữ số trên thẻ căn cước"))
    id_absence = RadioField(_l("Chưa có số thì chọn lý do"), [Optional()], choices=IdAbsence.pairs())

    def validate_national_id(self, field: Any) -> None:
        if not field.data and not self.id_absence.data:
            raise ValidationError(_("Hãy ghi số căn cước gồm 12 chữ số, hoặc chọn lý do chưa có."))


class WorkerFilter(FilterForm):
    q = StringField(_l("Tên hoặc số điện thoại"), [Longest(80)])
    commune = StringField(_l("Xã, phường"), [Longest(80)])
    occupation = StringField(_l("Việc làm được"), [Longest(80)])
    state = SelectField(
        _l("Tình trạng"), choices=[ANY, *((state.value, state.label) for state in LISTED)], default=""
    )
    age_from = WholeNumberField(_l("Tuổi từ"), [Optional(), NumberRange(0, 120, _l("Hãy ghi số tuổi."))])
    age_to = WholeNumberField(_l("đến"), [Optional(), NumberRange(0, 120, _l("Hãy ghi số tuổi."))])


class MergeForm(BaseForm):
    keep = RadioField(_l("Giữ hồ sơ nào?"), validators=[Needed(_l("Hãy chọn hồ sơ được giữ."))], coerce=int)

    def offer(self, choices: list[tuple[int, Any]]) -> None:
        self.keep.choices = choices
