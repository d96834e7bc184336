"""Steps back and sendings: once a press, and only what there is."""

import pytest

from portal.overseas.cases.receiver_consents import sendings_of
from portal.overseas.states import CaseState


@pytest.fixture
def desk(ways, as_role):
    return as_role("adviser", ways.adviser)


@pytest.mark.parametrize("part", ["passport", "health_certificate", "x" * 3000, "=cmd|x", "<b>"])
def test_nothing_is_written_down_as_sent_that_could_not_be_sent(ways, desk, part):
    """The row is what proves later what left the house."""
    case = ways.to("health")
    page = desk.post(f"/cases/{case.id}/steps/send_profile", {"parts": ["profile", part]}, status=422)
    assert "Chỉ ghi được những giấy có trong danh sách này." in page.text
    assert sendings_of(case) == []


def test_a_step_back_pressed_twice_goes_one_back(ways, desk):
    case = ways.to("health")
    url = f"/cases/{case.id}/steps/undo"
    seen = [box.get("value") for box in desk.get(url).all("input") if box.get("name") == "seen"]
    data = {"note": "nhầm", "seen": seen}
    desk.post(url, data, to=f"/cases/{case.id}")
    assert case.state is CaseState.TRAINING
    page = desk.post(url, data, status=422)
    assert "đã sang giai đoạn khác" in page.text and case.state is CaseState.TRAINING
