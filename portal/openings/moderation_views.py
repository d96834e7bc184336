"""Checking an opening before it is public: every held sentence is looked at, then it goes out or back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.common.clock import now, today
from portal.errors import DomainError, Refused
from portal.extensions import db
from portal.openings import operations, writing
from portal.openings.describing import requirement_lines
from portal.openings.desk_views import bp, own_opening
from portal.openings.employers import employer_known
from portal.openings.findings import NEVER_JUSTIFIED, why
from portal.openings.models import Opening
from portal.openings.operations import facts_of
from portal.openings.papers import live_papers
from portal.openings.permissions import MODERATORS
from portal.openings.queries import open_findings
from portal.openings.rules import lacks
from portal.openings.screening import Screener
from portal.openings.standing import Checker, key_of
from portal.openings.states import FindingState, OpeningState
from portal.openings.terms_states import PaperKind
from portal.openings.ticking import seen_mark
from portal.openings.value_words import cost_text, stated_text
from portal.openings.wording import highlighted
from portal.web.access import allow

__all__ = ["bp"]


@bp.get("/desk/openings/<int:opening_id>/moderate")
@allow(*MODERATORS)
def moderate(opening_id: int) -> Any:
    return moderation_page(own_opening(opening_id))


@bp.post("/desk/openings/<int:opening_id>/publish")
@allow(*MODERATORS)
def publish(opening_id: int) -> Any:
    opening = own_opening(opening_id)
    seen = request.form.get("seen")
    if seen and seen != opening.updated_at.isoformat():
        # What the author wrote since has been read by nobody.
        raise Refused(_("Tin vừa được sửa sau khi bạn mở trang này. Hãy đọc lại rồi đăng."))
    operations.publish(opening, actor=current_user, now=now())
    db.session.commit()
    flash(_("Đã đăng tin."), "good")
    return redirect(url_for("openings.staff_view", opening_id=opening_id))


@bp.post("/desk/openings/<int:opening_id>/return")
@allow(*MODERATORS)
def return_to_author(opening_id: int) -> Any:
    reason = request.form.get("reason", "").strip()[:1000]
    opening = own_opening(opening_id)
    try:
        operations.return_to_author(opening, reason, actor=current_user, now=now())
    except DomainError as error:
        db.session.rollback()
        return moderation_page(own_opening(opening_id), return_error=error.sentence, typed=reason), 422
    db.session.commit()
    flash(_("Đã trả lại tin, nơi tuyển dụng được báo lý do."), "good")
    return redirect(url_for("openings.staff_view", opening_id=opening_id))


@bp.post("/desk/openings/<int:opening_id>/findings/<int:finding_id>")
@allow(*MODERATORS)
def justify(opening_id: int, finding_id: int) -> Any:
    opening = own_opening(opening_id)
    finding = next((one for one in opening.findings if one.id == finding_id), None)
    ground = request.form.get("ground", "").strip()[:1000]
    if finding is None:
        return redirect(url_for("openings.moderate", opening_id=opening_id))
    try:
        writing.justify(finding, ground, actor=current_user, now=now())
    except DomainError as error:
        db.session.rollback()
        opening = own_opening(opening_id)
        return moderation_page(opening, wrong={finding_id: error.sentence}, typed=ground), 422
    db.session.commit()
    flash(_("Đã ghi lý do giữ câu này."), "good")
    return redirect(url_for("openings.moderate", opening_id=opening_id))


def moderation_page(
    opening: Opening,
    *,
    return_error: Any = None,
    wrong: dict[Any, Any] | None = None,
    typed: str = "",
) -> str:
    """`wrong`: by the id of a sentence, or by (rule, field) of a warning."""
    missing = [sentence for _field, sentence in lacks(facts_of(opening), today())]
    held = open_findings(opening)
    known = employer_known(opening.organisation)
    standing = Checker(today()).standing(opening) if opening.overseas else None
    cleared = known and not held and not missing and (standing is None or standing.publishable)
    return render_template(
        "openings/moderate.html",
        opening=opening,
        lines=requirement_lines(opening.requirements),
        findings=sorted(opening.findings, key=lambda one: (one.state != FindingState.OPEN, one.id)),
        why=why,
        never_justified=NEVER_JUSTIFIED,
        verdict=Screener(today()).verdict(opening),
        standing=standing,
        key_of=key_of,
        seen_mark=seen_mark,
        papers=live_papers(opening) if opening.overseas else {},
        paper_kinds=list(PaperKind) if opening.overseas else [],
        value_text=stated_text,
        cost_text=cost_text,
        marked=highlighted,
        missing=missing,
        may_publish=opening.state == OpeningState.SUBMITTED and cleared,
        known=known,
        waits=opening.state == OpeningState.SUBMITTED,
        public=opening.state == OpeningState.PUBLISHED,
        return_error=return_error,
        wrong=wrong or {},
        typed=typed,
    )
