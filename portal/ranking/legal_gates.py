"""The gates that the law puts before every list: ages, with their source on the day."""

import datetime as dt
from typing import Any

from matching.types import Requirement
from portal.openings.models import Opening
from portal.openings.states import Sphere
from portal.reference import rules
from portal.reference.minors import barred_to_minors


def legal_gates(session: Any, opening: Opening, on: dt.date) -> tuple[Requirement, ...]:
    """One age gate, the highest that applies; none where no rule is known for the day."""
    key = "work.min_age"
    place = ""
    if opening.sphere == Sphere.OVERSEAS:
        key = "overseas.min_age"
    else:
        bars = barred_to_minors(opening.occupation_code, f"{opening.title} {opening.address_line}")
        if opening.barred_to_minors or bars:
            key = "work.adult_age"
            place = f"; {bars[0].source}" if bars else ""
    rule = rules.on(session, key, on)
    if rule is None or rule.number is None:
        return ()
    return (Requirement("age", ">=", int(rule.number), hard=True, source=rule.source + place),)
