"""A profile that turns out to be nobody's is referred nowhere."""

import pytest

from portal.common.clock import now
from portal.common.events import emit
from portal.referrals.states import ReferralState
from portal.workers import operations, sensitive
from portal.workers.claims import find_claim
from portal.workers.events import ClaimAnswer, ProfileAnswered
from portal.workers.states import ConsentChannel, Purpose


@pytest.mark.parametrize("answer", [ClaimAnswer.CONTESTED, ClaimAnswer.REFUSED])
def test_whoever_disowns_a_profile_has_no_referral_and_no_letter_left(stages, session, answer):
    referral = stages.interview()
    emit(ProfileAnswered(referral.worker, answer, None, now()))
    session.commit()
    assert referral.state is ReferralState.DECLINED
    assert referral.due_on is None
    assert all(letter.withdrawn_at for letter in referral.letters)
    assert referral.steps[-1].name == "disown"


@pytest.mark.parametrize("stage", ["interview", "hired"])
def test_who_refuses_a_profile_leaves_nothing_of_themself_behind(stages, make, session, stage):
    worker = make.worker("Trần Văn Bảy", phone="0901777888", account=None)
    consenting = {"channel": ConsentChannel.DESK, "actor": stages.adviser, "now": now()}
    operations.give_consent(worker, Purpose.ETHNICITY, **consenting)
    sensitive.tell(worker, Purpose.ETHNICITY, "17", actor=stages.adviser, now=now())
    referral = getattr(stages, stage)(worker)
    code = operations.make_claim_code(worker, actor=stages.adviser, now=now())
    operations.refuse(*find_claim(code, now=now()), actor=None, now=now())
    session.commit()
    assert all(letter.withdrawn_at for letter in referral.letters)
    assert "Bảy" not in str([letter.facts for letter in referral.letters])
    assert "777" not in str([letter.facts for letter in referral.letters])
    assert not sensitive.is_told(worker, Purpose.ETHNICITY)
    assert all(consent.withdrawn_at for consent in worker.consents)


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
