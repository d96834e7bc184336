"""The table: every state, every step, every party."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import NotAllowed, Refused
from portal.referrals.history import HAPPENED
from portal.referrals.moves import Given, check
from portal.referrals.sentences import CENTRE_NEXT, ENDED
from portal.referrals.states import (
    BEFORE_RESULT,
    ENDED_STATES,
    WAITING_STATES,
    AnswerChannel,
    ReferralState,
)
from portal.referrals.step_views import PAGES
from portal.referrals.tones import TONES
from portal.referrals.transitions import GIVEN, STEPS, UNMET, Facts, Need, Party, find, offers, unmet

NAMES = sorted({step.name for step in STEPS})
STATES = (None, *ReferralState)
ALL_FACTS = frozenset(need for need in Need if need not in GIVEN)
# A step needs at most one reason; this finds one that its list accepts.
REASONS = {("person", "declined"): "person_wage", ("centre", "not_now"): "centre_not_yet",
           ("employer", "not_hired"): "employer_skills", ("", "left_work"): "person_left_soon"}  # fmt: skip

S, P = ReferralState, Party
# Written out by hand, so that a slip in the table is seen: (step, party) -> the states it may be taken from.
EXPECTED = {
    ("want", P.PERSON): {None, S.DECLINED, S.LAPSED, S.SHORTLISTED, S.ASKED},
    ("shortlist", P.STAFF): {None},
    ("invite", P.STAFF): {S.INTERESTED},
    ("ask", P.STAFF): {S.SHORTLISTED},
    ("remind", P.STAFF): {S.ASKED},
    ("remind", P.SYSTEM): {S.ASKED},
    ("agree", P.PERSON): {S.ASKED},
    ("agree", P.STAFF): {S.ASKED, S.SHORTLISTED},
    ("decline", P.PERSON): {S.ASKED},
    ("decline", P.STAFF): {S.ASKED, S.SHORTLISTED},
    ("withdraw", P.PERSON): {S.INTERESTED, S.SHORTLISTED, S.AGREED, S.REFERRED, S.INTERVIEW},
    ("withdraw", P.STAFF): {S.INTERESTED, S.AGREED, S.REFERRED, S.INTERVIEW},
    ("not_now", P.STAFF): {S.INTERESTED, S.SHORTLISTED, S.AGREED},
    ("issue_letter", P.STAFF): {S.AGREED, S.REFERRED, S.INTERVIEW},
    ("set_interview", P.STAFF): {S.REFERRED, S.INTERVIEW},
    ("answer_interview", P.PERSON): {S.INTERVIEW},
    ("answer_interview", P.STAFF): {S.INTERVIEW},
    ("record_interview", P.STAFF): {S.INTERVIEW},
    ("report_result", P.EMPLOYER): {S.REFERRED, S.INTERVIEW},
    ("hire", P.STAFF): {S.REFERRED, S.INTERVIEW},
    ("refuse", P.STAFF): {S.REFERRED, S.INTERVIEW},
    ("record_exchange", P.STAFF): {S.HIRED, S.PLACED, S.LEFT},
    ("place", P.STAFF): {S.HIRED},
    ("leave", P.STAFF): {S.HIRED},
    ("fill", P.SYSTEM): set(BEFORE_RESULT),
    ("lapse", P.SYSTEM): {S.ASKED},
    ("disown", P.SYSTEM): set(BEFORE_RESULT),
    ("reopen", P.STAFF): {S.NOT_NOW, S.DECLINED, S.LAPSED, S.FILLED, S.REFUSED, S.PLACED, S.LEFT},
    ("undo_hire", P.STAFF): {S.HIRED},
    ("depart", P.STAFF): {S.HIRED, S.PLACED},
    ("undo_depart", P.STAFF): {S.HIRED, S.PLACED, S.LEFT},
    # By the case that keeps the departure.
    ("depart", P.SYSTEM): {S.HIRED, S.PLACED},
    ("undo_depart", P.SYSTEM): {S.HIRED, S.PLACED, S.LEFT},
}


def everything(step):
    reason = REASONS.get(step.reasons) if step and step.reasons else None
    return Given(AnswerChannel.PHONE, reason, "vì thế", dt.date(2026, 11, 23), "VL-1")


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("name", NAMES)
def test_every_state_and_step_and_party(app_context, name, party):
    allowed = EXPECTED.get((name, party))
    for state in STATES:
        step, facts = find(name, state, party), Facts(state, ALL_FACTS)
        if allowed is None:
            with pytest.raises(NotAllowed):
                check(name, facts, party, everything(step))
        elif state in allowed:
            assert step is not None and check(name, facts, party, everything(step)) is step
        else:
            with pytest.raises(Refused):
                check(name, facts, party, everything(step))


@pytest.mark.parametrize("name", NAMES)
def test_nobody_without_a_part_in_it_may_do_anything(app_context, name):
    for state in STATES:
        with pytest.raises(NotAllowed):
            check(name, Facts(state, ALL_FACTS), None, Given())


@given(
    st.sampled_from(STATES), st.sampled_from(list(Party)), st.frozensets(st.sampled_from(sorted(ALL_FACTS)))
)
def test_a_button_is_offered_exactly_when_the_facts_allow_the_step(state, party, met):
    facts = Facts(state, met)
    for offer in offers(facts, party):
        assert (offer.why_not is None) == (unmet(offer.step, facts) is None)
        assert find(offer.step.name, state, party) is offer.step


@given(st.sampled_from([step for step in STEPS if step.needs]), st.data())
def test_whatever_is_missing_the_step_is_refused(step, data):
    missing = data.draw(st.sampled_from(step.needs))
    facts = Facts(step.sources[0], ALL_FACTS - {missing})
    assert unmet(step, facts, set(GIVEN) - {missing}) is missing
    assert missing in UNMET


def test_each_party_finds_one_step_of_a_name_in_a_state():
    for name, state, party in itertools.product(NAMES, STATES, Party):
        fitting = [s for s in STEPS if s.name == name and state in s.sources and party in s.who]
        assert len(fitting) <= 1, (name, state, party)


def test_every_waiting_state_can_be_left_and_ends_somewhere():
    targets = {step.target for step in STEPS}
    for state in WAITING_STATES:
        assert any(state in step.sources and step.target not in (None, state) for step in STEPS), state
    assert targets - {None} == set(ReferralState)


def test_every_state_has_a_sentence_a_tone_and_every_step_a_page_and_a_word():
    assert set(TONES) == set(ReferralState)
    assert set(CENTRE_NEXT) | {S.ASKED, S.INTERVIEW} == set(WAITING_STATES)
    assert set(ENDED) == set(ENDED_STATES)
    assert set(HAPPENED) == set(NAMES)
    # "shortlist" is a button of the ranked page.
    by_staff = {step.name for step in STEPS if Party.STAFF in step.who} - {"shortlist"}
    assert set(PAGES) == by_staff
    for step in STEPS:
        assert step.label or step.who == (Party.SYSTEM,)
        assert (Need.REASON in step.needs) <= (step.reasons is not None)


@pytest.fixture(scope="module")
def app_context():
    """Sentences are lazy: they need an application, but no database."""
    from portal import create_app
    from tests.settings import config_for

    with create_app(config_for("sqlite://"), TESTING=True).app_context():
        yield
