"""Who sees which page, what is downloaded, and that the work behind the pages survives everything."""

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from portal.common.clock import now
from portal.errors import NotAllowed
from portal.extensions import db
from portal.jobs.models import Job, JobState
from portal.jobs.operations import finish
from portal.messages.models import Message
from portal.rosters import operations
from portal.rosters.models import Roster, RosterRow
from portal.rosters.scheduled import KEPT_UNCOMMITTED, expire_uncommitted
from portal.rosters.states import RosterState
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from tests.rosters.messy import HEADER, csv_text, good_sheet, graduates, messy_sheet, person, xlsx

ROOT = Path(__file__).resolve().parents[2]
WRONG = [person(1), person(2, **{"Ngày sinh": "gì"}), person(3), person(4, **{"Số ĐT": "=HYPERLINK(1)"})]


# Who sees


@pytest.mark.parametrize("send", [good_sheet(2), xlsx([HEADER, *WRONG])], ids=["ready", "wrong"])
def test_only_the_college_and_case_staff_see_a_roster(
    desk: Any, as_role: Any, make: Any, send: bytes
) -> None:
    roster = desk.send(send)
    url = f"/rosters/{roster.id}"
    for role in ("adviser", "leader"):
        assert desk.college.name in as_role(role).get(url).text
    stranger = as_role("college", make.member("college"))
    stranger.get(url, status=404)
    stranger.post(f"{url}/commit", status=404)
    stranger.post(f"{url}/withdraw", status=404)
    stranger.get(f"{url}/errors", status=404)
    assert roster.title not in stranger.get("/rosters").text
    for role in ("seeker", "employer", "moderator", "administrator"):
        as_role(role).get(url, status=403)
    desk.client.get(url)
    as_role("college", make.member("college", desk.college)).get(url)


def test_staff_look_and_withdraw_but_do_not_post_in_the_name_of_a_college(desk: Any, as_role: Any) -> None:
    roster = desk.send(good_sheet(2))
    adviser = as_role("adviser")
    assert "Ghi danh sách" not in adviser.get(f"/rosters/{roster.id}").text
    adviser.post(f"/rosters/{roster.id}/commit", status=403)
    adviser.get("/rosters/new", status=403)
    adviser.post(f"/rosters/{roster.id}/withdraw", to=f"/rosters/{roster.id}")
    assert desk.latest().state is RosterState.WITHDRAWN


def test_an_account_without_a_college_is_told_what_to_do(as_role: Any) -> None:
    client = as_role("college")
    assert "chưa thuộc trường nào" in client.get("/rosters").text
    client.get("/rosters/new", status=302)


def test_a_closed_college_posts_nothing_more(desk: Any) -> None:
    desk.college.closed_at = now()
    db.session.commit()
    roster = Roster(organisation=desk.college)
    with pytest.raises(NotAllowed):
        operations.insist_may_post(desk.account, roster.organisation)
    desk.client.get("/rosters/new", status=302)


# Bad input


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "trống"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "Excel kiểu cũ"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        (b"\x89PNG\x00\x00", "Chỉ nhận tệp Excel"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_at_the_form(desk: Any, content: bytes, sentence: str) -> None:
    page = desk.post_file("/rosters/new", content, title="Tốt nghiệp", status=422)
    assert sentence in page.text and 'value="Tốt nghiệp"' in page.html
    assert db.session.scalar(select(func.count()).select_from(Roster)) == 0


def test_a_form_without_title_or_file_says_so(desk: Any) -> None:
    page = desk.client.post("/rosters/new", {"title": " "}, status=422)
    assert "Hãy đặt tên cho danh sách." in page.text and "Hãy chọn một tệp" in page.text


def test_a_mended_file_that_is_no_sheet_keeps_the_errors_on_the_page(desk: Any) -> None:
    roster = desk.send(xlsx([HEADER, *WRONG]))
    page = desk.post_file(f"/rosters/{roster.id}/file", b"", status=422)
    assert "trống" in page.text and "Dòng 3" in page.text
    assert desk.latest().state is RosterState.NEEDS_MENDING


def test_errors_of_the_whole_file_are_sentences(desk: Any) -> None:
    roster = desk.send(xlsx([["Họ và tên", "Giới tính"], ["Lê Thị Út", "Nữ"]]))
    page = desk.page(roster)
    assert "thiếu cột" in page.text and "Ngày sinh (hoặc Năm sinh)" in page.text
    desk.client.get(f"/rosters/{roster.id}/errors", status=404)


def test_an_answer_that_was_never_offered_is_refused(desk: Any) -> None:
    roster = desk.send(good_sheet(1))
    desk.client.post(f"/rosters/{roster.id}/commit", {"occupation_1": "9999"}, status=422)
    assert desk.latest().state is RosterState.READY


# Downloads


def test_the_template_is_understood_by_its_own_reader_and_keeps_zeros(desk: Any) -> None:
    response = desk.client.get("/rosters/template.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.data))
    header, example, *_rest = book.get_sheet_by_index(0).to_python()
    assert len(book.sheet_names) == 3 and example[header.index("Số căn cước")].startswith("0")
    filled = xlsx([header, example, [*person(1)[1:5], person(1)[5], "", *person(1)[6:9], ""]])
    order = ["Họ và tên", "Ngày sinh", "Giới tính", "Số căn cước", "Số điện thoại", "Thư điện tử"]
    assert header[:6] == order
    swapped = xlsx([header, example, [*person(1)[1:6], "", person(1)[6], person(1)[8], person(1)[7], ""]])
    assert filled and desk.send(swapped).state is RosterState.READY
    text = desk.client.get("/rosters/template.csv").data.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Họ và tên,")


def test_the_sheet_with_errors_is_the_same_sheet_with_a_column_more_and_no_formula(desk: Any) -> None:
    roster = desk.send(xlsx([["Lớp Hàn"], HEADER, *WRONG]))
    response = desk.client.get(f"/rosters/{roster.id}/errors")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.data)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Lớp Hàn" and rows[1][-1] == "Cần sửa"
    assert [bool(row[-1]) for row in rows[2:]] == [False, True, False, True]
    assert rows[5][5] == "=HYPERLINK(1)" and "Ngày sinh: Hãy ghi theo dạng" in rows[3][-1]
    assert b"<f>" not in response.data


def test_the_csv_with_errors_defuses_formulas(desk: Any) -> None:
    rows = [
        [str(value) for value in row] for row in [HEADER, person(1, **{"Ngày sinh": "gì", "Địa chỉ": "=1+1"})]
    ]
    roster = desk.send(csv_text(rows).encode(), "ds.csv")
    text = desk.client.get(f"/rosters/{roster.id}/errors").data.decode("utf-8-sig")
    assert "'=1+1" in text and "Cần sửa" in text


# Work that survives


def test_a_second_press_of_commit_begins_nothing(desk: Any) -> None:
    roster = desk.send(good_sheet(2))
    desk.client.post(f"/rosters/{roster.id}/commit", to="/jobs/")
    desk.client.post(f"/rosters/{roster.id}/commit", to=f"/rosters/{roster.id}")
    desk.run_jobs()
    desk.client.post(f"/rosters/{roster.id}/commit", to=f"/rosters/{roster.id}")
    assert db.session.scalar(select(func.count()).select_from(Worker)) == 2
    kinds = db.session.scalars(select(Job.kind)).all()
    assert sorted(kinds) == ["roster.check", "roster.commit"]


def test_nothing_can_be_changed_while_a_job_is_at_work(desk: Any) -> None:
    desk.post_file("/rosters/new", good_sheet(2), title="Tốt nghiệp")
    roster = desk.latest()
    assert "đóng trang này" in desk.page(roster).text
    referrer = {"headers": {"Referer": f"http://localhost/rosters/{roster.id}"}}
    desk.client.post(f"/rosters/{roster.id}/withdraw", status=302, **referrer)
    assert desk.latest().state is RosterState.CHECKING
    desk.run_jobs()
    assert desk.latest().state is RosterState.READY


def test_a_failed_job_is_told_and_goes_on_where_it_stopped(desk: Any) -> None:
    roster = desk.send(good_sheet(3))
    desk.client.post(f"/rosters/{roster.id}/commit", to="/jobs/")
    with write_transaction():
        job = db.session.get_one(Job, desk.latest().job_id)
        finish(job, JobState.FAILED, error="OSError", now=now())
    page = desk.page(desk.latest())
    assert "Không có gì bị mất" in page.text and "Thử lại" in page.text
    desk.client.post(f"/rosters/{roster.id}/again", to="/jobs/")
    desk.run_jobs()
    assert desk.latest().state is RosterState.COMMITTED
    assert db.session.scalar(select(func.count()).select_from(Worker)) == 3


KILLED = """
import os, sys
sys.path.insert(0, {root!r})
from tests.settings import config_for
from portal import create_app
from portal.jobs.runner import run_once
from portal.rosters import {module} as module

module.CHUNK = 5
chunk, seen = module.{chunk}, []

def dying(*given):
    if len(seen) == 2:
        os.kill(os.getpid(), 9)
    seen.append(1)
    taken = chunk(*given)
    if len(seen) == {half}:
        os.kill(os.getpid(), 9)
    return taken

module.{chunk} = dying
run_once(create_app(config_for({url!r}, UPLOAD_FOLDER={folder!r})))
"""


def kill_in(desk: Any, module: str, chunk: str, half: int = 0) -> None:
    """Run the job in a process that dies: before its third handful, or in the middle of number `half`."""
    script = KILLED.format(
        root=str(ROOT), module=module, chunk=chunk, half=half,
        url=db.engine.url.render_as_string(hide_password=False), folder=str(desk.app.config["UPLOAD_FOLDER"]),
    )  # fmt: skip
    db.session.rollback()
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=120, capture_output=True)
    assert run.returncode == -9, run.stderr.decode()[-800:]
    db.session.rollback()
    # The lease of the dead process has to end first.
    db.session.execute(db.update(Job).values(lease_until=now() - dt.timedelta(seconds=1)))
    db.session.commit()


@pytest.mark.parametrize("half", [0, 2], ids=["between", "within"])
def test_kill_9_in_a_commit_loses_nobody_and_makes_nobody_twice(desk: Any, half: int) -> None:
    roster = desk.send(xlsx([HEADER, *graduates(18)]))
    desk.client.post(f"/rosters/{roster.id}/commit", to="/jobs/")
    kill_in(desk, "committing", "_commit_chunk", half)
    assert db.session.scalar(select(func.count()).select_from(Worker)) == (10 if half == 0 else 5)
    desk.run_jobs()
    roster = desk.latest()
    assert roster.state is RosterState.COMMITTED
    names = db.session.scalars(select(Worker.name_folded)).all()
    assert len(names) == len(set(names)) == 18
    assert db.session.scalar(select(func.count()).select_from(Message)) == 18
    assert not (desk.app.config["UPLOAD_FOLDER"] / roster.file.stored_name).exists()


def test_kill_9_in_a_withdrawal_ends_with_every_profile_emptied_once(desk: Any) -> None:
    roster = desk.commit(desk.send(xlsx([HEADER, *graduates(18)])))
    desk.client.post(f"/rosters/{roster.id}/withdraw", to="/jobs/")
    kill_in(desk, "withdrawing", "_withdraw_chunk")
    desk.run_jobs()
    assert desk.latest().state is RosterState.WITHDRAWN
    assert set(db.session.scalars(select(Worker.full_name))) == {""}


def test_a_check_that_died_begins_anew_and_leaves_no_row_twice(desk: Any) -> None:
    desk.post_file("/rosters/new", good_sheet(4), title="Tốt nghiệp")
    roster = desk.latest()
    with write_transaction():
        db.session.add(RosterRow(roster_id=roster.id, row_number=2))
    desk.run_jobs()
    numbers = db.session.scalars(select(RosterRow.row_number).order_by(RosterRow.row_number)).all()
    assert numbers == [2, 3, 4, 5] and desk.latest().state is RosterState.READY


def test_a_list_that_is_never_committed_is_emptied_after_a_month(desk: Any) -> None:
    old, fresh = desk.send(good_sheet(2)), desk.send(xlsx([HEADER, *WRONG]))
    content = desk.app.config["UPLOAD_FOLDER"] / old.file.stored_name
    old.file.created_at = now() - KEPT_UNCOMMITTED - dt.timedelta(hours=1)
    db.session.commit()
    with write_transaction():
        assert expire_uncommitted(now()) == 1
    db.session.expire_all()
    assert (old.state, fresh.state) == (RosterState.WITHDRAWN, RosterState.NEEDS_MENDING)
    assert not content.exists() and old.summary == {}
    assert "cổng tự rút" in desk.page(old).text


# The number of queries


def test_the_pages_ask_the_same_number_of_questions_however_many_rows(
    desk: Any, as_role: Any, statements: list[str]
) -> None:
    adviser = as_role("adviser")

    def counted(client: Any, url: str) -> int:
        statements.clear()
        client.get(url)
        return len(statements)

    figures: dict[str, list[int]] = {"ready": [], "errors": [], "receipt": [], "staff": [], "list": []}
    for size in (2, 20):
        ready = desk.send(messy_sheet(size, seed=size))
        figures["ready"].append(counted(desk.client, f"/rosters/{ready.id}"))
        bad = [person(n, **{"Ngày sinh": "gì"}) for n in range(1, size + 1)]
        figures["errors"].append(counted(desk.client, f"/rosters/{desk.send(xlsx([HEADER, *bad])).id}"))
        done = desk.commit(desk.send(good_sheet(size, first=size * 100)))
        figures["receipt"].append(counted(desk.client, f"/rosters/{done.id}"))
        figures["staff"].append(counted(adviser, f"/rosters/{done.id}"))
        figures["list"].append(counted(adviser, "/rosters"))
    assert all(few == many for few, many in figures.values()), figures
