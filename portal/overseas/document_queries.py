"""The papers of a case."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.overseas.case_states import DocumentKind, DocumentState
from portal.overseas.document_models import CaseDocument
from portal.overseas.models import OverseasCase

PROFILE = "profile"
# Body, courts, family and purse: an embassy may ask the person for them, a receiver gets none from us.
KEPT_BACK = {
    DocumentKind.HEALTH_CERTIFICATE,
    DocumentKind.JUDICIAL_RECORD,
    DocumentKind.FAMILY_COMMITMENT,
    DocumentKind.SUPPORT_PROOF,
    DocumentKind.DEPOSIT_RECEIPT,
    DocumentKind.OTHER,
}


def papers_of(case: OverseasCase) -> list[CaseDocument]:
    """Oldest first, without those that a newer one has replaced."""
    query = select(CaseDocument).where(
        CaseDocument.case_id == case.id, CaseDocument.state != DocumentState.REPLACED
    )
    return list(db.session.scalars(query.order_by(CaseDocument.id).options(joinedload(CaseDocument.file))))


def sendable(case: OverseasCase) -> list[tuple[str, Any]]:
    """The particulars, and the papers that were checked, without those that are nobody's business abroad."""
    checked = {paper.kind for paper in papers_of(case) if paper.state is DocumentState.CHECKED} - KEPT_BACK
    papers = [(kind.value, kind.label) for kind in DocumentKind if kind in checked]
    return [(PROFILE, _l("Hồ sơ cá nhân")), *papers]
