"""Recording organisations: who may, and what is refused."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.organisations.models import MarketPermission, Organisation
from portal.organisations.queries import organisation_of
from portal.organisations.rules import tidy_tax_code
from portal.organisations.states import LicenceStatus

GOOD = {
    "kind": "employer", "name": "Công ty May  Long Xuyên", "tax_code": "0100233488", "commune": "long xuyen",
    "address_line": "12 Trần Hưng Đạo", "phone": "0296 3 841 222", "email": "nhansu@vidu.vn",
    "licence_number": "", "licence_status": "unknown", "licence_valid_to": "",
}  # fmt: skip


def only(session: Any) -> Organisation:
    return session.scalars(select(Organisation)).one()


def test_a_moderator_records_an_organisation(as_role: Any, session: Any) -> None:
    as_role("moderator").post("/organisations/new", GOOD, to="/organisations/")
    made = only(session)
    assert (made.name, made.name_folded) == ("Công ty May Long Xuyên", "cong ty may long xuyen")
    assert made.commune_code == "30307"
    assert made.tax_code == "0100233488"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Hãy ghi tên đầy đủ."),
        ({"name": "x" * 201}, "dài quá"),
        ({"tax_code": "123"}, "Mã số thuế có 10 chữ số"),
        ({"tax_code": "0100233489"}, "Mã số thuế có 10 chữ số"),
        ({"commune": "Nơi Không Có"}, "Không tìm thấy"),
        ({"kind": "ministry"}, "Hãy chọn một mục"),
        ({"email": "chưa có"}, "thư điện tử"),
        ({"licence_valid_to": "31/02/2027"}, "không có trong lịch"),
        ({"licence_status": "new"}, "Hãy chọn một mục"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(
    as_role: Any, session: Any, change: dict[str, str], sentence: str
) -> None:
    page = as_role("leader").post("/organisations/new", {**GOOD, **change}, status=422)
    assert sentence in page.text
    kept = {field.get("name"): field.get("value") for field in page.all("input")}
    assert kept["address_line"] == GOOD["address_line"]
    assert session.scalars(select(Organisation)).all() == []


def test_a_tax_code_stands_once(as_role: Any, make: Any) -> None:
    make.organisation(tax_code="0100233488", name="Công ty Đã Có")
    page = as_role("leader").post("/organisations/new", GOOD, status=422)
    assert "đã ghi cho Công ty Đã Có" in page.text


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [("0100233488", "0100233488"), ("0100233488-001", "0100233488-001"), (" ", None), (None, None)],
)
def test_a_tax_code_has_one_spelling(typed: str | None, tidy: str | None) -> None:
    assert tidy_tax_code(typed) == tidy


def test_a_change_is_written_down_by_field_name(as_role: Any, make: Any, session: Any) -> None:
    made = make.organisation("employer", name="Công ty Cũ")
    client = as_role("leader")
    shown = client.get(f"/organisations/{made.id}/edit")
    assert "Phường Long Xuyên" in [field.get("value") for field in shown.all("input")]
    client.post(f"/organisations/{made.id}/edit", {**GOOD, "commune": "Phường Long Xuyên"})
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "organisation.changed")).one()
    assert event.detail == {"fields": ["name", "tax_code", "address_line", "phone", "email"]}


def test_the_kind_of_an_organisation_stays(as_role: Any, make: Any) -> None:
    made = make.organisation("sender")
    page = as_role("leader").post(f"/organisations/{made.id}/edit", GOOD, status=422)
    assert "Loại tổ chức không đổi được" in page.text


def test_an_adviser_reads_and_does_not_write(as_role: Any, make: Any) -> None:
    made = make.organisation("sender")
    client = as_role("adviser")
    page = client.get(f"/organisations/{made.id}")
    assert "Sửa thông tin" not in page.text
    client.get(f"/organisations/{made.id}/edit", status=403)
    client.post("/organisations/new", GOOD, status=403)
    client.post(f"/organisations/{made.id}/markets", status=403)


def test_a_partner_sees_its_own_organisation_and_no_other(as_role: Any, make: Any) -> None:
    mine, other = make.organisation("employer", name="Công ty Tôi"), make.organisation("employer")
    member = make.member("employer", mine)
    client = as_role("employer", member)
    assert "Công ty Tôi" in client.get("/organisation").text
    client.get(f"/organisations/{mine.id}", status=403)
    client.post(
        f"/organisations/{other.id}/invitations", {"recipient": "a@vidu.vn", "role": "employer"}, status=404
    )


def test_an_account_without_an_organisation_is_told_what_to_do(as_role: Any) -> None:
    client = as_role("employer")
    assert "chưa thuộc tổ chức nào" in client.get("/organisation").text
    client.get("/organisation/contact", status=302)


def test_a_manager_changes_the_address_and_a_plain_member_does_not(
    as_role: Any, make: Any, session: Any
) -> None:
    mine = make.organisation("employer", name="Công ty Tôi")
    manager = make.member("employer", mine)
    plain = make.member("employer", mine)
    organisation_membership = organisation_of(plain)
    assert organisation_membership is not None
    from portal.organisations.queries import membership_of

    membership_of(plain).is_manager = False  # type: ignore[union-attr]
    session.commit()
    data = {"commune": "", "address_line": "Khóm 3", "phone": "0901234567", "email": "", "name": "Đổi Tên"}
    as_role("employer", plain).post("/organisation/contact", data, status=403)
    as_role("employer", manager).post("/organisation/contact", data, to="/organisation")
    assert (mine.address_line, mine.commune_code, mine.name) == ("Khóm 3", None, "Công ty Tôi")


MARKET = {"country": "JP", "valid_from": "01/01/2026", "valid_to": "", "source": "Giấy phép 12/LĐTBXH"}


def test_market_permissions_have_dates(as_role: Any, make: Any, session: Any) -> None:
    sender = make.organisation("sender")
    client = as_role("moderator")
    client.post(f"/organisations/{sender.id}/markets", MARKET, to=f"/organisations/{sender.id}")
    market = session.scalars(select(MarketPermission)).one()
    assert (market.country, market.valid_from, market.valid_to) == ("JP", dt.date(2026, 1, 1), None)
    client.post(f"/organisations/{sender.id}/markets/{market.id}/end", to=f"/organisations/{sender.id}")
    assert session.scalars(select(MarketPermission)).one().valid_to is not None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"valid_to": "31/12/2025"}, "Ngày hết hạn phải sau"),
        ({"valid_from": "hôm nay"}, "ngày/tháng/năm"),
        ({"source": ""}, "Hãy ghi số văn bản"),
        ({"country": "XX"}, "Hãy chọn một mục"),
    ],
)
def test_a_market_that_cannot_be_is_refused(
    as_role: Any, make: Any, change: dict[str, str], sentence: str
) -> None:
    sender = make.organisation("sender")
    page = as_role("leader").post(f"/organisations/{sender.id}/markets", {**MARKET, **change}, status=422)
    assert sentence in page.text


def test_only_a_sender_has_markets(as_role: Any, make: Any) -> None:
    employer = make.organisation("employer")
    as_role("leader").post(f"/organisations/{employer.id}/markets", MARKET, status=409)


def test_anothers_market_is_not_found(as_role: Any, make: Any, session: Any) -> None:
    first, second = make.organisation("sender"), make.organisation("sender")
    client = as_role("leader")
    client.post(f"/organisations/{first.id}/markets", MARKET)
    market = session.scalars(select(MarketPermission)).one()
    client.post(f"/organisations/{second.id}/markets/{market.id}/end", status=404)


def test_the_list_ignores_marks_and_reads_tax_codes(as_role: Any, make: Any) -> None:
    make.organisation("employer", name="Công ty Thủy sản Cửu Long", tax_code="0100233488")
    make.organisation("sender", name="Công ty Mặt Trời")
    client = as_role("adviser")
    assert "Cửu Long" in client.get("/organisations?q=thuy san cuu").text
    assert "Mặt Trời" not in client.get("/organisations?q=0100233488").text
    assert "Cửu Long" not in client.get("/organisations?kind=sender").text
    assert "Không có tổ chức nào" in client.get("/organisations?q=%25_").text


def test_the_list_costs_the_same_at_two_and_at_twenty(as_role: Any, make: Any, statements: list[str]) -> None:
    client = as_role("adviser")
    make.organisation(), make.organisation()
    client.get("/organisations")

    def cost() -> int:
        statements.clear()
        client.get("/organisations")
        return len(statements)

    few = cost()
    for _ in range(18):
        make.member("employer")
    assert cost() == few


def test_a_licence_is_shown_for_what_it_is(as_role: Any, make: Any) -> None:
    make.organisation("sender", name="Công ty Mây", licence_status=LicenceStatus.REVOKED)
    assert "Đã bị thu hồi" in as_role("adviser").get("/organisations").text
