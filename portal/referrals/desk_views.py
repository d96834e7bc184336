"""The desk: one opening's people, one referral, what waits by date, the letter."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.common.secrets import spaced_code
from portal.extensions import db
from portal.openings.queries import Openings
from portal.referrals import batch
from portal.referrals.blueprint import bp
from portal.referrals.condition_views import answers_of, note_answers_seen
from portal.referrals.deadlines import open_follow_up, recruiting_deadline
from portal.referrals.facts import facts_of, open_interview
from portal.referrals.forms import DueFilter, reason_options
from portal.referrals.history import history_of
from portal.referrals.letter_pdf import letter_data, render
from portal.referrals.letters import current_letter
from portal.referrals.models import Referral
from portal.referrals.permissions import HIRING_ROLES
from portal.referrals.queries import Referrals, called_for, owns_waiting, state_counts
from portal.referrals.results import pending_report
from portal.referrals.sentences import staff_next
from portal.referrals.states import WAITING_STATES, ReferralState
from portal.referrals.step_views import PAGES, link_of
from portal.referrals.tones import tone_of
from portal.referrals.transitions import Offer, Party, Step, offers
from portal.web.access import allow, get_or_404
from portal.web.downloads import file_response
from portal.web.lists import paginate
from portal.web.transactions import write_transaction
from portal.workers.identity import read_national_id


def visible(referral_id: int) -> Referral:
    return get_or_404(Referrals().visible_to(current_user).by_id(referral_id).with_list_data().query)


@bp.get("/referrals/<int:referral_id>")
@allow(*CASE_STAFF)
def view(referral_id: int) -> Any:
    referral = visible(referral_id)
    offered = offers(facts_of(referral, on=today()), Party.STAFF)
    answers = answers_of(referral, current_user)
    page = render_template(
        "referrals/view.html",
        referral=referral,
        buttons=_buttons(referral, offered),
        stopped=[offer for offer in offered if offer.why_not is not None],
        letter=current_letter(referral),
        interview=open_interview(referral),
        report=pending_report(referral),
        follow_up=open_follow_up(referral),
        recruiting_due=recruiting_deadline(referral.opening),
        to_call=called_for(referral),
        history=history_of(referral),
        spaced_code=spaced_code,
        tone=tone_of,
        next_for_staff=staff_next(referral) if referral.due_on else "",
        answers=answers,
        day=today(),
    )
    if answers:
        note_answers_seen(referral_id)
    return page


def _buttons(referral: Referral, offered: list[Offer]) -> list[tuple[Step, str, Any]]:
    """What leads on first, what ends last."""
    free = [offer.step for offer in offered if offer.why_not is None and offer.step.name in PAGES]
    ordered = sorted(free, key=lambda step: (step.tone == "stop", step.target is None))
    return [(step, link_of(referral, step), PAGES[step.name].form) for step in ordered]


@bp.get("/openings/<int:opening_id>/referrals")
@allow(*CASE_STAFF)
def for_opening(opening_id: int) -> Any:
    opening = get_or_404(Openings().visible_to(current_user).by_id(opening_id).with_list_data())
    asked = request.args.get("state", "")
    people = Referrals().for_opening(opening)
    shown = people.in_states([ReferralState(asked)]) if asked in ReferralState.values() else people
    page = paginate(shown.with_list_data().by_name().query, per_page=50)
    return render_template(
        "referrals/board.html",
        opening=opening,
        page=page,
        asked=asked,
        counts=state_counts(opening),
        actions=batch.ACTIONS,
        reasons=reason_options("centre", "not_now"),
        tone=tone_of,
        day=today(),
    )


@bp.post("/openings/<int:opening_id>/referrals")
@allow(*CASE_STAFF)
def run_batch(opening_id: int) -> Any:
    opening = get_or_404(Openings().visible_to(current_user).by_id(opening_id))
    back = url_for("referrals.for_opening", opening_id=opening.id)
    name, ids = request.form.get("action", ""), request.form.getlist("referral", type=int)
    if name not in batch.ACTIONS or not ids:
        flash(_("Hãy đánh dấu ít nhất một người và chọn một việc để làm."), "stop")
        return redirect(back)
    reason = request.form.get("reason") or None
    if batch.ACTIONS[name].needs_reason and reason is None:
        flash(_("Hãy chọn một lý do."), "stop")
        return redirect(back)
    lines = batch.run(name, opening, ids, reason=reason, actor=current_user, now=now())
    page = render_template(
        "referrals/batch.html",
        opening=opening,
        action=batch.ACTIONS[name],
        lines=lines,
        counts=batch.counts(lines),
        Outcome=batch.Outcome,
    )
    db.session.commit()
    return page


@bp.get("/desk/referrals")
@allow(*CASE_STAFF)
def due() -> Any:
    form = DueFilter(request.args, states=WAITING_STATES)
    if "whose" not in request.args and not owns_waiting(current_user):
        form.whose.data = "all"
    shown = Referrals().visible_to(current_user)
    shown = shown.without_exchange() if form.late.data == "exchange" else shown.waiting()
    mine = form.whose.data != "all"
    if mine:
        shown = shown.owned_by(current_user)
    if form.state.data in WAITING_STATES:
        shown = shown.in_states([ReferralState(form.state.data)])
    if form.late.data == "late":
        shown = shown.overdue(today())
    elif form.late.data == "report":
        shown = shown.with_report()
    page = paginate(shown.with_list_data().by_due_date().query, per_page=50)
    return render_template(
        "referrals/due.html", form=form, page=page, mine=mine, tone=tone_of, day=today(),
        pending_report=pending_report,
    )  # fmt: skip


@bp.get("/referrals/<int:referral_id>/letter.pdf")
@allow(*CASE_STAFF, Role.SEEKER, Role.EMPLOYER, Role.SENDER)
def letter(referral_id: int) -> Any:
    """The letter that counts now. The look is recorded; the PDF is made once that transaction is over."""
    with write_transaction():
        referral = visible(referral_id)
        found = current_letter(referral)
        if found is None:
            abort(404)
        worker = referral.worker
        # An employer's copy is without the ID number: the person shows it on the paper they bring.
        by_employer = current_user.role in HIRING_ROLES
        number = None if by_employer else read_national_id(worker, actor=current_user, now=now())
        record("looked", worker, actor=current_user, now=now(), part="letter")
        data = letter_data(found, number or "")
    return file_response(render(data), f"giay-gioi-thieu-{data['number'][:9]}.pdf".replace("/", "-"),
                         "application/pdf", inline=True)  # fmt: skip
