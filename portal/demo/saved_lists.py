"""Lists that the staff of the demo keep under a name."""

import datetime as dt

from portal.access.models import Account
from portal.home.saved import save

KEPT = (
    ("Giới thiệu trễ của cả Trung tâm", "referrals.due", "whose=all&late=late"),
    ("Thợ hàn ở Long Xuyên", "workers.staff_list", "commune=Phường Long Xuyên&occupation=Thợ hàn"),
    ("Tin chờ duyệt", "openings.staff_list", "state=submitted"),
)


def make_saved_lists(accounts: list[Account], now: dt.datetime) -> None:
    for account in accounts:
        for name, endpoint, query in KEPT:
            save(name, endpoint, query, actor=account, now=now)
