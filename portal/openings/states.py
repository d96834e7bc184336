"""What an opening can be."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class OpeningState(Choices):
    DRAFT = "draft", _l("Bản nháp")
    SUBMITTED = "submitted", _l("Chờ duyệt")
    RETURNED = "returned", _l("Cần sửa")
    PUBLISHED = "published", _l("Đang tuyển")
    FILLED = "filled", _l("Đã đủ người")
    CLOSED = "closed", _l("Đã đóng")
    EXPIRED = "expired", _l("Đã hết hạn")


ENDED_STATES = (OpeningState.FILLED, OpeningState.CLOSED, OpeningState.EXPIRED)
EDITABLE_STATES = (OpeningState.DRAFT, OpeningState.RETURNED, OpeningState.SUBMITTED, OpeningState.PUBLISHED)
# The public may open their page: a person with an old link reads that it is over, not "not found".
PUBLIC_STATES = (OpeningState.PUBLISHED, *ENDED_STATES)
# The colour of each state's tag.
TONES = {
    OpeningState.DRAFT: "calm",
    OpeningState.SUBMITTED: "wait",
    OpeningState.RETURNED: "warn",
    OpeningState.PUBLISHED: "water",
    OpeningState.FILLED: "good",
    OpeningState.CLOSED: "calm",
    OpeningState.EXPIRED: "calm",
}


class Sphere(Choices):
    DOMESTIC = "domestic", _l("Trong nước")
    OVERSEAS = "overseas", _l("Nước ngoài")


class WagePeriod(Choices):
    MONTH = "month", _l("một tháng")
    DAY = "day", _l("một ngày")
    HOUR = "hour", _l("một giờ")
    PIECE = "piece", _l("theo sản phẩm")


class RequirementKind(Choices):
    EDUCATION = "education", _l("Học vấn")
    EXPERIENCE = "experience", _l("Kinh nghiệm")
    SKILL = "skill", _l("Kỹ năng")
    CERTIFICATE = "certificate", _l("Chứng chỉ")
    LICENCE = "licence", _l("Giấy phép lái xe")
    SHIFT = "shift", _l("Ca làm")
    PLACE = "place", _l("Nơi ở")
    AGE = "age", _l("Tuổi")
    SEX = "sex", _l("Giới tính")


# Only on an overseas opening, with the number of its approved contract.
CONTRACT_KINDS = (RequirementKind.AGE, RequirementKind.SEX)


class FindingState(Choices):
    OPEN = "open", _l("Chờ xem")
    JUSTIFIED = "justified", _l("Giữ, có lý do")
    MENDED = "mended", _l("Đã sửa")
