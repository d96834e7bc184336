"""The interview: when, where, how to get there; the person's answer; who came."""

import datetime as dt
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from portal.access.models import Account
from portal.common.clock import local_date
from portal.common.secrets import hash_code, public_code
from portal.errors import Refused
from portal.extensions import db
from portal.referrals import notices
from portal.referrals.deadlines import desk_due
from portal.referrals.facts import open_interview
from portal.referrals.models import Interview, Referral
from portal.referrals.moves import Given, lock, move
from portal.referrals.states import AnswerChannel, InterviewState, ReferralState
from portal.referrals.transitions import UNMET, Need, Party


@dataclass(frozen=True)
class Meeting:
    """What the person must know to get there."""

    starts_at: dt.datetime
    place: str
    directions: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    bring: str = ""


def set_interview(referral: Referral, meeting: Meeting, *, actor: Account, now: dt.datetime) -> Referral:
    """A new time; an earlier one that has not been held is off."""
    if meeting.starts_at <= now:
        raise Refused(_("Giờ phỏng vấn phải ở phía trước."), field="day")
    earlier = open_interview(lock(referral))
    day = local_date(meeting.starts_at)
    # The owner looks after it once the day is over.
    due = desk_due(ReferralState.INTERVIEW, day)
    move(referral, "set_interview", actor=actor, now=now, given=Given(date=day), due_on=due)
    if earlier is not None:
        earlier.state = InterviewState.CANCELLED
        earlier.code_hash = None
    code = public_code()
    interview = Interview(
        referral=referral,
        state=InterviewState.PROPOSED,
        starts_at=meeting.starts_at,
        place=meeting.place,
        directions=meeting.directions,
        contact_name=meeting.contact_name,
        contact_phone=meeting.contact_phone,
        bring=meeting.bring,
        code_hash=hash_code(current_app.config["CODE_KEY"], code),
        created_by_id=actor.id,
        created_at=now,
    )
    db.session.add(interview)
    db.session.flush()
    notices.tell_interview(interview, code, now=now)
    return referral


def answer_interview(
    referral: Referral,
    comes: bool,
    *,
    other_time: str = "",
    channel: AnswerChannel,
    actor: Account | None,
    now: dt.datetime,
) -> Referral:
    """Yes, or another time in the person's own words; the owner then sets a new one."""
    interview = _waiting_interview(referral)
    if interview.starts_at <= now:
        raise Refused(_("Giờ hẹn này đã qua. Bạn hãy gọi cho Trung tâm."))
    if not comes and not other_time.strip():
        raise Refused(_("Hãy ghi giờ bạn đến được, ví dụ: chiều thứ Năm."), field="other_time")
    party = Party.PERSON if actor is None and channel is AnswerChannel.LINK else None
    # Somebody must set another time at once; a yes is looked after when the day is over.
    due = (
        desk_due(ReferralState.INTERVIEW, local_date(interview.starts_at))
        if comes
        else desk_due(ReferralState.AGREED, local_date(now))
    )
    given = Given(channel=channel, note=other_time)
    move(referral, "answer_interview", actor=actor, now=now, given=given, party=party, due_on=due)
    interview.state = InterviewState.CONFIRMED if comes else InterviewState.OTHER_TIME
    interview.other_time = "" if comes else other_time.strip()
    db.session.flush()
    return referral


def record_interview(
    referral: Referral,
    came: bool,
    *,
    reason: str | None = None,
    note: str = "",
    actor: Account,
    now: dt.datetime,
) -> Referral:
    """After the day: came, or not and why. Either way the employer's answer is waited for."""
    interview = _waiting_interview(referral)
    if interview.starts_at > now:
        raise Refused(UNMET[Need.HELD])
    if not came and not reason:
        raise Refused(UNMET[Need.REASON], field="reason")
    due = desk_due(ReferralState.REFERRED, local_date(now))
    given = Given(reason=None if came else reason, note=note)
    move(referral, "record_interview", actor=actor, now=now, given=given, due_on=due)
    interview.state = InterviewState.CAME if came else InterviewState.MISSED
    interview.code_hash = None
    db.session.flush()
    return referral


def cancel_interviews(referral: Referral) -> None:
    """The referral has ended: nobody needs to come."""
    interview = open_interview(referral)
    if interview is None:
        return
    interview.state = InterviewState.CANCELLED
    interview.code_hash = None
    db.session.flush()


def _waiting_interview(referral: Referral) -> Interview:
    interview = open_interview(lock(referral))
    if interview is None:
        raise Refused(UNMET[Need.INTERVIEW])
    return interview
