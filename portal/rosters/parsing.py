"""A whole roster: rows, cells, errors and proposals out of the bytes of a sheet.

Pure: takes bytes, a limit and a day; knows no request and no database. Errors come one depth at a time:
an unreadable file, no rows, missing columns, columns named twice, bad cells, too many rows.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.common.text import fold
from portal.reference.places import Sureness, understand_address
from portal.rosters import cells
from portal.rosters.columns import BY_NAME, Header, data_rows, find_header
from portal.rosters.fields import occupations_for
from portal.rosters.sheet import SheetError, Table, Value, read_tables, shown


@dataclass(slots=True)
class Wrong:
    column: str
    code: str
    # Another row of the file, where that is what is wrong.
    other: int | None = None


@dataclass(slots=True)
class Proposed:
    """`kind` lost_zero has one `value`; place and occupation have several to choose from."""

    column: str
    kind: str
    value: str = ""
    choices: tuple[str, ...] = ()
    # What stands in the file; equal texts are asked once.
    text: str = ""
    sure: bool = False


@dataclass(slots=True)
class ParsedRow:
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    # What stands in the file, for the cells that are wrong.
    texts: dict[str, str] = field(default_factory=dict)
    errors: list[Wrong] = field(default_factory=list)
    proposals: list[Proposed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileError:
    code: str
    columns: tuple[str, ...] = ()
    count: int = 0

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "columns": list(self.columns), "count": self.count}


class RosterSheet:
    """Reads the file at once, its cells by `check()`, which yields after each row to show progress."""

    def __init__(self, content: bytes, *, limit: int, on: dt.date) -> None:
        self.on = on
        self.limit = limit
        self.file_errors: list[FileError] = []
        self.rows: list[ParsedRow] = []
        self.ignored: list[int] = []
        self.header: Header | None = None
        self.tables: list[Table] = []
        self._raw: list[tuple[int, dict[str, Value], int]] = []
        try:
            self.tables = read_tables(content)
        except SheetError as error:
            self.file_errors.append(FileError(error.why.value))
            return
        self._find_columns()

    def _find_columns(self) -> None:
        if all(table.is_empty for table in self.tables):
            self.file_errors.append(FileError("no_rows"))
            return
        header = find_header(self.tables)
        if header is None:
            self.file_errors.append(FileError("no_header", ("full_name", "birth", "phone")))
            return
        self._raw = list(data_rows(header))
        self._drop_footer()
        if not self._raw:
            self.file_errors.append(FileError("no_rows"))
        elif header.missing:
            self.file_errors.append(FileError("missing_columns", tuple(header.missing)))
        elif header.twice:
            self.file_errors.append(FileError("columns_twice", tuple(header.twice)))
        else:
            self.header = header

    def _drop_footer(self) -> None:
        """Sums, signatures and headings between the rows are no people; which rows they were, is told."""
        whole = [
            number
            for number, row, _filled in self._raw
            if _named(row) and (shown(row.get("birth")) or shown(row.get("birth_year")))
        ]
        last = whole[-1] if whole else None
        kept = []
        for number, row, filled in self._raw:
            ours = sum(1 for value in row.values() if shown(value))
            behind = last is not None and number > last and _is_footer(row, ours)
            if behind or filled == 1 or not ours or _is_example(row):
                self.ignored.append(number)
            else:
                kept.append((number, row, filled))
        self._raw = kept

    @property
    def total(self) -> int:
        return len(self._raw)

    @property
    def unused_columns(self) -> tuple[str, ...]:
        return self.header.unused if self.header else ()

    def check(self) -> Iterator[int]:
        """Read every row; yields how many are read. Rows past the limit are only counted."""
        if self.header is None:
            return
        unmarked = self._unmarked_sex()
        for done, (number, row, _filled) in enumerate(self._raw[: self.limit], start=1):
            self.rows.append(_read_row(number, row, unmarked, self.on))
            yield done
        _mark_doubles(self.rows)
        if self.total > self.limit and not self.wrong_rows:
            self.file_errors.append(FileError("too_many_rows", count=self.total))

    def _unmarked_sex(self) -> str | None:
        """Where one column alone carries marks, no mark means the other sex; without any it says nothing."""
        if self.header is None or "sex" in self.header.places:
            return None
        marked = {name for name in ("female", "male") if name in self.header.places}
        if len(marked) != 1:
            return None
        name = marked.pop()
        marks = sum(1 for _number, row, _filled in self._raw if shown(row.get(name)))
        return {"female": "male", "male": "female"}[name] if 0 < marks < len(self._raw) else None

    @property
    def wrong_rows(self) -> list[ParsedRow]:
        return [row for row in self.rows if row.errors]


def _is_footer(row: dict[str, Value], filled: int) -> bool:
    """Behind the last person: a sum, a date, or "Người lập" beside "Hiệu trưởng"."""
    figures = any(letter.isdigit() for value in row.values() for letter in shown(value))
    return filled <= 1 or not _named(row) or (filled == 2 and not figures)


def _is_example(row: dict[str, Value]) -> bool:
    """The example of the template, left in."""
    return all(shown(row.get(name)) == BY_NAME[name].example for name in ("full_name", "national_id"))


def _named(row: dict[str, Value]) -> bool:
    return any(shown(row.get(name)) for name in ("full_name", "family_name", "given_name"))


def _read_row(number: int, row: dict[str, Value], unmarked: str | None, on: dt.date) -> ParsedRow:
    parsed = ParsedRow(number)

    def take(column: str, read: cells.Read, *sources: str) -> Any:
        text = " ".join(filter(None, (shown(row.get(name)) for name in sources or (column,))))
        if read.error:
            parsed.errors.append(Wrong(column, read.error))
            parsed.texts[column] = text[:200]
        elif read.proposal:
            parsed.proposals.append(Proposed(column, "lost_zero", read.proposal, text=text))
        return read.value

    values = parsed.values
    name = cells.read_name(row.get("full_name"), row.get("family_name"), row.get("given_name"))
    values["full_name"] = take("full_name", name, "full_name", "family_name", "given_name")
    birth, female, male = _birth_cells(row)
    born = take("birth", cells.read_birth(birth, row.get("birth_year"), on), "birth", "birth_year")
    values["birth_date"], values["birth_year"] = born or (None, None)
    sex = cells.read_sex(row.get("sex"), female, male, unmarked)
    values["sex"] = take("sex", sex, "sex", "female", "male")
    values["national_id"] = take("national_id", cells.read_id(row.get("national_id")))
    values["phone"] = take("phone", cells.read_mobile(row.get("phone")))
    values["email"] = take("email", cells.read_email(row.get("email")))
    if not (shown(row.get("phone")) or shown(row.get("email"))):
        parsed.errors.append(Wrong("phone", "contact_missing"))
    values["education_code"] = take("education", cells.read_education(row.get("education")))
    values["skills_text"] = take("skills", cells.read_text("skills", row.get("skills"))) or ""
    _read_address(parsed, row)
    _read_field(parsed, row)
    _warn(parsed)
    return parsed


def _birth_cells(row: dict[str, Value]) -> tuple[Value, Value, Value]:
    """Old forms write the year of birth under "Nam" or "Nữ": it is both the birth and the mark."""
    birth, female, male = row.get("birth"), row.get("female"), row.get("male")
    if shown(birth) or shown(row.get("birth_year")):
        return birth, female, male
    for value, other in ((female, male), (male, female)):
        if any(letter.isdigit() for letter in shown(value)) and not cells.is_mark(value) and not shown(other):
            return value, "x" if value is female else None, "x" if value is male else None
    return birth, female, male


def _read_address(parsed: ParsedRow, row: dict[str, Value]) -> None:
    names = ("address", "commune", "district", "province")
    text = ", ".join(dict.fromkeys(filter(None, (shown(row.get(name)) for name in names))))
    read = cells.read_text("address", text)
    parsed.values["address_line"] = read.value or ""
    parsed.values["commune_code"] = None
    if read.error:
        parsed.errors.append(Wrong("address", read.error))
        parsed.texts["address"] = text[:200]
    if not read.value:
        return
    address = understand_address(read.value)
    parsed.values["commune_code"] = address.commune
    if address.sureness is Sureness.CHOOSE:
        parsed.proposals.append(Proposed("address", "place", choices=address.communes[:12], text=read.value))
    elif address.sureness is Sureness.UNKNOWN:
        parsed.warnings.append("address_unknown")


def _read_field(parsed: ParsedRow, row: dict[str, Value]) -> None:
    read = cells.read_text("field", row.get("field"))
    parsed.values["field_of_study"] = read.value or ""
    if read.error:
        parsed.errors.append(Wrong("field", read.error))
        parsed.texts["field"] = shown(row.get("field"))[:200]
    if read.value:
        found = occupations_for(read.value)
        if found.codes:
            parsed.proposals.append(
                Proposed("field", "occupation", choices=found.codes, text=read.value, sure=found.sure)
            )


def _warn(parsed: ParsedRow) -> None:
    number = parsed.values["national_id"]
    if number and parsed.values["birth_year"]:
        values = parsed.values
        if cells.id_warnings(number, values["birth_date"], values["birth_year"], values["sex"]):
            parsed.warnings.append("id_differs")


def _proposed_or_read(row: ParsedRow, column: str) -> str | None:
    for proposal in row.proposals:
        if proposal.column == column and proposal.kind == "lost_zero":
            return proposal.value
    value: str | None = row.values[column]
    return value


def _mark_doubles(rows: list[ParsedRow]) -> None:
    """The same number, or the same name and birth: both rows are named. A phone may be a family's."""
    seen: dict[tuple[Any, ...], ParsedRow] = {}
    for row in rows:
        number = _proposed_or_read(row, "national_id")
        birth = row.values["birth_date"] or row.values["birth_year"]
        name = row.values["full_name"]
        keys: list[tuple[str, tuple[Any, ...]]] = []
        if number:
            keys.append(("national_id", ("id", number)))
        if name and birth:
            keys.append(("full_name", ("name", fold(name), birth)))
        for column, key in keys:
            first = seen.setdefault(key, row)
            if first is row or _told_apart(first, row, column):
                continue
            _note_double(first, row, column)
            break


def _told_apart(first: ParsedRow, row: ParsedRow, column: str) -> bool:
    """Two people may share name and birthday: two different numbers, or sexes, prove it."""
    if column == "national_id":
        return False
    pairs = (
        (_proposed_or_read(first, "national_id"), _proposed_or_read(row, "national_id")),
        (first.values["sex"], row.values["sex"]),
    )
    return any(one and other and one != other for one, other in pairs)


def _note_double(first: ParsedRow, row: ParsedRow, column: str) -> None:
    for one, other in ((first, row), (row, first)):
        if not any(wrong.code == "double" and wrong.column == column for wrong in one.errors):
            one.errors.append(Wrong(column, "double", other.number))
            one.texts.setdefault(column, _proposed_or_read(one, column) or "")
