"""The interview as a file for a phone's calendar: no name of the person; the place only for who signed in."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _
from icalendar import Calendar, Event

from portal.referrals.models import Interview
from portal.referrals.notices import job_kind

LENGTH = dt.timedelta(hours=1)


def interview_ics(interview: Interview, *, signed_in: bool) -> bytes:
    host = current_app.config["PUBLIC_ADDRESS"].split("://")[-1].split(":")[0]
    calendar = Calendar()
    calendar.add("prodid", "-//Ben Viec//Interview//VI")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"interview-{interview.id}@{host}")
    event.add("dtstamp", interview.created_at)
    event.add("dtstart", interview.starts_at)
    event.add("dtend", interview.starts_at + LENGTH)
    for name, value in (_whole(interview) if signed_in else _bare(interview)).items():
        event.add(name, value)
    calendar.add_component(event)
    return calendar.to_ical()


def _whole(interview: Interview) -> dict[str, str]:
    contact = " ".join(part for part in (interview.contact_name, interview.contact_phone) if part)
    lines = (
        interview.directions,
        _("Gặp: %(who)s", who=contact) if contact else "",
        _("Mang theo: %(things)s", things=interview.bring) if interview.bring else "",
    )
    return {
        "summary": _("Phỏng vấn: %(job)s", job=interview.referral.opening.title),
        "location": interview.place,
        "description": "\n".join(line for line in lines if line),
    }


def _bare(interview: Interview) -> dict[str, str]:
    """By a link: whoever holds the phone reads the hour and the kind of work."""
    hotline = current_app.config["HOTLINE"]
    return {
        "summary": _("Phỏng vấn: %(job)s", job=job_kind(interview.referral.opening)),
        "description": _(
            "Nơi phỏng vấn: xem sau khi đăng nhập, hoặc gọi Trung tâm %(hotline)s.", hotline=hotline
        ),
    }
