"""The ranked page: who is shown, why, and what is kept of it."""

import datetime as dt
import json
from typing import Any

import pytest
from sqlalchemy import select

from matching import scan
from portal.extensions import db
from portal.openings.states import Sphere
from portal.ranking import lists, views
from portal.ranking.models import ShownList, ShownOpenings, ShownRow
from portal.referrals.facts import is_lawful
from portal.referrals.models import Referral
from portal.workers.changes import log_change
from portal.workers.consent_models import Consent
from portal.workers.states import Purpose, Sex, WorkerState

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def people(app: Any, make: Any) -> dict[str, Any]:
    """Five people of whom three may sew."""
    made = {
        "sews": make.worker("Nguyễn Thị Mai", occupations=(("8153", 60),)),
        "sewed": make.worker("Trần Thị Lan", occupations=(("8153", 6),), sex=Sex.FEMALE),
        "builds": make.worker("Danh Sóc Kha", occupations=(("7112", 96),), sex=Sex.MALE),
        "silent": make.worker("Lê Văn Út", consents=(), occupations=(("8153", 60),)),
        "paused": make.worker("Phạm Thị Hoa", state=WorkerState.PAUSED, occupations=(("8153", 60),)),
    }
    for worker in made.values():
        log_change(worker, now=NOW)
    db.session.commit()
    return made


@pytest.fixture
def opening(make: Any) -> Any:
    return make.opening("Công nhân may", occupation_code="8153")


def names_in_order(page: Any) -> list[str]:
    return page.texts("p.name")


def test_those_who_fit_come_first_with_reasons_and_the_others_are_not_there(
    people: Any, opening: Any, as_role: Any
) -> None:
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates")
    assert names_in_order(page) == ["Nguyễn Thị Mai", "Trần Thị Lan", "Danh Sóc Kha"]
    assert "5 năm" in page.text
    assert "3 người đủ điều kiện" in page.text


def test_only_case_staff_see_the_ranked_page(opening: Any, as_role: Any) -> None:
    for role in (
        "seeker",
        "moderator",
        "administrator",
        "employer",
        "sender",
        "college",
        "commune",
        "department",
    ):
        as_role(role).get(f"/openings/{opening.id}/candidates", status=403)


def test_each_shown_list_is_kept_with_its_order_and_model(
    people: Any, opening: Any, as_role: Any, make: Any
) -> None:
    adviser = make.account("adviser")
    as_role("adviser", adviser).get(f"/openings/{opening.id}/candidates")
    kept = db.session.scalars(select(ShownList)).one()
    assert (kept.account_id, kept.opening_id, kept.total_may) == (adviser.id, opening.id, 3)
    assert kept.model
    shown = [row.worker_id for row in kept.rows]
    assert shown == [people["sews"].id, people["sewed"].id, people["builds"].id]
    assert all(sum(row.parts.values()) == row.score for row in kept.rows)


def test_the_decision_is_kept_beside_the_row_that_was_shown(people: Any, opening: Any, as_role: Any) -> None:
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/candidates")
    kept = db.session.scalars(select(ShownList)).one()
    client.post(
        f"/openings/{opening.id}/shortlist",
        {"list_id": kept.id, "worker_id": [people["sews"].id, people["sewed"].id]},
        to=f"/openings/{opening.id}/referrals",
    )
    decided = db.session.scalars(select(ShownRow).where(ShownRow.decision == "shortlisted")).all()
    assert {row.worker_id for row in decided} == {people["sews"].id, people["sewed"].id}
    assert {row.shown_list_id for row in db.session.scalars(select(Referral))} == {kept.id}


def test_choosing_the_same_person_twice_says_so_and_changes_nothing(
    people: Any, opening: Any, as_role: Any
) -> None:
    client = as_role("adviser")
    data = {"worker_id": [people["sews"].id]}
    client.post(f"/openings/{opening.id}/shortlist", data)
    page = client.follow(f"/openings/{opening.id}/shortlist", data)
    assert "Nguyễn Thị Mai đã có trong việc này" in page.text
    assert len(db.session.scalars(select(Referral)).all()) == 1


def test_choosing_nobody_says_what_to_do(opening: Any, as_role: Any) -> None:
    page = as_role("adviser").follow(f"/openings/{opening.id}/shortlist", {})
    assert "Hãy đánh dấu ít nhất một người." in page.text


def test_people_already_in_the_opening_are_marked(people: Any, opening: Any, as_role: Any) -> None:
    client = as_role("adviser")
    client.post(f"/openings/{opening.id}/shortlist", {"worker_id": [people["sews"].id]})
    page = client.get(f"/openings/{opening.id}/candidates")
    assert len(page.all("li.taken")) == 1
    only_new = client.get(f"/openings/{opening.id}/candidates?new_only=y")
    assert names_in_order(only_new) == ["Trần Thị Lan", "Danh Sóc Kha"]


def test_a_consent_withdrawn_a_moment_ago_never_shows(people: Any, opening: Any, as_role: Any) -> None:
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/candidates")
    # Straight in the database, without a change-log row: only the second look can know it.
    consent = db.session.scalars(
        select(Consent).where(Consent.worker_id == people["sews"].id, Consent.purpose == Purpose.MATCHING)
    ).one()
    consent.withdrawn_at = NOW
    db.session.commit()
    page = client.get(f"/openings/{opening.id}/candidates")
    assert "Nguyễn Thị Mai" not in page.text


def test_a_changed_profile_is_in_the_next_ranking(people: Any, opening: Any, as_role: Any) -> None:
    client = as_role("adviser")
    before = client.get(f"/openings/{opening.id}/candidates")
    assert names_in_order(before)[-1] == "Danh Sóc Kha"
    builds = people["builds"]
    builds.occupations[0].code, builds.occupations[0].months = "8153", 120
    log_change(builds, now=NOW)
    db.session.commit()
    after = client.get(f"/openings/{opening.id}/candidates")
    assert names_in_order(after)[0] in ("Danh Sóc Kha", "Nguyễn Thị Mai")
    assert names_in_order(after)[-1] == "Trần Thị Lan"


def test_what_is_unknown_is_listed_apart_and_never_silently_out(make: Any, as_role: Any) -> None:
    opening = make.opening(
        "Kế toán", occupation_code="2411", requirements=[("education", ">=", "university")]
    )
    make.worker("Đặng Thị Vân", occupations=(("2411", 60),), education_code=None)
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates")
    assert "Có thể, khi biết thêm một điều" in page.text
    assert names_in_order(page) == ["Đặng Thị Vân"]


def test_a_filter_narrows_the_list_and_is_kept_with_it(
    people: Any, opening: Any, as_role: Any, make: Any
) -> None:
    make.worker("Võ Thị Xa", occupations=(("8153", 60),), commune_code="30292")
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates?commune=30292")
    assert names_in_order(page) == ["Võ Thị Xa"]
    assert db.session.scalars(select(ShownList)).one().filters == {"commune": "30292"}


def test_a_filter_that_is_no_choice_narrows_nothing_and_says_so(
    people: Any, opening: Any, as_role: Any
) -> None:
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates?education=zz&commune=zz")
    assert len(names_in_order(page)) == 3
    assert "Hãy chọn một mục trong danh sách." in page.text
    assert db.session.scalars(select(ShownList)).one().filters == {}


def test_sex_changes_nothing_in_the_list(people: Any, opening: Any, as_role: Any) -> None:
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/candidates")
    for worker in people.values():
        worker.sex = Sex.MALE if worker.sex == Sex.FEMALE else Sex.FEMALE
        log_change(worker, now=NOW)
    db.session.commit()
    client.get(f"/openings/{opening.id}/candidates")
    first, second = db.session.scalars(select(ShownList).order_by(ShownList.id)).all()
    assert [(r.worker_id, r.score) for r in first.rows] == [(r.worker_id, r.score) for r in second.rows]


def test_an_opening_that_asks_for_a_sex_at_home_is_not_ranked(make: Any, as_role: Any) -> None:
    opening = make.opening(requirements=[("sex", "=", "female")])
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates")
    assert "không được phép dùng để chọn người" in page.text
    assert db.session.scalars(select(ShownList)).all() == []


def test_as_many_queries_for_twenty_people_as_for_two(
    opening: Any, make: Any, as_role: Any, statements: list[str]
) -> None:
    client = as_role("adviser")
    counts = []
    for more in (2, 18):
        for number in range(more):
            worker = make.worker(f"Nguyễn Thị {number}")
            log_change(worker, now=NOW)
        db.session.commit()
        client.get(f"/openings/{opening.id}/candidates")
        statements.clear()
        client.get(f"/openings/{opening.id}/candidates")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_openings_for_me_have_the_score_of_the_ranked_page(make: Any, as_role: Any, opening: Any) -> None:
    account = make.account("seeker")
    worker = make.worker("Nguyễn Thị Mai", occupations=(("8153", 60),), account_id=account.id)
    make.opening("Thợ hồ", occupation_code="7112")
    page = as_role("seeker", account).get("/me/openings")
    assert page.texts("h2")[0] == "Công nhân may"
    as_role("adviser").get(f"/openings/{opening.id}/candidates")
    shown = db.session.scalars(select(ShownRow).where(ShownRow.worker_id == worker.id)).one()
    assert f"{round(shown.score / 10_000)} trên 100" in page.text


@pytest.mark.parametrize("address", ["/me/openings", "/me"])
def test_openings_for_me_ask_no_more_of_the_database_for_twenty_than_for_two(
    make: Any, as_role: Any, statements: list[str], address: str
) -> None:
    account = make.account("seeker")
    make.worker(account_id=account.id)
    client = as_role("seeker", account)
    counts = []
    for more in (2, 18):
        for number in range(more):
            make.opening(f"Công nhân may {number}", requirements=[("education", ">=", "primary")])
        client.get(address)
        statements.clear()
        client.get(address)
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "given",
    [{"text": "Phục vụ quán karaoke."}, {"address_line": "Khách sạn Sông Hậu"}, {"title": "Phụ hồ"}],
)
def test_ranking_and_referral_bar_a_minor_from_the_same_places(
    make: Any, as_role: Any, given: dict[str, str]
) -> None:
    young = make.worker(birth_date=dt.date(2009, 6, 1), guardian_consented_at=NOW)
    client = as_role("adviser")
    allowed = make.opening("Gói bánh", occupation_code="7512", text="Gói bánh tét.")
    assert names_in_order(client.get(f"/openings/{allowed.id}/candidates")) == [young.full_name]
    opening = make.opening(**{"title": "Phục vụ", "occupation_code": "5131", "text": "", **given})
    assert names_in_order(client.get(f"/openings/{opening.id}/candidates")) == []
    assert not is_lawful(young, opening, NOW.date())


def test_overseas_openings_are_only_for_those_who_would_go_there(make: Any, as_role: Any) -> None:
    opening = make.opening("Chế biến thực phẩm", sphere=Sphere.OVERSEAS, country="JP", occupation_code="8160")
    make.worker("Nguyễn Muốn Đi", countries=("JP",), wants_abroad=True)
    stays = make.worker("Trần Ở Nhà", wants_abroad=False)
    client = as_role("adviser")
    assert names_in_order(client.get(f"/openings/{opening.id}/candidates")) == ["Nguyễn Muốn Đi"]
    missed = client.get(f"/openings/{opening.id}/near-misses")
    assert names_in_order(missed) == ["Trần Ở Nhà"]
    kept = db.session.scalars(select(ShownList).order_by(ShownList.id.desc())).first()
    assert kept is not None and kept.filters == {"list": "near_misses"}
    assert [row.worker_id for row in kept.rows] == [stays.id]


def test_the_rank_command_prints_the_contract(people: Any, opening: Any, app: Any) -> None:
    result = app.test_cli_runner().invoke(args=["rank", str(opening.id), "--json", "--limit", "2"])
    answer = json.loads(result.output)
    assert set(answer) == {"opening_id", "model", "index_mark", "total_may", "candidates"}
    assert [one["worker_id"] for one in answer["candidates"]] == [people["sews"].id, people["sewed"].id]
    first = answer["candidates"][0]
    assert set(first) == {"rank", "worker_id", "score", "parts", "reasons", "missing"}
    assert sum(first["parts"].values()) == first["score"]
    assert {"code", "weight", "text_vi", "text_en"} == set(first["reasons"][0])


def test_reasons_and_what_is_missing_stand_heaviest_first(app: Any, make: Any, opening: Any) -> None:
    for number in range(12):
        make.worker(
            f"Nguyễn Thị {number}",
            occupations=(("8153", 7 * number),),
            wage_min=6_000_000 + 900_000 * number,
            commune_code=("30307", "30292", "31051", None)[number % 4],
            skills_text="Công nhân may áo",
        )
    output = app.test_cli_runner().invoke(args=["rank", str(opening.id), "--json"]).output
    rows = json.loads(output)["candidates"]
    assert len(rows) == 12
    for row in rows:
        for told in (row["reasons"], row["missing"]):
            # Papers are told for their own sake, at the end.
            weights = [one["weight"] for one in told]
            assert weights == sorted(weights, reverse=True) and told
            assert all(one["text_vi"] and one["text_en"] for one in told)


def test_the_rank_command_on_an_opening_that_is_not_there_says_so(app: Any) -> None:
    result = app.test_cli_runner().invoke(args=["rank", "999999"])
    assert result.exit_code == 1 and "There is no opening 999999" in result.output


def test_what_a_person_was_shown_is_kept_once_a_look(make: Any, as_role: Any, opening: Any) -> None:
    account = make.account("seeker")
    worker = make.worker("Nguyễn Thị Mai", occupations=(("8153", 60),), account_id=account.id)
    client = as_role("seeker", account)
    client.get("/me/openings")
    client.get("/me/openings")
    kept = db.session.scalars(select(ShownOpenings)).one()
    assert (kept.worker_id, kept.account_id) == (worker.id, account.id)
    assert [row[0] for row in kept.openings] == [opening.id] and kept.model
    make.opening("Thợ may", occupation_code="7531")
    client.get("/me/openings")
    assert len(db.session.scalars(select(ShownOpenings)).all()) == 2


def test_a_list_that_ends_before_everybody_says_so_and_its_last_page_is_the_last(
    make: Any, as_role: Any, monkeypatch: Any
) -> None:
    """Seven may, the list orders the best five, a page shows two."""
    monkeypatch.setattr(scan, "KEPT", 5)
    monkeypatch.setattr(lists, "KEPT", 5)
    for module in (lists, views):
        monkeypatch.setattr(module, "PEOPLE_AT_ONCE", 2)
    opening = make.opening("Công nhân may", occupation_code="8153")
    for number in range(7):
        make.worker(f"Người {number}", occupations=(("8153", number),))
    client, url = as_role("adviser"), f"/openings/{opening.id}/candidates"
    first = client.get(f"{url}?education=lower_secondary")
    assert "7 người đủ điều kiện. 0 người cần hỏi thêm. Danh sách xếp 5 người hợp nhất." in first.text
    assert "Trang 1 trên 3" in first.text and "Danh sách dừng ở 5" not in first.text
    last = client.get(f"{url}?page=3&education=lower_secondary")
    assert len(names_in_order(last)) == 1 and "Danh sách dừng ở 5 người hợp nhất." in last.text
    assert "Trang sau" not in last.text
    beyond = client.get(f"{url}?page=4&education=lower_secondary", status=302).location
    assert beyond.startswith(url) and "page=3" in beyond and "education=lower_secondary" in beyond
    pages = [kept.filters.get("page", 1) for kept in db.session.scalars(select(ShownList))]
    assert sorted(pages) == [1, 3], "a page without people is not recorded"


def test_a_list_that_holds_everybody_says_nothing_of_an_end(people: Any, opening: Any, as_role: Any) -> None:
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates")
    assert "hợp nhất" not in page.text and "Trang 1" not in page.text
