"""The pages of reference data, and the suggestions under fields."""

import datetime as dt

import pytest
from sqlalchemy import delete, select

from portal.reference import rules
from portal.reference.models import CalendarDay, LegalRule
from portal.reference.seed import load_reference

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def loaded(session):  # type: ignore[no-untyped-def]
    load_reference(session, now=NOW)
    session.commit()
    return session


def rule_form(**given: str) -> dict[str, str]:
    return {
        "key": "referral.exchange_update_days",
        "value": "15",
        "unit": "working_days",
        "source": "Nghị định thử 1/2027 Điều 1",
        "valid_from": "01/01/2027",
        **given,
    }


def test_anybody_reads_the_rules_with_source_and_mark(loaded, client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/reference/rules?on=23/11/2026", status=200)
    for text in ("20 ngày làm việc", "Nghị định 283/2026", "đã kiểm chứng", "chưa kiểm chứng"):
        assert text in page.text
    assert "Ghi quy định mới" not in page.text


def test_on_a_day_in_a_gap_the_page_says_that_it_does_not_know(loaded, client) -> None:  # type: ignore[no-untyped-def]
    assert "chưa rõ vào ngày này" in client.get("/reference/rules?on=01/06/2026", status=200).text


def test_a_date_that_is_none_is_explained(loaded, client) -> None:  # type: ignore[no-untyped-def]
    assert "không có trong lịch" in client.get("/reference/rules?on=31/02/2026", status=200).text


def test_a_leader_signs_a_new_row(loaded, as_role) -> None:  # type: ignore[no-untyped-def]
    leader = as_role("leader")
    page = leader.get("/reference/rules/new?key=referral.exchange_update_days", status=200)
    assert "Dòng hiện có" in page.text
    leader.post("/reference/rules/new", data=rule_form(), status=302)
    assert rules.on(loaded, "referral.exchange_update_days", dt.date(2027, 1, 1)).whole == 15


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": "nhiều"}, "hãy ghi một con số"),
        ({"valid_from": "01/01/2020"}, "phải bắt đầu sau ngày"),
        ({"valid_from": "32/01/2027"}, "không có trong lịch"),
        ({"source": ""}, "văn bản và điều khoản"),
        ({"key": "made.up"}, "chọn một mục"),
        ({"unit": "parsecs"}, "chọn một mục"),
    ],
)
def test_a_wrong_row_is_explained_and_nothing_typed_is_lost(loaded, as_role, wrong, sentence: str) -> None:  # type: ignore[no-untyped-def]
    page = as_role("leader").post(
        "/reference/rules/new", data=rule_form(note="Ghi chú dài", **wrong), status=200
    )
    assert sentence in page.text
    assert "Ghi chú dài" in page.html
    assert loaded.scalar(select(LegalRule).where(LegalRule.signed_by_id.is_not(None))) is None


def test_staff_read_the_calendar_and_only_a_leader_changes_it(loaded, as_role) -> None:  # type: ignore[no-untyped-def]
    page = as_role("adviser").get("/reference/calendar?year=2026", status=200)
    assert "Ngày Văn hóa Việt Nam" in page.text and "Ghi vào lịch" not in page.text
    leader = as_role("leader")
    leader.get("/reference/calendar?year=2026", status=200)
    data = {
        "off": "31/12/2026",
        "worked": "09/01/2027",
        "name": "Nghỉ Tết Dương lịch",
        "source": "Thông báo thử",
    }
    leader.post("/reference/calendar", data=data, status=302)
    assert loaded.get(CalendarDay, dt.date(2026, 12, 31)) is not None
    leader.post("/reference/calendar/2026-12-31/remove", status=302)
    loaded.expire_all()
    assert loaded.get(CalendarDay, dt.date(2026, 12, 31)) is None


def test_a_wrong_swap_is_explained(loaded, as_role) -> None:  # type: ignore[no-untyped-def]
    leader = as_role("leader")
    data = {"off": "05/12/2026", "name": "x", "source": "y"}
    assert "vốn đã là ngày nghỉ" in leader.post("/reference/calendar", data=data, status=200).text
    assert "ngày được nghỉ" in leader.post("/reference/calendar", data={}, status=200).text
    leader.post("/reference/calendar/yesterday/remove", status=404)


def test_a_year_beyond_the_loaded_ones_warns(loaded, as_role) -> None:  # type: ignore[no-untyped-def]
    assert "Chưa nạp ngày lễ" in as_role("adviser").get("/reference/calendar?year=2099", status=200).text


def test_the_pages_stand_on_an_empty_database(session, client, as_role) -> None:  # type: ignore[no-untyped-def]
    session.execute(delete(LegalRule))
    session.execute(delete(CalendarDay))
    session.commit()
    assert "Chưa có quy định nào" in client.get("/reference/rules", status=200).text
    assert "Chưa nạp ngày lễ" in as_role("leader").get("/reference/calendar", status=200).text


def test_an_old_name_is_answered_with_the_place_of_today(client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/reference/places?q=cai dau", status=200)
    assert "Thị trấn Cái Dầu, huyện Châu Phú" in page.text and "Xã Châu Phú" in page.text
    assert "Chưa tìm thấy" in client.get("/reference/places?q=zzzzzzzz", status=200).text
    client.get("/reference/places", status=200)


def test_suggestions_are_small_public_and_kept_for_a_while(app) -> None:  # type: ignore[no-untyped-def]
    plain = app.test_client()
    answer = plain.get("/reference/places.json?q=cho+vam+phu+tan")
    assert answer.status_code == 200
    assert answer.json[0] == {"code": "30409", "label": "Xã Chợ Vàm", "note": ""}
    assert "max-age" in answer.headers["Cache-Control"]
    assert len(answer.data) < 2000
    old = plain.get("/reference/places.json?q=cai dau").json[0]
    assert old["code"] == "30463" and "Cái Dầu" in old["note"]
    split = plain.get("/reference/places.json?q=vinh+chau").json[:2]
    assert all("một phần" in one["note"] for one in split)
    assert plain.get("/reference/places.json?q=an+giang&level=province").json[0]["code"] == "91"
    assert plain.get("/reference/places.json").json == []
    assert plain.get("/reference/occupations.json?q=tho+han").json[0]["code"] == "7212"
    assert plain.get("/reference/occupations.json?q=" + "a" * 5000).status_code == 200


def test_the_rule_page_asks_the_database_equally_often_however_many_rows(
    loaded, client, make, statements
) -> None:  # type: ignore[no-untyped-def]
    client.get("/reference/rules", status=200)
    statements.clear()
    client.get("/reference/rules", status=200)
    few = len(statements)
    for month in range(1, 13):
        loaded.add(
            LegalRule(
                key=f"test.{month}",
                value="1",
                unit="days",
                source="x",
                valid_from=dt.date(2026, month, 1),
                created_at=NOW,
            )
        )
    loaded.commit()
    statements.clear()
    client.get("/reference/rules", status=200)
    assert len(statements) == few
