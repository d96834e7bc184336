"""Coming in by a code to one's phone; on a number that others share, or an old one, with a second fact."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access import operations, proofs
from portal.access.forms import AskCodeForm, EnterCodeForm, SecondFactForm
from portal.access.models import Account
from portal.access.phone_codes import is_fresh, prove_phone, send_phone_code, spend_phone_code
from portal.access.second_facts import people_reached_by, who_knows
from portal.access.sessions import open_session
from portal.access.throttle import give_back_try, take_try
from portal.access.views import bp, home_of, sign_in_page
from portal.common.clock import now
from portal.errors import DomainError, Invalid
from portal.extensions import db
from portal.web.access import PUBLIC, allow
from portal.web.redirects import safe_back
from portal.web.transactions import slow_first, write_transaction


def _onward() -> str | None:
    return safe_back(request.args.get("next"))


@bp.get("/sign-in/code")
@allow(PUBLIC)
def code_asked_again() -> Any:
    """Whoever reloads or reopens the page of a wrong number finds the form again."""
    return redirect(url_for("access.sign_in", next=_onward()))


@bp.post("/sign-in/code")
@allow(PUBLIC)
@slow_first
def ask_code() -> Any:
    """The same answer, the same work, whether or not anybody here has this number."""
    form = AskCodeForm()
    if form.validate_on_submit():
        try:
            send_code(form.phone.data)
        except DomainError as error:
            form.put_error(error)
            return sign_in_page(code_form=form, onward=_onward()), error.status
        return redirect(url_for("access.enter_code", next=_onward()))
    return sign_in_page(code_form=form, onward=_onward()), 422


def send_code(phone: str) -> None:
    with write_transaction():
        take_try("send_code", request.remote_addr, name=phone, now=now())
        send_phone_code(phone, now=now())
    proofs.note_asked(phone)


def spend_code(phone: str, typed: str) -> None:
    """Raises where the code is wrong; afterwards this browser has proved the number."""
    with write_transaction():
        take_try("enter_code", request.remote_addr, name=phone, now=now())
        right = spend_phone_code(phone, typed, now=now())
        if right:
            give_back_try("enter_code", request.remote_addr, name=phone, now=now())
    if not right:
        raise Invalid(_("Mã không đúng hoặc đã hết hạn. Bạn có thể xin mã mới."), field="phone_code")
    proofs.note_proof(phone, now=now())


@bp.route("/sign-in/code/enter", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def enter_code() -> Any:
    phone = proofs.asked_phone()
    if phone is None:
        return redirect(url_for("access.sign_in", next=_onward()))
    form = EnterCodeForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            spend_code(phone, form.phone_code.data)
            return _let_in(phone)
        except DomainError as error:
            form.put_error(error)
            status = error.status
    return render_template("access/enter_code.html", form=form, phone=phone, onward=_onward()), status


def _let_in(phone: str) -> Any:
    people = people_reached_by(phone)
    if not any(one.account_id for one in people):
        return redirect(url_for("access.nobody_here"))
    if len(people) == 1:
        account = db.session.get_one(Account, people[0].account_id)
        if is_fresh(account, phone, now=now()):
            return _open(account, phone, "code")
    return redirect(url_for("access.second_fact", next=_onward()))


def _open(account: Account, phone: str, way: str) -> Any:
    with write_transaction():
        prove_phone(account, phone, now=now())
        operations.note_sign_in(account, way=way, now=now())
    open_session(account)
    return redirect(_onward() or home_of(account))


@bp.route("/sign-in/who", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def second_fact() -> Any:
    """Nothing here tells who, or how many, are reached by the number."""
    phone = proofs.proved_phone(now=now())
    if phone is None or current_user.is_authenticated:
        return redirect(url_for("access.sign_in", next=_onward()))
    form = SecondFactForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            return _open(_who(phone, form.birth_year.data, form.pin.data), phone, "code_and_pin")
        except DomainError as error:
            form.put_error(error)
            status = error.status
    return render_template("access/second_fact.html", form=form, phone=phone, onward=_onward()), status


def _who(phone: str, birth_year: int, pin: str) -> Account:
    """Tries are counted for one birth year on one number: in a family one's slips lock nobody else out."""
    name, address = f"{phone} {birth_year}", request.remote_addr
    with write_transaction():
        take_try("pin", address, name=name, now=now())
    account = who_knows(phone, birth_year, pin)
    if account is None:
        raise Invalid(_("Năm sinh hoặc mã PIN không đúng."))
    with write_transaction():
        give_back_try("pin", address, name=name, only_one=True, now=now())
    return account


@bp.get("/sign-in/nobody")
@allow(PUBLIC)
def nobody_here() -> Any:
    """Who has entered the code may know that no account comes in by this number."""
    if proofs.proved_phone(now=now()) is None:
        flash(_("Bạn cần nhận mã trước."), "water")
        return redirect(url_for("access.sign_in"))
    return render_template("access/nobody_here.html")
