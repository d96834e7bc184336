"""Every page of the capability: importing this module fills the blueprints."""

from portal.counselling import call_back_views
from portal.counselling.blueprint import bp, public_bp

__all__ = ["bp", "call_back_views", "public_bp"]
