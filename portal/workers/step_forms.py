"""One form a step. A form reads and shows; what a value means is checked in `facts`."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.access.forms import NewPasswordFields
from portal.reference.countries import market_choices
from portal.reference.education import education_choices
from portal.reference.languages import DRIVING, level_choices, points_range, scale_choices
from portal.reference.places import AN_GIANG, Level, places
from portal.web.fields import (
    EmailAddress,
    Longest,
    MoneyField,
    Needed,
    PhoneField,
    VnDateField,
    WholeNumberField,
    read_date,
)
from portal.web.forms import BaseForm
from portal.workers.rules import read_year
from portal.workers.states import Sex, Shift


class BirthField(StringField):
    """A whole date or only the year; `birth_date` and `birth_year` hold what was read."""

    birth_date: dt.date | None = None
    birth_year: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        typed = (self.data or "").strip()
        if not typed:
            return
        self.birth_year = read_year(typed)
        if self.birth_year is None:
            try:
                self.birth_date = read_date(typed)
            except ValueError as error:
                raise ValidationError(
                    _("Hãy ghi ngày/tháng/năm sinh, ví dụ 05/09/1998, hoặc chỉ năm sinh, ví dụ 1998.")
                ) from error
            self.birth_year = self.birth_date.year


class Boxes(SelectMultipleField):
    """Several choices as a list of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class BirthForm(BaseForm):
    birth = BirthField(
        _l("Bạn sinh ngày nào?"),
        [Needed(_l("Hãy ghi ngày sinh hoặc năm sinh."))],
        description=_l("Ngày/tháng/năm, ví dụ 05/09/1998. Chỉ nhớ năm thì ghi năm."),
    )


class WhoForm(BirthForm):
    full_name = StringField(
        _l("Họ và tên"),
        [Needed(_l("Hãy ghi họ và tên.")), Longest(120)],
        description=_l("Ghi như trong giấy tờ, ví dụ Nguyễn Thị Mai"),
    )
    sex = RadioField(_l("Giới tính"), [Optional()], choices=Sex.pairs())
    phone = PhoneField(_l("Số điện thoại"), description=_l("Để Trung tâm gọi khi có việc"))
    email = StringField(_l("Thư điện tử"), [Longest(200), EmailAddress()])


class AccountForm(NewPasswordFields, BaseForm):
    sign_in_name = StringField(
        _l("Tên đăng nhập"),
        [Needed(_l("Hãy ghi tên đăng nhập.")), Longest(120)],
        description=_l("Số điện thoại của bạn, hoặc một tên dễ nhớ"),
    )


class GuardianForm(BaseForm):
    guardian_name = StringField(_l("Họ và tên cha, mẹ hoặc người giám hộ"), [Longest(120)])
    guardian_phone = PhoneField(_l("Số điện thoại của người đó"))
    guardian_consents = BooleanField(
        _l(
            "Tôi là cha, mẹ hoặc người giám hộ của người đăng ký. "
            "Tôi đồng ý để Trung tâm dùng hồ sơ này tìm việc phù hợp cho con, em tôi."
        ),
        description=_l("Người lớn đọc và tự đánh dấu. Trung tâm có thể gọi để hỏi lại."),
    )


class ChoosingForm(BaseForm):
    """A typed word that stands for a code: taken from the suggestions, or chosen from what was found."""

    code = HiddenField()
    # The words for which the choices were offered: others mean a new search.
    asked = HiddenField()
    choice = RadioField(_l("Bạn muốn nói"), validate_choice=False)

    def pick(self, typed: str, found: list[tuple[str, str]], exact: str | None = None) -> str | None:
        """The code, or None with the choices on the page. `found`: (code, label), the likeliest first."""
        codes = {code for code, _label in found}
        labels = dict(found)
        if self.choice.data in codes and self.asked.data == typed:
            return str(self.choice.data)
        if self.code.data in codes and labels[self.code.data].lower() == typed.lower():
            return str(self.code.data)
        if exact is not None:
            return exact
        self.choice.choices = found
        self.choice.data = None
        self.asked.data, self.code.data = typed, ""
        return None


class WhereForm(ChoosingForm):
    commune = StringField(
        _l("Xã, phường"),
        [Longest(120)],
        description=_l("Tên mới hay tên cũ đều được, ví dụ Vĩnh Hanh, Châu Đốc"),
    )
    address_line = StringField(_l("Số nhà, đường, ấp, khóm"), [Longest(200)])


class TimeFields:
    years = WholeNumberField(
        _l("Số năm đã làm"), [Optional(), NumberRange(0, 60, _l("Hãy ghi số năm từ 0 đến 60."))]
    )
    months = WholeNumberField(
        _l("Số tháng"), [Optional(), NumberRange(0, 11, _l("Hãy ghi số tháng từ 0 đến 11."))]
    )

    def whole_months(self) -> int:
        return 12 * (self.years.data or 0) + (self.months.data or 0)


class CanForm(TimeFields, ChoosingForm):
    words = StringField(
        _l("Việc bạn làm được"), [Longest(120)], description=_l("Ví dụ thợ hồ, phụ bếp, may, lái ghe")
    )


class SkillsForm(BaseForm):
    skills_text = TextAreaField(
        _l("Bạn còn khéo việc gì nữa?"),
        [Longest(1000)],
        description=_l("Ví dụ nấu món chay, sửa máy dầu, tính toán nhanh. Cách nhau bằng dấu phẩy."),
    )


class WantForm(BaseForm):
    wants_home = BooleanField(_l("Gần nhà, trong tỉnh An Giang"))
    wants_other_provinces = BooleanField(_l("Ở tỉnh khác"))
    wants_abroad = BooleanField(_l("Ở nước ngoài"))
    provinces = Boxes(_l("Tỉnh, thành nào?"), description=_l("Không chọn là tỉnh nào cũng được."))
    countries = Boxes(_l("Nước nào?"), description=_l("Không chọn là nước nào cũng được."))
    wage_min = MoneyField(_l("Tiền công một tháng, ít nhất"), description=_l("Ví dụ 8 triệu"))
    available_from = VnDateField(_l("Đi làm được từ ngày"), description=_l("Để trống là đi làm ngay được."))
    shifts = Boxes(_l("Ca làm được"), choices=Shift.pairs())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [place for place in places() if place.level is Level.PROVINCE and not place.ended]
        self.provinces.choices = [(unit.code, unit.name) for unit in units if unit.code != AN_GIANG]
        self.countries.choices = market_choices()

    def validate_wants_home(self, field: Any) -> None:
        if not (field.data or self.wants_other_provinces.data or self.wants_abroad.data):
            raise ValidationError(_("Hãy chọn ít nhất một nơi bạn muốn làm."))


class SchoolingForm(BaseForm):
    education_code = RadioField(_l("Bậc học cao nhất"), [Optional()])
    field_of_study = StringField(_l("Ngành học, nếu có"), [Longest(120)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.education_code.choices = education_choices()


class ExperienceForm(TimeFields, BaseForm):
    title = StringField(_l("Bạn làm gì?"), [Longest(120)], description=_l("Ví dụ công nhân may"))
    workplace = StringField(
        _l("Ở đâu?"), [Longest(160)], description=_l("Tên nơi làm, không nhớ thì bỏ trống")
    )
    from_year = WholeNumberField(_l("Từ năm"), [Optional()])
    to_year = WholeNumberField(_l("Đến năm"), [Optional()], description=_l("Còn đang làm thì bỏ trống"))

    def validate_title(self, field: Any) -> None:
        typed = (
            self.workplace.data,
            self.from_year.data,
            self.to_year.data,
            self.years.data,
            self.months.data,
        )
        if not field.data and any(value not in (None, "") for value in typed):
            raise ValidationError(_("Hãy ghi bạn đã làm việc gì."))


def paper_choices() -> list[tuple[str, str]]:
    return [("", _("Chọn một loại")), (DRIVING, _("Bằng lái xe")), *scale_choices()]


class PaperForm(BaseForm):
    """A certificate or a licence; its level is asked for once the kind is known."""

    scale = SelectField(_l("Loại giấy"), default="")
    level = SelectField(_l("Bậc hoặc hạng"), validate_choice=False)
    points = StringField(_l("Số điểm"), [Longest(10)])
    expires_on = VnDateField(_l("Ngày hết hạn"), description=_l("Không ghi trên giấy thì bỏ trống."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale.choices = paper_choices()
        self.level.choices = [("", _("Chọn một bậc")), *level_choices(self.scale.data or "")]

    @property
    def wants_points(self) -> bool:
        return points_range(self.scale.data or "") is not None

    @property
    def level_typed(self) -> str:
        return (self.points.data or "").replace(",", ".") if self.wants_points else (self.level.data or "")
