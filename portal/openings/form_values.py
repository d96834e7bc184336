"""Between the form and an opening: what was typed resolved to codes, and a stored opening as form data."""

from typing import Any

from flask_babel import gettext as _

from portal.errors import Invalid
from portal.openings.forms import DomesticForm, OpeningForm, OverseasForm
from portal.openings.models import Opening
from portal.openings.requirement_forms import row_data
from portal.openings.rules import Need
from portal.openings.states import Sphere, WagePeriod
from portal.reference import occupations
from portal.reference.occupations import OccupationOption
from portal.reference.places import AN_GIANG, places

# ruff: noqa: E501 (lists of names)
COMMON = (
    "title", "text", "requirements_text", "positions", "wage_min", "wage_max", "wage_currency", "wage_note",
    "working_time", "benefits", "barred_to_minors", "is_part_time", "starts_on", "expires_on",
    "contact_name", "contact_email",
)  # fmt: skip
TERMS = (
    "workplace", "receiver", "supply_contract_number", "approval_number", "approval_date", "approved_quantity",
)  # fmt: skip


def form_class(sphere: Sphere) -> type[OpeningForm]:
    return OverseasForm if sphere == Sphere.OVERSEAS else DomesticForm


def proposals(form: OpeningForm) -> list[OccupationOption]:
    """Occupations that the title may mean, to choose with one press; none once one is chosen."""
    if form.occupation_code.data or not form.title.data:
        return []
    found = occupations.propose_occupations(form.title.data, form.text.data or "", limit=3)
    return [OccupationOption(one.code, occupations.name(one.code), one.word) for one in found]


def values_of(form: OpeningForm, sphere: Sphere) -> dict[str, Any]:
    """Column values; raises Invalid at the field that cannot be resolved."""
    values: dict[str, Any] = {name: form[name].data for name in COMMON}
    values = {name: "" if value is None and _is_text(form, name) else value for name, value in values.items()}
    values["sphere"] = sphere
    values["contact_phone"] = form.contact_phone.data or ""
    values["wage_period"] = WagePeriod(form.wage_period.data)
    values["occupation_code"] = _occupation(form)
    if isinstance(form, OverseasForm):
        values["country"] = form.country.data
        values["address_line"] = form.workplace.data or ""
    elif isinstance(form, DomesticForm):
        values["wage_currency"] = "VND"
        values["province_code"] = form.province_code.data
        values["commune_code"] = _commune(form)
        values["address_line"] = form.address_line.data or ""
        values["directions"] = form.directions.data or ""
    return values


def _is_text(form: OpeningForm, name: str) -> bool:
    return form[name].type in ("StringField", "TextAreaField")


def _occupation(form: OpeningForm) -> str | None:
    code = form.occupation_code.data or ""
    typed = form.occupation.data or ""
    if code and occupations.exists(code):
        return code
    if not typed:
        return None
    found = occupations.resolve(typed)
    if found is None:
        raise Invalid(_("Hãy chọn một nghề trong các gợi ý bên dưới."), field="occupation")
    return found


def _commune(form: DomesticForm) -> str | None:
    if form.province_code.data != AN_GIANG:
        return None
    place = places().get(form.commune_code.data)
    if place is not None and not place.ended:
        return place.code
    typed = form.place.data or ""
    options = places().options(typed, 2) if typed else []
    if typed and len(options) != 1:
        raise Invalid(
            _(
                "Có nhiều nơi tên như vậy: %(names)s. Hãy ghi rõ hơn.",
                names=", ".join(o.name for o in options),
            )
            if options
            else _("Chưa tìm thấy xã, phường này. Hãy ghi lại tên."),
            field="place",
        )
    return options[0].code if options else None


def terms_of(form: OpeningForm) -> dict[str, Any] | None:
    if not isinstance(form, OverseasForm):
        return None
    terms: dict[str, Any] = {name: form[name].data for name in TERMS}
    terms = {name: "" if value is None and _is_text(form, name) else value for name, value in terms.items()}
    return terms


def needs_of(form: OpeningForm) -> list[Need]:
    """The requirement rows; a row that cannot be read gets its error, and Invalid is raised at the end."""
    approval = form.approval_number.data or "" if isinstance(form, OverseasForm) else ""
    needs, wrong = [], False
    for row in form.requirements:
        try:
            needs.append(row.form.need(approval))
        except (Invalid, ValueError) as error:
            if not isinstance(error, Invalid):
                error = Invalid(_("Dòng này không đọc được. Hãy bỏ và thêm lại."))
            row.form.put_error(error)
            wrong = True
    if wrong:
        raise Invalid(_("Hãy sửa các điều kiện được đánh dấu."))
    return needs


def data_of(opening: Opening) -> dict[str, Any]:
    data: dict[str, Any] = {name: getattr(opening, name) for name in COMMON}
    data |= {
        "organisation_id": opening.organisation_id,
        "contact_phone": opening.contact_phone,
        "wage_period": opening.wage_period.value,
        "occupation": occupations.name(opening.occupation_code),
        "occupation_code": opening.occupation_code or "",
        "province_code": opening.province_code or AN_GIANG,
        "place": places().name(opening.commune_code),
        "commune_code": opening.commune_code or "",
        "address_line": opening.address_line,
        "directions": opening.directions,
        "country": opening.country,
        "requirements": [row_data(requirement) for requirement in opening.requirements],
    }
    if opening.overseas is not None:
        data |= {name: getattr(opening.overseas, name) for name in TERMS}
    return data
