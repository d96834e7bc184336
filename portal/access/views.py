"""Signing in and out, and passwords. Argon2 is slow: it runs between two short transactions."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access import operations, proofs, queries
from portal.access.forms import AskCodeForm, ChangePasswordForm, ResetCodeForm, ResetForm, SignInForm
from portal.access.homes import HOMES
from portal.access.models import Account
from portal.access.passwords import check_password, hash_password
from portal.access.phone_codes import prove_phone
from portal.access.rules import DEMO_PASSWORD, tidy_sign_in_name
from portal.access.sessions import close_session, may_be_used, open_session
from portal.access.states import Role
from portal.access.throttle import give_back_try, take_try
from portal.common.clock import now
from portal.errors import DomainError, Invalid
from portal.extensions import db
from portal.messages.queries import latest_messages
from portal.web.access import PUBLIC, SIGNED_IN, allow
from portal.web.lists import paginate
from portal.web.redirects import safe_back
from portal.web.transactions import slow_first, write_transaction

bp = Blueprint("access", __name__)


def home_of(account: Account) -> str:
    return url_for(HOMES[account.role])


def sign_in_page(*, password_form: Any = None, code_form: Any = None, onward: str | None) -> str:
    """Two ways in on one page; the form that was not sent stands there empty."""
    return render_template(
        "access/sign_in.html",
        form=password_form or SignInForm(formdata=None),
        code_form=code_form or AskCodeForm(formdata=None),
        onward=onward,
        demo_accounts=queries.demo_accounts() if current_app.config["DEMO"] else [],
        demo_password=DEMO_PASSWORD,
    )


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def sign_in() -> Any:
    onward = safe_back(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(onward or home_of(current_user))
    form = SignInForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            account = _sign_in(form.sign_in_name.data, form.password.data)
            return redirect(onward or home_of(account))
        except DomainError as error:
            form.put_error(error)
            status = error.status
    return sign_in_page(password_form=form, onward=onward), status


def _sign_in(typed: str, password: str) -> Account:
    """The sentence never tells which of the two was wrong, nor does the time."""
    name, address = tidy_sign_in_name(typed), request.remote_addr
    with write_transaction():
        take_try("sign_in", address, name=name, now=now())
    account = queries.account_named(name)
    right = check_password(account.password_hash if account else None, password)
    if account is None or not right or not account.is_enabled or not may_be_used(account):
        raise Invalid(_("Tên đăng nhập hoặc mật khẩu không đúng."))
    proved = proofs.proved_phone(now=now())
    with write_transaction():
        give_back_try("sign_in", address, name=name, now=now())
        if proved is not None and proved == account.phone:
            # The password was the second fact that an old number's code needs.
            prove_phone(account, proved, now=now())
        operations.note_sign_in(account, now=now())
    open_session(account)
    return account


@bp.post("/sign-out")
@allow(PUBLIC)
def sign_out() -> Any:
    if current_user.is_authenticated and current_user.role == Role.SEEKER:
        operations.end_sessions(db.session.get_one(Account, current_user.id), now=now())
        db.session.commit()
    close_session()
    flash(_("Bạn đã đăng xuất."), "water")
    return redirect(safe_back(request.form.get("next")) or "/")


@bp.route("/account/password", methods=["GET", "POST"])
@allow(SIGNED_IN)
@slow_first
def change_password() -> Any:
    if current_user.role == Role.SEEKER and current_user.password_hash is None:
        return redirect(url_for("access.first_password"))
    form = ChangePasswordForm()
    form.names = (current_user.sign_in_name, current_user.display_name, current_user.phone)
    if form.validate_on_submit():
        try:
            _change_password(form.present.data, form.new_password.data)
            flash(_("Đã đổi mật khẩu. Các máy khác đang đăng nhập tài khoản này đã bị thoát."), "good")
            return redirect(home_of(current_user))
        except DomainError as error:
            form.put_error(error)
    return render_template("access/change_password.html", form=form), 422 if form.errors else 200


def _change_password(present: str, new_password: str) -> None:
    account: Account = db.session.get_one(Account, current_user.id)
    name = f"account {account.id}"
    with write_transaction():
        take_try("password", request.remote_addr, name=name, now=now())
    if not check_password(account.password_hash, present):
        raise Invalid(_("Mật khẩu đang dùng không đúng."), field="present")
    password_hash = hash_password(new_password)
    with write_transaction():
        give_back_try("password", request.remote_addr, name=name, now=now())
        operations.change_password(account, password_hash, actor=account, now=now())
    open_session(account)


@bp.route("/reset-password", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def reset() -> Any:
    """The same answer whether or not there is such an account."""
    form = ResetForm()
    if form.validate_on_submit():
        name = tidy_sign_in_name(form.sign_in_name.data)
        try:
            with write_transaction():
                take_try("reset", request.remote_addr, name=name, now=now())
                account = queries.account_named(name)
                if account is not None:
                    operations.send_reset_code(account, now=now())
        except DomainError as error:
            form.put_error(error)
        else:
            flash(
                _("Nếu có tài khoản tên này, mã đã được gửi đến điện thoại hoặc thư điện tử đã ghi."), "water"
            )
            return redirect(url_for("access.reset_confirm"))
    return render_template("access/reset.html", form=form), 422 if form.errors else 200


@bp.route("/reset-password/code", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def reset_confirm() -> Any:
    form = ResetCodeForm()
    form.names = (form.sign_in_name.data,)
    if form.validate_on_submit():
        try:
            _reset(form)
            flash(_("Mật khẩu mới đã dùng được. Mời bạn đăng nhập."), "good")
            return redirect(url_for("access.sign_in"))
        except DomainError as error:
            form.put_error(error)
    return render_template("access/reset_confirm.html", form=form), 422 if form.errors else 200


def _reset(form: ResetCodeForm) -> None:
    name = tidy_sign_in_name(form.sign_in_name.data)
    password_hash = hash_password(form.new_password.data)
    with write_transaction():
        take_try("code", request.remote_addr, name=name, now=now())
        account = queries.account_named(name)
        # A wrong code is counted, so this transaction is kept either way.
        done = operations.finish_reset(account, form.code.data, password_hash, now=now())
    if not done:
        raise Invalid(_("Mã không đúng hoặc đã hết hạn. Bạn có thể xin mã mới."), field="code")


@bp.get("/outbox")
@allow(PUBLIC)
def outbox() -> Any:
    """In a demo nothing is really sent: messages and codes are read here."""
    if not current_app.config["DEMO"]:
        abort(404)
    return render_template("access/outbox.html", page=paginate(latest_messages()))
