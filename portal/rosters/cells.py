"""One cell to one value: what it means, what is wrong with it, or what is proposed. Plain functions.

Errors are codes (`sentences.py` has their words), so that a roster can be read in both languages.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email

from portal.common.text import better_case, fold, tidy_name
from portal.reference.national_id import check_national_id
from portal.rosters.sheet import Value, shown
from portal.web.fields import read_phone
from portal.workers.rules import OLDEST, WORKING_AGE, age_on

# Days since 1899-12-30, as Excel counts: from 1920 to 2050. Smaller numbers are years or mistakes.
_FIRST_SERIAL, _LAST_SERIAL = 7_306, 55_153
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SHORTENED = re.compile(r"\d([.,]\d+)?\s*e\s*\+?\s*\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?:0?0|xx?)[/.\-](?:0?0|xx?)[/.\-]((?:19|20)\d\d)|((?:19|20)\d\d)", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[T ]\d{1,2}:.*)?")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) (?:nam )?(\d{4})")
# Of a year in two figures: up to 31 it may as well be a day, and 2031 as well as 1931.
_FIRST_SURE_SHORT_YEAR = 32
_LONGEST = {"full_name": 120, "email": 200, "address": 200, "field": 120, "skills": 500}

FEMALE_WORDS = frozenset({"nu", "f", "female", "gai", "woman", "girl"})
MALE_WORDS = frozenset({"nam", "m", "male", "trai", "man", "boy"})
MARKS = frozenset({"x", "1", "v", "co", "true", "yes", "✓", "✔", "+", "*"})
EDUCATION = (
    ("postgraduate", ("sau dai hoc", "thac si", "thac sy", "tien si", "ths", "ts")),
    ("college", ("cao dang", "cd", "cdn", "college")),
    ("intermediate", ("trung cap", "tc", "tccn", "tcn", "trung hoc chuyen nghiep", "intermediate")),
    ("elementary_vocational", ("so cap", "sc", "scn", "day nghe duoi 3 thang", "elementary")),
    ("university", ("dai hoc", "dh", "cu nhan", "ky su", "university")),
    ("upper_secondary", ("trung hoc pho thong", "thpt", "cap 3", "12 12", "lop 12", "bo tuc thpt")),
    ("lower_secondary", ("trung hoc co so", "thcs", "cap 2", "9 12", "lop 9")),
    ("primary", ("tieu hoc", "cap 1", "5 12", "lop 5")),
)


@dataclass(frozen=True, slots=True)
class Read:
    """A value, or the code of what is wrong; `proposal` is a value that a person must accept first."""

    value: Any = None
    error: str | None = None
    proposal: str | None = None


NOTHING = Read()


def read_text(column: str, value: Value) -> Read:
    text = shown(value)
    if len(text) > _LONGEST[column]:
        return Read(error="too_long")
    return Read(text or None)


def read_name(full: Value, family: Value, given: Value) -> Read:
    name = tidy_name(shown(full) or f"{shown(family)} {shown(given)}")
    if not name:
        return Read(error="name_missing")
    if any(letter.isdigit() for letter in name) or not any(letter.isalpha() for letter in name):
        return Read(error="name_letters")
    if len(name) > _LONGEST["full_name"]:
        return Read(error="too_long")
    # A whole column in capitals or small letters is a habit of offices, not the spelling of a name.
    return Read(better_case(name))


def read_birth(value: Value, year: Value, on: dt.date) -> Read:
    """A date, or a year alone; never a guess. `value` of the answer is (date or None, year)."""
    cell = value if shown(value) else year
    if not shown(cell):
        return Read(error="birth_missing")
    found = _birth_of(cell)
    if isinstance(found, str):
        return Read(error=found)
    date, birth_year = found
    youngest = age_on(date, birth_year, on)
    if (date is not None and date > on) or birth_year > on.year:
        return Read(error="birth_future")
    if youngest is None or youngest > OLDEST:
        return Read(error="birth_old")
    if youngest < WORKING_AGE:
        return Read(error="birth_young" if date is not None else "birth_young_year")
    return Read((date, birth_year))


def _birth_of(cell: Value) -> tuple[dt.date | None, int] | str:
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return cell, cell.year
    text = shown(cell)
    if re.fullmatch(r"\d{5}", text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        date = _SERIAL_ZERO + dt.timedelta(days=int(text))
        return date, date.year
    year = _YEAR.fullmatch(text)
    if year:
        return None, int(year[1] or year[2])
    return _date_in(text)


def _date_in(text: str) -> tuple[dt.date | None, int] | str:
    parts = _YEAR_FIRST.fullmatch(text)
    if parts:
        return _date(parts[3], parts[2], parts[1])
    parts = _IN_WORDS.fullmatch(fold(text).replace(",", " ").strip())
    if parts:
        return _date(parts[1], parts[2], parts[3])
    parts = _DAY_FIRST.fullmatch(text)
    if not parts:
        return "birth_unreadable"
    if len(parts[3]) == 4:
        return _date(parts[1], parts[2], parts[3])
    if int(parts[3]) < _FIRST_SURE_SHORT_YEAR:
        return "birth_short_year"
    return _date(parts[1], parts[2], f"19{parts[3]}")


def _date(day: str, month: str, year: str) -> tuple[dt.date, int] | str:
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return "birth_not_in_calendar"
    return date, date.year


def read_sex(sex: Value, female: Value, male: Value, unmarked: str | None) -> Read:
    """A word in one column, or a mark under "Nữ" or "Nam"; `unmarked` is what no mark means in this file."""
    word = fold(shown(sex)).strip(".")
    if word:
        if word in FEMALE_WORDS:
            return Read("female")
        return Read("male") if word in MALE_WORDS else Read(error="sex_unknown")
    marked = {name for name, value in (("female", female), ("male", male)) if is_mark(value)}
    if len(marked) == 2:
        return Read(error="sex_twice")
    for name, value, words in (("female", female, FEMALE_WORDS), ("male", male, MALE_WORDS)):
        text = fold(shown(value))
        if text and not is_mark(value) and text not in words and text not in ("0", "k", "khong"):
            return Read(error="sex_mark")
        if text in words:
            marked.add(name)
    return Read(marked.pop() if marked else unmarked)


def is_mark(value: Value) -> bool:
    return fold(shown(value)) in MARKS


def read_id(value: Value) -> Read:
    """The number, or one with its lost zero as a proposal; what may be many numbers is an error."""
    text = shown(value)
    if not text:
        return NOTHING
    if _SHORTENED.fullmatch(text):
        return Read(error="id_shortened")
    check = check_national_id(text)
    if check.number is not None:
        return Read(check.number)
    if check.proposal is not None:
        return Read(proposal=check.proposal)
    figures = re.sub(r"[\s.\-]", "", text)
    if not figures.isdigit():
        return Read(error="id_letters")
    return Read(error={9: "id_old", 12: "id_unknown"}.get(len(figures), "id_length"))


def id_warnings(number: str, birth_date: dt.date | None, birth_year: int | None, sex: str | None) -> bool:
    return bool(check_national_id(number, birth_date, birth_year, sex).warnings)


def read_mobile(value: Value) -> Read:
    text = shown(value)
    if not text:
        return NOTHING
    if _SHORTENED.fullmatch(text):
        return Read(error="phone_shortened")
    figures = re.sub(r"\D", "", text)
    if len(figures) >= 18:
        return Read(error="phone_two")
    lost_zero = re.fullmatch(r"[1-9]\d{8,9}", re.sub(r"[\s.\-]", "", text)) and not text.startswith("+")
    international = len(figures) == 11 and figures.startswith("84")
    try:
        number = read_phone(f"+{figures}" if international else text)
    except ValueError:
        return Read(error="phone_unknown")
    return Read(proposal=number) if lost_zero else Read(number)


def read_email(value: Value) -> Read:
    text = shown(value)
    if not text:
        return NOTHING
    if len(text) > _LONGEST["email"]:
        return Read(error="too_long")
    try:
        return Read(validate_email(text, check_deliverability=False, test_environment=True).normalized)
    except EmailNotValidError:
        return Read(error="email_unknown")


def read_education(value: Value) -> Read:
    words = " ".join(re.findall(r"[a-z0-9]+", fold(shown(value))))
    if not words:
        return NOTHING
    for code, names in EDUCATION:
        for name in names:
            # Short forms stand alone, words may go on: "Cao đẳng nghề", "Trung cấp chính quy".
            if (
                words == name
                or (len(name) > 4 and words.startswith(f"{name} "))
                or (len(name) <= 4 and re.match(rf"{name}(?: k?\d| nghe| chinh quy)", words))
            ):
                return Read(code)
    return Read(error="education_unknown")
