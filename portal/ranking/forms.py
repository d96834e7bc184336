"""Narrowing a ranked list, and naming a person."""

from functools import lru_cache

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField

from matching.types import Requirement
from portal.common.text import fold
from portal.reference.education import education_choices
from portal.reference.places import places
from portal.web.fields import Longest
from portal.web.forms import FilterForm


@lru_cache(maxsize=1)
def _communes_by_name() -> tuple[tuple[str, str], ...]:
    communes = sorted(places().communes(), key=lambda place: fold(place.name))
    return tuple((place.code, place.name) for place in communes)


class CandidateFilter(FilterForm):
    commune = SelectField(_l("Nơi ở"), choices=[], default="")
    education = SelectField(_l("Học vấn từ"), choices=[], default="")
    new_only = BooleanField(_l("Chỉ người chưa có trong việc này"))

    def fill(self) -> "CandidateFilter":
        everywhere = [("", _l("Tất cả"))]
        self.commune.choices = everywhere + list(_communes_by_name())
        self.education.choices = everywhere + list(education_choices())
        self.validate()
        for name in self.errors:
            # Somebody wrote the address by hand: said at the field, and nothing is narrowed by it.
            self[name].data = ""
        return self

    def stated(self) -> dict[str, object]:
        """What is recorded with the list: only what was chosen."""
        chosen = {
            "commune": self.commune.data,
            "education": self.education.data,
            "new_only": self.new_only.data,
        }
        return {name: value for name, value in chosen.items() if value}

    def gates(self) -> tuple[Requirement, ...]:
        """What was chosen, for the index to apply; whom one has already is asked of the database."""
        gates = []
        if self.commune.data:
            gates.append(Requirement("lives", "=", self.commune.data))
        if self.education.data:
            gates.append(Requirement("education", ">=", self.education.data))
        return tuple(gates)


class PersonForm(FilterForm):
    q = StringField(_l("Tên, số điện thoại hoặc mã hồ sơ"), validators=[Longest(120)])

    def named(self) -> str:
        """What to look for; nothing where it cannot be looked for, said at the field."""
        return self.q.data or "" if self.validate() else ""
