"""What happens here when an opening ends, or a profile turns out to be nobody's."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from portal.common.events import on
from portal.extensions import db
from portal.openings.events import OpeningEnded
from portal.referrals import notices
from portal.referrals.interviews import cancel_interviews
from portal.referrals.letters import ABOUT_THE_PERSON, withdraw_letters
from portal.referrals.models import Letter, Referral
from portal.referrals.moves import Given, move
from portal.referrals.states import BEFORE_LETTER, BEFORE_RESULT, ReferralState
from portal.referrals.transitions import Party
from portal.workers.events import ClaimAnswer, ProfileAnswered

REASONS = {"filled": "employer_filled", "closed": "employer_cancelled", "expired": "centre_expired"}


@on(OpeningEnded)
def end_the_others(event: OpeningEnded) -> None:
    """Everybody who still hoped for this job is told, with what else there is.

    An expired opening takes nobody new, but who has a letter goes on to the result.
    """
    states = BEFORE_LETTER if event.why == "expired" else BEFORE_RESULT
    for referral in _locked(Referral.opening_id == event.opening.id, states):
        told = referral.state is not ReferralState.SHORTLISTED
        given = Given(reason=REASONS[event.why])
        move(referral, "fill", actor=event.actor, now=event.now, given=given, party=Party.SYSTEM)
        withdraw_letters(referral, now=event.now)
        cancel_interviews(referral)
        if told:
            notices.tell_end(referral, now=event.now)


@on(ProfileAnswered)
def end_what_is_not_theirs(event: ProfileAnswered) -> None:
    """Who refuses a profile made for them, or says it is not theirs, is referred nowhere."""
    if event.answer is ClaimAnswer.ACCEPTED:
        return
    for referral in _locked(Referral.worker_id == event.worker.id, BEFORE_RESULT):
        move(referral, "disown", actor=event.actor, now=event.now, given=Given(), party=Party.SYSTEM)
        withdraw_letters(referral, now=event.now)
        cancel_interviews(referral)
    if event.answer is ClaimAnswer.REFUSED:
        for letter in _letters_of(event.worker.id):
            # What it said of the person goes with the profile; its number stays as history.
            letter.withdrawn_at = letter.withdrawn_at or event.now
            letter.facts = letter.facts | dict.fromkeys(ABOUT_THE_PERSON, "")


def _letters_of(worker_id: int) -> Sequence[Letter]:
    query = select(Letter).join(Letter.referral).where(Referral.worker_id == worker_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _locked(condition: ColumnElement[bool], states: tuple[ReferralState, ...]) -> Sequence[Referral]:
    return db.session.scalars(
        select(Referral)
        .where(condition, Referral.state.in_(states))
        .order_by(Referral.id)
        .with_for_update(of=Referral)
        .execution_options(populate_existing=True)
    ).all()
