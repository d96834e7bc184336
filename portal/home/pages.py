"""Every page of the capability: importing this module fills the blueprint."""

from portal.home import bulk_views, day_views, done_views, figure_views, saved_views, views
from portal.home.views import bp

__all__ = ["bp", "bulk_views", "day_views", "done_views", "figure_views", "saved_views", "views"]
