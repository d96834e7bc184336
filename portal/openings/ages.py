"""How old one must be for an opening: the dated rules of law, and what is barred to people under 18.

The ranking's gate and the referral's check both read this, so that neither offers what the other refuses.
"""

from dataclasses import dataclass

from portal.openings.models import Opening
from portal.openings.states import Sphere
from portal.reference.minors import MinorBar, barred_to_minors
from portal.reference.rules import Lookup


@dataclass(frozen=True, slots=True)
class LeastAge:
    years: int
    source: str


def bars_of(opening: Opening) -> list[MinorBar]:
    """By the occupation, or by a word in the title, the description or the workplace."""
    text = f"{opening.title} {opening.text} {opening.address_line}"
    return barred_to_minors(opening.occupation_code, text)


def least_age(opening: Opening, rule: Lookup) -> LeastAge | None:
    """The highest age that applies; None where no rule is known for the day."""
    key, place = "work.min_age", ""
    if opening.sphere == Sphere.OVERSEAS:
        key = "overseas.min_age"
    else:
        bars = bars_of(opening)
        if opening.barred_to_minors or bars:
            key = "work.adult_age"
            place = f"; {bars[0].source}" if bars else ""
    found = rule(key)
    if found is None or found.number is None:
        return None
    return LeastAge(found.whole, found.source + place)
