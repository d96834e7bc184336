"""What a programme and a case can be."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class ProgrammeChannel(Choices):
    """Who sends: it decides which rules and documents apply."""

    PUBLIC = "public", _l("Cơ quan nhà nước đưa đi")
    SENDER = "sender", _l("Doanh nghiệp dịch vụ đưa đi")
    LOCALITY = "locality", _l("Tỉnh ký với địa phương nước ngoài")


class CaseState(Choices):
    """Stages of a case in their order; a case that ended before departure is `ended` with its cause."""

    INTERESTED = "interested", _l("Đã đăng ký quan tâm")
    COUNSELLED = "counselled", _l("Đã tư vấn")
    CHECKED = "checked", _l("Đã xem điều kiện")
    NOMINATED = "nominated", _l("Đã giới thiệu dự tuyển")
    SELECTED = "selected", _l("Đã trúng tuyển")
    TRAINING = "training", _l("Đang học")
    HEALTH = "health", _l("Đã khám sức khỏe")
    CONTRACT = "contract", _l("Đã ký hợp đồng")
    FINANCE = "finance", _l("Đã lo xong tiền")
    VISA = "visa", _l("Đã có thị thực")
    READY = "ready", _l("Sẵn sàng xuất cảnh")
    ABROAD = "abroad", _l("Đang làm việc ở nước ngoài")
    RETURNED = "returned", _l("Đã về nước")
    SETTLED = "settled", _l("Đã thanh lý hợp đồng")
    ENDED = "ended", _l("Đã dừng")


class IncidentKind(Choices):
    OVERCHARGED = "overcharged", _l("Bị thu tiền sai")
    WAGES = "wages", _l("Lương không đúng hợp đồng")
    CONDITIONS = "conditions", _l("Chỗ ở, giờ làm, điều kiện làm việc")
    PAPERS_KEPT = "papers_kept", _l("Bị giữ giấy tờ")
    ACCIDENT = "accident", _l("Tai nạn, ốm đau")
    VIOLENCE = "violence", _l("Bạo lực, quấy rối")
    TRAFFICKING = "trafficking", _l("Nghi bị lừa, bị mua bán")
    FRAUD = "fraud", _l("Nghi lừa đảo tuyển dụng")
    MISSING = "missing", _l("Mất liên lạc")
    OTHER = "other", _l("Chuyện khác")


class Severity(Choices):
    """How soon somebody must act; an owner sees the urgent ones first."""

    URGENT = "urgent", _l("Khẩn cấp, trong ngày")
    SERIOUS = "serious", _l("Nghiêm trọng, trong 3 ngày làm việc")
    NORMAL = "normal", _l("Thường, trong 10 ngày làm việc")


class IncidentState(Choices):
    OPEN = "open", _l("Chờ xử lý")
    WORKING = "working", _l("Đang xử lý")
    CLOSED = "closed", _l("Đã xong")


# Only the owner and the leaders may know of these; what was said is sealed.
RESTRICTED_KINDS = (IncidentKind.VIOLENCE, IncidentKind.TRAFFICKING)
INCIDENT_TONES = {Severity.URGENT: "stop", Severity.SERIOUS: "warn", Severity.NORMAL: "calm"}


class IncidentStepName(Choices):
    """What can be done about an incident; the last ones are written by the portal itself."""

    CALLED = "called", _l("Đã gọi, đã nói chuyện với người đó")
    HELP_OFFERED = "help_offered", _l("Đã đề nghị giúp: nơi an toàn, đại sứ quán, công an")
    HELP_TAKEN = "help_taken", _l("Người đó nhận giúp")
    HELP_REFUSED = "help_refused", _l("Người đó chưa muốn nhận giúp")
    EMBASSY = "embassy", _l("Đã báo đại sứ quán, cơ quan đại diện")
    POLICE = "police", _l("Đã báo công an, cảnh sát")
    SENDER = "sender", _l("Đã làm việc với doanh nghiệp đưa đi")
    MINISTRY = "ministry", _l("Đã báo Cục Quản lý lao động ngoài nước")
    NOTE = "note", _l("Việc khác")
    TOLD = "told", _l("Người đó nói thêm")
    LINES_SHOWN = "lines_shown", _l("Trang báo tin đã hiện số cần gọi và lời đề nghị giúp")
    KIND = "kind", _l("Đổi loại hoặc mức")
    GIVEN = "given", _l("Giao cho người khác")
    CLOSED = "closed", _l("Kết thúc")


STEPS_BY_HAND = (
    IncidentStepName.CALLED,
    IncidentStepName.HELP_OFFERED,
    IncidentStepName.HELP_TAKEN,
    IncidentStepName.HELP_REFUSED,
    IncidentStepName.EMBASSY,
    IncidentStepName.POLICE,
    IncidentStepName.SENDER,
    IncidentStepName.MINISTRY,
    IncidentStepName.NOTE,
)
# One of these must stand before a restricted incident is closed.
HELP_STEPS = (
    IncidentStepName.HELP_OFFERED,
    IncidentStepName.HELP_TAKEN,
    IncidentStepName.HELP_REFUSED,
)


class IncidentOutcome(Choices):
    SOLVED = "solved", _l("Đã giải quyết xong")
    PASSED_ON = "passed_on", _l("Đã chuyển cơ quan có thẩm quyền")
    CAME_HOME = "came_home", _l("Người đó đã về nước")
    NOT_WANTED = "not_wanted", _l("Người đó không muốn làm tiếp")
    UNFOUNDED = "unfounded", _l("Xem rồi, không đúng như đã báo")
