"""The employer's page: people referred to its own openings, once they agreed and have a letter."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.referrals import operations as ops
from portal.referrals.blueprint import bp
from portal.referrals.facts import open_interview
from portal.referrals.forms import ReportForm, reason_options
from portal.referrals.letters import current_letter
from portal.referrals.masking import masked
from portal.referrals.permissions import HIRING_ROLES
from portal.referrals.queries import Referrals
from portal.referrals.results import pending_report
from portal.referrals.states import ReportedResult
from portal.referrals.transitions import Party, find
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate

# Said by staff of an employer, never by itself.
NO_ANSWER = "employer_no_answer"


@bp.get("/organisation/referrals")
@allow(*HIRING_ROLES)
def for_employer() -> Any:
    shown = Referrals().visible_to(current_user).with_list_data().newest_first()
    return render_template(
        "referrals/employer.html",
        page=paginate(shown.query),
        current_letter=current_letter,
        open_interview=open_interview,
        pending_report=pending_report,
        may_report=lambda referral: find("report_result", referral.state, Party.EMPLOYER) is not None,
        day=today(),
    )


@bp.get("/organisation/candidates")
@allow(*HIRING_ROLES)
def candidates() -> Any:
    """Before the letter: people without a name."""
    shown = Referrals().masked_for_employer(current_user).with_masked_data().newest_first()
    return render_template("referrals/candidates.html", page=paginate(shown.query), masked=masked)


@bp.route("/organisation/referrals/<int:referral_id>/result", methods=["GET", "POST"])
@allow(*HIRING_ROLES)
def report(referral_id: int) -> Any:
    referral = get_or_404(Referrals().visible_to(current_user).by_id(referral_id).with_list_data().query)
    if find("report_result", referral.state, Party.EMPLOYER) is None:
        abort(404)
    form = ReportForm()
    form.reason.choices = [one for one in reason_options("employer", "not_hired") if one[0] != NO_ANSWER]
    if form.validate_on_submit():
        try:
            ops.report_result(
                referral,
                ReportedResult(form.result.data),
                hired_on=form.hired_on.data,
                contract_ends_on=form.contract_ends_on.data,
                reason=form.reason.data or None,
                note=form.note.data or "",
                actor=current_user,
                now=now(),
            )
            db.session.commit()
            flash(_("Đã gửi kết quả. Trung tâm xác nhận rồi báo người lao động."), "good")
            return redirect(url_for("referrals.for_employer"))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template("referrals/report.html", referral=referral, form=form)
    return page, 422 if form.errors else 200
