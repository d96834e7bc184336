from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class RosterState(Choices):
    CHECKING = "checking", _l("Đang kiểm tra")
    NEEDS_MENDING = "needs_mending", _l("Cần sửa")
    READY = "ready", _l("Chờ xác nhận")
    COMMITTING = "committing", _l("Đang ghi")
    COMMITTED = "committed", _l("Đã ghi")
    WITHDRAWN = "withdrawn", _l("Đã rút")


class RowOutcome(Choices):
    NEW = "new", _l("Hồ sơ mới")
    RECOGNISED = "recognised", _l("Đã có hồ sơ")
    SKIPPED = "skipped", _l("Bỏ qua")


class NoticeState(Choices):
    WAITING = "waiting", _l("Chờ người học trả lời")
    ACCEPTED = "accepted", _l("Đã nhận hồ sơ")
    REFUSED = "refused", _l("Không nhận")
    CONTESTED = "contested", _l("Báo không phải mình")
