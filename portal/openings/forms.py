"""The forms of openings: shape here, meaning in rules.py."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField
from wtforms import TextAreaField as TextArea
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.common.clock import today
from portal.openings.requirement_forms import MOST_ROWS, RequirementForm
from portal.openings.states import OpeningState, Sphere, WagePeriod
from portal.openings.wages import ROUGH_RATES
from portal.reference.countries import country_choices
from portal.reference.places import AN_GIANG, places
from portal.web.fields import (
    EmailAddress,
    Longest,
    MoneyField,
    Needed,
    PhoneField,
    VnDateField,
    WholeNumberField,
)
from portal.web.forms import BaseForm, FilterForm


def province_choices() -> list[tuple[str, str]]:
    return [(place.code, place.full_name) for place in places().provinces()]


class OpeningForm(BaseForm):
    """What every opening says, at home and abroad."""

    organisation_id = SelectField(_l("Nơi tuyển dụng"), coerce=int, validators=[Needed()])
    title = StringField(
        _l("Tên công việc"),
        description=_l("Ngắn, như người ta gọi: “Thợ may”, “Phụ bếp”."),
        validators=[Needed(_l("Hãy ghi tên công việc.")), Longest(200)],
    )
    occupation = StringField(
        _l("Nghề"),
        description=_l("Ghi bằng lời thường, ví dụ “thợ hồ”, rồi chọn một gợi ý."),
        validators=[Longest(200)],
    )
    occupation_code = HiddenField()
    text = TextArea(_l("Làm những việc gì"), validators=[Longest(10_000)])
    requirements_text = TextArea(_l("Yêu cầu, viết bằng lời"), validators=[Longest(10_000)])
    positions = WholeNumberField(
        _l("Số người cần"),
        default=1,
        validators=[NumberRange(1, 100_000, _l("Hãy ghi một số từ 1 trở lên."))],
    )
    wage_min = MoneyField(_l("Lương từ"), validators=[Optional()])
    wage_max = MoneyField(_l("Lương đến"), validators=[Optional()])
    wage_currency = SelectField(_l("Tiền"), choices=[(code, code) for code in ROUGH_RATES], default="VND")
    wage_period = SelectField(_l("Trả cho"), choices=WagePeriod.pairs(), default=WagePeriod.MONTH.value)
    is_part_time = BooleanField(
        _l("Việc bán thời gian"), description=_l("Lương tối thiểu của việc bán thời gian tính theo giờ.")
    )
    wage_note = StringField(
        _l("Cách trả lương, nếu không ghi số"),
        description=_l("Ví dụ: thoả thuận, theo sản phẩm, có thưởng chuyến."),
        validators=[Longest(200)],
    )
    working_time = StringField(_l("Giờ làm, ngày nghỉ"), validators=[Longest(300)])
    benefits = TextArea(_l("Quyền lợi"), validators=[Longest(5_000)])
    barred_to_minors = BooleanField(
        _l("Không nhận người dưới 18 tuổi"),
        description=_l("Việc hoặc nơi làm việc mà Bộ luật Lao động, Điều 147 cấm người dưới 18 tuổi."),
    )
    starts_on = VnDateField(_l("Bắt đầu làm"), validators=[Optional()])
    expires_on = VnDateField(
        _l("Nhận hồ sơ đến hết ngày"), description=_l("Ví dụ 31/12/2026."), validators=[Optional()]
    )
    contact_name = StringField(_l("Người phụ trách"), validators=[Longest(120)])
    contact_phone = PhoneField(_l("Điện thoại"), validators=[Optional()])
    contact_email = StringField(_l("Thư điện tử"), validators=[Longest(200), EmailAddress()])
    requirements = FieldList(FormField(RequirementForm), max_entries=MOST_ROWS)

    def validate_wage_max(self, field: Any) -> None:
        if field.data is not None and self.wage_min.data is not None and field.data < self.wage_min.data:
            raise ValidationError(_("Lương đến phải bằng hoặc lớn hơn lương từ."))


class DomesticForm(OpeningForm):
    province_code = SelectField(_l("Tỉnh, thành phố"), choices=province_choices, default=AN_GIANG)
    place = StringField(
        _l("Xã, phường, đặc khu"),
        description=_l("Tên mới hay tên trước tháng 7/2025 đều tìm được."),
        validators=[Longest(200)],
    )
    commune_code = HiddenField()
    address_line = StringField(_l("Số nhà, đường, khu công nghiệp"), validators=[Longest(300)])
    directions = TextArea(_l("Chỉ đường đến nơi phỏng vấn"), validators=[Longest(1_000)])


class OverseasForm(OpeningForm):
    """The contract behind a job abroad. What else a notice has to state is asked in the steps after."""

    country = SelectField(_l("Nước đến làm việc"), choices=country_choices, default="JP")
    workplace = StringField(_l("Nơi làm việc ở nước ngoài"), validators=[Longest(200)])
    receiver = StringField(_l("Bên nhận lao động"), validators=[Longest(200)])
    supply_contract_number = StringField(_l("Số hợp đồng cung ứng lao động"), validators=[Longest(60)])
    approval_number = StringField(
        _l("Số văn bản chấp thuận hợp đồng"),
        description=_l("Có số này mới được ghi tuổi và giới tính."),
        validators=[Longest(60)],
    )
    approval_date = VnDateField(_l("Ngày chấp thuận"), validators=[Optional()])
    approved_quantity = WholeNumberField(
        _l("Số người được chấp thuận"),
        validators=[Optional(), NumberRange(1, 1_000_000, _l("Hãy ghi số người từ 1 đến 1.000.000."))],
    )

    def validate_approval_date(self, field: Any) -> None:
        if field.data is not None and field.data > today():
            raise ValidationError(_("Ngày chấp thuận không thể sau hôm nay."))


class PublicFilterForm(FilterForm):
    q = StringField(_l("Việc gì"), description=_l("Ví dụ: thợ may, phụ bếp"))
    place = StringField(_l("Ở đâu"), description=_l("Xã, phường, tỉnh hoặc nước; tên cũ cũng được"))
    sphere = SelectField(
        _l("Trong hay ngoài nước"),
        choices=[("", _l("Cả hai")), *Sphere.pairs()],
        validate_choice=False,
        default="",
    )
    wage = MoneyField(_l("Lương từ (một tháng)"), validators=[Optional()])


class DeskFilterForm(FilterForm):
    q = StringField(_l("Tìm trong tin"))
    state = SelectField(_l("Trạng thái"), choices=[("", _l("Tất cả")), *OpeningState.pairs()])
    sphere = SelectField(_l("Nơi làm việc"), choices=[("", _l("Tất cả")), *Sphere.pairs()])


class ReasonForm(BaseForm):
    reason = TextArea(_l("Lý do"), validators=[Needed(_l("Hãy ghi lý do.")), Longest(1_000)])


class UploadForm(BaseForm):
    organisation_id = SelectField(_l("Nơi tuyển dụng của cả tệp"), coerce=int, default=0)
