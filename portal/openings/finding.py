"""The public filter: what somebody typed, as conditions of a query and sentences about it."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from portal.openings.queries import Openings
from portal.openings.states import Sphere
from portal.reference.countries import country_code
from portal.reference.occupations import exists, search
from portal.reference.places import Level, places

# Of the occupations that a word brings, only near ones widen the list.
MOST_CODES = 3


@dataclass
class Wish:
    """What a visitor looks for. `sentences` tell how it was read, where it is not plain."""

    words: str = ""
    place: str = ""
    sphere: str = ""
    least: int | None = None
    sentences: list[str] = field(default_factory=list)

    def narrow(self, query: Openings) -> Openings:
        query = self._by_words(query)
        query = self._by_place(query)
        if self.sphere in Sphere.values():
            query = query.in_sphere(Sphere(self.sphere))
        return query.paying(self.least) if self.least else query

    def _by_words(self, query: Openings) -> Openings:
        if self.words.isdigit() and exists(self.words):
            return query.in_occupation(self.words)
        near = [option.code for option in search(self.words, MOST_CODES)] if len(self.words) > 2 else []
        return query.search(self.words, [code for code in near if len(code) >= 4][:1])

    def _by_place(self, query: Openings) -> Openings:
        if not self.place:
            return query
        country = country_code(self.place)
        if country and country != "VN":
            return query.in_country(country)
        provinces, communes = find_places(self.place)
        if not provinces and not communes:
            self.sentences.append(
                _("Chưa tìm thấy nơi nào tên “%(place)s”, nên danh sách này có mọi nơi.", place=self.place)
            )
            return query
        if communes:
            names = ", ".join(places().name(code) for code in communes[:4])
            self.sentences.append(_("Nơi làm việc: %(names)s.", names=names))
        return query.in_places(provinces, communes)


def find_places(text: str) -> tuple[list[str], list[str]]:
    """(provinces, communes) of today for a name of today or of before July 2025."""
    matches = places().search(text, limit=3)
    if not matches:
        read = places().understand_address(text)
        return ([read.province] if read.province and not read.communes else []), list(read.communes)
    best = matches[0]
    codes = [successor.code for successor in best.current]
    if best.place.level is Level.PROVINCE:
        return codes, []
    return [], codes


def wish_of(form: Any) -> Wish:
    return Wish(
        words=(form.q.data or "").strip()[:100],
        place=(form.place.data or "").strip()[:100],
        sphere=form.sphere.data or "",
        least=form.wage.data,
    )
