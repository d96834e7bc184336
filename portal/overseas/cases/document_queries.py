"""The papers of a case."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.states import DocumentState
from portal.overseas.models import OverseasCase


def papers_of(case: OverseasCase) -> list[CaseDocument]:
    """Oldest first, without those that a newer one has replaced."""
    query = select(CaseDocument).where(
        CaseDocument.case_id == case.id, CaseDocument.state != DocumentState.REPLACED
    )
    return list(db.session.scalars(query.order_by(CaseDocument.id).options(joinedload(CaseDocument.file))))
