"""The table: every stage, every step, every party, every gate met and unmet, whichever stages are used."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import NotAllowed, Refused
from portal.overseas.cases.batch import ACTIONS
from portal.overseas.cases.history import HAPPENED
from portal.overseas.cases.moves import Given, Stopped, check, step_named
from portal.overseas.cases.sentences import STANDS
from portal.overseas.cases.states import ALWAYS_USED, BEFORE_DEPARTURE, PIPELINE, TONES, ExitReason
from portal.overseas.cases.step_views import PAGES
from portal.overseas.cases.transitions import (
    ABOUT,
    FORWARD,
    GIVEN,
    NAMES,
    SIDEWAYS,
    TICKS,
    UNGIVEN,
    Facts,
    Missing,
    Need,
    Party,
    find,
    offers,
    table,
    used,
)
from portal.overseas.states import CaseState

S, P = CaseState, Party
STATES = (None, *CaseState)
EVERYTHING = Given(
    date=dt.date(2026, 11, 23),
    reason=ExitReason.FAMILY,
    note="vì thế",
    ticks=frozenset(TICKS),
    why_on="đã hỏi",
)
BEFORE = {S.INTERESTED, S.COUNSELLED, S.CHECKED, S.NOMINATED, S.SELECTED, S.TRAINING, S.HEALTH, S.CONTRACT,
          S.FINANCE, S.VISA, S.READY}  # fmt: skip
# Written out by hand, so that a slip in the table is seen: (step, party) -> where it may be taken from.
EXPECTED = {
    ("open", P.STAFF): {None},
    ("counsel", P.STAFF): {S.INTERESTED},
    ("check", P.STAFF): {S.COUNSELLED},
    ("nominate", P.STAFF): {S.CHECKED},
    ("select", P.STAFF): {S.NOMINATED},
    ("train", P.STAFF): {S.SELECTED},
    ("health", P.STAFF): {S.TRAINING},
    ("sign", P.STAFF): {S.HEALTH},
    ("arrange_money", P.STAFF): {S.CONTRACT},
    ("visa", P.STAFF): {S.FINANCE},
    ("make_ready", P.STAFF): {S.VISA},
    ("depart", P.STAFF): {S.READY},
    ("return_home", P.STAFF): {S.ABROAD},
    ("settle", P.STAFF): {S.RETURNED},
    ("send_profile", P.STAFF): BEFORE - {S.INTERESTED, S.COUNSELLED},
    ("extend", P.STAFF): BEFORE - {S.INTERESTED, S.COUNSELLED, S.CHECKED, S.NOMINATED},
    ("end", P.STAFF): BEFORE,
    ("withdraw", P.PERSON): BEFORE,
    ("disown", P.SYSTEM): BEFORE,
    ("reopen", P.STAFF): {S.ENDED},
    ("undo", P.STAFF): (BEFORE - {S.INTERESTED}) | {S.RETURNED, S.SETTLED},
    ("undo_depart", P.STAFF): {S.ABROAD},
}
# What stands in the way of which step, by hand too.
GATES = {
    "open": "live matching adult",
    "counsel": "live adviser",
    "check": "live adult eligible",
    "nominate": "live adult opening fits taking licence supply quantity sharing receiver documents",
    "select": "safe documents",
    "train": "enrolled documents",
    "health": "trained documents",
    "sign": "licence supply safe documents contract fee in_time",
    "arrange_money": "safe support loan documents money deposit",
    "visa": "documents list",
    "make_ready": "safe documents adult in_time fund",
    "depart": "safe licence quantity adult documents in_time fund",
    "return_home": "home",
    "settle": "liquidated",
    "send_profile": "live sharing receiver",
    "reopen": "live matching",
}


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("name", NAMES)
def test_every_stage_and_step_and_party(app_context, name, party):
    allowed = EXPECTED.get((name, party))
    for state in STATES:
        facts = Facts(state)
        if allowed is None:
            with pytest.raises(NotAllowed):
                step_named(name, facts, party)
        elif state in allowed:
            step = step_named(name, facts, party)
            assert step.name == name and check(step, facts, EVERYTHING) == ()
        else:
            with pytest.raises(Refused):
                step_named(name, facts, party)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_without_a_part_in_it_may_do_anything(app_context, name):
    for state in STATES:
        with pytest.raises(NotAllowed):
            step_named(name, Facts(state), None)


@pytest.mark.parametrize("step", [*FORWARD, *SIDEWAYS], ids=lambda step: step.name)
def test_every_gate_unmet_is_refused_by_its_own_words(app_context, step):
    assert {need.value for need in step.facts} == set(GATES.get(step.name, "").split())
    for need in step.facts:
        facts = Facts(None, {need: (Missing(f"thiếu {need.value}"),)})
        with pytest.raises(Stopped) as stopped:
            check(step, facts, EVERYTHING)
        assert f"thiếu {need.value}" in str(stopped.value.sentence)
    # Met again, the same step is taken.
    assert check(step, Facts(None), EVERYTHING) == ()


@pytest.mark.parametrize("step", [*FORWARD, *SIDEWAYS], ids=lambda step: step.name)
def test_a_refusal_names_everything_that_is_missing_at_once(app_context, step):
    missing = {need: (Missing(f"thiếu {need.value}"),) for need in step.facts}
    if missing:
        with pytest.raises(Stopped) as stopped:
            check(step, Facts(None, missing), EVERYTHING)
        assert [str(one.sentence) for one in stopped.value.missing] == [
            f"thiếu {n.value}" for n in step.facts
        ]


@pytest.mark.parametrize("step", [s for s in (*FORWARD, *SIDEWAYS) if s.asks], ids=lambda step: step.name)
def test_what_a_step_asks_must_be_given(app_context, step):
    for need in step.asks:
        lacking = {
            Need.DATE: {"date": None}, Need.REASON: {"reason": None}, Need.NOTE: {"note": " "},
        }.get(need, {"ticks": frozenset(TICKS) - {need}})  # fmt: skip
        given_ = Given(**{**vars(EVERYTHING), **lacking})
        with pytest.raises(Refused, match=str(UNGIVEN[need])[:20]):
            check(step, Facts(None), given_)


def test_a_reason_carries_over_an_unverified_rule_and_over_no_other(app_context):
    step = next(one for one in FORWARD if one.name == "depart")
    soft = Missing("quỹ", "QĐ 40/2021", passable=True)
    silent = Given(**{**vars(EVERYTHING), "why_on": "  "})
    with pytest.raises(Stopped) as stopped:
        check(step, Facts(None, {Need.FUND: (soft,)}), silent)
    assert stopped.value.passable and stopped.value.field == "why_on"
    assert check(step, Facts(None, {Need.FUND: (soft,)}), EVERYTHING) == (Need.FUND,)
    with pytest.raises(Stopped) as stopped:
        check(step, Facts(None, {Need.FUND: (soft,), Need.SAFE: (Missing("sự cố"),)}), EVERYTHING)
    assert [one.sentence for one in stopped.value.missing] == ["sự cố"]


stage_sets = st.frozensets(st.sampled_from(PIPELINE))


@given(stage_sets)
def test_whatever_stages_are_used_each_leads_to_the_next_and_the_law_s_own_stay(stages):
    shown = used(stages)
    assert set(ALWAYS_USED) <= set(shown) and list(shown) == [one for one in PIPELINE if one in shown]
    for before, after in itertools.pairwise(shown):
        onward = [one.step for one in offers(Facts(before, stages=shown), P.STAFF) if one.step.leads_on]
        assert [step.target for step in onward] == [after]


@given(stage_sets, st.sampled_from(PIPELINE[:-1]))
def test_a_case_in_a_stage_that_was_given_up_goes_on_from_there(stages, state):
    shown = used(stages)
    onward = [one.step.target for one in offers(Facts(state, stages=shown), P.STAFF) if one.step.leads_on]
    assert len(onward) == 1 and PIPELINE.index(onward[0]) > PIPELINE.index(state)


@given(stage_sets, st.sampled_from(STATES), st.sampled_from(list(Party)))
def test_a_button_is_offered_exactly_where_the_step_may_be_taken(stages, state, party):
    facts = Facts(state, stages=used(stages))
    offered = {one.step.name for one in offers(facts, party)}
    assert offered == {name for name in NAMES if find(name, facts, party) is not None}


def test_each_party_finds_one_step_of_a_name_in_a_stage():
    for name, state, party in itertools.product(NAMES, STATES, Party):
        fitting = [s for s in table() if s.name == name and state in s.sources and party in s.who]
        assert len(fitting) <= 1, (name, state, party)


def test_every_stage_before_departure_can_be_ended_with_a_cause():
    assert set(BEFORE_DEPARTURE) == BEFORE
    for state in BEFORE_DEPARTURE:
        assert find("end", Facts(state), P.STAFF) and find("withdraw", Facts(state), P.PERSON)


def test_every_stage_has_its_words_and_every_step_a_page():
    assert set(TONES) == set(STANDS) == set(CaseState)
    assert set(HAPPENED) == set(NAMES)
    by_staff = {step.name for step in (*FORWARD, *SIDEWAYS) if P.STAFF in step.who}
    # A case is opened from the page of a person.
    assert set(PAGES) == by_staff - {"open"}
    assert set(ACTIONS) <= set(PAGES)
    assert set(ABOUT) == set(Need) - set(GIVEN) and set(UNGIVEN) == set(GIVEN)
    assert all(step.label or step.who == (P.SYSTEM,) for step in (*FORWARD, *SIDEWAYS))


@pytest.fixture(scope="module")
def app_context():
    """Sentences are lazy: they need an application, but no database."""
    from portal import create_app
    from tests.settings import config_for

    with create_app(config_for("sqlite://"), TESTING=True).app_context():
        yield
