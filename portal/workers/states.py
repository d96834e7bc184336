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
