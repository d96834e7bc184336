"""Every page of the capability: importing this module fills the blueprints."""

from portal.counselling import (
    call_back_views,
    complaint_views,
    contact_views,
    merging,
    panels,
    rating_views,
    task_views,
)
from portal.counselling.blueprint import bp, public_bp

__all__ = [
    "bp",
    "call_back_views",
    "complaint_views",
    "contact_views",
    "merging",
    "panels",
    "public_bp",
    "rating_views",
    "task_views",
]
