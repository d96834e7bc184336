"""What happens to cases when a profile turns out to be nobody's, or is emptied."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select, update

from portal.common.events import on
from portal.extensions import db
from portal.overseas.cases import documents
from portal.overseas.cases import operations as ops
from portal.overseas.cases.models import CaseStep, ReceiverConsent
from portal.overseas.cases.moves import Given
from portal.overseas.cases.states import BEFORE_DEPARTURE, ExitReason
from portal.overseas.cases.transitions import Party
from portal.overseas.models import OverseasCase
from portal.workers.events import ClaimAnswer, ProfileAnswered, ProfileEmptied
from portal.workers.models import Worker


@on(ProfileAnswered)
def end_what_is_not_theirs(event: ProfileAnswered) -> None:
    if event.answer is ClaimAnswer.ACCEPTED:
        return
    for case in _cases_of(event.worker):
        if case.state in BEFORE_DEPARTURE:
            given = Given(reason=ExitReason.WITHDREW)
            ops.end(case, given, party=Party.SYSTEM, actor=event.actor, now=event.now)


@on(ProfileEmptied)
def forget(event: ProfileEmptied) -> None:
    """Papers, numbers and notes go; that there was a case stays as history, and nobody waits for it."""
    for case in _cases_of(event.worker):
        if case.state in BEFORE_DEPARTURE:
            given = Given(reason=ExitReason.WITHDREW)
            ops.end(case, given, party=Party.SYSTEM, actor=event.actor, now=event.now)
        documents.empty(case, folder=current_app.config["UPLOAD_FOLDER"])
        case.contract_number = ""
        db.session.execute(
            update(CaseStep).where(CaseStep.case_id == case.id).values(note="", passed_note="")
        )
        live = (ReceiverConsent.case_id == case.id, ReceiverConsent.withdrawn_at.is_(None))
        db.session.execute(update(ReceiverConsent).where(*live).values(withdrawn_at=event.now))


def _cases_of(worker: Worker) -> Sequence[OverseasCase]:
    query = select(OverseasCase).where(OverseasCase.worker_id == worker.id).order_by(OverseasCase.id)
    return db.session.scalars(query).all()
