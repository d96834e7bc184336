"""A year at the desk: contacts in bulk, faces after some of them, and a handful of complaints."""

import datetime as dt
import random
import secrets
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import insert, select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import local_date
from portal.counselling import complaints
from portal.counselling.complaints import Said
from portal.counselling.models import Contact, Rating
from portal.counselling.rules import age_band, working_day_from
from portal.counselling.states import (
    AgeBand,
    ComplaintAbout,
    ContactChannel,
    ContactKind,
    ContactOutcome,
    Face,
)
from portal.demo import hours
from portal.extensions import db
from portal.reference.calendar import WorkingCalendar, load_calendar
from portal.reference.places import places
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from portal.workers.rules import age_on
from portal.workers.states import LIVE_STATES, Sex

EACH = 10
# What the centre counted in a year: more would be believed by nobody.
MOST = 73_108
CHUNK = 10_000
UNNAMED = 0.12
RATED = 0.08

KINDS = {
    ContactKind.JOB: 52, ContactKind.BENEFIT: 26, ContactKind.ABROAD: 10, ContactKind.TRAINING: 7,
    ContactKind.POLICY: 5,
}  # fmt: skip
CHANNELS = {
    ContactChannel.DESK: 55, ContactChannel.PHONE: 22, ContactChannel.ZALO: 9, ContactChannel.FAIR: 9,
    ContactChannel.COMMUNE: 5,
}  # fmt: skip
OUTCOMES = {
    ContactOutcome.INFORMED: 55, ContactOutcome.REGISTERED: 12, ContactOutcome.REFERRED: 12,
    ContactOutcome.APPOINTMENT: 9, ContactOutcome.PASSED_ON: 4, ContactOutcome.NOT_REACHED: 8,
}  # fmt: skip
FACES = {Face.GOOD: 72, Face.SO_SO: 20, Face.BAD: 8}
WORDS = {
    Face.GOOD: ("Chỉ dẫn tận tình.", "Cô nói dễ hiểu.", "Được xem nhiều việc gần nhà.", ""),
    Face.SO_SO: ("Chờ hơi lâu.", "Việc xa nhà quá.", "", ""),
    Face.BAD: ("Chờ cả buổi sáng.", "Gọi hai lần không ai nghe.", "", ""),
}
# A note is written now and then; the rest is told by kind and outcome.
NOTES = (
    "Hỏi việc gần nhà, đi về trong ngày.", "Muốn làm ca ngày vì có con nhỏ.", "Hỏi lớp nghề mở tháng sau.",
    "Hẹn mang bằng nghề bản chính.", "Hỏi cách nhận trợ cấp lần đầu.", "Hỏi điều kiện đi Nhật.",
)  # fmt: skip

# (days ago, about, text, name, phone, answered after how many days, answer)
COMPLAINTS = (
    (40, ComplaintAbout.MONEY, "Có người tự xưng quen Trung tâm, đòi 2 triệu đồng tiền giữ chỗ đi Hàn Quốc.",
     "Danh Thị Mỹ", "0906001201", 2,
     "Người này không phải nhân viên Trung tâm. Chúng tôi đã báo công an. Không ai được thu tiền của bạn."),
    (24, ComplaintAbout.CENTRE, "Tôi chờ ở quầy từ 8 giờ đến 11 giờ mới được gọi.", "", None, 6,
     "Hôm đó hai quầy nghỉ mà không báo. Nay có bảng giờ chờ và lấy số từ trước. Xin lỗi cô chú."),
    # Late whatever holidays lie between, Tết too.
    (30, ComplaintAbout.EMPLOYER, "Công ty hứa 9 triệu một tháng, đến nơi nói 6 triệu.", "Lê Văn Đực",
     "0906001202", None, ""),
    (4, ComplaintAbout.SENDER, "Công ty giữ bản chính bằng tốt nghiệp của em tôi, chưa trả.", "", None,
     None, ""),
    (1, ComplaintAbout.MONEY, "Có người nhắn Zalo đòi đặt cọc 500 nghìn đồng để giữ việc.", "", "0906001203",
     None, ""),
    (1, ComplaintAbout.PORTAL, "Bấm nút trên điện thoại của tôi khó quá, chữ nhỏ.", "", None, None, ""),
)  # fmt: skip


def make_contacts(
    adviser_ids: list[int], persona_ids: list[int], rng: random.Random, now: dt.datetime
) -> None:
    latest = hours.latest(now)
    calendar = load_calendar(db.session)
    people = _people(persona_ids)
    db.session.rollback()
    rows = _rows(people, adviser_ids, calendar, rng, latest)
    while chunk := list(islice(rows, CHUNK)):
        with write_transaction():
            _insert(chunk, rng)
        db.session.expunge_all()
    _make_complaints(latest)


def _people(persona_ids: list[int]) -> list[Any]:
    """Whom we tell stories of was here oftener than others."""
    columns = (Worker.id, Worker.commune_code, Worker.sex, Worker.birth_date, Worker.birth_year)
    query = select(*columns).where(Worker.state.in_(LIVE_STATES)).order_by(Worker.id)
    found = list(db.session.execute(query))
    return found + [person for person in found if person.id in persona_ids]


def _days(calendar: WorkingCalendar, latest: dt.datetime) -> list[dt.date]:
    last = local_date(latest)
    days = (last - dt.timedelta(days=back) for back in range(365))
    return [day for day in days if calendar.is_working(day)]


def _rows(
    people: list[Any],
    adviser_ids: list[int],
    calendar: WorkingCalendar,
    rng: random.Random,
    latest: dt.datetime,
) -> Iterator[dict[str, Any]]:
    days = _days(calendar, latest)
    communes = [place.code for place in places().communes()]
    for _ in range(min(EACH * len(people), MOST)):
        at = hours.at(rng.choice(days), hours.OPENS) + dt.timedelta(seconds=rng.randrange(8 * 3600))
        if at > latest:
            continue
        day = local_date(at)
        person = None if rng.random() < UNNAMED else rng.choice(people)
        counted = _counted(person, day) if person is not None else _told(communes, rng)
        outcome = _pick(OUTCOMES, rng)
        next_on = None
        if outcome is ContactOutcome.APPOINTMENT or rng.random() < 0.05:
            next_on = working_day_from(day + dt.timedelta(days=rng.choice((1, 3, 7, 7, 14))), calendar)
        yield {
            "worker_id": person.id if person is not None else None,
            "kind": _pick(KINDS, rng),
            "channel": _pick(CHANNELS, rng),
            "outcome": outcome,
            "adviser_id": rng.choice(adviser_ids),
            "at": at,
            "day": day,
            **counted,
            "note": rng.choice(NOTES) if rng.random() < 0.1 else "",
            "next_on": next_on,
            "next_done_at": _done(next_on, latest, rng),
        }


def _pick(weights: dict[Any, int], rng: random.Random) -> Any:
    return rng.choices(list(weights), list(weights.values()))[0]


def _counted(person: Any, day: dt.date) -> dict[str, Any]:
    band = age_band(age_on(person.birth_date, person.birth_year, day))
    return {"commune_code": person.commune_code, "sex": person.sex, "age_band": band}


def _told(communes: list[str], rng: random.Random) -> dict[str, Any]:
    """Some say where they live and how old they are, some nothing."""
    says = rng.random() < 0.6
    return {
        "commune_code": rng.choice(communes) if says else None,
        "sex": rng.choice(list(Sex)) if says else None,
        "age_band": rng.choice(list(AgeBand)) if says else None,
    }


def _done(next_on: dt.date | None, latest: dt.datetime, rng: random.Random) -> dt.datetime | None:
    """What was due long ago is done; of the last days a little is still open."""
    if next_on is None or next_on > local_date(latest):
        return None
    if local_date(latest) - next_on < dt.timedelta(days=3) and rng.random() < 0.3:
        return None
    return min(hours.at(next_on, hours.OPENS) + dt.timedelta(hours=2), latest)


def _insert(rows: list[dict[str, Any]], rng: random.Random) -> None:
    """Only rows that get an answer need their ids back, which costs most of the time."""
    rated, others = [], []
    for row in rows:
        reached = row["worker_id"] is not None and row["outcome"] is not ContactOutcome.NOT_REACHED
        (rated if reached and rng.random() < RATED else others).append(row)
    # With the empty columns written out, rows of every shape go in one statement.
    db.session.execute(insert(Contact), others, execution_options={"render_nulls": True})
    ids = db.session.scalars(insert(Contact).returning(Contact.id, sort_by_parameter_order=True), rated)
    answers = [_answer(contact_id, row["at"], rng) for contact_id, row in zip(ids, rated, strict=True)]
    if answers:
        db.session.execute(insert(Rating), answers)


def _answer(contact_id: int, at: dt.datetime, rng: random.Random) -> dict[str, Any]:
    face = _pick(FACES, rng)
    return {
        "contact_id": contact_id,
        # Of no code: what is answered opens nothing any more.
        "code_hash": secrets.token_hex(32),
        "expires_at": at + dt.timedelta(days=14),
        "face": face,
        "words": rng.choice(WORDS[face]) if rng.random() < 0.15 else "",
        "rated_at": at + dt.timedelta(minutes=rng.randrange(2, 300)),
    }


def _make_complaints(latest: dt.datetime) -> None:
    with write_transaction():
        leader = db.session.scalars(
            select(Account).where(Account.role == Role.LEADER).order_by(Account.id).limit(1)
        ).one()
        for days, about, text, name, phone, after, said in COMPLAINTS:
            at = hours.fit(latest - dt.timedelta(days=days))
            made, _code = complaints.complain(
                Said(about, text, name, phone), account=None, now=min(at, latest)
            )
            if after is not None:
                answered = hours.fit(at + dt.timedelta(days=after, hours=1))
                complaints.answer(made, said, actor=leader, now=min(answered, latest))
