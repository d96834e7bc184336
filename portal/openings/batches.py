"""One import is one batch: committed whole, and withdrawn as far as nobody has touched it."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import delete, select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.openings.columns import Mapping
from portal.openings.importing import RowRead
from portal.openings.models import ImportBatch, Opening, OpeningStep
from portal.openings.operations import facts_of, log, submit
from portal.openings.queries import Openings
from portal.openings.rules import lacks
from portal.openings.screening import Screener
from portal.openings.states import OpeningState
from portal.openings.terms_models import CheckedValue
from portal.openings.writing import create
from portal.organisations.models import Organisation


@dataclass
class Receipt:
    """What became of a file."""

    batch: ImportBatch
    drafts: int = 0
    submitted: int = 0
    left_out: int = 0


@dataclass
class Withdrawal:
    removed: int = 0
    # Openings that somebody has worked on since: they stay.
    kept: list[Opening] = field(default_factory=list)


def live_batch_of(content: bytes) -> ImportBatch | None:
    """The batch that this very file already became, so that a double click imports once."""
    digest = hashlib.sha256(content).hexdigest()
    return db.session.scalars(
        select(ImportBatch).where(ImportBatch.sha256 == digest, ImportBatch.withdrawn_at.is_(None)).limit(1)
    ).one_or_none()


def commit_batch(
    rows: Sequence[RowRead],
    mapping: Mapping,
    *,
    content: bytes,
    filename: str,
    actor: Account | None,
    now: dt.datetime,
) -> Receipt:
    """Drafts of every row without an error; complete ones wait for a moderator. None is public at once."""
    if actor is not None and not actor.is_staff:
        raise NotAllowed
    earlier = live_batch_of(content)
    if earlier is not None:
        raise Refused(
            _(
                "Tệp này đã được nhập rồi (lần nhập số %(n)s). Muốn nhập lại, hãy rút lần đó trước.",
                n=earlier.id,
            )
        )
    batch = ImportBatch(
        filename=filename[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        columns=mapping.names(),
        rows=0,
        created_by_id=actor.id if actor else None,
        created_at=now,
    )
    db.session.add(batch)
    db.session.flush()
    receipt = Receipt(batch)
    organisations = _organisations(rows)
    screener = Screener(local_date(now))
    for row in rows:
        organisation = organisations.get(row.organisation_id or 0)
        if row.errors or organisation is None:
            receipt.left_out += 1
            continue
        _keep_row(row, organisation, receipt, screener, actor, now)
    batch.rows = receipt.drafts + receipt.submitted
    if not batch.rows:
        raise Refused(_("Không có dòng nào nhập được. Hãy xem lỗi của từng dòng."))
    db.session.flush()
    record("opening_batch.imported", batch, actor=actor, now=now, rows=batch.rows)
    return receipt


def _organisations(rows: Sequence[RowRead]) -> dict[int, Organisation]:
    ids = {row.organisation_id for row in rows if row.organisation_id is not None}
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))
    return {organisation.id: organisation for organisation in found}


def _keep_row(
    row: RowRead,
    organisation: Organisation,
    receipt: Receipt,
    screener: Screener,
    actor: Account | None,
    now: dt.datetime,
) -> None:
    values = dict(row.values)
    if not values["contact_phone"] and not values["contact_email"]:
        values |= {"contact_phone": organisation.phone, "contact_email": organisation.email}
    values |= {"batch_id": receipt.batch.id, "batch_row": row.number}
    note = " ".join(row.notes)
    opening = create(organisation, values, row.needs, actor=actor, now=now, note=note, screener=screener)
    if lacks(facts_of(opening), local_date(now)):
        receipt.drafts += 1
    else:
        _submit(opening, actor, now)
        receipt.submitted += 1


def _submit(opening: Opening, actor: Account | None, now: dt.datetime) -> None:
    if actor is not None:
        submit(opening, actor=actor, now=now)
        return
    # A command has no account behind it; the step stands in the log without a name.
    before, opening.state, opening.submitted_at = opening.state, OpeningState.SUBMITTED, now
    db.session.flush()
    log(opening, "submit", before, None, now)


def withdraw_batch(batch: ImportBatch, *, actor: Account | None, now: dt.datetime) -> Withdrawal:
    """Take back what the import made and nobody has changed, submitted or published since."""
    if actor is not None and not actor.is_staff:
        raise NotAllowed
    if batch.withdrawn_at is not None:
        raise Refused(_("Lần nhập này đã được rút rồi."))
    outcome = Withdrawal()
    for opening in db.session.scalars(Openings().of_batch(batch).order_by(Opening.id).locked()):
        if _is_untouched(opening):
            for kept in (OpeningStep, CheckedValue):
                db.session.execute(delete(kept).where(kept.opening_id == opening.id))
            db.session.delete(opening)
            outcome.removed += 1
        else:
            outcome.kept.append(opening)
    batch.withdrawn_at = now
    batch.withdrawn_by_id = actor.id if actor else None
    db.session.flush()
    record("opening_batch.withdrawn", batch, actor=actor, now=now, removed=outcome.removed)
    return outcome


def _is_untouched(opening: Opening) -> bool:
    return opening.published_at is None and opening.updated_at == opening.created_at
