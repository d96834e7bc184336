"""Forms of the return."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from portal.errors import Invalid
from portal.overseas.abroad.brought_home import Learned
from portal.overseas.abroad.return_models import BroughtHome
from portal.overseas.abroad.returning import Came
from portal.overseas.abroad.states import EarlyCause, Fault, HowHome
from portal.reference import occupations
from portal.reference.languages import certificate_label, language_scales, level_choices
from portal.web.fields import Longest, MoneyField, Needed, VnDateField, WholeNumberField
from portal.web.forms import BaseForm
from portal.workers.states import ConsentChannel

CHOOSE = _l("Hãy chọn một mục.")


class ReturnForm(BaseForm):
    returned_on = VnDateField(_l("Về đến Việt Nam ngày"), [Needed()])
    how = RadioField(_l("Về thế nào"), [Needed(CHOOSE)], choices=HowHome.pairs())
    contract_ended_on = VnDateField(
        _l("Ngày cuối theo hợp đồng lao động"), description=_l("Để trống là cùng ngày về nước.")
    )
    cause = SelectField(
        _l("Về trước hạn vì sao"), choices=[("", _l("Không về trước hạn")), *EarlyCause.pairs()], default=""
    )
    fault = SelectField(
        _l("Về trước hạn do lỗi của ai"), choices=Fault.pairs(), default=Fault.UNCLEAR.value,
        description=_l("Không do lỗi của người lao động thì được trả lại tiền cho thời gian còn lại."),
    )  # fmt: skip
    fault_basis = TextAreaField(
        _l("Căn cứ vào đâu"), [Longest(1000)], render_kw={"rows": 3},
        description=_l("Thư của nơi làm, quyết định của cơ quan, lời kể của người lao động …"),
    )  # fmt: skip
    fee_vnd = MoneyField(_l("Tiền dịch vụ đã nộp"), description=_l("Bằng đồng, không tính tiền khác."))
    fee_paid_on = VnDateField(_l("Nộp tiền ngày"))

    def came(self) -> Came:
        return Came(
            how=HowHome(self.how.data),
            returned_on=self.returned_on.data,
            cause=EarlyCause(self.cause.data) if self.cause.data else None,
            contract_ended_on=self.contract_ended_on.data,
            fault=Fault(self.fault.data),
            fault_basis=self.fault_basis.data or "",
            fee_vnd=self.fee_vnd.data,
            fee_paid_on=self.fee_paid_on.data,
        )


class DayForm(BaseForm):
    day = VnDateField(_l("Ngày"), [Needed()])


class PaidForm(BaseForm):
    day = VnDateField(_l("Nhận ngày"), [Needed()], id="paid-day")
    amount = MoneyField(_l("Số tiền đã nhận"), [Needed()])


class LearnedForm(BaseForm):
    occupation = StringField(
        _l("Nghề đã làm ở nước ngoài"), [Longest(120)], description=_l("Ghi như bạn vẫn nói, ví dụ thợ hàn.")
    )
    code = HiddenField()
    months = WholeNumberField(
        _l("Làm được bao nhiêu tháng"), [Needed(_l("Hãy ghi số tháng đã làm, từ 0 đến 360."))], default=0
    )
    skills_text = TextAreaField(
        _l("Biết thêm những gì"), [Longest(500)], render_kw={"rows": 3},
        description=_l("Máy móc, cách làm, phần mềm … cách nhau bằng dấu phẩy."),
    )  # fmt: skip
    paper = SelectField(_l("Chứng chỉ ngoại ngữ"), default="")
    points = StringField(_l("Số điểm, nếu chứng chỉ tính điểm"), [Longest(10)])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.paper.choices = paper_choices()

    def learned(self) -> Learned:
        scale, _bar, level = (self.paper.data or "").partition("|")
        if scale and not level:
            level = (self.points.data or "").replace(",", ".")
        return Learned(
            occupation_code=self._occupation(),
            title=self.occupation.data or "",
            months=self.months.data or 0,
            skills_text=self.skills_text.data or "",
            scale=scale or None,
            level=level or None,
        )

    def _occupation(self) -> str | None:
        typed, code = self.occupation.data or "", self.code.data or ""
        if not typed:
            return None
        if code and occupations.exists(code):
            return code
        found = occupations.resolve(typed)
        if found is None:
            nearest = occupations.search(typed, 1)
            if not nearest:
                raise Invalid(_("Chưa tìm thấy nghề này. Bạn thử ghi tên khác."), field="occupation")
            found = nearest[0].code
        return found


def paper_choices() -> list[tuple[str, str]]:
    """Every language certificate with its levels; those with points once, the points stand beside it."""
    found = [("", str(_("Không có")))]
    for scale in language_scales():
        levels = [code for code, _label in level_choices(scale.code)]
        found += [(f"{scale.code}|{level}", certificate_label(scale.code, level)) for level in levels or [""]]
    return found


def paper_value(row: BroughtHome | None) -> tuple[str, str]:
    """(choice, points) as the form shows them."""
    if row is None or row.scale is None:
        return "", ""
    known = {code for code, _label in level_choices(row.scale)}
    return (f"{row.scale}|{row.level}", "") if row.level in known else (f"{row.scale}|", row.level or "")


class ConfirmForm(BaseForm):
    channel = SelectField(
        _l("Người đó xác nhận bằng cách nào?"),
        choices=[
            (one.value, one.label)
            for one in (ConsentChannel.DESK, ConsentChannel.PHONE, ConsentChannel.PAPER)
        ],
        default=ConsentChannel.DESK.value,
    )
