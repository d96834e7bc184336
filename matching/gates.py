"""The gates as packed bits over a whole table: the same verdicts as `eligibility`, read value by value.

A requirement is answered for everybody at once by walking only the entries that state its value, and kept:
most openings ask for the same ages, places and licences.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import numpy as np

from matching.columns import Bits, Coded, Mask, full_bits, pack
from matching.eligibility import (
    asked_word,
    counted_codes,
    home_codes,
    least_months,
    named_codes,
    names_a_country,
    satisfies,
    wanted_level,
)
from matching.numbers import NO_DATE, UNKNOWN, day_number, word_number
from matching.scales import education_order
from matching.table import ASKED, OTHER_SEX, SEXES, Table
from matching.types import HOME, Requirement
from matching.values import nearness

KEPT_GATES = 512
"""Answers kept for one table: two bits a person each, at most 128 MB for a million people."""


class Answered(NamedTuple):
    """Who answers a requirement with yes, and who has not answered it; bits of a table's rows."""

    yes: Bits
    unknown: Bits


class Gates:
    """The answers of one table to requirements, computed once and kept."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.everyone = full_bits(len(table))
        self._kept: OrderedDict[tuple[str, date], Answered] = OrderedDict()
        self._keeping = threading.Lock()

    def answered(self, need: Requirement, on: date) -> Answered:
        """Return the answers to one requirement; with `any_of` the best of the alternatives counts."""
        key = (f"{need.kind} {need.op} {need.value} {need.any_of}", on)
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self._any(need, on) if need.any_of else self._one(need, on)
        with self._keeping:
            self._kept[key] = found
            while len(self._kept) > KEPT_GATES:
                self._kept.popitem(last=False)
        return found

    def _any(self, need: Requirement, on: date) -> Answered:
        each = [self.answered(one, on) for one in need.any_of]
        yes = np.bitwise_or.reduce([one.yes for one in each])
        return Answered(yes, np.bitwise_or.reduce([one.unknown for one in each]) & ~yes)

    def _one(self, need: Requirement, on: date) -> Answered:
        yes, unknown = _RULES[need.kind](self.table, need, on)
        return Answered(pack(yes), pack(unknown & ~yes))


Masks = tuple[Mask, Mask]


def _stating(coded: Coded, good: Mask, n: int) -> Mask:
    """Tell who states one of the good values."""
    found = np.zeros(n, dtype=bool)
    inverted = coded.inverted
    for at in np.flatnonzero(good).tolist():
        found[inverted.rows[inverted.span(at, at + 1)]] = True
    return found


def _stating_word(coded: Coded, word: int, n: int) -> Mask:
    at = coded.place_of(word)
    return _stating(coded, np.arange(len(coded.known)) == at, n)


def _asked(table: Table, question: str) -> Mask:
    asked: Mask = np.asarray(table.asked) & (1 << ASKED.index(question)) != 0
    return asked


def _age(table: Table, need: Requirement, on: date) -> Masks:
    born, today = np.asarray(table.birth), day_number(on)
    at_least, at_most = today - 10000 * need.value, today - 10000 * (need.value + 1)
    fits = {
        ">=": lambda: born <= at_least,
        "<=": lambda: born > at_most,
        "=": lambda: (born <= at_least) & (born > at_most),
    }[need.op]()
    return fits & (born != NO_DATE), born == NO_DATE


def _sex(table: Table, need: Requirement, on: date) -> Masks:
    sex = np.asarray(table.sex)
    return sex == SEXES.get(need.value, OTHER_SEX + 1), sex == 0


def _education(table: Table, need: Requirement, on: date) -> Masks:
    order = np.asarray(table.education)
    return order >= (education_order(need.value) or UNKNOWN), order == UNKNOWN


def _experience(table: Table, need: Requirement, on: date) -> Masks:
    done, inverted, n = table.occupations, table.occupations.inverted, len(table)
    spans = [inverted.span(at, at + 1) for at in np.flatnonzero(counted_codes(table, need)).tolist()]
    rows = np.concatenate([np.zeros(0, dtype=np.int32), *(inverted.rows[one] for one in spans)])
    entries = np.concatenate([np.zeros(0, dtype=np.int32), *(inverted.entries[one] for one in spans)])
    months = np.asarray(done.extra[0])[entries]
    stated = months != UNKNOWN
    total = np.bincount(rows[stated], months[stated], minlength=n)
    vague = np.zeros(n, dtype=bool)
    vague[rows[~stated]] = True
    return total >= least_months(need), vague | ~_asked(table, "occupations")


def _has(question: str) -> Callable[[Table, Requirement, date], Masks]:
    def answer(table: Table, need: Requirement, on: date) -> Masks:
        yes = _stating_word(getattr(table, question), asked_word(need), len(table))
        return yes, ~_asked(table, question)

    return answer


def _certificate(table: Table, need: Requirement, on: date) -> Masks:
    held, n = table.certificates, len(table)
    yes, vague = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    scale, level = wanted_level(need)
    at = held.place_of(word_number(scale))
    if at >= 0:
        span = held.inverted.span(at, at + 1)
        rows, entries = held.inverted.rows[span], held.inverted.entries[span]
        orders, expires = (np.asarray(column)[entries] for column in held.extra)
        valid = expires >= day_number(on)
        yes[rows[valid & satisfies(orders, scale, level)]] = True
        vague[rows[valid & (orders == UNKNOWN)]] = True
    return yes, vague | ~_asked(table, "certificates")


def _at_home_or_named(table: Table, need: Requirement) -> Mask:
    """Tell who named a place that is a yes, or anywhere in Vietnam."""
    named = _stating(table.places, named_codes(table, need), len(table))
    return named | _stating_word(table.countries, word_number(HOME), len(table))


def _place(table: Table, need: Requirement, on: date) -> Masks:
    commune = np.asarray(table.commune)
    lives = home_codes(table, need)[commune]
    return lives | _at_home_or_named(table, need), (commune == 0) & ~_asked(table, "places")


def _lives(table: Table, need: Requirement, on: date) -> Masks:
    commune = np.asarray(table.commune)
    return home_codes(table, need)[commune], commune == 0


def _wants(table: Table, need: Requirement, on: date) -> Masks:
    country = need.value.get("country")
    if country not in (None, HOME):
        said = _asked(table, "places") | _asked(table, "countries")
        return _stating_word(table.countries, word_number(country), len(table)), ~said
    said = _asked(table, "places") | names_a_country(table, table.everyone)
    wants = _at_home_or_named(table, need)
    if need.value.get("place") is None:
        return wants | ~said, ~said
    return wants | (~said & home_codes(table, need)[np.asarray(table.commune)]), ~said


def _names(table: Table, need: Requirement, on: date) -> Masks:
    """Who named the place itself, as the part "distance" reads it: living there is not naming it."""
    country = need.value.get("country")
    nobody = np.zeros(len(table), dtype=bool)
    if country not in (None, HOME):
        return _stating_word(table.countries, word_number(country), len(table)), nobody
    return _at_home_or_named(table, need), nobody


def _silent(table: Table, need: Requirement, on: date) -> Masks:
    return ~_asked(table, "text"), np.zeros(len(table), dtype=bool)


def _near(table: Table, need: Requirement, on: date) -> Masks:
    """Who has done or wants a near occupation, or was never asked: whom stage one looks at closely."""
    found = ~_asked(table, "occupations") | ~_asked(table, "wanted_occupations")
    for coded in (table.occupations, table.wanted_occupations):
        good = nearness(str(need.value), coded.known) > 0
        found |= _stating(coded, good, len(table))
    return found, np.zeros(len(table), dtype=bool)


_RULES: dict[str, Callable[[Table, Requirement, date], Masks]] = {
    "age": _age,
    "sex": _sex,
    "education": _education,
    "experience": _experience,
    "skill": _has("skills"),
    "certificate": _certificate,
    "licence": _certificate,
    "shift": _has("shifts"),
    "place": _place,
    "wants": _wants,
    "lives": _lives,
    "names": _names,
    "near": _near,
    "silent": _silent,
}
