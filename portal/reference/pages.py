"""Every page of the reference package: importing this module fills the blueprint."""

from portal.reference import barred_area_views, exchange_rate_views, wage_region_views
from portal.reference.views import bp

__all__ = ["barred_area_views", "bp", "exchange_rate_views", "wage_region_views"]
