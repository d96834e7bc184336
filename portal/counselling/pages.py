"""Every page of the capability: importing this module fills the blueprints."""

from portal.counselling.blueprint import bp, public_bp

__all__ = ["bp", "public_bp"]
