"""What a profile can be, and the lists a profile is filled from."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class WorkerState(Choices):
    DRAFT = "draft", _l("Đang điền")
    ACTIVE = "active", _l("Đang tìm việc")
    PAUSED = "paused", _l("Tạm ngưng tìm việc")
    MERGED = "merged", _l("Đã gộp vào hồ sơ khác")
    REFUSED = "refused", _l("Người lao động không nhận hồ sơ này")
    # Refused by its person, or taken back by the college before anybody took it over.
    REMOVED = "removed", _l("Đã bỏ, không còn dữ liệu cá nhân")


LIVE_STATES = (WorkerState.DRAFT, WorkerState.ACTIVE, WorkerState.PAUSED)


class Sex(Choices):
    FEMALE = "female", _l("Nữ")
    MALE = "male", _l("Nam")


class RegisteredBy(Choices):
    SELF = "self", _l("Tự đăng ký")
    DESK = "desk", _l("Đăng ký tại Trung tâm")
    ROSTER = "roster", _l("Danh sách của cơ sở giáo dục")


class Purpose(Choices):
    """Consents, one a purpose."""

    MATCHING = "matching", _l("Được tìm việc phù hợp")
    SHARING = "sharing", _l("Cho nơi tuyển dụng xem hồ sơ")
    MESSAGES = "messages", _l("Nhận tin nhắn")
    KEEPING = "keeping", _l("Giữ hồ sơ sau khi không được nhận")
    ETHNICITY = "ethnicity", _l("Ghi dân tộc")
    PRIORITY = "priority", _l("Ghi nhóm ưu tiên")
    ROSTER = "roster", _l("Nhận hồ sơ do trường gửi và được tìm việc phù hợp")
    RELATIVE = "relative", _l("Nhắn tin qua người thân")
    BENEFIT = "benefit", _l("Ghi việc đang hưởng trợ cấp thất nghiệp")
    CONDITIONS = "conditions", _l("Ghi điều kiện sức khỏe mà chương trình đòi hỏi")
    # Ethnicity and priority group are told "only to know which support is meant for me": to count them
    # is another purpose.
    STATISTICS = "statistics", _l("Được đếm khi xem việc giới thiệu có công bằng không")
    FAMILY_SHEET = "family_sheet", _l("Cho gia đình xem tờ chi phí và rủi ro khi đi nước ngoài")


class ConsentChannel(Choices):
    ONLINE = "online", _l("Trên mạng")
    DESK = "desk", _l("Tại quầy")
    PHONE = "phone", _l("Qua điện thoại")
    PAPER = "paper", _l("Trên giấy")


class Shift(Choices):
    DAY = "day", _l("Ca ngày")
    NIGHT = "night", _l("Ca đêm")
    ROTATING = "rotating", _l("Ca xoay")
    WEEKEND = "weekend", _l("Cuối tuần")
    PART_TIME = "part_time", _l("Bán thời gian")


class DuplicateState(Choices):
    OPEN = "open", _l("Chờ xem")
    MERGED = "merged", _l("Đã gộp")
    DISTINCT = "distinct", _l("Là hai người khác nhau")


class ChangeKind(Choices):
    CHANGED = "changed", _l("Đổi")
    REMOVED = "removed", _l("Bỏ")


class ContactWay(Choices):
    """How the person wants to be reached."""

    CALL = "call", _l("Gọi điện")
    SMS = "sms", _l("Tin nhắn điện thoại")
    ZALO = "zalo", _l("Zalo")
    RELATIVE = "relative", _l("Nhắn qua người thân")
    LETTER = "letter", _l("Gửi thư giấy")


class IdAbsence(Choices):
    """Why there is no national ID number in the profile."""

    NOT_AT_HAND = "not_at_hand", _l("Có căn cước nhưng hôm nay không mang theo")
    LOST = "lost", _l("Bị mất căn cước")
    NEVER_HAD = "never_had", _l("Chưa từng có căn cước, thí dụ mới ở Campuchia về")


class ConditionKind(Choices):
    """What some programmes ask of the body. Asked only against such a requirement, never otherwise."""

    HEIGHT = "height", _l("Chiều cao")
    SIGHT = "sight", _l("Thị lực")
    COLOUR_VISION = "colour_vision", _l("Phân biệt màu")
    TATTOO = "tattoo", _l("Hình xăm")


class ConditionAnswer(Choices):
    YES = "yes", _l("Đạt")
    NO = "no", _l("Không đạt")
    UNKNOWN = "unknown", _l("Chưa biết")
