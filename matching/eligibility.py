"""The hard requirements: each kind a named rule over the columns, with yes, no or unknown for every row.

What may be asked at all is checked here too (`check`): the library refuses an opening that would rank by sex
or by an age narrower than the law's without an approved contract behind it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.columns import Mask, Rows, any_of
from matching.model import skill_key
from matching.neutral import says_only_who
from matching.numbers import NO_DATE, UNKNOWN, code_number, day_number, word_number
from matching.places import is_near, province_of
from matching.scales import education_order, satisfying, scales
from matching.table import OTHER_SEX, SEXES, Table
from matching.types import HOME, Answer, OpeningProfile, Requirement

NO, YES, OPEN = 0, 1, 2
"""Verdicts in columns; `OPEN` is "unknown"."""
ANSWERS: tuple[Answer, ...] = ("no", "yes", "unknown")

Answers = NDArray[np.int8]
Column = Callable[[Table, Rows, Requirement, date], Answers]

WORKING_AGE = 15
ADULT_AGE = 18
"""Labour Code 2019 Art 143; Law 69/2020 Art 44 asks for full civil capacity abroad."""


def _pick(yes: Mask, unknown: Mask) -> Answers:
    return np.where(yes, YES, np.where(unknown, OPEN, NO)).astype(np.int8)


def number_code(number: int) -> str:
    """Return the code that `code_number` turned into a number; "" for none."""
    return str(number)[1:]


def _age(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    born = np.asarray(table.birth)[rows]
    years = (day_number(on) - born) // 10000
    fits = {">=": years >= need.value, "<=": years <= need.value, "=": years == need.value}[need.op]
    return _pick(fits & (born != NO_DATE), born == NO_DATE)


def _sex(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    sex = np.asarray(table.sex)[rows]
    return _pick(sex == SEXES.get(need.value, OTHER_SEX + 1), sex == 0)


def _education(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    order, least = np.asarray(table.education)[rows], education_order(need.value) or 0
    return _pick(order >= (least or UNKNOWN), order == UNKNOWN)


def _experience(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    done = table.occupations
    counts = np.append(counted_codes(table, need), False)
    entries, owners = done.gather(rows)
    counted = counts[np.asarray(done.which)[entries]]
    months = np.asarray(done.extra[0])[entries]
    stated = counted & (months != UNKNOWN)
    total = np.zeros(len(rows), dtype=np.int64)
    np.add.at(total, owners[stated], months[stated])
    vague = any_of(owners, counted & (months == UNKNOWN), len(rows))
    return _pick(total >= least_months(need), vague | ~table.was_asked(rows, "occupations"))


def counted_codes(table: Table, need: Requirement) -> Mask:
    """Tell for each occupation that is known to the table whether its months count."""
    prefix = str(need.value.get("code") or "")
    known = table.occupations.known.tolist()
    return np.array([number_code(code).startswith(prefix) for code in known], dtype=bool)


def least_months(need: Requirement) -> int:
    """Return the months that an experience must have."""
    return max(1, int(need.value.get("months") or 0))


def _has(question: str) -> Column:
    """Return the rule "has this among the answers to a question"."""

    def column(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
        stated = getattr(table, question)
        entries, owners = stated.gather(rows)
        hits = np.asarray(stated.which)[entries] == stated.place_of(asked_word(need))
        return _pick(any_of(owners, hits, len(rows)), ~table.was_asked(rows, question))

    return column


def asked_word(need: Requirement) -> int:
    """Return the number of the skill or shift asked for."""
    return word_number(skill_key(str(need.value)) if need.kind == "skill" else str(need.value))


def wanted_level(need: Requirement) -> tuple[str, str]:
    """Return scale and level of a certificate or licence requirement."""
    if need.kind == "licence":
        return "driving", str(need.value)
    return str(need.value["scale"]), str(need.value["level"])


def _certificate(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    held = table.certificates
    scale, level = wanted_level(need)
    entries, owners = held.gather(rows)
    orders, expires = (np.asarray(column)[entries] for column in held.extra)
    mine = np.asarray(held.which)[entries] == held.place_of(word_number(scale))
    valid = mine & (expires >= day_number(on))
    enough = valid & satisfies(orders, scale, level)
    vague = any_of(owners, valid & (orders == UNKNOWN), len(rows))
    asked = table.was_asked(rows, "certificates")
    return _pick(any_of(owners, enough, len(rows)), vague | ~asked)


def satisfies(orders: NDArray[Any], scale: str, level: str) -> Mask:
    """Tell which levels of a scale, given by their order, are enough."""
    good = satisfying(scale, level)
    return orders >= good if isinstance(good, int) else np.isin(orders, sorted(good))


def _place(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    """Lives there, or wants to work there; a province that was named takes its communes in."""
    commune = np.asarray(table.commune)[rows]
    wants = _named(table, rows, named_codes(table, need)) | wants_country(table, rows, HOME)
    said = table.was_asked(rows, "places")
    return _pick(home_codes(table, need)[commune] | wants, (commune == 0) & ~said)


def _lives(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    """Lives in exactly that commune: what a list is narrowed to, never a requirement."""
    commune = np.asarray(table.commune)[rows]
    return _pick(home_codes(table, need)[commune], commune == 0)


def home_codes(table: Table, need: Requirement) -> Mask:
    """Tell for each commune that is known to the table whether living there is a yes."""
    if need.kind == "lives":
        same: Mask = np.asarray(table.communes) == code_number(str(need.value))
        return same
    codes = [number_code(number) for number in table.communes.tolist()]
    if need.kind == "place":
        return np.array([str(need.value) in (code, province_of(code)) for code in codes], dtype=bool)
    province = province_of(need.value.get("place"))
    return np.array([province is not None and province_of(code) == province for code in codes], dtype=bool)


def named_codes(table: Table, need: Requirement) -> Mask:
    """Tell for each place that somebody named whether naming it is a yes."""
    codes = [number_code(number) for number in table.places.known.tolist()]
    if need.kind == "place":
        place = str(need.value)
        good = [code in (place, province_of(place)) for code in codes]
    else:
        place = need.value.get("place")
        good = [place is None or is_near(place, code) for code in codes]
    return np.array(good, dtype=bool)


def _named(table: Table, rows: Rows, good: Mask) -> Mask:
    """Tell who named a place that is good."""
    entries, owners = table.places.gather(rows)
    return any_of(owners, np.append(good, False)[np.asarray(table.places.which)[entries]], len(rows))


def wants_country(table: Table, rows: Rows, country: str) -> Mask:
    """Tell who named a country."""
    named = table.countries
    entries, owners = named.gather(rows)
    hits = np.asarray(named.which)[entries] == named.place_of(word_number(country))
    return any_of(owners, hits, len(rows))


def names_a_country(table: Table, rows: Rows) -> Mask:
    """Tell who named a country: only then is silence about places at home an answer."""
    starts = np.asarray(table.countries.starts)
    named: Mask = starts[rows + 1] > starts[rows]
    return named


def wants_place(table: Table, rows: Rows, place: str) -> Mask:
    """Tell who named a place in Vietnam that takes in the workplace or lies near it."""
    good = named_codes(table, Requirement("wants", "in", {"place": place}))
    return _named(table, rows, good) | wants_country(table, rows, HOME)


def _wants(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    """The wish for the place of the opening itself; value {"country", "place"}.

    Somebody who said where and not there: no. Somebody who said nothing: yes in the province they live in,
    otherwise unknown.
    """
    country, place = need.value.get("country"), need.value.get("place")
    if country not in (None, HOME):
        said = table.was_asked(rows, "places") | table.was_asked(rows, "countries")
        return _pick(wants_country(table, rows, country), ~said)
    said = table.was_asked(rows, "places") | names_a_country(table, rows)
    wants = wants_country(table, rows, HOME) | _named(table, rows, named_codes(table, need))
    if place is None:
        return _pick(wants | ~said, ~said)
    lives = home_codes(table, need)[np.asarray(table.commune)[rows]]
    return _pick(wants | (~said & lives), ~said)


@dataclass(frozen=True)
class Rule:
    """One kind of requirement: how it reads the columns, what it takes, whether a person can change it."""

    column: Column
    ops: tuple[str, ...]
    changeable: bool = True


RULES: dict[str, Rule] = {
    "age": Rule(_age, (">=", "<=", "="), changeable=False),
    "sex": Rule(_sex, ("=",), changeable=False),
    "education": Rule(_education, (">=",)),
    "experience": Rule(_experience, (">=",)),
    "skill": Rule(_has("skills"), ("has",)),
    "certificate": Rule(_certificate, (">=",)),
    "licence": Rule(_certificate, ("has", ">=")),
    "shift": Rule(_has("shifts"), ("accepts", "has")),
    "place": Rule(_place, ("in", "=")),
    "wants": Rule(_wants, ("in",)),
    "lives": Rule(_lives, ("=",)),
}
KINDS = tuple(kind for kind in RULES if kind not in ("wants", "lives"))
"""Kinds that an opening may state; "wants" is made from the opening itself, "lives" narrows a list."""


def answers(table: Table, rows: Rows, need: Requirement, on: date) -> Answers:
    """Return the verdict of one requirement for some rows.

    Parameters
    ----------
    table : Table
    rows : ndarray of int64, shape (n,)
    need : Requirement
        With `any_of` the best of the alternatives counts.
    on : date
        The day on which ages and certificates are read.

    Returns
    -------
    ndarray of int8, shape (n,)
        `YES`, `NO` or `OPEN`.
    """
    if not need.any_of:
        return RULES[need.kind].column(table, rows, need, on)
    found = [answers(table, rows, one, on) for one in need.any_of]
    yes = np.any([one == YES for one in found], axis=0)
    return _pick(yes, np.any([one == OPEN for one in found], axis=0))


def leaves(need: Requirement) -> Iterator[Requirement]:
    """Yield the requirements inside one, itself if it has no alternatives."""
    if need.any_of:
        for one in need.any_of:
            yield from leaves(one)
    else:
        yield need


def is_changeable(need: Requirement) -> bool:
    """Tell whether a person can come to satisfy it: never an age, never a sex."""
    if not need.any_of:
        return RULES[need.kind].changeable
    return any(is_changeable(one) for one in need.any_of)


def gates(opening: OpeningProfile) -> tuple[Requirement, ...]:
    """Return the hard requirements of an opening, the wish for its place last."""
    stated = tuple(need for need in opening.requirements if need.hard)
    where = {"country": opening.country or HOME, "place": opening.place}
    return (*stated, Requirement("wants", "in", where))


def wishes(opening: OpeningProfile) -> tuple[Requirement, ...]:
    """Return the requirements that only move the score."""
    return tuple(need for need in opening.requirements if not need.hard)


def check(opening: OpeningProfile) -> None:
    """Refuse an opening that may not be ranked, or that asks for something the library does not know.

    Raises
    ------
    ValueError
        For an unknown kind, operator, scale, level or schooling; for a skill that says only who somebody
        is; for a sex or an age as a wish; for a sex, or an age narrower than the law's, unless the opening is
        overseas and the requirement names its source.
    """
    for need in opening.requirements:
        for one in leaves(need):
            if one.kind not in KINDS:
                raise ValueError(f"the ranking knows no requirement {one.kind!r}")
            if one.op not in RULES[one.kind].ops:
                raise ValueError(f"a requirement {one.kind!r} takes {RULES[one.kind].ops}, not {one.op!r}")
            _check_value(one)
            if one.kind in ("age", "sex"):
                _check_law(opening, one, need.hard)


def _check_value(need: Requirement) -> None:
    if need.kind == "skill" and says_only_who(str(need.value)):
        raise ValueError(f"{need.value!r} says who somebody is, not what they can do")
    if need.kind == "education" and education_order(need.value) is None:
        raise ValueError("a requirement 'education' needs a level")
    if need.kind in ("certificate", "licence"):
        scale, level = wanted_level(need)
        if scale not in scales():
            raise ValueError(f"no certificate scale {scale!r}")
        satisfying(scale, level)


def _check_law(opening: OpeningProfile, need: Requirement, hard: bool) -> None:
    if not hard:
        raise ValueError(
            f"{need.kind!r} may be a gate with a source, never a wish: it must not move the score"
        )
    if opening.is_overseas:
        lawful = need.kind == "age" and need.op == ">=" and need.value <= ADULT_AGE
        if not lawful and not need.source:
            raise ValueError(f"{need.kind!r} needs the number of the approved contract as its source")
        return
    if need.kind == "sex":
        raise ValueError("'sex' is a requirement of overseas openings with an approved contract only")
    limit = ADULT_AGE if need.source else WORKING_AGE
    if need.op != ">=" or need.value > limit:
        raise ValueError(
            f"'age' {need.op} {need.value} is narrower than the law's: at home {WORKING_AGE}, or {ADULT_AGE} "
            "with the article that bars minors as its source"
        )
