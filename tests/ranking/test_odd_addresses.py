"""Addresses and commands that nobody means: an answer, never an error, and nothing that was asked is lost."""

import datetime as dt
from typing import Any

import pytest

from portal.extensions import db
from portal.ranking import lists, views
from portal.workers.changes import log_change

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
MANY = "9" * 5000


@pytest.fixture
def opening(make: Any) -> Any:
    return make.opening("Công nhân may", occupation_code="8153")


@pytest.mark.parametrize("page", ["compare", "why-not"])
def test_a_figure_that_is_no_number_and_a_name_without_end(opening: Any, as_role: Any, page: str) -> None:
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/{page}?q=²")
    said = client.get(f"/openings/{opening.id}/{page}?q=" + "a" * 60_000)
    assert "Nhiều nhất là 120 chữ" in said.text


@pytest.mark.parametrize("more", ["opening_id=77", "endpoint=x", "_method=POST", "_scheme=ftp"])
def test_a_page_too_far_leads_back_with_the_filters(opening: Any, as_role: Any, more: str) -> None:
    address = f"/openings/{opening.id}/candidates?page=9&education=primary&{more}"
    there = as_role("adviser").get(address, status=302).headers["Location"]
    assert there.startswith(f"/openings/{opening.id}/candidates?")
    assert "education=primary" in there and "page=1" in there and more not in there


def test_links_to_other_pages_keep_the_filters(
    make: Any, opening: Any, as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (lists, views):
        monkeypatch.setattr(module, "PEOPLE_AT_ONCE", 1)
    for name in ("Trần Thị Lan", "Lê Văn Hùng"):
        worker = make.worker(name, occupations=(("8153", 12),), education_code="primary")
        log_change(worker, now=NOW)
    db.session.commit()
    page = as_role("adviser").get(
        f"/openings/{opening.id}/candidates?education=primary&new_only=y&_method=POST&endpoint=x"
    )
    links = [link for link in page.links() if "page=2" in link]
    assert len(links) == 1 and "page=2" in links[0] and "education=primary" in links[0]
    assert "new_only=" in links[0] and "_method" not in links[0]


@pytest.mark.parametrize("more", ["_scheme=ftp", "_method=POST", "endpoint=x"])
def test_a_list_of_people_keeps_what_was_asked_twice(make: Any, as_role: Any, more: str) -> None:
    for number in range(21):
        make.worker(f"Trần Thị Lan {number}")
    page = as_role("adviser").get(f"/workers?tag=a&tag=b&{more}")
    links = [link for link in page.links() if "page=2" in link]
    assert links and all("tag=a&tag=b" in link and more not in link for link in links)


def test_a_number_without_end_loses_no_tick(make: Any, opening: Any, as_role: Any) -> None:
    lan, hung = make.worker("Trần Thị Lan"), make.worker("Lê Văn Hùng")
    client, ticks = as_role("adviser"), {"worker_id": [lan.id, MANY, hung.id]}
    compared = client.post(f"/openings/{opening.id}/compare", ticks, status=302).headers["Location"]
    assert f"worker_id={lan.id}&worker_id={hung.id}" in compared
    assert "Đã đưa 2 người" in client.follow(f"/openings/{opening.id}/shortlist", ticks).text


@pytest.mark.parametrize(
    "command",
    [["rank", "9" * 30], ["why-not", "1", "9" * 30], ["ranking", "compare", "0", "9" * 30],
     ["ranking", "activate", "9" * 30]],
)  # fmt: skip
def test_a_command_says_that_a_number_is_too_large(app: Any, command: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=command)
    assert result.exit_code == 2 and "is not in the range" in result.output


def test_the_requirement_in_the_way_is_named(make: Any, app: Any, as_role: Any) -> None:
    lan = make.worker("Trần Thị Lan")
    opening = make.opening(requirements=[("skill", "has", "độc thân"), ("skill", "has", "cắt tóc nam")])
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates")
    assert [words for words in page.texts("strong") if words.startswith("Biết")] == ["Biết độc thân"]
    said = app.test_cli_runner().invoke(args=["why-not", str(opening.id), str(lan.id)])
    assert said.exit_code == 1 and "This opening cannot be ranked" in said.output
