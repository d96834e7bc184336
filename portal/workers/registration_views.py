"""Online registration: first the birth date, then the name, then an account, then step by step.

Until the account stands nothing is stored but in the person's own browser, and of who is under 15 nothing.
"""

import re
from typing import Any

from flask import abort, current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from portal.access import proofs
from portal.access.sessions import CAME_FOR
from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.web.access import PUBLIC, allow
from portal.web.redirects import safe_back
from portal.web.transactions import slow_first
from portal.workers import facts, operations, steps
from portal.workers.account_step import DRAFT, account_step
from portal.workers.blueprint import actor, bp, own_worker
from portal.workers.models import Worker
from portal.workers.rules import WORKING_AGE, age_on
from portal.workers.states import WorkerState
from portal.workers.step_forms import BirthField, BirthForm, WhoForm
from portal.workers.step_pages import REACH, who_values
from portal.workers.step_views import run_step
from portal.workers.ways import Way


def _stranger() -> Any:
    """Staff register others at the desk; partners have no profile of their own."""
    account = actor()
    if account is None or account.role is Role.SEEKER:
        return None
    if account.role in CASE_STAFF:
        return redirect(url_for("workers.walk_in"))
    abort(403)


@bp.route("/register", methods=["GET", "POST"])
@allow(PUBLIC)
def register() -> Any:
    elsewhere = _stranger()
    if elsewhere is not None:
        return elsewhere
    worker = own_worker()
    if worker is not None:
        return redirect(_goes_on_at(worker))
    _remember_the_opening()
    form = BirthForm(data={"birth": session.get(DRAFT, {}).get("birth")})
    if form.validate_on_submit():
        answer = _age_answer(form.birth)
        if answer is not None:
            return answer
        if not form.birth.errors:
            session[DRAFT] = {**session.get(DRAFT, {}), "birth": form.birth.data}
            return redirect(url_for("workers.step", step="who"))
    return render_template("workers/register.html", form=form), 422 if form.errors else 200


def _remember_the_opening() -> None:
    """Who registers because of an opening finds it again at the end; no other page is kept."""
    page = safe_back(request.args.get("next")) or ""
    if re.fullmatch(r"/openings/\d{1,9}", page.rstrip("?")):
        session[CAME_FOR] = page.rstrip("?")


def _goes_on_at(worker: Worker) -> str:
    if worker.state is not WorkerState.DRAFT:
        return url_for("workers.profile")
    way = Way(worker, today())
    return way.after(worker.step_reached)


def _age_answer(field: BirthField) -> Any:
    """The page for who is under 15; a year that leaves it open asks for the day."""
    age = age_on(field.birth_date, field.birth_year, today())
    if age is None or age >= WORKING_AGE:
        return None
    if field.birth_date is None and age == WORKING_AGE - 1:
        field.errors = [_("Bạn ghi thêm ngày và tháng sinh giúp, để biết bạn đã đủ 15 tuổi chưa.")]
        return None
    session.pop(DRAFT, None)
    return render_template("workers/too_young.html", helpline=current_app.config["CHILD_HELPLINE"])


@bp.route("/register/who", methods=["GET", "POST"])
@allow(PUBLIC)
def who() -> Any:
    elsewhere = _stranger()
    if elsewhere is not None:
        return elsewhere
    worker = own_worker()
    if worker is None and not session.get(DRAFT, {}).get("birth"):
        return redirect(url_for("workers.register"))
    if worker is not None:
        answer = _age_answer(WhoForm().birth) if request.method == "POST" else None
        return answer or run_step(worker, "who", Way(worker, today()))
    # Who has just entered a code need not write the number again.
    form = WhoForm(data={"phone": proofs.proved_phone(now=now()), **session[DRAFT]})
    if form.validate_on_submit():
        answer = _age_answer(form.birth)
        if answer is not None:
            return answer
        if not form.birth.errors:
            return _keep_who(form)
    return _who_page(form)


def _keep_who(form: WhoForm) -> Any:
    """With an account the profile begins here, else the answers wait in the browser for the account."""
    account = actor()
    if account is not None:
        try:
            worker = operations.register(account, who_values(form), actor=account, now=now())
            db.session.commit()
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            return _who_page(form)
        session.pop(DRAFT, None)
        return redirect(Way(worker, today()).after("account"))
    try:
        # Nothing is kept yet; what cannot be a name or an age is said here, where it can be mended.
        facts.set_who(Worker(), who_values(form), now())
    except DomainError as error:
        form.put_error(error)
        return _who_page(form)
    session[DRAFT] = {
        name: form[name].data for name in ("birth", "full_name", "sex", "phone", "email", *REACH)
    }
    return redirect(url_for("workers.step", step="account"))


def _who_page(form: WhoForm) -> Any:
    page = render_template(
        "workers/steps/who.html",
        form=form,
        step=steps.BY_NAME["who"],
        labels=[step.label for step in steps.steps_for(None, today())],
        at=1,
        way=None,
        action=url_for("workers.step", step="who"),
        back=url_for("workers.register"),
        later=None,
    )
    return page, 422 if form.errors else 200


@bp.route("/register/account", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def account() -> Any:
    elsewhere = _stranger()
    if elsewhere is not None:
        return elsewhere
    draft = session.get(DRAFT, {})
    if actor() is not None or not draft.get("full_name"):
        return redirect(url_for("workers.register"))
    return account_step(draft)


@bp.route("/register/<step>", methods=["GET", "POST"])
@allow(PUBLIC)
def step(step: str) -> Any:
    elsewhere = _stranger()
    if elsewhere is not None:
        return elsewhere
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    if step == steps.DONE:
        return _done(worker)
    return run_step(worker, step, Way(worker, today()))


def _done(worker: Worker) -> Any:
    if worker.state is WorkerState.DRAFT:
        return redirect(_goes_on_at(worker))
    missing, came_for = steps.missing_in(worker, today()), session.get(CAME_FOR)
    return render_template("workers/done.html", worker=worker, missing=missing, came_for=came_for)
