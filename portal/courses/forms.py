"""Forms of courses and classes; the roll and the results have as many lines as the class has people."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Optional

from portal.courses.operations import ClassFacts
from portal.courses.states import CourseKind, LeavingReason
from portal.reference.places import places
from portal.web.fields import Longest, Needed, VnDateField, WholeNumberField
from portal.web.forms import BaseForm, FilterForm

LARGEST_CLASS = 200
LONGEST_COURSE = 2_000


class CourseForm(BaseForm):
    organisation = SelectField(_l("Nơi dạy"))
    kind = SelectField(_l("Dạy gì"), choices=CourseKind.pairs())
    name = StringField(
        _l("Tên khóa học"), [Needed(), Longest(160)], description=_l("Ví dụ: Tiếng Nhật N5, 160 tiết")
    )
    periods = WholeNumberField(
        _l("Số tiết"), [Optional()], description=_l("Một tiết 45 phút. Chưa biết thì để trống.")
    )

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation.choices = organisations

    def validate_periods(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= LONGEST_COURSE:
            raise ValidationError(_("Hãy ghi số tiết từ 1 đến %(n)s.", n=LONGEST_COURSE))


class ClassForm(BaseForm):
    course = SelectField(_l("Khóa học"), [Needed(_l("Hãy chọn một khóa học."))])
    name = StringField(_l("Tên lớp"), [Needed(), Longest(120)], description=_l("Ví dụ: Lớp 3, tháng 11/2026"))
    starts_on = VnDateField(_l("Từ ngày"), [Needed()])
    ends_on = VnDateField(_l("Đến ngày"), [Needed()])
    capacity = WholeNumberField(_l("Số chỗ"), [Needed()])
    commune = StringField(_l("Học ở xã, phường nào"), [Longest(120)])
    commune_code = HiddenField()
    address_line = StringField(_l("Địa chỉ"), [Longest(200)])

    def __init__(self, *args: Any, courses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course.choices = courses

    def validate_capacity(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= LARGEST_CLASS:
            raise ValidationError(_("Hãy ghi số chỗ từ 1 đến %(n)s.", n=LARGEST_CLASS))

    def validate_commune(self, field: Any) -> None:
        self.place_code: str | None = None
        if not field.data:
            return
        found = places().options(field.data)
        exact = [one for one in found if one.code == self.commune_code.data or one.name == field.data]
        meant = exact[:1] or found
        if len(meant) != 1:
            raise ValidationError(_("Hãy chọn một nơi trong danh sách gợi ý, hoặc để trống."))
        self.place_code = meant[0].code

    def facts(self) -> ClassFacts:
        return ClassFacts(
            name=self.name.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            capacity=self.capacity.data or 0,
            commune_code=self.place_code,
            address_line=self.address_line.data or "",
        )


class ClassFilter(FilterForm):
    kind = SelectField(_l("Dạy gì"), choices=[("", _l("Tất cả")), *CourseKind.pairs()], validate_choice=False)
    when = SelectField(
        _l("Tình trạng"),
        choices=[
            ("open", _l("Chưa xong")),
            ("coming", _l("Sắp mở")),
            ("ended", _l("Đã kết thúc")),
            ("all", _l("Tất cả")),
        ],
        default="open",
        validate_choice=False,
    )


class DayForm(FilterForm):
    """Which day's roll to open."""

    day = VnDateField(_l("Điểm danh ngày"), [Needed()])


class EnrolForm(BaseForm):
    # The words that were looked up: others mean a new search.
    asked = HiddenField()
    who = StringField(_l("Tên hoặc số điện thoại"), [Needed(), Longest(120)])
    person = RadioField(_l("Người nào?"), validate_choice=False)
    may_be_told = BooleanField(_l("Người này đồng ý cho nơi dạy biết họ tên và năm sinh của mình"))


class LeaveForm(BaseForm):
    reason = SelectField(_l("Vì sao"), choices=LeavingReason.pairs())
    left_on = VnDateField(_l("Từ ngày"), [Needed()])


class ReopenForm(BaseForm):
    reason = StringField(_l("Vì sao mở lại"), [Needed(), Longest(300)])


class PlainForm(BaseForm):
    """A form that is checked by hand: only its token."""
