"""Lists kept under a name: which filters of which list may be kept, and every change of them."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.access.models import Account
from portal.access.states import STAFF
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.home.models import SavedView
from portal.reference.occupations import search as search_occupations
from portal.reference.places import places
from portal.web.forms import tidy

MOST = 30
LONGEST_NAME, LONGEST_QUERY = 80, 500
# A long number in a name is a phone or an ID.
_NUMBER = re.compile(r"(\d[\s.\-]*){7,}")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
# A value of a choice, or a number of years.
_WORD = re.compile(r"[a-z_]{1,40}|\d{1,3}")


@dataclass(frozen=True)
class SavedList:
    label: Any
    # The filters that say which rows, never who: words searched for, names and numbers are not among them.
    filters: tuple[str, ...]


LISTS: dict[str, SavedList] = {
    "workers.staff_list": SavedList(
        _l("Người lao động"), ("commune", "occupation", "state", "age_from", "age_to")
    ),
    "referrals.due": SavedList(_l("Giới thiệu"), ("whose", "state", "late")),
    "cases.list": SavedList(_l("Hồ sơ đi nước ngoài"), ("whose", "state", "clock")),
    "openings.staff_list": SavedList(_l("Tin tuyển dụng"), ("state", "sphere")),
    "counselling.contacts": SavedList(_l("Lượt tư vấn"), ("first", "last", "kind", "channel", "outcome")),
    "counselling.call_backs_due": SavedList(_l("Người nhờ gọi lại"), ("whose", "late")),
    "counselling.task_list": SavedList(_l("Việc cần làm"), ("whose", "state")),
}


def kept_filters(endpoint: str, query: str) -> str:
    """The part of an address that may be kept, in the order of the list's own filters."""
    try:
        given = dict(parse_qsl(query[:4_000], max_num_fields=100))
    except ValueError:
        # More fields than any list of ours has.
        given = {}
    kept = [(name, _harmless(name, str(tidy(given.get(name, ""))))) for name in LISTS[endpoint].filters]
    return urlencode([(name, value) for name, value in kept if value])


def _harmless(name: str, value: str) -> str:
    """A place and an occupation are typed freely: what is kept is the name of the one that was understood."""
    if not value:
        return ""
    if name == "commune":
        return next((option.name for option in places().options(value)), "")
    if name == "occupation":
        return next((option.label for option in search_occupations(value, 1)), "")
    if name in ("first", "last"):
        return value if _DATE.fullmatch(value) else ""
    return value if _WORD.fullmatch(value) else ""


def open_to(account: Account, endpoint: str) -> bool:
    """The list is one of ours, and the account may open it."""
    view: Any = current_app.view_functions.get(endpoint)
    return endpoint in LISTS and view is not None and account.role.value in view.allowed


def address_of(view: SavedView) -> str:
    return url_for(view.endpoint, **dict(parse_qsl(view.query)))


def views_of(account: Account, endpoint: str | None = None) -> list[SavedView]:
    query = select(SavedView).where(SavedView.account_id == account.id)
    if endpoint is not None:
        query = query.where(SavedView.endpoint == endpoint)
    rows = db.session.scalars(query.order_by(SavedView.name, SavedView.id))
    return [row for row in rows if open_to(account, row.endpoint)]


# --- changes ---------------------------------------------------------------------------------------------


def save(name: str, endpoint: str, query: str, *, actor: Account, now: dt.datetime) -> SavedView:
    if actor.role not in STAFF or not open_to(actor, endpoint):
        raise NotAllowed
    kept = kept_filters(endpoint, query)
    if len(kept) > LONGEST_QUERY:
        raise Invalid(_("Bộ lọc này dài quá, không lưu được."))
    count = db.session.scalar(select(func.count(SavedView.id)).where(SavedView.account_id == actor.id)) or 0
    if count >= MOST:
        raise Refused(_("Mỗi người lưu được %(n)s danh sách. Hãy xóa bớt một danh sách cũ.", n=MOST))
    view = SavedView(
        account_id=actor.id, name=_free_name(name, actor), endpoint=endpoint, query=kept, created_at=now
    )
    db.session.add(view)
    db.session.flush()
    return view


def rename(view: SavedView, name: str, *, actor: Account) -> SavedView:
    _insist_own(view, actor)
    view.name = _free_name(name, actor, view)
    db.session.flush()
    return view


def remove(view: SavedView, *, actor: Account) -> None:
    _insist_own(view, actor)
    db.session.delete(view)
    db.session.flush()


def _insist_own(view: SavedView, actor: Account) -> None:
    if view.account_id != actor.id:
        raise NotAllowed


def _free_name(name: str, actor: Account, but: SavedView | None = None) -> str:
    name = " ".join(str(tidy(name)).split())
    if not name:
        raise Invalid(_("Hãy đặt tên cho danh sách."), field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid(_("Tên dài quá. Nhiều nhất là %(n)s chữ.", n=LONGEST_NAME), field="name")
    if _NUMBER.search(name):
        raise Invalid(_("Tên danh sách không được có số điện thoại hay số giấy tờ."), field="name")
    same = select(SavedView.id).where(SavedView.account_id == actor.id, SavedView.name == name)
    taken = db.session.scalar(same.where(SavedView.id != but.id) if but is not None else same)
    if taken is not None:
        raise Refused(_("Bạn đã có một danh sách tên “%(name)s”.", name=name), field="name")
    return name
