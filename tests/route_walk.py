"""What the route × role walk fills into addresses, and who walks."""

from typing import Any

from flask import current_app

from portal.access.states import PARTNERS, Role
from portal.common.clock import now, today
from portal.counselling.models import CallBack, Complaint, Contact, Task
from portal.counselling.states import ComplaintAbout, ContactChannel, ContactKind, ContactOutcome, TaskKind
from portal.counselling.ticket_models import Ticket
from portal.extensions import db
from portal.files.operations import store
from portal.home.models import SavedView
from portal.jobs.models import Job
from portal.openings.models import ImportBatch, OpeningFinding
from portal.organisations.models import Invitation, MarketPermission, Membership
from portal.overseas.case_states import DocumentKind
from portal.overseas.document_models import CaseDocument
from portal.overseas.models import OverseasCase
from portal.ranking.learning_models import RankingVersion
from portal.ranking.learning_states import VersionState
from portal.referrals.models import Referral
from portal.referrals.states import Origin, ReferralState
from portal.rosters.models import Roster
from portal.workers.consent_models import DuplicatePair, Merge
from tests.strict_client import StrictClient

# Role values, and one who has no account.
WALKERS = ("nobody", *Role.values())


# Open to everybody who has no account, and closed to some accounts: registering is for people who
# look for work, and for those who take their particulars at the desk.
REGISTERING = ("nobody", "seeker", "adviser", "leader")
STRICTER = {
    "workers.claim": ("nobody", "seeker"),
    "workers.register": REGISTERING,
    "workers.who": REGISTERING,
    "workers.account": REGISTERING,
    "workers.step": REGISTERING,
}

# Words that stand in addresses; an endpoint's own word comes before the general one.
WORDS = {
    "code": "ABCDEFGHJKMNP",
    "locale.switch code": "vi",
    "filename": "css/tokens.css",
    "day": "2027-02-05",
    "step": "where",
    "purpose": "matching",
    "part": "national_id",
    "what": "yes",
    "result": "reached",
    "measure": "contacts",
    "openings.step name": "close",
    "referrals.step name": "ask",
    "cases.step name": "counsel",
    "cases.own_document kind": "passport",
}


def rows(make: Any) -> dict[str, int]:
    """A row for every id that stands in an address."""
    organisation, account = make.organisation("sender"), make.account("adviser")
    worker, second, opening = make.worker(), make.worker(), make.opening()
    made = {
        "membership_id": Membership(
            account_id=account.id, organisation_id=organisation.id, created_at=now()
        ),
        "market_id": MarketPermission(
            organisation_id=organisation.id, country="JP", valid_from=now().date(), source="Giấy phép 1"
        ),
        "invitation_id": Invitation(
            organisation_id=organisation.id, role=Role.SENDER, recipient="a@vidu.vn", code_hash="0" * 64,
            invited_by_id=account.id, created_at=now(), expires_at=now(),
        ),
        "job_id": Job(kind="nothing", run_after=now(), created_at=now(), created_by_id=account.id),
        "referral_id": Referral(
            worker_id=worker.id, opening_id=opening.id, state=ReferralState.INTERESTED, origin=Origin.SELF,
            owner_id=account.id, due_on=now().date(), created_at=now(), updated_at=now(),
        ),
        "pair_id": DuplicatePair(
            first_id=worker.id, second_id=second.id, reasons=["phone"], found_at=now()
        ),
        "batch_id": ImportBatch(
            filename="tin.csv", sha256="0" * 64, created_by_id=account.id, created_at=now()
        ),
        "finding_id": OpeningFinding(
            opening_id=opening.id, rule="sex", sentence="Chỉ tuyển nam.", excerpt="nam", source="BLLĐ 8",
            found_at=now(),
        ),
        "contact_id": Contact(
            worker_id=worker.id, kind=ContactKind.JOB, channel=ContactChannel.DESK,
            outcome=ContactOutcome.INFORMED, adviser_id=account.id, at=now(), day=today(),
        ),
        "complaint_id": Complaint(
            about=ComplaintAbout.OTHER, text="Chuyện", code_hash="1" * 64, code_expires_at=now(),
            due_on=today(), created_at=now(),
        ),
        "task_id": Task(
            kind=TaskKind.NATIONAL_ID, worker_id=worker.id, owner_id=account.id, due_on=today(),
            created_at=now(),
        ),
        "ticket_id": Ticket(day=now().date(), number=1, purpose=ContactKind.JOB, made_at=now()),
        "view_id": SavedView(
            account_id=account.id, name="Của tôi", endpoint="referrals.due", query="whose=all",
            created_at=now(),
        ),
        "version_id": RankingVersion(
            state=VersionState.TOO_FEW, digest="", figures={"outcomes": 0, "openings": 0, "weeks": 0},
            against=[], made_at=now(),
        ),
        "merge_id": Merge(
            kept_id=worker.id, merged_id=second.id, moved={}, done_by_id=account.id, done_at=now()
        ),
        "case_id": OverseasCase(
            worker_id=worker.id, opening_id=opening.id, adviser_id=account.id, opened_at=now(),
            updated_at=now(),
        ),
        "call_back_id": CallBack(
            name="Cô Sáu", phone="0901234567", owner_id=account.id, due_on=now().date(), created_at=now()
        ),
    }  # fmt: skip
    db.session.add_all(made.values())
    db.session.flush()
    content = "Vị trí,Số người\nThợ may,5\n".encode()
    folder = current_app.config["UPLOAD_FOLDER"]
    file = store(content, "tin.csv", "text/csv", folder=folder, actor=account, now=now())
    roster = Roster(
        organisation_id=organisation.id, title="Khoá 2026", file_id=file.id,
        job_id=made["job_id"].id, created_by_id=account.id, created_at=now(),
    )  # fmt: skip
    document = CaseDocument(
        uid="0" * 32, case_id=made["case_id"].id, kind=DocumentKind.CV, added_by_id=account.id, added_at=now()
    )
    db.session.add_all([roster, document])
    db.session.commit()
    return {
        "document_id": document.id,
        **{name: row.id for name, row in made.items()},
        "file_id": file.id,
        "roster_id": roster.id,
        "account_id": account.id,
        "organisation_id": organisation.id,
        "worker_id": worker.id,
        "opening_id": opening.id,
    }


def address(app: Any, rule: Any, ids: dict[str, int]) -> str:
    """Where this route is asked for; a new name in an address needs a row or a word above."""
    values: dict[str, Any] = {}
    for name in rule.arguments:
        value = ids.get(name, WORDS.get(f"{rule.endpoint} {name}", WORDS.get(name)))
        assert value is not None, f"say in tests/route_walk.py what {name} is in {rule.rule}"
        values[name] = value
    with app.test_request_context():
        url: str = app.url_for(rule.endpoint, **values)
    return url


def walkers(app: Any, make: Any) -> dict[str, Any]:
    """A client for each role: the seeker has a profile, partners belong to an organisation."""
    clients = {name: StrictClient(app) for name in WALKERS}
    for role in Role:
        account = make.member(role.value) if role in PARTNERS else make.account(role.value)
        if role == Role.SEEKER:
            make.worker("Lê Văn Tám", account_id=account.id)
        clients[role.value].sign_in(account)
    return clients
