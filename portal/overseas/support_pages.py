"""Every page of support and loans: importing this module fills the blueprint."""

from portal.overseas import (
    loan_views,
    support_claim_views,
    support_list_views,
    support_panels,
    support_views,
)
from portal.overseas.support_blueprint import bp

__all__ = [
    "bp",
    "loan_views",
    "support_claim_views",
    "support_list_views",
    "support_panels",
    "support_views",
]
