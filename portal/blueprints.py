"""Every blueprint, in the order of the packages; and the modules that must be imported.

Importing a package's models puts its tables on the metadata; importing its `subscriptions`
connects it to the events of earlier packages.
"""

import importlib

from flask import Flask

from portal.access import account_views as accounts
from portal.counselling import pages as counselling
from portal.counselling import ticket_views as tickets
from portal.courses import pages as courses
from portal.home import pages as home
from portal.jobs import views as jobs
from portal.messages import views as messages
from portal.openings import comparing_views as openings
from portal.openings import sender_views as senders
from portal.organisations import confirm_views as organisations
from portal.overseas.abroad import pages as abroad
from portal.overseas.cases import pages as cases
from portal.overseas.costs import pages as costs
from portal.overseas.programmes import pages as programmes
from portal.overseas.support import pages as support
from portal.ranking import pages as ranking
from portal.reference import pages as reference
from portal.referrals import pages as referrals
from portal.rosters import download_views as rosters
from portal.web import health, locale
from portal.workers import views as workers

MODELS = (
    "portal.jobs.models", "portal.files.models", "portal.reference.models", "portal.audit.models",
    "portal.messages.models", "portal.access.models", "portal.organisations.models",
    "portal.workers.models", "portal.workers.consent_models", "portal.openings.models",
    "portal.openings.terms_models",
    "portal.referrals.models", "portal.counselling.models", "portal.counselling.ticket_models",
    "portal.courses.models",
    "portal.overseas.models", "portal.overseas.abroad.incident_models",
    "portal.overseas.programmes.models", "portal.overseas.programmes.round_models",
    "portal.overseas.cases.models", "portal.overseas.cases.document_models", "portal.overseas.support.models",
    "portal.overseas.costs.payments_models", "portal.overseas.costs.fraud_models",
    "portal.overseas.abroad.models", "portal.overseas.abroad.family_models",
    "portal.overseas.abroad.return_models",
    "portal.ranking.models", "portal.ranking.fairness_models", "portal.ranking.learning_models",
    "portal.rosters.models", "portal.home.models",
)  # fmt: skip

SUBSCRIPTIONS = (
    "portal.access.scheduled", "portal.workers.scheduled", "portal.openings.scheduled",
    "portal.workers.reached_by", "portal.workers.sign_in_help",
    "portal.openings.subscriptions",
    "portal.referrals.scheduled", "portal.counselling.scheduled",
    "portal.audit.subscriptions", "portal.referrals.subscriptions", "portal.referrals.merging",
    "portal.counselling.subscriptions", "portal.courses.merging", "portal.overseas.support.merging",
    "portal.overseas.programmes.subscriptions", "portal.overseas.programmes.panels",
    "portal.overseas.programmes.scheduled",
    "portal.overseas.abroad.subscriptions", "portal.overseas.cases.abroad",
    "portal.overseas.abroad.panels",
    "portal.rosters.subscriptions", "portal.rosters.checking", "portal.rosters.committing",
    "portal.rosters.withdrawing", "portal.rosters.panels", "portal.rosters.scheduled",
    "portal.overseas.cases.facts", "portal.overseas.cases.paper_facts", "portal.overseas.cases.fee_facts",
    "portal.overseas.cases.programmes",
    "portal.overseas.support.gates",
    "portal.ranking.panels", "portal.ranking.case_gates", "portal.ranking.fairness_jobs",
    "portal.ranking.judgement_parts",
    "portal.home.health",
)  # fmt: skip

for name in (*MODELS, *SUBSCRIPTIONS):
    importlib.import_module(name)


def init_app(app: Flask) -> None:
    app.register_blueprint(locale.bp)
    app.register_blueprint(health.bp)
    app.register_blueprint(jobs.bp)
    app.register_blueprint(reference.bp)
    app.register_blueprint(messages.bp)
    app.register_blueprint(accounts.bp)
    app.register_blueprint(organisations.bp)
    app.register_blueprint(openings.bp)
    app.register_blueprint(senders.bp)
    app.register_blueprint(workers.bp)
    app.register_blueprint(referrals.bp)
    app.register_blueprint(counselling.bp)
    app.register_blueprint(counselling.public_bp)
    app.register_blueprint(tickets.bp)
    app.register_blueprint(programmes.bp)
    app.register_blueprint(courses.bp)
    app.register_blueprint(cases.bp)
    app.register_blueprint(support.bp)
    app.register_blueprint(costs.bp)
    app.register_blueprint(abroad.bp)
    app.register_blueprint(abroad.public_bp)
    app.register_blueprint(ranking.bp)
    app.register_blueprint(rosters.bp)
    app.register_blueprint(home.bp)
