"""What people pay on their way abroad, and the moments at which sums fall due."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class PaidFor(Choices):
    """The lines of a cost sheet, and what somebody may have been made to pay beside it."""

    SERVICE_FEE = "service_fee", _l("Tiền dịch vụ")
    TRAINING = "training", _l("Học tiếng, học nghề")
    ORIENTATION = "orientation", _l("Học giáo dục định hướng")
    PASSPORT = "passport", _l("Hộ chiếu")
    VISA = "visa", _l("Thị thực (visa)")
    HEALTH = "health", _l("Khám sức khỏe")
    JUDICIAL_RECORD = "judicial_record", _l("Phiếu lý lịch tư pháp")
    FUND = "fund", _l("Đóng Quỹ hỗ trợ việc làm ngoài nước")
    AIRFARE = "airfare", _l("Vé máy bay")
    INSURANCE = "insurance", _l("Bảo hiểm")
    DEPOSIT = "deposit", _l("Tiền ký quỹ (được trả lại)")
    BROKERAGE = "brokerage", _l("Tiền môi giới, tiền giới thiệu")
    SELECTION = "selection", _l("Tiền thi tuyển, tiền giữ chỗ")
    OTHER = "other", _l("Khoản khác")


# Comes back with interest when the contract is settled: to be at hand, but no cost.
RETURNED = (PaidFor.DEPOSIT,)


class Moment(Choices):
    """From when a sum may fall due, in the order of the way abroad (openings/check/moments.py reads them)."""

    REGISTRATION = "registration", _l("Khi đăng ký")
    SELECTION = "selection", _l("Khi trúng tuyển")
    BEFORE_CONTRACT = "before_contract", _l("Trước khi ký hợp đồng đưa đi")
    AFTER_CONTRACT = "after_contract", _l("Sau khi ký hợp đồng đưa đi")
    BEFORE_ACCEPTANCE = "before_acceptance_or_visa", _l("Khi nước ngoài chưa nhận, chưa có thị thực")
    AFTER_ACCEPTANCE = "after_acceptance_or_visa", _l("Sau khi nước ngoài nhận, hoặc có thị thực")
    BEFORE_DEPARTURE = "before_departure", _l("Trước ngày xuất cảnh")
    AFTER_DEPARTURE = "after_departure", _l("Khi đã làm việc ở nước ngoài")
    UNKNOWN = "unknown", _l("Chưa rõ lúc nào, hãy hỏi trước khi trả")


CHOOSING = (Moment.REGISTRATION, Moment.SELECTION)
NO_CONTRACT = (*CHOOSING, Moment.BEFORE_CONTRACT)
# A person's own papers, paid to whoever issues them: they may be made at any time.
OWN_PAPERS = (PaidFor.PASSPORT, PaidFor.HEALTH, PaidFor.JUDICIAL_RECORD)
