"""Rows that wait for somebody."""

import datetime as dt
from typing import Any

import pytest

from portal.common.clock import now, today
from portal.counselling.models import CallBack, Contact, Task
from portal.counselling.states import ContactChannel, ContactKind, ContactOutcome, TaskKind
from portal.referrals.models import Referral
from portal.referrals.states import Origin, ReferralState


@pytest.fixture
def refer(session: Any) -> Any:
    def make_one(worker: Any, opening: Any, owner: Any, **given: Any) -> Referral:
        row = Referral(
            **{
                "worker_id": worker.id,
                "opening_id": opening.id,
                "state": ReferralState.INTERESTED,
                "origin": Origin.SELF,
                "owner_id": owner.id,
                "due_on": today() + dt.timedelta(days=2),
                "created_at": now(),
                "updated_at": now(),
                **given,
            }
        )
        session.add(row)
        session.commit()
        return row

    return make_one


@pytest.fixture
def waits(session: Any) -> Any:
    """`waits.contact(adviser, worker, 2)`: something that is due in so many days."""

    class Waiting:
        def contact(self, adviser: Any, worker: Any, days: int) -> Contact:
            return self._save(
                Contact(
                    worker_id=worker.id if worker else None, kind=ContactKind.JOB,
                    channel=ContactChannel.PHONE, outcome=ContactOutcome.APPOINTMENT,
                    adviser_id=adviser.id, at=now(), day=today(), next_on=self._day(days),
                )
            )  # fmt: skip

        def call_back(self, adviser: Any, name: str, days: int, **given: Any) -> CallBack:
            return self._save(
                CallBack(
                    name=name, phone="0901234567", owner_id=adviser.id, due_on=self._day(days),
                    created_at=now(), **given,
                )
            )  # fmt: skip

        def task(self, adviser: Any, worker: Any, days: int) -> Task:
            return self._save(
                Task(
                    kind=TaskKind.NATIONAL_ID, worker_id=worker.id, owner_id=adviser.id if adviser else None,
                    due_on=self._day(days), created_at=now(),
                )
            )  # fmt: skip

        def _day(self, days: int) -> dt.date:
            return today() + dt.timedelta(days=days)

        def _save(self, row: Any) -> Any:
            session.add(row)
            session.commit()
            return row

    return Waiting()
