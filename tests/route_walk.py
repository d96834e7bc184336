"""What the route × role walk fills into addresses, and who walks."""

from typing import Any

from portal.access.states import PARTNERS, Role
from portal.common.clock import now
from portal.extensions import db

# Role values, and one who has no account.
WALKERS = ("nobody", *Role.values())


def addresses(make: Any) -> dict[str, Any]:
    """A value for every name that stands in an address. An unknown name fails the walk with a sentence."""
    from portal.jobs.models import Job
    from portal.organisations.models import Invitation, MarketPermission, Membership

    organisation = make.organisation("sender")
    account = make.account("seeker")
    membership = Membership(account_id=account.id, organisation_id=organisation.id, created_at=now())
    market = MarketPermission(
        organisation_id=organisation.id, country="JP", valid_from=now().date(), source="Giấy phép 1"
    )
    invitation = Invitation(
        organisation_id=organisation.id,
        role=Role.SENDER,
        recipient="a@vidu.vn",
        code_hash="0" * 64,
        invited_by_id=account.id,
        created_at=now(),
        expires_at=now(),
    )
    job = Job(kind="nothing", run_after=now(), created_at=now(), created_by_id=account.id)
    db.session.add_all([membership, market, invitation, job])
    db.session.commit()
    return {
        "account_id": account.id,
        "organisation_id": organisation.id,
        "membership_id": membership.id,
        "market_id": market.id,
        "invitation_id": invitation.id,
        "job_id": job.id,
        "worker_id": make.worker().id,
        "opening_id": make.opening().id,
        "code": "vi",
        "filename": "css/tokens.css",
        "day": "2027-02-05",
    }


def walkers(app: Any, make: Any) -> dict[str, Any]:
    """A client for each role: the seeker has a profile, partners belong to an organisation."""
    from tests.strict_client import StrictClient

    clients = {name: StrictClient(app) for name in WALKERS}
    for role in Role:
        account = make.member(role.value) if role in PARTNERS else make.account(role.value)
        if role == Role.SEEKER:
            make.worker("Lê Văn Tám", account_id=account.id)
        clients[role.value].sign_in(account)
    return clients
