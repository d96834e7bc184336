"""What a programme tells of a case: the stages it uses, the papers it needs, and what plainly bars a person.

As its rows stood on the day the case was opened: a later change is for later cases.
"""

from collections.abc import Collection, Iterator, Sequence

from portal.common.clock import local_date
from portal.overseas.cases import documents_needed
from portal.overseas.cases import stages as case_stages
from portal.overseas.cases.documents_needed import BASE, NeededDocument, any_row_of, listed
from portal.overseas.cases.gates import Question, register
from portal.overseas.cases.states import DocumentKind
from portal.overseas.cases.transitions import Missing, Need
from portal.overseas.models import OverseasCase
from portal.overseas.programmes.models import ProgrammeDocument
from portal.overseas.programmes.people import checks_of, standing
from portal.overseas.programmes.queries import documents_of, of_programme, stages_of
from portal.overseas.programmes.rules import Answer, Point
from portal.overseas.programmes.sentences import ban_line, line_of
from portal.overseas.programmes.states import DocumentNeed, Verdict
from portal.overseas.states import CaseState

# The programme's word for a paper, and the case's.
KINDS = {
    "application": DocumentKind.APPLICATION,
    "cv": DocumentKind.CV,
    "citizen-id": DocumentKind.CITIZEN_CARD,
    "passport": DocumentKind.PASSPORT,
    "health": DocumentKind.HEALTH_CERTIFICATE,
    "orientation": DocumentKind.ORIENTATION,
    "judicial": DocumentKind.JUDICIAL_RECORD,
    "diploma": DocumentKind.DIPLOMA,
    "language": DocumentKind.LANGUAGE_RESULT,
    "skill": DocumentKind.SKILL_RESULT,
    "contract": DocumentKind.LABOUR_CONTRACT,
    "sending-contract": DocumentKind.SENDING_CONTRACT,
    "visa": DocumentKind.VISA,
    "deposit": DocumentKind.DEPOSIT_RECEIPT,
    "fund": DocumentKind.FUND_RECEIPT,
    "insurance": DocumentKind.INSURANCE,
    "family": DocumentKind.FAMILY_COMMITMENT,
    "support": DocumentKind.SUPPORT_PROOF,
}
# The worker's file and the fund (Law 69/2020, Article 45; Decision 40/2021, Article 8): a row of a programme
# that says otherwise is a slip.
LAW_S_OWN = (
    DocumentKind.APPLICATION, DocumentKind.CV, DocumentKind.HEALTH_CERTIFICATE, DocumentKind.ORIENTATION,
    DocumentKind.LABOUR_CONTRACT, DocumentKind.FUND_RECEIPT,
)  # fmt: skip


@case_stages.told_by
def stages(case: OverseasCase) -> Collection[CaseState] | None:
    if case.programme is None:
        return None
    return stages_of(case.programme, local_date(case.opened_at))


@documents_needed.told_by
def papers(case: OverseasCase) -> Sequence[NeededDocument] | None:
    """None where nothing is said of the programme: the list of the file counts."""
    if case.programme is None:
        return None
    rows = documents_of(case.programme, local_date(case.opened_at))
    if not rows:
        return None
    asked = [row for row in rows if row.need is DocumentNeed.REQUIRED and row.slot in KINDS]
    needed = [_needed(row, case.programme.code) for row in asked]
    kinds = {one.kind for one in needed}
    return [*needed, *(one for one in listed(BASE) if one.kind in LAW_S_OWN and one.kind not in kinds)]


def _needed(row: ProgrammeDocument, code: str) -> NeededDocument:
    """The base of the law stands as it is; what a programme adds stops nobody before it is verified."""
    kind = KINDS[row.slot]
    base = next((one for one in listed(BASE) if one.kind is kind), None)
    if base is not None:
        return base
    usual = next((one for one in listed(code) if one.kind is kind), None) or any_row_of(kind)
    return NeededDocument(
        kind,
        usual.needed_by,
        expires=usual.expires,
        for_sender=usual.for_sender,
        rule=usual.rule,
        certain=row.verified,
        source=row.source,
        months=row.valid_months if not usual.rule else None,
    )


def is_eligible(asked: Question) -> Iterator[Missing]:
    """Only a plain no stops: what can still be learned or fetched comes on the way. A no by a row that nobody
    has verified asks for a reason. Body and police record are asked apart, with their own consent.
    """
    programme, worker = asked.case.programme, asked.case.worker
    if programme is None:
        return
    shown = of_programme(programme, asked.on)
    found = standing(shown, worker, checks_of([worker.id])[worker.id], for_list=True)
    for point in found.points:
        said = _barring(point)
        if said is not None:
            line = line_of(said)
            yield Missing(f"{line.title}: {line.because}", line.source, passable=said.ask)
    for ban in found.bans:
        if ban.verdict is not Verdict.YES:
            yield Missing(ban_line(ban).title, ban.source, passable=ban.verdict is not Verdict.NO)


def _barring(point: Point) -> Answer | None:
    """The answer that stands in the way where none of those that would do is met or still possible."""
    if all(one.verdict is Verdict.NO or one.ask for one in point.answers):
        return point.answers[0]
    return None


register(Need.ELIGIBLE, is_eligible)
