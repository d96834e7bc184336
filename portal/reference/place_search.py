"""Finding a unit by what a person typed: old name, no marks, a slip, a district behind it."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz

from portal.reference.datafiles import read_rows
from portal.reference.place_units import Level, Place, PlaceRegister, Successor
from portal.reference.place_words import Name, likeness, prefix_fits, split_prefix, tokens

SEPARATORS = re.compile(r"[,;:|/()\n]+|\s+[-–]\s+")
ALIAS_SCORE = 96.0
CONTEXT_FITS, CONTEXT_MISSES = 6.0, -12.0
PREFIX_WEIGHT = 4.0
STANDS_TODAY = 3.0
# People write the smallest unit first.
LATER_PART = 5.0
# With a good match found, a weak one is noise.
SPREAD = 25.0
# The likeness from which a name around is taken as meant: one slip in a word of usual length.
SURELY_MEANT = 75.0
# Less than any other difference: marks only order names that are otherwise equal.
SAME_MARKS = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    place: Place
    score: float
    label: str
    current: tuple[Successor, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: a name with its prefix, and the names of what lies around it."""

    kinds: frozenset[str]
    name: tuple[str, ...]
    around: tuple[frozenset[tuple[str, ...]], ...]
    order: int = 0


class PlaceSearch:
    def __init__(self, register: PlaceRegister) -> None:
        self.register = register
        self.names = {place.code: Name.of(place.name) for place in register}
        self.aliases: dict[tuple[str, ...], str] = {
            tokens(row["alias"]): row["code"] for row in read_rows("place_aliases.csv")
        }
        self.around = {
            place.code: frozenset(self.names[above.code].words for above in register.contexts(place))
            for place in register
        }
        self._above = frozenset(
            self.names[place.code].words for place in register if place.level is not Level.COMMUNE
        )

    def search(
        self, text: str, limit: int = 10, on: dt.date | None = None, kind: str | Level | None = None
    ) -> list[Match]:
        """The best `limit` units. `on` keeps those that stood on that day, `kind` a level or a kind."""
        readings = self.readings(text)
        marked = unicodedata.normalize("NFC", text).lower()
        scored: list[tuple[float, Place]] = []
        for place in self.register:
            if (on and not place.stood_on(on)) or (kind and kind not in (place.level, place.kind)):
                continue
            score = max((self.score(place, reading) for reading in readings), default=0.0)
            if score > 0:
                same_marks = SAME_MARKS * fuzz.partial_ratio(place.name.lower(), marked) / 100
                scored.append((score + same_marks + (0.0 if place.ended else STANDS_TODAY), place))
        best = max((score for score, _place in scored), default=0.0)
        scored = [pair for pair in scored if pair[0] >= best - SPREAD]
        scored.sort(key=lambda pair: (-pair[0], pair[1].ended, pair[1].name, pair[1].code))
        return [
            Match(place, score, self.register.label(place), tuple(self.register.current(place.code)))
            for score, place in self._without_doubles(scored)[:limit]
        ]

    def readings(self, text: str) -> list[Reading]:
        parts = [words for words in (tokens(part) for part in SEPARATORS.split(text)) if words]
        if len(parts) > 1:
            found = []
            for order, part in enumerate(parts):
                found += self._reading(part, parts[:order] + parts[order + 1 :], order)
            return found
        if not parts:
            return []
        words = parts[0]
        found = self._reading(words, [])
        for cut in range(1, len(words)):
            tails = {self.expand(split_prefix(words[cut:])[1]), words[cut:]}
            if tails & self._above:
                found += self._reading(words[:cut], [words[cut:]])
        return found

    def _reading(
        self, words: tuple[str, ...], around: list[tuple[str, ...]], order: int = 0
    ) -> list[Reading]:
        # "Tịnh Biên" begins like "tỉnh": words are read both with a prefix taken off and as they are.
        others = tuple(frozenset({self.expand(split_prefix(part)[1]), part}) for part in around)
        kinds, name = split_prefix(words)
        plain = Reading(frozenset(), words, others, order)
        return [Reading(kinds, name, others, order), plain] if kinds else [plain]

    def expand(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """ "LX" as "long xuyen", "HCM" as "ho chi minh"."""
        code = self.aliases.get(words)
        return self.names[code].words if code else words

    def score(self, place: Place, reading: Reading) -> float:
        base = likeness(reading.name, self.names[place.code])
        alias = self.aliases.get(reading.name)
        if alias is not None and base < ALIAS_SCORE:
            target = self.register.get(alias)
            # "LX" is the old city and also the ward of today with its name.
            if target is place or (target and target.ended and self._succeeds(place, target)):
                base = ALIAS_SCORE
        if base <= 0:
            return 0.0
        base += PREFIX_WEIGHT * prefix_fits(reading.kinds, place) - LATER_PART * reading.order
        for around in reading.around:
            fits = any(
                likeness(typed, Name(words, " ".join(words))) >= SURELY_MEANT
                for words in self.around[place.code]
                for typed in around
            )
            base += CONTEXT_FITS if fits else CONTEXT_MISSES
        return base

    def _succeeds(self, place: Place, target: Place) -> bool:
        return place.name == target.name and any(
            code == place.code for code, _share in self.register.current(target.code)
        )

    def _without_doubles(self, scored: list[tuple[float, Place]]) -> list[tuple[float, Place]]:
        """An ended unit is left out beside the unit of today that bears its name and took it over whole."""
        shown = {place.code for _score, place in scored if not place.ended}
        return [
            (score, place)
            for score, place in scored
            if not (
                place.ended
                and any(
                    share == "whole" and code in shown and self._same_name(code, place)
                    for code, share in self.register.current(place.code)
                )
            )
        ]

    def _same_name(self, code: str, place: Place) -> bool:
        return self.names[code].words == self.names[place.code].words
