"""Every page about a case: the desk's, the person's, the sender's."""

from portal.overseas.cases import batch_views, document_views
from portal.overseas.cases import exporting as case_exporting
from portal.overseas.cases import incident_views as case_incident_views
from portal.overseas.cases import merging as case_merging
from portal.overseas.cases import own_views as own_case_views
from portal.overseas.cases import panels as case_panels
from portal.overseas.cases import sender_views as sender_case_views
from portal.overseas.cases import step_views as case_step_views
from portal.overseas.cases import subscriptions as case_subscriptions
from portal.overseas.cases import views as case_views
from portal.overseas.cases.blueprint import bp

__all__ = [
    "batch_views",
    "bp",
    "case_exporting",
    "case_incident_views",
    "case_merging",
    "case_panels",
    "case_step_views",
    "case_subscriptions",
    "case_views",
    "document_views",
    "own_case_views",
    "sender_case_views",
]
