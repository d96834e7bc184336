"""Slips leave nothing behind; looks are told to the person; consents end with what they were for."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.common.clock import now, today
from portal.overseas.abroad import family
from portal.overseas.abroad.family import Relative
from portal.overseas.abroad.family_models import FamilyContact
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.abroad.models import Stay
from portal.overseas.abroad.return_models import Homecoming
from portal.overseas.abroad.returning import Came, claim_refund, come_home, liquidated, residence_noticed
from portal.overseas.abroad.states import HowHome, MayTell
from portal.overseas.cases.moves import Given, Stopped
from portal.overseas.cases.operations import end, return_home, settle, undo
from portal.overseas.cases.states import ExitReason
from portal.overseas.states import CaseState, IncidentKind, Severity
from portal.workers.exporting import export_of
from portal.workers.states import ConsentChannel
from tests.overseas.abroad.test_return import early, path

DAY = dt.timedelta(days=1)


@pytest.fixture
def by(make: Any) -> Any:
    adviser = make.account("adviser", display_name="Lê Thị Ngọc Hân")
    return lambda: {"actor": adviser, "now": now()}


# --- who looked ------------------------------------------------------------------------------------------


def test_every_look_at_life_abroad_stands_in_the_person_s_own_history(
    abroad: Any, make: Any, as_role: Any, by: Any, session: Any
) -> None:
    account = make.account("seeker")
    stay = abroad(ends_in=0, worker=make.worker("Châu Sóc", account_id=account.id))
    told = Told(IncidentKind.WAGES, Severity.SERIOUS, "Thiếu lương")
    incident = open_incident(told, case=stay.case, **by())
    come_home(stay.case, Came(HowHome.ON_TIME, today()), **by())
    session.commit()
    adviser = as_role("adviser", by()["actor"])
    case = f"/overseas/cases/{stay.case_id}"
    for part in ("abroad", "stay", "check-in-link", "family", "children", "return"):
        adviser.get(f"{case}/{part}")
    adviser.get(f"/overseas/incidents/{incident.id}")
    adviser.get(f"/cases/{stay.case_id}")
    page = as_role("seeker", account).get("/profile/history")
    for seen in (
        "tin từ nước ngoài", "cách liên lạc ở nước ngoài", "đường dẫn báo tin", "người nhà", "con nhỏ",
        "việc về nước", "sự việc", "hồ sơ đi nước ngoài",
    ):  # fmt: skip
        assert f"Xem hồ sơ: {seen}" in page.text


def test_the_history_tells_nobody_that_there_is_something_restricted(
    abroad: Any, as_role: Any, session: Any
) -> None:
    stay = abroad()
    told = Told(IncidentKind.VIOLENCE, Severity.URGENT, "Bị đánh")
    incident = open_incident(told, case=stay.case, actor=None, now=now())
    session.commit()
    as_role("leader").get(f"/overseas/incidents/{incident.id}")
    assert "sự việc" not in as_role("adviser").get(f"/workers/{stay.case.worker_id}").text


# --- the way home ----------------------------------------------------------------------------------------


@pytest.fixture
def slipped(abroad: Any, session: Any, by: Any) -> Stay:
    """Somebody's return was written down, with all that follows it, and taken back: they are still abroad."""
    stay: Stay = abroad(days=364, ends_in=0)
    row = come_home(stay.case, Came(HowHome.ON_TIME, today() - 9 * DAY), **by())
    residence_noticed(row, today() - 8 * DAY, **by())
    liquidated(row, today() - 7 * DAY, **by())
    undo(stay.case, Given(note="Nhầm người"), **by())
    session.commit()
    return stay


def test_what_was_noted_for_a_return_that_was_a_slip_settles_no_later_one(
    slipped: Any, session: Any, by: Any
) -> None:
    come_home(slipped.case, Came(HowHome.ON_TIME, today()), **by())
    row = session.scalars(select(Homecoming)).one()
    assert (row.returned_on, row.residence_noticed_on, row.liquidated_on) == (today(), None, None)
    with pytest.raises(Stopped, match="thanh lý"):
        settle(slipped.case, Given(), **by())


def test_a_return_goes_by_the_page_of_the_return_not_by_what_a_slip_left(slipped: Any, by: Any) -> None:
    """Else the clocks would run from another day than the case's own."""
    with pytest.raises(Stopped, match="Về nước"):
        return_home(slipped.case, Given(date=today() - DAY), **by())


def test_what_was_claimed_for_a_slip_is_not_turned_into_another_claim(
    abroad: Any, session: Any, by: Any, as_role: Any
) -> None:
    stay = abroad(days=364, ends_in=365)
    as_role("adviser").follow(path(stay), early(stay))
    session.expire_all()
    row = session.scalars(select(Homecoming)).one()
    claim_refund(row, **by())
    session.commit()
    page = as_role("adviser").post(f"/cases/{stay.case_id}/steps/undo", {"note": "Nhầm"}, status=422)
    assert "Đã yêu cầu hoàn tiền" in page.text and "Nhầm" in page.html
    session.expire_all()
    assert stay.case.state is CaseState.RETURNED


def test_no_sum_is_said_to_be_written_down_where_none_was_asked_for(
    abroad: Any, as_role: Any, session: Any
) -> None:
    stay = abroad(days=364, ends_in=365)
    adviser = as_role("adviser")
    adviser.follow(path(stay), early(stay))
    sent = {"day": f"{today():%d/%m/%Y}", "amount": "5 triệu"}
    adviser.post(path(stay, "return/refund/paid"), sent, status=404)


def test_the_day_of_departure_is_the_case_s_own(abroad: Any, as_role: Any, session: Any) -> None:
    stay = abroad(days=40)
    before = stay.departed_on
    sent = {
        "country": "JP", "time_zone": "Asia/Tokyo", "departed_on": "01/01/2020",
        "contract_ends_on": "", "reach": "",
    }  # fmt: skip
    adviser = as_role("adviser")
    adviser.post(f"/overseas/cases/{stay.case_id}/stay", sent, to="/abroad")
    session.expire_all()
    assert stay.departed_on == stay.case.departed_on == before
    assert "Ngày xuất cảnh" not in adviser.get(f"/overseas/cases/{stay.case_id}/stay").text


# --- what ends with the case, and with the profile -------------------------------------------------------


@pytest.mark.parametrize("over", ["settled", "ended"])
def test_the_consent_to_call_the_family_ends_with_what_it_was_for(
    a_case: Any, abroad: Any, session: Any, by: Any, over: str
) -> None:
    case = a_case(state=CaseState.CHECKED) if over == "ended" else abroad(days=364, ends_in=0).case
    relative = Relative("Danh Út", "mẹ", "0901000777")
    family.give_family_contact(case, relative, [MayTell.WELL], channel=ConsentChannel.DESK, **by())
    if over == "ended":
        end(case, Given(reason=ExitReason.FAMILY), **by())
    else:
        liquidated(come_home(case, Came(HowHome.ON_TIME, today()), **by()), today(), **by())
        assert family.contacts_of(case.id)
        settle(case, Given(), **by())
    row = session.scalars(select(FamilyContact)).one()
    assert row.withdrawn_at is not None and row.who_sealed is None and row.sentence


def test_the_persons_own_file_holds_the_way_home(
    abroad: Any, make: Any, session: Any, by: Any, as_role: Any
) -> None:
    account = make.account("seeker")
    stay = abroad(days=364, ends_in=365, worker=make.worker("Châu Sóc", account_id=account.id))
    as_role("adviser").follow(path(stay), early(stay))
    session.expire_all()
    row = session.scalars(select(Homecoming)).one()
    claim_refund(row, **by())
    session.commit()
    (home,) = export_of(stay.case.worker, account)["abroad"]["returns"]
    assert (home["how"], home["cause"], home["fault"]) == ("early", "employer", "none")
    assert home["fault_basis"] == "Thư báo đóng cửa xưởng" and home["fee_vnd"] == 80_000_000
    assert home["refund_claimed_vnd"] == 40_000_000
