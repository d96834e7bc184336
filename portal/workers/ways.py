"""The same steps are walked by the person (in a row) and by staff: where the links lead.

Staff change one step and are back, or go on from step to step with the person at the desk.
"""

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
    at_desk: bool = False

    @property
    def in_a_row(self) -> bool:
        return (self.at_desk or not self.for_staff) and self.worker.state is WorkerState.DRAFT

    @property
    def may_be_left(self) -> bool:
        """The person themselves, in the middle of it."""
        return self.in_a_row and not self.for_staff

    def url(self, step: str) -> str:
        if not self.for_staff:
            return url_for("workers.step", step=step)
        if step == steps.DONE:
            return self.home
        row = 1 if self.at_desk else None
        return url_for("workers.staff_edit", worker_id=self.worker.id, step=step, row=row)

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
        found = steps.steps_for(self.worker, self.on)
        # The account is the person's own; the desk does not open it.
        return [step for step in found if step.name != "account"] if self.for_staff else found
