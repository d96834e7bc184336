"""One act for many ticked rows: each by itself, each with its own answer."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import SelectField, StringField

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import today
from portal.errors import DomainError
from portal.extensions import db
from portal.home.bulk_steps import (
    CLOSE,
    CLOSE_DONE,
    CLOSE_UNREACHED,
    EXCHANGE,
    HAND_OVER,
    LATER,
    NOT_NOW,
    PUT_OFF,
    STEPS,
    Asked,
)
from portal.home.day import items_by_key, read_key
from portal.home.day_sources import RANKS, Item
from portal.reference.reasons import reasons
from portal.referrals.batch import Outcome
from portal.web.fields import Longest, VnDateField
from portal.web.forms import BaseForm
from portal.web.row_numbers import may_be_row

MOST_ROWS = 200

ACTIONS = {
    PUT_OFF: _l("Dời ngày"),
    HAND_OVER: _l("Giao cho người khác"),
    EXCHANGE: _l("Ghi đã cập nhật sàn quốc gia"),
    CLOSE: _l("Đóng việc"),
}


class BulkForm(BaseForm):
    action = SelectField(_l("Việc cần làm"), choices=list(ACTIONS.items()), default=PUT_OFF)
    # Only the fields of the chosen act count; the step itself judges them.
    days = SelectField(_l("Dời thêm"), coerce=int, default=3, validate_choice=False)
    until = VnDateField(_l("hoặc đến ngày"))
    to = SelectField(_l("Giao cho"), coerce=int, default=0, validate_choice=False)
    proof = StringField(_l("Bằng chứng"), [Longest(200)], description=_l("Ví dụ mã tin trên sàn quốc gia."))
    done_on = VnDateField(_l("Cập nhật ngày"))
    close = SelectField(_l("Đóng với lý do"), default=CLOSE_DONE, validate_choice=False)

    @classmethod
    def offered(cls, account: Account, **kwargs: Any) -> Self:
        """With today's choices: the advisers there are, the reasons there are."""
        form = cls(**kwargs)
        form.days.choices = [(n, _("%(n)s ngày", n=n)) for n in LATER]
        form.to.choices = [(0, _("Chọn")), *_colleagues(account)]
        form.close.choices = [
            (CLOSE_DONE, _("Đã làm xong")),
            (CLOSE_UNREACHED, _("Gọi nhiều lần không được")),
            *((NOT_NOW + row.code, row.label) for row in reasons("centre", "not_now")),
        ]
        if form.done_on.data is None:
            form.done_on.data = today()
        return form

    def asked(self) -> Asked:
        chosen = self.to.data or 0
        to = db.session.get(Account, chosen) if self.action.data == HAND_OVER and may_be_row(chosen) else None
        return Asked(
            self.action.data,
            days=self.days.data or 0,
            until=self.until.data,
            to=to,
            proof=self.proof.data or "",
            done_on=self.done_on.data,
            close=self.close.data or "",
        )


def _colleagues(account: Account) -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(Account.id, Account.display_name)
        .where(Account.role.in_(CASE_STAFF), Account.is_enabled)
        .order_by(Account.display_name, Account.id)
    )
    return [(one, _("%(name)s (tôi)", name=name) if one == account.id else name) for one, name in rows]


@dataclass(frozen=True)
class Line:
    key: str
    outcome: Outcome
    item: Item | None = None
    sentence: str = ""


def run(keys: Iterable[str], asked: Asked, *, actor: Account, now: dt.datetime) -> list[Line]:
    """In the order of sources and ids, so that two reports never wait for each other's locks."""
    found = {key: read for key in set(keys) if (read := read_key(key)) is not None}
    ordered = sorted(found, key=lambda key: (RANKS[found[key][0]], found[key][1]))
    items = items_by_key((key for key in ordered if may_be_row(found[key][1])), actor)
    lines = [_one(key, found[key], items.get(key), asked, actor, now) for key in ordered]
    # What was not done first: that is what somebody has still to look at.
    return sorted(lines, key=lambda line: line.outcome is Outcome.DONE)


def stopped(keys: Iterable[str], sentence: str, account: Account) -> list[Line]:
    """Nothing was done to any of them, and why."""
    items = items_by_key(keys, account)
    return [Line(key, Outcome.REFUSED, item, sentence) for key, item in items.items()]


def _one(
    key: str, read: tuple[str, int], item: Item | None, asked: Asked, actor: Account, now: dt.datetime
) -> Line:
    if item is None:
        return Line(key, Outcome.GONE, None, _("Không còn, hoặc không phải của bạn."))
    step = STEPS.get((asked.action, read[0]))
    if step is None:
        return Line(key, Outcome.SKIPPED, item, _("Việc này không làm hàng loạt được. Hãy mở ra làm."))
    try:
        with db.session.begin_nested():
            step(read[1], asked, actor=actor, now=now)
    except DomainError as error:
        return Line(key, Outcome.REFUSED, item, str(error.sentence) or _("Bạn không được làm việc này."))
    return Line(key, Outcome.DONE, item)
