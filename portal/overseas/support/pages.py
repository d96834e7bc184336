"""Every page of support and loans: importing this module fills the blueprint."""

from portal.overseas.support import claim_views as support_claim_views
from portal.overseas.support import list_views as support_list_views
from portal.overseas.support import loan_views
from portal.overseas.support import panels as support_panels
from portal.overseas.support import views as support_views
from portal.overseas.support.blueprint import bp

__all__ = [
    "bp",
    "loan_views",
    "support_claim_views",
    "support_list_views",
    "support_panels",
    "support_views",
]
