"""The day somebody left for work abroad: only there, once, never in the future, and it can be taken back."""

import datetime as dt

import pytest

from portal.common.clock import now, today
from portal.errors import Refused
from portal.openings.states import Sphere
from portal.referrals import operations as ops


@pytest.fixture
def hired_abroad(stages, make):
    opening = make.opening(sphere=Sphere.OVERSEAS, country="JP", expires_on=None)
    return stages.hired(make.worker(countries=("JP",)), opening)


def test_the_day_is_kept_and_shown(hired_abroad, stages, as_role, session):
    client = as_role("adviser")
    address = f"/referrals/{hired_abroad.id}"
    assert "Ghi: đã xuất cảnh" in client.get(address).text
    client.post(f"{address}/steps/depart", {"departed_on": today().strftime("%d/%m/%Y")}, status=302)
    page = client.get(address)
    assert "Xuất cảnh ngày" in page.text and "Ghi: đã xuất cảnh" not in page.text
    session.expire_all()
    assert hired_abroad.departed_on == today()


@pytest.mark.parametrize("days", [1, -400])
def test_not_in_the_future_and_not_before_the_referral(hired_abroad, stages, days):
    with pytest.raises(Refused, match="xuất cảnh"):
        ops.record_departure(hired_abroad, today() + dt.timedelta(days=days), **stages.by())


def test_not_twice_and_a_slip_is_taken_back(hired_abroad, stages):
    ops.record_departure(hired_abroad, today(), **stages.by())
    with pytest.raises(Refused):
        ops.record_departure(hired_abroad, today(), **stages.by())
    with pytest.raises(Refused):
        ops.undo_hire(hired_abroad, note="nhầm", **stages.by())
    ops.undo_departure(hired_abroad, note="nhầm người", actor=stages.adviser, now=now())
    assert hired_abroad.departed_on is None


def test_work_at_home_knows_no_departure(stages, as_role):
    referral = stages.hired()
    assert "xuất cảnh" not in as_role("adviser").get(f"/referrals/{referral.id}").text
    with pytest.raises(Refused):
        ops.record_departure(referral, today(), **stages.by())
