"""From JSON to what an opening states. What cannot be read is said field by field; nothing is guessed."""

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from portal.openings.check.facts import FIELD_NAMES, Cost, OpeningFacts
from portal.openings.check.figures import Words
from portal.openings.check.findings import Finding, Verdict, noted

MOST_BYTES = 1_000_000
MOST_LINES = 200
LONGEST_TEXT = 300
# Above any sum of money in a contract, below what would slow arithmetic down.
LARGEST = Decimal(10) ** 15
BEYOND = LARGEST * 10
# The week dates that the library reads, too, are nobody's here.
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
COST_FIELDS = tuple(one.name for one in fields(Cost))

DATES = frozenset({"on_date", "fx_date", "approval_date"})
FLAGS = frozenset(
    {
        "same_sender", "same_supervising_body", "supply_contract_approved", "sending_contract_signed",
        "foreign_acceptance_or_visa", "sender_market_permission",
    }
)  # fmt: skip
TEXTS = frozenset(
    {
        "market",
        "job_class",
        "occupation_code",
        "wage_currency",
        "fx_source",
        "airfare_out_paid_by",
        "airfare_back_paid_by",
        "lodging",
        "approval_number",
        "supply_contract_number",
        "sender_licence_status",
        "sex",
        "age_sex_source",
    }
)
# Numbers of papers and codes are often written as numbers.
CODES = frozenset({"occupation_code", "approval_number", "supply_contract_number"})
WHOLE = frozenset({"approved_quantity", "selected_quantity", "departed_quantity", "age_min", "age_max"})
ABOVE_ZERO = frozenset({"term_months", "wage_amount", "fx_rate"})
# Beyond these the number is a slip of the pen, or counts something else: rest days a month, hours a month.
AT_MOST = {
    "rest_days": 7,
    "weekly_hours": 168,
    "lodging_deduction_pct": 100,
    "meals_count": 10,
    "age_min": 120,
    "age_max": 120,
    "term_months": 600,
    "extension_months": 600,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """`facts` None: unreadable, and `findings` say why. Otherwise `findings` name what was not understood."""

    facts: OpeningFacts | None
    findings: tuple[Finding, ...] = ()


class Unreadable(Exception):
    """With the sentence in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.words: Words = (vi, en)


def read(content: bytes) -> Reading:
    try:
        return read_object(_parsed(content))
    except Unreadable as error:
        return Reading(None, (_input("", error.words),))


def read_object(given: Any) -> Reading:
    """What `json.loads` gives; numbers may be int, float or Decimal."""
    if not isinstance(given, dict):
        return Reading(
            None,
            (
                _input(
                    "", ("Tệp phải là một đối tượng JSON { … }.", "The file must be one JSON object { … }.")
                ),
            ),
        )
    values: dict[str, Any] = {}
    wrong: list[Finding] = []
    for name in FIELD_NAMES:
        if given.get(name) is None:
            continue
        try:
            values[name] = _lines(given[name]) if name == "worker_costs" else _value(name, given[name])
        except Unreadable as error:
            wrong.append(_input(name, error.words))
    unknown = tuple(_unknown_names(given))
    if wrong:
        return Reading(None, (*wrong, *unknown))
    return Reading(_tidy(OpeningFacts(**values)), unknown)


def _parsed(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise Unreadable("Tệp quá lớn.", "The file is too large.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("Tệp không phải UTF-8.", "The file is not UTF-8.") from error
    try:
        return json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=Decimal, object_pairs_hook=_once
        )
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable("Tệp JSON lồng quá sâu.", "The JSON is nested too deeply.") from error
    except ValueError as error:
        if not isinstance(error, json.JSONDecodeError):
            raise Unreadable("Tệp không phải JSON.", "The file is not JSON.") from error
        line, column = error.lineno, error.colno
        raise Unreadable(
            f"Tệp không phải JSON: sai ở dòng {line}, cột {column}.",
            f"The file is not JSON: wrong in line {line}, column {column}.",
        ) from error


def _number(text: str) -> Decimal:
    # A number of any length and exponent is read, and refused afterwards with its field.
    try:
        return Decimal(text) if len(text) <= LONGEST_TEXT else BEYOND
    except ArithmeticError:
        return BEYOND


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            said = name[:LONGEST_TEXT]
            raise Unreadable(
                f"Trường “{said}” ghi hai lần; hãy bỏ một.", f"The field “{said}” stands twice; leave one."
            )
        found[name] = value
    return found


def _value(name: str, value: Any) -> Any:
    if name in DATES:
        return _date(value)
    if name in FLAGS:
        return _flag(value)
    if name in TEXTS:
        return _code(value) if name in CODES else _text(value)
    number = _amount(value, whole=name in WHOLE, above_zero=name in ABOVE_ZERO)
    most = AT_MOST.get(name)
    if most is not None and number > most:
        raise Unreadable(f"nhiều nhất là {most}.", f"it is at most {most}.")
    return number


def _date(value: Any) -> dt.date:
    try:
        if isinstance(value, str) and ISO_DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise Unreadable("phải là một ngày, ví dụ “2026-11-22”.", "it must be a date such as “2026-11-22”.")


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unreadable("phải là true hoặc false.", "it must be true or false.")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable("phải là chữ trong ngoặc kép.", "it must be text in quotes.")
    if len(value) > LONGEST_TEXT:
        raise Unreadable(f"dài quá {LONGEST_TEXT} chữ.", f"it is longer than {LONGEST_TEXT} letters.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable("có ký tự không đọc được.", "it has characters that cannot be read.") from error
    return value.strip()


def _code(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = _amount(value, whole=True)
        return f"{number:f}"
    return _text(value)


def _amount(value: Any, *, whole: bool = False, above_zero: bool = False) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unreadable(
            "phải là một con số, không đặt trong ngoặc kép.", "it must be a number, without quotes."
        )
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise Unreadable("không phải một con số.", "it is not a number.")
    if number < 0:
        raise Unreadable("không được là số âm.", "it may not be negative.")
    # Compared as it stands: arithmetic with such numbers overflows.
    if number > LARGEST:
        raise Unreadable("con số quá lớn.", "the number is too large.")
    # Beyond nine decimals nothing is meant; and the tiniest numbers would not divide.
    number = round(number, 9)
    number = number.to_integral_value() if number == number.to_integral_value() else number.normalize()
    if above_zero and number == 0:
        raise Unreadable("phải lớn hơn 0.", "it must be above 0.")
    if whole and number % 1:
        raise Unreadable("phải là một số nguyên.", "it must be a whole number.")
    return number


def _lines(value: Any) -> tuple[Cost, ...]:
    if not isinstance(value, list):
        raise Unreadable("phải là một danh sách [ … ].", "it must be a list [ … ].")
    if len(value) > MOST_LINES:
        raise Unreadable(f"nhiều hơn {MOST_LINES} dòng.", f"there are more than {MOST_LINES} lines.")
    return tuple(_line(number, line) for number, line in enumerate(value, 1))


def _line(number: int, line: Any) -> Cost:
    if not isinstance(line, dict):
        raise Unreadable(f"dòng {number}: phải là một đối tượng.", f"line {number}: it must be an object.")
    readers: dict[str, Callable[[Any], Any]] = dict.fromkeys(COST_FIELDS, _text) | {"amount": _amount}
    values: dict[str, Any] = {}
    for name, reader in readers.items():
        if line.get(name) is None:
            continue
        try:
            values[name] = reader(line[name])
        except Unreadable as error:
            vi, en = error.words
            raise Unreadable(f"dòng {number}, {name}: {vi}", f"line {number}, {name}: {en}") from error
    currency = values.get("currency")
    values["currency"] = currency.upper() if currency else None
    return Cost(**{"kind": "", **values})


def _tidy(facts: OpeningFacts) -> OpeningFacts:
    """Codes are written in capitals or not; they mean the same."""
    return replace(
        facts,
        market=facts.market.upper() if facts.market else None,
        job_class=facts.job_class.lower() if facts.job_class else None,
        wage_currency=facts.wage_currency.upper() if facts.wage_currency else None,
        sender_licence_status=facts.sender_licence_status.lower() if facts.sender_licence_status else None,
    )


def _unknown_names(given: dict[Any, Any]) -> list[Finding]:
    names = [str(name) for name in given if name not in FIELD_NAMES]
    lines = given.get("worker_costs")
    for number, line in enumerate(lines if isinstance(lines, list) else ()):
        for name in line if isinstance(line, dict) else ():
            if name not in COST_FIELDS:
                names.append(f"worker_costs[{number}].{name}")
    found = []
    for name in names:
        said = name[:LONGEST_TEXT].encode("utf-8", "replace").decode()
        words = (
            f"Không có trường “{said}”; điều ghi ở đó không được kiểm tra.",
            f"There is no field “{said}”; what it says was not checked.",
        )
        found.append(noted("INPUT", said, Verdict.WARNING, words, stated=said))
    return found


def _input(field: str, words: Words) -> Finding:
    if field:
        words = (f"{field}: {words[0]}", f"{field}: {words[1]}")
    return noted("INPUT", field, Verdict.UNKNOWN, words, stated=field or None)
