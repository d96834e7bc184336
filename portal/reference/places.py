"""The places of the portal: one door to the units, the search and the reading of addresses.

`places().get("30409")`, `places().search("cho vam")`, `places().understand_address("ấp 3, xã Vĩnh Hanh")`.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from portal.reference.addresses import Address, AddressReader, Sureness
from portal.reference.place_search import Match, PlaceSearch
from portal.reference.place_units import AN_GIANG, Level, Place, PlaceRegister, Successor

__all__ = [
    "AN_GIANG",
    "Address",
    "Level",
    "Match",
    "Place",
    "PlaceOption",
    "Places",
    "Successor",
    "Sureness",
    "places",
    "understand_address",
]


@dataclass(frozen=True, slots=True)
class PlaceOption:
    """A unit of today to choose, with the old name that led to it."""

    code: str
    name: str
    formerly: str = ""
    share: str = "whole"


# Letters of an address that are read: no real one is as long, and the time grows faster than the length.
LONGEST = 300


class Places(PlaceRegister):
    def __init__(self) -> None:
        super().__init__()
        self._search = PlaceSearch(self)
        self._addresses = AddressReader(self._search)

    def search(
        self, text: str, limit: int = 10, on: dt.date | None = None, kind: str | Level | None = None
    ) -> list[Match]:
        return self._search.search(text[:LONGEST], limit, on, kind)

    def understand_address(self, text: str) -> Address:
        return self._addresses.understand(text[:LONGEST])

    def options(self, text: str, limit: int = 12, level: Level = Level.COMMUNE) -> list[PlaceOption]:
        """Units of today to offer in a form: an old name brings its successors, a district all of them."""
        found: dict[str, PlaceOption] = {}
        for match in self.search(text, limit):
            for code, share in match.current:
                place = self._by_code[code]
                if place.level is level:
                    formerly = match.label if match.place.ended else ""
                    found.setdefault(code, PlaceOption(code, place.full_name, formerly, share))
        if not found and level is Level.COMMUNE:
            for code in self.understand_address(text).communes:
                found[code] = PlaceOption(code, self.name(code))
        return list(found.values())[: max(limit, 1)]


@lru_cache(maxsize=1)
def places() -> Places:
    return Places()


def understand_address(text: str) -> Address:
    return places().understand_address(text)
