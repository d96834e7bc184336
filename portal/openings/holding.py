"""What is public and no longer stands waits for a moderator: rule, area, licence or day have changed."""

import datetime as dt
from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.common.clock import local_date
from portal.extensions import db
from portal.openings.check.findings import Finding, Verdict
from portal.openings.finding_words import message_of
from portal.openings.models import Opening
from portal.openings.notices import tell_members
from portal.openings.operations import take_step
from portal.openings.queries import Openings
from portal.openings.standing import Checker
from portal.openings.states import OpeningState, Sphere
from portal.organisations.models import Organisation

# The rule of the barred areas (docs/opening_check.md).
BARRED = "O30"


def hold_breaches(now: dt.datetime, *, organisation: Organisation | None = None) -> list[Opening]:
    """Every public opening abroad, or those of one sender, that breaks the law of today. Safe to run again.

    A new warning holds nothing by itself: rates change every week. `read-openings` looks at those, too.
    """
    checker = Checker(local_date(now))
    query = _public()
    if organisation is not None:
        query = query.of_organisation(organisation.id)
    held = []
    for opening in db.session.scalars(query.locked()).unique().all():
        broken = [one for one in checker.as_stated(opening).findings if one.verdict is Verdict.BREACH]
        if broken:
            _hold(opening, broken, now)
            held.append(opening)
    return held


def hold_where_barred(country: str, now: dt.datetime) -> list[Opening]:
    """A row of the barred areas is new: whoever is to be sent there is looked at, also for a mere warning."""
    checker = Checker(local_date(now))
    held = []
    for opening in db.session.scalars(_public().in_country(country).locked()).unique().all():
        standing = checker.standing(opening)
        found = [one for one in (*standing.breaches, *standing.open_warnings) if one.rule == BARRED]
        if found:
            _hold(opening, found, now)
            held.append(opening)
    return held


def _public() -> Openings:
    public = Openings().in_states([OpeningState.PUBLISHED]).in_sphere(Sphere.OVERSEAS)
    return public.with_facts().order_by(Opening.id)


def _hold(opening: Opening, found: Iterable[Finding], now: dt.datetime) -> None:
    with force_locale("vi"):
        reason = _("Không còn đúng quy định: %(what)s", what=" ".join(message_of(one) for one in found))
    take_step(opening, "hold", actor=None, now=now, reason=reason, by_itself=True)
    opening.submitted_at = now
    db.session.flush()
    tell_members(opening, "held", now=now)
