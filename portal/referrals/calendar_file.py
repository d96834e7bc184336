"""The interview as a file for a phone's calendar: place and time, no name of the person."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _
from icalendar import Calendar, Event

from portal.referrals.models import Interview

LENGTH = dt.timedelta(hours=1)


def interview_ics(interview: Interview) -> bytes:
    host = current_app.config["PUBLIC_ADDRESS"].split("://")[-1].split(":")[0]
    calendar = Calendar()
    calendar.add("prodid", "-//Ben Viec//Interview//VI")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"interview-{interview.id}@{host}")
    event.add("dtstamp", interview.created_at)
    event.add("dtstart", interview.starts_at)
    event.add("dtend", interview.starts_at + LENGTH)
    event.add("summary", _("Phỏng vấn: %(job)s", job=interview.referral.opening.title))
    event.add("location", interview.place)
    contact = " ".join(part for part in (interview.contact_name, interview.contact_phone) if part)
    lines = (
        interview.directions,
        _("Gặp: %(who)s", who=contact) if contact else "",
        _("Mang theo: %(things)s", things=interview.bring) if interview.bring else "",
    )
    event.add("description", "\n".join(line for line in lines if line))
    calendar.add_component(event)
    return calendar.to_ical()
