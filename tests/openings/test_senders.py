"""The public list of senders: licence, markets, openings, as of today."""

import datetime as dt
from typing import Any

import pytest

from portal.common.clock import today
from portal.openings.states import Sphere
from portal.organisations.models import MarketPermission
from portal.organisations.states import LicenceStatus


@pytest.fixture
def sender(make: Any, session: Any) -> Any:
    def made(name: str, *countries: str, until: dt.date | None = None, **given: Any) -> Any:
        organisation = make.organisation("sender", name=name, licence_number="12/LĐTBXH-GP", **given)
        for country in countries:
            session.add(
                MarketPermission(
                    organisation_id=organisation.id, country=country, valid_from=today() - dt.timedelta(90),
                    valid_to=until, source="Công văn 5/QLLĐNN",
                )
            )  # fmt: skip
        session.commit()
        return organisation

    return made


def abroad(make: Any, organisation: Any, **given: Any) -> Any:
    return make.opening(
        organisation=organisation, sphere=Sphere.OVERSEAS, country="JP", **{"expires_on": None, **given}
    )


def test_the_list_says_licence_markets_and_open_openings(client, make, sender) -> None:
    organisation = sender("Sông Hậu", "JP", "TW")
    abroad(make, organisation)
    abroad(make, organisation, expires_on=today() - dt.timedelta(1))
    make.organisation("employer", name="Xưởng may")
    page = client.get("/senders")
    assert "Giấy phép còn hiệu lực" in page.text and "số 12/LĐTBXH-GP" in page.text
    assert "Nhật Bản" in page.text and "Đài Loan" in page.text and "Xưởng may" not in page.text
    assert page.texts("td.right") == ["1"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"licence_status": LicenceStatus.SUSPENDED}, "đang bị đình chỉ"),
        ({"licence_status": LicenceStatus.REVOKED}, "đã bị thu hồi"),
        ({"licence_status": LicenceStatus.UNKNOWN}, "chưa kiểm tra"),
        ({"licence_valid_to": dt.date(2026, 1, 1)}, "đã hết hạn"),
    ],
)
def test_who_may_not_send_stands_there_and_is_marked(client, sender, given, said) -> None:
    organisation = sender("Mây Trắng", "JP", **given)
    assert said in client.get("/senders").text
    assert said in client.get(f"/senders/{organisation.id}").text
    assert "Mây Trắng" not in client.get("/senders?licensed=y").text


def test_a_permission_that_ran_out_is_no_market(client, sender) -> None:
    sender("Hết Hạn", "KR", until=today() - dt.timedelta(1))
    sender("Còn Hạn", "KR")
    page = client.get("/senders?country=KR")
    assert "Còn Hạn" in page.text and "Hết Hạn" not in page.text


def test_the_filters_narrow_the_list(client, make, sender) -> None:
    hiring = sender("Cánh Diều", "JP")
    sender("Đồng Xanh", "AU")
    abroad(make, hiring)
    assert "Đồng Xanh" not in client.get("/senders?hiring=y").text
    assert "Cánh Diều" in client.get("/senders?q=canh dieu").text
    assert "Không có công ty nào như vậy" in client.get("/senders?q=zzz").text
    client.get("/senders", query_string={"country": "ZZ", "q": "9" * 400, "page": "x"})


def test_the_page_of_one_shows_permissions_with_their_paper_and_openings(client, make, sender) -> None:
    organisation = sender("Sông Hậu", "JP")
    opening = abroad(make, organisation, title="Hàn thép")
    page = client.get(f"/senders/{organisation.id}")
    assert "Công văn 5/QLLĐNN" in page.text and "Hàn thép" in page.text
    assert f"/openings/{opening.id}" in page.links()
    client.get(f"/senders/{make.organisation('employer').id}", status=404)


def test_a_sender_that_closed_is_gone(client, sender) -> None:
    organisation = sender("Đã Đóng", closed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert "Đã Đóng" not in client.get("/senders").text
    client.get(f"/senders/{organisation.id}", status=404)


def test_the_list_asks_as_often_for_20_rows_as_for_2(client, make, sender, statements) -> None:
    def asked() -> int:
        statements.clear()
        client.get("/senders")
        return len(statements)

    for number in range(2):
        abroad(make, sender(f"Công ty {number}", "JP"))
    few = asked()
    for number in range(2, 20):
        abroad(make, sender(f"Công ty {number}", "JP", "KR"))
    assert asked() == few
