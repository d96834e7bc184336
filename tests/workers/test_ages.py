"""Where only the birth year is known, every age gate takes the latest possible birth date."""

import datetime as dt

import pytest
import time_machine

from portal.counselling.rules import age_band
from portal.counselling.states import AgeBand
from portal.errors import Invalid
from portal.ranking.explanations import explain
from portal.referrals.facts import is_lawful
from portal.rosters.cells import read_birth
from portal.workers.facts import set_birth
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.rules import Bar, Facts, age_on, is_minor, may_be_matched
from portal.workers.states import Purpose, WorkerState
from portal.workers.steps import missing_in, steps_for
from tests.factories import NOW

# 23 November 2026: who was born in 2011 is 15, or 14 still; in 2008 it is 18 or 17.
ON = NOW.date()
FOURTEEN, FIFTEEN, SEVENTEEN, EIGHTEEN = 2011, 2010, 2008, 2007


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(("year", "age"), [(FOURTEEN, 14), (FIFTEEN, 15), (SEVENTEEN, 17), (EIGHTEEN, 18)])
def test_the_age_is_the_youngest_possible(year, age):
    assert age_on(None, year, ON) == age
    assert age_on(None, year, dt.date(2026, 12, 31)) == age + 1


def test_nobody_is_registered_who_may_be_under_15(app):
    set_birth(Worker(), None, FIFTEEN, ON)
    with pytest.raises(Invalid):
        set_birth(Worker(), None, FOURTEEN, ON)


def test_a_roster_row_that_may_be_under_15_asks_for_the_day():
    assert read_birth(None, str(FIFTEEN), ON).error is None
    assert read_birth(None, str(FOURTEEN), ON).error == "birth_young_year"


@pytest.mark.parametrize(
    ("year", "bar"), [(FOURTEEN, Bar.TOO_YOUNG), (SEVENTEEN, Bar.NO_GUARDIAN), (EIGHTEEN, None)]
)
def test_matching_is_barred_alike_in_the_rule_and_in_the_query(make, year, bar):
    worker = make.worker(birth_date=None, birth_year=year)
    facts = Facts(WorkerState.ACTIVE, frozenset([Purpose.MATCHING]), None, year)
    assert may_be_matched(facts, ON) is bar
    assert Workers().matchable(ON).all() == ([] if bar else [worker])


def test_who_may_be_under_18_needs_a_guardian(make):
    may_be, is_not = (make.worker(birth_date=None, birth_year=year) for year in (SEVENTEEN, EIGHTEEN))
    assert is_minor(None, SEVENTEEN, ON) and not is_minor(None, EIGHTEEN, ON)
    assert "guardian" in [step.name for step in steps_for(may_be, ON)]
    assert "guardian" not in [step.name for step in steps_for(is_not, ON)]
    assert "guardian" in [one.step for one in missing_in(may_be, ON)]


@pytest.mark.parametrize(("year", "lawful"), [(SEVENTEEN, False), (EIGHTEEN, True)])
def test_no_referral_and_no_place_in_a_list_while_the_age_is_open(make, year, lawful):
    opening = make.opening("Lái xe tải", occupation_code="8332", barred_to_minors=True)
    worker = make.worker(birth_date=None, birth_year=year, guardian_consented_at=NOW)
    assert is_lawful(worker, opening, ON) is lawful
    verdicts = explain(opening, worker, ON).explanation.verdicts
    assert [one.verdict for one in verdicts if one.rule == "age"] == ["yes" if lawful else "no"]


def test_the_filter_of_the_list_finds_by_the_youngest_age(make):
    worker = make.worker(birth_date=None, birth_year=SEVENTEEN)
    assert Workers().aged(18, None, ON).all() == []
    assert Workers().aged(None, 17, ON).all() == [worker]


def test_a_contact_is_counted_in_the_band_of_the_youngest_age():
    assert age_band(age_on(None, SEVENTEEN, ON)) is AgeBand.UNDER_18
    assert age_band(age_on(None, EIGHTEEN, ON)) is AgeBand.FROM_18
