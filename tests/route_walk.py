"""What the route × role walk fills into addresses, and who walks."""

from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.access.states import PARTNERS, Role
from portal.common.clock import now, today
from portal.counselling.models import CallBack, Complaint, Contact, Task
from portal.counselling.states import ComplaintAbout, ContactChannel, ContactKind, ContactOutcome, TaskKind
from portal.counselling.ticket_models import Ticket
from portal.courses.models import Course, CourseClass, Enrolment
from portal.courses.states import CourseKind
from portal.extensions import db
from portal.files.operations import store
from portal.home.models import SavedView
from portal.jobs.models import Job
from portal.openings.models import ImportBatch, OpeningFinding
from portal.organisations.models import Invitation, MarketPermission, Membership
from portal.overseas.abroad.family import Relative, give_family_contact
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.abroad.models import CheckIn
from portal.overseas.abroad.states import Answer, MayTell, WordBy
from portal.overseas.abroad.stays import begin_stay
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.states import DocumentKind
from portal.overseas.costs.fraud_models import FraudReport
from portal.overseas.costs.fraud_states import FraudSign
from portal.overseas.costs.payments_models import CostPayment
from portal.overseas.costs.states import PaidFor
from portal.overseas.models import OverseasCase, Programme
from portal.overseas.programmes.models import ProgrammeFact
from portal.overseas.programmes.round_models import Pool, PoolMember, ProgrammeRound
from portal.overseas.programmes.seed import load_programmes
from portal.overseas.states import CaseState, IncidentKind, Severity
from portal.overseas.support.models import SupportClaim, SupportLoan, SupportProof
from portal.overseas.support.states import Content, Fund, ProofKind
from portal.ranking.learning_models import RankingVersion
from portal.ranking.learning_states import VersionState
from portal.reference.models import BarReason, BarredArea
from portal.referrals.models import Referral
from portal.referrals.states import Origin, ReferralState
from portal.rosters.models import Roster
from portal.workers.consent_models import DuplicatePair, Merge
from portal.workers.states import ConsentChannel
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
    "switch": "on",
    "kind": "approval",
    "content": "language",
    "support.claim_step name": "withdraw",
    "support.loan_step step": "withdraw",
    "openings.step name": "close",
    "openings.terms part": "work",
    "openings.paper kind": "approval",
    "openings.untick field": "market",
    "referrals.step name": "ask",
    "programme": "eps",
    "slot": "skill",
    "programmes.new_row part": "facts",
    "programmes.end_row part": "facts",
    "programmes.member_step what": "roster",
    "abroad.after_return what": "residence",
    "abroad.figure_rows stage": "abroad",
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
        "area_id": BarredArea(
            country="LY", reason=BarReason.WAR, source="Công văn 1", valid_from=now().date(), created_at=now()
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
        "payment_id": CostPayment(
            worker_id=worker.id, opening_id=opening.id, kind=PaidFor.HEALTH, amount_vnd=900_000, paid_to="A",
            paid_on=today(), no_receipt=True, created_at=now(), created_by_id=account.id,
        ),
        "report_id": FraudReport(
            incident=Incident(
                kind=IncidentKind.FRAUD, severity=Severity.SERIOUS, text="Chuyện", due_on=today(),
                opened_at=now(),
            ),
            sign=FraudSign.MONEY, code_hash="2" * 64, code_expires_at=now(),
        ),
    }  # fmt: skip
    db.session.add_all(made.values())
    db.session.flush()
    made |= _programme_rows(worker, account)
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
    abroad = abroad_rows(worker, account)
    return {
        "document_id": document.id,
        **{name: row.id for name, row in made.items()},
        **a_class(organisation, account, worker),
        **support_of(account, worker, file, abroad["case_id"]),
        **abroad,
        "file_id": file.id,
        "roster_id": roster.id,
        "account_id": account.id,
        "organisation_id": organisation.id,
        "worker_id": worker.id,
        "opening_id": opening.id,
    }


def _programme_rows(worker: Any, account: Any) -> dict[str, Any]:
    """A programme as it is loaded, with a round, a pool and somebody in it."""
    load_programmes(db.session, now=now())
    programme = db.session.scalars(select(Programme).where(Programme.code == "eps")).one()
    fact = db.session.scalars(select(ProgrammeFact).where(ProgrammeFact.programme_id == programme.id)).first()
    one = db.session.scalars(
        select(ProgrammeRound).where(ProgrammeRound.programme_id == programme.id)
    ).first()
    pool = Pool(programme_id=programme.id, name="Lớp", created_by_id=account.id, created_at=now())
    db.session.add(pool)
    db.session.flush()
    member = PoolMember(
        pool_id=pool.id, worker_id=worker.id, joined_at=now(), consent_version="1", consent_sentence="…",
        consent_channel=ConsentChannel.DESK, consent_taken_by_id=account.id, consent_given_at=now(),
        keep_until=today(),
    )  # fmt: skip
    db.session.add(member)
    db.session.flush()
    return {
        "programme_id": programme, "row_id": fact, "round_id": one, "pool_id": pool, "member_id": member,
    }  # fmt: skip


def a_class(organisation: Any, account: Any, worker: Any) -> dict[str, int]:
    course = Course(
        kind=CourseKind.LANGUAGE, name="Tiếng Nhật", organisation_id=organisation.id, created_at=now(),
        created_by_id=account.id,
    )  # fmt: skip
    db.session.add(course)
    db.session.flush()
    made = CourseClass(
        course_id=course.id, name="Lớp 1", starts_on=today(), ends_on=today(), capacity=9, created_at=now(),
        created_by_id=account.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    there = Enrolment(class_id=made.id, worker_id=worker.id, enrolled_at=now(), enrolled_by_id=account.id)
    db.session.add(there)
    db.session.commit()
    return {"class_id": made.id, "enrolment_id": there.id}


def support_of(account: Any, worker: Any, file: Any, case_id: int) -> dict[str, int]:
    claim = SupportClaim(
        case_id=case_id, worker_id=worker.id, content=Content.VISA, fund=Fund.STATE, cost_vnd=1,
        claimed_on=today(), due_on=today(), entered_by_id=account.id,
    )  # fmt: skip
    claim.proofs = [
        SupportProof(kind=ProofKind.BILL, file_id=file.id, added_at=now(), added_by_id=account.id)
    ]
    loan = SupportLoan(
        case_id=case_id, worker_id=worker.id, asked_vnd=1, asked_on=today(), cost_vnd=1,
        entered_by_id=account.id, entered_at=now(),
    )  # fmt: skip
    db.session.add_all([claim, loan])
    db.session.commit()
    return {"claim_id": claim.id, "loan_id": loan.id, "proof_id": claim.proofs[0].id}


def abroad_rows(worker: Any, account: Any) -> dict[str, int]:
    """Somebody abroad, a word of theirs, what went wrong, and whom of the family we may call."""
    case = OverseasCase(
        worker_id=worker.id, state=CaseState.ABROAD, departed_on=today(), adviser_id=account.id,
        opened_at=now(), updated_at=now(),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    stay = begin_stay(case, departed_on=today(), country="JP", actor=account, now=now())
    word = CheckIn(stay_id=stay.id, at=now(), answer=Answer.OK, word_by=WordBy.LINK)
    db.session.add(word)
    told = Told(IncidentKind.WAGES, Severity.NORMAL, "Thiếu lương")
    incident = open_incident(told, case=case, actor=account, now=now())
    relative = Relative("Danh Sóc", "mẹ", "0901000333")
    channel = ConsentChannel.DESK
    family = give_family_contact(case, relative, [MayTell.WELL], channel=channel, actor=account, now=now())
    db.session.commit()
    return {
        "case_id": case.id, "check_in_id": word.id, "incident_id": incident.id,
        "family_contact_id": family.id,
    }  # fmt: skip


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
