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
    OTHER = "other", _l("Việc khác")


class Severity(Choices):
    """How soon somebody must act; an owner sees the urgent ones first."""

    URGENT = "urgent", _l("Khẩn cấp, trong ngày")
    SERIOUS = "serious", _l("Nghiêm trọng, trong 3 ngày làm việc")
    NORMAL = "normal", _l("Thường, trong 10 ngày làm việc")


class IncidentState(Choices):
    OPEN = "open", _l("Chờ xử lý")
    WORKING = "working", _l("Đang xử lý")
    CLOSED = "closed", _l("Đã xong")
