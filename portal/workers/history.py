"""What happened to a profile and who looked at it, read from the audit trail."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.models import AuditEvent
from portal.extensions import db
from portal.web.templating import show_time
from portal.workers.models import Worker
from portal.workers.states import Purpose
from portal.workers.steps import BY_NAME

LOOKED = "looked"
ACTIONS = {
    "looked": _l("Xem hồ sơ"),
    "worker.registered": _l("Bắt đầu đăng ký"),
    "worker.saved": _l("Ghi"),
    "worker.finished": _l("Đăng ký xong"),
    "worker.walked_in": _l("Đăng ký tại Trung tâm"),
    "worker.from_roster": _l("Cơ sở giáo dục gửi hồ sơ"),
    "worker.paused": _l("Tạm ngưng tìm việc"),
    "worker.active": _l("Tìm việc trở lại"),
    "worker.id_given": _l("Ghi số căn cước"),
    "worker.id_missing": _l("Ghi là chưa có số căn cước"),
    "worker.merged": _l("Gộp một hồ sơ khác vào hồ sơ này"),
    "worker.merged_away": _l("Gộp vào hồ sơ khác"),
    "worker.merge_undone": _l("Tách lại hai hồ sơ đã gộp"),
    "consent.given": _l("Đồng ý"),
    "consent.withdrawn": _l("Rút lại đồng ý"),
    "sensitive.told": _l("Ghi"),
    "benefit.told": _l("Ghi việc đang hưởng trợ cấp thất nghiệp"),
    "conditions.told": _l("Trả lời về điều kiện của chương trình"),
    "claim.code_made": _l("Trung tâm đưa mã nhận hồ sơ"),
    "claim.taken_over": _l("Nhận hồ sơ về tự quản lý"),
    "claim.refused": _l("Không nhận hồ sơ"),
    "worker.phone_wrong": _l("Bỏ số điện thoại sai"),
    "worker.emptied": _l("Bỏ hồ sơ, xóa dữ liệu cá nhân"),
    "claim.contested": _l("Báo “không phải tôi”"),
    "claim.settled": _l("Đã xem lại việc báo nhầm"),
    "programme.checked": _l("Ghi điều đã xem trên giấy"),
    "pool.joined": _l("Ghi tên vào nguồn chuẩn bị"),
    "pool.kept": _l("Đồng ý được giữ tên lâu hơn"),
    "pool.on_roster": _l("Có tên trong danh sách chờ"),
    "pool.ended": _l("Ra khỏi nguồn chuẩn bị"),
    "pool.priority_told": _l("Ghi nhóm ưu tiên cho nguồn chuẩn bị"),
    "pool.priority_forgotten": _l("Xóa nhóm ưu tiên khỏi nguồn chuẩn bị"),
}
PARTS = {
    "national_id": _l("số căn cước"),
    "ethnicity": _l("dân tộc"),
    "priority": _l("nhóm ưu tiên"),
    "cv": _l("sơ yếu lý lịch"),
    "conditions": _l("câu trả lời về điều kiện của chương trình"),
    "pool_priority": _l("nhóm ưu tiên cho nguồn chuẩn bị"),
    "case": _l("hồ sơ đi nước ngoài"),
    "case_document": _l("giấy tờ đi nước ngoài"),
    "abroad": _l("tin từ nước ngoài"),
    "reach": _l("cách liên lạc ở nước ngoài"),
    "check_in_code": _l("đường dẫn báo tin"),
    "family": _l("người nhà được liên hệ"),
    "children": _l("con nhỏ ở nhà"),
    "return": _l("việc về nước"),
    "incident": _l("sự việc"),
}
LONGEST = 200


def history_of(worker: Worker, *, for_self: bool = False) -> list[dict[str, Any]]:
    """Newest first, ready for the timeline; two queries. The person is not told of their own looking."""
    query = (
        select(AuditEvent, Account)
        .outerjoin(Account, Account.id == AuditEvent.actor_id)
        .where(
            AuditEvent.subject_kind == Worker.__tablename__,
            AuditEvent.subject_id == worker.id,
            AuditEvent.action.in_(ACTIONS),
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(LONGEST)
    )
    lines = []
    for event, account in db.session.execute(query):
        own = account is not None and account.id == worker.account_id
        if event.action == LOOKED and own:
            continue
        lines.append({"when": show_time(event.at), "text": _text(event), "who": _who(account, own, for_self)})
    return lines


def _text(event: AuditEvent) -> str:
    text = str(ACTIONS[event.action])
    step = BY_NAME.get(event.detail.get("step", ""))
    part = PARTS.get(event.detail.get("part", ""))
    purpose = event.detail.get("purpose")
    about = step.label if step else part if part else Purpose(purpose).label if purpose else None
    return f"{text}: {about}" if about else text


def _who(account: Account | None, own: bool, for_self: bool) -> str:
    if account is None:
        return ""
    if own:
        return _("Bạn") if for_self else _("Chính người này")
    return f"{account.display_name}, {account.role.label}"
