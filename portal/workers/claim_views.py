"""Taking over a profile with a code, and "this was not me". Every try is counted."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from portal.access.models import Account
from portal.access.operations import create_account
from portal.access.passwords import hash_password
from portal.access.pins import pin_problem
from portal.access.sessions import open_session
from portal.access.states import Role
from portal.access.throttle import take_try
from portal.common.clock import now
from portal.common.secrets import tidy_code
from portal.errors import DomainError, Invalid
from portal.extensions import db
from portal.web.access import PUBLIC, allow
from portal.web.fields import Longest, Needed, WholeNumberField
from portal.web.forms import BaseForm
from portal.web.transactions import slow_first, write_transaction
from portal.workers import operations
from portal.workers.account_step import insist_own_name
from portal.workers.blueprint import actor, bp
from portal.workers.claims import find_claim, may_claim
from portal.workers.consent_models import ClaimCode
from portal.workers.models import Worker
from portal.workers.step_forms import AccountForm


class CodeForm(BaseForm):
    code = StringField(
        _l("Mã nhận hồ sơ"),
        [Needed(_l("Hãy ghi mã trên phiếu.")), Longest(40)],
        description=_l("13 chữ và số trên phiếu; viết hoa hay viết thường đều được"),
    )


class ClaimForm(CodeForm):
    birth_year = WholeNumberField(
        _l("Năm sinh của bạn"), [Needed(_l("Hãy ghi năm sinh bằng bốn chữ số, ví dụ 1998."))]
    )


class ClaimAccountForm(ClaimForm, AccountForm):
    """For who has no account yet. The PIN goes with a code to the phone that the profile has."""

    pin_offered = True


def _count_try(code: str) -> None:
    with write_transaction():
        take_try("claim", request.remote_addr, name=tidy_code(code), now=now())


@bp.route("/claim", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def claim() -> Any:
    account = actor()
    if account is not None and account.role is not Role.SEEKER:
        abort(403)
    if account is not None and not may_claim(account):
        flash(_("Tài khoản này đã có hồ sơ rồi. Có hai hồ sơ thì bạn gọi Trung tâm để gộp lại."), "wait")
        return redirect(url_for("workers.profile"))
    form = ClaimForm() if account is not None else ClaimAccountForm()
    if account is None:
        form.names = (form.sign_in_name.data,)
    if form.validate_on_submit():
        try:
            return _take_over(form, account)
        except DomainError as error:
            form.put_error(error)
    return render_template("workers/claim.html", form=form, signed_in=account is not None), (
        422 if form.errors else 200
    )


def _right(form: ClaimForm) -> tuple[ClaimCode, Worker]:
    """One sentence whatever was wrong: nobody learns whether a code exists."""
    found = find_claim(form.code.data, now=now())
    if found is None or found[1].birth_year != form.birth_year.data:
        raise Invalid(
            _("Mã hoặc năm sinh không đúng, hoặc mã đã hết hạn. Bạn gọi Trung tâm giúp."), field="code"
        )
    return found


def _take_over(form: Any, account: Account | None) -> Any:
    _count_try(form.code.data)
    _right(form)
    secrets = _secrets(form) if account is None else {}
    with write_transaction():
        claim, worker = _right(form)
        if account is None:
            account = new = _new_account(form, worker, secrets)
        else:
            account, new = db.session.merge(account), None
        operations.take_over(claim, worker, account, actor=account, now=now())
    if new is not None:
        open_session(new)
    flash(_("Hồ sơ này nay do bạn quản lý. Bạn đọc lại và chọn những điều mình đồng ý."), "good")
    return redirect(url_for("workers.consents"))


def _secrets(form: ClaimAccountForm) -> dict[str, str | None]:
    """Slow: before the transaction."""
    return {
        "password_hash": hash_password(form.new_password.data or "") if form.wants_password else None,
        "pin_hash": hash_password(form.new_pin.data) if form.new_pin.data else None,
    }


def _new_account(form: ClaimAccountForm, worker: Worker, secrets: dict[str, str | None]) -> Account:
    problem = (
        pin_problem(form.new_pin.data, birth_year=worker.birth_year, phone=worker.phone)
        if (form.new_pin.data)
        else None
    )
    if problem:
        raise Invalid(problem, field="new_pin")
    if not form.wants_password and worker.phone is None:
        raise Invalid(
            _("Hồ sơ này chưa có số điện thoại để nhận mã. Hãy đặt tên đăng nhập và mật khẩu."),
            field="sign_in_name",
        )
    insist_own_name(form, worker.phone)
    return create_account(
        form.sign_in_name.data if form.wants_password else None,
        worker.full_name,
        Role.SEEKER,
        secrets["password_hash"],
        # Not proved yet: the first code to it needs the birth year and the PIN.
        phone=worker.phone,
        pin_hash=secrets["pin_hash"],
        actor=None,
        now=now(),
    )


@bp.route("/claim/not-me", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def contest() -> Any:
    return _answer_no(operations.contest, "workers/contest.html", "workers/contested.html")


@bp.route("/claim/refuse", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def refuse() -> Any:
    return _answer_no(operations.refuse, "workers/refuse.html", "workers/refused.html")


def _answer_no(operation: Callable[..., None], question: str, done: str) -> Any:
    form = CodeForm()
    if form.validate_on_submit():
        try:
            _count_try(form.code.data)
            with write_transaction():
                found = find_claim(form.code.data, now=now())
                if found is None:
                    raise Invalid(_("Mã không đúng hoặc đã hết hạn. Bạn gọi Trung tâm giúp."), field="code")
                operation(*found, actor=actor(), now=now())
            return render_template(done)
        except DomainError as error:
            form.put_error(error)
    return render_template(question, form=form), 422 if form.errors else 200
