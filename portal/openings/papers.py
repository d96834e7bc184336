"""The approval and the supply contract of an overseas opening: private files, one of each at a time."""

import datetime as dt
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.models import Account
from portal.audit.operations import record
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import store_scan
from portal.openings.checked_values import clear
from portal.openings.models import Opening
from portal.openings.permissions import may_author
from portal.openings.queries import asker
from portal.openings.states import EDITABLE_STATES, Sphere
from portal.openings.terms_models import CheckedValue, OpeningPaper
from portal.openings.terms_states import PaperKind
from portal.openings.writing import back_to_checking


def live_papers(opening: Opening) -> dict[PaperKind, OpeningPaper]:
    """The one of each kind that stands now, with its file and who attached it; one query."""
    query = (
        select(OpeningPaper)
        .where(OpeningPaper.opening_id == opening.id, OpeningPaper.removed_at.is_(None))
        .options(joinedload(OpeningPaper.file), joinedload(OpeningPaper.added_by))
        .order_by(OpeningPaper.id)
    )
    return {paper.kind: paper for paper in db.session.scalars(query)}


def attach(
    opening: Opening,
    kind: PaperKind,
    content: bytes,
    filename: str,
    *,
    folder: Path,
    actor: Account,
    now: dt.datetime,
) -> OpeningPaper:
    """A new paper takes the place of the old one; what was compared with the old one is compared again."""
    insist_may_attach(opening, actor)
    stored = store_scan(content, filename, folder=folder, actor=actor, now=now)
    return put(opening, kind, stored, actor=actor, now=now)


def insist_may_attach(opening: Opening, actor: Account) -> None:
    if not may_author(asker(actor), opening.organisation_id):
        raise NotAllowed
    if opening.sphere is not Sphere.OVERSEAS:
        raise Refused(_("Chỉ tin đi làm việc ở nước ngoài mới có giấy tờ này."))
    if opening.state not in EDITABLE_STATES:
        raise Refused(_("Tin này đã kết thúc, không sửa được nữa. Bạn có thể mở lại thành bản nháp."))


def put(
    opening: Opening, kind: PaperKind, stored: StoredFile, *, actor: Account, now: dt.datetime
) -> OpeningPaper:
    old = live_papers(opening).get(kind)
    if old is not None:
        old.removed_at, old.removed_by_id = now, actor.id
        for row in db.session.scalars(select(CheckedValue).where(CheckedValue.paper_id == old.id)):
            clear(row)
        db.session.flush()
    paper = OpeningPaper(opening_id=opening.id, kind=kind, file=stored, added_by=actor, added_at=now)
    db.session.add(paper)
    opening.updated_at = now
    db.session.flush()
    record("opening.paper_attached", opening, actor=actor, now=now, kind=kind.value, replaced=old is not None)
    back_to_checking(opening, actor=actor, now=now)
    return paper
