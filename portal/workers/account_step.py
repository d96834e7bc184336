"""The account of who registers: first a code to the phone, then a PIN, a password, or both.

Whether the number belongs to others, too, is told to nobody who has not entered the code that came to it.
"""

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from portal.access import proofs
from portal.access.code_views import send_code, spend_code
from portal.access.forms import EnterCodeForm
from portal.access.models import Account
from portal.access.operations import create_account
from portal.access.passwords import hash_password
from portal.access.rules import tidy_sign_in_name
from portal.access.second_facts import is_shared
from portal.access.sessions import open_session
from portal.access.states import Role
from portal.access.throttle import take_try
from portal.common.clock import now, today
from portal.errors import DomainError, Invalid
from portal.web.transactions import write_transaction
from portal.workers import operations, steps
from portal.workers.step_forms import AccountForm, WhoForm
from portal.workers.step_pages import who_values
from portal.workers.ways import Way

# What was told before the account stands, in the person's own browser.
DRAFT = "registration"


def account_step(draft: dict[str, Any]) -> Any:
    phone = draft.get("phone")
    proved = phone is not None and proofs.proved_phone(now=now()) == phone
    if phone and not proved and draft.get("no_code") != phone:
        return _ask_for_code(draft, phone)
    return _ask_for_secret(draft, phone if proved else None)


def _ask_for_code(draft: dict[str, Any], phone: str) -> Any:
    if "no_code" in request.form:
        # Kept for this number only: who writes another one is asked again.
        session[DRAFT] = {**draft, "no_code": phone}
        return redirect(url_for("workers.step", step="account"))
    form = EnterCodeForm()
    if request.method == "POST":
        try:
            if "send" in request.form:
                send_code(phone)
                return redirect(url_for("workers.step", step="account"))
            if form.validate():
                spend_code(phone, form.phone_code.data)
                return redirect(url_for("workers.step", step="account"))
        except DomainError as error:
            form.put_error(error)
    sent = proofs.asked_phone() == phone
    return _page("workers/steps/prove_phone.html", form, phone=phone, sent=sent)


def _page(template: str, form: Any, **more: Any) -> Any:
    page = render_template(
        template,
        form=form,
        step=steps.BY_NAME["account"],
        labels=[step.label for step in steps.steps_for(None, today())],
        at=2,
        action=url_for("workers.step", step="account"),
        back=url_for("workers.step", step="who"),
        later=None,
        **more,
    )
    return page, 422 if form.errors else 200


def _who(draft: dict[str, Any]) -> dict[str, Any]:
    again = WhoForm(formdata=None, data=draft)
    again.birth.process_formdata([draft["birth"]])
    return who_values(again)


def _ask_for_secret(draft: dict[str, Any], proved: str | None) -> Any:
    values = _who(draft)
    shared = proved is not None and is_shared(proved)
    # Of a number that several have, none makes a name of their own.
    form = AccountForm(data={"sign_in_name": ("" if shared else proved) or draft.get("email") or ""})
    form.names = (form.sign_in_name.data, draft["full_name"], draft.get("phone"))
    form.born_in, form.own_phone = values["birth_year"], draft.get("phone")
    form.pin_offered = proved is not None
    form.pin_needed = shared
    if form.validate_on_submit():
        try:
            insist_own_name(form, proved)
            return redirect(_open_account(form, draft, values, proved))
        except DomainError as error:
            form.put_error(error)
    return _page("workers/steps/account.html", form)


def insist_own_name(form: AccountForm, proved: str | None) -> None:
    """A number as a name only for whose it is; the sentence is the same whether or not it is taken."""
    name = tidy_sign_in_name(form.sign_in_name.data or "")
    if form.wants_password and name.isdigit() and name != proved:
        raise Invalid(
            _("Muốn dùng số điện thoại làm tên đăng nhập thì cần nhận mã ở số đó. Hãy chọn một tên khác."),
            field="sign_in_name",
        )


def _open_account(
    form: AccountForm, draft: dict[str, Any], values: dict[str, Any], proved: str | None
) -> str:
    """Account and profile in one transaction; then the session is a new one."""
    with write_transaction():
        take_try("register", request.remote_addr, now=now())
    password_hash = hash_password(form.new_password.data) if form.wants_password else None
    pin_hash = hash_password(form.new_pin.data) if form.pin_offered and form.new_pin.data else None
    with write_transaction():
        new: Account = create_account(
            form.sign_in_name.data if form.wants_password else None,
            draft["full_name"],
            Role.SEEKER,
            password_hash,
            phone=draft.get("phone"),
            phone_proved_at=now() if proved else None,
            pin_hash=pin_hash,
            email=draft.get("email") or None,
            actor=None,
            now=now(),
        )
        worker = operations.register(new, values, actor=new, now=now())
    open_session(new)
    flash(_("Đã mở hồ sơ. Từ đây mỗi bước đều được giữ lại, bạn nghỉ lúc nào cũng được."), "good")
    return Way(worker, today()).after("account")
