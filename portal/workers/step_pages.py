"""What each step shows, reads and saves. A list step adds and removes rows; the others are one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from portal.common.clock import now, today
from portal.common.text import fold
from portal.errors import Invalid
from portal.reference import occupations
from portal.reference.places import AN_GIANG, Level, PlaceOption, places
from portal.workers import operations
from portal.workers.facts import Values
from portal.workers.models import Worker
from portal.workers.queries import live_consent
from portal.workers.showing import has_permanent_elsewhere
from portal.workers.states import Purpose
from portal.workers.step_forms import (
    CanForm,
    ExperienceForm,
    GuardianForm,
    PaperForm,
    PermanentPart,
    SchoolingForm,
    WantForm,
    WhereForm,
    WhoForm,
)

REACH = ("contact_way", "relative_name", "relative_relation", "relative_phone", "relative_agreed")


class Unclear(Exception):
    """The page must be shown once more with choices; nothing is wrong yet."""


@dataclass(frozen=True, slots=True)
class FormStep:
    make: Callable[[Worker], Any]
    values: Callable[[Any], Values]


def _who_form(worker: Worker) -> WhoForm:
    born = worker.birth_date.strftime("%d/%m/%Y") if worker.birth_date else str(worker.birth_year or "")
    return WhoForm(
        data={
            "full_name": worker.full_name,
            "birth": born,
            "sex": worker.sex.value if worker.sex is not None else None,
            "phone": worker.phone,
            "email": worker.email,
            "contact_way": worker.contact_way.value if worker.contact_way is not None else "",
            "relative_name": worker.relative_name,
            "relative_relation": worker.relative_relation,
            "relative_phone": worker.relative_phone or None,
            "relative_agreed": live_consent(worker, Purpose.RELATIVE) is not None,
        }
    )


def who_values(form: WhoForm) -> dict[str, Any]:
    return {
        "full_name": form.full_name.data,
        "birth_date": form.birth.birth_date,
        "birth_year": form.birth.birth_year,
        "sex": form.sex.data,
        "phone": form.phone.data,
        "email": form.email.data,
        **{name: form[name].data for name in REACH},
    }


def _guardian_form(worker: Worker) -> GuardianForm:
    return GuardianForm(
        data={"guardian_name": worker.guardian_name, "guardian_phone": worker.guardian_phone or None}
    )


def _where_form(worker: Worker) -> WhereForm:
    elsewhere = has_permanent_elsewhere(worker)
    permanent = worker.permanent_commune_code if elsewhere else None
    return WhereForm(
        data={
            "commune": _name(worker.commune_code),
            "code": worker.commune_code or "",
            "address_line": worker.address_line,
            "permanent_same": not elsewhere,
            "permanent_commune": _name(permanent),
            "permanent_code": permanent or "",
            "permanent_line": worker.permanent_address_line if elsewhere else "",
        }
    )


def _name(code: str | None) -> str:
    return places().name(code) if code else ""


def commune_found(form: Any, typed: str, field: str = "commune", *, provinces: bool = False) -> str | None:
    """The code of the commune, from the suggestion, the choice, or the one that bears the name."""
    options = _other_provinces(typed) if provinces else []
    options = options or places().options(typed)
    if not options:
        raise Invalid(
            _("Chưa tìm thấy xã, phường này. Bạn thử ghi tên khác, tên cũ, hoặc thêm tên huyện."),
            field=field,
        )
    found = [(option.code, _option_label(option)) for option in options]
    names = [(option.code, option.name) for option in options]
    exact = options[0].code if _is_the_name(options, typed) else None
    code: str | None = form.pick(typed, names, exact)
    if code is None:
        form.choice.choices = found
    return code


def _other_provinces(typed: str) -> list[Any]:
    """Where "Cần Thơ" or "xã …, tỉnh Cà Mau" was typed; our own province is asked for by commune."""
    found = places().understand_address(typed).province
    place = places().get(found) if found and found != AN_GIANG else None
    return [PlaceOption(place.code, place.full_name)] if place is not None else []


def _option_label(option: Any) -> str:
    if not option.formerly:
        return str(option.name)
    return _("%(name)s (trước đây: %(old)s)", name=option.name, old=option.formerly)


def _is_the_name(options: list[Any], typed: str) -> bool:
    """Today's full name, or its name alone where nothing else was found. A slip or an old name asks first."""
    first, words = options[0], fold(typed)
    if first.formerly:
        return False
    name = fold(first.name)
    return name == words or (len(options) == 1 and name.partition(" ")[2] in words)


def where_values(form: WhereForm) -> Values:
    values: dict[str, Any] = {"address_line": form.address_line.data, "commune_code": None}
    if form.commune.data:
        code = commune_found(form, form.commune.data)
        if code is None:
            raise Unclear
        values["commune_code"] = code
    permanent = _permanent_values(form, values)
    code = permanent["permanent_commune_code"]
    if form.permanent_same.data and code and not (values["commune_code"] or values["address_line"]):
        # One place was written, and the tick says it is both: as from a scanned card.
        if places().get(code).level is Level.COMMUNE:
            values = {"commune_code": code, "address_line": permanent["permanent_address_line"]}
    return {**values, **permanent}


def _permanent_values(form: WhereForm, now_at: Values) -> dict[str, Any]:
    """Another place where one was typed; with the tick the same, without both it was not asked."""
    if form.permanent_commune.data or form.permanent_line.data:
        code = None
        if form.permanent_commune.data:
            part = PermanentPart(form)
            code = commune_found(part, form.permanent_commune.data, "permanent_commune", provinces=True)
            if code is None:
                raise Unclear
        return {
            "permanent_commune_code": code,
            "permanent_address_line": form.permanent_line.data,
        }
    same = bool(form.permanent_same.data and now_at["commune_code"])
    return {
        "permanent_commune_code": now_at["commune_code"] if same else None,
        "permanent_address_line": now_at["address_line"] if same else "",
    }


def _want_form(worker: Worker) -> WantForm:
    return WantForm(
        data={
            "wants_home": worker.wants_home,
            "wants_other_provinces": worker.wants_other_provinces,
            "wants_abroad": worker.wants_abroad,
            "provinces": [place.place_code for place in worker.wanted_places if place.place_code],
            "countries": worker.wanted_countries,
            "wage_min": worker.wage_min,
            "available_from": worker.available_from,
            "shifts": worker.shifts,
        }
    )


def _want_values(form: WantForm) -> Values:
    values = dict(form.data)
    values.pop("csrf_token", None)
    # Places of a kind of work that is not wanted would only confuse.
    values["provinces"] = values["provinces"] if values["wants_other_provinces"] else []
    values["countries"] = values["countries"] if values["wants_abroad"] else []
    return values


def _schooling_form(worker: Worker) -> SchoolingForm:
    return SchoolingForm(
        data={"education_code": worker.education_code, "field_of_study": worker.field_of_study}
    )


def _plain(form: Any) -> Values:
    return {name: value for name, value in form.data.items() if name != "csrf_token"}


FORM_STEPS = {
    "who": FormStep(_who_form, who_values),
    "guardian": FormStep(_guardian_form, _plain),
    "where": FormStep(_where_form, where_values),
    "want": FormStep(_want_form, _want_values),
    "schooling": FormStep(_schooling_form, _plain),
}


@dataclass(frozen=True, slots=True)
class ListStep:
    """Rows with one form to add another. `row` reads the form; None: nothing was typed."""

    make: Callable[[], Any]
    row: Callable[[Any], dict[str, Any] | None]
    rows: Callable[[Worker], list[tuple[int, dict[str, Any]]]]
    key: str

    def add(self, worker: Worker, step: str, row: dict[str, Any], actor: Any) -> None:
        kept = [values for _id, values in self.rows(worker)]
        if row not in kept:
            self._save(worker, step, [*kept, row], actor)

    def remove(self, worker: Worker, step: str, row_id: int, actor: Any) -> None:
        self._save(worker, step, [values for one, values in self.rows(worker) if one != row_id], actor)

    def _save(self, worker: Worker, step: str, rows: list[dict[str, Any]], actor: Any) -> None:
        operations.save_step(worker, step, {self.key: rows}, actor=actor, now=now())


def occupation_found(form: Any, typed: str) -> str | None:
    options = occupations.search(typed, 8)
    if not options:
        raise Invalid(
            _("Chưa hiểu việc này. Bạn thử ghi bằng từ khác, ví dụ thợ hồ, phụ bếp."), field="words"
        )
    code: str | None = form.pick(
        typed, [(option.code, option.label) for option in options], occupations.resolve(typed)
    )
    if code is None:
        form.choice.choices = [
            (option.code, f"{option.note} ({option.label})" if option.note else option.label)
            for option in options
        ]
    return code


def _can_row(form: CanForm) -> dict[str, Any] | None:
    if not form.words.data:
        return None
    code = occupation_found(form, form.words.data)
    if code is None:
        raise Unclear
    return {"code": code, "words": form.words.data, "months": form.whole_months(), "is_wanted": True}


def _can_rows(worker: Worker) -> list[tuple[int, dict[str, Any]]]:
    return [
        (row.id, {"code": row.code, "words": row.words, "months": row.months, "is_wanted": row.is_wanted})
        for row in worker.occupations
    ]


def _experience_row(form: ExperienceForm) -> dict[str, Any] | None:
    if not form.title.data:
        # Going on without a place is fine; adding one is not.
        if "add" in request.form:
            raise Invalid(_("Hãy ghi bạn đã làm việc gì."), field="title")
        return None
    months = form.whole_months()
    if not months and form.from_year.data:
        months = 12 * max(0, (form.to_year.data or today().year) - form.from_year.data)
    return {
        "title": form.title.data,
        "workplace": form.workplace.data or "",
        "from_year": form.from_year.data,
        "to_year": form.to_year.data,
        "months": months,
        "occupation_code": occupations.resolve(form.title.data),
    }


def _experience_rows(worker: Worker) -> list[tuple[int, dict[str, Any]]]:
    names = ("title", "workplace", "from_year", "to_year", "months", "occupation_code")
    return [(row.id, {name: getattr(row, name) for name in names}) for row in worker.experiences]


def _paper_row(form: PaperForm) -> dict[str, Any] | None:
    if not form.scale.data:
        return None
    if not form.level_typed:
        if request.form.get("level") is None and request.form.get("points") is None:
            raise Unclear
        field = "points" if form.wants_points else "level"
        raise Invalid(
            _("Hãy ghi số điểm.") if form.wants_points else _("Hãy chọn bậc hoặc hạng."), field=field
        )
    return {"scale": form.scale.data, "level": form.level_typed, "expires_on": form.expires_on.data}


def _paper_rows(worker: Worker) -> list[tuple[int, dict[str, Any]]]:
    return [
        (row.id, {"scale": row.scale, "level": row.level, "expires_on": row.expires_on})
        for row in worker.certificates
    ]


LIST_STEPS = {
    "can": ListStep(CanForm, _can_row, _can_rows, "occupations"),
    "experience": ListStep(ExperienceForm, _experience_row, _experience_rows, "experiences"),
    "languages": ListStep(PaperForm, _paper_row, _paper_rows, "certificates"),
}
