"""Profiles as columns: what the gates and the score read, one row a person, rows in the order of their keys.

A table never changes once built. `concat` and `take` make new ones, so that readers need no lock.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.model import SimilarityModel, count, skill_key, worker_terms
from matching.profile_json import from_json, to_json
from matching.scales import education_order, level_order, scales
from matching.types import OpeningId, WorkerId, WorkerProfile

Ints = NDArray[np.integer]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

NO_DATE = 0
NEVER = 99991231
UNKNOWN = -1

ASKED = ("occupations", "skills", "certificates", "shifts", "places", "countries", "wanted_occupations")
"""Questions of which "never asked" differs from "none"; bit i of the column `asked`."""


@lru_cache(maxsize=65536)
def code_number(code: str) -> int:
    """Return a code of digits as one integer; a leading 1 keeps leading zeros, so that "01" is 101."""
    return int("1" + code)


@lru_cache(maxsize=65536)
def word_number(word: str) -> int:
    """Return a word as a 64-bit integer that is the same in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little", signed=True)


def day_number(day: date | None) -> int:
    """Return a day as yyyymmdd, so that the age on a day is a subtraction; `NO_DATE` for None."""
    return day.year * 10000 + day.month * 100 + day.day if day else NO_DATE


def latest_birth(worker: WorkerProfile) -> int:
    """Return the latest possible day of birth as yyyymmdd."""
    if worker.birth_date is None and worker.birth_year is not None:
        return worker.birth_year * 10000 + 1231
    return day_number(worker.birth_date)


_MASK64 = (1 << 64) - 1


def mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64-bit numbers one to one (splitmix64)."""
    with np.errstate(over="ignore"):
        z = value + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def keys_of(ids: Sequence[WorkerId | OpeningId]) -> NDArray[np.uint64]:
    """Return the 64-bit keys of ids: numbers scrambled one to one, words hashed."""
    if all(isinstance(one, int) for one in ids):
        return mix(np.array(ids, dtype=np.int64).astype(np.uint64))
    return np.array([_key_of(one) for one in ids], dtype=np.uint64)


def _key_of(one: WorkerId | OpeningId) -> int:
    return int(keys_of([one])[0]) if isinstance(one, int) else word_number(one) & _MASK64


@dataclass(frozen=True)
class Ragged:
    """Lists of different lengths, one a row: entries of row i stand at `starts[i]:starts[i + 1]`."""

    starts: Ints
    columns: tuple[Ints, ...]

    @classmethod
    def build(cls, lists: Sequence[Sequence[tuple[int, ...]]], width: int) -> "Ragged":
        """Lay lists of tuples of `width` integers end to end."""
        starts = np.zeros(len(lists) + 1, dtype=np.int64)
        np.cumsum([len(one) for one in lists], out=starts[1:])
        flat = [entry for one in lists for entry in one]
        table = np.array(flat, dtype=np.int64).reshape(len(flat), width)
        return cls(starts, tuple(np.ascontiguousarray(table[:, i]) for i in range(width)))

    def gather(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the entries of some rows.

        Parameters
        ----------
        rows : ndarray of int64, shape (n,)

        Returns
        -------
        entries, owners : ndarray of int64
            Where each entry stands in `columns`, and which of the n rows it belongs to (0 to n - 1).
        """
        first = np.asarray(self.starts)[rows]
        lengths = np.asarray(self.starts)[rows + 1] - first
        owners = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        return np.repeat(first - before, lengths) + np.arange(len(owners)), owners

    def take(self, rows: Rows) -> "Ragged":
        """Return the same lists for some rows, in their order."""
        entries, owners = self.gather(rows)
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(np.bincount(owners, minlength=len(rows)), out=starts[1:])
        return Ragged(starts, tuple(np.asarray(column)[entries] for column in self.columns))

    @classmethod
    def concat(cls, parts: Sequence["Ragged"]) -> "Ragged":
        """Return the lists of several tables one after the other."""
        shifts = np.cumsum([0, *(int(part.starts[-1]) for part in parts)])
        starts = [np.asarray(part.starts)[1:] + shift for part, shift in zip(parts, shifts, strict=False)]
        columns = zip(*(part.columns for part in parts), strict=True)
        return cls(
            np.concatenate([np.zeros(1, dtype=np.int64), *starts]),
            tuple(np.concatenate([np.asarray(one) for one in same]) for same in columns),
        )


def any_of(owners: Rows, hits: Mask, n: int) -> Mask:
    """Tell for each of n rows whether one of its entries hits."""
    found = np.zeros(n, dtype=bool)
    found[owners[hits]] = True
    return found


@dataclass(frozen=True)
class Table:
    """Columns of n profiles.

    Attributes
    ----------
    keys : ndarray of uint64, shape (n,)
        `keys_of` the ids, ascending and without repetition.
    birth, education, commune, sex : ndarray of int64, shape (n,)
        Latest birth day as yyyymmdd; order of schooling; number of the commune; number of the word.
    wage, start, updated : ndarray of int64, shape (n,)
        Đồng a month (`UNKNOWN` if not stated); proleptic days (`NO_DATE` if not stated).
    asked : ndarray of int64, shape (n,)
        Bits of `ASKED`.
    occupations, skills, certificates, wanted_occupations, places, countries, shifts : Ragged
    vectors : csr_array of int32, shape (n, COLUMNS)
    profiles : Ragged
        Bytes of each profile as JSON, for sentences and for trying changes.
    """

    keys: NDArray[np.uint64]
    birth: Ints
    sex: Ints
    education: Ints
    commune: Ints
    wage: Ints
    start: Ints
    updated: Ints
    asked: Ints
    occupations: Ragged
    skills: Ragged
    certificates: Ragged
    wanted_occupations: Ragged
    places: Ragged
    countries: Ragged
    shifts: Ragged
    profiles: Ragged
    vectors: sparse.csr_array

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def build(
        cls, workers: Sequence[WorkerProfile], model: SimilarityModel, counts: sparse.csr_array | None = None
    ) -> "Table":
        """Turn profiles into columns.

        Parameters
        ----------
        workers : sequence of WorkerProfile, length n
        model : SimilarityModel
        counts : csr_array, shape (n, `model.COLUMNS`), optional
            Their words, where they are counted already.

        Returns
        -------
        Table

        Raises
        ------
        ValueError
            If two profiles have the same id, or a profile names schooling that does not exist.
        """
        keys = keys_of([worker.id for worker in workers])
        order = np.argsort(keys, kind="stable")
        people, keys = [workers[at] for at in order], keys[order]
        counted = count([worker_terms(worker) for worker in workers]) if counts is None else counts
        if len(keys) > 1 and bool(np.any(keys[1:] == keys[:-1])):
            raise ValueError("two profiles have the same id")
        wanted = [worker.wanted for worker in people]
        return cls(
            keys=keys,
            birth=_column(latest_birth(w) for w in people),
            sex=_column(word_number(w.sex) if w.sex else 0 for w in people),
            education=_column(_or_unknown(education_order(w.education)) for w in people),
            commune=_column(code_number(w.commune) if w.commune else 0 for w in people),
            wage=_column(_or_unknown(w.wage_min) for w in wanted),
            start=_column(w.from_date.toordinal() if w.from_date else NO_DATE for w in wanted),
            updated=_column(w.updated_on.toordinal() if w.updated_on else NO_DATE for w in people),
            asked=_column(_asked(w) for w in people),
            occupations=Ragged.build([_occupations(w) for w in people], 2),
            skills=Ragged.build([_words(map(skill_key, w.skills or ())) for w in people], 1),
            certificates=Ragged.build([_certificates(w) for w in people], 3),
            wanted_occupations=Ragged.build([_codes(w.occupations) for w in wanted], 1),
            places=Ragged.build([_codes(w.places) for w in wanted], 1),
            countries=Ragged.build([_words(w.countries or ()) for w in wanted], 1),
            shifts=Ragged.build([_words(w.shifts or ()) for w in wanted], 1),
            profiles=_blobs([to_json(w) for w in people]),
            vectors=model.vectors(counted[order]),
        )

    @classmethod
    def concat(cls, tables: Sequence["Table"]) -> "Table":
        """Return the rows of several tables with different people as one, in the order of keys."""
        joined: dict[str, object] = {}
        for name in (field.name for field in fields(cls)):
            same = [getattr(table, name) for table in tables]
            if isinstance(same[0], Ragged):
                joined[name] = Ragged.concat(same)
            elif name == "vectors":
                joined[name] = sparse.csr_array(sparse.vstack(same, format="csr"))
            else:
                joined[name] = np.concatenate([np.asarray(one) for one in same])
        whole = cls(**joined)  # type: ignore[arg-type]
        return whole.take(np.argsort(whole.keys, kind="stable"))

    def take(self, rows: Rows) -> "Table":
        """Return some rows, in the order given, which must be that of their keys."""
        taken: dict[str, object] = {}
        for name in (field.name for field in fields(self)):
            column = getattr(self, name)
            taken[name] = column.take(rows) if isinstance(column, Ragged) else column[rows]
        return Table(**taken)  # type: ignore[arg-type]

    def find(self, ids: Iterable[WorkerId]) -> Rows:
        """Return the rows of those ids that are here, ascending."""
        wanted = np.unique(keys_of(list(ids)))
        at = np.searchsorted(self.keys, wanted)
        inside = at < len(self)
        at, wanted = at[inside], wanted[inside]
        found: Rows = at[self.keys[at] == wanted].astype(np.int64)
        return found

    def was_asked(self, rows: Rows, question: str) -> Mask:
        """Tell for some rows whether a question of `ASKED` was put to the person."""
        asked: Mask = (self.asked[rows] >> ASKED.index(question)) & 1 == 1
        return asked

    def profile(self, row: int) -> WorkerProfile:
        """Return one profile as it was given."""
        start, stop = int(self.profiles.starts[row]), int(self.profiles.starts[row + 1])
        return from_json(np.asarray(self.profiles.columns[0][start:stop]).tobytes())

    @cached_property
    def communes(self) -> tuple[Ints, Ints]:
        """Distinct numbers of communes, and for each row which of them it has."""
        return np.unique(self.commune, return_inverse=True)

    @cached_property
    def distinct(self) -> dict[str, tuple[Ints, Ints]]:
        """Distinct codes of occupations and places, and for each entry which of them it has."""
        names = ("occupations", "wanted_occupations", "places")
        return {name: np.unique(getattr(self, name).columns[0], return_inverse=True) for name in names}


def _column(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _or_unknown(value: int | None) -> int:
    return UNKNOWN if value is None else value


def _asked(worker: WorkerProfile) -> int:
    wanted = worker.wanted
    answers = {
        "occupations": worker.occupations,
        "skills": worker.skills,
        "certificates": worker.certificates,
        "shifts": wanted.shifts,
        "places": wanted.places,
        "countries": wanted.countries,
        "wanted_occupations": wanted.occupations,
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


def _blobs(texts: Sequence[bytes]) -> Ragged:
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in texts], out=starts[1:])
    return Ragged(starts, (np.frombuffer(b"".join(texts), dtype=np.uint8),))
