"""What happens elsewhere that a roster follows."""

from sqlalchemy import update

from portal.common.events import on
from portal.extensions import db
from portal.rosters.models import RosterRow
from portal.rosters.states import NoticeState
from portal.workers.events import ClaimAnswer, ProfileAnswered

NOTICE_OF_ANSWER = {
    ClaimAnswer.ACCEPTED: NoticeState.ACCEPTED,
    ClaimAnswer.REFUSED: NoticeState.REFUSED,
    ClaimAnswer.CONTESTED: NoticeState.CONTESTED,
}


@on(ProfileAnswered)
def note_answer(event: ProfileAnswered) -> None:
    db.session.execute(
        update(RosterRow)
        .where(RosterRow.worker_id == event.worker.id, RosterRow.notice.is_not(None))
        .values(notice=NOTICE_OF_ANSWER[event.answer])
    )
