"""Names for codes, in every template: `place_name`, `country_name`, `occupation_name`, `education_name`."""

from flask import Flask

from portal.reference import occupations
from portal.reference.countries import country_name
from portal.reference.education import education_label
from portal.reference.places import places


def place_name(code: str | None) -> str:
    return places().name(code)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        place_name=place_name,
        country_name=country_name,
        occupation_name=occupations.name,
        education_name=education_label,
    )
