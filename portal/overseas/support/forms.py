"""Forms of support: the facts of a case, a claim with its bill, the steps of claims and loans."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from portal.overseas.support.models import SupportSheet
from portal.overseas.support.operations import SheetFacts
from portal.overseas.support.states import ClaimState, Content, ProofKind
from portal.web.fields import Longest, MoneyField, Needed, VnDateField, WholeNumberField
from portal.web.forms import BaseForm, FilterForm

MOST_DAYS, MOST_MONTHS, MOST_KM = 1_000, 60, 2_000
ANSWERS = [("yes", _l("Có")), ("no", _l("Không")), ("unknown", _l("Chưa biết"))]
SAID = {"yes": True, "no": False}


def _within(field: Any, most: int) -> None:
    if field.data is not None and not 0 <= field.data <= most:
        raise ValidationError(_("Hãy ghi một số từ 0 đến %(n)s.", n=most))


class FactsForm(BaseForm):
    eligible_training_days = WholeNumberField(
        _l("Số ngày học được tính tiền ăn"),
        [Optional()],
        description=_l("Ngày có mặt ở lớp. Chưa rõ ngày học tiếng có được tính không, nên ghi tay."),
    )
    lodging_months = WholeNumberField(_l("Số tháng ở nơi học"), [Optional()])
    distance_km = StringField(_l("Nhà cách nơi học (ki-lô-mét)"), [Longest(10)])
    in_hard_area = RadioField(
        _l("Ở nơi đặc biệt khó khăn?"), choices=ANSWERS[:2], default="no", validate_choice=True
    )
    in_programme_area = RadioField(
        _l("Nơi ở thuộc chương trình giảm nghèo, vùng dân tộc?"), choices=ANSWERS, default="unknown"
    )
    is_upskilling = RadioField(
        _l("Khóa học chỉ để nâng cao theo hợp đồng cung ứng?"), choices=ANSWERS[:2], default="no"
    )

    def validate_eligible_training_days(self, field: Any) -> None:
        _within(field, MOST_DAYS)

    def validate_lodging_months(self, field: Any) -> None:
        _within(field, MOST_MONTHS)

    def validate_distance_km(self, field: Any) -> None:
        """As one says it: 14,9 or 14.9."""
        self.metres: int | None = None
        if not field.data:
            return
        try:
            self.metres = round(float(field.data.replace(",", ".")) * 1000)
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("Hãy ghi một số, ví dụ 14,5.")) from error
        if not 0 <= self.metres <= MOST_KM * 1000:
            raise ValidationError(_("Hãy ghi một số từ 0 đến %(n)s.", n=MOST_KM))

    def facts(self) -> SheetFacts:
        return SheetFacts(
            eligible_training_days=self.eligible_training_days.data,
            lodging_months=self.lodging_months.data,
            distance_m=self.metres,
            in_hard_area=self.in_hard_area.data == "yes",
            in_programme_area=SAID.get(self.in_programme_area.data or ""),
            is_upskilling=self.is_upskilling.data == "yes",
        )


def known(sheet: SupportSheet | None) -> dict[str, Any]:
    """What stands in the fields of `FactsForm`."""
    if sheet is None:
        return {}
    area = {True: "yes", False: "no", None: "unknown"}
    km = "" if sheet.distance_m is None else f"{sheet.distance_m / 1000:g}".replace(".", ",")
    return {
        "eligible_training_days": sheet.eligible_training_days,
        "lodging_months": sheet.lodging_months,
        "distance_km": km,
        "in_hard_area": area[sheet.in_hard_area],
        "in_programme_area": area[sheet.in_programme_area],
        "is_upskilling": area[sheet.is_upskilling],
    }


class ProofForm(BaseForm):
    kind = SelectField(_l("Giấy gì"), choices=ProofKind.pairs(), default="bill")
    file = FileField(_l("Tệp PDF hoặc ảnh"), description=_l("Nhiều nhất 8 MB"))


class ClaimForm(ProofForm):
    fund = RadioField(_l("Từ nguồn tiền nào"), validate_choice=True)
    cost_vnd = MoneyField(_l("Số tiền đã trả hoặc phải trả"), description=_l("Theo hóa đơn, bằng đồng"))
    note = StringField(_l("Ghi chú"), [Longest(300)])

    def __init__(self, *args: Any, funds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fund.choices = funds


class ElsewhereForm(BaseForm):
    what = SelectField(_l("Nội dung nào"), choices=Content.pairs())
    by = StringField(
        _l("Nơi nào đã chi"),
        [Needed(), Longest(200)],
        description=_l("Ví dụ: Ủy ban xã, trường nghề, Quỹ hỗ trợ"),
    )


class ApproveForm(BaseForm):
    amount_vnd = MoneyField(_l("Số tiền duyệt"))
    reason = TextAreaField(_l("Vì sao, nếu ít hơn mức được hưởng"), [Longest(300)], render_kw={"rows": 2})


class ReasonForm(BaseForm):
    reason = TextAreaField(_l("Vì sao"), [Longest(300)], render_kw={"rows": 2})


class PayForm(BaseForm):
    paid_on = VnDateField(_l("Ngày chi"), [Needed()])
    number = StringField(_l("Số phiếu chi hoặc số giao dịch"), [Longest(60)])


class LoanForm(BaseForm):
    cost_vnd = MoneyField(
        _l("Tổng chi phí của chuyến đi"), [Needed()], description=_l("Theo tờ chi phí, bằng đồng")
    )
    asked_vnd = MoneyField(_l("Muốn vay"), [Needed()])
    contract_months = WholeNumberField(_l("Hợp đồng bao nhiêu tháng"), [Needed()])
    asked_on = VnDateField(_l("Ngày nộp hồ sơ vay"), [Needed()])

    def validate_contract_months(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= 120:
            raise ValidationError(_("Hãy ghi một số từ 1 đến %(n)s.", n=120))


class GrantForm(BaseForm):
    approved_vnd = MoneyField(_l("Ngân hàng cho vay"), [Needed()])
    answered_on = VnDateField(_l("Ngày trả lời"), [Needed()])
    note = StringField(_l("Ghi chú"), [Longest(300)])


class LoanRefusedForm(BaseForm):
    answered_on = VnDateField(_l("Ngày trả lời"), [Needed()])
    note = StringField(_l("Vì sao ngân hàng không cho vay"), [Longest(300)])


class PayOutForm(BaseForm):
    paid_out_vnd = MoneyField(_l("Số tiền giải ngân"), [Needed()])
    paid_out_on = VnDateField(_l("Ngày giải ngân"), [Needed()])


class OweForm(BaseForm):
    owed_vnd = MoneyField(_l("Còn nợ"), [Needed(_l("Hãy ghi số còn nợ; trả hết rồi thì ghi 0."))])
    day = VnDateField(_l("Tính đến ngày"), [Needed()])


class PlainForm(BaseForm):
    """Only a token."""


class QueueFilter(FilterForm):
    state = SelectField(
        _l("Tình trạng"),
        choices=[(one.value, one.label) for one in (ClaimState.CLAIMED, ClaimState.APPROVED)]
        + [("all", _l("Tất cả"))],
        default="claimed",
        validate_choice=False,
    )


class YearForm(FilterForm):
    year = WholeNumberField(_l("Năm"))
