"""Changing and resetting passwords; sessions end with the old one."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from portal.access.models import Account, ResetCode
from portal.access.passwords import check_password, hash_password
from portal.access.rules import password_problem, tidy_sign_in_name
from portal.messages.models import Message
from tests.strict_client import StrictClient

OLD, NEW = "con đò sang sông", "bông điên điển vàng"


@pytest.fixture
def mai(make: Any) -> Any:
    return make.account("adviser", sign_in_name="mai", email="mai@vidu.vn", password_hash=hash_password(OLD))


def new_password(first: str = NEW, second: str | None = None) -> dict[str, str]:
    return {"new_password": first, "repeated": first if second is None else second}


def test_changing_the_password_ends_every_other_session(app: Any, as_role: Any, mai: Any) -> None:
    here, there = as_role("adviser", mai), as_role("adviser", mai)
    there.get("/desk")
    here.post("/account/password", {"present": OLD, **new_password()}, to="/desk")
    here.get("/desk")
    there.get("/desk", status=302)
    assert check_password(mai.password_hash, NEW)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"present": "wrong one", **new_password()}, "Mật khẩu đang dùng không đúng."),
        ({"present": OLD, **new_password("ngắn")}, "ít nhất 8"),
        ({"present": OLD, **new_password("12345678")}, "nhiều người dùng"),
        ({"present": OLD, **new_password("matkhau123")}, "nhiều người dùng"),
        ({"present": OLD, **new_password("Mật Khẩu 123")}, "nhiều người dùng"),
        ({"present": OLD, **new_password("aaaaaaaaaa")}, "nhiều người dùng"),
        ({"present": OLD, **new_password(NEW, "another")}, "không giống nhau"),
        ({"present": "", "new_password": "", "repeated": ""}, "Hãy ghi mật khẩu đang dùng."),
        ({"present": OLD, **new_password("x" * 201)}, "dài quá"),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_with_a_sentence(
    as_role: Any, mai: Any, data: dict[str, str], sentence: str
) -> None:
    page = as_role("adviser", mai).post("/account/password", data, status=422)
    assert sentence in page.text
    assert check_password(mai.password_hash, OLD)


def test_a_password_is_not_ones_own_name_or_number() -> None:
    assert password_problem("0901 234 567", names=("0901234567",))
    assert password_problem("Nguyễn Thị Mai", names=("Nguyen Thi Mai",))
    assert password_problem("nguyenthimai", names=("Nguyễn Thị Mai",))
    assert password_problem("thuyền về bến cũ", names=("0901234567", None)) is None


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("  Ngọc.TưVấn ", "ngọc.tưvấn"),
        ("NGOC@VIDU.VN", "ngoc@vidu.vn"),
        ("+84 901 234 567", "0901234567"),
        ("(0296) 3 841 222", "02963841222"),
        ("12345678", "12345678"),
    ],
)
def test_a_sign_in_name_has_one_spelling(typed: str, tidy: str) -> None:
    assert tidy_sign_in_name(typed) == tidy
    assert tidy_sign_in_name(tidy) == tidy


def ask(client: StrictClient, name: str = "mai") -> Any:
    return client.follow("/reset-password", {"sign_in_name": name}, to="/reset-password/code")


def sent_code(session: Any) -> str:
    body = session.scalars(select(Message.body).order_by(Message.id.desc())).first()
    return re.search(r": ([A-Z0-9]{8})\.", body).group(1)


def finish(client: StrictClient, code: str, name: str = "mai", **kwargs: Any) -> Any:
    return client.post(
        "/reset-password/code", {"sign_in_name": name, "code": code, **new_password()}, **kwargs
    )


def test_the_code_sets_a_new_password_once(client: Any, mai: Any, session: Any, as_role: Any) -> None:
    elsewhere = as_role("adviser", mai)
    ask(client)
    code = sent_code(session)
    assert session.scalars(select(ResetCode)).one().code_hash != code
    finish(client, f"{code[:4].lower()} {code[4:].lower()}", to="/sign-in")
    assert check_password(mai.password_hash, NEW)
    elsewhere.get("/desk", status=302)
    assert "không đúng hoặc đã hết hạn" in finish(client, code, status=422).text


def test_asking_for_a_code_never_tells_whether_the_account_exists(
    client: Any, mai: Any, session: Any
) -> None:
    known, unknown = ask(client), ask(client, "nobody")
    assert known.text == unknown.text
    assert len(session.scalars(select(Message)).all()) == 1


def test_a_wrong_code_five_times_ends_the_right_one_too(client: Any, mai: Any, session: Any) -> None:
    ask(client)
    code = sent_code(session)
    for _ in range(5):
        finish(client, "AAAA2222", status=422)
    finish(client, code, status=422)
    assert check_password(mai.password_hash, OLD)


def test_a_code_is_dead_after_a_quarter_of_an_hour(client: Any, mai: Any, session: Any) -> None:
    start = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        ask(client)
        clock.shift(dt.timedelta(minutes=15, seconds=1))
        finish(client, sent_code(session), status=422)


def test_a_newer_code_ends_the_older_one(client: Any, mai: Any, session: Any) -> None:
    ask(client)
    older = sent_code(session)
    ask(client)
    finish(client, older, status=422)
    finish(client, sent_code(session), to="/sign-in")


def test_anothers_code_does_not_open_mine(client: Any, mai: Any, make: Any, session: Any) -> None:
    make.account("adviser", sign_in_name="lan", phone="0901234567", password_hash=hash_password(OLD))
    ask(client)
    ask(client, "lan")
    finish(client, sent_code(session), "mai", status=422)


def test_codes_are_asked_for_only_so_often(client: Any, mai: Any) -> None:
    for _ in range(10):
        ask(client)
    assert "thử nhiều lần" in client.post("/reset-password", {"sign_in_name": "mai"}, status=422).text


def test_a_disabled_account_gets_no_code(client: Any, mai: Any, session: Any) -> None:
    session.get(Account, mai.id).is_enabled = False
    session.commit()
    ask(client)
    assert session.scalars(select(Message)).all() == []
