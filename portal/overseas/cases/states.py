"""What the parts of a case can be; its stages stand in `states`."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices
from portal.overseas.states import CaseState

# Every stage in its order; which of them a case uses is for its programme to say.
PIPELINE = tuple(state for state in CaseState if state is not CaseState.ENDED)
BEFORE_DEPARTURE = PIPELINE[: PIPELINE.index(CaseState.ABROAD)]
# The 180 days run.
WAITING_TO_LEAVE = BEFORE_DEPARTURE[BEFORE_DEPARTURE.index(CaseState.SELECTED) :]
RUNNING = (*BEFORE_DEPARTURE, CaseState.ABROAD, CaseState.RETURNED)
# The law itself asks for these, and for the consent, the licence and the supply contract that the nomination
# looks at: no programme leaves them out.
ALWAYS_USED = (
    CaseState.INTERESTED,
    CaseState.COUNSELLED,
    CaseState.NOMINATED,
    CaseState.SELECTED,
    CaseState.CONTRACT,
    CaseState.READY,
    CaseState.ABROAD,
    CaseState.RETURNED,
    CaseState.SETTLED,
)

# The colour of each stage's tag.
TONES: dict[CaseState, str] = {
    **dict.fromkeys(BEFORE_DEPARTURE, "water"),
    CaseState.INTERESTED: "wait",
    CaseState.READY: "good",
    CaseState.ABROAD: "good",
    CaseState.RETURNED: "water",
    CaseState.SETTLED: "calm",
    CaseState.ENDED: "stop",
}


# A stage as something one goes through: for lists of what is still ahead.
STAGE_WORDS = {
    CaseState.INTERESTED: _l("đăng ký"),
    CaseState.COUNSELLED: _l("tư vấn"),
    CaseState.CHECKED: _l("xem điều kiện"),
    CaseState.NOMINATED: _l("giới thiệu dự tuyển"),
    CaseState.SELECTED: _l("trúng tuyển"),
    CaseState.TRAINING: _l("vào lớp học"),
    CaseState.HEALTH: _l("khám sức khỏe"),
    CaseState.CONTRACT: _l("ký hợp đồng"),
    CaseState.FINANCE: _l("lo tiền"),
    CaseState.VISA: _l("xin thị thực"),
    CaseState.READY: _l("chuẩn bị lên đường"),
    CaseState.ABROAD: _l("xuất cảnh"),
    CaseState.RETURNED: _l("về nước"),
    CaseState.SETTLED: _l("thanh lý hợp đồng"),
}


class ExitReason(Choices):
    """Why a case ended before departure, by its cause; never mixed with how well a person fits."""

    WITHDREW = "withdrew", _l("Tự xin thôi")
    FAILED_TEST = "failed_test", _l("Thi hoặc phỏng vấn chưa đạt")
    FAILED_HEALTH = "failed_health", _l("Sức khỏe chưa đạt")
    DOCUMENT_EXPIRED = "document_expired", _l("Giấy tờ hết hạn")
    SENDER_FAULT = "sender_fault", _l("Lỗi của doanh nghiệp hoặc bên nhận")
    FAMILY = "family", _l("Việc gia đình")
    MONEY = "money", _l("Không lo được tiền")
    WAITED_TOO_LONG = "waited_too_long", _l("Chờ quá lâu")
    FRAUD_SUSPECTED = "fraud_suspected", _l("Nghi bị lừa")
    PLACED_ELSEWHERE = "placed_elsewhere", _l("Đã có việc khác")


# What a person says of themself; the others are for those who know.
OWN_REASONS = (
    ExitReason.WITHDREW,
    ExitReason.FAMILY,
    ExitReason.MONEY,
    ExitReason.WAITED_TOO_LONG,
    ExitReason.SENDER_FAULT,
    ExitReason.FRAUD_SUSPECTED,
    ExitReason.PLACED_ELSEWHERE,
)


class FinanceWay(Choices):
    """How the costs before departure are met."""

    NOTHING = "nothing", _l("Không phải nộp khoản nào")
    OWN = "own", _l("Gia đình tự lo")
    LOAN = "loan", _l("Vay ngân hàng")


class DocumentKind(Choices):
    APPLICATION = "application", _l("Đơn đi làm việc ở nước ngoài")
    CV = "cv", _l("Sơ yếu lý lịch có xác nhận")
    CITIZEN_CARD = "citizen_card", _l("Căn cước")
    PASSPORT = "passport", _l("Hộ chiếu")
    HEALTH_CERTIFICATE = "health_certificate", _l("Giấy khám sức khỏe")
    ORIENTATION = "orientation", _l("Giấy chứng nhận học giáo dục định hướng")
    JUDICIAL_RECORD = "judicial_record", _l("Phiếu lý lịch tư pháp")
    DIPLOMA = "diploma", _l("Bằng cấp")
    LANGUAGE_RESULT = "language_result", _l("Kết quả ngoại ngữ")
    SKILL_RESULT = "skill_result", _l("Kết quả tay nghề")
    LABOUR_CONTRACT = "labour_contract", _l("Hợp đồng lao động hoặc thư nhận việc")
    SENDING_CONTRACT = "sending_contract", _l("Hợp đồng đưa đi làm việc ở nước ngoài")
    RESIDENCE_PERMIT = "residence_permit", _l("Giấy báo cho phép nhập cảnh (COE, CCVI)")
    VISA = "visa", _l("Thị thực")
    DEPOSIT_RECEIPT = "deposit_receipt", _l("Biên lai ký quỹ")
    FUND_RECEIPT = "fund_receipt", _l("Biên lai đóng Quỹ Hỗ trợ việc làm ngoài nước")
    INSURANCE = "insurance", _l("Giấy bảo hiểm")
    FAMILY_COMMITMENT = "family_commitment", _l("Cam kết của gia đình")
    SUPPORT_PROOF = "support_proof", _l("Giấy xác nhận thuộc nhóm được hỗ trợ")
    OTHER = "other", _l("Giấy khác")


class DocumentState(Choices):
    WAITING = "waiting", _l("Chờ kiểm tra")
    CHECKED = "checked", _l("Đã kiểm tra")
    RETURNED = "returned", _l("Cần nộp lại")
    # A newer one of the same kind has taken its place.
    REPLACED = "replaced", _l("Đã thay bằng giấy mới")
