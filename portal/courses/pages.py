"""Every page of the capability: importing this module fills the blueprint."""

from portal.courses import class_views, panels, people_views
from portal.courses.blueprint import bp

__all__ = ["bp", "class_views", "panels", "people_views"]
