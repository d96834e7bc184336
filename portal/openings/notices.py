"""What the people of an organisation are told about their opening, each in their own language."""

import datetime as dt

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.access.models import Account
from portal.messages.models import Channel
from portal.messages.operations import enqueue
from portal.openings.models import Opening
from portal.openings.queries import members_of


def tell_members(opening: Opening, what: str, *, now: dt.datetime) -> int:
    """Messages to every member who writes openings; returns how many."""
    members = members_of(opening.organisation_id)
    for account in members:
        with force_locale(account.locale):
            subject, body = _words(opening, what)
        enqueue(
            f"opening.{what}",
            recipient=_address(account),
            channel=Channel.EMAIL if account.email else Channel.PORTAL,
            subject=subject,
            body=body,
            account=account,
            now=now,
        )
    return len(members)


def _address(account: Account) -> str:
    return account.email or account.display_name


def _words(opening: Opening, what: str) -> tuple[str, str]:
    title = opening.title
    if what == "published":
        return _("Tin tuyển đã được đăng"), _(
            "Tin “%(title)s” đã được duyệt và đăng, nhận hồ sơ đến hết ngày %(day)s.",
            title=title,
            day=_day(opening),
        )
    if what == "returned":
        return _("Tin tuyển cần sửa"), _(
            "Tin “%(title)s” cần sửa trước khi đăng: %(reason)s", title=title, reason=opening.return_reason
        )
    if what == "held":
        return _("Tin tuyển tạm không hiện"), _(
            "Tin “%(title)s” không còn đúng quy định nên tạm không hiện với người tìm việc. Hãy mở tin để "
            "xem vì sao và sửa lại, Trung tâm sẽ duyệt lại.",
            title=title,
        )
    return _("Tin tuyển đã hết hạn"), _(
        "Tin “%(title)s” đã hết hạn ngày %(day)s và không còn hiện với người tìm việc. Nếu còn cần người, "
        "hãy mở lại tin, ghi hạn mới và gửi duyệt.",
        title=title,
        day=_day(opening),
    )


def _day(opening: Opening) -> str:
    return opening.expires_on.strftime("%d/%m/%Y") if opening.expires_on else ""
