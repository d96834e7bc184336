"""Support claims: asked, proved, decided by another, paid once. Whoever calls commits."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.courses.queries import days_attended
from portal.errors import Invalid, Refused
from portal.extensions import db
from portal.files.models import StoredFile
from portal.overseas.models import OverseasCase
from portal.overseas.support.entitled import Entitled, entitled, sheet_of
from portal.overseas.support.models import SupportClaim, SupportProof, SupportSheet
from portal.overseas.support.notices import tell_decided, tell_paid
from portal.overseas.support.rules import ALLOWANCES, Entitlement, amount
from portal.overseas.support.states import DECIDED_CLAIMS, LIVE_CLAIMS, ClaimState, Content, Fund, ProofKind
from portal.overseas.support.transitions import CLAIM_STEPS, TWO_PEOPLE, find
from portal.reference.calendar import load_calendar
from portal.workers.permissions import insist_case_staff
from portal.workers.states import LIVE_STATES

ONCE: dict[ClaimState, Any] = {
    ClaimState.PAID: _l("Nội dung này đã chi cho người này rồi. Mỗi nội dung chỉ được hỗ trợ một lần."),
    ClaimState.ELSEWHERE: _l("Nơi khác đã chi nội dung này. Mỗi nội dung chỉ được hỗ trợ một lần."),
    ClaimState.CLAIMED: _l("Nội dung này đã có một đề nghị đang chờ."),
    ClaimState.APPROVED: _l("Nội dung này đã được duyệt, đang chờ chi."),
}
MISSING: dict[str, Any] = {
    "eligible_training_days": _l("số ngày học được tính"),
    "lodging_months": _l("số tháng ở nơi học"),
    "distance_km": _l("nhà cách nơi học bao xa"),
    "in_programme_area": _l("nơi ở có thuộc chương trình giảm nghèo không"),
}


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """As they are asked at the desk."""

    eligible_training_days: int | None
    lodging_months: int | None
    distance_m: int | None
    in_hard_area: bool
    in_programme_area: bool | None
    is_upskilling: bool


def keep_facts(case: OverseasCase, facts: SheetFacts, *, actor: Account, now: dt.datetime) -> SupportSheet:
    insist_case_staff(actor)
    attended = days_attended(case.worker_id)
    if attended and (facts.eligible_training_days or 0) > attended:
        raise Invalid(
            _("Theo điểm danh, người này có mặt %(n)s ngày.", n=attended), field="eligible_training_days"
        )
    sheet = sheet_of(case)
    if sheet is None:
        sheet = SupportSheet(case_id=case.id)
        db.session.add(sheet)
    for name in SheetFacts.__slots__:
        setattr(sheet, name, getattr(facts, name))
    sheet.changed_at, sheet.changed_by_id = now, actor.id
    db.session.flush()
    record("support.facts", case, actor=actor, now=now)
    return sheet


def claim(
    case: OverseasCase,
    content: Content,
    fund: Fund,
    *,
    cost_vnd: int | None,
    note: str = "",
    actor: Account,
    now: dt.datetime,
) -> SupportClaim:
    insist_case_staff(actor)
    on = local_date(now)
    right = entitled(case, on=on, actor=actor, now=now).of(content, fund)
    if right is None:
        raise Refused(_("Người này không thuộc nhóm được hỗ trợ nội dung này từ nguồn tiền này."))
    if content not in ALLOWANCES and not cost_vnd:
        raise Invalid(_("Hãy ghi số tiền đã trả hoặc phải trả, theo hóa đơn."), field="cost_vnd")
    days = current_app.config["SUPPORT_DECISION_DAYS"]
    made = SupportClaim(
        case_id=case.id,
        worker_id=case.worker_id,
        content=content,
        fund=fund,
        state=ClaimState.CLAIMED,
        cost_vnd=cost_vnd or None,
        rule_source=right.source,
        rule_since=right.since,
        payable_until=_last_day(right),
        note=note.strip()[:300],
        claimed_on=on,
        entered_by_id=actor.id,
        due_on=load_calendar(db.session).add_working_days(on, days),
    )
    _add_once(made)
    record("support.claimed", made, actor=actor, now=now, content=content.value, fund=fund.value)
    return made


def _last_day(right: Entitlement) -> dt.date | None:
    """Money of a programme ends with its rules; the regular source pays what an old rule granted."""
    return right.until if right.fund is Fund.POVERTY else None


def declare_elsewhere(
    case: OverseasCase, content: Content, by: str, *, actor: Account, now: dt.datetime
) -> SupportClaim:
    """Another office has paid this content: then nobody pays it here."""
    insist_case_staff(actor)
    if not by.strip():
        raise Invalid(_("Hãy ghi nơi nào đã chi."), field="by")
    made = SupportClaim(
        case_id=case.id,
        worker_id=case.worker_id,
        content=content,
        fund=None,
        state=ClaimState.ELSEWHERE,
        elsewhere_by=by.strip()[:200],
        claimed_on=local_date(now),
        entered_by_id=actor.id,
    )
    _add_once(made)
    record("support.elsewhere", made, actor=actor, now=now, content=content.value)
    return made


def _add_once(made: SupportClaim) -> None:
    """The database holds it, whoever else writes at the same moment; the sentence is ours."""
    standing = standing_claim(made.worker_id, made.content)
    if standing is not None:
        raise Refused(ONCE[standing.state])
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError as error:
        raise Refused(ONCE[ClaimState.CLAIMED]) from error


def standing_claim(worker_id: int, content: Content) -> SupportClaim | None:
    return db.session.scalar(
        select(SupportClaim).where(
            SupportClaim.worker_id == worker_id,
            SupportClaim.content == content,
            SupportClaim.state.in_(LIVE_CLAIMS),
        )
    )


def add_proof(
    made: SupportClaim, kind: ProofKind, stored: StoredFile, *, actor: Account, now: dt.datetime
) -> SupportProof:
    insist_case_staff(actor)
    find(CLAIM_STEPS, "prove", made.state)
    proof = SupportProof(claim_id=made.id, kind=kind, file_id=stored.id, added_at=now, added_by_id=actor.id)
    db.session.add(proof)
    db.session.flush()
    record("support.proved", made, actor=actor, now=now, kind=kind.value)
    return proof


@dataclass(frozen=True)
class Worth:
    """What can be decided about a claim now: the most, or why nothing can be said."""

    right: Entitlement | None
    most_vnd: int | None
    why_not: str = ""


def worth(made: SupportClaim, shown: Entitled) -> Worth:
    """By the rules of the day of asking; `shown` is read for that day."""
    right = shown.of(made.content, made.fund) if made.fund is not None else None
    if right is None:
        return Worth(None, None, str(_("Không đọc được nhóm ưu tiên, hoặc người này không còn thuộc nhóm.")))
    if not right.is_known:
        return Worth(
            right, None, str(_("Chưa rõ mức cho nội dung này. Lãnh đạo ghi quy định mới rồi duyệt."))
        )
    if right.missing:
        names = ", ".join(str(MISSING[fact]) for fact in right.missing)
        return Worth(right, None, str(_("Còn phải ghi: %(names)s.", names=names)))
    return Worth(right, amount(right, made.cost_vnd))


def approve(
    made: SupportClaim, amount_vnd: int | None, *, reason: str = "", actor: Account, now: dt.datetime
) -> None:
    """`made` is locked. Never above what the rule of the day of asking gives for the stated cost."""
    insist_case_staff(actor)
    _insist_another(made, "approve", actor)
    _insist_still_theirs(made)
    has_bill = any(proof.kind is ProofKind.BILL for proof in made.proofs)
    if not has_bill and made.content not in ALLOWANCES:
        raise Refused(_("Chưa có hóa đơn, biên lai. Hãy thêm giấy tờ rồi duyệt."))
    found = worth(made, entitled(made.case, on=made.claimed_on, actor=actor, now=now))
    if found.right is None or found.most_vnd is None:
        raise Refused(found.why_not)
    given = found.most_vnd if amount_vnd is None else amount_vnd
    if given > found.most_vnd:
        raise Invalid(
            _("Nhiều nhất là %(sum)s đồng, theo %(source)s.", sum=_figures(found.most_vnd),
              source=found.right.source),
            field="amount_vnd",
        )  # fmt: skip
    if given < found.most_vnd and not reason.strip():
        raise Invalid(_("Duyệt ít hơn mức được hưởng: hãy ghi vì sao."), field="reason")
    if given <= 0:
        raise Invalid(_("Không chi gì thì bấm “Không duyệt” và ghi vì sao."), field="amount_vnd")
    made.ceiling_vnd, made.amount_vnd = found.right.most_vnd, given
    made.rule_source, made.rule_since = found.right.source, found.right.since
    _decide(made, ClaimState.APPROVED, reason, actor, now)


def refuse(made: SupportClaim, *, reason: str, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    _insist_another(made, "refuse", actor)
    if not reason.strip():
        raise Invalid(_("Hãy ghi vì sao: người này sẽ đọc."), field="reason")
    _decide(made, ClaimState.REFUSED, reason, actor, now)


def _insist_another(made: SupportClaim, name: str, actor: Account) -> None:
    step = find(CLAIM_STEPS, name, made.state)
    if step.by_another and made.entered_by_id == actor.id:
        raise Refused(TWO_PEOPLE)


def _insist_still_theirs(made: SupportClaim) -> None:
    """After a merge a content that stood with both stays with each: only the kept profile's is paid."""
    if made.worker.state not in LIVE_STATES:
        raise Refused(
            _("Hồ sơ này đã gộp vào hồ sơ khác hoặc không còn dùng, nên không duyệt, không chi ở đây nữa.")
        )


def _decide(made: SupportClaim, state: ClaimState, reason: str, actor: Account, now: dt.datetime) -> None:
    made.state, made.decision_reason = state, reason.strip()[:300]
    made.decided_on, made.decided_by_id = local_date(now), actor.id
    db.session.flush()
    record(f"support.{state.value}", made, actor=actor, now=now)
    tell_decided(made, now=now)


def pay(made: SupportClaim, paid_on: dt.date, number: str, *, actor: Account, now: dt.datetime) -> None:
    """`made` is locked: a second payment finds it paid."""
    insist_case_staff(actor)
    find(CLAIM_STEPS, "pay", made.state)
    _insist_still_theirs(made)
    today = local_date(now)
    if paid_on > today:
        raise Invalid(_("Ngày chi không thể sau hôm nay."), field="paid_on")
    if made.decided_on is not None and paid_on < made.decided_on:
        raise Invalid(_("Ngày chi không thể trước ngày duyệt."), field="paid_on")
    if made.payable_until is not None and paid_on > made.payable_until:
        day = f"{made.payable_until:%d/%m/%Y}"
        raise Refused(_("Nguồn tiền này chỉ được chi đến hết %(day)s.", day=day), field="paid_on")
    if not number.strip():
        raise Invalid(_("Hãy ghi số phiếu chi hoặc số giao dịch."), field="number")
    made.state, made.paid_on, made.paid_by_id = ClaimState.PAID, paid_on, actor.id
    made.payment_number = number.strip()[:60]
    db.session.flush()
    record("support.paid", made, actor=actor, now=now)
    tell_paid(made, now=now)


def withdraw(made: SupportClaim, *, reason: str, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    find(CLAIM_STEPS, "withdraw", made.state)
    if not reason.strip():
        raise Invalid(_("Hãy ghi vì sao."), field="reason")
    made.state, made.note = ClaimState.WITHDRAWN, reason.strip()[:300]
    db.session.flush()
    record("support.withdrawn", made, actor=actor, now=now)


def decided_sum(case: OverseasCase) -> int:
    """What the budget has paid or decided to pay in this case: it lowers what can be borrowed."""
    query = select(func.coalesce(func.sum(SupportClaim.amount_vnd), 0)).where(
        SupportClaim.case_id == case.id, SupportClaim.state.in_(DECIDED_CLAIMS)
    )
    return int(db.session.scalar(query) or 0)


def _figures(number: int) -> str:
    return f"{number:,}".replace(",", ".")
