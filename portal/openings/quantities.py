"""How many people an overseas opening has chosen and sent. Only here do the two numbers change.

Nobody more than approved may go (Law 69/2020; Decree 283/2026, Article 49): the last step is refused, the one
before it is told what the check says.
"""

import datetime as dt

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Refused
from portal.extensions import db
from portal.openings.check.findings import Finding, Verdict
from portal.openings.models import Opening, OverseasTerms
from portal.openings.queries import Openings
from portal.openings.standing import Checker
from portal.openings.states import Sphere

QUANTITIES = ("selected_quantity", "departed_quantity", "approved_quantity")


def select_one(opening: Opening, *, actor: Account | None, now: dt.datetime) -> list[Finding]:
    """Somebody was chosen. What the check says of the numbers then: a warning above the approved number."""
    terms = _held(opening)
    terms.selected_quantity += 1
    return _changed(opening, "opening.person_selected", actor, now)


def unselect_one(opening: Opening, *, actor: Account | None, now: dt.datetime) -> list[Finding]:
    """Who was chosen does not go after all."""
    terms = _held(opening)
    if terms.selected_quantity < 1:
        raise Refused(_("Tin này không có ai đang chờ xuất cảnh."))
    terms.selected_quantity -= 1
    return _changed(opening, "opening.person_unselected", actor, now)


def depart_one(opening: Opening, *, actor: Account | None, now: dt.datetime) -> list[Finding]:
    """One of those who were chosen has gone; refused where that would be one more than approved."""
    terms = _held(opening)
    before = terms.selected_quantity, terms.departed_quantity
    terms.selected_quantity, terms.departed_quantity = max(0, before[0] - 1), before[1] + 1
    if any(one.verdict is Verdict.BREACH for one in _findings(opening, now)):
        # Who catches this for one person of a flight goes on with the others.
        terms.selected_quantity, terms.departed_quantity = before
        raise Refused(
            _(
                "Văn bản chấp thuận chỉ cho đưa đi %(n)s người, và đã đi đủ. Không được đưa thêm ai.",
                n=terms.approved_quantity,
            )
        )
    return _changed(opening, "opening.person_departed", actor, now)


def undo_departure(opening: Opening, *, actor: Account | None, now: dt.datetime) -> list[Finding]:
    """The departure was entered by mistake: the person is again one who was chosen."""
    terms = _held(opening)
    if terms.departed_quantity < 1:
        raise Refused(_("Tin này chưa có ai xuất cảnh."))
    terms.departed_quantity -= 1
    terms.selected_quantity += 1
    return _changed(opening, "opening.departure_undone", actor, now)


def remaining(terms: OverseasTerms) -> int | None:
    """How many may still be chosen; None where nobody knows how many were approved."""
    if terms.approved_quantity is None:
        return None
    return max(0, terms.approved_quantity - terms.departed_quantity - terms.selected_quantity)


def _held(opening: Opening) -> OverseasTerms:
    """The numbers as they are now, held until the transaction ends: two departures never count as one."""
    if opening.sphere is not Sphere.OVERSEAS or opening.overseas is None:
        raise Refused(_("Chỉ tin đi làm việc ở nước ngoài mới đếm người xuất cảnh."))
    db.session.scalars(Openings().by_id(opening.id).locked()).one()
    db.session.refresh(opening.overseas, QUANTITIES)
    return opening.overseas


def _changed(opening: Opening, action: str, actor: Account | None, now: dt.datetime) -> list[Finding]:
    terms = opening.overseas
    assert terms is not None
    db.session.flush()
    record(
        action,
        opening,
        actor=actor,
        now=now,
        selected=terms.selected_quantity,
        departed=terms.departed_quantity,
    )
    return _findings(opening, now)


def _findings(opening: Opening, now: dt.datetime) -> list[Finding]:
    found = Checker(local_date(now)).as_stated(opening).findings
    return [one for one in found if one.field in QUANTITIES]
