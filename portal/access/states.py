"""The roles, in the words of the glossary."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class Role(Choices):
    SEEKER = "seeker", _l("Người tìm việc")
    ADVISER = "adviser", _l("Tư vấn viên")
    MODERATOR = "moderator", _l("Người duyệt tin")
    LEADER = "leader", _l("Lãnh đạo Trung tâm")
    ADMINISTRATOR = "administrator", _l("Quản trị hệ thống")
    EMPLOYER = "employer", _l("Doanh nghiệp tuyển dụng")
    SENDER = "sender", _l("Doanh nghiệp dịch vụ")
    COLLEGE = "college", _l("Cơ sở giáo dục nghề nghiệp")
    COMMUNE = "commune", _l("Xã, phường, đặc khu")
    DEPARTMENT = "department", _l("Sở")


STAFF = (Role.ADVISER, Role.MODERATOR, Role.LEADER)
# Who may act for a worker: the administrator runs the system and sees no personal files.
CASE_STAFF = (Role.ADVISER, Role.LEADER)
PARTNERS = (Role.EMPLOYER, Role.SENDER, Role.COLLEGE, Role.COMMUNE, Role.DEPARTMENT)
