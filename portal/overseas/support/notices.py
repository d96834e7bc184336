"""What a person is told about a claim: that there is an answer; sums and reasons stand on their page only."""

import datetime as dt

from flask_babel import gettext as _

from portal.overseas.support.models import SupportClaim
from portal.referrals.notices import address, tell

MINE = "/support/mine"


def tell_decided(claim: SupportClaim, *, now: dt.datetime) -> None:
    tell("support.decided", claim.worker, lambda: (
        _("Tiền hỗ trợ của bạn"),
        _("Đề nghị hỗ trợ của bạn đã có trả lời. Xem ở đây: %(link)s", link=address(MINE)),
    ), now=now)  # fmt: skip


def tell_paid(claim: SupportClaim, *, now: dt.datetime) -> None:
    tell("support.paid", claim.worker, lambda: (
        _("Tiền hỗ trợ của bạn"),
        _("Trung tâm đã ghi là tiền hỗ trợ đã chi cho bạn. Chưa nhận được thì gọi ngay. Xem ở đây: %(link)s",
          link=address(MINE)),
    ), now=now)  # fmt: skip
