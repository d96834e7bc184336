"""A list that was never committed does not lie about: its people have not been told of it."""

import datetime as dt

from flask import current_app
from sqlalchemy import delete, select

from portal.audit.operations import record
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import remove_content
from portal.jobs.schedule import hourly
from portal.rosters.models import Roster, RosterRow
from portal.rosters.operations import finish_withdrawal
from portal.rosters.states import RosterState

KEPT_UNCOMMITTED = dt.timedelta(days=30)
OPEN = (RosterState.NEEDS_MENDING, RosterState.READY)


@hourly("rosters.expire")
def expire_uncommitted(now: dt.datetime) -> int:
    """Counted from the last upload; the content goes first: a crash leaves nothing readable behind."""
    query = (
        select(Roster, StoredFile)
        .join(StoredFile, StoredFile.id == Roster.file_id)
        .where(Roster.state.in_(OPEN), StoredFile.created_at < now - KEPT_UNCOMMITTED)
        .order_by(Roster.id)
        .with_for_update(of=Roster)
    )
    found = list(db.session.execute(query))
    for roster, stored in found:
        remove_content(stored, folder=current_app.config["UPLOAD_FOLDER"])
        db.session.execute(delete(RosterRow).where(RosterRow.roster_id == roster.id))
        finish_withdrawal(roster, now=now)
        record("roster.expired", roster, actor=None, now=now)
    return len(found)
