"""The fields of the desk's one page, and how a scanned citizen card fills them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField

from portal.common.text import fold
from portal.reference.citizen_card import CitizenCard, read_card
from portal.reference.education import education_choices
from portal.reference.places import places
from portal.web.fields import BoxesField, Longest, MoneyField, Needed, PhoneField
from portal.workers.consent_pages import ConsentsForm
from portal.workers.states import ConsentChannel, IdAbsence
from portal.workers.step_forms import BirthField, WhereForm, WhoForm

WANTS = (
    ("wants_home", _l("Gần nhà")),
    ("wants_other_provinces", _l("Tỉnh khác")),
    ("wants_abroad", _l("Nước ngoài")),
)


class ScanField(StringField):
    """What a scanner typed is read once and never drawn again."""

    def _value(self) -> str:
        return ""


class WalkInForm(WhoForm, ConsentsForm):
    scan = ScanField(
        _l("Quét mã trên căn cước"),
        description=_l(
            "Quét xong, trang tự điền; phần đã ghi được giữ nguyên. Không có máy quét thì bỏ qua."
        ),
    )
    full_name = StringField(_l("Họ và tên"), [Needed(_l("Hãy ghi họ và tên.")), Longest(120)])
    birth = BirthField(_l("Ngày hoặc năm sinh"), [Needed(_l("Hãy ghi ngày sinh hoặc năm sinh."))])
    phone = PhoneField(_l("Số điện thoại"))
    national_id = StringField(_l("Số căn cước, khi cần lập giấy"), [Longest(30)])
    id_absence = SelectField(_l("Không có số căn cước, vì"), default="")
    education_code = SelectField(_l("Học đến"))
    wants = BoxesField(_l("Muốn làm ở đâu"), choices=list(WANTS))
    wage_min = MoneyField(_l("Tiền công một tháng, ít nhất"))
    guardian_name = StringField(_l("Cha, mẹ hoặc người giám hộ"), [Longest(120)])
    guardian_phone = PhoneField(_l("Điện thoại người giám hộ"))
    guardian_consents = BooleanField(_l("Người giám hộ có mặt và đồng ý"))
    channel = RadioField(_l("Hỏi bằng cách nào"), default=ConsentChannel.DESK.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.id_absence.choices = [("", _l("Chưa hỏi")), *IdAbsence.pairs()]
        self.education_code.choices = [("", _l("Chưa hỏi")), *education_choices()]
        self.channel.choices = [pair for pair in ConsentChannel.pairs() if pair[0] != ConsentChannel.ONLINE]


def read_scan(form: WalkInForm, where: WhereForm) -> CitizenCard | None:
    """Fills what is still empty; says what stands otherwise on the card. None where it was no card."""
    card = read_card(form.scan.data or "")
    form.scan.data = None
    if card is None:
        form.scan.errors = [_("Chưa đọc được mã này. Bạn quét lại, hoặc ghi tay.")]
        return None
    fields = {
        form.national_id: card.number,
        form.full_name: card.full_name,
        form.birth: card.birth_words,
        form.sex: card.sex or "",
    }
    if not (where.permanent_commune.data or where.permanent_line.data):
        fields[where.permanent_commune] = places().name(card.commune_code) if card.commune_code else ""
        fields[where.permanent_code] = card.commune_code or ""
        fields[where.permanent_line] = card.address_line
        # Who lives there too has one tick to set and nothing to type.
        where.permanent_same.data = not (where.commune.data or where.address_line.data)
    other = [field for field, value in fields.items() if value and not _fill(field, value)]
    if other:
        names = ", ".join(str(field.label.text) for field in other)
        form.scan.errors = [_("Thẻ ghi khác với phần đã ghi: %(names)s. Bạn xem lại giúp.", names=names)]
    return card


def _fill(field: Any, value: str) -> bool:
    """False where something else was typed: it is kept."""
    if field.data:
        typed = field.birth_words if isinstance(field, BirthField) else str(field.data)
        return _plain(typed) == _plain(value)
    field.data, field.raw_data = value, [value]
    return True


def _plain(text: str) -> str:
    """Marks are lost by some scanners: they make no other name."""
    return "".join(letter for letter in fold(text) if letter.isalnum())
