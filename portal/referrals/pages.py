"""Every page about referrals: the desk's, the person's, the employer's, and those behind a code."""

from portal.referrals import (
    condition_views,
    desk_views,
    employer_views,
    exporting,
    link_views,
    panels,
    person_views,
    step_views,
)
from portal.referrals.blueprint import bp

__all__ = [
    "bp",
    "condition_views",
    "desk_views",
    "employer_views",
    "exporting",
    "link_views",
    "panels",
    "person_views",
    "step_views",
]
