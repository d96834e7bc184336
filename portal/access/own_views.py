"""A seeker's own account: the PIN, the password, the way in."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access import helping, operations
from portal.access.forms import DeskPinForm, FirstPasswordForm, OwnPinForm, RemovePasswordForm
from portal.access.models import Account
from portal.access.passwords import check_password, hash_password
from portal.access.second_facts import birth_year_of
from portal.access.sessions import open_session
from portal.access.states import Role
from portal.access.throttle import give_back_try, take_try
from portal.access.views import bp
from portal.common.clock import now
from portal.errors import DomainError, Invalid
from portal.extensions import db
from portal.web.access import PUBLIC, SIGNED_IN, allow
from portal.web.transactions import slow_first, write_transaction


@bp.get("/account")
@allow(SIGNED_IN)
def account() -> Any:
    return render_template("access/account.html", account=_own())


def _own() -> Account:
    return db.session.get_one(Account, current_user.id)


def _insist_present(account: Account, typed: str, *hashes: str | None, sentence: str) -> None:
    """What is in use now, PIN or password; counted before it is looked at."""
    name = f"account {account.id}"
    with write_transaction():
        take_try("password", request.remote_addr, name=name, now=now())
    right = [check_password(kept, typed) for kept in hashes]
    if not any(right):
        raise Invalid(sentence, field="present")
    with write_transaction():
        give_back_try("password", request.remote_addr, name=name, now=now())


@bp.route("/account/pin", methods=["GET", "POST"])
@allow(Role.SEEKER)
@slow_first
def change_pin() -> Any:
    form, own = OwnPinForm(), _own()
    form.born_in, form.own_phone = birth_year_of(own), own.phone
    if form.validate_on_submit():
        try:
            _insist_present(own, form.present.data, own.pin_hash, own.password_hash,
                            sentence=_("Mã PIN hoặc mật khẩu đang dùng không đúng."))  # fmt: skip
            pin_hash = hash_password(form.new_pin.data)
            with write_transaction():
                helping.set_pin(own, pin_hash, actor=own, now=now())
            open_session(own)
            flash(_("Đã đặt mã PIN mới."), "good")
            return redirect(url_for("access.account"))
        except DomainError as error:
            form.put_error(error)
    return render_template("access/change_pin.html", form=form), 422 if form.errors else 200


@bp.route("/account/first-password", methods=["GET", "POST"])
@allow(Role.SEEKER)
@slow_first
def first_password() -> Any:
    own = _own()
    if own.password_hash is not None:
        return redirect(url_for("access.change_password"))
    form = FirstPasswordForm(data={"sign_in_name": own.sign_in_name or ""})
    form.names = (form.sign_in_name.data, own.display_name, own.phone)
    if form.validate_on_submit():
        try:
            _insist_present(own, form.present.data, own.pin_hash, sentence=_("Mã PIN không đúng."))
            password_hash = hash_password(form.new_password.data)
            with write_transaction():
                operations.set_first_password(
                    own, form.sign_in_name.data, password_hash, actor=own, now=now()
                )
            open_session(own)
            flash(_("Đã đặt mật khẩu."), "good")
            return redirect(url_for("access.account"))
        except DomainError as error:
            form.put_error(error)
    return render_template("access/first_password.html", form=form), 422 if form.errors else 200


@bp.route("/account/no-password", methods=["GET", "POST"])
@allow(Role.SEEKER)
@slow_first
def remove_password() -> Any:
    form, own = RemovePasswordForm(), _own()
    if form.validate_on_submit():
        try:
            _insist_present(own, form.present.data, own.password_hash,
                            sentence=_("Mật khẩu đang dùng không đúng."))  # fmt: skip
            with write_transaction():
                helping.remove_password(own, actor=own, now=now())
            open_session(own)
            flash(_("Đã bỏ mật khẩu. Từ nay bạn vào bằng mã trong tin nhắn."), "good")
            return redirect(url_for("access.account"))
        except DomainError as error:
            form.put_error(error)
    return render_template("access/remove_password.html", form=form), 422 if form.errors else 200


@bp.route("/pin", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def desk_pin() -> Any:
    """Where a person types a PIN of their own, with the code an adviser has just read out."""
    form = DeskPinForm()
    if form.validate_on_submit():
        try:
            if _set_desk_pin(form):
                flash(_("Mã PIN mới đã dùng được. Mời bạn đăng nhập."), "good")
                return redirect(url_for("access.sign_in"))
        except DomainError as error:
            form.put_error(error)
    return render_template("access/desk_pin.html", form=form), 422 if form.errors else 200


def _set_desk_pin(form: DeskPinForm) -> bool:
    """False where the PIN itself cannot be taken: then the code is still good."""
    wrong = Invalid(_("Mã không đúng hoặc đã hết hạn. Bạn nhờ Trung tâm cấp mã mới."), field="code")
    with write_transaction():
        take_try("pin_code", request.remote_addr, now=now())
        found = helping.behind_pin_code(form.code.data, now=now())
    if found is None:
        raise wrong
    form.born_in, form.own_phone = birth_year_of(found[1]), found[1].phone
    if not form.validate():
        return False
    pin_hash = hash_password(form.new_pin.data)
    with write_transaction():
        give_back_try("pin_code", request.remote_addr, now=now())
        done = helping.finish_pin(form.code.data, pin_hash, now=now())
    if not done:
        raise wrong
    return True
