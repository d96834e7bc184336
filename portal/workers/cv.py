"""The profile as a one-page CV, in Vietnamese or English. Plain values for the page, then the PDF.

What only the Centre needs is not on it: no ID number, no ethnicity, no health, no benefit, no wish of wage.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from portal.files.typesetting import shortened, typeset
from portal.reference.education import education_label
from portal.reference.languages import certificate_label
from portal.reference.named import in_page_language
from portal.reference.occupations import exists
from portal.reference.occupations import name as occupation_name
from portal.reference.places import places
from portal.web.templating import show_date, show_months, show_phone
from portal.workers.models import Worker, WorkerOccupation, WorkExperience
from portal.workers.showing import birth_words, shift_words

TEMPLATE = Path(__file__).with_name("cv.typ")
# What leaves the page to one in a type that can still be read; what is longer ends in "…".
LONGEST_LINE, LONGEST_TEXT = 90, 360
MOST_ROWS = 6


@dataclass(frozen=True)
class Choices:
    """What the person wants on this copy."""

    language: str = "vi"
    contact: bool = True
    birth: bool = False


Row = dict[str, str]


def cv_data(worker: Worker, chosen: Choices, *, on: dt.date) -> dict[str, Any]:
    with force_locale(chosen.language):
        sections = [
            (_("Kinh nghiệm làm việc"), _experiences(worker)),
            (_("Nghề"), _occupations(worker)),
            (_("Kỹ năng (theo lời của người này)"), _skills(worker)),
            (_("Học vấn"), _schooling(worker)),
            (_("Ngoại ngữ, bằng cấp, giấy phép"), _certificates(worker, on)),
            (_("Thời gian đi làm được"), _ready(worker)),
        ]
        return {
            "lang": chosen.language,
            "title": _("Sơ yếu lý lịch"),
            "name": shortened(worker.full_name, 80) or _("(chưa ghi tên)"),
            "headline": _headline(worker),
            "facts": [pair for pair in _facts(worker, chosen) if pair[1]],
            "sections": [{"title": title, "rows": rows} for title, rows in sections if rows],
            "footer": _("Thông tin do người lao động tự khai. In ngày %(day)s.", day=show_date(on)),
        }


def cv_pdf(data: dict[str, Any]) -> bytes:
    return typeset(TEMPLATE, data)


def _facts(worker: Worker, chosen: Choices) -> list[tuple[str, str]]:
    commune = places().get(worker.commune_code)
    province = places().get(commune.parent) if commune is not None else None
    home = ", ".join(name for name in (commune and commune.full_name, province and province.name) if name)
    return [
        (_("Điện thoại"), show_phone(worker.phone) if chosen.contact else ""),
        (_("Thư điện tử"), shortened(worker.email or "", 60) if chosen.contact else ""),
        (_("Nơi ở"), home),
        (_("Ngày sinh"), birth_words(worker) if chosen.birth else ""),
    ]


def _row(what: str, aside: str = "", detail: str = "") -> Row:
    return {
        "what": shortened(what, LONGEST_LINE),
        "aside": shortened(aside, 40),
        "detail": shortened(detail, LONGEST_LINE),
    }


def _no_more_than_most(rows: list[Row]) -> list[Row]:
    """The first ones stand; of the rest the number is told."""
    left = len(rows) - MOST_ROWS
    if left <= 0:
        return rows
    more = ngettext("và %(num)s mục khác", "và %(num)s mục khác", left)
    return [*rows[:MOST_ROWS], _row(more)]


def _headline(worker: Worker) -> str:
    """The trade of the longest practice."""
    if not worker.occupations:
        return ""
    main = max(worker.occupations, key=lambda row: (row.months, -row.position))
    months = f", {show_months(main.months)}" if main.months else ""
    return shortened(f"{_trade(main.code, main.words)}{months}", LONGEST_LINE)


def _trade(code: str | None, words: str) -> str:
    """In English the classification's name leads: the person's own words are Vietnamese."""
    name = occupation_name(code) if code and exists(code) else ""
    if in_page_language("vi", "en") == "vi":
        return words[:1].upper() + words[1:] if words else name
    return name or words


def _experiences(worker: Worker) -> list[Row]:
    newest = sorted(
        worker.experiences, key=lambda row: (row.to_year or 9999, row.from_year or 0, row.id or 0)
    )
    return _no_more_than_most([_experience(row) for row in reversed(newest)])


def _experience(row: WorkExperience) -> Row:
    trade = _trade(row.occupation_code, row.title)
    own = f" ({row.title})" if row.title and row.title.lower() != trade.lower() else ""
    years = "–".join(str(year) for year in (row.from_year, row.to_year) if year)
    if row.from_year and not row.to_year:
        years = _("từ %(year)s", year=row.from_year)
    length = show_months(row.months) if row.months else ""
    return _row(f"{trade}{own}", ", ".join(part for part in (years, length) if part), row.workplace)


def _occupations(worker: Worker) -> list[Row]:
    return _no_more_than_most([_occupation(row) for row in worker.occupations])


def _occupation(row: WorkerOccupation) -> Row:
    return _row(occupation_name(row.code) or row.words, show_months(row.months) if row.months else "")


def _skills(worker: Worker) -> list[Row]:
    listed = ", ".join(worker.skills)
    return [
        {"what": shortened(words, LONGEST_TEXT), "aside": "", "detail": ""}
        for words in (listed, " ".join(worker.skills_text.split()))
        if words
    ]


def _schooling(worker: Worker) -> list[Row]:
    level = education_label(worker.education_code)
    return (
        [_row(level or worker.field_of_study, "", worker.field_of_study if level else "")]
        if (level or worker.field_of_study)
        else []
    )


def _certificates(worker: Worker, on: dt.date) -> list[Row]:
    rows = []
    for paper in worker.certificates:
        label = certificate_label(paper.scale, paper.level)
        until = _("đến %(day)s", day=show_date(paper.expires_on)) if paper.expires_on else ""
        if paper.expires_on is None or paper.expires_on >= on:
            rows.append(_row(label[:1].upper() + label[1:], until))
    return _no_more_than_most(rows)


def _ready(worker: Worker) -> list[Row]:
    rows = []
    if worker.available_from is not None:
        rows.append(_row(_("Đi làm được từ %(day)s", day=show_date(worker.available_from))))
    if worker.shifts:
        rows.append(_row(_("Ca làm: %(shifts)s", shifts=shift_words(worker))))
    return rows
