"""What a programme asks, what a person's answer to it can be, and what a round and a pool can be."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices
from portal.workers.states import ConditionKind


class AskedKind(Choices):
    """What a requirement is about; it decides where the answer may come from."""

    AGE = "age", _l("Tuổi")
    SEX = "sex", _l("Giới tính")
    EDUCATION = "education", _l("Học vấn")
    LANGUAGE = "language", _l("Ngoại ngữ")
    TEST = "test", _l("Kỳ thi, vòng tuyển")
    TRAINING = "training", _l("Khóa học, bằng nghề")
    EXPERIENCE = "experience", _l("Kinh nghiệm làm việc")
    PRIOR_STAY = "prior_stay", _l("Lần đi trước đây")
    HEIGHT = "height", _l("Chiều cao")
    SIGHT = "sight", _l("Thị lực")
    COLOUR_VISION = "colour_vision", _l("Phân biệt màu")
    TATTOO = "tattoo", _l("Hình xăm")
    HEALTH = "health", _l("Sức khỏe chung")
    LEGAL = "legal", _l("Lý lịch tư pháp, xuất cảnh")


# Answered by the person alone, to the programme's own sentence, sealed: workers.conditions.
BODY_KINDS = {
    AskedKind.HEIGHT: ConditionKind.HEIGHT,
    AskedKind.SIGHT: ConditionKind.SIGHT,
    AskedKind.COLOUR_VISION: ConditionKind.COLOUR_VISION,
    AskedKind.TATTOO: ConditionKind.TATTOO,
}
# Looked at on paper by an adviser, who writes down what they saw. Health and police records never are.
CHECKED_KINDS = (AskedKind.TEST, AskedKind.TRAINING, AskedKind.EXPERIENCE, AskedKind.PRIOR_STAY)
# Only where a round or an approved contract says so.
ROUND_KINDS = (AskedKind.SEX,)


class Verdict(Choices):
    YES = "yes", _l("Đạt")
    NOT_YET = "not_yet", _l("Chưa đạt")
    UNKNOWN = "unknown", _l("Chưa biết")
    NO = "no", _l("Không đạt")


class Because(StrEnum):
    """Why the verdict is what it is; `programmes.sentences` says it in words."""

    MEETS = "meets"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    OTHER_SEX = "other_sex"
    TOO_LITTLE = "too_little"
    NONE = "none"
    EXPIRED = "expired"
    DOES_NOT = "does_not"
    NOT_TOLD = "not_told"
    NOT_CHECKED = "not_checked"
    NOT_ASKED_HERE = "not_asked_here"


class Way(Choices):
    """How somebody comes by what is still missing."""

    COURSE = "course", _l("Khóa học")
    CERTIFICATE = "certificate", _l("Thi lấy chứng chỉ")
    DOCUMENT = "document", _l("Giấy tờ")
    PRACTICE = "practice", _l("Làm quen việc")
    WAIT = "wait", _l("Chờ đến ngày")
    FILL_IN = "fill_in", _l("Ghi vào hồ sơ")
    ANSWER = "answer", _l("Trả lời riêng")
    EXAMINATION = "examination", _l("Khám, đo")
    ASK = "ask", _l("Hỏi tư vấn viên")


class DocumentNeed(Choices):
    REQUIRED = "required", _l("Phải có")
    BY_RECEIVER = "by_receiver", _l("Nếu nơi nhận yêu cầu")
    IF_CLAIMING = "if_claiming", _l("Nếu xin hỗ trợ")
    OPTIONAL = "optional", _l("Có thể cần")
    NOT_NEEDED = "not_needed", _l("Không cần")


class FactKind(Choices):
    COST = "cost", _l("Chi phí người lao động trả")
    DEPOSIT = "deposit", _l("Ký quỹ")
    WAGE = "wage", _l("Tiền công")
    TERM = "term", _l("Thời hạn")
    QUOTA = "quota", _l("Số người được đi")
    SELECTION = "selection", _l("Cách tuyển")
    KNOW = "know", _l("Điều nên biết")


class Openness(Choices):
    """Whether one can go this way from here, on a day."""

    OPEN = "open", _l("Đang có")
    NOT_STARTED = "not_started", _l("Chưa bắt đầu")
    ENDED = "ended", _l("Đã kết thúc")
    NO_AGREEMENT = "no_agreement", _l("Chưa mở ở An Giang")
    CLOSED_HERE = "closed_here", _l("Trung tâm chưa nhận hồ sơ")


class RoundDayKind(Choices):
    TEST = "test", _l("Thi")
    INTERVIEW = "interview", _l("Phỏng vấn")
    RESULT = "result", _l("Báo kết quả")
    DEPARTURE = "departure", _l("Dự kiến xuất cảnh")


class PoolKind(Choices):
    OWN = "own", _l("Trung tâm chuẩn bị cho một kỳ tuyển")
    PRE_SOURCING = "pre_sourcing", _l("Chuẩn bị nguồn cho doanh nghiệp dịch vụ")


class MemberState(Choices):
    PREPARING = "preparing", _l("Đang chuẩn bị")
    ON_ROSTER = "on_roster", _l("Đã có tên trong danh sách chờ chọn")
    PICKED = "picked", _l("Được chọn")
    NOT_PICKED = "not_picked", _l("Không được chọn")
    LEFT = "left", _l("Đã thôi")


WAITING_MEMBERS = (MemberState.PREPARING, MemberState.ON_ROSTER)
