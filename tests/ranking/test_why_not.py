"""Why is she not in the list? Every named person gets an answer."""

import datetime as dt
import json
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.extensions import db
from portal.openings.states import Sphere
from portal.workers.changes import log_change
from portal.workers.states import WorkerState

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def opening(make: Any) -> Any:
    return make.opening("Kế toán", occupation_code="2411", requirements=[("education", ">=", "university")])


def test_a_person_is_found_without_diacritics(make: Any, as_role: Any, opening: Any) -> None:
    worker = make.worker("Đặng Thị Vân")
    page = as_role("adviser").get(f"/openings/{opening.id}/why-not?q=dang thi van")
    assert f"worker_id={worker.id}" in " ".join(page.links())


def test_a_requirement_not_met_is_named_with_what_is_needed_and_stated(
    make: Any, as_role: Any, opening: Any
) -> None:
    worker = make.worker("Trần Thị Lan", education_code="lower_secondary")
    page = as_role("adviser").get(f"/openings/{opening.id}/why-not?worker_id={worker.id}")
    assert "Không có trong danh sách" in page.text
    assert "Chưa đạt" in page.text
    assert "đại học" in page.text.lower() and "trung học cơ sở" in page.text.lower()
    assert "vào được danh sách" in page.text


def test_asking_is_recorded(make: Any, as_role: Any, opening: Any) -> None:
    worker = make.worker()
    as_role("adviser").get(f"/openings/{opening.id}/why-not?worker_id={worker.id}")
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "worker.explained")).one()
    assert event.subject_id == worker.id


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"consents": ()}, "chưa đồng ý để Trung tâm tìm việc phù hợp"),
        ({"state": WorkerState.PAUSED}, "hiện không tìm việc"),
        ({"birth_date": dt.date(2010, 1, 1)}, "chưa có sự đồng ý của cha mẹ"),
        ({"birth_date": dt.date(2015, 1, 1)}, "chưa đủ 15 tuổi"),
    ],
)
def test_people_who_are_not_ranked_are_told_apart(
    make: Any, as_role: Any, opening: Any, given: dict[str, Any], sentence: str
) -> None:
    worker = make.worker(**given)
    page = as_role("adviser").get(f"/openings/{opening.id}/why-not?worker_id={worker.id}")
    assert sentence in page.text
    assert "đứng thứ" not in page.text


def test_a_minor_is_kept_from_a_building_site_with_the_article_of_the_law(make: Any, as_role: Any) -> None:
    opening = make.opening("Phụ hồ", occupation_code="9313")
    minor = make.worker("Võ Minh Trí", birth_date=dt.date(2009, 6, 1), guardian_consented_at=NOW)
    log_change(minor, now=NOW)
    db.session.commit()
    client = as_role("adviser")
    assert "Võ Minh Trí" not in client.get(f"/openings/{opening.id}/candidates").text
    page = client.get(f"/openings/{opening.id}/why-not?worker_id={minor.id}")
    assert "Điều 147" in page.text
    # Age is not something a person can change: never a near miss.
    assert "Võ Minh Trí" not in client.get(f"/openings/{opening.id}/near-misses").text


def test_nobody_under_eighteen_is_ranked_for_work_abroad(make: Any, as_role: Any) -> None:
    opening = make.opening("Chế biến", sphere=Sphere.OVERSEAS, country="JP")
    make.worker("Võ Minh Trí", birth_date=dt.date(2009, 6, 1), guardian_consented_at=NOW, countries=("JP",))
    assert "Võ Minh Trí" not in as_role("adviser").get(f"/openings/{opening.id}/candidates").text


def test_an_unknown_person_is_a_404_and_an_unknown_name_says_what_to_try(as_role: Any, opening: Any) -> None:
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/why-not?worker_id=999999", status=404)
    assert "Không tìm thấy ai" in client.get(f"/openings/{opening.id}/why-not?q=khong co ai ten nay").text


def test_the_why_not_command_prints_the_contract(make: Any, app: Any, opening: Any) -> None:
    worker = make.worker(education_code="lower_secondary")
    result = app.test_cli_runner().invoke(args=["why-not", str(opening.id), str(worker.id), "--json"])
    answer = json.loads(result.output)
    assert set(answer) == {"verdicts", "rank", "score", "changes"}
    assert set(answer["verdicts"][0]) == {"rule", "verdict", "stated", "needed", "text_vi", "text_en"}
    assert {v["verdict"] for v in answer["verdicts"]} <= {"yes", "no", "unknown"}
