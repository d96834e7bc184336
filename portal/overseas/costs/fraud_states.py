"""What makes somebody suspect a fraud."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class FraudSign(Choices):
    MONEY = "money", _l("Có người đòi tiền để được đi")
    PAGE = "page", _l("Trang mạng, tin nhắn hoặc số điện thoại giả danh")
    PAPER = "paper", _l("Giấy tờ, con dấu có vẻ giả")
    SENDER = "sender", _l("Công ty không có giấy phép mà vẫn tuyển người")
    TOURIST = "tourist", _l("Bảo đi bằng visa du lịch, thăm thân để làm việc")
    PAPERS_KEPT = "papers_kept", _l("Giữ hộ chiếu, căn cước, giấy nhà đất")
    OTHER = "other", _l("Việc khác")
