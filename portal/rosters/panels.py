"""Where a profile came from, on the pages of the person: for the adviser, and for the person themselves."""

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.extensions import db
from portal.rosters.models import Roster, RosterRow
from portal.rosters.permissions import sees_people
from portal.rosters.states import RowOutcome
from portal.workers.models import Worker
from portal.workers.panels import SELF_PANELS, STAFF_PANELS
from portal.workers.states import RegisteredBy

MADE = (RowOutcome.NEW, RowOutcome.KEPT)


@STAFF_PANELS.add("rosters")
@SELF_PANELS.add("rosters")
def origin(worker: Worker, account: Account) -> str:
    if worker.registered_by is not RegisteredBy.ROSTER:
        return ""
    query = (
        select(RosterRow)
        .where(RosterRow.worker_id == worker.id, RosterRow.outcome.in_(MADE))
        .options(joinedload(RosterRow.roster).joinedload(Roster.organisation))
        .order_by(RosterRow.id)
    )
    rows = list(db.session.scalars(query))
    if not rows:
        return ""
    return render_template("rosters/_origin.html", rows=rows, staff=sees_people(account))
