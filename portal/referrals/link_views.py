"""Pages behind a code, without an account: one question, one interview, one letter to check."""

from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.access.throttle import give_back_try, take_try
from portal.common.clock import now, today
from portal.common.secrets import hash_code, tidy_code
from portal.errors import DomainError
from portal.referrals import operations as ops
from portal.referrals.blueprint import bp
from portal.referrals.calendar_file import interview_ics
from portal.referrals.forms import OwnInterviewForm, OwnReasonForm, PlainForm, VerifyForm, reason_options
from portal.referrals.models import Interview, Referral
from portal.referrals.notices import job_kind, place_of
from portal.referrals.queries import behind_code, subject_behind
from portal.referrals.states import OPEN_INTERVIEWS, AnswerChannel, ReferralState
from portal.referrals.verifying import AnyVerdict, verdict_on
from portal.web.access import PUBLIC, allow
from portal.web.downloads import file_response
from portal.web.transactions import slow_first, write_transaction

LONGEST_CODE = 40


def _opened(code: str) -> Referral | Interview | None:
    """What the code opens now: nothing once it was used, once its time is over, or once things moved on."""
    found = behind_code(hash_code(current_app.config["CODE_KEY"], code[:LONGEST_CODE]))
    if isinstance(found, Referral):
        alive = found.state is ReferralState.ASKED and found.ask_expires_at and found.ask_expires_at > now()
        return found if alive else None
    if isinstance(found, Interview):
        alive = (
            found.state in OPEN_INTERVIEWS
            and found.starts_at > now()
            and found.referral.state is ReferralState.INTERVIEW
        )
        return found if alive else None
    return None


def _counted(what: str, code: str, found_by: Any) -> Any:
    """Look behind a code; a wrong one counts against the address, in rows, for every process alike."""
    with write_transaction():
        take_try(what, request.remote_addr, now=now())
        found = found_by(code)
        if found is not None:
            give_back_try(what, request.remote_addr, now=now())
    return found


def _over() -> Any:
    """The same answer for a code that never was, was used, or is too old."""
    return render_template("referrals/answer_over.html"), 404


@bp.get("/answer/<code>")
@allow(PUBLIC)
def answer(code: str) -> Any:
    found = _counted("answer", code, _opened)
    if found is None:
        return _over()
    return _question(code, found, says_no="no" in request.args)


def _question(code: str, found: Referral | Interview, *, says_no: bool = False, form: Any = None) -> Any:
    status = 422 if form is not None and form.errors else 200
    if isinstance(found, Interview):
        page = render_template(
            "referrals/answer_interview.html",
            code=code,
            interview=found,
            opening=found.referral.opening,
            form=form or OwnInterviewForm(formdata=None),
            job_kind=job_kind,
            place_of=place_of,
        )
        return page, status
    form = form or OwnReasonForm(formdata=None)
    form.reason.choices = reason_options("person", "declined")
    page = render_template(
        "referrals/answer.html",
        code=code,
        referral=found,
        opening=found.opening,
        says_no=says_no,
        form=form,
        plain=PlainForm(formdata=None),
        job_kind=job_kind,
        place_of=place_of,
    )
    return page, status


@bp.post("/answer/<code>")
@allow(PUBLIC)
@slow_first
def send_answer(code: str) -> Any:
    if _counted("answer", code, _opened) is None:
        return _over()
    with write_transaction():
        found = _opened(code)
        if found is None:
            return _over()
        page = _take_interview(code, found) if isinstance(found, Interview) else _take_answer(code, found)
    return page


def _take_answer(code: str, referral: Referral) -> Any:
    if request.form.get("answer") == "yes":
        ops.answer(referral, True, channel=AnswerChannel.LINK, actor=None, now=now())
        return redirect(url_for("referrals.answered", what="yes"))
    form = OwnReasonForm()
    form.reason.choices = reason_options("person", "declined")
    if not form.validate():
        return _question(code, referral, says_no=True, form=form)
    ops.answer(referral, False, channel=AnswerChannel.LINK, reason=form.reason.data, actor=None, now=now())
    return redirect(url_for("referrals.answered", what="no"))


def _take_interview(code: str, interview: Interview) -> Any:
    comes = request.form.get("answer") == "yes"
    form = OwnInterviewForm()
    if not form.validate():
        return _question(code, interview, form=form)
    try:
        ops.answer_interview(
            interview.referral,
            comes,
            other_time=form.other_time.data or "",
            channel=AnswerChannel.LINK,
            actor=None,
            now=now(),
        )
    except DomainError as error:
        form.put_error(error)
        return _question(code, interview, form=form)
    return redirect(url_for("referrals.answer", code=code))


@bp.get("/answered/<what>")
@allow(PUBLIC)
def answered(what: str) -> Any:
    """The thanks after an answer; it knows neither who nor which job."""
    if what not in ("yes", "no"):
        abort(404)
    return render_template("referrals/answered.html", yes=what == "yes")


@bp.get("/answer/<code>/interview.ics")
@allow(PUBLIC)
def answer_calendar(code: str) -> Response:
    found = _counted("answer", code, _opened)
    if not isinstance(found, Interview):
        abort(404)
    return file_response(
        interview_ics(found, signed_in=False), "phong-van.ics", "text/calendar; charset=utf-8"
    )


def _reads_like_a_name(words: str) -> bool:
    """Words without a figure are the name of a company, which this page cannot call false."""
    return not any(letter.isdigit() for letter in words) and (" " in words.strip() or not words.isascii())


@bp.get("/verify")
@allow(PUBLIC)
def verify() -> Any:
    form = VerifyForm(request.args)
    typed = tidy_code(form.code.data or "")[:LONGEST_CODE]
    verdict: AnyVerdict | None = None
    if typed:
        found = _counted("verify", typed, subject_behind)
        verdict = verdict_on(found, on=today(), place_of=place_of)
    words = form.code.data or ""
    name = words if typed and _reads_like_a_name(words) else ""
    return render_template("referrals/verify.html", form=form, verdict=verdict, typed=typed, name=name)
