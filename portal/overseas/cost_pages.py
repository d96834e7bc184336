"""Every page of costs, payments and suspected fraud: importing this module fills the blueprint."""

from portal.overseas import fraud_views
from portal.overseas.cost_blueprint import bp

__all__ = ["bp", "fraud_views"]
