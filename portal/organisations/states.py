from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class OrganisationKind(Choices):
    CENTRE = "centre", _l("Trung tâm Dịch vụ việc làm")
    EMPLOYER = "employer", _l("Doanh nghiệp tuyển dụng")
    SENDER = "sender", _l("Doanh nghiệp dịch vụ")
    COLLEGE = "college", _l("Cơ sở giáo dục nghề nghiệp")
    COMMUNE = "commune", _l("Xã, phường, đặc khu")
    DEPARTMENT = "department", _l("Sở")


class LicenceStatus(Choices):
    VALID = "valid", _l("Còn hiệu lực")
    SUSPENDED = "suspended", _l("Đang bị đình chỉ")
    REVOKED = "revoked", _l("Đã bị thu hồi")
    UNKNOWN = "unknown", _l("Chưa kiểm tra")
