"""The log of a referral as a timeline for staff."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.messages.models import Channel
from portal.reference.reasons import reason as reason_named
from portal.referrals.models import Referral, ReferralStep
from portal.referrals.queries import steps_of
from portal.referrals.states import AnswerChannel, ReferralState
from portal.web.templating import show_time

HAPPENED = {
    "want": _l("Người lao động muốn việc này"),
    "shortlist": _l("Đưa vào danh sách chọn"),
    "invite": _l("Trung tâm mời"),
    "ask": _l("Hỏi người lao động"),
    "remind": _l("Nhắc lại câu hỏi"),
    "agree": _l("Người lao động đồng ý"),
    "decline": _l("Người lao động không nhận"),
    "withdraw": _l("Người lao động thôi không muốn nữa"),
    "not_now": _l("Trung tâm chưa giới thiệu"),
    "issue_letter": _l("Cấp giấy giới thiệu"),
    "set_interview": _l("Hẹn phỏng vấn"),
    "answer_interview": _l("Người lao động trả lời về giờ hẹn"),
    "record_interview": _l("Ghi buổi phỏng vấn"),
    "report_result": _l("Nơi tuyển báo kết quả"),
    "hire": _l("Được nhận"),
    "refuse": _l("Nơi tuyển không nhận"),
    "record_exchange": _l("Đã cập nhật sàn giao dịch việc làm quốc gia"),
    "place": _l("Vẫn đang làm"),
    "leave": _l("Đã nghỉ việc"),
    "fill": _l("Việc không còn nhận người"),
    "lapse": _l("Hết hạn mà không có trả lời"),
    "disown": _l("Người lao động không nhận hồ sơ này"),
    "reopen": _l("Mở lại"),
    "depart": _l("Đã xuất cảnh"),
    "undo_depart": _l("Bỏ ngày xuất cảnh ghi nhầm"),
    "undo_hire": _l("Bỏ kết quả được nhận"),
}
WAYS = {way.value: way.label for way in (*Channel, *AnswerChannel)}
STOPPED = (ReferralState.DECLINED, ReferralState.REFUSED, ReferralState.NOT_NOW, ReferralState.LEFT)


def history_of(referral: Referral) -> list[dict[str, Any]]:
    """Newest first."""
    rows = list(reversed(steps_of(referral)))
    return [_item(step, name, newest=place == 0) for place, (step, name) in enumerate(rows)]


def _item(step: ReferralStep, name: str | None, *, newest: bool) -> dict[str, Any]:
    chosen = reason_named(step.reason_code)
    parts = (str(WAYS[step.channel]) if step.channel else "", chosen.label if chosen else "", step.note)
    tone = "stop" if step.to_state in STOPPED else ("now" if newest else "")
    return {
        "text": str(HAPPENED[step.name]),
        "when": show_time(step.at),
        "who": name or _("Hệ thống hoặc người lao động qua đường liên kết"),
        "note": ". ".join(part for part in parts if part),
        "tone": tone,
    }
