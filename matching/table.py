"""Profiles as columns: what the gates and the score read, one row a person, occupation by occupation.

A table never changes once built. `concat` and `take` make new ones, so that readers need no lock.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.bags import Bags
from matching.columns import Blobs, Coded, Ints, Mask, Rows
from matching.model import SimilarityModel, skill_keys, worker_terms
from matching.numbers import NEVER, NO_DATE, UNKNOWN, code_number, day_number, keys_of, word_number
from matching.profile_json import from_json, to_json
from matching.scales import education_order, level_order, scales
from matching.terms import is_atomic
from matching.types import WorkerId, WorkerProfile

ASKED = (
    "occupations", "skills", "certificates", "shifts", "places", "countries", "wanted_occupations", "text"
)  # fmt: skip
"""Questions of which "never asked" differs from "none"; bit i of the column `asked`. "text": has said at all
what they can do, in words or as skills."""
SEXES = {"female": 1, "male": 2}
OTHER_SEX = 3
WORDS = -(2**63)
SORTED_FROM = 10_000
"""Rows from which it pays that people of one occupation stand side by side; no answer tells the order."""
SOME = 64
"""Keys that are found sooner one by one: numpy first makes the whole order into larger integers."""
MOST_DONG = 2**31 - 1
"""A wish above two billion a month is as far from every offer as one of two billion."""


@dataclass(frozen=True)
class Table:
    """Columns of n profiles.

    Attributes
    ----------
    id : ndarray of int64, shape (n,)
        The ids that are numbers; `WORDS` for an id in words, which only `profiles` holds.
    keys : ndarray of uint64, shape (n,)
        `keys_of` the ids; all different.
    by_key : ndarray of int32, shape (n,)
        The rows in the order of their keys.
    birth, wage, start, updated : ndarray of int32, shape (n,)
        Latest birth day as yyyymmdd; đồng a month (`UNKNOWN` if not stated); proleptic days (`NO_DATE` if not
        stated).
    sex, education : ndarray of int8, shape (n,)
        Number of `SEXES`, 0 if not stated; order of schooling.
    commune : ndarray of uint16, shape (n,)
        Place of the commune in `communes`, whose first is 0: not stated.
    communes : ndarray of int64, shape (k,)
    asked : ndarray of uint8, shape (n,)
        Bits of `ASKED`.
    occupations, skills, certificates, wanted_occupations, places, countries, shifts : Coded
    profiles : Blobs
        Each profile as JSON, for sentences and for trying changes.
    bags : Bags
        The terms of each profile.
    """

    id: Ints
    keys: NDArray[np.uint64]
    by_key: Ints
    birth: Ints
    sex: Ints
    education: Ints
    commune: Ints
    communes: Ints
    wage: Ints
    start: Ints
    updated: Ints
    asked: Ints
    occupations: Coded
    skills: Coded
    certificates: Coded
    wanted_occupations: Coded
    places: Coded
    countries: Coded
    shifts: Coded
    profiles: Blobs
    bags: Bags

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def build(cls, workers: Sequence[WorkerProfile], model: SimilarityModel) -> "Table":
        """Turn profiles into columns.

        Parameters
        ----------
        workers : sequence of WorkerProfile, length n
        model : SimilarityModel

        Returns
        -------
        Table

        Raises
        ------
        ValueError
            If two profiles have the same id, or a profile names schooling that does not exist.
        """
        wanted = [worker.wanted for worker in workers]
        documents = [worker_terms(worker) for worker in workers]
        homes = [code_number(w.commune) if w.commune else 0 for w in workers]
        communes, commune = np.unique(np.array([0, *homes], dtype=np.int64), return_inverse=True)
        return cls._ordered(
            id=_column((w.id if isinstance(w.id, int) else WORDS for w in workers), np.int64),
            keys=keys_of([worker.id for worker in workers]),
            birth=_column((latest_birth(w) for w in workers), np.int32),
            sex=_column((SEXES.get(w.sex, OTHER_SEX) if w.sex else 0 for w in workers), np.int8),
            education=_column((_or_unknown(education_order(w.education)) for w in workers), np.int8),
            commune=commune[1:].astype(np.uint16),
            communes=communes,
            wage=_column((min(MOST_DONG, _or_unknown(w.wage_min)) for w in wanted), np.int32),
            start=_column((w.from_date.toordinal() if w.from_date else NO_DATE for w in wanted), np.int32),
            updated=_column(
                (w.updated_on.toordinal() if w.updated_on else NO_DATE for w in workers), np.int32
            ),
            asked=_column((_asked(w, d) for w, d in zip(workers, documents, strict=True)), np.uint8),
            occupations=Coded.build([_occupations(w) for w in workers], 2),
            skills=Coded.build([_words(skill_keys(w.skills or ())) for w in workers], 1),
            certificates=Coded.build([_certificates(w) for w in workers], 3),
            wanted_occupations=Coded.build([_codes(w.occupations) for w in wanted], 1),
            places=Coded.build([_codes(w.places) for w in wanted], 1),
            countries=Coded.build([_words(w.countries or ()) for w in wanted], 1),
            shifts=Coded.build([_words(w.shifts or ()) for w in wanted], 1),
            profiles=Blobs.build([to_json(w) for w in workers]),
            bags=model.bags(documents),
        )

    @classmethod
    def _ordered(cls, **columns: object) -> "Table":
        """Return a table of these columns, a large one sorted occupation by occupation.

        So the terms of an opening lie in few blocks of the postings, and those who matter beside each other;
        within an occupation equally long texts, whose bounds are alike.
        """
        keys = np.asarray(columns["keys"], dtype=np.uint64)
        by_key = np.argsort(keys, kind="stable")
        if len(keys) > 1 and bool(np.any(np.diff(keys[by_key]) == 0)):
            raise ValueError("two profiles have the same id")
        given = cls(by_key=by_key.astype(np.int32), **columns)  # type: ignore[arg-type]
        if len(keys) < SORTED_FROM:
            return given
        job = np.where(
            given.occupations.sizes > 0, given.occupations.first(), given.wanted_occupations.first()
        )
        return given.take(np.lexsort((keys, np.asarray(given.bags.first), job)))

    @classmethod
    def concat(cls, tables: Sequence["Table"]) -> "Table":
        """Return the rows of several tables with different people as one."""
        joined: dict[str, object] = {}
        communes = np.unique(np.concatenate([np.asarray(table.communes) for table in tables]))
        for name in (field.name for field in fields(cls)):
            same = [getattr(table, name) for table in tables]
            if isinstance(same[0], Coded | Blobs | Bags):
                joined[name] = type(same[0]).concat(same)
            elif name == "commune":
                moved = [np.searchsorted(communes, table.communes)[table.commune] for table in tables]
                joined[name] = np.concatenate(moved).astype(np.uint16)
            elif name not in ("by_key", "communes"):
                joined[name] = np.concatenate([np.asarray(one) for one in same])
        return cls._ordered(communes=communes, **joined)

    def take(self, rows: Rows) -> "Table":
        """Return some rows, in the order given."""
        taken: dict[str, object] = {"communes": self.communes}
        for name in (field.name for field in fields(self)):
            column = getattr(self, name)
            if isinstance(column, Coded | Blobs | Bags):
                taken[name] = column.take(rows)
            elif name not in ("by_key", "communes"):
                taken[name] = np.asarray(column)[rows]
        keys = np.asarray(taken["keys"])
        taken["by_key"] = np.argsort(keys, kind="stable").astype(np.int32)
        return Table(**taken)  # type: ignore[arg-type]

    def find(self, ids: Iterable[WorkerId]) -> Rows:
        """Return the rows of those ids that are here, ascending."""
        return self.find_keys(keys_of(list(ids)))

    def find_keys(self, keys: NDArray[np.uint64]) -> Rows:
        """Return the rows of those `keys_of` ids that are here, ascending."""
        wanted = np.unique(keys) if len(keys) > 1 else keys
        at = self._before(wanted)
        inside = at < len(self)
        rows, wanted = np.asarray(self.by_key)[at[inside]].astype(np.int64), wanted[inside]
        found: Rows = np.sort(rows[self.keys[rows] == wanted])
        return found

    def _before(self, keys: NDArray[np.uint64]) -> Rows:
        """Return for each key how many of the table's lie before it."""
        if len(keys) > SOME:
            return np.searchsorted(self.keys, keys, sorter=self.by_key)
        mine, order = self.keys, self.by_key
        found = [bisect_left(order, key, key=lambda row: int(mine[row])) for key in keys.tolist()]
        return np.array(found, dtype=np.int64)

    def ids(self, rows: Rows) -> list[WorkerId]:
        """Return the ids of some rows."""
        found = zip(rows.tolist(), np.asarray(self.id)[rows].tolist(), strict=True)
        return [self.profile(row).id if number == WORDS else number for row, number in found]

    def was_asked(self, rows: Rows, question: str) -> Mask:
        """Tell for some rows whether a question of `ASKED` was put to the person."""
        asked: Mask = (self.asked[rows] >> ASKED.index(question)) & 1 == 1
        return asked

    def profile(self, row: int) -> WorkerProfile:
        """Return one profile as it was given."""
        return from_json(self.profiles.row(row))

    @cached_property
    def everyone(self) -> Rows:
        """All rows."""
        return np.arange(len(self))


def latest_birth(worker: WorkerProfile) -> int:
    """Return the latest possible day of birth as yyyymmdd."""
    if worker.birth_date is None and worker.birth_year is not None:
        return worker.birth_year * 10000 + 1231
    return day_number(worker.birth_date)


def _column(values: Iterable[int], dtype: type) -> Ints:
    return np.fromiter(values, dtype=dtype)


def _or_unknown(value: int | None) -> int:
    return UNKNOWN if value is None else value


def _asked(worker: WorkerProfile, terms: list[str]) -> int:
    wanted = worker.wanted
    says_something = worker.skills is not None or any(not is_atomic(term) for term in terms)
    answers = {
        "occupations": worker.occupations,
        "skills": worker.skills,
        "certificates": worker.certificates,
        "shifts": wanted.shifts,
        "places": wanted.places,
        "countries": wanted.countries,
        "wanted_occupations": wanted.occupations,
        "text": says_something or None,
    }
    return sum(1 << bit for bit, name in enumerate(ASKED) if answers[name] is not None)


def _codes(codes: Iterable[str] | None) -> list[tuple[int]]:
    return [(code_number(code),) for code in codes or ()]


def _words(words: Iterable[str]) -> list[tuple[int]]:
    return [(word_number(word),) for word in words]


def _occupations(worker: WorkerProfile) -> list[tuple[int, int]]:
    return [(code_number(code), _or_unknown(months)) for code, months in worker.occupations or ()]


def _order(scale: str, level: str | None) -> int | None:
    """Return the order of a level; a certificate of no known scale is kept, and satisfies nothing."""
    return level_order(scale, level) if scale in scales() else None


def _certificates(worker: WorkerProfile) -> list[tuple[int, int, int]]:
    return [
        (word_number(scale), _or_unknown(_order(scale, level)), day_number(expires) or NEVER)
        for scale, level, expires in worker.certificates or ()
    ]
