"""What the programme behind an overseas opening asks of the body, each with its source. Never at home."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.openings.models import Opening, OpeningCondition
from portal.openings.operations import take_step
from portal.openings.permissions import may_author
from portal.openings.queries import asker
from portal.openings.states import EDITABLE_STATES, OpeningState, Sphere
from portal.workers.states import ConditionKind


@dataclass(frozen=True)
class Stated:
    """A requirement in the programme's own measure, and the paper that says so."""

    kind: ConditionKind
    need: str
    source: str


def may_state_conditions(opening: Opening) -> bool:
    return opening.sphere is Sphere.OVERSEAS and opening.state in EDITABLE_STATES


def state_conditions(opening: Opening, stated: Sequence[Stated], *, actor: Account, now: dt.datetime) -> None:
    """The whole list anew. What a partner changes on a public opening is checked again."""
    who = asker(actor)
    if not may_author(who, opening.organisation_id):
        raise NotAllowed
    if opening.sphere is not Sphere.OVERSEAS:
        raise Refused(_("Chỉ chương trình đi làm việc ở nước ngoài mới được nêu điều kiện về thể chất."))
    if opening.state not in EDITABLE_STATES:
        raise Refused(_("Tin này đã kết thúc, không sửa được nữa. Bạn có thể mở lại thành bản nháp."))
    for one in stated:
        _insist_complete(one)
    if {(row.kind, row.need, row.source) for row in opening.conditions} == {
        (one.kind, one.need, one.source) for one in stated
    }:
        return
    _replace(opening, stated)
    opening.updated_at = now
    db.session.flush()
    record("opening.conditions_stated", opening, actor=actor, now=now, count=len(stated))
    if opening.state is OpeningState.PUBLISHED and not who.is_staff:
        take_step(opening, "recheck", actor=actor, now=now)


def _insist_complete(one: Stated) -> None:
    if not one.need.strip():
        raise Invalid(_("Hãy ghi chương trình đòi điều gì."), field=f"{one.kind.value}_need")
    if not one.source.strip():
        raise Invalid(
            _("Hãy ghi căn cứ: văn bản nào của chương trình đòi điều này."), field=f"{one.kind.value}_source"
        )


def _replace(opening: Opening, stated: Sequence[Stated]) -> None:
    """In place: a kind stands once in an opening, and new rows are written before old ones go."""
    rows = {row.kind: row for row in opening.conditions}
    for one in stated:
        row = rows.pop(one.kind, None)
        if row is None:
            opening.conditions.append(OpeningCondition(kind=one.kind, need=one.need, source=one.source))
        else:
            row.need, row.source = one.need, one.source
    for left in rows.values():
        opening.conditions.remove(left)
