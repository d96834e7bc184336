"""A profile in words: the same sections for the person, the staff, the duplicates page and the export."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.reference.countries import country_name
from portal.reference.education import education_label
from portal.reference.languages import certificate_label
from portal.reference.occupations import name as occupation_name
from portal.reference.places import places
from portal.web.templating import show_date, show_money, show_months, show_phone
from portal.workers.models import Worker, WorkerCertificate, WorkerOccupation, WorkExperience
from portal.workers.rules import age_on, is_minor
from portal.workers.states import Shift

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    step: str
    title: str
    pairs: Pairs


def sections(worker: Worker, on: dt.date) -> list[Section]:
    shown = [
        Section("who", _("Người"), _who(worker)),
        Section("where", _("Chỗ ở"), _where(worker)),
        Section("can", _("Việc làm được"), _can(worker)),
        Section("want", _("Việc muốn làm"), _want(worker)),
        Section("schooling", _("Học vấn"), _schooling(worker)),
        Section("experience", _("Nơi đã làm"), [(e.title, experience_words(e)) for e in worker.experiences]),
        Section("languages", _("Ngoại ngữ, bằng lái"), [certificate_words(c) for c in worker.certificates]),
    ]
    if is_minor(worker.birth_date, worker.birth_year, on):
        shown.insert(1, Section("guardian", _("Cha mẹ hoặc người giám hộ"), _guardian(worker)))
    return shown


def birth_words(worker: Worker) -> str:
    if worker.birth_date is not None:
        return show_date(worker.birth_date)
    return _("năm %(year)s", year=worker.birth_year) if worker.birth_year is not None else ""


def age_words(worker: Worker, on: dt.date) -> str:
    """Of a year alone both ages it may be."""
    age = age_on(worker.birth_date, worker.birth_year, on)
    if age is None:
        return ""
    return str(age) if worker.birth_date is not None else f"{age}–{age + 1}"


def address_words(worker: Worker) -> str:
    parts = [worker.address_line, places().name(worker.commune_code) if worker.commune_code else ""]
    return ", ".join(part for part in parts if part)


def occupation_words(row: WorkerOccupation) -> str:
    name = occupation_name(row.code)
    if row.words and row.words.lower() != name.lower():
        name = f"{row.words} ({name})"
    return f"{name}: {show_months(row.months)}" if row.months else name


def experience_words(row: WorkExperience) -> str:
    years = "–".join(str(year) for year in (row.from_year, row.to_year) if year)
    parts = [row.workplace, years, show_months(row.months) if row.months else ""]
    return ", ".join(part for part in parts if part)


def certificate_words(row: WorkerCertificate) -> tuple[str, str]:
    expires = (
        _("hết hạn %(day)s", day=show_date(row.expires_on)) if row.expires_on else _("không ghi ngày hết hạn")
    )
    return certificate_label(row.scale, row.level), expires


def shift_words(worker: Worker) -> str:
    return ", ".join(str(Shift(shift).label) for shift in worker.shifts)


def yes_no(value: bool | None) -> str:
    return "" if value is None else (_("Có") if value else _("Không"))


def _who(worker: Worker) -> Pairs:
    return [
        (_("Họ và tên"), worker.full_name),
        (_("Ngày sinh"), birth_words(worker)),
        (_("Giới tính"), str(worker.sex.label) if worker.sex is not None else ""),
        (_("Điện thoại"), show_phone(worker.phone)),
        (_("Thư điện tử"), worker.email or ""),
        (_("Báo tin bằng"), str(worker.contact_way.label) if worker.contact_way is not None else ""),
        *([(_("Người thân nhận tin"), relative_words(worker))] if worker.relative_name else []),
    ]


def relative_words(worker: Worker) -> str:
    parts = [worker.relative_name, worker.relative_relation, show_phone(worker.relative_phone)]
    return ", ".join(part for part in parts if part)


def _guardian(worker: Worker) -> Pairs:
    return [
        (_("Họ và tên"), worker.guardian_name),
        (_("Điện thoại"), show_phone(worker.guardian_phone)),
        (_("Đồng ý ngày"), show_date(worker.guardian_consented_at)),
    ]


def _where(worker: Worker) -> Pairs:
    return [(_("Đang ở"), address_words(worker)), (_("Thường trú"), permanent_words(worker))]


def has_permanent_elsewhere(worker: Worker) -> bool:
    permanent = (worker.permanent_commune_code or None, worker.permanent_address_line or "")
    return permanent != (None, "") and permanent != (worker.commune_code or None, worker.address_line or "")


def permanent_words(worker: Worker) -> str:
    if not (worker.permanent_commune_code or worker.permanent_address_line):
        return ""
    if not has_permanent_elsewhere(worker):
        return _("cũng ở đó")
    code = worker.permanent_commune_code
    parts = [worker.permanent_address_line, places().name(code) if code else ""]
    return ", ".join(part for part in parts if part)


def _can(worker: Worker) -> Pairs:
    rows = [(_("Việc"), occupation_words(row)) for row in worker.occupations] or [(_("Việc"), "")]
    return [*rows, (_("Kỹ năng"), worker.skills_text)]


def wanted_places_words(worker: Worker) -> dict[str, str]:
    codes = [place.place_code for place in worker.wanted_places if place.place_code]
    return {
        "provinces": ", ".join(places().name(code) for code in codes),
        "countries": ", ".join(country_name(code) for code in worker.wanted_countries),
    }


def _with(answer: str, names: str) -> str:
    return f"{answer}: {names}" if answer and names else answer


def _want(worker: Worker) -> Pairs:
    names = wanted_places_words(worker)
    return [
        (_("Làm gần nhà"), yes_no(worker.wants_home)),
        (_("Làm ở tỉnh khác"), _with(yes_no(worker.wants_other_provinces), names["provinces"])),
        (_("Làm ở nước ngoài"), _with(yes_no(worker.wants_abroad), names["countries"])),
        (_("Tiền công một tháng từ"), show_money(worker.wage_min)),
        (_("Đi làm được từ"), show_date(worker.available_from)),
        (_("Ca làm"), shift_words(worker)),
    ]


def _schooling(worker: Worker) -> Pairs:
    return [
        (_("Học đến"), education_label(worker.education_code)),
        (_("Ngành học"), worker.field_of_study),
    ]


def _day(value: dt.date | dt.datetime | None) -> str | None:
    return value.isoformat() if value is not None else None


def as_data(worker: Worker) -> dict[str, Any]:
    """Everything the profile itself holds, for the person to take along."""
    return {
        "full_name": worker.full_name,
        "birth_date": _day(worker.birth_date),
        "birth_year": worker.birth_year,
        "sex": worker.sex.value if worker.sex is not None else None,
        "phone": worker.phone,
        "email": worker.email,
        "commune": {"code": worker.commune_code, "name": places().name(worker.commune_code)},
        "address_line": worker.address_line,
        "permanent": {
            "code": worker.permanent_commune_code,
            "name": places().name(worker.permanent_commune_code) if worker.permanent_commune_code else "",
            "address_line": worker.permanent_address_line,
        },
        "contact_way": worker.contact_way.value if worker.contact_way is not None else None,
        "relative": {
            "name": worker.relative_name,
            "relation": worker.relative_relation,
            "phone": worker.relative_phone,
        },
        "id_absence": worker.id_absence.value if worker.id_absence is not None else None,
        "education": worker.education_code,
        "field_of_study": worker.field_of_study,
        "skills": worker.skills,
        "guardian": {"name": worker.guardian_name, "phone": worker.guardian_phone},
        "state": worker.state.value,
        "registered": _day(worker.created_at),
        "wants": _wants_data(worker),
        **_lists_data(worker),
    }


def _wants_data(worker: Worker) -> dict[str, Any]:
    return {
        "home": worker.wants_home,
        "other_provinces": worker.wants_other_provinces,
        "abroad": worker.wants_abroad,
        "provinces": [place.place_code for place in worker.wanted_places if place.place_code],
        "countries": worker.wanted_countries,
        "wage_min": worker.wage_min,
        "available_from": _day(worker.available_from),
        "shifts": worker.shifts,
    }


def _lists_data(worker: Worker) -> dict[str, Any]:
    experience = ("title", "workplace", "from_year", "to_year", "months")
    return {
        "occupations": [{"code": o.code, "words": o.words, "months": o.months} for o in worker.occupations],
        "experiences": [{name: getattr(e, name) for name in experience} for e in worker.experiences],
        "certificates": [
            {"scale": c.scale, "level": c.level, "expires_on": _day(c.expires_on)}
            for c in worker.certificates
        ],
        "consents": [
            {
                "purpose": consent.purpose.value,
                "sentence": consent.sentence,
                "channel": consent.channel.value,
                "given": _day(consent.given_at),
                "keep_until": _day(consent.keep_until),
                "withdrawn": _day(consent.withdrawn_at),
            }
            for consent in worker.consents
        ],
    }
