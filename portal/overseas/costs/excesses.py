"""More was taken than the law lets anybody take: one incident a line, with an owner, while it is open."""

import datetime as dt
from collections.abc import Callable, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.extensions import db
from portal.openings.models import Opening
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.costs.payment_queries import Payments, case_of
from portal.overseas.costs.payments_models import CostExcess, CostPayment
from portal.overseas.costs.reckoning import EXCESSES, TOO_EARLY, PaidLine, PaidVerdict, compare, sheet
from portal.overseas.costs.side import Reader
from portal.overseas.costs.states import PaidFor
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState, IncidentKind, IncidentState, Severity
from portal.web.templating import show_money
from portal.workers.models import Worker

# Up to here no sending contract was signed; who ended may have signed before.
BEFORE_CONTRACT = tuple(CaseState)[: tuple(CaseState).index(CaseState.CONTRACT)]


def signed(case: OverseasCase | None) -> bool | None:
    """Whether the sending contract was signed; None where no case says so."""
    if case is None:
        return None
    if case.contract_signed_on is not None:
        return True
    return None if case.state is CaseState.ENDED else case.state not in BEFORE_CONTRACT


def paid_early(kind: PaidFor, payments: Sequence[CostPayment], case: OverseasCase | None) -> int:
    """What was paid of a fee or a deposit before the sending contract was signed, whenever it was noted."""
    is_signed = signed(case)
    if case is None or is_signed is None or kind not in TOO_EARLY:
        return 0
    day = case.contract_signed_on
    return sum(one.amount_vnd for one in payments if not is_signed or (day is not None and one.paid_on < day))


ReaderOf = Callable[[dt.date], Reader]


def compared(
    kind: PaidFor,
    payments: Sequence[CostPayment],
    opening: Opening | None,
    case: OverseasCase | None,
    reader_of: ReaderOf = Reader,
) -> PaidLine:
    """All that stands noted for one line, beside the sheet and the law of the day it was last paid for."""
    paid = sum(one.amount_vnd for one in payments)
    if not payments:
        return PaidLine(kind, 0, None, None, PaidVerdict.AS_STATED, 0)
    reader = reader_of(max(one.paid_on for one in payments))
    line = None if opening is None else sheet(reader.side_of(opening)).line(kind)
    return compare(kind, paid, line, reader.limit_of(opening, kind), early=paid_early(kind, payments, case))


def look_for_excess(
    worker: Worker, opening_id: int | None, kind: PaidFor, *, actor: Account | None, now: dt.datetime
) -> CostExcess | None:
    """After each change of the line. Told once: again only when it grew after the incident was closed."""
    db.session.execute(select(Worker.id).where(Worker.id == worker.id).with_for_update())
    opening = None if opening_id is None else db.session.get_one(Opening, opening_id)
    case = case_of(worker, opening_id)
    payments = Payments().of_worker(worker).standing().for_line(opening_id, kind).newest_first().all()
    found = compared(kind, payments, opening, case)
    excess = _kept(worker, opening_id, kind)
    if excess is not None:
        excess.paid_vnd, excess.excess_vnd = found.paid, found.excess
    if found.verdict in EXCESSES and found.excess > 0:
        if excess is None:
            excess = CostExcess(worker_id=worker.id, opening_id=opening_id, kind=kind, found_at=now)
            _tell(excess, found, worker, opening, case, actor, now)
            db.session.add(excess)
        elif excess.incident.state is IncidentState.CLOSED and found.excess > excess.told_vnd:
            _tell(excess, found, worker, opening, case, actor, now)
    db.session.flush()
    return excess


def _kept(worker: Worker, opening_id: int | None, kind: PaidFor) -> CostExcess | None:
    of_opening = (
        CostExcess.opening_id.is_(None) if opening_id is None else CostExcess.opening_id == opening_id
    )
    return db.session.scalars(
        select(CostExcess).where(CostExcess.worker_id == worker.id, of_opening, CostExcess.kind == kind)
    ).one_or_none()


def _tell(
    excess: CostExcess,
    found: PaidLine,
    worker: Worker,
    opening: Opening | None,
    case: OverseasCase | None,
    actor: Account | None,
    now: dt.datetime,
) -> None:
    sure = found.verdict is PaidVerdict.TOO_EARLY or (found.maximum is not None and found.maximum.verified)
    with force_locale("vi"):
        text = excess_words(found, opening)
    told = Told(
        kind=IncidentKind.OVERCHARGED,
        # A limit that nobody has verified is looked at, too; it is less sure that somebody did wrong.
        severity=Severity.SERIOUS if sure else Severity.NORMAL,
        text=text,
        worker_id=worker.id,
        organisation_id=None if opening is None else opening.organisation_id,
        opening_id=None if opening is None else opening.id,
    )
    excess.incident = open_incident(told, case=case, actor=actor, now=now)
    excess.paid_vnd, excess.excess_vnd, excess.told_vnd = found.paid, found.excess, found.excess
    excess.source = found.maximum.source[:200] if found.maximum is not None else ""


def excess_words(found: PaidLine, opening: Opening | None) -> str:
    """Who reads it knows the line, the sums and the rule; the person stands beside it."""
    about = opening.title if opening is not None else _("việc không có ở đây")
    if found.verdict is PaidVerdict.TOO_EARLY:
        early: str = _(
            "%(about)s. %(line)s: người lao động ghi đã trả %(paid)s khi hồ sơ chưa đến bước ký hợp đồng.",
            about=about, line=found.kind.label, paid=show_money(found.excess),
        )  # fmt: skip
        return early
    maximum = found.maximum
    unverified = maximum is not None and not maximum.verified
    words: str = _(
        "%(about)s. %(line)s: người lao động ghi đã trả %(paid)s, mức tối đa là %(most)s, vượt %(over)s "
        "(%(source)s).",
        about=about, line=found.kind.label, paid=show_money(found.paid),
        most=show_money(maximum.amount if maximum is not None else None), over=show_money(found.excess),
        source=maximum.source if maximum is not None else "",
    )  # fmt: skip
    doubt = _("Mức này chưa kiểm chứng.")
    return f"{words} {doubt}" if unverified else words
