"""Lists kept under a name: one's own, and never a name or a number of a person."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.common.clock import now
from portal.errors import Refused
from portal.home import saved
from portal.home.models import SavedView
from portal.web.access import PUBLIC


def keep(client: Any, name: str, endpoint: str, query: str = "", **kwargs: Any) -> Any:
    return client.follow("/desk/saved", {"name": name, "endpoint": endpoint, "query": query}, **kwargs)


def kept_views(session: Any) -> list[SavedView]:
    return list(session.scalars(select(SavedView)))


def only(session: Any) -> SavedView:
    (view,) = kept_views(session)
    return view


def test_a_list_is_kept_with_its_filters_and_found_on_my_day_and_on_the_list(as_role: Any) -> None:
    client = as_role("adviser")
    page = keep(client, "Trễ của cả Trung tâm", "referrals.due", "whose=all&late=late")
    assert "Đã lưu danh sách" in page.text
    address = "/desk/referrals?whose=all&late=late"
    for where in ("/desk", "/desk/referrals", "/desk/saved"):
        shown = client.get(where)
        assert address in shown.links(), where
    # Not on another list.
    assert address not in client.get("/workers").links()


def test_what_was_searched_for_is_not_kept(as_role: Any, session: Any) -> None:
    client = as_role("adviser")
    page = client.get("/workers?q=Nguyễn+Thị+Mai&state=active&age_from=20")
    assert any(field.get("value") == "workers.staff_list" for field in page.all("input"))
    keep(client, "Đang tìm", "workers.staff_list", "q=Nguyễn+Thị+Mai&state=active&age_from=20&page=3&x=1")
    assert only(session).query == "state=active&age_from=20"


@pytest.mark.parametrize(
    "query",
    [
        "commune=0901234567",
        "commune=090+123+45+67",
        "age_from=0901234567",
        "state=Nguy%E1%BB%85n+Th%E1%BB%8B+Mai",
        "occupation=Zzyzx+Qwrtp",
        "q=mai",
        "&".join(f"a{n}=1" for n in range(500)),
    ],
)
def test_no_name_and_no_number_gets_into_a_kept_list(app: Any, query: str) -> None:
    with app.test_request_context():
        assert saved.kept_filters("workers.staff_list", query) == ""


def test_a_place_is_kept_by_the_name_that_was_understood(app: Any) -> None:
    with app.test_request_context():
        kept = saved.kept_filters("workers.staff_list", "commune=long xuyen")
    assert kept == "commune=Ph%C6%B0%E1%BB%9Dng+Long+Xuy%C3%AAn"


def test_only_known_lists_that_the_account_may_open_are_kept(as_role: Any, session: Any) -> None:
    for role, endpoint, status in (
        ("adviser", "access.accounts", 404),
        ("adviser", "no.such", 404),
        ("moderator", "workers.staff_list", 403),
        ("moderator", "referrals.due", 403),
    ):
        client = as_role(role)
        client.post("/desk/saved", {"name": "Thử", "endpoint": endpoint, "query": ""}, status=status)
    as_role("seeker").post("/desk/saved", {"name": "Thử", "endpoint": "referrals.due"}, status=403)
    assert len(kept_views(session)) == 0


def test_every_list_and_every_filter_stands(app: Any) -> None:
    """A filter that a list no longer has would be kept for nothing."""
    for endpoint in saved.LISTS:
        assert PUBLIC not in app.view_functions[endpoint].allowed


def test_every_staff_list_offers_to_keep_it(app: Any, as_role: Any, make: Any) -> None:
    client = as_role("leader")
    for endpoint, kept in saved.LISTS.items():
        with app.test_request_context():
            address = app.url_for(endpoint)
        page = client.get(address)
        assert "Lưu danh sách này" in page.text, endpoint
        fields = {field.get("name") for field in (*page.all("input"), *page.all("select"))}
        assert set(kept.filters) <= fields, endpoint


def test_a_partner_on_the_same_list_is_offered_nothing(as_role: Any, make: Any) -> None:
    assert "Lưu danh sách này" not in as_role("employer", make.member("employer")).get("/desk/openings").text


def test_a_list_is_renamed_and_let_go(as_role: Any, session: Any) -> None:
    client = as_role("adviser")
    keep(client, "Cũ", "referrals.due", "whose=all")
    view = only(session).id
    page = client.follow(f"/desk/saved/{view}/rename", {"name": "  Tên   mới "})
    assert "Tên mới" in page.text
    page = client.follow(f"/desk/saved/{view}/remove")
    assert "Chưa lưu danh sách nào" in page.text
    assert len(kept_views(session)) == 0


def test_what_belongs_to_another_does_not_exist(as_role: Any, session: Any) -> None:
    keep(as_role("adviser"), "Của tôi", "referrals.due")
    view = only(session).id
    other = as_role("leader")
    assert "Của tôi" not in other.get("/desk/saved").text
    assert "Của tôi" not in other.get("/desk").text
    for what in ("rename", "remove"):
        other.post(f"/desk/saved/{view}/{what}", {"name": "Của anh"}, status=404)
    assert only(session).name == "Của tôi"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Hãy đặt tên"),
        ("x" * 81, "Tên dài quá"),
        ("Chị Mai 0901 234 567", "không được có số điện thoại"),
        ("Của tôi", "đã có một danh sách tên"),
    ],
)
def test_a_name_that_cannot_be_is_told(as_role: Any, session: Any, name: str, sentence: str) -> None:
    client = as_role("adviser")
    keep(client, "Của tôi", "referrals.due")
    page = keep(client, name, "referrals.due", "whose=all")
    assert sentence in page.text
    # Back on the list as it was.
    assert len(kept_views(session)) == 1
    view = only(session).id
    if name != "Của tôi":
        assert sentence in client.follow(f"/desk/saved/{view}/rename", {"name": name}).text


def test_two_people_may_use_one_name(as_role: Any, session: Any) -> None:
    for _ in range(2):
        assert "Đã lưu" in keep(as_role("adviser"), "Của tôi", "referrals.due").text


def test_there_is_an_end_to_the_lists_of_one_person(app: Any, make: Any) -> None:
    adviser = make.account("adviser")
    with app.test_request_context():
        for number in range(saved.MOST):
            saved.save(f"Số {number}", "referrals.due", "", actor=adviser, now=now())
        with pytest.raises(Refused):
            saved.save("Một nữa", "referrals.due", "", actor=adviser, now=now())


def test_kept_lists_cost_one_query_whatever_their_number(
    as_role: Any, statements: list[str], make: Any
) -> None:
    client = as_role("adviser")

    def cost() -> int:
        client.get("/desk/referrals")
        statements.clear()
        client.get("/desk/referrals")
        return len(statements)

    for number in range(2):
        keep(client, f"Số {number}", "referrals.due")
    few = cost()
    for number in range(2, 20):
        keep(client, f"Số {number}", "referrals.due")
    assert cost() == few
