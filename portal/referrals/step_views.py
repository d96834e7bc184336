"""One page for every step that staff take: its form, its operation. Buttons come from the table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import local_date, now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.referrals import forms
from portal.referrals import operations as ops
from portal.referrals.blueprint import bp
from portal.referrals.declining import NOES, warning_for
from portal.referrals.facts import facts_of
from portal.referrals.interviews import Meeting
from portal.referrals.letters import address_text
from portal.referrals.models import Referral
from portal.referrals.queries import Referrals
from portal.referrals.results import pending_report
from portal.referrals.states import AnswerChannel
from portal.referrals.transitions import UNMET, WRONG_STATE, Party, Step, find, unmet
from portal.web.access import allow, get_or_404
from portal.web.forms import BaseForm

Run = Callable[..., Referral]


@dataclass(frozen=True)
class StepPage:
    run: Run
    # None: the button alone takes the step.
    form: type[BaseForm] | None = None
    done: Any = _l("Đã ghi.")
    fill: Callable[[Referral], dict[str, Any]] | None = None


def _agree(referral: Referral, form: Any, **by: Any) -> Referral:
    return ops.answer(
        referral, True, channel=AnswerChannel(form.channel.data), note=form.note.data or "", **by
    )


def _decline(referral: Referral, form: Any, **by: Any) -> Referral:
    return ops.answer(
        referral,
        False,
        channel=AnswerChannel(form.channel.data),
        reason=form.reason.data,
        note=form.note.data or "",
        **by,
    )


def _withdraw(referral: Referral, form: Any, **by: Any) -> Referral:
    return ops.withdraw(
        referral,
        reason=form.reason.data,
        note=form.note.data or "",
        channel=AnswerChannel(form.channel.data),
        **by,
    )


def _set_interview(referral: Referral, form: Any, **by: Any) -> Referral:
    meeting = Meeting(
        starts_at=form.starts_at(),
        place=form.place.data,
        directions=form.directions.data or "",
        contact_name=form.contact_name.data or "",
        contact_phone=form.contact_phone.data or "",
        bring=form.bring.data or "",
    )
    return ops.set_interview(referral, meeting, **by)


def _meeting_place(referral: Referral) -> dict[str, Any]:
    """The last place, else what the opening says: the adviser types as little as possible."""
    if referral.interviews:
        last = referral.interviews[-1]
        names = ("place", "directions", "contact_name", "contact_phone", "bring")
        return {name: getattr(last, name) for name in names}
    opening = referral.opening
    return {
        "place": f"{opening.organisation.name}, {address_text(opening)}".rstrip(", ")[:300],
        "directions": opening.directions,
        "contact_name": opening.contact_name,
        "contact_phone": opening.contact_phone,
        "bring": _("Căn cước, giấy giới thiệu"),
    }


def _answer_interview(referral: Referral, form: Any, **by: Any) -> Referral:
    return ops.answer_interview(
        referral,
        form.comes.data == "yes",
        other_time=form.other_time.data or "",
        channel=AnswerChannel(form.channel.data),
        **by,
    )


def _record_interview(referral: Referral, form: Any, **by: Any) -> Referral:
    came = form.came.data == "yes"
    return ops.record_interview(
        referral, came, reason=form.reason.data or None, note=form.note.data or "", **by
    )


def _hire(referral: Referral, form: Any, **by: Any) -> Referral:
    return ops.record_result(referral, form.hire(), note=form.note.data or "", **by)


def _reported(referral: Referral) -> dict[str, Any]:
    """What the employer has reported on its own page; else today is the day of the notice."""
    report = pending_report(referral)
    if report is None or report.hired_on is None:
        return {"notice_on": today()}
    return {
        "hired_on": report.hired_on,
        "contract_ends_on": report.contract_ends_on,
        "notice_on": local_date(report.reported_at),
    }


def _refused_for(referral: Referral) -> dict[str, Any]:
    report = pending_report(referral)
    return {"reason": report.reason_code, "note": report.note} if report and report.reason_code else {}


def _with_reason(operation: Run) -> Run:
    def run(referral: Referral, form: Any, **by: Any) -> Referral:
        return operation(referral, reason=form.reason.data, note=form.note.data or "", **by)

    return run


def _with_note(operation: Run) -> Run:
    return lambda referral, form, **by: operation(referral, note=form.note.data, **by)


def _plain(operation: Run) -> Run:
    return lambda referral, _form, **by: operation(referral, **by)


PAGES: dict[str, StepPage] = {
    "invite": StepPage(_plain(ops.invite), done=_l("Đã mời và báo cho người này.")),
    "ask": StepPage(_plain(ops.ask), done=_l("Đã hỏi.")),
    "remind": StepPage(_plain(ops.remind), done=_l("Đã nhắc.")),
    "agree": StepPage(_agree, forms.ChannelForm),
    "decline": StepPage(_decline, forms.PersonReasonForm),
    "withdraw": StepPage(_withdraw, forms.PersonReasonForm),
    "not_now": StepPage(_with_reason(ops.decline_interest), forms.ReasonForm),
    "issue_letter": StepPage(_plain(ops.issue_letter), done=_l("Đã cấp giấy giới thiệu.")),
    "set_interview": StepPage(
        _set_interview, forms.InterviewForm, _l("Đã hẹn và báo cho người này."), _meeting_place
    ),
    "answer_interview": StepPage(_answer_interview, forms.InterviewAnswerForm),
    "record_interview": StepPage(_record_interview, forms.InterviewRecordForm),
    "hire": StepPage(_hire, forms.HireForm, _l("Đã ghi: được nhận."), _reported),
    "refuse": StepPage(_with_reason(ops.record_result), forms.ReasonForm, fill=_refused_for),
    "record_exchange": StepPage(
        lambda referral, form, **by: ops.record_exchange(
            referral, done_on=form.done_on.data, proof=form.proof.data, **by
        ),
        forms.ExchangeForm,
        fill=lambda _referral: {"done_on": today()},
    ),
    "depart": StepPage(
        lambda referral, form, **by: ops.record_departure(referral, form.departed_on.data, **by),
        forms.DepartureForm,
        _l("Đã ghi ngày xuất cảnh."),
    ),
    "undo_depart": StepPage(_with_note(ops.undo_departure), forms.NoteForm),
    "place": StepPage(_plain(lambda referral, **by: ops.follow_up(referral, True, **by))),
    "leave": StepPage(
        _with_reason(lambda referral, **by: ops.follow_up(referral, False, **by)), forms.ReasonForm
    ),
    "reopen": StepPage(_with_note(ops.reopen), forms.NoteForm),
    "undo_hire": StepPage(_with_note(ops.undo_hire), forms.NoteForm),
}


def link_of(referral: Referral, step: Step) -> str:
    return url_for("referrals.step", referral_id=referral.id, name=step.name)


@bp.route("/referrals/<int:referral_id>/steps/<name>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def step(referral_id: int, name: str) -> Any:
    referral = get_or_404(Referrals().visible_to(current_user).by_id(referral_id).with_list_data().query)
    if name not in PAGES:
        abort(404)
    back = url_for("referrals.view", referral_id=referral.id)
    page, row = PAGES[name], find(name, referral.state, Party.STAFF)
    stopped = _why_not(referral, row)
    if stopped:
        flash(stopped, "stop")
        return redirect(back)
    form = _form(page, row, referral)
    if form.validate_on_submit():
        try:
            page.run(referral, form, actor=_actor(), now=now())
            db.session.commit()
            flash(str(page.done), "good")
            return redirect(back)
        except DomainError as error:
            db.session.rollback()
            if page.form is None:
                flash(str(error.sentence), "stop")
                return redirect(back)
            form.put_error(error)
    warning = warning_for(referral.worker, on=today()) if name in NOES else None
    answer = render_template(
        "referrals/step.html", referral=referral, step=row, form=form, back=back, warning=warning
    )
    return answer, 422 if form.errors else 200


def _actor() -> Account:
    account: Account = current_user._get_current_object()
    return account


def _why_not(referral: Referral, row: Step | None) -> str:
    if row is None:
        return str(WRONG_STATE)
    need = unmet(row, facts_of(referral, on=today()))
    return str(UNMET[need]) if need else ""


def _form(page: StepPage, row: Step | None, referral: Referral) -> Any:
    form = (page.form or forms.PlainForm)(data=page.fill(referral) if page.fill else None)
    if "reason" in form and row is not None and row.reasons is not None:
        form["reason"].choices = forms.reason_options(*row.reasons)
    return form


@bp.post("/referrals/<int:referral_id>/set-report-aside")
@allow(*CASE_STAFF)
def set_report_aside(referral_id: int) -> Any:
    referral = get_or_404(Referrals().visible_to(current_user).by_id(referral_id).query)
    ops.set_report_aside(referral, actor=_actor(), now=now())
    db.session.commit()
    flash(_("Đã bỏ qua báo cáo của nơi tuyển."), "good")
    return redirect(url_for("referrals.view", referral_id=referral.id))
