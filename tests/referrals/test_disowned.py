"""A profile that turns out to be nobody's is referred nowhere."""

import pytest

from portal.common.clock import now
from portal.common.events import emit
from portal.referrals.states import ReferralState
from portal.workers.events import ClaimAnswer, ProfileAnswered


@pytest.mark.parametrize("answer", [ClaimAnswer.CONTESTED, ClaimAnswer.REFUSED])
def test_whoever_disowns_a_profile_has_no_referral_and_no_letter_left(stages, session, answer):
    referral = stages.interview()
    emit(ProfileAnswered(referral.worker, answer, None, now()))
    session.commit()
    assert referral.state is ReferralState.DECLINED
    assert referral.due_on is None
    assert all(letter.withdrawn_at for letter in referral.letters)
    assert referral.steps[-1].name == "disown"


def test_a_hire_that_has_happened_stays(stages, session):
    referral = stages.hired()
    emit(ProfileAnswered(referral.worker, ClaimAnswer.CONTESTED, None, now()))
    session.commit()
    assert referral.state is ReferralState.HIRED


def test_taking_a_profile_over_ends_nothing(stages, session):
    referral = stages.asked()
    emit(ProfileAnswered(referral.worker, ClaimAnswer.ACCEPTED, None, now()))
    session.commit()
    assert referral.state is ReferralState.ASKED
