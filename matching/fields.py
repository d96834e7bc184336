"""The structured fields as small numbers, so that stage one adds their points by looking them up.

A field is one or more columns of small codes, and for an opening a table with the points of each code.
Somebody with several occupations has several codes, of which the best counts. What is too fine for a code
(exact months, exact days) is rounded here and read exactly in stage two.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.columns import Ints
from matching.numbers import NO_DATE, UNKNOWN
from matching.table import Table

MONTHS = np.array([0, 3, 6, 12, 18, 24, 36, 48, 60])
"""Lower ends of the steps of experience."""
STEPS = len(MONTHS)
WAGE_STEP = 250_000
WAGE_STEPS = 254
EPOCH = date(2010, 1, 1).toordinal()
WEEKS = 2**11
NOT_ASKED, NONE, LONG = 0, 1, 2
"""Codes of a first slot: the question was never put; it was, and the answer is nothing; the list is longer
than the slots, and is read entry by entry."""
FIRST_CODE = 3
SLOTS = 3
"""Occupations that most people have at most."""
MOST_CODE = 2**16 - 1


@dataclass(frozen=True)
class Fields:
    """Codes of n profiles.

    Attributes
    ----------
    done, wanted : ndarray of uint16, shape (SLOTS, n)
        The first codes of the lists below.
    all_done : ndarray of int32, one for each entry of `Table.occupations`
        Occupation and step of experience: `FIRST_CODE` + place in `known` * `STEPS` + step.
    all_wanted : ndarray of int32, one for each entry of `Table.wanted_occupations`
        `FIRST_CODE` + place in `known`.
    wage : ndarray of uint8, shape (n,)
        1 + steps of `WAGE_STEP`; 0 if not stated.
    start, updated : ndarray of uint16, shape (n,)
        1 + weeks since `EPOCH`; 0 if not stated.
    """

    done: Ints
    wanted: Ints
    all_done: Ints
    all_wanted: Ints
    wage: Ints
    start: Ints
    updated: Ints

    @classmethod
    def of(cls, table: Table) -> "Fields":
        """Round the fields of a table."""
        months = np.asarray(table.occupations.extra[0])
        step = np.searchsorted(MONTHS, np.where(months == UNKNOWN, 6, months), side="right") - 1
        done = np.asarray(table.occupations.which).astype(np.int32) * STEPS + np.clip(step, 0, STEPS - 1)
        done = (done + FIRST_CODE).astype(np.int32)
        wanted = np.asarray(table.wanted_occupations.which).astype(np.int32) + FIRST_CODE
        wage = np.asarray(table.wage)
        steps = np.where(wage == UNKNOWN, 0, 1 + np.clip(wage // WAGE_STEP, 0, WAGE_STEPS - 2))
        return cls(
            done=_slots(table, "occupations", done),
            wanted=_slots(table, "wanted_occupations", wanted),
            all_done=done,
            all_wanted=wanted,
            wage=steps.astype(np.uint8),
            start=_weeks(np.asarray(table.start)),
            updated=_weeks(np.asarray(table.updated)),
        )


def _slots(table: Table, question: str, codes: Ints) -> Ints:
    starts = np.asarray(getattr(table, question).starts).astype(np.int64)
    sizes = np.diff(starts)
    slots = np.full((SLOTS, len(table)), NONE, dtype=np.uint16)
    slots[0, ~table.was_asked(table.everyone, question)] = NOT_ASKED
    for at in range(SLOTS):
        rows = np.flatnonzero(sizes > at)
        slots[at, rows] = np.minimum(codes[starts[rows] + at], MOST_CODE)
    long = (sizes > SLOTS) | (slots == MOST_CODE).any(axis=0)
    slots[0, long], slots[1:, long] = LONG, NONE
    return slots


def _weeks(days: Ints) -> Ints:
    weeks = 1 + np.clip((days - EPOCH) // 7, 0, WEEKS - 2)
    return np.where(days == NO_DATE, 0, weeks).astype(np.uint16)


def week_day(week: int) -> int:
    """Return the day that stands for a code of a week: the last of its days."""
    return EPOCH + (week - 1) * 7 + 6
