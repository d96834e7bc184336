"""What a person reads about their referral: where it stands, what comes next, who does it, by when.

The internal state is never shown to them; these sentences are.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.common.clock import local_date
from portal.reference.reasons import reason as reason_named
from portal.referrals.facts import open_interview
from portal.referrals.models import Referral
from portal.referrals.states import InterviewState, ReferralState

S = ReferralState


@dataclass(frozen=True)
class Stand:
    now: str
    next: str = ""
    who: str = ""
    by: dt.date | None = None
    # As the look names it: wait, water, good, calm.
    tone: str = "calm"
    # The person themself is waited for.
    your_turn: bool = False


CENTRE_NEXT: dict[ReferralState, tuple[Any, Any, str]] = {
    S.INTERESTED: (
        _l("Trung tâm đã nhận yêu cầu của bạn."),
        _l("Trung tâm xem hồ sơ rồi trả lời bạn."),
        "water",
    ),
    S.SHORTLISTED: (
        _l("Trung tâm thấy việc này có thể hợp với bạn."),
        _l("Trung tâm sẽ hỏi bạn trước. Chưa ai ngoài Trung tâm thấy hồ sơ của bạn."),
        "water",
    ),
    S.AGREED: (
        _l("Trung tâm sẽ giới thiệu bạn vào việc này."),
        _l("Trung tâm làm giấy giới thiệu cho bạn."),
        "water",
    ),
    S.REFERRED: (
        _l("Bạn đã có giấy giới thiệu."),
        _l("Nơi tuyển xem hồ sơ. Trung tâm hỏi giờ phỏng vấn rồi báo bạn."),
        "water",
    ),
    S.HIRED: (
        _l("Chúc mừng, bạn đã được nhận vào làm."),
        _l("Trung tâm sẽ hỏi thăm việc làm của bạn."),
        "good",
    ),
}
ENDED: dict[ReferralState, tuple[Any, str]] = {
    S.PLACED: (_l("Bạn đã có việc làm. Chúc bạn làm tốt."), "good"),
    S.LEFT: (_l("Bạn đã nghỉ việc này. Trung tâm sẵn sàng tìm việc khác cùng bạn."), "calm"),
    S.NOT_NOW: (_l("Lần này Trung tâm chưa giới thiệu bạn vào việc này."), "calm"),
    S.DECLINED: (_l("Bạn đã báo không nhận việc này."), "calm"),
    S.REFUSED: (_l("Lần này nơi tuyển chưa nhận bạn."), "calm"),
    S.FILLED: (_l("Việc này không còn nhận người. Cảm ơn bạn đã quan tâm."), "calm"),
    S.LAPSED: (
        _l("Trung tâm chưa nhận được câu trả lời của bạn nên chưa giới thiệu. Nếu còn muốn, bạn cứ báo lại."),
        "calm",
    ),
}


STAFF_NEXT: dict[ReferralState, Any] = {
    S.INTERESTED: _l("Xem hồ sơ, rồi mời hoặc trả lời"),
    S.SHORTLISTED: _l("Hỏi người này"),
    S.ASKED: _l("Chờ người này trả lời; quá hạn thì tự dừng"),
    S.AGREED: _l("Cấp giấy giới thiệu"),
    S.REFERRED: _l("Hỏi nơi tuyển giờ phỏng vấn hoặc kết quả"),
    S.INTERVIEW: _l("Hỏi kết quả buổi phỏng vấn"),
    S.HIRED: _l("Hỏi thăm việc làm"),
}


def staff_next(referral: Referral) -> str:
    """What the owner does next, in a few words."""
    if any(report.settled_at is None for report in referral.reports):
        return str(_l("Xác nhận kết quả nơi tuyển đã báo"))
    interview = open_interview(referral)
    if interview is not None and interview.state is InterviewState.OTHER_TIME:
        return str(_l("Hẹn giờ khác với nơi tuyển"))
    if interview is not None and interview.state is InterviewState.PROPOSED:
        return str(_l("Xem người này có đến được không"))
    if referral.state is S.HIRED and referral.exchange_done_on is None:
        return str(_l("Cập nhật sàn giao dịch việc làm quốc gia"))
    return str(STAFF_NEXT[referral.state])


def stand(referral: Referral) -> Stand:
    if referral.state in ENDED:
        return Stand(said_at_end(referral), tone=ENDED[referral.state][1])
    owner = referral.owner.display_name if referral.owner is not None else ""
    if referral.state is S.ASKED:
        return Stand(
            str(_l("Trung tâm hỏi bạn: có muốn được giới thiệu vào việc này không?")),
            str(_l("Bạn trả lời Có hoặc Không.")),
            str(_l("Bạn")),
            referral.due_on,
            "wait",
            your_turn=True,
        )
    if referral.state is S.INTERVIEW:
        return _interview(referral, owner)
    now, after, tone = CENTRE_NEXT[referral.state]
    return Stand(str(now), str(after), owner, _promised(referral), tone)


def said_at_end(referral: Referral) -> str:
    """The reason's own sentence where there is one."""
    chosen = reason_named(referral.reason_code)
    return chosen.sentence if chosen else str(ENDED[referral.state][0])


def _promised(referral: Referral) -> dt.date | None:
    """After the hire the date on the desk may be the national exchange's: that is not the person's matter."""
    if referral.state is not S.HIRED:
        return referral.due_on
    return next((row.due_on for row in referral.follow_ups if row.done_at is None), None)


def _interview(referral: Referral, owner: str) -> Stand:
    interview = open_interview(referral)
    if interview is None:
        return Stand(
            str(_l("Đã đến ngày phỏng vấn.")),
            str(_l("Trung tâm hỏi kết quả ở nơi tuyển rồi báo bạn.")),
            owner,
            referral.due_on,
            "water",
        )
    day = local_date(interview.starts_at)
    if interview.state is InterviewState.PROPOSED:
        return Stand(
            str(_l("Bạn được mời phỏng vấn.")),
            str(_l("Bạn báo đến được, hoặc xin giờ khác.")),
            str(_l("Bạn")),
            day,
            "wait",
            your_turn=True,
        )
    if interview.state is InterviewState.OTHER_TIME:
        return Stand(
            str(_l("Bạn đã xin giờ phỏng vấn khác.")),
            str(_l("Trung tâm hẹn lại với nơi tuyển rồi báo bạn.")),
            owner,
            referral.due_on,
            "water",
        )
    return Stand(
        str(_l("Bạn đã báo sẽ đến phỏng vấn.")),
        str(_l("Bạn đến phỏng vấn đúng giờ.")),
        str(_l("Bạn")),
        day,
        "good",
    )
