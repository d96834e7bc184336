"""Which requirements of an opening keep it from being ranked."""

import datetime as dt
from dataclasses import replace

from matching.eligibility import check
from matching.types import OpeningProfile
from portal.openings.describing import requirement_text
from portal.openings.models import Opening, OpeningRequirement
from portal.ranking.profiles import opening_profile, stated_requirement


def in_the_way(opening: Opening, on: dt.date) -> list[str]:
    """Each in the words of its row."""
    asked = opening_profile(opening, on)
    return [requirement_text(row) for row in opening.requirements if _is_refused(row, asked)]


def _is_refused(row: OpeningRequirement, asked: OpeningProfile) -> bool:
    try:
        check(replace(asked, requirements=(stated_requirement(row),)))
    except ValueError:
        return True
    return False
