"""Every page of programmes, rounds and pools: importing this module fills the blueprint."""

from portal.overseas import (
    member_views,
    pool_views,
    programme_desk_views,
    programme_views,
    round_views,
    standing_views,
)
from portal.overseas.programme_blueprint import bp

__all__ = [
    "bp",
    "member_views",
    "pool_views",
    "programme_desk_views",
    "programme_views",
    "round_views",
    "standing_views",
]
