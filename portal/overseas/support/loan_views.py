"""The loan of a case: what could be borrowed, what was asked, what the bank said, what is owed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.models import OverseasCase
from portal.overseas.support import loans as operations
from portal.overseas.support.blueprint import bp
from portal.overseas.support.forms import (
    GrantForm,
    LoanForm,
    LoanRefusedForm,
    OweForm,
    PayOutForm,
    PlainForm,
)
from portal.overseas.support.loan_rules import LoanTerms
from portal.overseas.support.models import SupportLoan
from portal.overseas.support.operations import decided_sum
from portal.overseas.support.queries import Loans
from portal.overseas.support.transitions import LOAN_STEPS, find, steps_from
from portal.overseas.support.views import case_or_404
from portal.web.access import allow, get_or_404
from portal.web.transactions import write_transaction
from portal.workers.blueprint import someone


def loan_or_404(loan_id: int) -> SupportLoan:
    shown = Loans().visible_to(someone()).by_id(loan_id).with_page_data()
    return get_or_404((shown.locked() if request.method == "POST" else shown).query)


def _terms(case: OverseasCase) -> LoanTerms:
    with write_transaction(keep_loaded=True):
        return operations.terms_for(case, cost_vnd=None, contract_months=None, actor=someone(), now=now())


def _months(case: OverseasCase) -> int | None:
    """As the opening states; who goes by a programme tells it."""
    terms = case.opening.overseas if case.opening is not None else None
    return terms.term_months if terms is not None else None


@bp.route("/cases/<int:case_id>/loan", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def new_loan(case_id: int) -> Any:
    found = case_or_404(case_id)
    form = LoanForm(data={"asked_on": today(), "contract_months": _months(found)})
    if form.validate_on_submit():
        try:
            made = operations.ask(
                found,
                asked_vnd=form.asked_vnd.data,
                cost_vnd=form.cost_vnd.data,
                asked_on=form.asked_on.data,
                contract_months=form.contract_months.data,
                actor=someone(),
                now=now(),
            )
            db.session.commit()
            flash(_("Đã ghi hồ sơ vay."), "good")
            return redirect(url_for("support.loan", loan_id=made.id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            found = case_or_404(case_id)
    paid = decided_sum(found)
    answer = render_template(
        "support/loan_new.html", form=form, case=found, terms=_terms(found), support_vnd=paid
    )
    return answer, 422 if form.errors else 200


@bp.get("/loans/<int:loan_id>")
@allow(*CASE_STAFF)
def loan(loan_id: int) -> Any:
    made = loan_or_404(loan_id)
    page = render_template(
        "support/loan.html", loan=made, steps=steps_from(LOAN_STEPS, made.state), day=today()
    )
    with write_transaction(keep_loaded=True):
        record("looked", made.worker, actor=someone(), now=now(), part="loan")
    return page


@dataclass(frozen=True)
class LoanPage:
    run: Callable[[SupportLoan, Any], Any]
    form: type[Any]
    known: Callable[[SupportLoan], dict[str, Any]]


def _by() -> dict[str, Any]:
    return {"actor": someone(), "now": now()}


PAGES = {
    "grant": LoanPage(
        lambda made, form: operations.grant(
            made, form.approved_vnd.data, form.answered_on.data, note=form.note.data or "", **_by()
        ),
        GrantForm,
        lambda made: {"approved_vnd": made.asked_vnd, "answered_on": today()},
    ),
    "refuse": LoanPage(
        lambda made, form: operations.refuse(made, form.answered_on.data, note=form.note.data or "", **_by()),
        LoanRefusedForm,
        lambda _made: {"answered_on": today()},
    ),
    "pay_out": LoanPage(
        lambda made, form: operations.pay_out(made, form.paid_out_vnd.data, form.paid_out_on.data, **_by()),
        PayOutForm,
        lambda made: {"paid_out_vnd": made.approved_vnd, "paid_out_on": today()},
    ),
    "owe": LoanPage(
        lambda made, form: operations.owe(made, form.owed_vnd.data, form.day.data, **_by()),
        OweForm,
        lambda _made: {"day": today()},
    ),
    "withdraw": LoanPage(lambda made, _form: operations.withdraw(made, **_by()), PlainForm, lambda _made: {}),
}


@bp.route("/loans/<int:loan_id>/<any(grant,refuse,pay_out,owe,withdraw):step>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def loan_step(loan_id: int, step: str) -> Any:
    made, page = loan_or_404(loan_id), PAGES[step]
    row = find(LOAN_STEPS, step, made.state)
    form = page.form(data=page.known(made))
    if form.validate_on_submit():
        try:
            page.run(made, form)
            db.session.commit()
            flash(_("Đã ghi."), "good")
            return redirect(url_for("support.loan", loan_id=loan_id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            made = loan_or_404(loan_id)
    answer = render_template("support/loan_step.html", loan=made, step=row, form=form)
    return answer, 422 if form.errors else 200
