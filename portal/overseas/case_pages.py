"""Every page about a case: the desk's, the person's, the sender's."""

from portal.overseas import (
    batch_views,
    case_exporting,
    case_merging,
    case_panels,
    case_step_views,
    case_subscriptions,
    case_views,
    document_views,
    own_case_views,
    sender_case_views,
)
from portal.overseas.case_blueprint import bp

__all__ = [
    "batch_views",
    "bp",
    "case_exporting",
    "case_merging",
    "case_panels",
    "case_step_views",
    "case_subscriptions",
    "case_views",
    "document_views",
    "own_case_views",
    "sender_case_views",
]
