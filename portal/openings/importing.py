"""Rows of a list, read into openings that could be made. Reads only: the preview and the import share it."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal.common.text import fold
from portal.extensions import db
from portal.openings.columns import Mapping
from portal.openings.reading import (
    Where,
    read_amount,
    read_day,
    read_education,
    read_experience,
    read_place,
    read_quantity,
    read_wage,
)
from portal.openings.rules import Need
from portal.openings.sheets import Sheet
from portal.openings.states import RequirementKind, Sphere, WagePeriod
from portal.organisations.models import Organisation
from portal.reference.countries import country_code
from portal.reference.occupations import exists, propose_occupations

# Below this the words of a title say too little; the row asks for a person's choice.
LEAST_SHARE = 0.08


@dataclass
class RowRead:
    """One line of the file: what it would become, what is doubtful, what stops it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)
    organisation_id: int | None = None
    employer: str = ""
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wage_read: bool = True
    place_read: bool = True
    experience_read: bool = True
    is_over: bool = False

    @property
    def title(self) -> str:
        return str(self.values.get("title", ""))


def read_rows(sheet: Sheet, mapping: Mapping, *, organisation_id: int | None, on: dt.date) -> list[RowRead]:
    """Every line under the header. `organisation_id` is for a file without a column of employers."""
    employers = _employers() if organisation_id is None else {}
    return [
        _read_row(number, cells, mapping, organisation_id, employers, on)
        for number, cells in sheet.rows
        if number > mapping.header_row
    ]


def _employers() -> dict[str, int]:
    rows = db.session.execute(
        select(Organisation.name_folded, Organisation.id)
        .where(Organisation.closed_at.is_(None))
        .order_by(Organisation.id.desc())
    )
    return {_employer_key(name): organisation_id for name, organisation_id in rows}


def _employer_key(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))


def _read_row(
    number: int,
    cells: list[Any],
    mapping: Mapping,
    organisation_id: int | None,
    employers: dict[str, int],
    on: dt.date,
) -> RowRead:
    def cell(name: str) -> Any:
        column = mapping.columns.get(name)
        return cells[column] if column is not None and column < len(cells) else ""

    def text(name: str, longest: int = 20_000) -> str:
        return str(cell(name) if cell(name) is not None else "").strip()[:longest]

    row = RowRead(number, employer=text("employer"))
    row.values = {
        "title": " ".join(text("title").split())[:200],
        "text": text("description"),
        "requirements_text": text("requirements"),
        "benefits": text("benefits"),
        "working_time": text("working_time", 300),
        "contact_name": text("contact_name", 120),
        "contact_phone": text("contact_phone", 40),
        "contact_email": text("contact_email", 200),
    }
    if not row.title:
        row.errors.append(_("Thiếu tên công việc."))
    _read_employer(row, organisation_id, employers)
    _read_where(row, text("place"), text("country"))
    _read_pay(row, text("wage"), cell("wage_min"), cell("wage_max"))
    _read_quantity_and_day(row, cell("quantity"), cell("deadline"), on)
    _read_occupation(row, text("occupation"))
    in_months = "experience" not in mapping.columns
    _read_needs(row, cell("experience_months" if in_months else "experience"), in_months, text("education"))
    return row


def _read_employer(row: RowRead, organisation_id: int | None, employers: dict[str, int]) -> None:
    row.organisation_id = organisation_id or employers.get(_employer_key(row.employer))
    if row.organisation_id is None:
        row.errors.append(
            _(
                "Chưa có đơn vị tên “%(name)s”. Hãy thêm đơn vị, hoặc chọn một đơn vị cho cả tệp.",
                name=row.employer,
            )
            if row.employer
            else _("Thiếu tên nơi tuyển dụng. Hãy chọn một đơn vị cho cả tệp.")
        )


def _read_where(row: RowRead, place: str, country: str) -> None:
    where = read_place(place)
    abroad = country_code(country) if country else None
    if abroad and abroad != "VN":
        where = Where(country=abroad, address=place)
    row.place_read = where.understood
    row.values |= {
        "sphere": Sphere.OVERSEAS if where.country else Sphere.DOMESTIC,
        "province_code": where.province,
        "commune_code": where.commune,
        "country": where.country,
        "address_line": (where.address or place)[:300],
    }
    if not where.understood:
        row.notes.append(
            _("Chưa rõ nơi làm việc: “%(text)s”.", text=place[:80]) if place else _("Thiếu nơi làm việc.")
        )
    elif where.unsure:
        row.notes.append(_("Tên nơi làm việc có thể chỉ nhiều xã, phường. Hãy xem lại."))
    if where.more_places:
        row.notes.append(_("Còn %(n)s nơi làm việc khác trong tệp.", n=where.more_places))


def _read_pay(row: RowRead, written: str, low: Any, high: Any) -> None:
    least, most = read_amount(low), read_amount(high)
    if least is not None and most is not None and most < least:
        row.notes.append(_("Lương cao nhất nhỏ hơn lương thấp nhất, đã đổi chỗ."))
        least, most = most, least
    wage = read_wage(written)
    if least or most:
        row.values |= {
            "wage_min": least,
            "wage_max": most,
            "wage_currency": "VND",
            "wage_period": WagePeriod.MONTH,
        }
        row.values["wage_note"] = written[:200]
        return
    note = wage.note or ("" if written else _("Thoả thuận"))
    row.values |= {
        "wage_min": wage.least,
        "wage_max": wage.most,
        "wage_currency": wage.currency,
        "wage_period": wage.period,
        "wage_note": note,
    }
    # An empty cell says "to be agreed", as listing pages leave it empty.
    row.wage_read = wage.understood or not written
    if not row.wage_read:
        row.notes.append(_("Chưa rõ tiền lương: “%(text)s”.", text=written[:80]))


def _read_quantity_and_day(row: RowRead, quantity: Any, deadline: Any, on: dt.date) -> None:
    row.values["positions"] = read_quantity(quantity) or 1
    if str(quantity or "").strip() and read_quantity(quantity) is None:
        row.notes.append(_("Chưa rõ số người cần, tạm ghi 1."))
    day = read_day(deadline)
    row.values["expires_on"] = day
    if str(deadline or "").strip() and day is None:
        row.notes.append(_("Chưa rõ hạn nhận hồ sơ: “%(text)s”.", text=str(deadline)[:40]))
    if day is not None and day < on:
        row.is_over = True
        row.notes.append(_("Hạn nhận hồ sơ đã qua (%(day)s), để ở bản nháp.", day=day.strftime("%d/%m/%Y")))


def _read_occupation(row: RowRead, given: str) -> None:
    if given and exists(given):
        row.values["occupation_code"] = given
        return
    if given:
        row.notes.append(_("Không có mã nghề “%(code)s”.", code=given[:20]))
    proposals = propose_occupations(row.title, row.values["text"], limit=1) if row.title else []
    sure = bool(proposals) and proposals[0].share >= LEAST_SHARE
    row.values["occupation_code"] = proposals[0].code if sure else None
    if not sure:
        row.notes.append(_("Chưa đoán được nghề, hãy chọn."))


def _read_needs(row: RowRead, experience: Any, in_months: bool, education: str) -> None:
    """Wishes, not gates: a person decides whether the words of a list bar anybody."""
    months, row.experience_read = read_experience(experience, in_months=in_months)
    if months:
        value = {"code": row.values["occupation_code"] or "", "months": months}
        row.needs.append(Need(RequirementKind.EXPERIENCE, ">=", value, is_hard=False))
    if not row.experience_read:
        row.notes.append(_("Chưa rõ kinh nghiệm: “%(text)s”.", text=str(experience)[:60]))
    level = read_education(education)
    if level:
        row.needs.append(Need(RequirementKind.EDUCATION, ">=", level, is_hard=False))
