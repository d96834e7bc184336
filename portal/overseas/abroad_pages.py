"""Every page of life abroad: importing this module fills the blueprints."""

from portal.overseas import (
    abroad_views,
    board_views,
    check_in_views,
    family_views,
    incident_views,
    own_return_views,
    return_views,
)
from portal.overseas.abroad_blueprint import bp, public_bp

__all__ = [
    "abroad_views",
    "board_views",
    "bp",
    "check_in_views",
    "family_views",
    "incident_views",
    "own_return_views",
    "public_bp",
    "return_views",
]
