"""Which person belongs to which group; read in chunks, kept as small numbers, never with a name."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from portal.counselling.rules import age_band
from portal.extensions import db
from portal.ranking.eligible import Ids
from portal.ranking.states import GROUPED, NOT_KNOWN, Dimension
from portal.reference.places import AN_GIANG, places
from portal.workers.models import Worker
from portal.workers.rules import age_on
from portal.workers.sensitive import codes_to_count
from portal.workers.states import Purpose, Sex

CHUNK = 2_000
# The peoples of this province; the others are too few to stand alone.
NAMED_PEOPLES = ("01", "05", "04", "17")
OTHER_PEOPLES = "other"
ELSEWHERE = "elsewhere"
POOR = {"poor_household": "poor", "near_poor_household": "near_poor"}
NOT_POOR = "not_poor"


class Described(Protocol):
    """What a group is read from; a row of these columns alone, not the person."""

    @property
    def sex(self) -> Sex | None: ...
    @property
    def birth_date(self) -> dt.date | None: ...
    @property
    def birth_year(self) -> int | None: ...
    @property
    def commune_code(self) -> str | None: ...


def group_keys(row: Described, told: Mapping[Purpose, str] | None, on: dt.date) -> dict[Dimension, str]:
    """`told`: what the person told who agreed to be counted; None for who did not agree."""
    band = age_band(age_on(row.birth_date, row.birth_year, on))
    return {
        Dimension.SEX: row.sex.value if row.sex is not None else NOT_KNOWN,
        Dimension.AGE: band.value if band is not None else NOT_KNOWN,
        Dimension.ETHNICITY: _people_key((told or {}).get(Purpose.ETHNICITY)),
        Dimension.POOR: _household_key(told),
        Dimension.COMMUNE: _commune_key(row.commune_code),
    }


def _people_key(code: str | None) -> str:
    if code is None:
        return NOT_KNOWN
    return code if code in NAMED_PEOPLES else OTHER_PEOPLES


def _household_key(told: Mapping[Purpose, str] | None) -> str:
    """An ordinary household has nothing to tell: whoever agreed to be counted belongs to the others then."""
    if told is None:
        return NOT_KNOWN
    groups = told.get(Purpose.PRIORITY, "").split()
    return next((key for group, key in POOR.items() if group in groups), NOT_POOR)


def _commune_key(code: str | None) -> str:
    place = places().get(code) if code else None
    if place is None:
        return NOT_KNOWN
    return place.code if place.parent == AN_GIANG else ELSEWHERE


class Groups:
    """Learns a person once in a run, however many openings they may be in. `sealed`: whether what was told in
    confidence is opened at all; `opened`: whose sealed facts, since that was last written down."""

    def __init__(self, on: dt.date, *, sealed: bool = True) -> None:
        self.on = on
        self.sealed = sealed
        self.opened = 0
        self.keys: dict[Dimension, list[str]] = {one: [] for one in GROUPED}
        self._ids: Ids = np.empty(0, dtype=np.int64)
        self._codes: NDArray[np.int16] = np.empty((0, len(GROUPED)), dtype=np.int16)

    def learn(self, ids: Ids) -> None:
        new = np.setdiff1d(ids, self._ids)
        if not len(new):
            return
        read = [self._read(new[start : start + CHUNK].tolist()) for start in range(0, len(new), CHUNK)]
        known = np.concatenate([self._ids, *(found for found, _codes in read)])
        codes = np.concatenate([self._codes, *(codes for _found, codes in read)])
        order = np.argsort(known, kind="stable")
        self._ids, self._codes = known[order], codes[order]

    def _read(self, ids: list[int]) -> tuple[Ids, NDArray[np.int16]]:
        """Two queries."""
        columns = (Worker.id, Worker.sex, Worker.birth_date, Worker.birth_year, Worker.commune_code)
        query = select(*columns).where(Worker.id.in_(ids)).order_by(Worker.id)
        rows: list[Any] = list(db.session.execute(query))
        told = codes_to_count(ids) if self.sealed else {}
        self.opened += sum(1 for facts in told.values() if facts)
        found = [group_keys(row, told.get(row.id), self.on) for row in rows]
        codes = [[self._code(one, keys[one]) for one in GROUPED] for keys in found]
        shape = len(rows), len(GROUPED)
        return np.array([row.id for row in rows], np.int64), np.array(codes, np.int16).reshape(shape)

    def _code(self, dimension: Dimension, key: str) -> int:
        keys = self.keys[dimension]
        if key not in keys:
            keys.append(key)
        return keys.index(key)

    def of(self, ids: Ids) -> dict[Dimension, NDArray[np.str_]]:
        """The group of each in their order, "" where it is not known; the ids have been learned."""
        rows = self._codes[np.searchsorted(self._ids, ids)]
        named = {one: ["" if key == NOT_KNOWN else key for key in self.keys[one]] for one in GROUPED}
        return {one: np.array(named[one])[rows[:, place]] for place, one in enumerate(GROUPED)}

    def count(
        self, ids: Ids, weights: NDArray[np.float64] | None = None
    ) -> Iterator[tuple[Dimension, dict[str, float]]]:
        """People, or their weights, by group; the ids have been learned and stand once each."""
        known = np.isin(ids, self._ids)
        rows = self._codes[np.searchsorted(self._ids, ids[known])]
        given = None if weights is None else weights[known]
        yield Dimension.ALL, {"": float(len(rows) if given is None else given.sum())}
        for place, dimension in enumerate(GROUPED):
            keys = self.keys[dimension]
            sums = np.bincount(rows[:, place], weights=given, minlength=len(keys))
            yield dimension, dict(zip(keys, sums.tolist(), strict=True))
