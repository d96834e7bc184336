"""The menu as data: who sees which entry. A test holds every endpoint against it."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user


@dataclass(frozen=True)
class Entry:
    endpoint: str
    label: Any
    # Role values; empty: everybody, also without an account. "signed_out": only without one.
    roles: tuple[str, ...] = ()
    # For staff, whose menu is long: entries of one group open together under its name.
    group: Any = None


@dataclass(frozen=True)
class Item:
    label: Any
    href: str
    current: bool
    children: tuple["Item", ...] = ()


STAFF = ("adviser", "moderator", "leader")

PARTNERS = ("employer", "sender", "college", "commune", "department")

AT_THE_DESK = _l("Tiếp người dân")
TO_LOOK_UP = _l("Sổ và quy định")
ABROAD = _l("Đi làm nước ngoài")

ENTRIES: list[Entry] = [
    Entry("home.desk", _l("Ngày của tôi"), STAFF),
    Entry("tickets.counter", _l("Quầy gọi số"), ("adviser", "leader")),
    Entry("tickets.tickets", _l("Cấp số"), STAFF, AT_THE_DESK),
    Entry("home.me", _l("Việc của tôi"), ("seeker",)),
    Entry(
        "openings.public_list", _l("Tìm việc"), ("signed_out", "seeker", "college", "commune", "department")
    ),
    Entry(
        "programmes.all_programmes",
        _l("Chương trình đi nước ngoài"),
        ("signed_out", "seeker", "sender", "college", "commune", "department", "moderator"),
    ),
    Entry("openings.staff_list", _l("Tin tuyển dụng"), (*STAFF, "employer", "sender")),
    Entry("ranking.for_me", _l("Việc hợp với tôi"), ("seeker",)),
    Entry("workers.profile", _l("Hồ sơ của tôi"), ("seeker",)),
    Entry("workers.staff_list", _l("Người lao động"), ("adviser", "leader")),
    Entry("referrals.mine", _l("Việc tôi quan tâm"), ("seeker",)),
    Entry("referrals.due", _l("Giới thiệu"), ("adviser", "leader")),
    Entry("cases.list", _l("Hồ sơ đi nước ngoài"), ("adviser", "leader"), ABROAD),
    Entry("cases.mine", _l("Hồ sơ đi nước ngoài của tôi"), ("seeker",)),
    Entry("cases.for_sender", _l("Người đang làm hồ sơ đi"), ("sender",)),
    Entry("home.figures_page", _l("Số liệu"), ("adviser", "leader")),
    Entry("programmes.desk", _l("Chương trình"), ("adviser", "leader"), ABROAD),
    Entry("programmes.pools", _l("Nguồn chuẩn bị"), ("adviser", "leader"), ABROAD),
    Entry("counselling.contacts", _l("Lượt tư vấn"), ("adviser", "leader"), AT_THE_DESK),
    Entry("counselling.call_backs_due", _l("Người nhờ gọi lại"), ("adviser", "leader"), AT_THE_DESK),
    Entry("counselling.task_list", _l("Việc cần làm"), ("adviser", "leader"), AT_THE_DESK),
    Entry("counselling.complaints", _l("Phản ánh"), ("adviser", "leader"), AT_THE_DESK),
    Entry("abroad.waiting_board", _l("Ai đang chờ gì"), ("adviser", "leader"), ABROAD),
    Entry("abroad.people", _l("Người ở nước ngoài"), ("adviser", "leader"), ABROAD),
    Entry("abroad.incidents", _l("Sự việc"), ("adviser", "leader"), ABROAD),
    Entry("referrals.for_employer", _l("Người được giới thiệu"), ("employer", "sender")),
    Entry("messages.mine", _l("Tin của tôi"), ("seeker", *PARTNERS)),
    Entry("courses.list", _l("Lớp học trước khi đi"), ("adviser", "leader", "college"), ABROAD),
    Entry("support.queue", _l("Tiền hỗ trợ, vay vốn"), ("adviser", "leader"), ABROAD),
    Entry("rosters.list", _l("Danh sách người học"), ("college", "adviser", "leader"), TO_LOOK_UP),
    Entry("organisations.staff_list", _l("Tổ chức"), STAFF, TO_LOOK_UP),
    Entry(
        "referrals.verify", _l("Kiểm tra giấy"), ("signed_out", "employer", "sender", "commune", "department")
    ),
    Entry(
        "senders.listed", _l("Công ty đưa đi nước ngoài"), ("signed_out", "seeker", "commune", "department")
    ),
    Entry("costs.frauds", _l("Báo nghi lừa đảo"), ("adviser", "leader"), AT_THE_DESK),
    Entry("costs.cost_ratios", _l("Chi phí đi nước ngoài"), STAFF, ABROAD),
    Entry("costs.shown_to_sender", _l("Khoản được cho xem"), ("sender",)),
    Entry("organisations.mine", _l("Tổ chức của tôi"), PARTNERS),
    Entry(
        "ranking.fairness_of_month",
        _l("Công bằng"),
        ("adviser", "leader", "administrator", "department"),
        TO_LOOK_UP,
    ),
    Entry("reference.rules", _l("Quy định"), STAFF, TO_LOOK_UP),
    Entry("reference.calendar", _l("Lịch làm việc"), STAFF, TO_LOOK_UP),
    Entry("reference.exchange_rates", _l("Tỷ giá"), STAFF, TO_LOOK_UP),
    Entry("ranking.versions_page", _l("Máy học xếp danh sách"), ("leader", "administrator"), TO_LOOK_UP),
    Entry("access.accounts", _l("Tài khoản"), ("leader", "administrator"), TO_LOOK_UP),
]


def menu_for(role: str) -> list[Item]:
    """In the order of the entries; a group stands where its first entry would."""
    items: list[Item] = []
    places: dict[int, int] = {}
    for entry in ENTRIES:
        if entry.roles and role not in entry.roles:
            continue
        item = Item(entry.label, url_for(entry.endpoint), request.endpoint == entry.endpoint)
        if entry.group is None or role not in STAFF:
            items.append(item)
        elif id(entry.group) in places:
            place = places[id(entry.group)]
            items[place] = _with(items[place], item)
        else:
            places[id(entry.group)] = len(items)
            items.append(_with(Item(entry.group, "", False), item))
    return [item.children[0] if len(item.children) == 1 else item for item in items]


def _with(group: Item, item: Item) -> Item:
    return Item(group.label, group.href, group.current or item.current, (*group.children, item))


def init_app(app: Flask) -> None:
    @app.context_processor
    def menu() -> dict[str, Any]:
        role = current_user.role.value if current_user.is_authenticated else "signed_out"
        return {"menu": menu_for(role)}
