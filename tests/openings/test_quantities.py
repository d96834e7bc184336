"""How many are chosen and have gone: nobody above the approved number leaves, and no two count as one."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.audit.models import AuditEvent
from portal.errors import Refused
from portal.extensions import db
from portal.openings.models import OverseasTerms
from portal.openings.quantities import depart_one, remaining, select_one, undo_departure, unselect_one
from tests.factories import NOW
from tests.openings.lawful import stated, with_rules

BEFORE_THE_LAW = dt.datetime(2021, 6, 1, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _rules(app: Any) -> None:
    with_rules()


def counts(opening: Any) -> tuple[int, int]:
    return opening.overseas.selected_quantity, opening.overseas.departed_quantity


def verdicts(findings: Any) -> set[str]:
    return {one.verdict.value for one in findings}


def test_a_person_is_chosen_and_goes(make: Any) -> None:
    opening = stated(make, approved_quantity=2)
    assert verdicts(select_one(opening, actor=None, now=NOW)) == {"ok"}
    assert counts(opening) == (1, 0) and remaining(opening.overseas) == 1
    assert verdicts(depart_one(opening, actor=None, now=NOW)) == {"ok"}
    assert counts(opening) == (0, 1) and remaining(opening.overseas) == 1
    assert db.session.query(AuditEvent).filter(AuditEvent.action.like("opening.person_%")).count() == 2


def test_one_chosen_above_the_approved_number_is_told_and_not_refused(make: Any) -> None:
    opening = stated(make, approved_quantity=1)
    select_one(opening, actor=None, now=NOW)
    assert verdicts(select_one(opening, actor=None, now=NOW)) == {"warning"}
    assert counts(opening) == (2, 0) and remaining(opening.overseas) == 0


def test_one_gone_above_the_approved_number_is_refused_and_nothing_is_counted(make: Any) -> None:
    opening = stated(make, approved_quantity=1)
    for _person in range(2):
        select_one(opening, actor=None, now=NOW)
    depart_one(opening, actor=None, now=NOW)
    with pytest.raises(Refused, match="chỉ cho đưa đi 1 người"):
        depart_one(opening, actor=None, now=NOW)
    # Who catches the refusal for one of a flight commits the others.
    db.session.commit()
    assert counts(opening) == (1, 1)


def test_a_departure_entered_by_mistake_is_taken_back(make: Any) -> None:
    opening = stated(make, approved_quantity=1)
    select_one(opening, actor=None, now=NOW)
    depart_one(opening, actor=None, now=NOW)
    undo_departure(opening, actor=None, now=NOW)
    assert counts(opening) == (1, 0)
    unselect_one(opening, actor=None, now=NOW)
    assert counts(opening) == (0, 0)


@pytest.mark.parametrize("undo", [undo_departure, unselect_one])
def test_nothing_is_taken_back_that_was_not_there(make: Any, undo: Any) -> None:
    with pytest.raises(Refused):
        undo(stated(make), actor=None, now=NOW)


def test_at_home_nobody_departs(make: Any) -> None:
    with pytest.raises(Refused, match="nước ngoài"):
        depart_one(make.opening(), actor=None, now=NOW)


def test_where_the_approved_number_or_the_rule_is_unknown_it_is_said_and_not_guessed(make: Any) -> None:
    opening = stated(make, approved_quantity=None)
    assert verdicts(depart_one(opening, actor=None, now=NOW)) == {"unknown"}
    assert remaining(opening.overseas) is None
    early = stated(make, approved_quantity=0, organisation=opening.organisation)
    assert verdicts(depart_one(early, actor=None, now=BEFORE_THE_LAW)) == {"unknown"}


def test_it_counts_from_what_the_database_says_now(make: Any) -> None:
    """Another desk has counted meanwhile; what this one read before must not win."""
    opening = stated(make, approved_quantity=9)
    db.session.execute(
        db.text("UPDATE overseas_terms SET departed_quantity = 4 WHERE opening_id = :id"), {"id": opening.id}
    )
    depart_one(opening, actor=None, now=NOW)
    assert counts(opening) == (0, 5)


STEPS = {"select": select_one, "unselect": unselect_one, "depart": depart_one, "undo": undo_departure}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=10), approved=st.integers(0, 3))
def test_whatever_happens_nobody_above_the_number_has_gone(
    make: Any, steps: list[str], approved: int
) -> None:
    opening = stated(make, approved_quantity=approved)
    for step in steps:
        try:
            STEPS[step](opening, actor=None, now=NOW)
        except Refused:
            pass
        selected, departed = counts(opening)
        assert 0 <= departed <= approved and selected >= 0
    db.session.rollback()


def test_remaining_is_never_below_nothing() -> None:
    terms = OverseasTerms(approved_quantity=2, selected_quantity=3, departed_quantity=1)
    assert remaining(terms) == 0
