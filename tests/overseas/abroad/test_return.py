"""Coming home: how and why, the clocks, what is owed, and work here with what was learned."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from portal.common.clock import now, today
from portal.overseas.abroad.brought_home import brought_home_of
from portal.overseas.abroad.fund_hints import fund_hints
from portal.overseas.abroad.fund_rules import FundCause
from portal.overseas.abroad.return_models import BroughtHome, Homecoming, RefundClaim
from portal.overseas.abroad.returning import Came, come_home, homecoming_of, proposed_how
from portal.overseas.abroad.states import EarlyCause, Fault, HowHome
from portal.overseas.cases.moves import Given
from portal.overseas.cases.operations import settle
from portal.overseas.states import CaseState
from portal.overseas.support.queries import rulebook
from portal.ranking import lists
from portal.reference.models import LegalRule, RuleUnit
from portal.workers.models import Worker
from portal.workers.states import WorkerState

DAY = "%d/%m/%Y"


@pytest.fixture
def rate(session: Any, rules: Any) -> LegalRule:
    row = LegalRule(
        key="return.refund_rate", value="0.2", unit=RuleUnit.PERCENT, source="Agribank, biểu lãi suất",
        valid_from=dt.date(2020, 1, 1), verified=True, note="", created_at=now(),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row


def early(stay: Any, **given: str) -> dict[str, str]:
    """The form of somebody who came home today without fault, in the middle of the contract."""
    return {
        "returned_on": f"{today():{DAY}}", "how": "early", "cause": "employer", "fault": "none",
        "fault_basis": "Thư báo đóng cửa xưởng", "fee_vnd": "80.000.000",
        "fee_paid_on": f"{stay.departed_on - dt.timedelta(days=30):{DAY}}", **given,
    }  # fmt: skip


def path(stay: Any, part: str = "return") -> str:
    return f"/overseas/cases/{stay.case_id}/{part}"


def test_early_without_fault_ends_the_stay_starts_the_clocks_and_reckons_the_refund(
    abroad: Any, rate: Any, as_role: Any, session: Any, client: Any, code_of: Any
) -> None:
    stay = abroad(days=364, ends_in=365)
    code = code_of(stay)
    adviser = as_role("adviser")
    page = adviser.follow(path(stay), early(stay))
    row = session.scalars(select(Homecoming)).one()
    assert row.case.state is CaseState.RETURNED and row.case.returned_on == today()
    assert row.residence_due_on == today() + dt.timedelta(days=15)
    assert row.liquidation_due_on == today() + dt.timedelta(days=180)
    # 365 of 730 days are left: half of the fee; 394 days at 0.2 % of it.
    assert "40.000.000" in page.text and "86.357" in page.text and "40.086.357" in page.text
    assert "Điều 23 khoản 3" in page.text
    session.refresh(stay)
    assert stay.ended_on == today()
    client.get(f"/check-in/{code}", status=404)


def test_without_a_rate_the_interest_is_unknown_and_may_be_claimed_all_the_same(
    abroad: Any, as_role: Any, session: Any
) -> None:
    stay = abroad(days=364, ends_in=365)
    adviser = as_role("adviser")
    page = adviser.follow(path(stay), early(stay))
    assert "40.000.000" in page.text and "Chưa biết lãi suất tiền gửi không kỳ hạn" in page.text
    page = adviser.follow(path(stay, "return/refund"), {})
    assert "lãi chưa tính được" in page.text
    claim = session.scalars(select(RefundClaim)).one()
    assert (claim.principal_vnd, claim.interest_vnd, claim.remaining_days, claim.term_days) == (
        40_000_000, None, 365, 730,
    )  # fmt: skip
    adviser.post(path(stay, "return/refund"), status=409)


def test_the_claim_keeps_what_was_reckoned_and_the_payment(
    abroad: Any, rate: Any, as_role: Any, session: Any
) -> None:
    stay = abroad(days=364, ends_in=365)
    adviser = as_role("adviser")
    adviser.follow(path(stay), early(stay))
    adviser.follow(path(stay, "return/refund"), {})
    wrong = {"day": f"{today() + dt.timedelta(days=1):{DAY}}", "amount": "40 triệu"}
    page = adviser.post(path(stay, "return/refund/paid"), wrong, status=422)
    assert "đến hôm nay" in page.text and "40 triệu" in page.html
    page = adviser.follow(
        path(stay, "return/refund/paid"), {"day": f"{today():{DAY}}", "amount": "40.086.357"}
    )
    assert "đã nhận" in page.text
    claim = session.scalars(select(RefundClaim)).one()
    assert (claim.interest_vnd, claim.paid_vnd, claim.rate_source) == (
        86_357,
        40_086_357,
        "Agribank, biểu lãi suất",
    )
    # What was asked for on this ground is not turned round afterwards.
    page = adviser.post(path(stay), early(stay, fault="own"), status=409)
    assert "không đổi được nữa" in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"cause": ""}, "Hãy chọn vì sao về trước hạn."),
        ({"fault_basis": ""}, "Hãy ghi căn cứ vào đâu."),
        ({"returned_on": "01/01/2020"}, "Ngày về nước không thể trước ngày xuất cảnh."),
        (
            {"returned_on": "01/01/2199"},
            "Ngày về nước không thể sau hôm nay.",
        ),
        ({"contract_ended_on": "01/01/2020"}, "Ngày làm cuối không thể trước ngày xuất cảnh."),
        ({"how": ""}, "Hãy chọn một mục"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(
    abroad: Any, as_role: Any, session: Any, given: dict[str, str], said: str
) -> None:
    stay = abroad(days=364, ends_in=365)
    page = as_role("adviser").post(path(stay), early(stay, **given), status=422)
    assert said in page.text and "80.000.000" in page.html
    session.expire_all()
    assert stay.case.state is CaseState.ABROAD and stay.ended_on is None
    assert session.scalars(select(Homecoming)).all() == []


def test_who_came_after_the_contract_ended_did_not_come_early(abroad: Any, as_role: Any) -> None:
    stay = abroad(days=400, ends_in=-1)
    page = as_role("adviser").post(path(stay), early(stay), status=422)
    assert "người này không về trước hạn" in page.text


def test_who_comes_years_before_the_end_does_not_come_on_time(
    abroad: Any, as_role: Any, session: Any
) -> None:
    stay, adviser = abroad(days=364, ends_in=365), as_role("adviser")
    page = adviser.post(path(stay), early(stay, how="on_time"), status=422)
    ends = today() + dt.timedelta(days=365)
    assert f"Hợp đồng đến {ends:{DAY}} mới hết: về ngày này là về trước hạn." in page.text
    # Where the contract was shortened, that is written down first; the page is a press away.
    assert {f"/cases/{stay.case_id}", path(stay)} <= set(adviser.get(path(stay, "abroad")).links())
    stay.contract_ends_on = today()
    session.commit()
    adviser.follow(path(stay), early(stay, how="on_time"))


@pytest.mark.parametrize(
    ("ends_in", "how"),
    [
        (365, HowHome.EARLY),
        (20, HowHome.ON_TIME),
        (-20, HowHome.ON_TIME),
        (-31, HowHome.OVERSTAYED),
        (None, None),
    ],
)
def test_the_page_proposes_from_the_dates_and_leaves_the_choice(
    abroad: Any, ends_in: int | None, how: HowHome | None
) -> None:
    stay = abroad(days=400, ends_in=ends_in)
    assert proposed_how(stay.case, today()) is how


def test_on_time_nothing_is_owed_and_the_clock_runs_from_the_last_day(
    abroad: Any, as_role: Any, session: Any
) -> None:
    stay = abroad(days=400, ends_in=-10)
    last = today() - dt.timedelta(days=10)
    sent = {"returned_on": f"{today():{DAY}}", "how": "on_time", "contract_ended_on": f"{last:{DAY}}"}
    page = as_role("adviser").follow(path(stay), sent)
    assert "không có khoản phải trả lại" in page.text
    row = session.scalars(select(Homecoming)).one()
    assert row.liquidation_due_on == last + dt.timedelta(days=180)
    assert (row.cause, row.fault) == (None, Fault.UNCLEAR)


def test_the_case_is_not_returned_without_how_nor_settled_without_liquidation(
    abroad: Any, as_role: Any, session: Any, make: Any
) -> None:
    from portal.overseas.cases.moves import Stopped
    from portal.overseas.cases.operations import return_home

    stay, adviser = abroad(days=364, ends_in=365), make.account("adviser")
    with pytest.raises(Stopped, match="Về nước"):
        return_home(stay.case, Given(date=today()), actor=adviser, now=now())
    session.rollback()
    visitor = as_role("adviser", adviser)
    visitor.follow(path(stay), early(stay))
    session.expire_all()
    with pytest.raises(Stopped, match="thanh lý"):
        settle(stay.case, Given(), actor=adviser, now=now())
    session.rollback()
    page = visitor.post(path(stay, "return/liquidated"), {"day": "01/01/2020"}, status=422)
    assert "đến hôm nay" in page.text and "01/01/2020" in page.html
    visitor.follow(path(stay, "return/liquidated"), {"day": f"{today():{DAY}}"})
    visitor.follow(path(stay, "return/residence"), {"day": f"{today():{DAY}}"})
    session.expire_all()
    settle(stay.case, Given(), actor=adviser, now=now())
    assert stay.case.state is CaseState.SETTLED


def test_a_return_written_by_mistake_gives_the_stay_a_new_link(
    abroad: Any, as_role: Any, session: Any, make: Any, code_of: Any
) -> None:
    from portal.overseas.cases.operations import undo

    stay = abroad(days=364, ends_in=365)
    old = code_of(stay)
    as_role("adviser").follow(path(stay), early(stay))
    session.expire_all()
    undo(stay.case, Given(note="Nhầm người"), actor=make.account("adviser"), now=now())
    session.commit()
    assert stay.case.state is CaseState.ABROAD and stay.ended_on is None
    assert code_of(stay) != old
    assert any(due.done_at is None for due in stay.dues)


def test_fund_hints_follow_the_cause_and_an_unknown_sum_is_unknown(rules: Any) -> None:
    book, before, later = rulebook(rules), dt.date(2025, 6, 1), dt.date(2026, 6, 1)
    abused = fund_hints(EarlyCause.ABUSED, before, book)
    sums = [(hint.cause, hint.least and hint.least.whole, hint.most and hint.most.whole) for hint in abused]
    assert sums == [
        (FundCause.ABUSE, 7_000_000, 20_000_000), (FundCause.RETRAINING, None, 6_000_000),
        (FundCause.LEGAL, None, 50_000_000),
    ]  # fmt: skip
    assert {hint.most for hint in fund_hints(EarlyCause.ABUSED, later, book)} == {None}
    (ill, _retraining) = fund_hints(EarlyCause.ILL, later, book)
    assert ill.most is not None and ill.most.number == Decimal(30_000_000) and not ill.verified
    assert fund_hints(EarlyCause.OWN_WISH, before, book) == [] and fund_hints(None, before, book) == []


def test_fund_hints_stand_on_the_page_marked_as_unverified(abroad: Any, as_role: Any) -> None:
    stay = abroad(days=364, ends_in=365)
    page = as_role("adviser").follow(path(stay), early(stay, cause="ill"))
    assert "10.000.000" in page.text and "30.000.000" in page.text and "chưa kiểm chứng" in page.text
    assert "chưa phải lời hứa" in page.text


# --- back into work here ---------------------------------------------------------------------------------


@pytest.fixture
def home(abroad: Any, make: Any, session: Any) -> Any:
    """Somebody who came home from welding in Japan, with an account of their own."""
    account = make.account("seeker")
    worker = make.worker(
        "Châu Văn Sóc", occupations=(("9213", 12),), account_id=account.id, state=WorkerState.PAUSED,
        wants_home=None,
    )  # fmt: skip
    from portal.openings.states import Sphere

    opening = make.opening("Thợ hàn", occupation_code="7212", sphere=Sphere.OVERSEAS, country="JP")
    stay = abroad(days=1000, ends_in=-5, worker=worker, opening=opening)
    came = Came(HowHome.ON_TIME, today())
    come_home(stay.case, came, actor=make.account("adviser"), now=now())
    session.commit()
    return stay


LEARNED = {
    "occupation": "thợ hàn", "months": "33", "skills_text": "hàn TIG, đọc bản vẽ", "paper": "jlpt|N3",
    "points": "",
}  # fmt: skip


def test_the_profile_is_untouched_until_the_person_confirms_and_then_ranks_for_work_here(
    home: Any, make: Any, session: Any, as_role: Any
) -> None:
    worker = home.case.worker
    welder = make.opening("Thợ hàn cơ khí", occupation_code="7212", text="Hàn TIG, đọc bản vẽ")
    adviser = as_role("adviser")
    page = adviser.follow(path(home, "learned"), LEARNED)
    assert "JLPT N3" in page.text and "33 tháng ở Nhật Bản" in page.text
    session.expire_all()
    assert [row.code for row in worker.occupations] == ["9213"] and worker.state is WorkerState.PAUSED
    assert worker.id not in _ranked(welder)
    page = adviser.follow(path(home, "learned/confirm"), {"channel": "desk"})
    assert "đã vào hồ sơ tìm việc" in page.text
    session.expire_all()
    assert [(row.code, row.months) for row in worker.occupations] == [("7212", 33), ("9213", 12)]
    assert [(row.scale, row.level) for row in worker.certificates] == [("jlpt", "N3")]
    assert worker.skills == ["hàn TIG", "đọc bản vẽ"] or "đọc bản vẽ" in worker.skills_text
    assert [(row.title, row.workplace, row.months) for row in worker.experiences] == [
        ("thợ hàn", "Nhật Bản", 33)
    ]
    assert worker.wants_home and worker.state is WorkerState.ACTIVE
    assert _ranked(welder)[0] == worker.id
    kept = session.scalars(select(BroughtHome)).one()
    assert kept.taken_by_id is not None and kept.channel.value == "desk"


def _ranked(opening: Any) -> list[int]:
    return [row.worker.id for row in lists.ranked_list(opening, on=today(), limit=20).rows]


def test_the_person_reads_what_to_do_tells_and_confirms_alone(home: Any, session: Any, as_role: Any) -> None:
    person = as_role("seeker", home.case.worker.account)
    page = person.get("/overseas/my-return")
    assert f"{today() + dt.timedelta(days=15):%d/%m/%Y}" in page.text
    assert "Ghi nghề và kỹ năng mang về" in page.text
    page = person.follow("/overseas/my-return/learned", LEARNED)
    assert "Đúng rồi, đưa vào hồ sơ tìm việc" in page.text
    page = person.follow("/overseas/my-return/confirm", {})
    assert "Xem việc hợp với tôi" in page.text
    kept = session.scalars(select(BroughtHome)).one()
    assert (kept.channel.value, kept.taken_by_id) == ("online", None)
    person.post("/overseas/my-return/confirm", status=409)


def test_months_of_the_same_trade_add_up(home: Any, session: Any, as_role: Any) -> None:
    adviser = as_role("adviser")
    worker = home.case.worker
    worker.occupations[0].code = "7212"
    session.commit()
    adviser.follow(path(home, "learned"), LEARNED)
    adviser.follow(path(home, "learned/confirm"), {"channel": "phone"})
    session.expire_all()
    assert [(row.code, row.months) for row in worker.occupations] == [("7212", 45)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"occupation": "xyzzy qqq"}, "Chưa tìm thấy nghề này"),
        ({"months": "9999"}, "từ 0 đến 360"),
        ({"paper": "eps-topik|", "points": "9999"}, "Bạn xem lại bậc hoặc số điểm"),
    ],
)
def test_what_was_learned_is_checked(home: Any, as_role: Any, given: dict[str, str], said: str) -> None:
    page = as_role("adviser").post(path(home, "learned"), LEARNED | given, status=422)
    assert said in page.text and "hàn TIG" in page.html


def test_nobody_reads_the_return_of_another(home: Any, make: Any, as_role: Any) -> None:
    other = make.account("seeker")
    make.worker("Lê Thị Mơ", account_id=other.id)
    stranger = as_role("seeker", other)
    stranger.get("/overseas/my-return", status=404)
    stranger.post("/overseas/my-return/confirm", status=404)
    for role in ("moderator", "sender", "employer", "college", "department"):
        as_role(role).get(path(home), status=403)


def test_before_the_return_nothing_is_brought_home(abroad: Any, as_role: Any) -> None:
    stay = abroad()
    as_role("adviser").get(path(stay, "learned"), status=404)
    as_role("adviser").get(path(stay))
    assert brought_home_of(stay.case) is None and homecoming_of(stay.case) is None


def test_the_deadlines_wait_in_the_advisers_day(home: Any, as_role: Any, session: Any) -> None:
    adviser = as_role("adviser", home.case.adviser)
    page = adviser.get("/desk")
    assert "Báo nơi cư trú" in page.text and "Châu Văn Sóc" in page.text
    adviser.follow(path(home, "return/residence"), {"day": f"{today():{DAY}}"})
    page = adviser.get("/desk")
    assert "Báo nơi cư trú" not in page.text and "Thanh lý hợp đồng đưa đi" in page.text
    adviser.follow(path(home, "return/liquidated"), {"day": f"{today():{DAY}}"})
    assert "Châu Văn Sóc" not in adviser.get("/desk").text
    assert session.get(Worker, home.case.worker_id) is not None
