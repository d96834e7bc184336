"""The tasks that came up for made-up people without an ID number: most wait, some are late, some done."""

import datetime as dt
from itertools import cycle

from sqlalchemy import insert, select

from portal.common.clock import local_date
from portal.counselling.models import Task
from portal.counselling.states import TaskKind
from portal.demo import hours
from portal.extensions import db
from portal.reference.calendar import load_calendar
from portal.web.transactions import write_transaction
from portal.workers.models import Worker

# Days ago on which somebody came without a card, and what was done about every fifth.
BEFORE = (0, 6, 17, 1, 14, 3, 9)
DONE = "Đã hẹn với công an xã, người này tự đi được."


def make_tasks(adviser_ids: list[int], now: dt.datetime, days: int) -> None:
    with write_transaction():
        without = db.session.scalars(
            select(Worker.id).where(Worker.id_absence.is_not(None)).order_by(Worker.id)
        ).all()
        calendar, advisers, before = load_calendar(db.session), cycle(adviser_ids), cycle(BEFORE)
        rows = []
        for place, worker_id in enumerate(without):
            made = hours.fit(hours.latest(now) - dt.timedelta(days=next(before)))
            made = min(made, now)
            adviser, is_done = next(advisers), place % 5 == 4
            rows.append(
                {
                    "kind": TaskKind.NATIONAL_ID,
                    "worker_id": worker_id,
                    "owner_id": adviser,
                    "due_on": calendar.add_working_days(local_date(made), days),
                    "note": DONE if is_done else "",
                    "created_at": made,
                    "done_at": hours.latest(now) if is_done else None,
                    "done_by_id": adviser if is_done else None,
                }
            )
        if rows:
            db.session.execute(insert(Task), rows)
