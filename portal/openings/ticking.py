"""Comparing an overseas opening with its papers, and letting a warning pass: each with who and when."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.openings.check.findings import Finding, Verdict
from portal.openings.checked_values import Value, clear, rows_of, values_of
from portal.openings.models import Opening
from portal.openings.papers import live_papers
from portal.openings.permissions import may_moderate
from portal.openings.queries import asker
from portal.openings.standing import Standing, written
from portal.openings.terms_facts import facts_of
from portal.openings.terms_models import CheckedValue, OpeningPaper, WarningOverride
from portal.openings.terms_states import PaperKind

SHORTEST_REASON = 10


def tick(
    opening: Opening,
    fields: Collection[str],
    *,
    seen: Mapping[str, str] | None = None,
    actor: Account,
    now: dt.datetime,
) -> list[str]:
    """These values stand in the paper just as the opening says. Never by who entered them.

    `seen`: field → `mark` of what the moderator had before them. A value or a paper that was changed
    meanwhile has been compared by nobody.
    """
    _insist_moderator(opening, actor)
    papers = live_papers(opening)
    chosen = [
        value for value in values_of(opening, facts_of(opening, local_date(now))) if value.field in fields
    ]
    if not chosen:
        raise Refused(_("Hãy đánh dấu ít nhất một mục đã đối chiếu."))
    own = [str(value.label) for value in chosen if value.entered_by(actor)]
    if own:
        names = ", ".join(own)
        raise Refused(_("Bạn đã ghi các mục này, nên người khác phải đối chiếu: %(names)s.", names=names))
    if seen is not None:
        _insist_unchanged(chosen, papers, seen)
    for value in chosen:
        paper = papers.get(value.paper)
        if paper is None:
            raise Refused(_("Chưa có tệp “%(paper)s” để đối chiếu.", paper=value.paper.label))
        row = value.row
        if row is None:
            row = CheckedValue(opening_id=opening.id, field=value.field)
            db.session.add(row)
        row.value, row.ticked_by, row.ticked_at, row.paper_id = value.stated, actor, now, paper.id
    db.session.flush()
    ticked = [value.field for value in chosen]
    record("opening.values_ticked", opening, actor=actor, now=now, fields=ticked)
    return ticked


def mark(value: Value, paper: OpeningPaper | None) -> str:
    """What was compared with what."""
    return f"{paper.id if paper is not None else 0} {value.stated}"


def _insist_unchanged(
    chosen: Sequence[Value], papers: Mapping[PaperKind, OpeningPaper], seen: Mapping[str, str]
) -> None:
    changed = [
        str(value.label) for value in chosen if seen.get(value.field) != mark(value, papers.get(value.paper))
    ]
    if changed:
        raise Refused(
            _(
                "Mục này hoặc tệp của mục này vừa được sửa: %(names)s. Hãy đọc lại rồi đối chiếu.",
                names=", ".join(changed),
            )
        )


def untick(opening: Opening, field: str, *, actor: Account, now: dt.datetime) -> None:
    """Somebody looked again and is no longer sure."""
    _insist_moderator(opening, actor)
    row = rows_of(opening).get(field)
    if row is None or row.ticked_at is None:
        raise Refused(_("Mục này chưa được đối chiếu."))
    clear(row)
    db.session.flush()
    record("opening.value_unticked", opening, actor=actor, now=now, field=field)


def override(
    opening: Opening, standing: Standing, finding: Finding, reason: str, *, actor: Account, now: dt.datetime
) -> WarningOverride:
    """A warning is let pass. A breach is mended; what is unknown is found out."""
    _insist_moderator(opening, actor)
    if finding.verdict is not Verdict.WARNING or finding not in standing.findings:
        raise Refused(
            _("Chỉ lời nhắc mới cho qua được. Điều trái quy định hay chưa rõ thì phải sửa hoặc bổ sung.")
        )
    if standing.override_of(finding) is not None:
        raise Refused(_("Lời nhắc này đã có người cho qua."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Hãy ghi rõ vì sao cho qua lời nhắc này."), field="reason")
    row = WarningOverride(
        opening_id=opening.id,
        rule=finding.rule,
        field=finding.field,
        stated=written(finding.stated),
        allowed=written(finding.allowed),
        reason=reason.strip(),
        decided_by=actor,
        decided_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "opening.warning_overridden", opening, actor=actor, now=now, rule=finding.rule, field=finding.field
    )
    return row


def _insist_moderator(opening: Opening, actor: Account) -> None:
    if not may_moderate(asker(actor), opening.organisation_id):
        raise NotAllowed
