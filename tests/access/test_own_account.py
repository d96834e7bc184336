"""A seeker's own account: PIN and password come and go by what is in use now."""

from typing import Any

import pytest

from portal.access.models import Account
from portal.access.passwords import check_password, hash_password
from portal.common.clock import now

PASSWORD = {"new_password": "ghe xuồng ba lá", "repeated": "ghe xuồng ba lá"}


@pytest.fixture
def lan(make: Any) -> Any:
    account = make.account("seeker", sign_in_name=None, display_name="Trần Thị Lan", phone="0901234567",
                           phone_proved_at=now(), pin_hash=hash_password("8064"))  # fmt: skip
    make.worker("Trần Thị Lan", account_id=account.id, phone="0901234567")
    return account


def test_the_pin_is_changed_by_who_knows_it(as_role: Any, lan: Any, session: Any) -> None:
    here, there = as_role("seeker", lan), as_role("seeker", lan)
    assert "không đúng" in here.post("/account/pin", {"present": "1111", "new_pin": "6194"}, status=422).text
    assert "Hãy ghi mã PIN mới." in here.post("/account/pin", {"present": "8064"}, status=422).text
    here.post("/account/pin", {"present": "8064", "new_pin": "6194"}, to="/account")
    here.get("/account")
    there.get("/account", status=302)
    assert check_password(session.get(Account, lan.id).pin_hash, "6194")


def test_a_password_is_set_and_taken_away_again(as_role: Any, lan: Any, session: Any) -> None:
    client = as_role("seeker", lan)
    assert client.get("/account/password", status=302).location == "/account/first-password"
    data = {"sign_in_name": "lan.cho.vam", **PASSWORD}
    client.post("/account/first-password", {**data, "present": "1111"}, status=422)
    client.post("/account/first-password", {**data, "present": "8064"}, to="/account")
    assert session.get(Account, lan.id).sign_in_name == "lan.cho.vam"
    assert "Bỏ mật khẩu" in client.get("/account").text
    client.post("/account/no-password", {"present": "wrong"}, status=422)
    client.post("/account/no-password", {"present": PASSWORD["repeated"]}, to="/account")
    assert session.get(Account, lan.id).password_hash is None


def test_nobody_locks_themselves_out(as_role: Any, make: Any) -> None:
    account = make.account("seeker", password_hash=hash_password(PASSWORD["repeated"]))
    make.worker(account_id=account.id)
    client = as_role("seeker", account)
    page = client.post("/account/no-password", {"present": PASSWORD["repeated"]}, status=422)
    assert "cần có mã PIN" in page.text


def test_guessing_at_an_open_screen_is_throttled(as_role: Any, lan: Any) -> None:
    client = as_role("seeker", lan)
    for _ in range(10):
        client.post("/account/pin", {"present": "1111", "new_pin": "6194"}, status=422)
    page = client.post("/account/pin", {"present": "8064", "new_pin": "6194"}, status=422)
    assert "thử nhiều lần" in page.text


def test_staff_have_a_page_without_a_pin(as_role: Any) -> None:
    client = as_role("adviser")
    assert "PIN" not in client.get("/account").text
    client.get("/account/pin", status=403)
