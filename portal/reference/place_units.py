"""The units themselves: today's communes and provinces, and those that ended on 2025-06-30.

Numbers were given out anew in 2025, so an ended unit carries its old official number with the year in
which it ended ("30280-2025"); a unit of today carries its official number alone ("30307").
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from portal.reference.datafiles import date_or_none, read_rows

AN_GIANG = "91"


class Level(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


# kind in the data file -> level, the word in front of the name
KINDS = {
    "province": (Level.PROVINCE, "Tỉnh"),
    "municipality": (Level.PROVINCE, "Thành phố"),
    "district": (Level.DISTRICT, "Huyện"),
    "town": (Level.DISTRICT, "Thị xã"),
    "city": (Level.DISTRICT, "Thành phố"),
    "commune": (Level.COMMUNE, "Xã"),
    "ward": (Level.COMMUNE, "Phường"),
    "township": (Level.COMMUNE, "Thị trấn"),
    "special_zone": (Level.COMMUNE, "Đặc khu"),
}


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    official_code: str
    name: str
    kind: str
    parent: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    @property
    def level(self) -> Level:
        return KINDS[self.kind][0]

    @property
    def full_name(self) -> str:
        return f"{KINDS[self.kind][1]} {self.name}"

    @property
    def ended(self) -> bool:
        return self.valid_to is not None

    def stood_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Successor(NamedTuple):
    """A unit of today that took over an ended one: `whole`, or only a `part` of it."""

    code: str
    share: str


class PlaceRegister:
    """Every unit by code, with its parents and successors. Pure: loaded once from the data files."""

    def __init__(self) -> None:
        self._by_code = {
            row["code"]: Place(
                code=row["code"],
                official_code=row["official_code"],
                name=row["name"],
                kind=row["kind"],
                parent=row["parent"],
                valid_from=date_or_none(row["valid_from"]),
                valid_to=date_or_none(row["valid_to"]),
            )
            for row in read_rows("places.csv")
        }
        self._successors: dict[str, list[Successor]] = {}
        self._predecessors: dict[str, list[Successor]] = {}
        for row in read_rows("place_successions.csv"):
            self._successors.setdefault(row["old"], []).append(Successor(row["new"], row["share"]))
            self._predecessors.setdefault(row["new"], []).append(Successor(row["old"], row["share"]))

    def __iter__(self) -> Iterator[Place]:
        return iter(self._by_code.values())

    def get(self, code: str | None) -> Place | None:
        return self._by_code.get(code or "")

    def name(self, code: str | None) -> str:
        """ "Xã Chợ Vàm" for a known code, the code itself otherwise: a page never shows nothing."""
        place = self.get(code)
        return place.full_name if place else (code or "")

    def communes(self) -> list[Place]:
        """Today's 102 units of An Giang."""
        return [place for place in self if place.level is Level.COMMUNE and not place.ended]

    def provinces(self) -> list[Place]:
        """Today's 34, the centre's own first."""
        today = [place for place in self if place.level is Level.PROVINCE and not place.ended]
        return sorted(today, key=lambda place: place.code != AN_GIANG)

    def current(self, code: str) -> list[Successor]:
        """Where a unit is today: itself, or its successors, a whole one first."""
        place = self.get(code)
        if place is None:
            return []
        if not place.ended:
            return [Successor(code, "whole")]
        return sorted(self._successors.get(code, []), key=lambda successor: successor.share != "whole")

    def predecessors(self, code: str) -> list[Successor]:
        """The ended units (communes and districts, or provinces) that a unit of today was made from."""
        return list(self._predecessors.get(code, []))

    def ancestors(self, place: Place) -> list[Place]:
        found = []
        parent = self.get(place.parent)
        while parent is not None:
            found.append(parent)
            parent = self.get(parent.parent)
        return found

    def within(self, code: str) -> list[Place]:
        """The units directly below."""
        return [place for place in self if place.parent == code]

    def label(self, place: Place) -> str:
        """An ended commune with its district, because several had the same name."""
        if place.ended and place.parent:
            above = "".join(f", {_small(parent.full_name)}" for parent in self.ancestors(place))
            return place.full_name + above
        return place.full_name

    def contexts(self, place: Place) -> list[Place]:
        """Units that people name after this one in an address: those above it, today and before 2025."""
        found = self.ancestors(place)
        for code, _share in self.predecessors(place.code):
            before = self._by_code[code]
            if before.level is Level.DISTRICT:
                found += [before, *self.ancestors(before)]
        if place.ended:
            for code, _share in self.current(place.code):
                after = self._by_code[code]
                found += [after, *self.ancestors(after)]
        return list(dict.fromkeys(found))


def _small(full_name: str) -> str:
    return full_name[0].lower() + full_name[1:]
