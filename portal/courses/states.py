"""What is taught before leaving, and how it ends for a person."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class CourseKind(Choices):
    ORIENTATION = "orientation", _l("Giáo dục định hướng")
    LANGUAGE = "language", _l("Ngoại ngữ")
    SKILL = "skill", _l("Nghề")


class CourseResult(Choices):
    PASSED = "passed", _l("Đạt")
    FAILED = "failed", _l("Chưa đạt")


class LeavingReason(Choices):
    OWN_WISH = "own_wish", _l("Xin thôi học")
    ABSENT = "absent", _l("Nghỉ nhiều, không liên lạc được")
    OTHER_CLASS = "other_class", _l("Chuyển lớp khác")
    HEALTH = "health", _l("Lý do sức khỏe")
    MISTAKE = "mistake", _l("Ghi tên nhầm")
