"""Two to five people beside each other, and what makes the difference."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.extensions import db
from portal.ranking.comparing import leads
from portal.workers.changes import log_change
from portal.workers.states import WorkerState

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def opening(make: Any) -> Any:
    return make.opening(
        "Công nhân may", occupation_code="8153", requirements=[("education", ">=", "primary")]
    )


@pytest.fixture
def lan(make: Any) -> Any:
    """Ten years at the machine; lives on the other side of the province."""
    return make.worker("Trần Thị Lan", occupations=(("8153", 120),), commune_code="31051")


@pytest.fixture
def hung(make: Any) -> Any:
    """A beginner next door."""
    return make.worker("Lê Văn Hùng", occupations=(("8153", 3),), commune_code="30307")


def address(opening: Any, *people: Any) -> str:
    return f"/openings/{opening.id}/compare?" + "&".join(f"worker_id={one.id}" for one in people)


def test_the_difference_is_said_in_one_sentence(opening: Any, lan: Any, hung: Any, as_role: Any) -> None:
    page = as_role("adviser").get(address(opening, lan, hung))
    assert page.texts("p.lead") == ["Trần Thị Lan hơn ở kinh nghiệm; Lê Văn Hùng hơn ở nơi ở."]


def test_the_columns_stand_in_the_order_asked_for_and_add_up(
    opening: Any, lan: Any, hung: Any, as_role: Any
) -> None:
    page = as_role("adviser").get(address(opening, hung, lan))
    assert page.texts("h2")[:2] == ["Lê Văn Hùng", "Trần Thị Lan"]
    rows = [
        [int(cell.split(" trên ")[0]) for cell in cells]
        for cells in ([_text(cell) for cell in row if cell.tag.endswith("td")] for row in page.all("tr"))
        if cells and all(" trên " in cell for cell in cells)
    ]
    *parts, total = rows
    assert len(parts) >= 5
    assert [sum(column) for column in zip(*parts, strict=True)] == total


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_somebody_barred_is_compared_too_with_what_bars_them(
    make: Any, opening: Any, lan: Any, as_role: Any
) -> None:
    barred = make.worker("Danh Kha", education_code="none")
    page = as_role("adviser").get(address(opening, lan, barred))
    assert "Không có trong danh sách" in page.text and "Chưa đạt" in page.text
    assert "vào được danh sách" in page.text


def test_somebody_who_is_not_ranked_at_all_is_told_apart(
    make: Any, opening: Any, lan: Any, as_role: Any
) -> None:
    paused = make.worker("Phạm Thị Hoa", state=WorkerState.PAUSED)
    page = as_role("adviser").get(address(opening, lan, paused))
    assert "hiện không tìm việc" in page.text


@pytest.mark.parametrize("given", [{"consents": ()}, {"state": WorkerState.PAUSED}])
def test_who_did_not_agree_to_be_matched_is_measured_nowhere(
    make: Any, opening: Any, lan: Any, as_role: Any, given: dict[str, Any]
) -> None:
    hoa = make.worker("Phạm Thị Hoa", occupations=(("8153", 60),), **given)
    client = as_role("adviser")
    page = client.get(address(opening, lan, hoa))
    assert page.texts("th").count("Trần Thị Lan") == 2 and "Phạm Thị Hoa" not in page.texts("th")
    assert page.texts("h2")[:2] == ["Trần Thị Lan", "Phạm Thị Hoa"]
    alone = client.get(address(opening, hoa))
    asked = client.get(f"/openings/{opening.id}/why-not?worker_id={hoa.id}")
    for one in (alone, asked):
        assert "Phạm Thị Hoa" in one.text
        for word in (" trên 100", "Điểm gồm những gì", "Từng điều kiện", "đứng thứ", "Hợp hay không hợp?"):
            assert word not in one.text, word


def test_the_ticks_of_the_ranked_list_lead_there(opening: Any, lan: Any, hung: Any, as_role: Any) -> None:
    client = as_role("adviser")
    page = client.follow(f"/openings/{opening.id}/compare", {"worker_id": [lan.id, hung.id]})
    assert {"Trần Thị Lan", "Lê Văn Hùng"} <= set(page.texts("h2"))


@pytest.mark.parametrize("ticked", [0, 1, 6])
def test_too_few_or_too_many_ticks_say_how_many_it_takes(
    make: Any, opening: Any, as_role: Any, ticked: int
) -> None:
    ids = [make.worker(f"Nguyễn Thị {number}").id for number in range(ticked)]
    page = as_role("adviser").follow(f"/openings/{opening.id}/compare", {"worker_id": ids})
    assert "từ hai đến năm người" in page.text


def test_one_person_alone_finds_another_by_name(opening: Any, lan: Any, hung: Any, as_role: Any) -> None:
    page = as_role("adviser").get(address(opening, lan) + "&q=le van hung")
    assert f"worker_id={lan.id}&worker_id={hung.id}" in " ".join(page.links())


def test_every_look_is_recorded(opening: Any, lan: Any, hung: Any, as_role: Any, make: Any) -> None:
    adviser = make.account("adviser")
    as_role("adviser", adviser).get(address(opening, lan, hung))
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "worker.explained")).all()
    assert {(one.subject_id, one.actor_id) for one in events} == {(lan.id, adviser.id), (hung.id, adviser.id)}


def test_who_does_not_exist_is_left_out(opening: Any, lan: Any, as_role: Any) -> None:
    page = as_role("adviser").get(
        address(opening, lan) + "&worker_id=999999&worker_id=x&worker_id=" + "9" * 30
    )
    assert "Cần ít nhất hai người" in page.text


def test_an_opening_that_may_not_be_ranked_says_so(make: Any, lan: Any, as_role: Any) -> None:
    opening = make.opening(requirements=[("sex", "=", "female")])
    client = as_role("adviser")
    for url in (address(opening, lan), f"/openings/{opening.id}/why-not?worker_id={lan.id}"):
        assert "không được phép dùng để chọn người" in client.get(url).text


def test_as_many_queries_for_five_people_as_for_two(
    make: Any, opening: Any, as_role: Any, statements: list[str]
) -> None:
    people = [make.worker(f"Nguyễn Thị {number}") for number in range(5)]
    for worker in people:
        log_change(worker, now=NOW)
    db.session.commit()
    client = as_role("adviser")
    client.get(address(opening, *people))
    counts = []
    for url in (address(opening, *people[:2]), address(opening, *people)):
        statements.clear()
        client.get(url)
        counts.append(len(statements))
    assert counts[0] == counts[1]


points = st.fixed_dictionaries({name: st.integers(0, 20) for name in ("text", "wage", "distance")})


@given(st.lists(points, min_size=2, max_size=5))
def test_nobody_is_said_to_lead_where_somebody_has_as_much(people: list[dict[str, int]]) -> None:
    found = leads(people)
    for place, parts in enumerate(found):
        for part in parts:
            assert all(people[place][part] > other[part] for at, other in enumerate(people) if at != place)
    named = [part for parts in found for part in parts]
    assert len(named) == len(set(named))
