"""Every page of life abroad: importing this module fills the blueprints."""

from portal.overseas import abroad_views, check_in_views, family_views, incident_views
from portal.overseas.abroad_blueprint import bp, public_bp

__all__ = ["abroad_views", "bp", "check_in_views", "family_views", "incident_views", "public_bp"]
