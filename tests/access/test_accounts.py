"""The list of accounts: who makes and closes which."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from portal.access import operations
from portal.access.models import Account
from portal.access.passwords import check_password
from portal.access.states import Role
from portal.audit.models import AuditEvent
from portal.errors import Invalid, NotAllowed, Refused
from tests.factories import NOW

NEW = {
    "display_name": "Trần Văn Tâm", "role": "adviser", "sign_in_name": "Tam.TuVan", "phone": "0901 234 567",
    "email": "", "new_password": "bông điên điển vàng", "repeated": "bông điên điển vàng",
}  # fmt: skip


def test_a_leader_makes_an_account_for_an_adviser(as_role: Any, session: Any) -> None:
    as_role("leader").post("/accounts/new", NEW, to="/accounts")
    made = session.scalars(select(Account).where(Account.sign_in_name == "tam.tuvan")).one()
    assert (made.role, made.phone) == (Role.ADVISER, "0901234567")
    assert check_password(made.password_hash, NEW["new_password"])


def test_only_an_administrator_makes_an_administrator(as_role: Any, session: Any) -> None:
    as_role("leader").post("/accounts/new", {**NEW, "role": "administrator"}, status=422)
    as_role("administrator").post("/accounts/new", {**NEW, "role": "administrator"}, to="/accounts")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sign_in_name": "có dấu cách và?"}, "Tên đăng nhập là số điện thoại"),
        ({"phone": "12"}, "10 chữ số"),
        ({"email": "không phải thư"}, "thư điện tử"),
        ({"role": "seeker"}, "Hãy chọn một mục"),
        ({"display_name": " "}, "Hãy ghi họ và tên."),
        ({"new_password": "tam.tuvan", "repeated": "tam.tuvan"}, "không được giống tên"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_lost(
    as_role: Any, session: Any, change: dict[str, str], sentence: str
) -> None:
    page = as_role("leader").post("/accounts/new", {**NEW, **change}, status=422)
    assert sentence in page.text
    kept = {field.get("name"): field.get("value") for field in page.all("input")}
    assert kept["sign_in_name"] == change.get("sign_in_name", "Tam.TuVan")
    assert session.scalars(select(Account).where(Account.role == Role.ADVISER)).all() == []


def test_a_name_is_given_once(as_role: Any, make: Any) -> None:
    make.account("seeker", sign_in_name="tam.tuvan")
    assert "đã có người dùng" in as_role("leader").post("/accounts/new", NEW, status=422).text


def test_a_disabled_account_is_out_at_once(as_role: Any, make: Any) -> None:
    lan = make.account("adviser")
    hers, leader = as_role("adviser", lan), as_role("leader")
    hers.get("/desk")
    leader.post(f"/accounts/{lan.id}/disable", to="/accounts")
    hers.get("/desk", status=302)
    leader.post(f"/accounts/{lan.id}/enable", to="/accounts")
    hers.get("/desk", status=302)


def test_nobody_closes_oneself_and_a_leader_no_administrator(as_role: Any, make: Any) -> None:
    leader, administrator = make.account("leader"), make.account("administrator")
    client = as_role("leader", leader)
    for account in (leader, administrator):
        client.post(f"/accounts/{account.id}/disable", status=403)
        client.post(f"/accounts/{account.id}/reset-code", status=403)


def test_closing_what_is_closed_is_refused_with_a_sentence(make: Any, app: Any) -> None:
    lan, leader = make.account("adviser", is_enabled=False), make.account("leader")
    with pytest.raises(Refused):
        operations.set_enabled(lan, False, actor=leader, now=NOW)


def test_the_code_for_a_person_at_the_desk_is_shown_once(as_role: Any, make: Any, client: Any) -> None:
    seeker = make.account("seeker", sign_in_name="0901234567")
    page = as_role("administrator").post(f"/accounts/{seeker.id}/reset-code", status=200)
    code = re.search(r"([A-Z0-9]{4}) ([A-Z0-9]{4})", page.texts("strong.code")[0]).group()
    client.post(
        "/reset-password/code",
        {
            "sign_in_name": "0901234567",
            "code": code,
            "new_password": "xuồng ba lá",
            "repeated": "xuồng ba lá",
        },
        to="/sign-in",
    )


def test_operations_check_permission_and_shape_themselves(make: Any, app: Any) -> None:
    adviser = make.account("adviser")
    with pytest.raises(NotAllowed):
        operations.create_account("ai.do", "Ai Đó", Role.ADVISER, None, actor=adviser, now=NOW)
    with pytest.raises(NotAllowed):
        operations.set_enabled(make.account("seeker"), False, actor=adviser, now=NOW)
    with pytest.raises(NotAllowed):
        operations.change_password(make.account("seeker"), "x", actor=adviser, now=NOW)
    with pytest.raises(Invalid):
        operations.create_account("a", "A", Role.SEEKER, None, actor=None, now=NOW)


def test_every_change_is_written_down_without_names(as_role: Any, make: Any, session: Any) -> None:
    leader = as_role("leader")
    leader.post("/accounts/new", NEW)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "account.created")).one()
    assert event.actor_id is not None
    assert event.detail == {"role": "adviser"}


def test_the_list_finds_by_name_role_and_state(as_role: Any, make: Any) -> None:
    make.account("adviser", display_name="Lê Thị Gấm", sign_in_name="gam")
    make.account("employer", display_name="Ông Sáu", sign_in_name="sau", is_enabled=False)
    client = as_role("administrator")
    assert "Ông Sáu" not in client.get("/accounts?q=gấm").text
    assert "Lê Thị Gấm" in client.get("/accounts?q=gam").text
    assert "Lê Thị Gấm" not in client.get("/accounts?enabled=no").text
    assert "Ông Sáu" in client.get("/accounts?role=employer").text
    assert "Không có tài khoản nào" in client.get("/accounts?q=zzzz").text
    client.get("/accounts?role=nonsense&enabled=maybe&page=-3")


def test_the_list_costs_the_same_at_two_and_at_twenty_accounts(
    as_role: Any, make: Any, statements: list[str]
) -> None:
    client = as_role("leader")
    client.get("/accounts")

    def cost() -> int:
        statements.clear()
        client.get("/accounts")
        return len(statements)

    few = cost()
    for _ in range(18):
        make.account("seeker")
    assert cost() == few
