"""Where a referral stands. The sentence shown to the person is in `sentences.py`, apart from these."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class ReferralState(Choices):
    INTERESTED = "interested", _l("Người lao động muốn việc này")
    SHORTLISTED = "shortlisted", _l("Trong danh sách chọn")
    ASKED = "asked", _l("Đã hỏi, chờ trả lời")
    AGREED = "agreed", _l("Đã đồng ý")
    REFERRED = "referred", _l("Đã có giấy giới thiệu")
    INTERVIEW = "interview", _l("Có lịch phỏng vấn")
    HIRED = "hired", _l("Được nhận")
    PLACED = "placed", _l("Có việc làm")
    LEFT = "left", _l("Đã nghỉ việc")
    NOT_NOW = "not_now", _l("Trung tâm chưa giới thiệu")
    DECLINED = "declined", _l("Người lao động không nhận")
    REFUSED = "refused", _l("Nơi tuyển dụng không nhận")
    FILLED = "filled", _l("Việc không còn nhận người")
    LAPSED = "lapsed", _l("Hết hạn, không có trả lời")


# Somebody must act by a date: each has an owner and a due date (a CHECK holds it).
WAITING_STATES = (
    ReferralState.INTERESTED,
    ReferralState.SHORTLISTED,
    ReferralState.ASKED,
    ReferralState.AGREED,
    ReferralState.REFERRED,
    ReferralState.INTERVIEW,
    ReferralState.HIRED,
)
ENDED_STATES = tuple(state for state in ReferralState if state not in WAITING_STATES)
# A place is still open for these: they end courteously when the opening is filled.
BEFORE_RESULT = (
    ReferralState.INTERESTED,
    ReferralState.SHORTLISTED,
    ReferralState.ASKED,
    ReferralState.AGREED,
    ReferralState.REFERRED,
    ReferralState.INTERVIEW,
)
BEFORE_LETTER = (
    ReferralState.INTERESTED,
    ReferralState.SHORTLISTED,
    ReferralState.ASKED,
    ReferralState.AGREED,
)


class Origin(Choices):
    SELF = "self", _l("Tự đề nghị")
    STAFF = "staff", _l("Trung tâm chọn")


class ReasonSide(Choices):
    PERSON = "person", _l("Người lao động")
    EMPLOYER = "employer", _l("Nơi tuyển dụng")
    CENTRE = "centre", _l("Trung tâm")


class InterviewState(Choices):
    PROPOSED = "proposed", _l("Chờ xác nhận")
    CONFIRMED = "confirmed", _l("Đã xác nhận")
    OTHER_TIME = "other_time", _l("Xin giờ khác")
    CAME = "came", _l("Đã đến")
    MISSED = "missed", _l("Không đến")
    CANCELLED = "cancelled", _l("Đã hủy")


OPEN_INTERVIEWS = (InterviewState.PROPOSED, InterviewState.CONFIRMED, InterviewState.OTHER_TIME)


class ReportedResult(Choices):
    HIRED = "hired", _l("Đã nhận")
    REFUSED = "refused", _l("Không nhận")


class AnswerChannel(Choices):
    """How an answer of the person reached the Centre."""

    PAGE = "page", _l("Trên trang của mình")
    LINK = "link", _l("Qua đường liên kết trong tin nhắn")
    PHONE = "phone", _l("Qua điện thoại")
    DESK = "desk", _l("Tại quầy")
