"""What support adds to the pages of a person."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy import exists, or_, select

from portal.access.models import Account
from portal.extensions import db
from portal.overseas.support.models import SupportClaim, SupportLoan
from portal.workers.models import Worker
from portal.workers.panels import SELF_PANELS


@SELF_PANELS.add("support")
def mine(worker: Worker, account: Account) -> str:
    has = select(
        or_(
            exists().where(SupportClaim.worker_id == worker.id),
            exists().where(SupportLoan.worker_id == worker.id),
        )
    )
    return Markup(render_template("support/_self_panel.html")) if db.session.scalar(has) else ""
