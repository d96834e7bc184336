"""A college posts a sheet, mends it, looks, commits, and can take it back."""

from typing import Any

from sqlalchemy import func, select

from portal.common.clock import today
from portal.extensions import db
from portal.messages.models import Message
from portal.rosters.models import RosterRow
from portal.rosters.states import NoticeState, RosterState, RowOutcome
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.states import WorkerState
from tests.rosters.messy import HEADER, good_sheet, graduates, messy_sheet, person, xlsx


def rows_of(roster: Any) -> list[RosterRow]:
    query = select(RosterRow).where(RosterRow.roster_id == roster.id).order_by(RosterRow.row_number)
    return list(db.session.scalars(query))


def count_workers() -> int:
    return db.session.scalar(select(func.count()).select_from(Worker)) or 0


def test_a_right_sheet_is_looked_at_then_committed(desk: Any) -> None:
    roster = desk.send(good_sheet(6))
    assert roster.state is RosterState.READY and roster.row_count == 6
    assert "Ghi danh sách" in desk.page(roster).text
    assert count_workers() == 0
    roster = desk.commit(roster)
    assert roster.state is RosterState.COMMITTED and count_workers() == 6
    assert "Biên nhận" in desk.page(roster).text


def test_wrong_cells_are_shown_alone_and_a_mended_sheet_takes_their_place(desk: Any) -> None:
    rows = graduates(5)
    rows[3] = person(4, **{"Ngày sinh": "31/02/2004", "Số CCCD": "8.9E+10"})
    roster = desk.send(xlsx([HEADER, *rows]))
    assert roster.state is RosterState.NEEDS_MENDING
    assert [row.row_number for row in rows_of(roster)] == [5]
    page = desk.page(roster)
    assert "Dòng 5" in page.text and "không có trong lịch" in page.text and "8.9E+10" in page.text
    assert "Gửi tệp đã sửa" in page.text and rows[0][1] not in page.text
    desk.post_file(f"/rosters/{roster.id}/file", good_sheet(5))
    desk.run_jobs()
    assert desk.latest().id == roster.id and desk.latest().state is RosterState.READY


def test_a_messy_sheet_becomes_profiles_after_its_questions_are_answered(desk: Any) -> None:
    roster = desk.send(messy_sheet(30))
    assert roster.state is RosterState.READY, desk.page(roster).text
    page = desk.client.post(f"/rosters/{roster.id}/commit", status=422)
    assert "Hãy chọn một câu trả lời cho: Số căn cước." in page.text
    assert desk.latest().state is RosterState.READY
    roster = desk.commit(roster, zero_national_id="yes", zero_phone="yes")
    workers = db.session.scalars(select(Worker)).all()
    assert len(workers) == 30
    assert all(worker.phone and worker.phone.startswith("09") for worker in workers)
    assert all(worker.national_id_index for worker in workers)


def test_nobody_from_a_roster_is_matched_before_their_own_consent(desk: Any) -> None:
    desk.commit(desk.send(good_sheet(4)))
    assert {worker.state for worker in db.session.scalars(select(Worker))} == {WorkerState.DRAFT}
    assert Workers().matchable(today()).all() == []


def test_every_graduate_is_told_with_a_code_of_their_own(desk: Any) -> None:
    roster = desk.commit(desk.send(good_sheet(4)))
    messages = db.session.scalars(select(Message).where(Message.kind == "roster.claim")).all()
    assert len(messages) == 4 and len({message.body for message in messages}) == 4
    assert all("/claim" in m.body and desk.college.name in m.body for m in messages)
    assert {row.notice for row in rows_of(roster)} == {NoticeState.WAITING}


def test_after_the_commit_nothing_personal_is_left_in_the_roster(desk: Any) -> None:
    roster = desk.send(good_sheet(3))
    folder = desk.app.config["UPLOAD_FOLDER"]
    assert (folder / roster.file.stored_name).exists()
    roster = desk.commit(roster)
    for row in rows_of(roster):
        assert (row.cells, row.errors, row.proposals) == ({}, [], [])
    assert (roster.summary, roster.answers) == ({}, {})
    assert not (folder / roster.file.stored_name).exists()
    assert {row.outcome for row in rows_of(roster)} == {RowOutcome.NEW}


def test_a_withdrawal_empties_the_profiles_nobody_took_over(desk: Any) -> None:
    roster = desk.withdraw(desk.commit(desk.send(good_sheet(3))))
    assert roster.state is RosterState.WITHDRAWN
    for worker in db.session.scalars(select(Worker)):
        assert worker.state is WorkerState.REMOVED
        assert (worker.full_name, worker.phone, worker.birth_year, worker.national_id_index) == (
            "",
            None,
            None,
            None,
        )
    assert db.session.scalars(select(Message)).all() == []
    assert "đã rút" in desk.page(roster).text
