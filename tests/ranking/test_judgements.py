""" "Fits / does not fit, because" on any row: said, changed, withdrawn, and gone along with the profile."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.models import AuditEvent
from portal.common.clock import now
from portal.common.events import emit
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking import judgements
from portal.ranking.learning_models import FitJudgement
from portal.ranking.learning_states import Fit, FitReason
from portal.ranking.models import ShownList, ShownRow
from portal.referrals.operations import shortlist
from portal.workers.changes import log_change
from portal.workers.events import ProfileEmptied
from portal.workers.exporting import export_of
from portal.workers.merging import merge, undo_merge
from portal.workers.models import Worker
from portal.workers.states import WorkerState
from tests.referrals.test_together import all_at_once

R = FitReason


@pytest.fixture
def worker(make: Any) -> Any:
    return make.worker("Nguyễn Thị Mai", occupations=(("8153", 60),))


@pytest.fixture
def opening(make: Any) -> Any:
    return make.opening(occupation_code="8153")


@pytest.fixture
def say(make: Any, worker: Any, opening: Any) -> Any:
    adviser = make.account("adviser", display_name="Lê Thị Ngọc Hân")

    def judge(
        reason: FitReason, fit: Fit = Fit.DOES_NOT_FIT, about: Any = None, **given: Any
    ) -> FitJudgement:
        given = {"note": "", "values": {"text": 5}, "actor": adviser, **given}
        said = judgements.judge(about or worker, opening, fit, reason, now=now(), **given)
        db.session.commit()
        return said

    return judge


def address(opening: Any, worker: Any) -> str:
    return f"/openings/{opening.id}/people/{worker.id}/fit"


def test_an_adviser_says_why_on_a_row_and_colleagues_read_it(worker: Any, opening: Any, as_role: Any) -> None:
    listed = f"/openings/{opening.id}/candidates"
    client = as_role("adviser")
    page = client.get(listed)
    forms = [form for form in page.all("form") if form.get("action") == address(opening, worker)]
    assert len(forms) == 1
    fields = [e.get("name") for tag in ("select", "input", "button") for e in page.all(tag)
              if e.get("form") == forms[0].get("id")]  # fmt: skip
    assert fields == ["reason", "note", None]
    data = {"reason": "too_far", "note": "Phải qua hai chuyến đò"}
    client.post(
        address(opening, worker), data, to=listed, headers={"Referer": f"http://localhost{listed}?page=1"}
    )
    for path in (listed, f"/openings/{opening.id}/why-not?worker_id={worker.id}"):
        page = as_role("leader").get(path)
        assert "Không hợp" in page.text and "Đi lại quá xa: Phải qua hai chuyến đò" in page.text
    said = db.session.scalars(select(FitJudgement)).one()
    assert said.values["occupation"] > 0, "what was known when it was said"
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "worker.judged")).one()
    assert event.detail == {"opening": opening.id, "fit": "does_not_fit", "reason": "too_far"}, "no words"


def test_people_laid_side_by_side_are_judged_there(
    make: Any, worker: Any, opening: Any, as_role: Any
) -> None:
    other = make.worker("Trần Thị Lan", occupations=(("8153", 12),))
    beside = f"/openings/{opening.id}/compare?worker_id={worker.id}&worker_id={other.id}"
    client = as_role("adviser")
    forms = [form.get("action") for form in client.get(beside).all("form")]
    assert [address(opening, one) in forms for one in (worker, other)] == [True, True]
    data, sent_from = {"reason": "too_far", "note": "Hai chuyến đò"}, f"http://localhost{beside}"
    client.post(address(opening, other), data, to=beside, headers={"Referer": sent_from})
    assert "Đi lại quá xa: Hai chuyến đò" in client.get(beside).text


def test_from_who_stands_where_in_an_opening_it_is_one_step(
    make: Any, worker: Any, opening: Any, as_role: Any
) -> None:
    shortlist(worker, opening, actor=make.account("adviser"), now=now())
    db.session.commit()
    page = as_role("adviser").get(f"/openings/{opening.id}/referrals")
    assert address(opening, worker) in [link.get("href") for link in page.all("a")]


def test_people_barred_by_one_thing_can_be_judged_too(make: Any, worker: Any, as_role: Any) -> None:
    opening = make.opening(occupation_code="8153", requirements=(("education", ">=", "university"),))
    page = as_role("adviser").get(f"/openings/{opening.id}/near-misses")
    assert address(opening, worker) in [form.get("action") for form in page.all("form")]
    as_role("adviser").post(address(opening, worker), {"reason": "done_it"})
    said = db.session.scalars(select(FitJudgement)).one()
    assert (said.fit, said.values) == (Fit.FITS, {}), "who is barred has no values to learn from"


def test_of_a_profile_merged_away_or_emptied_nothing_more_is_said(
    make: Any, worker: Any, opening: Any, as_role: Any
) -> None:
    kept = make.worker("Nguyễn Thị Mai", phone="0912000111")
    merge(kept, worker, actor=make.account("adviser"), now=now())
    emptied = make.worker("Đã bỏ", state=WorkerState.REMOVED)
    db.session.commit()
    client = as_role("adviser")
    for one in (worker, emptied):
        client.get(address(opening, one), status=404)
        client.post(address(opening, one), {"reason": R.HAS_SKILLS.value}, status=404)
    assert db.session.scalars(select(FitJudgement)).all() == []


def test_nothing_chosen_and_nonsense_come_back_with_what_was_typed(
    worker: Any, opening: Any, as_role: Any
) -> None:
    client = as_role("adviser")
    for reason in ("", "sex", "health"):
        page = client.post(address(opening, worker), {"reason": reason, "note": "Nói chuyện rồi"}, status=422)
        (note,) = [e for e in page.all("input") if e.get("name") == "note"]
        assert note.get("value") == "Nói chuyện rồi"
    client.post(address(opening, worker), {"reason": "done_it", "note": "x" * 501}, status=422)
    assert db.session.scalars(select(FitJudgement)).all() == []
    client.get(f"/openings/{opening.id}/people/99999/fit", status=404)


def test_it_may_be_changed_and_withdrawn_and_the_history_stays(
    say: Any, worker: Any, opening: Any, as_role: Any
) -> None:
    first = say(R.TOO_FAR, note="Không có xe")
    second = say(R.LIVES_NEAR, Fit.FITS)
    assert first.ended_at is not None and second.ended_at is None
    assert say(R.LIVES_NEAR, Fit.FITS).id == second.id, "said again, nothing changes"
    client = as_role("leader")
    page = client.follow(f"{address(opening, worker)}/withdraw")
    assert "Không có xe" in page.text and "Lê Thị Ngọc Hân" in page.text
    assert judgements.standing(worker, opening) is None
    assert len(db.session.scalars(select(FitJudgement)).all()) == 2
    client.post(f"{address(opening, worker)}/withdraw", status=409)


def test_two_who_speak_at_once_are_both_kept_and_one_stands(
    app: Any, make: Any, worker: Any, opening: Any, session: Any
) -> None:
    worker_id, opening_id = worker.id, opening.id
    adviser_ids = [make.account("adviser").id for _ in range(4)]
    session.rollback()

    def speak(adviser_id: int) -> Any:
        def job() -> None:
            judgements.judge(
                db.session.get_one(Worker, worker_id), db.session.get_one(Opening, opening_id), Fit.FITS,
                R.DONE_IT, note=f"{adviser_id}", values={}, actor=db.session.get_one(Account, adviser_id),
                now=now(),
            )  # fmt: skip

        return job

    assert all_at_once(app, [speak(one) for one in adviser_ids]) == ["done"] * 4
    said = session.scalars(select(FitJudgement)).all()
    assert sorted(one.made_by_id for one in said) == adviser_ids
    assert len([one for one in said if one.ended_at is None]) == 1


def test_a_reason_belongs_to_its_verdict(say: Any) -> None:
    with pytest.raises(Invalid):
        say(R.TOO_FAR, Fit.FITS)


def test_only_case_staff_say_and_see_it(worker: Any, opening: Any, say: Any, make: Any, as_role: Any) -> None:
    say(R.LACKS_SKILLS, note="Chưa đứng máy hai kim")
    for role in ("seeker", "moderator", "administrator"):
        as_role(role).get(address(opening, worker), status=403)
    for role in ("employer", "sender", "college", "commune", "department"):
        as_role(role, make.member(role)).post(address(opening, worker), {"reason": "done_it"}, status=403)
    with pytest.raises(NotAllowed):
        say(R.DONE_IT, Fit.FITS, actor=make.account("seeker"))


def test_withdrawing_what_nobody_said_is_refused(worker: Any, opening: Any, make: Any) -> None:
    with pytest.raises(Refused):
        judgements.withdraw(worker, opening, actor=make.account("adviser"), now=now())


def test_a_merge_takes_judgements_along_and_gives_them_back(make: Any, worker: Any, say: Any) -> None:
    other, adviser = make.worker("Nguyễn Thị Mai"), make.account("adviser")
    mine, theirs = say(R.DONE_IT, Fit.FITS), say(R.TOO_FAR, about=other)
    elsewhere = make.opening()
    moved = judgements.judge(other, elsewhere, Fit.FITS, R.DONE_IT, values={}, actor=adviser, now=now())
    db.session.commit()
    done = merge(worker, other, actor=adviser, now=now())
    db.session.commit()
    owners = {one.id: one.worker_id for one in db.session.scalars(select(FitJudgement))}
    # Both spoke of the same opening: what was said of the kept profile stands.
    assert owners == {mine.id: worker.id, theirs.id: other.id, moved.id: worker.id}
    undo_merge(done, actor=adviser, now=now())
    db.session.commit()
    assert {one.worker_id for one in db.session.scalars(select(FitJudgement))} == {worker.id, other.id}
    assert db.session.get_one(FitJudgement, moved.id).worker_id == other.id


def test_a_merge_takes_along_what_lists_knew_and_gives_it_back(
    make: Any, worker: Any, opening: Any, as_role: Any
) -> None:
    other = make.worker("Nguyễn Thị Mai", occupations=(("8153", 30),))
    elsewhere = make.opening(occupation_code="8153")
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/candidates")
    worker.state = WorkerState.PAUSED
    log_change(worker, now=now())
    db.session.commit()
    client.get(f"/openings/{elsewhere.id}/candidates")
    adviser = make.account("adviser")

    def shown() -> list[tuple[int, int]]:
        query = select(ShownList.opening_id, ShownRow.worker_id).join(
            ShownRow, ShownRow.list_id == ShownList.id
        )
        return sorted(tuple(row) for row in db.session.execute(query))

    before = shown()
    assert before == sorted([(opening.id, worker.id), (opening.id, other.id), (elsewhere.id, other.id)])
    done = merge(worker, other, actor=adviser, now=now())
    db.session.commit()
    # Both stood in the first list: two looks of two profiles are left as they were.
    assert shown() == sorted([(opening.id, worker.id), (opening.id, other.id), (elsewhere.id, worker.id)])
    undo_merge(done, actor=adviser, now=now())
    db.session.commit()
    assert shown() == before


def test_the_person_may_read_in_their_file_what_was_said_of_them(make: Any, worker: Any, say: Any) -> None:
    account = make.account("seeker")
    say(R.LACKS_SKILLS, note="Chưa đứng máy hai kim")
    (told,) = export_of(worker, account)["judgements"]
    assert (told["said"], told["reason"], told["note"]) == (
        "does_not_fit",
        "lacks_skills",
        "Chưa đứng máy hai kim",
    )


def test_an_emptied_profile_loses_the_words(worker: Any, say: Any) -> None:
    said = say(R.LACKS_SKILLS, note="Chưa đứng máy hai kim")
    emit(ProfileEmptied(worker, None, now()))
    db.session.commit()
    db.session.refresh(said)
    assert (said.note, said.values, said.reason) == ("", {}, R.LACKS_SKILLS)


def test_of_an_emptied_profile_lists_keep_the_place_and_nothing_that_was_known(
    make: Any, worker: Any, opening: Any, as_role: Any
) -> None:
    other = make.worker(occupations=(("8153", 30),))
    as_role("adviser").get(f"/openings/{opening.id}/candidates")
    emit(ProfileEmptied(worker, None, now()))
    db.session.commit()
    rows = {row.worker_id: row for row in db.session.scalars(select(ShownRow))}
    assert (rows[worker.id].values, rows[worker.id].parts) == ({}, {})
    assert rows[worker.id].position > 0 and rows[other.id].values and rows[other.id].parts


def test_queries_of_the_list_do_not_grow_with_judgements(
    make: Any, opening: Any, as_role: Any, statements: list[str]
) -> None:
    people = [make.worker(occupations=(("8153", months),)) for months in range(6, 24)]
    for one in people:
        log_change(one, now=now())
    db.session.commit()
    client, path = as_role("adviser"), f"/openings/{opening.id}/candidates"

    def count(several: list[Any]) -> int:
        for one in several:
            judgements.judge(
                one, opening, Fit.FITS, R.DONE_IT, values={}, actor=make.account("adviser"), now=now()
            )
        db.session.commit()
        client.get(path)
        statements.clear()
        client.get(path)
        return len(statements)

    assert count(people[:2]) == count(people)
