"""The person's own pages: where I stand, what happens next, my answers."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.access.states import Role
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.queries import Openings
from portal.referrals import operations as ops
from portal.referrals.blueprint import bp
from portal.referrals.calendar_file import interview_ics
from portal.referrals.condition_views import is_to_answer
from portal.referrals.declining import call_me_first, leaving, warning_for
from portal.referrals.facts import open_interview
from portal.referrals.forms import OwnInterviewForm, OwnReasonForm, PlainForm, reason_options
from portal.referrals.letters import current_letter
from portal.referrals.models import Referral
from portal.referrals.notices import place_of
from portal.referrals.queries import Referrals
from portal.referrals.sentences import stand
from portal.referrals.states import WAITING_STATES, AnswerChannel
from portal.referrals.transitions import Party, find
from portal.web.access import allow, get_or_404
from portal.web.downloads import file_response
from portal.web.templating import show_date
from portal.workers.queries import worker_of


def mine_or_404(referral_id: int) -> Referral:
    return get_or_404(Referrals().visible_to(current_user).by_id(referral_id).with_list_data().query)


@bp.post("/openings/<int:opening_id>/want")
@allow(Role.SEEKER)
def want(opening_id: int) -> Response:
    opening = get_or_404(Openings().visible_to(current_user).by_id(opening_id))
    worker = worker_of(current_user)
    if worker is None:
        flash(_("Bạn hãy đăng ký trước, rồi bấm lại."), "wait")
        return redirect(url_for("workers.register"))
    referral = ops.express_interest(worker, opening, actor=current_user, now=now())
    db.session.commit()
    return redirect(_next_page(referral))


def _next_page(referral: Referral) -> str:
    """What the programme asks comes right after the wish; who passes over it goes on to their own page."""
    asks = referral.state in WAITING_STATES and is_to_answer(referral, current_user)
    name = "referrals.own_conditions" if asks else "referrals.mine_one"
    return url_for(name, referral_id=referral.id)


@bp.get("/me/referrals")
@allow(Role.SEEKER)
def mine() -> Any:
    rows = Referrals().visible_to(current_user).with_list_data().newest_first().all()
    shown = [(row, stand(row)) for row in rows]
    return render_template(
        "referrals/mine.html",
        turn=[pair for pair in shown if pair[1].your_turn],
        going=[pair for pair in shown if pair[0].state in WAITING_STATES and not pair[1].your_turn],
        over=[pair for pair in shown if pair[0].state not in WAITING_STATES],
        place_of=place_of,
    )


@bp.get("/me/referrals/<int:referral_id>")
@allow(Role.SEEKER)
def mine_one(referral_id: int) -> Any:
    return _page(mine_or_404(referral_id))


def _page(referral: Referral, reason_form: Any = None, time_form: Any = None) -> Any:
    no = leaving(referral, Party.PERSON)
    reason_form = reason_form or OwnReasonForm(formdata=None)
    reason_form.reason.choices = reason_options("person", "declined")
    time_form = time_form or OwnInterviewForm(formdata=None)
    wrong = bool(reason_form.errors or time_form.errors)
    page = render_template(
        "referrals/mine_one.html",
        referral=referral,
        stand=stand(referral),
        leaving=no,
        warning=warning_for(referral.worker, on=today()) if no else None,
        may_agree=find("agree", referral.state, Party.PERSON) is not None,
        may_want=no != "decline" and find("want", referral.state, Party.PERSON) is not None,
        interview=open_interview(referral),
        letter=current_letter(referral),
        reason_form=reason_form,
        time_form=time_form,
        plain_form=PlainForm(formdata=None),
        place_of=place_of,
    )
    return page, 422 if wrong else 200


@bp.post("/me/referrals/<int:referral_id>/yes")
@allow(Role.SEEKER)
def say_yes(referral_id: int) -> Response:
    referral = mine_or_404(referral_id)
    ops.answer(referral, True, channel=AnswerChannel.PAGE, actor=current_user, now=now())
    db.session.commit()
    flash(_("Cảm ơn bạn. Trung tâm sẽ làm giấy giới thiệu."), "good")
    return redirect(_next_page(referral))


@bp.post("/me/referrals/<int:referral_id>/no")
@allow(Role.SEEKER)
def say_no(referral_id: int) -> Any:
    """No to the question, or no longer: with the person's reason."""
    referral = mine_or_404(referral_id)
    form = OwnReasonForm()
    form.reason.choices = reason_options("person", "declined")
    if not form.validate_on_submit():
        return _page(referral, reason_form=form)
    by = {"reason": form.reason.data, "channel": AnswerChannel.PAGE, "actor": current_user, "now": now()}
    if find("decline", referral.state, Party.PERSON):
        ops.answer(referral, False, **by)
    else:
        ops.withdraw(referral, **by)
    db.session.commit()
    flash(_("Đã ghi câu trả lời của bạn."), "good")
    return redirect(url_for("referrals.mine_one", referral_id=referral.id))


@bp.post("/me/referrals/<int:referral_id>/call-me-first")
@allow(Role.SEEKER)
def call_first(referral_id: int) -> Response:
    referral = mine_or_404(referral_id)
    day = call_me_first(referral, actor=current_user, now=now())
    db.session.commit()
    said = _("Trung tâm sẽ gọi bạn, trễ nhất ngày %(day)s. Việc này vẫn giữ cho bạn.", day=show_date(day))
    flash(said, "good")
    return redirect(url_for("referrals.mine_one", referral_id=referral.id))


@bp.post("/me/referrals/<int:referral_id>/come")
@allow(Role.SEEKER)
def say_come(referral_id: int) -> Response:
    referral = mine_or_404(referral_id)
    ops.answer_interview(referral, True, channel=AnswerChannel.PAGE, actor=current_user, now=now())
    db.session.commit()
    flash(_("Đã báo bạn sẽ đến."), "good")
    return redirect(url_for("referrals.mine_one", referral_id=referral.id))


@bp.post("/me/referrals/<int:referral_id>/other-time")
@allow(Role.SEEKER)
def say_other_time(referral_id: int) -> Any:
    referral = mine_or_404(referral_id)
    form = OwnInterviewForm()
    if form.validate_on_submit():
        try:
            ops.answer_interview(
                referral,
                False,
                other_time=form.other_time.data or "",
                channel=AnswerChannel.PAGE,
                actor=current_user,
                now=now(),
            )
            db.session.commit()
            flash(_("Đã ghi. Trung tâm hẹn lại rồi báo bạn."), "good")
            return redirect(url_for("referrals.mine_one", referral_id=referral.id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    return _page(mine_or_404(referral_id), time_form=form)


@bp.get("/me/referrals/<int:referral_id>/interview.ics")
@allow(Role.SEEKER)
def calendar_file(referral_id: int) -> Response:
    interview = open_interview(mine_or_404(referral_id))
    if interview is None:
        abort(404)
    return file_response(
        interview_ics(interview, signed_in=True), "phong-van.ics", "text/calendar; charset=utf-8"
    )
