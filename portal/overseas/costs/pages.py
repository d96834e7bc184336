"""Every page of costs, payments and suspected fraud: importing this module fills the blueprint."""

from portal.overseas.costs import fraud_views, payment_panels, payment_parts, payment_views
from portal.overseas.costs import ratio_views as cost_ratio_views
from portal.overseas.costs import views as cost_views
from portal.overseas.costs.blueprint import bp

__all__ = [
    "bp",
    "cost_ratio_views",
    "cost_views",
    "fraud_views",
    "payment_panels",
    "payment_parts",
    "payment_views",
]
