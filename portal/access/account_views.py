"""The list of accounts, for who manages them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access import code_views, help_views, operations, own_views
from portal.access.forms import AccountFilter, AccountForm
from portal.access.models import Account
from portal.access.passwords import hash_password
from portal.access.permissions import may_manage, roles_to_create
from portal.access.queries import Accounts
from portal.access.states import Role
from portal.access.views import bp
from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate
from portal.web.redirects import safe_back
from portal.web.transactions import slow_first, write_transaction

# Every module of views hangs its routes on the one blueprint.
__all__ = ["bp", "code_views", "help_views", "own_views"]


@bp.get("/accounts")
@allow(Role.LEADER, Role.ADMINISTRATOR)
def accounts() -> Any:
    form = AccountFilter(request.args)
    shown = Accounts().visible_to(current_user).search(form.q.data or "")
    if form.role.data in Role.values():
        shown = shown.with_role(Role(form.role.data))
    if form.enabled.data in ("yes", "no"):
        shown = shown.enabled(form.enabled.data == "yes")
    return render_template(
        "access/accounts.html", form=form, page=paginate(shown.in_order().query), may_manage=may_manage
    )


@bp.route("/accounts/new", methods=["GET", "POST"])
@allow(Role.LEADER, Role.ADMINISTRATOR)
@slow_first
def new_account() -> Any:
    form = AccountForm()
    form.role.choices = [(role, role.label) for role in roles_to_create(current_user)]
    form.names = (form.sign_in_name.data, form.display_name.data, form.phone.data)
    if form.validate_on_submit():
        password_hash = hash_password(form.new_password.data)
        try:
            with write_transaction():
                account = operations.create_account(
                    form.sign_in_name.data,
                    form.display_name.data,
                    form.role.data,
                    password_hash,
                    phone=form.phone.data,
                    email=form.email.data or None,
                    actor=current_user,
                    now=now(),
                )
        except DomainError as error:
            form.put_error(error)
        else:
            flash(_("Đã tạo tài khoản %(name)s.", name=account.sign_in_name), "good")
            return redirect(url_for("access.accounts"))
    return render_template("access/new_account.html", form=form), 422 if form.errors else 200


def _account(account_id: int) -> Account:
    return get_or_404(Accounts().visible_to(current_user).with_id(account_id).query.with_for_update())


@bp.post("/accounts/<int:account_id>/disable")
@allow(Role.LEADER, Role.ADMINISTRATOR)
def disable_account(account_id: int) -> Any:
    return _set_enabled(account_id, False)


@bp.post("/accounts/<int:account_id>/enable")
@allow(Role.LEADER, Role.ADMINISTRATOR)
def enable_account(account_id: int) -> Any:
    return _set_enabled(account_id, True)


def _set_enabled(account_id: int, enabled: bool) -> Any:
    account = _account(account_id)
    operations.set_enabled(account, enabled, actor=current_user, now=now())
    db.session.commit()
    said = _("Đã mở lại tài khoản %(name)s.") if enabled else _("Đã khoá tài khoản %(name)s.")
    flash(said % {"name": account.sign_in_name or account.display_name}, "good")
    # Back to the list as it was filtered; a name, often a phone number, does not go into an address.
    return redirect(safe_back(request.referrer) or url_for("access.accounts"))


@bp.post("/accounts/<int:account_id>/reset-code")
@allow(Role.LEADER, Role.ADMINISTRATOR)
def issue_reset_code(account_id: int) -> Any:
    """The page itself holds the code, not a redirect: it is shown this once."""
    account = _account(account_id)
    code = operations.issue_reset_code(account, actor=current_user, now=now())
    db.session.commit()
    return render_template("access/reset_code.html", account=account, code=code)
