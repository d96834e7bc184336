"""The gates that the law puts before every list: ages, with their source on the day."""

from matching.types import Requirement
from portal.openings.ages import least_age
from portal.openings.models import Opening
from portal.reference.rules import Lookup


def legal_gates(opening: Opening, rule: Lookup) -> tuple[Requirement, ...]:
    """One age gate, the highest that applies; none where no rule is known for the day."""
    least = least_age(opening, rule)
    if least is None:
        return ()
    return (Requirement("age", ">=", least.years, hard=True, source=least.source),)
