"""Reading a whole address as people and spreadsheets write it, today's or one from before July 2025."""

from dataclasses import dataclass
from enum import StrEnum

from portal.reference.place_search import SEPARATORS, PlaceSearch
from portal.reference.place_units import AN_GIANG, Level, Place
from portal.reference.place_words import PREFIXES, prefix_before, prefix_fits, split_prefix, tokens

# A name after one of these is a hamlet, a street or a waterway, not a unit.
SMALLER = frozenset(
    {"ap", "khom", "to", "duong", "hem", "kenh", "kinh", "rach", "cau", "ql", "kp", "khu", "so"}
)
LONGEST_NAME = 5
# A name with a slip alone stays below ENOUGH: only a prefix or a district beside it makes it believable.
NAMED, OWN_PREFIX, WRONG_PREFIX, IN_DISTRICT, WRONG_DISTRICT, IN_PROVINCE, SLIP = 10, 3, -9, 6, -7, 2, -5
EXACT_KIND = 1
# Who writes "huyện" writes an address of before July 2025: "xã Thạnh Đông" is then the old one.
OLD_ADDRESS = 2
ENOUGH = 6


class Sureness(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    CHOOSE = "choose"
    PROVINCE = "province"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Address:
    """`communes` are today's units, the likeliest first; `province` is today's too."""

    sureness: Sureness
    communes: tuple[str, ...] = ()
    province: str | None = None
    read_as: str = ""

    @property
    def commune(self) -> str | None:
        """The one commune, when it is safe to fill it in."""
        return self.communes[0] if self.sureness in (Sureness.SURE, Sureness.LIKELY) else None


@dataclass(frozen=True, slots=True)
class Mention:
    place: Place
    start: int
    end: int
    prefix: frozenset[str]
    slip: bool = False
    # Nothing else stands between its commas: "Hà Nội | Hà Nội: 5 Phạm Hùng, Phường Cầu Giấy".
    alone: bool = False


class AddressReader:
    def __init__(self, search: PlaceSearch) -> None:
        self.find = search
        self.register = search.register
        self._by_words: dict[tuple[str, ...], list[Place]] = {}
        for place in self.register:
            self._by_words.setdefault(search.names[place.code].words, []).append(place)
        for words, code in search.aliases.items():
            target = self.register.get(code)
            if target:
                self._by_words.setdefault(words, []).append(target)

    def understand(self, text: str) -> Address:
        mentions = self._mentions(text)
        scored = self._scored_communes(mentions)
        outside = self._outside_province(mentions, scored)
        if outside:
            return Address(Sureness.PROVINCE, (), outside.code, outside.full_name)
        if scored:
            return self._from_communes(scored, mentions)
        districts = [
            m.place
            for m in mentions
            if m.place.level is Level.DISTRICT and prefix_fits(m.prefix, m.place) >= 0
        ]
        if districts:
            return self._from_districts(districts, mentions)
        provinces = [
            m for m in mentions if m.place.level is Level.PROVINCE and prefix_fits(m.prefix, m.place) >= 0
        ]
        if provinces:
            return Address(
                Sureness.PROVINCE, (), self._today(provinces[-1].place).code, provinces[-1].place.full_name
            )
        return Address(Sureness.UNKNOWN)

    def _mentions(self, text: str) -> list[Mention]:
        words: tuple[str, ...] = ()
        found: list[Mention] = []
        for part in SEPARATORS.split(text):
            piece = tokens(part)
            here = self._exact(piece, len(words))
            if piece and not here and piece[0] not in SMALLER:
                here = self._with_slip(part, piece, len(words))
            found += here
            words += piece
        return found

    def _exact(self, words: tuple[str, ...], offset: int) -> list[Mention]:
        """The longest names first, so that "Vĩnh Hòa Hưng" is not also read as "Vĩnh Hòa"."""
        found: list[Mention] = []
        taken: set[int] = set()
        for length in range(min(LONGEST_NAME, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                span = range(start, start + length)
                places = self._by_words.get(words[start : start + length])
                if not places or taken.intersection(span) or self._smaller_unit(words, start):
                    continue
                taken.update(span)
                prefix = prefix_before(words, start)
                alone = start + length == len(words) and (start == 0 or words[:start] in PREFIXES)
                found += [
                    Mention(place, offset + start, offset + start + length, prefix, alone=alone)
                    for place in places
                ]
        return found

    @staticmethod
    def _smaller_unit(words: tuple[str, ...], start: int) -> bool:
        # "đặc khu" ends like "khu", but is a unit of its own.
        return start > 0 and words[start - 1] in SMALLER and not prefix_before(words, start)

    def _with_slip(self, part: str, piece: tuple[str, ...], offset: int) -> list[Mention]:
        prefix, _name = split_prefix(piece)
        matches = self.find.search(part, limit=4)
        return [
            Mention(match.place, offset, offset + len(piece), prefix, slip=True)
            for match in matches
            if match.score >= matches[0].score - 3 and match.score >= 65
        ]

    def _scored_communes(self, mentions: list[Mention]) -> list[tuple[int, Mention]]:
        scored = []
        for mention in mentions:
            if mention.place.level is Level.COMMUNE:
                score = self._score(mention, mentions)
                if score >= ENOUGH:
                    scored.append((score, mention))
        return sorted(scored, key=lambda pair: (-pair[0], pair[1].place.ended))

    def _score(self, mention: Mention, mentions: list[Mention]) -> int:
        fits = prefix_fits(mention.prefix, mention.place)
        score = (
            NAMED
            + (OWN_PREFIX if fits > 0 else WRONG_PREFIX if fits < 0 else 0)
            + (SLIP if mention.slip else 0)
        )
        score += EXACT_KIND * (mention.place.kind in mention.prefix)
        around = self.find.around[mention.place.code]
        others = [other for other in mentions if other.start >= mention.end]
        for level, fit, miss in (
            (Level.DISTRICT, IN_DISTRICT, WRONG_DISTRICT),
            (Level.PROVINCE, IN_PROVINCE, -IN_PROVINCE),
        ):
            named = [m for m in others if m.place.level is level and prefix_fits(m.prefix, m.place) >= 0]
            if named:
                score += fit if any(self.find.names[m.place.code].words in around for m in named) else miss
        if mention.place.ended and any(
            "district" in other.prefix or "town" in other.prefix for other in others
        ):
            score += OLD_ADDRESS
        return score

    def _outside_province(self, mentions: list[Mention], scored: list[tuple[int, Mention]]) -> Place | None:
        """The first other province that is named as such; none where An Giang is named too."""
        named = [m for m in mentions if self._names_a_province(m, mentions)]
        if not named or any(self._today(mention.place).code == AN_GIANG for mention in named):
            return None
        # "Hòa Bình, Chợ Mới" is a commune with its district, though a province had the name.
        best = scored[0] if scored else None
        if best and best[0] >= NAMED + IN_DISTRICT and not best[1].slip:
            return None
        return self._today(named[0].place)

    @staticmethod
    def _names_a_province(mention: Mention, mentions: list[Mention]) -> bool:
        if mention.place.level is not Level.PROVINCE or prefix_fits(mention.prefix, mention.place) < 0:
            return False
        return mention.alone or bool(mention.prefix) or mention.start == max(m.start for m in mentions)

    def _from_communes(self, scored: list[tuple[int, Mention]], mentions: list[Mention]) -> Address:
        best = scored[0][0]
        equal = [mention for score, mention in scored if score == best]
        communes: dict[str, None] = {}
        split = False
        for mention in equal:
            for code, share in self.register.current(mention.place.code):
                communes[code] = None
                split = split or share == "part"
        top = equal[0]
        read_as = self.register.label(top.place)
        if len(communes) > 1 or split:
            return Address(Sureness.CHOOSE, tuple(communes), AN_GIANG, read_as)
        districts = self._districts_of_same_name(top, mentions)
        if districts:
            rest = dict.fromkeys([*communes, *districts])
            return Address(Sureness.CHOOSE, tuple(rest), AN_GIANG, read_as)
        sure = best >= NAMED + OWN_PREFIX and not top.slip
        return Address(Sureness.SURE if sure else Sureness.LIKELY, tuple(communes), AN_GIANG, read_as)

    def _districts_of_same_name(self, top: Mention, mentions: list[Mention]) -> list[str]:
        """ "Phú Tân, An Giang" may mean the commune of today or the district of before."""
        if top.prefix:
            return []
        same = [m.place for m in mentions if m.start == top.start and m.place.level is Level.DISTRICT]
        later = [m for m in mentions if m.start >= top.end and m.place.level is Level.DISTRICT]
        return [] if later else self._communes_of(self._in_named_province(same, mentions))

    def _from_districts(self, districts: list[Place], mentions: list[Mention]) -> Address:
        chosen = self._in_named_province(districts, mentions)
        communes = tuple(dict.fromkeys(self._communes_of(chosen)))
        sureness = Sureness.CHOOSE if len(communes) > 1 else Sureness.LIKELY
        return Address(sureness, communes, AN_GIANG, self.register.label(chosen[0]))

    def _in_named_province(self, districts: list[Place], mentions: list[Mention]) -> list[Place]:
        provinces = {m.place.name for m in mentions if m.place.level is Level.PROVINCE}
        named = [d for d in districts if any(a.name in provinces for a in self.register.ancestors(d))]
        return named if len(named) == 1 else districts

    def _communes_of(self, districts: list[Place]) -> list[str]:
        return [code for district in districts for code, _share in self.register.current(district.code)]

    def _today(self, place: Place) -> Place:
        after = self.register.current(place.code)
        return self.register.get(after[0].code) or place if after else place
