"""Papers of a case: added by the person or at the desk, looked at by the adviser."""

import datetime as dt
import uuid
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.secrets import seal, unseal
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import remove_content
from portal.overseas.cases import notices
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.documents_needed import NeededDocument, needed_in
from portal.overseas.cases.moves import lock
from portal.overseas.cases.permissions import party_in
from portal.overseas.cases.states import RUNNING, DocumentKind, DocumentState
from portal.overseas.cases.transitions import Party
from portal.overseas.models import OverseasCase
from portal.reference.rules import on as rule_on
from portal.referrals.deadlines import add_months
from portal.web.templating import show_date

ADDERS = (Party.PERSON, Party.STAFF)
# Nobody was born with a paper, and nothing is valid for longer than a life.
OLDEST, FARTHEST = dt.timedelta(days=80 * 366), dt.timedelta(days=60 * 366)


def add(
    case: OverseasCase,
    kind: DocumentKind,
    file: StoredFile | None,
    *,
    number: str = "",
    issued_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    actor: Account,
    now: dt.datetime,
) -> CaseDocument:
    """The person sends a picture of it; staff may also have seen it on paper. It waits to be checked."""
    party = party_in(case, actor)
    if party not in ADDERS:
        raise NotAllowed
    if lock(case).state not in RUNNING:
        raise Refused(_("Hồ sơ này đã dừng, không nhận thêm giấy tờ."))
    if file is None and party is Party.PERSON:
        raise Invalid(_("Hãy chụp hoặc chọn ảnh của giấy này."), field="file")
    insist_dates(issued_on, expires_on, local_date(now))
    for older in _unchecked(case, kind):
        older.state = DocumentState.REPLACED
    document = CaseDocument(
        uid=uuid.uuid4().hex,
        case=case,
        kind=kind,
        state=DocumentState.WAITING,
        issued_on=issued_on,
        expires_on=last_valid_day(case, kind, issued_on, expires_on),
        file=file,
        added_by_id=actor.id,
        added_at=now,
    )
    put_number(document, number)
    db.session.add(document)
    db.session.flush()
    record("case_document.added", document, actor=actor, now=now, case_id=case.id, kind=kind.value)
    return document


def judge(
    document: CaseDocument,
    problem: str = "",
    *,
    number: str | None = None,
    issued_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    actor: Account,
    now: dt.datetime,
) -> CaseDocument:
    """Staff compared it with the original: in order with its dates, or to be handed in again and why."""
    case = document.case
    if party_in(case, actor) is not Party.STAFF:
        raise NotAllowed
    lock(case)
    db.session.refresh(document)
    if document.state is DocumentState.REPLACED:
        raise Refused(_("Đã có giấy mới hơn thay giấy này."))
    insist_dates(issued_on, expires_on, local_date(now))
    document.judged_by_id, document.judged_at = actor.id, now
    document.issued_on, document.return_reason = issued_on, problem.strip()
    document.expires_on = last_valid_day(case, document.kind, issued_on, expires_on)
    if number is not None:
        put_number(document, number)
    if problem.strip():
        document.state = DocumentState.RETURNED
    else:
        _accept(document, local_date(now))
    db.session.flush()
    record(
        "case_document.judged",
        document,
        actor=actor,
        now=now,
        case_id=case.id,
        kind=document.kind.value,
        state=document.state.value,
    )
    if document.state is DocumentState.RETURNED:
        notices.tell_returned(document, now=now)
    return document


def _accept(document: CaseDocument, on: dt.date) -> None:
    needed = needed_kind(document.case, document.kind)
    if needed is not None and needed.expires and document.expires_on is None:
        raise Invalid(_need_a_day(needed), field="expires_on")
    if document.expires_on is not None and document.expires_on < on:
        raise Invalid(
            _(
                "Giấy này hết hạn ngày %(day)s rồi: hãy trả lại để nộp giấy mới.",
                day=show_date(document.expires_on),
            ),
            field="expires_on",
        )
    document.state = DocumentState.CHECKED
    if document.kind is DocumentKind.OTHER:
        return
    for older in standing(document.case, document.kind):
        if older.id < document.id:
            older.state = DocumentState.REPLACED


def _need_a_day(needed: NeededDocument) -> str:
    if needed.rule or needed.months:
        either: str = _("Hãy ghi ngày cấp, hoặc ngày hết hạn nếu trên giấy có ghi.")
        return either
    only: str = _("Hãy ghi ngày hết hạn trên giấy.")
    return only


def last_valid_day(
    case: OverseasCase, kind: DocumentKind, issued_on: dt.date | None, expires_on: dt.date | None
) -> dt.date | None:
    """What stands on the paper, or what its day and the rule of that day give; the earlier of the two."""
    needed = needed_kind(case, kind)
    months = _months_valid(needed, issued_on) if needed is not None and issued_on is not None else None
    if months is None or issued_on is None:
        return expires_on
    by_rule = add_months(issued_on, months)
    return by_rule if expires_on is None else min(expires_on, by_rule)


def _months_valid(needed: NeededDocument, issued_on: dt.date) -> int | None:
    if not needed.rule:
        return needed.months
    rule = rule_on(db.session, needed.rule, issued_on)
    return rule.whole if rule is not None else None


def needed_kind(case: OverseasCase, kind: DocumentKind) -> NeededDocument | None:
    return next((one for one in needed_in(case) if one.kind is kind), None)


def insist_dates(issued_on: dt.date | None, expires_on: dt.date | None, on: dt.date) -> None:
    if issued_on is not None and not on - OLDEST < issued_on <= on:
        raise Invalid(_("Hãy xem lại ngày cấp: ngày này không thể đúng."), field="issued_on")
    if expires_on is not None and not on - OLDEST < expires_on < on + FARTHEST:
        raise Invalid(_("Hãy xem lại ngày hết hạn: ngày này không thể đúng."), field="expires_on")
    if issued_on is not None and expires_on is not None and expires_on < issued_on:
        raise Invalid(
            _("Ngày hết hạn không thể trước ngày cấp, %(day)s.", day=show_date(issued_on)), field="expires_on"
        )


# --- the number, sealed ----------------------------------------------------------------------------------


def put_number(document: CaseDocument, number: str) -> None:
    number = " ".join(number.split())
    if len(number) > 60:
        raise Invalid(_("Số giấy tờ dài quá."), field="number")
    document.number_sealed = (
        seal(current_app.config["SEAL_KEY"], number, _bound(document)) if number else None
    )


def read_number(document: CaseDocument, *, actor: Account) -> str:
    """For the person and the staff of the case; who shows it to staff records the look."""
    if party_in(document.case, actor) not in ADDERS:
        raise NotAllowed
    return unsealed(document)


def unsealed(document: CaseDocument) -> str:
    if document.number_sealed is None:
        return ""
    return unseal(current_app.config["SEAL_KEY"], document.number_sealed, _bound(document))


def _bound(document: CaseDocument) -> str:
    return f"case_document:{document.uid}"


# --- what goes when the person goes ----------------------------------------------------------------------


def empty(case: OverseasCase, *, folder: Path) -> None:
    """Numbers, pictures and why one came back go; that there was a paper stays as history."""
    for document in db.session.scalars(select(CaseDocument).where(CaseDocument.case_id == case.id)):
        document.number_sealed, document.state, document.return_reason = None, DocumentState.REPLACED, ""
        if document.file is not None:
            remove_content(document.file, folder=folder)
            document.file = None
    db.session.flush()


def standing(case: OverseasCase, kind: DocumentKind) -> list[CaseDocument]:
    query = select(CaseDocument).where(
        CaseDocument.case_id == case.id,
        CaseDocument.kind == kind,
        CaseDocument.state != DocumentState.REPLACED,
    )
    return list(db.session.scalars(query.order_by(CaseDocument.id)))


def _unchecked(case: OverseasCase, kind: DocumentKind) -> list[CaseDocument]:
    """Papers of the kind "other" stand beside each other; of every other kind only one waits."""
    if kind is DocumentKind.OTHER:
        return []
    return [one for one in standing(case, kind) if one.state is not DocumentState.CHECKED]
