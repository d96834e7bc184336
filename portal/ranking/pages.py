"""Every page of the ranking: importing this module fills the blueprint."""

from portal.ranking import judgement_views, version_views
from portal.ranking.views import bp

__all__ = ["bp", "judgement_views", "version_views"]
