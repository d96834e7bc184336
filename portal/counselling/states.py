"""What the desk counts and what it waits for."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class ContactKind(Choices):
    """What a contact, a ticket or a call-back is about."""

    JOB = "job", _l("Việc làm")
    TRAINING = "training", _l("Học nghề")
    ABROAD = "abroad", _l("Đi làm việc ở nước ngoài")
    POLICY = "policy", _l("Chính sách, hỗ trợ")
    BENEFIT = "benefit", _l("Trợ cấp thất nghiệp")


class ContactChannel(Choices):
    DESK = "desk", _l("Tại quầy")
    PHONE = "phone", _l("Điện thoại")
    ZALO = "zalo", _l("Zalo")
    FAIR = "fair", _l("Phiên giao dịch việc làm")
    COMMUNE = "commune", _l("Tại xã, phường")


class ContactOutcome(Choices):
    INFORMED = "informed", _l("Đã được giải đáp")
    REGISTERED = "registered", _l("Đã đăng ký tìm việc")
    REFERRED = "referred", _l("Sẽ được giới thiệu việc")
    APPOINTMENT = "appointment", _l("Hẹn lần sau")
    PASSED_ON = "passed_on", _l("Chuyển nơi khác")
    NOT_REACHED = "not_reached", _l("Chưa gặp được")


class AgeBand(Choices):
    """Age on the day of the contact."""

    UNDER_18 = "under_18", _l("Dưới 18")
    FROM_18 = "18_24", _l("18–24")
    FROM_25 = "25_34", _l("25–34")
    FROM_35 = "35_44", _l("35–44")
    FROM_45 = "45_59", _l("45–59")
    FROM_60 = "60_up", _l("Từ 60")


class Face(Choices):
    GOOD = "good", _l("Hài lòng")
    SO_SO = "so_so", _l("Tạm được")
    BAD = "bad", _l("Không hài lòng")


class TicketState(Choices):
    WAITING = "waiting", _l("Đang chờ")
    CALLED = "called", _l("Đã gọi")
    DONE = "done", _l("Đã tiếp xong")
    MISSED = "missed", _l("Gọi không có mặt")
    # Never called to the end: the person went home, or nobody ever stood behind the number.
    LEFT = "left", _l("Đã về, chưa được gọi")


class BestHour(Choices):
    ANY = "any", _l("Lúc nào cũng được")
    MORNING = "morning", _l("Buổi sáng")
    NOON = "noon", _l("Buổi trưa")
    AFTERNOON = "afternoon", _l("Buổi chiều")
    EVENING = "evening", _l("Sau giờ làm")


class ForWhom(Choices):
    SELF = "self", _l("Cho tôi")
    FAMILY = "family", _l("Cho người nhà")
    NEIGHBOUR = "neighbour", _l("Cho hàng xóm, người quen")


class CallBackState(Choices):
    OPEN = "open", _l("Chờ gọi")
    DONE = "done", _l("Đã gọi xong")
    UNREACHED = "unreached", _l("Gọi nhiều lần không được")


class TaskKind(Choices):
    NATIONAL_ID = "national_id", _l("Giúp người này có số căn cước")
    SECOND_FACT = "second_fact", _l("Giúp người này đăng nhập lại")


class ComplaintAbout(Choices):
    CENTRE = "centre", _l("Trung tâm hoặc nhân viên")
    EMPLOYER = "employer", _l("Nơi tuyển dụng")
    SENDER = "sender", _l("Doanh nghiệp đưa người đi nước ngoài")
    COLLEGE = "college", _l("Trường, nơi dạy nghề")
    MONEY = "money", _l("Có người đòi tiền")
    PORTAL = "portal", _l("Trang này")
    OTHER = "other", _l("Việc khác")


class ComplaintState(Choices):
    OPEN = "open", _l("Chờ trả lời")
    ANSWERED = "answered", _l("Đã trả lời")
