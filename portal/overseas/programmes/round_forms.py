"""Forms of rounds and pools."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms import ValidationError as Wrong
from wtforms.validators import NumberRange, Optional

from portal.overseas.programmes.forms import AT_THE_DESK
from portal.overseas.programmes.pool_operations import PreSourcing
from portal.overseas.programmes.pool_texts import KEEPING, PRIORITY, text_of
from portal.overseas.programmes.round_operations import RoundFacts
from portal.overseas.programmes.row_forms import chosen_id
from portal.overseas.programmes.states import MemberState, PoolKind, RoundDayKind
from portal.web.fields import Longest, MoneyField, Needed, VnDateField, WholeNumberField
from portal.web.forms import BaseForm

# More people than any round ever took.
PEOPLE = [Optional(), NumberRange(1, 1_000_000, _l("Hãy ghi số người từ 1 đến 1.000.000."))]
DAYS = 4


class RoundForm(BaseForm):
    name = StringField(
        _l("Tên kỳ tuyển"),
        [Needed(), Longest(120)],
        description=_l("Ví dụ: Kỳ thi EPS 2027, ngành ngư nghiệp."),
    )
    year = WholeNumberField(
        _l("Năm"), [Needed(), NumberRange(2000, 2100, _l("Hãy ghi năm bằng bốn chữ số."))]
    )
    apply_from = VnDateField(_l("Nhận hồ sơ từ ngày"))
    apply_to = VnDateField(_l("Nhận hồ sơ đến hết ngày"))
    places = WholeNumberField(_l("Nhận bao nhiêu người"), PEOPLE)
    applicants = WholeNumberField(
        _l("Có bao nhiêu người dự tuyển"),
        PEOPLE,
        description=_l("Ghi khi đã biết, để người sau thấy cơ hội thật."),
    )
    source = StringField(
        _l("Căn cứ"),
        [Needed(_l("Hãy ghi căn cứ: văn bản, thông báo nào.")), Longest(300)],
        description=_l("Ví dụ: Thông báo tuyển chọn số 12 ngày 05/01/2027."),
    )
    verified = BooleanField(_l("Tôi đã đọc văn bản gốc và thấy đúng"))
    note = TextAreaField(_l("Ghi chú"), [Longest(500)])

    def facts(self, days: list["DayForm"]) -> RoundFacts:
        return RoundFacts(
            name=self.name.data,
            year=self.year.data,
            source=self.source.data,
            apply_from=self.apply_from.data,
            apply_to=self.apply_to.data,
            places=self.places.data,
            applicants=self.applicants.data,
            verified=bool("verified" in self and self.verified.data),
            note=self.note.data or "",
            days=[
                (RoundDayKind(one.kind.data), one.day.data, one.words.data or "")
                for one in days
                if one.day.data is not None
            ],
        )


class DayForm(BaseForm):
    kind = SelectField(_l("Việc"), choices=RoundDayKind.pairs(), validate_choice=False)
    day = VnDateField(_l("Ngày"))
    words = StringField(_l("Ở đâu, ngành nào"), [Longest(200)])

    def validate_kind(self, field: Any) -> None:
        """A line without a day is no line."""
        if self.day.data is not None and field.data not in RoundDayKind.values():
            raise Wrong(_("Hãy chọn một mục trong danh sách."))


class PoolForm(BaseForm):
    name = StringField(
        _l("Tên nguồn"), [Needed(), Longest(120)], description=_l("Ví dụ: Lớp tiếng Hàn chuẩn bị EPS 2027.")
    )
    programme_id = SelectField(_l("Chuẩn bị cho chương trình"), [Needed(_l("Hãy chọn một chương trình."))])
    round_id = SelectField(_l("Cho kỳ"), validate_choice=False)
    kind = RadioField(_l("Loại nguồn"), choices=PoolKind.pairs(), default=PoolKind.OWN.value)
    organisation_id = SelectField(_l("Doanh nghiệp dịch vụ"), validate_choice=False)
    approval_number = StringField(_l("Số văn bản Bộ chấp thuận chuẩn bị nguồn"), [Longest(60)])
    approval_date = VnDateField(_l("Ngày văn bản"))
    quantity = WholeNumberField(_l("Số người được chấp thuận"), PEOPLE)
    commitment = StringField(_l("Văn bản doanh nghiệp cam kết ưu tiên tuyển những người này"), [Longest(200)])
    training_fee_vnd = MoneyField(
        _l("Tiền đào tạo một người"),
        description=_l("Khoản duy nhất được thu khi chuẩn bị nguồn. Để trống nếu không thu."),
    )

    def pre_sourcing(self) -> PreSourcing | None:
        if self.kind.data != PoolKind.PRE_SOURCING:
            return None
        return PreSourcing(
            chosen_id(self.organisation_id.data),
            self.approval_number.data or "",
            self.approval_date.data,
            self.commitment.data or "",
            self.quantity.data,
            self.training_fee_vnd.data,
        )


class _AgreedForm(BaseForm):
    """Read aloud at the desk; the box is never ticked beforehand."""

    purpose = KEEPING
    agreed = BooleanField(_l("Đã đọc nguyên câu trên, người này đồng ý"))
    channel = SelectField(_l("Hỏi bằng cách nào"), choices=[(way.value, way.label) for way in AT_THE_DESK])

    def validate_agreed(self, field: Any) -> None:
        if not field.data:
            raise Wrong(_("Chỉ ghi được khi chính người đó đồng ý."))

    @property
    def sentence(self) -> str:
        return text_of(self.purpose).sentence


class JoinForm(_AgreedForm):
    pool_id = SelectField(_l("Nguồn"), [Needed()])
    keep_until = VnDateField(
        _l("Người này đồng ý được giữ đến hết ngày"),
        [Needed(_l("Hãy ghi ngày người này chọn."))],
        description=_l("Ví dụ 31/12/2027."),
    )


class KeepForm(_AgreedForm):
    keep_until = JoinForm.keep_until


class GroupForm(_AgreedForm):
    purpose = PRIORITY
    group_code = SelectField(_l("Nhóm"), validate_choice=False)


class RosterForm(BaseForm):
    roster_until = VnDateField(
        _l("Có tên trong danh sách chờ đến hết ngày"), [Needed(_l("Hãy ghi ngày hết hạn của danh sách."))]
    )

    def day(self) -> dt.date | None:
        day: dt.date | None = self.roster_until.data
        return day


class EndingForm(BaseForm):
    state = RadioField(
        _l("Kết quả"),
        choices=[
            (one.value, one.label) for one in (MemberState.PICKED, MemberState.NOT_PICKED, MemberState.LEFT)
        ],
        validators=[Needed(_l("Hãy chọn kết quả."))],
        validate_choice=False,
    )
    because = StringField(_l("Vì sao"), [Longest(200)])

    def validate_state(self, field: Any) -> None:
        if field.data not in [value for value, _label in MemberState.pairs()]:
            raise Wrong(_("Hãy chọn kết quả."))
