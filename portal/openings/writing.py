"""What an opening says: written, changed, screened."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.openings.checked_values import note_entered, stated_values
from portal.openings.findings import NEVER_JUSTIFIED
from portal.openings.models import Opening, OpeningFinding, OpeningRequirement, OverseasTerms
from portal.openings.operations import insist_complete, log, take_step
from portal.openings.permissions import may_author, may_moderate
from portal.openings.queries import Openings, asker, open_findings, search_words
from portal.openings.rules import Need, positions_refusal, refusal_of
from portal.openings.screening import Screener
from portal.openings.standing import Checker
from portal.openings.states import EDITABLE_STATES, FindingState, OpeningState, Sphere
from portal.openings.terms_facts import facts_of
from portal.organisations.models import Organisation


def create(
    organisation: Organisation,
    values: dict[str, Any],
    needs: Sequence[Need] = (),
    terms: dict[str, Any] | None = None,
    *,
    actor: Account | None,
    now: dt.datetime,
    note: str = "",
    screener: Screener | None = None,
) -> Opening:
    """A new draft. `actor` is None for a command; `note` is kept with the first step.

    A list of many rows gives one screener for all of them.
    """
    if actor is not None and not may_author(asker(actor), organisation.id):
        raise NotAllowed
    opening = Opening(
        organisation=organisation,
        state=OpeningState.DRAFT,
        created_by_id=actor.id if actor else None,
        owner_id=actor.id if actor is not None and actor.is_staff else None,
        created_at=now,
        positions=1,
        positions_left=1,
    )
    _fill(opening, values, needs, terms, now, screener)
    db.session.add(opening)
    db.session.flush()
    log(opening, "create", None, actor, now, note)
    note_entered(opening, {}, values_now(opening, now), actor=actor, now=now)
    return opening


def change(
    opening: Opening,
    values: dict[str, Any],
    needs: Sequence[Need] = (),
    terms: dict[str, Any] | None = None,
    *,
    actor: Account,
    now: dt.datetime,
) -> Opening:
    """New content. What a partner changes on a public opening is checked again before it is public."""
    if not may_author(asker(actor), opening.organisation_id):
        raise NotAllowed
    if opening.state not in EDITABLE_STATES:
        raise Refused(_("Tin này đã kết thúc, không sửa được nữa. Bạn có thể mở lại thành bản nháp."))
    before = values_now(opening, now)
    _fill(opening, values, needs, terms, now)
    db.session.flush()
    note_entered(opening, before, values_now(opening, now), actor=actor, now=now)
    record("opening.changed", opening, actor=actor, now=now)
    back_to_checking(opening, actor=actor, now=now)
    if opening.state == OpeningState.PUBLISHED:
        insist_complete(opening, now)
    return opening


def values_now(opening: Opening, now: dt.datetime) -> dict[str, str]:
    """What the papers of an overseas opening are compared with, before or after a change."""
    if opening.sphere != Sphere.OVERSEAS:
        return {}
    return stated_values(facts_of(opening, local_date(now)))


def back_to_checking(opening: Opening, *, actor: Account, now: dt.datetime) -> None:
    """A public opening that a partner changed, or that may not be public as it stands, waits again."""
    if opening.state != OpeningState.PUBLISHED:
        return
    if not asker(actor).is_staff or open_findings(opening) or not lawful(opening, now):
        take_step(opening, "recheck", actor=actor, now=now)


def lawful(opening: Opening, now: dt.datetime) -> bool:
    return opening.sphere != Sphere.OVERSEAS or Checker(local_date(now)).standing(opening).publishable


def _fill(
    opening: Opening,
    values: dict[str, Any],
    needs: Sequence[Need],
    terms: dict[str, Any] | None,
    now: dt.datetime,
    screener: Screener | None = None,
) -> None:
    taken = opening.positions - opening.positions_left
    for name, value in values.items():
        setattr(opening, name, value)
    refusal = positions_refusal(opening.positions, taken)
    if refusal:
        raise Invalid(refusal, field="positions")
    opening.positions_left = opening.positions - taken
    opening.sphere = opening.sphere or Sphere.DOMESTIC
    _fill_terms(opening, terms)
    _fill_needs(opening, needs)
    opening.search_text = " ".join(
        search_words(
            f"{opening.title} {opening.organisation.name} {opening.text} {opening.requirements_text or ''}"
        )
    )
    opening.updated_at = now
    screen(opening, now=now, screener=screener)


def _fill_terms(opening: Opening, terms: dict[str, Any] | None) -> None:
    if opening.sphere == Sphere.DOMESTIC:
        opening.overseas = None
        opening.country = None
        return
    opening.province_code = opening.commune_code = None
    if opening.overseas is None:
        opening.overseas = OverseasTerms(approval_number="", departed_quantity=0, selected_quantity=0)
    for name, value in (terms or {}).items():
        setattr(opening.overseas, name, value)


def _fill_needs(opening: Opening, needs: Sequence[Need]) -> None:
    approval = opening.overseas.approval_number if opening.overseas else ""
    for need in needs:
        refusal = refusal_of(need, opening.sphere, approval)
        if refusal:
            raise Invalid(refusal, field="requirements")
    opening.requirements = [
        OpeningRequirement(
            position=place,
            kind=need.kind,
            op=need.op,
            value=need.value,
            is_hard=need.is_hard,
            any_of=need.any_of,
            source=need.source,
        )
        for place, need in enumerate(needs)
    ]


def screen(opening: Opening, *, now: dt.datetime, screener: Screener | None = None) -> list[OpeningFinding]:
    """Keep the findings in step with the words: new sentences are held, mended ones are marked."""
    found = (screener or Screener(local_date(now))).findings(opening)
    present = {(finding.rule, finding.sentence) for finding in found}
    kept = set()
    for finding in opening.findings:
        key = (finding.rule, finding.sentence)
        if key in present and finding.state == FindingState.MENDED:
            finding.state, finding.decided_at, finding.decided_by_id = FindingState.OPEN, None, None
        elif key not in present and finding.state == FindingState.OPEN:
            finding.state = FindingState.MENDED
        kept.add(key)
    for hit in found:
        if (hit.rule, hit.sentence) not in kept:
            kept.add((hit.rule, hit.sentence))
            opening.findings.append(
                OpeningFinding(
                    rule=hit.rule,
                    sentence=hit.sentence,
                    excerpt=hit.excerpt[:200],
                    source=hit.source,
                    state=FindingState.OPEN,
                    ground="",
                    found_at=now,
                )
            )
    return open_findings(opening)


def read_again(*, now: dt.datetime) -> tuple[int, int]:
    """Every opening that is not over, by the screens of today: (how many were read, how many are held now).

    For openings written before a screen existed, and after a figure of the law has changed.
    """
    live = db.session.scalars(Openings().in_states(EDITABLE_STATES).order_by(Opening.id).locked()).all()
    screener, checker, held = Screener(local_date(now)), Checker(local_date(now)), 0
    for opening in live:
        public = opening.state == OpeningState.PUBLISHED
        if screen(opening, now=now, screener=screener):
            reason = _("Đọc lại tin: có câu chờ người duyệt xem.")
        elif public and opening.sphere == Sphere.OVERSEAS and not checker.standing(opening).publishable:
            reason = _("Đọc lại tin: chưa đúng quy định hoặc chưa đối chiếu xong với giấy tờ.")
        else:
            continue
        held += 1
        if public:
            take_step(opening, "hold", actor=None, now=now, reason=reason, by_itself=True)
            opening.submitted_at = now
    db.session.flush()
    return len(live), held


def justify(finding: OpeningFinding, ground: str, *, actor: Account, now: dt.datetime) -> None:
    """A genuine requirement of the job is kept, with its ground and who said so."""
    if not may_moderate(asker(actor), finding.opening.organisation_id):
        raise NotAllowed
    if finding.state != FindingState.OPEN:
        raise Refused(_("Câu này đã được xem rồi."))
    if finding.rule in NEVER_JUSTIFIED:
        raise Refused(_("Lương dưới mức tối thiểu thì không giữ được. Hãy trả lại tin để sửa lương."))
    if len(ground.strip()) < 10:
        raise Refused(_("Hãy ghi rõ vì sao giữ được câu này."))
    finding.state, finding.ground = FindingState.JUSTIFIED, ground.strip()
    finding.decided_at, finding.decided_by_id = now, actor.id
    finding.opening.updated_at = now
    db.session.flush()
    record("opening.finding_justified", finding.opening, actor=actor, now=now, rule=finding.rule)
