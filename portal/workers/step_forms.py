"""One form a step. A form reads and shows; what a value means is checked in `facts`."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import NumberRange, Optional

from portal.access.forms import NewPasswordFields, NewPinField
from portal.common.text import better_case, tidy_name
from portal.reference.countries import market_choices
from portal.reference.education import education_choices
from portal.reference.languages import DRIVING, level_choices, points_range, scale_choices
from portal.reference.places import AN_GIANG, Level, places
from portal.web.fields import (
    BoxesField,
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
from portal.workers.consent_texts import sentence
from portal.workers.rules import read_year
from portal.workers.states import ContactWay, Purpose, Sex, Shift


class BirthField(StringField):
    """A whole date or only the year; `birth_date` and `birth_year` hold what was read."""

    birth_date: dt.date | None = None
    birth_year: int | None = None

    @property
    def birth_words(self) -> str:
        return self.birth_date.strftime("%d/%m/%Y") if self.birth_date else str(self.data or "")

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


class BirthForm(BaseForm):
    birth = BirthField(
        _l("Bạn sinh ngày nào?"),
        [Needed(_l("Hãy ghi ngày sinh hoặc năm sinh."))],
        description=_l("Ngày/tháng/năm, ví dụ 05/09/1998. Chỉ nhớ năm thì ghi năm."),
    )


class NamedForm(BaseForm):
    """Offers a name that was written in one case as one writes it; the person chooses, nothing is forced."""

    # Holds the spelling itself, so that a name typed anew is asked about anew.
    name_as = RadioField(_l("Viết tên thế nào?"), [Optional()], choices=(), validate_choice=False)

    def validate_full_name(self, field: Any) -> None:
        typed = field.data or ""
        better = better_case(typed)
        if better == tidy_name(typed) or self.name_as.data == tidy_name(typed):
            return
        if self.name_as.data == better:
            field.data = better
            field.raw_data = [better]
            return
        self.name_as.choices = [(better, better), (tidy_name(typed), tidy_name(typed))]
        self.name_as.data = better
        raise ValidationError(
            _("Tên đang viết toàn chữ hoa hoặc toàn chữ thường. Bạn chọn cách viết ở dưới.")
        )


class ReachForm(BaseForm):
    contact_way = SelectField(_l("Trung tâm báo tin bằng cách nào?"), default="")
    relative_name = StringField(_l("Họ và tên người thân"), [Longest(120)])
    relative_relation = StringField(
        _l("Người đó là gì của bạn?"), [Longest(60)], description=_l("Ví dụ mẹ, chồng, hàng xóm")
    )
    relative_phone = PhoneField(_l("Số điện thoại của người đó"))
    relative_agreed = BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact_way.choices = [("", _("Cách nào cũng được")), *ContactWay.pairs()]
        self.relative_agreed.label.text = sentence(Purpose.RELATIVE)

    @property
    def names_a_relative(self) -> bool:
        """The part about a relative is shown open."""
        fields = (self.relative_name, self.relative_relation, self.relative_phone, self.relative_agreed)
        return any(field.data or field.errors for field in fields)


class WhoForm(BirthForm, NamedForm, ReachForm):
    full_name = StringField(
        _l("Họ và tên"),
        [Needed(_l("Hãy ghi họ và tên.")), Longest(120)],
        description=_l("Ghi như trong giấy tờ, ví dụ Nguyễn Thị Mai"),
    )
    sex = RadioField(_l("Giới tính"), [Optional()], choices=Sex.pairs())
    phone = PhoneField(_l("Số điện thoại"), description=_l("Để Trung tâm gọi khi có việc"))
    email = StringField(_l("Thư điện tử"), [Longest(200), EmailAddress()])


class AccountForm(NewPinField, NewPasswordFields, BaseForm):
    """A PIN beside a code to the phone, or a name with a password, or both.

    `pin_offered`: there is a phone for the code; `pin_needed`: others are reached by it, too.
    """

    sign_in_name = StringField(
        _l("Tên đăng nhập"), [Longest(120)], description=_l("Số điện thoại của bạn, hoặc một tên dễ nhớ")
    )
    new_password = PasswordField(
        _l("Mật khẩu"), description=_l("Ít nhất 8 chữ hoặc số. Một câu ngắn dễ nhớ là tốt nhất.")
    )
    repeated = PasswordField(_l("Ghi lại mật khẩu"))
    pin_offered = False
    pin_needed = False

    @property
    def wants_password(self) -> bool:
        return bool(self.new_password.data or self.repeated.data)

    def validate(self, **more: Any) -> bool:
        """Which fields are needed depends on the others: said at the field where it is mended."""
        valid = bool(super().validate(**more))
        by_password = self.wants_password or not self.pin_offered
        for field, needed, asks in (
            (self.new_pin, self.pin_needed or not by_password, _("Hãy đặt mã PIN.")),
            (self.sign_in_name, by_password, _("Hãy ghi tên đăng nhập.")),
            (self.new_password, by_password, _("Hãy ghi mật khẩu mới.")),
            (self.repeated, by_password, _("Hãy ghi lại mật khẩu mới.")),
        ):
            if needed and not field.data:
                field.errors = [*field.errors, asks]
                valid = False
        return valid


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


class Picking:
    """A typed word that stands for a code: taken from the suggestions, or chosen from what was found."""

    code: Any
    # The words for which the choices were offered: others mean a new search.
    asked: Any
    choice: Any

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


class ChoosingForm(Picking, BaseForm):
    code = HiddenField()
    asked = HiddenField()
    choice = RadioField(_l("Bạn muốn nói"), validate_choice=False)


class PermanentPart(Picking):
    """The second place of the form, in the shape of the first."""

    def __init__(self, form: "WhereForm") -> None:
        self.code, self.asked, self.choice = (
            form.permanent_code,
            form.permanent_asked,
            form.permanent_choice,
        )


class WhereForm(ChoosingForm):
    commune = StringField(
        _l("Xã, phường"),
        [Longest(120)],
        description=_l("Tên mới hay tên cũ đều được, ví dụ Vĩnh Hanh, Châu Đốc"),
    )
    address_line = StringField(_l("Số nhà, đường, ấp, khóm"), [Longest(200)])
    permanent_same = BooleanField(_l("Chỗ ở và nơi thường trú là một nơi"), default=True)
    permanent_commune = StringField(
        _l("Xã, phường thường trú"), [Longest(120)], description=_l("Ở tỉnh khác thì ghi tên tỉnh")
    )
    permanent_line = StringField(_l("Số nhà, đường, ấp ở đó"), [Longest(200)])
    permanent_code = HiddenField()
    permanent_asked = HiddenField()
    permanent_choice = RadioField(_l("Bạn muốn nói"), choices=(), validate_choice=False)

    @property
    def lives_elsewhere(self) -> bool:
        """The part about the permanent place is shown open."""
        fields = (self.permanent_commune, self.permanent_line)
        return any(field.data or field.errors for field in fields)


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
    provinces = BoxesField(_l("Tỉnh, thành nào?"), description=_l("Không chọn là tỉnh nào cũng được."))
    countries = BoxesField(_l("Nước nào?"), description=_l("Không chọn là nước nào cũng được."))
    wage_min = MoneyField(_l("Tiền công một tháng, ít nhất"), description=_l("Ví dụ 8 triệu"))
    available_from = VnDateField(_l("Đi làm được từ ngày"), description=_l("Để trống là đi làm ngay được."))
    shifts = BoxesField(_l("Ca làm được"), choices=Shift.pairs())

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
