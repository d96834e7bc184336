"""Every page of programmes, rounds and pools: importing this module fills the blueprint."""

from portal.overseas.programmes import desk_views as programme_desk_views
from portal.overseas.programmes import member_views, pool_views, round_views, standing_views
from portal.overseas.programmes import views as programme_views
from portal.overseas.programmes.blueprint import bp

__all__ = [
    "bp",
    "member_views",
    "pool_views",
    "programme_desk_views",
    "programme_views",
    "round_views",
    "standing_views",
]
