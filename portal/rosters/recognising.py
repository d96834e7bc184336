"""Finding, for a handful of rows at once, the people of whom the centre has a profile already."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from portal.common.secrets import blind_index
from portal.common.text import fold
from portal.extensions import db
from portal.workers.models import Worker
from portal.workers.states import LIVE_STATES

Values = Mapping[str, Any]


class Known:
    """One query for many rows; `find` then answers without another."""

    def __init__(self, rows: Iterable[Values]) -> None:
        rows = list(rows)
        indexes = {self._index(row) for row in rows} - {None}
        phones = {row["phone"] for row in rows} - {None}
        names = {_folded(row) for row in rows} - {""}
        query = select(Worker).where(
            Worker.state.in_(LIVE_STATES),
            or_(
                Worker.national_id_index.in_(indexes),
                Worker.phone.in_(phones),
                Worker.name_folded.in_(names) & Worker.birth_date.is_not(None),
            ),
        )
        self.by_index: dict[str, Worker] = {}
        self.by_name: defaultdict[str, list[Worker]] = defaultdict(list)
        for worker in db.session.scalars(query.order_by(Worker.id)):
            self.add(worker)

    def add(self, worker: Worker) -> None:
        if worker.national_id_index is not None:
            self.by_index[worker.national_id_index] = worker
        self.by_name[worker.name_folded].append(worker)

    def find(self, row: Values) -> Worker | None:
        """By the number; else by the same name with the same phone or the same day of birth.

        A name that is only alike makes a pair for an adviser: brothers and sisters share a phone.
        """
        index = self._index(row)
        if index is not None and index in self.by_index:
            return self.by_index[index]
        for worker in self.by_name[_folded(row)]:
            if not self._contradicts(worker, row, index) and _agrees(worker, row):
                return worker
        return None

    @staticmethod
    def _index(row: Values) -> str | None:
        number = row.get("national_id")
        return blind_index(current_app.config["INDEX_KEY"], number) if number else None

    @staticmethod
    def _contradicts(worker: Worker, row: Values, index: str | None) -> bool:
        pairs = (
            (worker.national_id_index, index),
            (worker.sex.value if worker.sex else None, row.get("sex")),
            (worker.birth_date, _date(row)),
            (worker.birth_year, row.get("birth_year")),
        )
        return any(one and other and one != other for one, other in pairs)


def _agrees(worker: Worker, row: Values) -> bool:
    same_phone = bool(row.get("phone")) and worker.phone == row["phone"]
    return same_phone or (worker.birth_date is not None and worker.birth_date == _date(row))


def _folded(row: Values) -> str:
    return fold(row.get("full_name") or "")[:120]


def _date(row: Values) -> dt.date | None:
    date: dt.date | None = row.get("birth_date")
    return date
