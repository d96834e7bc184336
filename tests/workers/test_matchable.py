"""Who may be matched: the rule in Python and the query in SQL say the same."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import eligibility
from portal.reference import rules as legal
from portal.workers import rules
from portal.workers.queries import Workers, live_purposes
from portal.workers.rules import Bar, Facts, age_on, born_on_or_before, may_be_matched
from portal.workers.states import Purpose, WorkerState
from tests.factories import NOW

ON = dt.date(2026, 11, 23)


def facts(worker):
    return Facts(
        worker.state,
        live_purposes(worker),
        worker.birth_date,
        worker.birth_year,
        worker.guardian_consented_at is not None,
    )


@pytest.mark.parametrize(
    ("birth_date", "birth_year", "age"),
    [
        (dt.date(2011, 11, 23), 2011, 15),
        (dt.date(2011, 11, 24), 2011, 14),
        (None, 2011, 14),
        (None, 2010, 15),
        (dt.date(2008, 2, 29), 2008, 18),
        (None, None, None),
    ],
)
def test_a_year_alone_counts_as_its_last_day(birth_date, birth_year, age):
    assert age_on(birth_date, birth_year, ON) == age


@given(
    st.dates(dt.date(1940, 1, 1), dt.date(2020, 1, 1)),
    st.dates(dt.date(2020, 1, 2), dt.date(2040, 1, 1)),
    st.sampled_from([15, 18, 60]),
)
def test_the_border_day_says_the_same_as_the_age(born, on, age):
    assert (age_on(born, born.year, on) >= age) == (born <= born_on_or_before(age, on))


CASES = {
    "a grown person who agreed": ({}, None),
    "agreed to the roster only": ({"consents": (Purpose.ROSTER,)}, None),
    "never agreed": ({"consents": (Purpose.MESSAGES,)}, Bar.NO_CONSENT),
    "still filling in": ({"state": WorkerState.DRAFT}, Bar.NOT_ACTIVE),
    "pausing": ({"state": WorkerState.PAUSED}, Bar.NOT_ACTIVE),
    "refused the profile": ({"state": WorkerState.REFUSED}, Bar.NOT_ACTIVE),
    "fifteen today, guardian agreed": (
        {"birth_date": dt.date(2011, 11, 23), "guardian_consented_at": NOW},
        None,
    ),
    "fifteen tomorrow": (
        {"birth_date": dt.date(2011, 11, 24), "guardian_consented_at": NOW},
        Bar.TOO_YOUNG,
    ),
    "seventeen without a guardian": ({"birth_date": dt.date(2009, 1, 5)}, Bar.NO_GUARDIAN),
    "eighteen today": ({"birth_date": dt.date(2008, 11, 23)}, None),
    "eighteen tomorrow": ({"birth_date": dt.date(2008, 11, 24)}, Bar.NO_GUARDIAN),
    "year alone, may be seventeen": ({"birth_date": None, "birth_year": 2008}, Bar.NO_GUARDIAN),
    "year alone, surely eighteen": ({"birth_date": None, "birth_year": 2007}, None),
    "year alone, may be fourteen": (
        {"birth_date": None, "birth_year": 2011, "guardian_consented_at": NOW},
        Bar.TOO_YOUNG,
    ),
    "no birth date at all": ({"birth_date": None}, Bar.NO_BIRTH),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rule_and_the_query_agree(make, case):
    given_facts, bar = CASES[case]
    worker = make.worker(**given_facts)
    assert may_be_matched(facts(worker), ON) is bar
    found = Workers().matchable(ON).all()
    assert (worker in found) == (bar is None)


def test_on_the_last_day_of_a_year_the_year_alone_is_enough(make):
    worker = make.worker(birth_date=None, birth_year=2008)
    new_year = dt.date(2026, 12, 31)
    assert may_be_matched(facts(worker), new_year) is None
    assert Workers().matchable(new_year).all() == [worker]


def test_a_withdrawn_consent_is_no_consent(make, session):
    worker = make.worker()
    worker.consents[0].withdrawn_at = NOW
    session.commit()
    assert Workers().matchable(ON).all() == []


@pytest.mark.parametrize(
    ("key", "age"),
    [("work.min_age", rules.WORKING_AGE), ("work.adult_age", rules.ADULT_AGE),
     ("work.guardian_consent_age", rules.ADULT_AGE), ("overseas.min_age", eligibility.ADULT_AGE)],
)  # fmt: skip
def test_the_ages_of_registration_are_those_of_the_dated_rules(session, key, age):
    """Registration and the index know two ages as numbers: a new decree must turn this red."""
    found = legal.on(session, key, ON)
    assert found is not None and found.whole == age
