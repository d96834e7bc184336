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
