"""What life abroad and the return add to a person's own page."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy import exists, select

from portal.access.models import Account
from portal.extensions import db
from portal.overseas.abroad.family_models import FamilyContact
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.workers.models import Worker
from portal.workers.panels import SELF_PANELS


@SELF_PANELS.add("abroad")
def of_self(worker: Worker, account: Account) -> str:
    """The way to "you are home", and to whom of the family the Centre may call."""
    mine = OverseasCase.worker_id == worker.id
    home = exists().where(mine, OverseasCase.state.in_((CaseState.RETURNED, CaseState.SETTLED)))
    family = (
        exists()
        .where(FamilyContact.withdrawn_at.is_(None), FamilyContact.case_id == OverseasCase.id, mine)
        .correlate_except(FamilyContact, OverseasCase)
    )
    is_home, has_family = db.session.execute(select(home, family)).one()
    if not (is_home or has_family):
        return ""
    return Markup(render_template("overseas/abroad_self_panel.html", is_home=is_home, has_family=has_family))
