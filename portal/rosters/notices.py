"""What a graduate is told: who sent a profile of them, what for, and the three things they may answer."""

import datetime as dt

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from portal.common.clock import LOCAL_ZONE
from portal.messages.models import Channel
from portal.messages.operations import enqueue
from portal.organisations.models import Organisation
from portal.workers.claims import CLAIM_TIME, show_code
from portal.workers.models import Worker

NEW_KIND, KNOWN_KIND = "roster.claim", "roster.known"


def tell_new(worker: Worker, code: str, organisation: Organisation, *, now: dt.datetime) -> None:
    """Without an account yet: Vietnamese, by the phone or the mail the college gave."""
    channel = Channel.SMS if worker.phone else Channel.EMAIL
    until = (now + CLAIM_TIME).astimezone(LOCAL_ZONE).strftime("%d/%m/%Y")
    base = current_app.config["PUBLIC_ADDRESS"].rstrip("/")
    with force_locale("vi"):
        subject = _("Nhận hồ sơ tìm việc của bạn")
        body = _(
            "%(college)s gửi hồ sơ của bạn cho %(centre)s để tìm việc cho bạn."
            " Hồ sơ chỉ được dùng khi bạn đồng ý. Nhận hồ sơ, không nhận, hoặc báo không phải bạn:"
            " %(address)s, mã %(code)s, trước ngày %(until)s."
            " Trung tâm không thu tiền.",
            college=organisation.name,
            centre=current_app.config["CENTRE_NAME"],
            address=f"{base}/claim",
            code=show_code(code),
            until=until,
        )
    enqueue(
        NEW_KIND,
        recipient=worker.phone or worker.email or "",
        channel=channel,
        subject=subject,
        body=body,
        worker=worker,
        now=now,
    )


def tell_known(worker: Worker, organisation: Organisation, *, now: dt.datetime) -> None:
    """Only on the person's own account: the contact in the sheet must not learn that a profile exists."""
    account = worker.account
    if account is None or not account.is_enabled:
        return
    with force_locale(account.locale):
        subject = _("Trường gửi danh sách có tên bạn")
        body = _(
            "%(college)s gửi cho Trung tâm một danh sách có tên bạn."
            " Hồ sơ của bạn giữ nguyên, không có gì thay đổi.",
            college=organisation.name,
        )
    enqueue(
        KNOWN_KIND,
        recipient=account.display_name,
        channel=Channel.PORTAL,
        subject=subject,
        body=body,
        account=account,
        worker=worker,
        now=now,
    )
