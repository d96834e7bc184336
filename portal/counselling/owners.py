"""Who takes what comes up for a person: their own adviser, else who has the least of it."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, func, select

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.errors import Refused
from portal.extensions import db
from portal.workers.models import Worker


def owner_for(worker: Worker | None, model: Any, waits: Any, actor: Account | None = None) -> Account:
    """`model` with its condition `waits` is what is counted, its column `owner_id` says whose it is."""
    own = db.session.get(Account, worker.adviser_id) if worker is not None and worker.adviser_id else None
    for account in (own, actor):
        if account is not None and account.is_enabled and account.role in CASE_STAFF:
            return account
    found = db.session.scalars(
        select(Account)
        .outerjoin(model, and_(model.owner_id == Account.id, waits))
        .where(Account.role.in_(CASE_STAFF), Account.is_enabled)
        .group_by(Account.id)
        # Advisers before leaders.
        .order_by(Account.role != Role.ADVISER, func.count(model.id), Account.id)
        .limit(1)
    ).first()
    if found is None:
        raise Refused(_("Trung tâm chưa có tư vấn viên để nhận yêu cầu này. Bạn hãy gọi đường dây nóng."))
    return found
