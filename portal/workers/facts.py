"""Writing the values of one step into a profile, each checked for its meaning.

A page, a spreadsheet row and the walk-in form come through here; `values` holds only what is to be set.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from matching.scales import education_order, scales
from portal.common.clock import local_date
from portal.common.text import fold, name_sort_key, tidy_name
from portal.errors import Invalid
from portal.reference.countries import is_country
from portal.reference.languages import known_level
from portal.reference.places import Level, places
from portal.workers.models import WantedPlace, Worker, WorkerCertificate, WorkerOccupation, WorkExperience
from portal.workers.reaching import set_reach
from portal.workers.rules import OLDEST, WORKING_AGE, age_on
from portal.workers.states import Sex, Shift

Values = Mapping[str, Any]
MOST_MONTHS = 60 * 12
MOST_ROWS = 12
_BETWEEN_SKILLS = re.compile(r"[,;\n]+")


def set_who(worker: Worker, values: Values, now: dt.datetime) -> None:
    if "full_name" in values:
        set_name(worker, values["full_name"])
    if "birth_date" in values or "birth_year" in values:
        set_birth(worker, values.get("birth_date"), values.get("birth_year"), local_date(now))
    if "sex" in values:
        worker.sex = Sex(values["sex"]) if values["sex"] else None
    if "phone" in values:
        worker.phone = values["phone"] or None
    if "email" in values:
        worker.email = values["email"] or None
    set_reach(worker, values)


def set_name(worker: Worker, full_name: str) -> None:
    tidy = tidy_name(full_name)
    if not tidy or any(letter.isdigit() for letter in tidy):
        raise Invalid(_("Hãy ghi họ và tên bằng chữ."), field="full_name")
    worker.full_name = tidy
    worker.name_folded = fold(tidy)[:120]
    worker.name_sort = name_sort_key(tidy)[:400]


def set_birth(worker: Worker, birth_date: dt.date | None, birth_year: int | None, on: dt.date) -> None:
    age = age_on(birth_date, birth_year, on)
    if age is None:
        raise Invalid(_("Hãy ghi ngày sinh hoặc năm sinh."), field="birth")
    if age < WORKING_AGE:
        raise Invalid(_("Người dưới 15 tuổi chưa thể đăng ký tìm việc."), field="birth")
    if age > OLDEST:
        raise Invalid(_("Bạn xem lại năm sinh giúp: người này trên 100 tuổi."), field="birth")
    worker.birth_date = birth_date
    worker.birth_year = birth_date.year if birth_date is not None else birth_year


def set_guardian(worker: Worker, values: Values, now: dt.datetime) -> None:
    worker.guardian_name = tidy_name(values.get("guardian_name") or "")
    worker.guardian_phone = values.get("guardian_phone") or ""
    if not values.get("guardian_consents"):
        worker.guardian_consented_at = None
        return
    if not (worker.guardian_name and worker.guardian_phone):
        raise Invalid(
            _("Hãy ghi họ tên và số điện thoại của cha mẹ hoặc người giám hộ."), field="guardian_name"
        )
    worker.guardian_consented_at = worker.guardian_consented_at or now


def set_where(worker: Worker, values: Values, now: dt.datetime) -> None:
    if "commune_code" in values:
        worker.commune_code = _place(values["commune_code"], "commune", Level.COMMUNE)
    if "address_line" in values:
        worker.address_line = values["address_line"] or ""
    if "permanent_commune_code" in values:
        # Who comes from another province: of there only the provinces are known.
        code = values["permanent_commune_code"]
        worker.permanent_commune_code = _place(code, "permanent_commune", Level.COMMUNE, Level.PROVINCE)
        worker.permanent_address_line = values.get("permanent_address_line") or ""


def set_can(worker: Worker, values: Values, now: dt.datetime) -> None:
    if "occupations" in values:
        rows = values["occupations"]
        _insist_few(rows)
        worker.occupations = [
            WorkerOccupation(
                position=place,
                words=(row.get("words") or "")[:120],
                code=row["code"],
                months=_months(row.get("months")),
                is_wanted=row.get("is_wanted", True),
            )
            for place, row in enumerate(rows)
        ]
    if "skills_text" in values:
        worker.skills_text = values["skills_text"] or ""
        parts = (tidy_name(part) for part in _BETWEEN_SKILLS.split(worker.skills_text))
        worker.skills = list(dict.fromkeys(part[:60] for part in parts if part))[:30]


def set_want(worker: Worker, values: Values, now: dt.datetime) -> None:
    for name in ("wants_home", "wants_other_provinces", "wants_abroad", "available_from"):
        if name in values:
            setattr(worker, name, values[name])
    if "wage_min" in values:
        wage = values["wage_min"]
        if wage is not None and not 0 <= wage <= 1_000_000_000:
            raise Invalid(_("Bạn xem lại số tiền giúp: tiền công một tháng."), field="wage_min")
        worker.wage_min = wage
    if "shifts" in values:
        worker.shifts = [Shift(shift).value for shift in values["shifts"] or ()]
    if "provinces" in values or "countries" in values:
        worker.wanted_places = [
            *(WantedPlace(place_code=_province(code)) for code in values.get("provinces") or ()),
            *(WantedPlace(country=_country(code)) for code in values.get("countries") or ()),
        ]


def set_schooling(worker: Worker, values: Values, now: dt.datetime) -> None:
    code = values.get("education_code") or None
    if code is not None:
        try:
            education_order(code)
        except ValueError as error:
            raise Invalid(_("Hãy chọn một mục trong danh sách."), field="education_code") from error
    worker.education_code = code
    worker.field_of_study = values.get("field_of_study") or ""


def set_experience(worker: Worker, values: Values, now: dt.datetime) -> None:
    rows = values["experiences"]
    _insist_few(rows)
    for row in rows:
        _check_years(row.get("from_year"), row.get("to_year"), local_date(now).year)
    worker.experiences = [
        WorkExperience(
            title=row["title"][:120],
            workplace=(row.get("workplace") or "")[:160],
            occupation_code=row.get("occupation_code") or None,
            from_year=row.get("from_year"),
            to_year=row.get("to_year"),
            months=_months(row.get("months")),
        )
        for row in rows
    ]


def set_languages(worker: Worker, values: Values, now: dt.datetime) -> None:
    rows = values["certificates"]
    _insist_few(rows)
    for row in rows:
        if row["scale"] not in scales() or not known_level(row["scale"], row["level"]):
            raise Invalid(_("Bạn xem lại bậc hoặc số điểm của chứng chỉ giúp."), field="level")
    worker.certificates = [
        WorkerCertificate(scale=row["scale"], level=row["level"], expires_on=row.get("expires_on"))
        for row in rows
    ]


SETTERS: dict[str, Callable[[Worker, Values, dt.datetime], None]] = {
    "who": set_who,
    "guardian": set_guardian,
    "where": set_where,
    "can": set_can,
    "want": set_want,
    "schooling": set_schooling,
    "experience": set_experience,
    "languages": set_languages,
}


def _insist_few(rows: Any) -> None:
    if len(rows) > MOST_ROWS:
        raise Invalid(_("Nhiều nhất là %(n)s dòng.", n=MOST_ROWS))


def _months(value: int | None) -> int:
    months = value or 0
    if not 0 <= months <= MOST_MONTHS:
        raise Invalid(_("Thời gian làm từ 0 đến 60 năm."), field="months")
    return months


def _check_years(first: int | None, last: int | None, this_year: int) -> None:
    for year in (first, last):
        if year is not None and not 1940 <= year <= this_year:
            raise Invalid(_("Hãy ghi năm bằng bốn chữ số, không sau năm nay."), field="from_year")
    if first and last and last < first:
        raise Invalid(_("Năm nghỉ không thể trước năm bắt đầu."), field="to_year")


def _place(code: str | None, field: str, *levels: Level) -> str | None:
    place = places().get(code) if code else None
    if code and (place is None or place.ended or place.level not in levels):
        raise Invalid(_("Hãy chọn một xã, phường trong danh sách."), field=field)
    return code or None


def _province(code: str) -> str:
    place = places().get(code)
    if place is None or place.ended or place.level is not Level.PROVINCE:
        raise Invalid(_("Hãy chọn một tỉnh, thành trong danh sách."), field="provinces")
    return code


def _country(code: str) -> str:
    if not is_country(code):
        raise Invalid(_("Hãy chọn một nước trong danh sách."), field="countries")
    return code
