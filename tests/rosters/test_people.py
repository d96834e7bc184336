"""Who is known already stays as they are; who is new decides for themselves."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.extensions import db
from portal.jobs.models import Job
from portal.messages.models import Channel, Message
from portal.rosters.models import Roster, RosterRow
from portal.rosters.states import NoticeState, RosterState, RowOutcome
from portal.workers import operations
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.states import ConsentChannel, Purpose, Sex, WorkerState
from tests.rosters.messy import HEADER, good_sheet, person, xlsx

COMMON = {"Họ và tên": "Lê Thị Út", "Ngày sinh": "05/09/2004", "Giới tính": "Nữ", "Số CCCD": ""}


def outcomes(roster: Roster) -> list[RowOutcome | None]:
    query = select(RosterRow).where(RosterRow.roster_id == roster.id).order_by(RosterRow.row_number)
    return [row.outcome for row in db.session.scalars(query)]


def only_row(roster: Roster) -> RosterRow:
    db.session.expire_all()
    return db.session.scalars(select(RosterRow).where(RosterRow.roster_id == roster.id)).one()


def send_one(desk: Any, **given: Any) -> Roster:
    return desk.commit(desk.send(xlsx([HEADER, person(2, **given)])))


def known(make: Any, **given: Any) -> Worker:
    import datetime as dt

    return make.worker(
        "Lê Thị Út", **{"birth_date": dt.date(2004, 9, 5), "sex": Sex.FEMALE, "phone": "0911111111", **given}
    )


def code_in(message: Message) -> str:
    found = re.search(r"mã ([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{5})", message.body)
    assert found, message.body
    return found[1]


def last_code() -> str:
    return code_in(db.session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one())


# Recognised


def test_the_national_id_recognises_a_person_whatever_else_is_written(desk: Any, make: Any) -> None:
    worker = known(make)
    adviser = make.account("adviser")
    operations.give_national_id(worker, "089304000002", actor=adviser, now=now())
    db.session.commit()
    roster = send_one(desk, **{"Số CCCD": "089304000002", "Họ và tên": "Tên Khác Hẳn"})
    assert outcomes(roster) == [RowOutcome.RECOGNISED]
    db.session.refresh(worker)
    assert (worker.full_name, worker.phone) == ("Lê Thị Út", "0911111111")


@pytest.mark.parametrize("same", [{"Số ĐT": "0911111111", "Ngày sinh": "2004"}, {"Số ĐT": "0922222222"}])
def test_a_name_with_the_phone_or_the_birthday_recognises_a_person(
    desk: Any, make: Any, same: dict[str, str]
) -> None:
    worker = known(make)
    roster = send_one(desk, **{**COMMON, **same})
    assert outcomes(roster) == [RowOutcome.RECOGNISED]
    assert only_row(roster).worker_id == worker.id and only_row(roster).notice is None


@pytest.mark.parametrize(
    "different",
    [
        {"Ngày sinh": "06/09/2004", "Số ĐT": "0911111111"},
        {"Giới tính": "Nam"},
        {"Họ và tên": "Lê Thị Uyên", "Số ĐT": "0911111111", "Ngày sinh": "2003"},
        {"Ngày sinh": "2004"},
    ],
)
def test_who_only_resembles_somebody_gets_a_profile_of_their_own(
    desk: Any, make: Any, different: dict[str, str]
) -> None:
    known(make)
    assert outcomes(send_one(desk, **{**COMMON, **different})) == [RowOutcome.NEW]


def test_two_numbers_tell_two_people_of_one_name_and_birthday_apart(desk: Any, make: Any) -> None:
    worker = known(make)
    operations.give_national_id(worker, "089304000007", actor=make.account("adviser"), now=now())
    db.session.commit()
    assert outcomes(send_one(desk, **{**COMMON, "Số CCCD": "089304000008"})) == [RowOutcome.NEW]


def test_the_same_sheet_twice_makes_nobody_twice(desk: Any) -> None:
    desk.commit(desk.send(good_sheet(5)))
    again = desk.commit(desk.send(good_sheet(5)))
    assert outcomes(again) == [RowOutcome.RECOGNISED] * 5
    assert db.session.scalar(select(func.count()).select_from(Worker)) == 5


def test_the_college_cannot_learn_who_was_known(desk: Any, make: Any, as_role: Any) -> None:
    """A sheet of one known person and a sheet of one new person lead to the same page."""
    known(make)
    pages = []
    for given in (COMMON, {**COMMON, "Họ và tên": "Lê Thị Lạ"}):
        roster = send_one(desk, **given)
        text = desk.page(roster).text
        pages.append(re.sub(r"Biên nhận số \d+|\d\d:\d\d \d\d/\d\d/\d{4}", "", text))
    assert pages[0] == pages[1] and "hồ sơ mới" not in pages[0].lower()
    staff = as_role("adviser").get(f"/rosters/{roster.id}").text
    assert "Hồ sơ mới" in staff and "Lê Thị Lạ" in staff


def test_a_known_person_is_told_on_their_own_account_alone(desk: Any, make: Any) -> None:
    account = make.account("seeker")
    known(make, account_id=account.id)
    send_one(desk, **COMMON)
    (message,) = db.session.scalars(select(Message)).all()
    assert (message.channel, message.account_id) == (Channel.PORTAL, account.id)


# The person's answer


def test_who_takes_over_and_consents_to_the_roster_is_matched(desk: Any, make: Any, as_role: Any) -> None:
    roster = send_one(desk)
    seeker = make.account("seeker")
    client = as_role("seeker", seeker)
    client.post("/claim", {"code": last_code(), "birth_year": "2002"}, to="/profile/consents")
    assert only_row(roster).notice is NoticeState.ACCEPTED
    worker = db.session.get_one(Worker, only_row(roster).worker_id)
    assert worker.account_id == seeker.id and Workers().matchable(today()).all() == []
    page = client.get("/profile/consents").text
    assert "nhận hồ sơ do trường gửi" in page
    operations.give_consent(worker, Purpose.ROSTER, channel=ConsentChannel.ONLINE, actor=seeker, now=now())
    db.session.commit()
    assert [one.id for one in Workers().matchable(today()).all()] == [worker.id]


def test_the_person_and_the_adviser_see_which_college_sent_the_profile(
    desk: Any, make: Any, as_role: Any
) -> None:
    roster = send_one(desk)
    client = as_role("seeker")
    client.post("/claim", {"code": last_code(), "birth_year": "2002"}, to="/profile/consents")
    assert desk.college.name in client.get("/profile").text
    page = as_role("adviser").get(f"/workers/{only_row(roster).worker_id}")
    assert desk.college.name in page.text and "Đã nhận hồ sơ" in page.text


def test_who_refuses_is_emptied_at_once(desk: Any, client: Any) -> None:
    roster = send_one(desk)
    page = client.post("/claim/refuse", {"code": last_code()}, status=200)
    assert "Đã xóa hồ sơ" in page.text
    assert only_row(roster).notice is NoticeState.REFUSED
    worker = db.session.get_one(Worker, only_row(roster).worker_id)
    assert (worker.state, worker.full_name, worker.phone) == (WorkerState.REMOVED, "", None)
    assert worker.national_id_sealed is None and worker.occupations == []


def test_who_contests_leaves_every_list_and_an_adviser_can_look(desk: Any, client: Any) -> None:
    roster = send_one(desk)
    client.post("/claim/not-me", {"code": last_code()}, status=200)
    assert only_row(roster).notice is NoticeState.CONTESTED
    worker = db.session.get_one(Worker, only_row(roster).worker_id)
    assert worker.state is WorkerState.REFUSED and worker.full_name


def test_a_withdrawal_leaves_what_somebody_has_taken_over(desk: Any, as_role: Any, make: Any) -> None:
    roster = desk.commit(desk.send(good_sheet(3)))
    code = last_code()
    as_role("seeker").post("/claim", {"code": code, "birth_year": "2003"}, to="/profile/consents")
    roster = desk.withdraw(roster)
    assert roster.state is RosterState.WITHDRAWN
    assert sorted(str(one) for one in outcomes(roster)) == ["kept", "removed", "removed"]
    kept = db.session.scalars(select(Worker).where(Worker.account_id.is_not(None))).one()
    assert kept.full_name and kept.state is WorkerState.DRAFT


# Personal data


def test_nothing_personal_stands_in_the_jobs_the_audit_or_plainly_in_the_rows(desk: Any) -> None:
    roster = desk.send(xlsx([HEADER, person(1), person(2, **{"Số CCCD": 89204000002, "Ngày sinh": "gì đó"})]))
    assert roster.state is RosterState.NEEDS_MENDING
    everything = []
    for model in (Job, AuditEvent, Roster, RosterRow):
        for row in db.session.scalars(select(model)):
            everything += [str(getattr(row, column.key)) for column in model.__table__.columns]
    text = " ".join(everything)
    for personal in (person(2)[1], person(2)[5], "89204000002", "gì đó", person(1)[4]):
        assert personal not in text


def test_a_refused_proposal_leaves_the_cell_empty_and_who_cannot_be_told_is_left_out(desk: Any) -> None:
    roster = desk.send(
        xlsx([HEADER, person(1, **{"Số CCCD": 89201000001}), person(2, **{"Số ĐT": 900000002})])
    )
    roster = desk.commit(roster, zero_national_id="no", zero_phone="no")
    assert outcomes(roster) == [RowOutcome.NEW, RowOutcome.SKIPPED]
    assert db.session.scalars(select(Worker)).one().national_id_sealed is None
    assert "Số dòng không ghi được 1" in desk.page(roster).text


def test_accepted_places_and_occupations_reach_the_profile(desk: Any) -> None:
    rows = [person(1, **{"Địa chỉ": "Chợ Mới, An Giang"}), person(2)]
    roster = desk.send(xlsx([HEADER, *rows]))
    page = desk.page(roster)
    assert "Chợ Mới, An Giang (1 dòng)" in page.text
    roster = desk.commit(roster, place_1="30631", occupation_1="3313", occupation_2="")
    first, second = db.session.scalars(select(Worker).order_by(Worker.id)).all()
    assert first.commune_code == "30631" and second.commune_code
    assert sorted(len(worker.occupations) for worker in (first, second)) == [0, 1]
