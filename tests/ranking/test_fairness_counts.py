"""Counting groups: who is counted where, and that nobody is counted against their will."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.counselling.states import AgeBand
from portal.extensions import db
from portal.jobs.models import Job, JobState
from portal.jobs.runner import run_once
from portal.openings.states import OpeningState
from portal.ranking import fairness_counting as counting
from portal.ranking import fairness_jobs, rebuilding
from portal.ranking.fairness_jobs import ask_for_count, count_at_night
from portal.ranking.fairness_models import FairnessCount
from portal.ranking.fairness_people import Reached
from portal.ranking.states import SEALED, Dimension
from portal.referrals.models import Referral, ReferralStep
from portal.referrals.states import Origin, ReferralState
from portal.workers import operations, sensitive
from portal.workers.models import Worker
from portal.workers.states import ConsentChannel, Purpose, Sex

MONTH = today().replace(day=1)


def run_all(app: Any) -> None:
    while run_once(app):
        pass


def count(app: Any, opening: Any = None, month: dt.date = MONTH) -> None:
    ask_for_count(month, opening.id if opening is not None else None, actor=None, now=now())
    db.session.commit()
    run_all(app)
    db.session.expire_all()


def counted(dimension: Dimension, opening: Any = None) -> dict[str, tuple[int, int, int, int]]:
    same = FairnessCount.opening_id == (opening.id if opening is not None else None)
    rows = db.session.scalars(select(FairnessCount).where(same, FairnessCount.dimension == dimension))
    return {row.group_key: (row.eligible, row.shown, row.shortlisted, row.placed) for row in rows}


def tells(make: Any, worker: Worker, ethnicity: str | None, priority: str | None, *, counted: bool) -> None:
    adviser = make.account("adviser")
    told = {Purpose.ETHNICITY: ethnicity, Purpose.PRIORITY: priority}
    for purpose, code in told.items():
        if code is not None:
            operations.give_consent(worker, purpose, channel=ConsentChannel.DESK, actor=adviser, now=now())
            sensitive.tell(worker, purpose, code, actor=adviser, now=now())
    if counted:
        operations.give_consent(
            worker, Purpose.STATISTICS, channel=ConsentChannel.DESK, actor=adviser, now=now()
        )
    db.session.commit()


def placed(worker: Worker, opening: Any, at: dt.datetime, *names: str) -> Referral:
    states = {
        "shortlist": ReferralState.SHORTLISTED,
        "place": ReferralState.PLACED,
        "reopen": ReferralState.HIRED,
    }
    referral = Referral(
        worker_id=worker.id, opening_id=opening.id, state=ReferralState.PLACED, origin=Origin.STAFF,
        hired_on=at.date(), created_at=at, updated_at=at,
    )  # fmt: skip
    referral.steps = [ReferralStep(name=name, to_state=states[name], at=at) for name in names]
    db.session.add(referral)
    db.session.commit()
    return referral


@pytest.fixture
def opening(make: Any) -> Any:
    return make.opening("Công nhân may", occupation_code="8153")


@pytest.fixture
def people(make: Any) -> list[Worker]:
    """Six women, four men; the last two may not."""
    women = [make.worker(f"Trần Thị {number}", sex=Sex.FEMALE) for number in range(6)]
    men = [make.worker(f"Lê Văn {number}", sex=Sex.MALE, commune_code="30292") for number in range(4)]
    make.worker("Không Đồng Ý", consents=())
    make.worker("Không Muốn", wants_home=False)
    return [*women, *men]


def test_who_passes_the_gates_is_counted_by_every_group(app: Any, people: Any, opening: Any) -> None:
    count(app, opening)
    assert counted(Dimension.ALL, opening) == {"": (10, 0, 0, 0)}
    assert counted(Dimension.SEX, opening) == {"female": (6, 0, 0, 0), "male": (4, 0, 0, 0)}
    assert counted(Dimension.COMMUNE, opening) == {"30307": (6, 0, 0, 0), "30292": (4, 0, 0, 0)}
    assert counted(Dimension.AGE, opening) == {AgeBand.FROM_25.value: (10, 0, 0, 0)}


def test_what_an_adviser_saw_chose_and_placed_is_counted(
    app: Any, make: Any, people: Any, opening: Any, as_role: Any
) -> None:
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/candidates")
    client.post(f"/openings/{opening.id}/shortlist", {"worker_id": [people[0].id, people[9].id]})
    placed(people[1], opening, now(), "shortlist", "place")
    count(app, opening)
    assert counted(Dimension.SEX, opening) == {"female": (6, 6, 2, 1), "male": (4, 4, 1, 0)}
    total = db.session.scalars(select(FairnessCount).where(FairnessCount.dimension == Dimension.ALL)).one()
    by_sex = db.session.scalars(select(FairnessCount).where(FairnessCount.dimension == Dimension.SEX)).all()
    # The first place of ten is worth more than the others, and all of them together 4.54 first places.
    assert abs(total.exposure - 4543) <= 1
    assert abs(sum(row.exposure for row in by_sex) - total.exposure) <= 1


def test_a_placement_taken_back_does_not_count(app: Any, people: Any, opening: Any) -> None:
    placed(people[0], opening, now(), "shortlist", "place", "reopen")
    count(app, opening)
    assert counted(Dimension.SEX, opening)["female"] == (6, 1, 1, 0)


def test_what_was_done_in_another_month_is_not_counted(app: Any, people: Any, opening: Any) -> None:
    before = dt.datetime.combine(MONTH, dt.time(1), tzinfo=dt.UTC) - dt.timedelta(days=3)
    placed(people[0], opening, before, "shortlist", "place")
    count(app, opening)
    assert counted(Dimension.SEX, opening)["female"] == (6, 0, 0, 0)
    count(app, opening, (MONTH - dt.timedelta(days=1)).replace(day=1))
    rows = db.session.scalars(select(FairnessCount).where(FairnessCount.month < MONTH)).all()
    assert {row.placed for row in rows if row.group_key == "female"} == {1}


def test_near_misses_are_no_candidates(app: Any, make: Any, opening: Any, as_role: Any) -> None:
    make.worker("Không Muốn", wants_home=False)
    page = as_role("adviser").get(f"/openings/{opening.id}/near-misses")
    assert "Không Muốn" in page.text
    count(app, opening)
    assert counted(Dimension.ALL, opening) == {"": (0, 0, 0, 0)}


def test_who_stands_apart_until_more_is_known_is_not_in_the_list(app: Any, make: Any, as_role: Any) -> None:
    opening = make.opening(requirements=[("education", ">=", "university")])
    make.worker("Chưa Ghi", education_code=None)
    make.worker("Đã Ghi", education_code="university")
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates")
    assert {"Chưa Ghi", "Đã Ghi"} <= set(page.texts("p.name"))
    count(app, opening)
    assert counted(Dimension.ALL, opening) == {"": (1, 1, 0, 0)}


def test_only_who_agreed_to_be_counted_is_counted_by_people_and_household(
    app: Any, make: Any, people: Any, opening: Any
) -> None:
    tells(make, people[0], "05", "poor_household", counted=True)
    tells(make, people[1], "17", "near_poor_household", counted=False)
    tells(make, people[2], "02", "served", counted=True)
    # An ordinary household: agreed to be counted, and has no group to tell.
    tells(make, people[3], None, None, counted=True)
    tells(make, people[4], "01", None, counted=True)
    count(app)
    assert {key: row[0] for key, row in counted(Dimension.ETHNICITY).items()} == {
        "01": 1, "05": 1, "other": 1, "-": 7,
    }  # fmt: skip
    assert {key: row[0] for key, row in counted(Dimension.POOR).items()} == {
        "poor": 1, "not_poor": 3, "-": 6,
    }  # fmt: skip


def test_a_consent_taken_back_is_not_counted_the_next_time(
    app: Any, make: Any, people: Any, opening: Any
) -> None:
    tells(make, people[0], "05", None, counted=True)
    count(app)
    assert set(counted(Dimension.ETHNICITY)) == {"05", "-"}
    worker = db.session.get_one(Worker, people[0].id)
    operations.withdraw_consent(worker, Purpose.STATISTICS, actor=make.account("adviser"), now=now())
    db.session.commit()
    count(app)
    assert set(counted(Dimension.ETHNICITY)) == {"-"}


def test_a_count_waits_for_the_index_that_another_job_is_making(
    app: Any, people: Any, opening: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rebuilding, "SMALL", 0)
    job_id = ask_for_count(MONTH, opening.id, actor=None, now=now()).id
    db.session.commit()
    run_all(app)
    job = db.session.get_one(Job, job_id, populate_existing=True)
    assert (job.state, job.attempts, job.lease_holder) == (JobState.WAITING, 0, None)
    assert job.run_after > now() and counted(Dimension.ALL, opening) == {}
    rebuilding.bring_up_to_date(today())
    job.run_after = now()
    db.session.commit()
    run_all(app)
    assert db.session.get_one(Job, job_id, populate_existing=True).state is JobState.DONE
    assert counted(Dimension.ALL, opening) == {"": (10, 0, 0, 0)}


def test_opening_what_is_sealed_is_written_down_without_names(
    app: Any, make: Any, people: Any, opening: Any
) -> None:
    tells(make, people[0], "05", None, counted=True)
    tells(make, people[1], None, None, counted=True)  # nothing of theirs is sealed
    job = ask_for_count(MONTH, None, actor=None, now=now())
    db.session.commit()
    run_all(app)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "sensitive.counted")).one()
    assert (event.subject_kind, event.subject_id, event.actor_id) == ("job", job.id, None)
    assert event.detail == {"month": MONTH.isoformat(), "opening": None, "people": 1}


def test_a_run_that_fails_on_the_way_has_said_what_it_opened(
    app: Any, make: Any, people: Any, opening: Any, monkeypatch: Any
) -> None:
    tells(make, people[0], "05", None, counted=True)
    make.opening("Thợ may", occupation_code="7531")
    rows_of = counting.rows_of

    def fails_at_the_second(opening_id: int | None, *rest: Any) -> Any:
        if opening_id != opening.id:
            raise RuntimeError("the disk is full")
        return rows_of(opening_id, *rest)

    monkeypatch.setattr(counting, "rows_of", fails_at_the_second)
    with pytest.raises(RuntimeError):
        count(app)
    db.session.rollback()
    events = select(AuditEvent).where(AuditEvent.action == "sensitive.counted")
    assert [event.detail["people"] for event in db.session.scalars(events)] == [1]
    monkeypatch.undo()
    count(app)
    assert [event.detail["people"] for event in db.session.scalars(events)] == [1, 1]


def test_counting_twice_around_one_look_tells_nobody_what_that_person_told(
    app: Any, make: Any, people: Any, opening: Any, as_role: Any
) -> None:
    for number, worker in enumerate(people):
        tells(make, worker, "05" if number % 2 else "01", "poor_household", counted=True)
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/candidates")
    count(app)
    sealed = {one: counted(one) for one in SEALED}
    assert sealed[Dimension.ETHNICITY] == {"01": (5, 5, 0, 0), "05": (5, 5, 0, 0)}
    month = client.get("/fairness?by=ethnicity&csv=1").get_data(as_text=True)
    # One more named person is looked at, and everything is counted again by hand.
    named = make.worker("Danh Thị Sa Rây", sex=Sex.FEMALE)
    tells(make, named, "05", "poor_household", counted=True)
    client.get(f"/openings/{opening.id}/candidates")
    for url in (f"/openings/{opening.id}/fairness", "/fairness"):
        client.post(f"{url}/count", {"month": f"{MONTH:%Y-%m}"})
    run_all(app)
    db.session.expire_all()
    assert counted(Dimension.ALL) == {"": (11, 11, 0, 0)}, "the others are as of now"
    assert {one: counted(one) for one in SEALED} == sealed
    assert client.get("/fairness?by=ethnicity&csv=1").get_data(as_text=True) == month
    assert not any(counted(one, opening) for one in SEALED)
    page = client.get(f"/openings/{opening.id}/fairness?by=ethnicity")
    assert "Khơ-me" not in page.text and "Hãy chọn một mục trong danh sách." in page.text
    # Nor does the next night show one person more.
    count(app)
    assert counted(Dimension.ETHNICITY)["05"] == (6, 6, 0, 0)
    assert client.get("/fairness?by=ethnicity&csv=1").get_data(as_text=True) == month


def test_what_somebody_counted_in_the_evening_does_not_stand_for_the_night(app: Any, make: Any) -> None:
    night = dt.datetime(2026, 12, 9, 19, 30, tzinfo=dt.UTC)
    evening = night - dt.timedelta(hours=3)
    ask_for_count(dt.date(2026, 12, 1), None, actor=make.account("leader"), now=evening)
    count_at_night(night)
    count_at_night(night + dt.timedelta(hours=1))
    db.session.commit()
    assert [job.created_by_id is None for job in db.session.scalars(select(Job).order_by(Job.id))] == [
        False, True,
    ]  # fmt: skip


def test_a_month_counts_each_person_once_however_many_openings(
    app: Any, make: Any, people: Any, opening: Any, as_role: Any
) -> None:
    other = make.opening("Thợ may", occupation_code="7531")
    make.opening("Chưa đăng", state=OpeningState.DRAFT, published_at=None)
    client = as_role("adviser")
    for one in (opening, other):
        client.get(f"/openings/{one.id}/candidates")
    count(app)
    assert counted(Dimension.SEX) == {"female": (6, 6, 0, 0), "male": (4, 4, 0, 0)}
    assert counted(Dimension.SEX, opening) == counted(Dimension.SEX, other) == counted(Dimension.SEX)
    openings = {row.opening_id for row in db.session.scalars(select(FairnessCount))}
    assert openings == {None, opening.id, other.id}


def test_counted_twice_the_rows_are_the_same(app: Any, people: Any, opening: Any) -> None:
    count(app)
    before = counted(Dimension.SEX), counted(Dimension.SEX, opening)
    count(app)
    assert (counted(Dimension.SEX), counted(Dimension.SEX, opening)) == before


def test_as_many_queries_for_sixty_people_as_for_ten(
    app: Any, make: Any, people: Any, opening: Any, statements: list[str]
) -> None:
    counts = []
    for more in (0, 50):
        for number in range(more):
            make.worker(f"Nguyễn Thị {number}")
        count(app, opening)
        ask_for_count(MONTH, opening.id, actor=None, now=now())
        db.session.commit()
        statements.clear()
        run_all(app)
        counts.append(sum(not one.startswith("INSERT INTO fairness") for one in statements))
    assert counts[0] == counts[1]


def test_an_opening_that_may_not_be_ranked_stops_nobody_elses_count(app: Any, make: Any, people: Any) -> None:
    make.opening(requirements=[("sex", "=", "female")])
    lawful = make.opening("Công nhân may", occupation_code="8153")
    count(app)
    assert counted(Dimension.ALL, lawful) == {"": (10, 0, 0, 0)}
    assert counted(Dimension.ALL) == {"": (10, 0, 0, 0)}


def test_stages_are_parts_of_each_other_whatever_happened() -> None:
    reached = Reached(shown={1: 3}, shortlisted={2}, placed={3})
    stages = [set(ids.tolist()) for ids in reached.nested(np.array([4, 5]))]
    assert stages == [{1, 2, 3, 4, 5}, {1, 2, 3}, {2, 3}, {3}]


@pytest.mark.parametrize(
    ("hour", "month"),
    [
        # In Vietnam 02:30 on the first of December: November, for the last time.
        (dt.datetime(2026, 11, 30, 19, 30, tzinfo=dt.UTC), "2026-11-01"),
        (dt.datetime(2026, 12, 9, 19, 30, tzinfo=dt.UTC), "2026-12-01"),
        (dt.datetime(2026, 12, 9, 7, 30, tzinfo=dt.UTC), None),
    ],
)
def test_every_night_the_month_of_yesterday_is_counted_once(
    app: Any, hour: dt.datetime, month: str | None
) -> None:
    for _hour in range(2):
        count_at_night(hour)
    db.session.commit()
    jobs = db.session.scalars(select(Job).where(Job.kind == fairness_jobs.KIND)).all()
    assert [job.payload["month"] for job in jobs] == ([month] if month else [])
