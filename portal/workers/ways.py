"""The same steps are walked by the person (in a row) and by staff (one at a time): where the links lead."""

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from portal.workers import steps
from portal.workers.models import Worker
from portal.workers.states import WorkerState


@dataclass(frozen=True, slots=True)
class Way:
    worker: Worker
    on: dt.date
    for_staff: bool = False

    @property
    def in_a_row(self) -> bool:
        return not self.for_staff and self.worker.state is WorkerState.DRAFT

    def url(self, step: str) -> str:
        if self.for_staff:
            return url_for("workers.staff_edit", worker_id=self.worker.id, step=step)
        return url_for("workers.step", step=step)

    @property
    def home(self) -> str:
        if self.for_staff:
            return url_for("workers.staff_view", worker_id=self.worker.id)
        return url_for("workers.profile")

    def after(self, step: str) -> str:
        if not self.in_a_row:
            return self.home
        return self.url(steps.after(step, self.steps))

    def back(self, step: str) -> str:
        if not self.in_a_row:
            return self.home
        earlier = steps.before(step, [one for one in self.steps if one.name != "account"])
        return self.url(earlier) if earlier else self.home

    @property
    def steps(self) -> list[steps.Step]:
        return steps.steps_for(self.worker, self.on)
