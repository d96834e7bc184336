"""What the state, a programme or the overseas fund can pay a person for, and by which measure."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class Content(Choices):
    """Each is paid once to a person, whatever the source."""

    ORIENTATION = "orientation", _l("Học giáo dục định hướng")
    LANGUAGE = "language", _l("Học tiếng")
    SKILL = "skill", _l("Học nghề")
    MEALS = "meals", _l("Tiền ăn khi học")
    LODGING = "lodging", _l("Tiền ở khi học")
    TRAVEL = "travel", _l("Tiền đi lại")
    PERSONAL_ITEMS = "personal_items", _l("Đồ dùng cá nhân")
    PASSPORT = "passport", _l("Lệ phí hộ chiếu")
    JUDICIAL_RECORD = "judicial_record", _l("Phí lý lịch tư pháp")
    VISA = "visa", _l("Lệ phí thị thực")
    HEALTH = "health", _l("Khám sức khỏe")


class Fund(Choices):
    """Where the money comes from."""

    STATE = "state", _l("Ngân sách nhà nước")
    POVERTY = "poverty", _l("Chương trình giảm nghèo (tiền chuyển sang)")


class Unit(Choices):
    """What the ceiling is counted by."""

    PER_COURSE = "per_course", _l("một khóa học")
    PER_DAY = "per_day", _l("một ngày học")
    PER_MONTH = "per_month", _l("một tháng học")
    ONCE = "once", _l("một lần")
    ACTUAL_FEE = "actual_fee", _l("theo phí thực trả")
    UNKNOWN = "unknown", _l("chưa rõ mức, hỏi tư vấn viên")


class ClaimState(Choices):
    CLAIMED = "claimed", _l("Chờ duyệt")
    APPROVED = "approved", _l("Đã duyệt, chờ chi")
    REFUSED = "refused", _l("Không duyệt")
    PAID = "paid", _l("Đã chi")
    WITHDRAWN = "withdrawn", _l("Đã rút lại")
    # Declared: another office has paid this content, so that we may not.
    ELSEWHERE = "elsewhere", _l("Nơi khác đã chi")


# One content of one person stands in one of these once at most.
LIVE_CLAIMS = (ClaimState.CLAIMED, ClaimState.APPROVED, ClaimState.PAID, ClaimState.ELSEWHERE)
DECIDED_CLAIMS = (ClaimState.APPROVED, ClaimState.PAID)


class ProofKind(Choices):
    BILL = "bill", _l("Hóa đơn, biên lai")
    GROUP = "group", _l("Giấy chứng nhận nhóm được hỗ trợ")
    OTHER = "other", _l("Giấy tờ khác")


class LoanState(Choices):
    ASKED = "asked", _l("Chờ ngân hàng trả lời")
    APPROVED = "approved", _l("Ngân hàng đồng ý, chờ giải ngân")
    REFUSED = "refused", _l("Ngân hàng không cho vay")
    PAID_OUT = "paid_out", _l("Đã giải ngân, đang trả nợ")
    REPAID = "repaid", _l("Đã trả hết")
    WITHDRAWN = "withdrawn", _l("Thôi không vay")


LIVE_LOANS = (LoanState.ASKED, LoanState.APPROVED, LoanState.PAID_OUT)
