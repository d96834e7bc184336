"""What a person is told, in plain words and in their own language, by the ways they agreed to."""

import datetime as dt
from collections.abc import Callable

from flask import current_app
from flask_babel import force_locale, format_datetime
from flask_babel import gettext as _

from portal.common.text import fold
from portal.messages.models import Channel
from portal.messages.operations import enqueue
from portal.openings.models import Opening
from portal.openings.states import Sphere
from portal.reference.countries import country_name
from portal.reference.occupations import name as occupation_name
from portal.reference.places import places
from portal.referrals.models import Interview, Letter, Referral
from portal.referrals.sentences import said_at_end
from portal.workers.models import Worker
from portal.workers.queries import live_purposes
from portal.workers.states import Purpose

Words = Callable[[], tuple[str, str]]


def tell(kind: str, worker: Worker, words: Words, *, now: dt.datetime) -> str:
    """Put a message out; the way it goes, or "" when somebody has to call."""
    account = worker.account
    with force_locale(account.locale if account is not None else "vi"):
        subject, body = words()
    way = ""
    if account is not None and account.is_enabled:
        enqueue(kind, recipient=account.display_name, channel=Channel.PORTAL, subject=subject, body=body,
                account=account, worker=worker, now=now)  # fmt: skip
        way = Channel.PORTAL.value
    if Purpose.MESSAGES in live_purposes(worker) and (worker.phone or worker.email):
        channel = Channel.SMS if worker.phone else Channel.EMAIL
        enqueue(kind, recipient=worker.phone or worker.email or "", channel=channel, subject=subject,
                body=body, worker=worker, now=now)  # fmt: skip
        way = channel.value
    return way


def address(path: str) -> str:
    base: str = current_app.config["PUBLIC_ADDRESS"]
    return base.rstrip("/") + path


def place_of(opening: Opening) -> str:
    if opening.sphere == Sphere.OVERSEAS:
        return country_name(opening.country or "")
    return places().name(opening.commune_code or opening.province_code or "")


def job_kind(opening: Opening) -> str:
    """The work, for whoever may read it: a title that names its employer gives way to the occupation."""
    name = " ".join(fold(opening.organisation.name).split()[-2:])
    if name and name in fold(opening.title):
        return occupation_name(opening.occupation_code) if opening.occupation_code else _("một việc làm")
    return opening.title


def title_of(opening: Opening) -> str:
    """Kind and area. A phone may be read by others in the house: no message names the employer."""
    return f"{job_kind(opening)}, {place_of(opening)}"


def _date(day: dt.date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def appointment(moment: dt.datetime) -> str:
    """A time one must keep, with the day of the week: "08:30, thứ Năm 26/11/2026"."""
    day = str(format_datetime(moment, "EEEE"))
    if day.startswith("Thứ"):
        day = "thứ" + day[3:]
    return f"{format_datetime(moment, 'HH:mm')}, {day} {format_datetime(moment, 'dd/MM/yyyy')}"


def _free() -> str:
    return str(_("Giới thiệu việc làm không mất tiền."))


def tell_received(referral: Referral, *, now: dt.datetime) -> str:
    return tell("referral.received", referral.worker, lambda: (
        _("Trung tâm đã nhận yêu cầu của bạn"),
        _("Bạn muốn làm việc này: %(job)s. %(owner)s sẽ trả lời bạn, trễ nhất ngày %(due)s.",
          job=title_of(referral.opening), owner=referral.owner.display_name if referral.owner else "",
          due=_date(referral.due_on)),
    ), now=now)  # fmt: skip


def tell_question(referral: Referral, code: str, *, now: dt.datetime, again: bool = False) -> str:
    def words() -> tuple[str, str]:
        subject = _("Nhắc bạn: Trung tâm đang chờ bạn trả lời") if again else _("Có một việc dành cho bạn")
        body = _(
            "%(centre)s có việc này cho bạn: %(job)s. Bạn có muốn được giới thiệu không? "
            "Mở %(link)s để trả lời Có hoặc Không, trễ nhất ngày %(due)s.",
            centre=current_app.config["CENTRE_NAME"], job=title_of(referral.opening),
            link=address(f"/answer/{code}"), due=_date(referral.due_on),
        )  # fmt: skip
        return subject, f"{body} {_free()}"

    return tell("referral.reminder" if again else "referral.question", referral.worker, words, now=now)


def tell_invited(referral: Referral, *, now: dt.datetime) -> str:
    return tell("referral.invited", referral.worker, lambda: (
        _("Trung tâm sẽ giới thiệu bạn"),
        _("Trung tâm sẽ giới thiệu bạn vào việc này: %(job)s. Giấy giới thiệu có trễ nhất ngày %(due)s.",
          job=title_of(referral.opening), due=_date(referral.due_on)) + " " + _free(),
    ), now=now)  # fmt: skip


def tell_letter(letter: Letter, *, now: dt.datetime) -> str:
    referral = letter.referral
    return tell("referral.letter", referral.worker, lambda: (
        _("Giấy giới thiệu của bạn đã có"),
        _("Giấy giới thiệu số %(number)s cho việc này: %(job)s. Giấy dùng được đến hết ngày %(until)s. "
          "Bạn tải giấy ở mục “Việc tôi quan tâm” hoặc nhận tại Trung tâm.",
          number=letter.number, job=title_of(referral.opening), until=_date(letter.valid_to)) + " " + _free(),
    ), now=now)  # fmt: skip


def tell_interview(interview: Interview, code: str, *, now: dt.datetime) -> str:
    opening = interview.referral.opening
    return tell("referral.interview", interview.referral.worker, lambda: (
        _("Bạn được mời phỏng vấn"),
        _("Bạn được mời phỏng vấn lúc %(when)s cho việc này: %(job)s. "
          "Mở %(link)s để báo bạn đến được hay xin giờ khác. "
          "Nơi phỏng vấn: xem sau khi đăng nhập, hoặc gọi Trung tâm %(hotline)s.",
          when=appointment(interview.starts_at), job=title_of(opening),
          link=address(f"/answer/{code}"), hotline=current_app.config["HOTLINE"]) + " " + _free(),
    ), now=now)  # fmt: skip


def tell_hired(referral: Referral, *, now: dt.datetime) -> str:
    return tell("referral.hired", referral.worker, lambda: (
        _("Chúc mừng bạn được nhận việc"),
        _("Bạn được nhận vào việc này: %(job)s, từ ngày %(day)s. "
          "Trung tâm sẽ hỏi thăm bạn sau khi bạn đi làm.",
          job=title_of(referral.opening), day=_date(referral.hired_on)),
    ), now=now)  # fmt: skip


def tell_end(referral: Referral, *, now: dt.datetime) -> str:
    """Every end is told, with the reason in the words for the person and a way on."""

    def words() -> tuple[str, str]:
        said = said_at_end(referral)
        body = _(
            "Về việc này: %(job)s. %(said)s Xem việc khác: %(link)s",
            job=title_of(referral.opening), said=said, link=address("/me/openings"),
        )  # fmt: skip
        return _("Trả lời về việc bạn quan tâm"), body

    return tell("referral.ended", referral.worker, words, now=now)
