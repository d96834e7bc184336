"""Form fields for what people here type: dates, money, phones, codes."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, StringField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.web.forms import tidy
from portal.web.row_numbers import LARGEST

MOST_FIGURES = 12
_DATE = re.compile(r"^\s*(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4})\s*$")
# A phone's number pad has no slash.
_EIGHT_DIGITS = re.compile(r"^\s*(\d{2})(\d{2})(\d{4})\s*$")
# Nothing here lies outside these years, and near the ends of the calendar nothing can be counted from a day.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
# Đồng in groups of three, or without any: what stands behind another point is a part, and there is none.
_DONG = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")
# "1.200 triệu" is read as both 1,2 and 1200: nobody's money hangs on a guess.
_MILLIONS = re.compile(
    r"((?:0|[1-9]\d{0,5})(?:[.,]\d{1,2})?|0[.,]\d{3})\s*(?:tr|trieu|triệu|t)\s*(\d)?", re.IGNORECASE
)
# What the columns hold and a person may mean: beyond it somebody leaned on a key.
MOST_MONEY = 999_999_999_999
LONGEST_MONEY = 30


class BoxesField(SelectMultipleField):
    """Several choices as a list of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def read_date(text: str) -> dt.date:
    """dd/mm/yyyy with /, -, . or blanks, or eight digits; raises ValueError with a sentence."""
    match = _DATE.match(text) or _EIGHT_DIGITS.match(text)
    if not match:
        raise ValueError(_("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/09/1998."))
    day, month, year = (int(part) for part in match.groups())
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(_("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/09/1998."))
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(_("Ngày %(text)s không có trong lịch.", text=text.strip())) from error


def read_money(text: str) -> int:
    """Đồng. Accepts 8.000.000, 8000000, "8 triệu", 8tr, 8tr5, 8,5 triệu."""
    tidy = re.sub(r"(đồng|vnđ|vnd|đ|₫)$", "", text.strip().lower()).strip()
    amount = _millions(tidy)
    if amount is None and len(tidy) <= LONGEST_MONEY and _DONG.fullmatch(tidy):
        amount = int(re.sub(r"[.,\s]", "", tidy))
    if amount is None or amount > MOST_MONEY:
        raise ValueError(_("Hãy ghi số tiền bằng đồng, ví dụ 8.000.000 hoặc 8 triệu."))
    return amount


def _millions(tidy: str) -> int | None:
    match = _MILLIONS.fullmatch(tidy) if len(tidy) <= LONGEST_MONEY else None
    if match is None or (match.group(2) and not match.group(1).isdecimal()):
        # "8,5tr5"
        return None
    number = Decimal(match.group(1).replace(",", "."))
    return int((number + Decimal(match.group(2) or 0) / 10) * 1_000_000)


def read_decimal(text: str) -> Decimal:
    """As figures are written here: 26.300 is thousands, 0,917 a part; "0.917" and "170.5" mean parts, too."""
    tidy = re.sub(r"\s", "", text)
    if not re.fullmatch(r"\d[\d.]{0,14}(,\d{1,6})?", tidy):
        raise ValueError(_("Hãy ghi một số, ví dụ 0,7 hoặc 26.300."))
    whole, _comma, part = tidy.partition(",")
    thousands = re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", whole)
    if thousands or "." not in whole:
        return Decimal(f"{whole.replace('.', '')}.{part or 0}").normalize() + 0
    if part or whole.count(".") > 1 or whole.endswith("."):
        raise ValueError(_("Hãy ghi một số, ví dụ 0,7 hoặc 26.300."))
    return Decimal(whole).normalize() + 0


def show_decimal(value: Decimal | int) -> str:
    whole, _dot, part = f"{Decimal(value):f}".partition(".")
    figures = f"{int(whole):,}".replace(",", ".")
    return f"{figures},{part}" if part.strip("0") else figures


def read_phone(text: str) -> str:
    """A Vietnamese number as ten or eleven digits beginning with 0; raises ValueError with a sentence."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.country_code != 84 or not phonenumbers.is_valid_number(number):
        raise ValueError(_("Hãy ghi số điện thoại 10 chữ số, bắt đầu bằng số 0, ví dụ 0901 234 567."))
    return f"0{number.national_number}"


class _ReadField(StringField):
    """Keeps what was typed when it cannot be read, and says why at the field."""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = self.read(valuelist[0])
            except ValueError as error:
                raise ValidationError(str(error)) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(tidy(self.raw_data[0]))
        return "" if self.data is None else self.show(self.data)


class VnDateField(_ReadField):
    def read(self, text: str) -> dt.date:
        return read_date(text)

    def show(self, value: dt.date) -> str:
        return value.strftime("%d/%m/%Y")


class MoneyField(_ReadField):
    def read(self, text: str) -> int:
        return read_money(text)

    def show(self, value: int) -> str:
        return f"{value:,}".replace(",", ".")


class ExactField(_ReadField):
    """A number with parts, kept digit by digit."""

    def read(self, text: str) -> Decimal:
        return read_decimal(text)

    def show(self, value: Decimal) -> str:
        return show_decimal(value)


class PhoneField(_ReadField):
    def read(self, text: str) -> str:
        return read_phone(text)

    def show(self, value: str) -> str:
        return f"{value[:4]} {value[4:7]} {value[7:]}"


class WholeNumberField(IntegerField):
    """A number a person could mean, and a column can hold: WTForms' own range check breaks on many nines."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and len(valuelist[0].strip()) > MOST_FIGURES:
            self.data = None
            raise ValidationError(_("Hãy ghi một số, ví dụ 3."))
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) > LARGEST:
            self.data = None
            raise ValidationError(_("Hãy ghi một số, ví dụ 3."))


NEEDED = _l("Hãy điền mục này.")


class Needed:
    """The field must hold something; the sentence says what to do."""

    field_flags = {"required": True}

    def __init__(self, sentence: Any = NEEDED) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        if field.errors:
            return
        if field.data is None or field.data == "" or field.data == [] or field.data is False:
            raise ValidationError(self.sentence)


class Longest:
    def __init__(self, letters: int) -> None:
        self.letters = letters
        self.field_flags = {"maxlength": letters}

    def __call__(self, form: Any, field: Any) -> None:
        if isinstance(field.data, str) and len(field.data) > self.letters:
            raise ValidationError(_("Mục này dài quá. Nhiều nhất là %(n)s chữ.", n=self.letters))


class EmailAddress:
    """The shape only: no question is sent anywhere."""

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            return
        try:
            read = validate_email(field.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise ValidationError(_("Hãy ghi địa chỉ thư điện tử, ví dụ ten@vidu.vn.")) from error
        field.data = read.normalized
