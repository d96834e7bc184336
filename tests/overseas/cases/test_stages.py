"""The whole way, stage by stage: refused where a paper or a fact is missing, taken once it is there."""

import pytest

from portal.common.clock import today
from portal.organisations.states import LicenceStatus
from portal.overseas.cases import operations as ops
from portal.overseas.cases.gates import Question, is_told, missing, register
from portal.overseas.cases.moves import Given, Stopped
from portal.overseas.cases.states import PIPELINE, DocumentKind, FinanceWay
from portal.overseas.cases.transitions import FORWARD, SIDEWAYS, Missing, Need
from portal.overseas.states import (
    CaseState,
)

STEPS = {step.name: step for step in (*FORWARD, *SIDEWAYS)}
S = CaseState


def said(need, case, step="depart", on=None):
    found = missing(Need(need), Question(case, on or today(), STEPS[step]))
    return " ".join(str(one.sentence) for one in found)


@pytest.fixture
def case(ways):
    return ways.opened()


# What is taken away, for each stage, and the words with which the step into it is refused.
TAKEN_AWAY = {
    S.COUNSELLED: (lambda case: setattr(case, "adviser", None), "Chưa có tư vấn viên"),
    S.CHECKED: (lambda case: setattr(case.worker, "birth_year", None), "Chưa biết ngày sinh"),
    S.NOMINATED: (lambda case: setattr(case.opening.overseas, "approval_number", ""), "văn bản chấp thuận"),
    S.CONTRACT: (lambda case: setattr(case.opening.overseas, "approval_number", ""), "văn bản chấp thuận"),
    S.ABROAD: (
        lambda case: setattr(case.opening.organisation, "licence_status", LicenceStatus.SUSPENDED),
        "Giấy phép",
    ),
}
LACKS_PAPER = {
    S.NOMINATED: DocumentKind.CV, S.HEALTH: DocumentKind.HEALTH_CERTIFICATE,
    S.CONTRACT: DocumentKind.PASSPORT, S.VISA: DocumentKind.VISA, S.READY: DocumentKind.FUND_RECEIPT,
}  # fmt: skip


@pytest.mark.parametrize("stage", LACKS_PAPER, ids=str)
def test_each_stage_is_refused_where_its_paper_is_missing_and_taken_once_it_is_there(ways, session, stage):
    case = ways.to(PIPELINE[PIPELINE.index(stage) - 1])
    if stage is S.NOMINATED:
        ways.consented(case)
    with pytest.raises(Stopped, match=f"Còn thiếu: .*{LACKS_PAPER[stage].label}"):
        ways.take(stage, case)
    session.rollback()
    ways.papers_for(case, stage)
    assert ways.take(stage, case).state is stage


@pytest.mark.parametrize("stage", TAKEN_AWAY, ids=str)
def test_each_stage_is_refused_where_a_fact_is_gone(ways, session, stage):
    case = ways.to(PIPELINE[PIPELINE.index(stage) - 1])
    ways.papers_for(case, stage)
    spoil, words = TAKEN_AWAY[stage]
    if stage is S.CHECKED:
        case.worker.birth_date = None
        session.flush()
    spoil(case)
    with pytest.raises(Stopped, match=words):
        ways.take(stage, case)


def test_money_is_arranged_in_some_way(ways):
    case = ways.to("contract")
    ways.papers_for(case, "finance")
    with pytest.raises(Stopped, match="cách lo tiền"):
        ops.take(case, "arrange_money", Given(), details={"finance_way": None}, **ways.by())
    assert ops.take(
        case,
        "arrange_money",
        Given(why_on="Vay ở quỹ tín dụng của xã"),
        details={"finance_way": FinanceWay.LOAN, "deposit_vnd": None},
        **ways.by(),
    )


def test_other_capabilities_shut_and_open_gates_of_their_own(ways, monkeypatch):
    """A need that nobody tells about holds; a registered function names what is missing."""
    from portal.overseas.cases import gates

    without = {need: list(checks) for need, checks in gates._checks.items() if need is not Need.LOAN}
    monkeypatch.setattr(gates, "_checks", type(gates._checks)(list, without))
    case = ways.to("contract")
    assert not is_told(Need.LOAN) and said("loan", case) == ""
    undecided = []
    register(Need.LOAN, lambda asked: undecided)
    ways.papers_for(case, "finance")
    undecided.append(Missing("Ngân hàng chưa trả lời về khoản vay."))
    with pytest.raises(Stopped, match="Ngân hàng chưa trả lời"):
        ways.take(S.FINANCE, case)
    undecided.clear()
    assert ways.take(S.FINANCE, case).state is S.FINANCE


def test_a_programme_that_leaves_out_stages_goes_past_them(ways, monkeypatch):
    from portal.overseas.cases import stages as case_stages

    left_out = {S.TRAINING, S.FINANCE}
    monkeypatch.setattr(case_stages, "_told_by", [lambda case: set(PIPELINE) - left_out])
    case = ways.to("selected")
    ways.papers_for(case, "visa")
    assert ways.take(S.HEALTH, case).state is S.HEALTH
    ways.take(S.CONTRACT, case)
    assert ways.take(S.VISA, case).state is S.VISA
