"""Groups that the fairness limits are read by. They stand beside the ranking and never enter it."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from portal.counselling.rules import age_band
from portal.extensions import db
from portal.workers.models import Worker
from portal.workers.rules import age_on

CHUNK = 2_000


def groups_of(worker_ids: Sequence[int], on: dt.date) -> dict[str, NDArray[np.str_]]:
    """By trait, a code for each id in its place; "" where it is not known."""
    known: dict[int, tuple[str, str]] = {}
    ids = sorted(set(worker_ids))
    for start in range(0, len(ids), CHUNK):
        query = select(Worker.id, Worker.sex, Worker.birth_date, Worker.birth_year).where(
            Worker.id.in_(ids[start : start + CHUNK])
        )
        for row in db.session.execute(query):
            band = age_band(age_on(row.birth_date, row.birth_year, on))
            known[row.id] = (row.sex.value if row.sex else "", band.value if band else "")
    pairs = [known.get(worker_id, ("", "")) for worker_id in worker_ids]
    return {
        "sex": np.array([sex for sex, _age in pairs], dtype=np.str_),
        "age": np.array([age for _sex, age in pairs], dtype=np.str_),
    }
