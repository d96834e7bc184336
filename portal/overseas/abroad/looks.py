"""Who looked at what of whose case: the person reads it in the history of their own profile."""

from typing import Any

from portal.audit.operations import record
from portal.common.clock import now
from portal.extensions import db
from portal.overseas.models import OverseasCase
from portal.web.transactions import write_transaction
from portal.workers.blueprint import someone


def note_look(case_id: int, part: str = "case", **detail: Any) -> None:
    """Once the page is drawn, in a short transaction of its own. `part` has its word in the history."""
    with write_transaction(keep_loaded=True):
        worker = db.session.get_one(OverseasCase, case_id).worker
        record("looked", worker, actor=someone(), now=now(), part=part, case_id=case_id, **detail)
