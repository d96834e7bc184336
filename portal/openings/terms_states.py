"""What the terms of an overseas opening can be. The values are those of the opening check."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class JobClass(Choices):
    """The classes of jobs that ceilings and minimum terms tell apart."""

    GENERAL = "general", _l("Việc khác")
    TRANSPORT_SHIP = "transport_ship", _l("Sĩ quan, thuyền viên tàu vận tải")
    OFFSHORE_FISHING = "offshore_fishing", _l("Thuyền viên tàu cá xa bờ")
    NEARSHORE_FISHING = "nearshore_fishing", _l("Thuyền viên tàu cá gần bờ")
    DOMESTIC_WORK = "domestic_work", _l("Giúp việc gia đình")
    HOME_CARE = "home_care", _l("Chăm sóc người bệnh, người già tại nhà")
    INSTITUTION_CARE = "institution_care", _l("Hộ lý, điều dưỡng ở bệnh viện, viện dưỡng lão")
    AGRICULTURE = "agriculture", _l("Nông nghiệp")
    CONSTRUCTION = "construction", _l("Xây dựng")
    MANUFACTURING = "manufacturing", _l("Nhà máy, sản xuất")
    ENGINEER = "engineer", _l("Kỹ sư, lao động trình độ cao")
    DESIGNATED_CONSTRUCTION_SHIPBUILDING = (
        "designated_construction_shipbuilding",
        _l("Hoạt động đặc định: xây dựng, đóng tàu (Nhật Bản)"),
    )
    TITP = "titp", _l("Thực tập kỹ năng (Nhật Bản)")
    TITP3 = "titp3", _l("Thực tập kỹ năng số 3 (Nhật Bản)")
    SSW = "ssw", _l("Kỹ năng đặc định (Nhật Bản)")
    SSW_AFTER_TITP = "ssw_after_titp", _l("Kỹ năng đặc định, sau khi xong thực tập số 2 hoặc số 3")
    SKILLED_E7 = "skilled_e7", _l("Lao động có tay nghề E-7 (Hàn Quốc)")
    EPS = "eps", _l("Chương trình EPS (Hàn Quốc)")


class Payer(Choices):
    RECEIVER = "receiver", _l("Bên nhận lao động trả")
    SENDER = "sender", _l("Doanh nghiệp dịch vụ trả")
    WORKER = "worker", _l("Người lao động trả")
    SHARED = "shared", _l("Hai bên cùng trả")


class LodgingBy(Choices):
    FREE = "free", _l("Được lo chỗ ở, không trừ tiền")
    CHARGED = "charged", _l("Được lo chỗ ở, trừ vào lương")
    OWN = "own", _l("Người lao động tự lo")


class CostKind(Choices):
    SERVICE_FEE = "service_fee", _l("Tiền dịch vụ")
    DEPOSIT = "deposit", _l("Tiền ký quỹ")
    TRAINING = "training", _l("Học nghề, học tiếng")
    ORIENTATION = "orientation", _l("Học giáo dục định hướng")
    PASSPORT = "passport", _l("Hộ chiếu")
    VISA = "visa", _l("Thị thực")
    HEALTH = "health", _l("Khám sức khỏe")
    JUDICIAL_RECORD = "judicial_record", _l("Phiếu lý lịch tư pháp")
    FUND = "fund", _l("Đóng quỹ hỗ trợ việc làm ngoài nước")
    AIRFARE = "airfare", _l("Vé máy bay")
    INSURANCE = "insurance", _l("Bảo hiểm")
    OTHER = "other", _l("Khoản khác")


class PayableWhen(Choices):
    """The moment from which a sum is asked for."""

    REGISTRATION = "registration", _l("Khi đăng ký")
    SELECTION = "selection", _l("Khi trúng tuyển")
    BEFORE_CONTRACT = "before_contract", _l("Trước khi ký hợp đồng đưa đi")
    AFTER_CONTRACT = "after_contract", _l("Sau khi ký hợp đồng đưa đi")
    BEFORE_ACCEPTANCE_OR_VISA = (
        "before_acceptance_or_visa",
        _l("Khi nước ngoài chưa nhận, chưa có thị thực"),
    )
    AFTER_ACCEPTANCE_OR_VISA = "after_acceptance_or_visa", _l("Sau khi nước ngoài nhận, hoặc có thị thực")
    BEFORE_DEPARTURE = "before_departure", _l("Trước ngày xuất cảnh")
    AFTER_DEPARTURE = "after_departure", _l("Khi đã làm việc ở nước ngoài")


class PaperKind(Choices):
    """The two papers that every value of an overseas opening is compared with."""

    APPROVAL = "approval", _l("Văn bản chấp thuận hợp đồng")
    SUPPLY_CONTRACT = "supply_contract", _l("Hợp đồng cung ứng lao động")
