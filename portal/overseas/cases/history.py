"""The log of a case as a timeline for staff."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.common.clock import local_date
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.queries import steps_of
from portal.overseas.cases.transitions import ABOUT, Need
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.web.templating import show_date, show_time

HAPPENED: dict[str, Any] = {
    "open": _l("Đã mở hồ sơ"),
    "counsel": _l("Đã tư vấn"),
    "check": _l("Đã xem điều kiện"),
    "nominate": _l("Đã giới thiệu dự tuyển"),
    "select": _l("Trúng tuyển"),
    "train": _l("Đã vào lớp"),
    "health": _l("Đã khám sức khỏe"),
    "sign": _l("Đã ký hợp đồng"),
    "arrange_money": _l("Đã lo xong tiền"),
    "visa": _l("Đã có thị thực"),
    "make_ready": _l("Sẵn sàng xuất cảnh"),
    "depart": _l("Đã xuất cảnh"),
    "return_home": _l("Đã về nước"),
    "settle": _l("Đã thanh lý hợp đồng"),
    "send_profile": _l("Đã gửi hồ sơ cho bên nhận ở nước ngoài"),
    "extend": _l("Đã đồng ý chờ thêm"),
    "end": _l("Đã dừng hồ sơ"),
    "withdraw": _l("Người lao động thôi không đi"),
    "disown": _l("Người lao động không nhận hồ sơ này"),
    "reopen": _l("Đã mở lại hồ sơ"),
    "undo": _l("Đã quay lại bước trước"),
    "undo_depart": _l("Đã bỏ ngày xuất cảnh ghi nhầm"),
}


def history_of(case: OverseasCase) -> list[dict[str, Any]]:
    """Newest first."""
    return [_item(step, name, newest=place == 0) for place, (step, name) in enumerate(steps_of(case))]


def _item(step: CaseStep, name: str | None, *, newest: bool) -> dict[str, Any]:
    parts = [
        _("Ngày %(day)s", day=show_date(step.day)) if step.day and step.day != local_date(step.at) else "",
        _("%(before)s → %(after)s", before=step.from_state.label, after=step.to_state.label)
        if step.from_state and step.from_state is not step.to_state
        else "",
        str(step.reason.label) if step.reason else "",
        step.note,
        _passed(step),
    ]
    ended = step.to_state is CaseState.ENDED
    return {
        "text": str(HAPPENED[step.name]),
        "when": show_time(step.at),
        "who": name or _("Hệ thống"),
        "note": ". ".join(part for part in parts if part),
        "tone": "stop" if ended else ("now" if newest else ""),
    }


def _passed(step: CaseStep) -> str:
    if not step.passed:
        return ""
    about = ", ".join(str(ABOUT[Need(one)]) for one in step.passed)
    return str(_("Đi tiếp dù chưa đủ (%(about)s): %(why)s", about=about, why=step.passed_note))
