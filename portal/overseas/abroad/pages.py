"""Every page of life abroad: importing this module fills the blueprints."""

from portal.overseas.abroad import (
    check_in_views,
    family_views,
    incident_views,
    own_return_views,
    return_views,
)
from portal.overseas.abroad import views as abroad_views
from portal.overseas.abroad.blueprint import bp, public_bp
from portal.overseas.boards import board_views

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
