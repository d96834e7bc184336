"""Every page of the ranking: importing this module fills the blueprint."""

from portal.ranking import (
    compare_views,
    fairness_views,
    judgement_views,
    model_card_views,
    version_views,
)
from portal.ranking.views import bp

__all__ = [
    "bp",
    "compare_views",
    "fairness_views",
    "judgement_views",
    "model_card_views",
    "version_views",
]
