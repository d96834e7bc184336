"""What support adds to the pages of a person."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.extensions import db
from portal.overseas.models import OverseasCase
from portal.overseas.support_models import SupportClaim, SupportLoan
from portal.workers.models import Worker
from portal.workers.panels import SELF_PANELS, STAFF_PANELS


@STAFF_PANELS.add("support")
def cases(worker: Worker, account: Account) -> str:
    if account.role not in CASE_STAFF:
        return ""
    query = select(OverseasCase).where(OverseasCase.worker_id == worker.id)
    loaded = query.options(joinedload(OverseasCase.programme), joinedload(OverseasCase.opening))
    rows = list(db.session.scalars(loaded.order_by(OverseasCase.opened_at.desc(), OverseasCase.id.desc())))
    return Markup(render_template("support/_staff_panel.html", rows=rows)) if rows else ""


@SELF_PANELS.add("support")
def mine(worker: Worker, account: Account) -> str:
    has = select(
        or_(
            exists().where(SupportClaim.worker_id == worker.id),
            exists().where(SupportLoan.worker_id == worker.id),
        )
    )
    return Markup(render_template("support/_self_panel.html")) if db.session.scalar(has) else ""
