from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class RosterState(Choices):
    CHECKING = "checking", _l("Đang kiểm tra")
    NEEDS_MENDING = "needs_mending", _l("Cần sửa")
    READY = "ready", _l("Chờ xác nhận")
    COMMITTING = "committing", _l("Đang ghi")
    COMMITTED = "committed", _l("Đã ghi")
    WITHDRAWING = "withdrawing", _l("Đang rút")
    WITHDRAWN = "withdrawn", _l("Đã rút")


# A job is at work; nothing may be changed until it ends.
BUSY = (RosterState.CHECKING, RosterState.COMMITTING, RosterState.WITHDRAWING)


class RowOutcome(Choices):
    NEW = "new", _l("Hồ sơ mới")
    RECOGNISED = "recognised", _l("Đã có hồ sơ")
    SKIPPED = "skipped", _l("Bỏ qua")
    # After a withdrawal: emptied as the college sent it, or no longer the college's and left as it is.
    REMOVED = "removed", _l("Đã bỏ hồ sơ")
    KEPT = "kept", _l("Giữ lại hồ sơ")


class NoticeState(Choices):
    WAITING = "waiting", _l("Chờ người học trả lời")
    ACCEPTED = "accepted", _l("Đã nhận hồ sơ")
    REFUSED = "refused", _l("Không nhận")
    CONTESTED = "contested", _l("Báo không phải mình")
