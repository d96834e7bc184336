"""Every page of costs, payments and suspected fraud: importing this module fills the blueprint."""

from portal.overseas import (
    cost_ratio_views,
    cost_views,
    fraud_views,
    payment_panels,
    payment_parts,
    payment_views,
)
from portal.overseas.cost_blueprint import bp

__all__ = [
    "bp",
    "cost_ratio_views",
    "cost_views",
    "fraud_views",
    "payment_panels",
    "payment_parts",
    "payment_views",
]
