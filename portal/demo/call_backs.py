"""People who asked to be called: late, for today, tried in vain, and done."""

import datetime as dt

from portal.access.models import Account
from portal.counselling import call_backs
from portal.counselling.call_backs import Wish
from portal.counselling.states import BestHour, ForWhom
from portal.demo import hours
from portal.extensions import db
from portal.reference.places import places
from portal.web.transactions import write_transaction

# (days ago, name, commune, hour, for whom, about whom, tries in vain, what became of it)
ASKED = (
    (9, "Nguyễn Văn Sáu", "Vĩnh Hanh", BestHour.MORNING, ForWhom.SELF, "", 3, ""),
    (8, "Trần Thị Bé Năm", "Châu Phong", BestHour.ANY, ForWhom.SELF, "", 1, "called"),
    (7, "Neáng Sóc Na", "Tri Tôn", BestHour.EVENING, ForWhom.SELF, "", 3, "given up"),
    (6, "Lê Thị Diễm", "Thoại Sơn", BestHour.NOON, ForWhom.FAMILY, "Lê Văn Đực", 0, ""),
    (5, "Huỳnh Thanh Tùng", "Rạch Giá", BestHour.ANY, ForWhom.SELF, "", 0, "called"),
    (3, "Phạm Thị Hồng", "Óc Eo", BestHour.AFTERNOON, ForWhom.NEIGHBOUR, "Bà Ba Lành", 1, ""),
    (3, "Mohamad Salêh", "Châu Phong", BestHour.EVENING, ForWhom.SELF, "", 0, ""),
    (2, "Đặng Thị Út", "Chợ Mới", BestHour.MORNING, ForWhom.FAMILY, "Đặng Minh Nhựt", 0, ""),
    (1, "Bùi Văn Lượm", "Hà Tiên", BestHour.ANY, ForWhom.SELF, "", 0, ""),
    (1, "Võ Thị Kim Thoa", "Long Xuyên", BestHour.NOON, ForWhom.SELF, "", 0, ""),
    (0, "Danh Thị Mỹ", "Gò Quao", BestHour.EVENING, ForWhom.NEIGHBOUR, "Danh Út", 0, ""),
    (0, "Cao Văn Bảy", "Tân Châu", BestHour.MORNING, ForWhom.SELF, "", 0, ""),
)


def make_call_backs(now: dt.datetime) -> None:
    latest = hours.latest(now)
    with write_transaction():
        for number, (days, name, commune, hour, for_whom, about, tries, end) in enumerate(ASKED):
            asked = min(latest, hours.fit(now - dt.timedelta(days=days, hours=number % 5)))
            wish = Wish(
                name, f"09060010{number:02d}", places().options(commune)[0].code, hour, for_whom, about
            )
            call_back = call_backs.ask_call_back(wish, actor=None, now=asked)
            owner = db.session.get_one(Account, call_back.owner_id)
            for one in range(tries):
                tried = min(latest, hours.fit(asked + dt.timedelta(days=one + 1)))
                call_backs.note_try(call_back, reached=False, actor=owner, now=tried)
            if end == "called":
                call_backs.note_try(call_back, reached=True, actor=owner, now=latest)
                call_backs.finish(call_back, actor=owner, now=latest)
            elif end:
                call_backs.give_up(call_back, actor=owner, now=latest)
