"""Forms for the rule page, the calendar and the search of places."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, ValidationError

from portal.reference.countries import country_choices
from portal.reference.exchange_rates import CURRENCIES
from portal.reference.models import BarReason, RuleUnit, WageRegion
from portal.reference.places import places
from portal.reference.queries import TOPICS, rule_names
from portal.web.fields import ExactField, Longest, Needed, VnDateField
from portal.web.forms import BaseForm, FilterForm


class RuleDayForm(FilterForm):
    on = VnDateField(_l("Xem quy định vào ngày"), description=_l("Ví dụ 15/03/2026. Để trống là hôm nay."))


class RuleFilterForm(RuleDayForm):
    topic = SelectField(_l("Phần"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic.choices = list(reversed(TOPICS.values()))
        if self.topic.data not in dict(self.topic.choices):
            self.topic.data = self.topic.choices[0][0]


class RuleForm(BaseForm):
    key = SelectField(_l("Quy định"), validators=[Needed()])
    value = StringField(
        _l("Giá trị mới"),
        validators=[Needed(_l("Hãy ghi giá trị, ví dụ 20.")), Longest(1000)],
        description=_l("Một con số, hoặc một câu nếu quy định bằng chữ."),
    )
    unit = SelectField(_l("Đơn vị"), validators=[Needed()])
    source = StringField(
        _l("Căn cứ"),
        validators=[Needed(_l("Hãy ghi văn bản và điều khoản.")), Longest(200)],
        description=_l("Ví dụ: Nghị định 283/2026/NĐ-CP Điều 8 khoản 2."),
    )
    valid_from = VnDateField(
        _l("Có hiệu lực từ ngày"),
        validators=[Needed(_l("Hãy ghi ngày bắt đầu có hiệu lực."))],
        description=_l("Ví dụ 01/01/2027. Dòng trước tự kết thúc vào ngày liền trước."),
    )
    verified = BooleanField(_l("Tôi đã đọc văn bản gốc và thấy đúng"))
    note = TextAreaField(_l("Ghi chú"), validators=[Longest(1000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key.choices = [(name.code, name.label) for name in rule_names().values()]
        self.unit.choices = RuleUnit.pairs()


class SwapForm(BaseForm):
    off = VnDateField(
        _l("Ngày được nghỉ"),
        validators=[Needed(_l("Hãy ghi ngày được nghỉ."))],
        description=_l("Ví dụ 31/08/2026."),
    )
    worked = VnDateField(
        _l("Ngày làm bù"), description=_l("Ví dụ 22/08/2026. Để trống nếu không phải làm bù.")
    )
    name = StringField(_l("Tên ngày nghỉ"), validators=[Needed(_l("Hãy ghi tên ngày nghỉ.")), Longest(120)])
    source = StringField(
        _l("Căn cứ"), validators=[Needed(_l("Hãy ghi thông báo hoặc văn bản.")), Longest(200)]
    )
    verified = BooleanField(_l("Tôi đã đọc thông báo gốc và thấy đúng"))


class WageRegionForm(BaseForm):
    place = StringField(
        _l("Xã, phường, đặc khu"), validators=[Needed(_l("Hãy ghi tên xã, phường.")), Longest(120)]
    )
    place_code = HiddenField()
    region = SelectField(_l("Vùng"), choices=WageRegion.pairs())
    source = RuleForm.source
    valid_from = RuleForm.valid_from
    verified = RuleForm.verified

    def validate_place(self, field: Any) -> None:
        """The code from the suggestions, or the one unit of today with this name."""
        if places().name(self.place_code.data) == field.data:
            return
        found = [option for option in places().options(field.data or "") if not option.formerly]
        if len(found) != 1:
            self.place_code.data = ""
            raise ValidationError(_("Hãy chọn một xã, phường trong các gợi ý bên dưới."))
        self.place_code.data, field.data = found[0].code, found[0].name


class BarAreaForm(BaseForm):
    country = SelectField(_l("Nước"), validators=[Needed(_l("Hãy chọn một nước ngoài."))])
    area = StringField(
        _l("Chỉ một vùng của nước đó"),
        validators=[Longest(120)],
        description=_l("Để trống nếu cả nước bị cấm."),
    )
    reason = SelectField(_l("Vì sao"), choices=BarReason.pairs())
    source = RuleForm.source
    valid_from = VnDateField(
        _l("Cấm từ ngày"),
        validators=[Needed(_l("Hãy ghi ngày bắt đầu."))],
        description=_l("Ví dụ 01/01/2027."),
    )
    verified = RuleForm.verified

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = [("", _("Chọn một nước")), *country_choices()]


class EndBarForm(BaseForm):
    last_day = VnDateField(
        _l("Ngày cuối còn bị cấm"),
        validators=[Needed(_l("Hãy ghi ngày cuối."))],
        description=_l("Ví dụ 31/12/2026."),
    )


class ConfirmBarForm(BaseForm):
    source = RuleForm.source


class ExchangeRateForm(BaseForm):
    currency = SelectField(_l("Loại tiền"), choices=[(code, code) for code in CURRENCIES])
    rate = ExactField(
        _l("Bao nhiêu đồng đổi một đơn vị"),
        description=_l("Ví dụ: một yên là 168,35 đồng thì ghi 168,35."),
        validators=[Needed(_l("Hãy ghi tỷ giá, ví dụ 168,35."))],
    )
    day = VnDateField(
        _l("Tỷ giá của ngày"),
        description=_l("Ví dụ 23/11/2026."),
        validators=[Needed(_l("Hãy ghi ngày của tỷ giá."))],
    )
    source = StringField(
        _l("Nguồn"),
        description=_l("Ví dụ: Ngân hàng Ngoại thương Việt Nam, giá bán chuyển khoản."),
        validators=[Needed(_l("Hãy ghi tỷ giá này lấy ở đâu.")), Longest(200)],
    )


class PlaceSearchForm(FilterForm):
    q = StringField(
        _l("Tên xã, phường, huyện cũ hoặc mới"),
        description=_l("Ghi có dấu hay không dấu đều được, ví dụ “cho vam phu tan”."),
    )
