"""A case goes by its programme: its stages, its papers, and what plainly bars a person."""

import datetime as dt

import pytest
from sqlalchemy import update

from portal.common.clock import now, today
from portal.overseas.cases.documents_needed import needed_in
from portal.overseas.cases.gates import Question, missing
from portal.overseas.cases.moves import Stopped
from portal.overseas.cases.stages import stages_of
from portal.overseas.cases.states import PIPELINE, DocumentKind
from portal.overseas.cases.transitions import FORWARD, Need
from portal.overseas.models import Programme
from portal.overseas.programmes.models import ProgrammeRequirement
from portal.overseas.programmes.seed import load_programmes
from portal.overseas.states import CaseState
from tests.overseas.cases.conftest import day

S, K = CaseState, DocumentKind
CHECK = next(step for step in FORWARD if step.name == "check")


@pytest.fixture
def programme(session):
    load_programmes(session, now=now())
    session.commit()
    return lambda code: session.query(Programme).filter_by(code=code).one()


def opened(ways, code, **given):
    return ways.opened(ways.person(**given).worker, programme=code)


def test_a_programme_without_a_stage_leaves_it_out(ways, programme):
    case = opened(ways, programme("germany-triple-win"))
    assert S.FINANCE not in stages_of(case) and S.TRAINING in stages_of(case)
    assert stages_of(opened(ways, programme("eps"))) == PIPELINE


def test_the_papers_are_those_of_the_programme_the_law_s_own_among_them(ways, programme):
    kinds = {one.kind: one for one in needed_in(opened(ways, programme("eps")))}
    assert {K.LANGUAGE_RESULT, K.SKILL_RESULT, K.JUDICIAL_RECORD, K.PASSPORT, K.ORIENTATION} <= set(kinds)
    assert kinds[K.PASSPORT].certain and not kinds[K.LANGUAGE_RESULT].certain
    assert kinds[K.LANGUAGE_RESULT].needed_by is S.NOMINATED and kinds[K.LANGUAGE_RESULT].months == 24


def test_a_paper_that_only_an_unverified_row_asks_for_stops_nobody_for_good(ways, programme, session):
    case = ways.to("checked", opened(ways, programme("eps")))
    for kind in (K.APPLICATION, K.CV, K.CITIZEN_CARD):
        ways.paper(case, kind, expires_on=day(400))
    ways.consented(case, receiver="HRD Korea", country="KR")
    with pytest.raises(Stopped, match="Còn thiếu: Kết quả ngoại ngữ") as stopped:
        ways.take(S.NOMINATED, case)
    assert stopped.value.passable
    session.rollback()
    paper = ways.paper(case, K.LANGUAGE_RESULT, issued_on=day(-30))
    # Good for as long as the programme says.
    assert paper.expires_on.year - paper.issued_on.year == 2
    assert ways.take(S.NOMINATED, case).state is S.NOMINATED


def in_the_way(case):
    return missing(Need.ELIGIBLE, Question(case, today(), CHECK))


def test_who_is_too_old_is_told_so_and_only_a_verified_row_stops(ways, programme, session):
    born = dt.date(today().year - 45, 1, 1)
    case = opened(ways, programme("eps"), birth_date=born)
    [found] = in_the_way(case)
    assert "39" in str(found.sentence) and found.passable
    session.execute(
        update(ProgrammeRequirement).where(ProgrammeRequirement.slot == "age").values(verified=True)
    )
    assert [one.passable for one in in_the_way(case)] == [False]
    assert in_the_way(opened(ways, programme("eps"), birth_date=dt.date(2000, 1, 1))) == ()


def test_what_can_still_be_learned_stands_in_nobody_s_way(ways, programme):
    """No language yet, and the body is asked apart: neither is said here."""
    case = opened(ways, programme("im-japan"), birth_date=dt.date(2003, 1, 1))
    assert in_the_way(case) == ()
