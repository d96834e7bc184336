"""Inviting, accepting, letting go."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from portal.access.homes import HOMES
from portal.access.models import Account
from portal.access.passwords import hash_password
from portal.access.sessions import open_session
from portal.access.states import PARTNERS, Role
from portal.access.throttle import take_try
from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.organisations import members
from portal.organisations.forms import AcceptForm, InviteForm, MarketForm
from portal.organisations.models import Invitation, Membership
from portal.organisations.queries import invitation_with
from portal.organisations.rules import ROLES_OF_KIND
from portal.organisations.views import bp, organisation_page, page_of, visible
from portal.web.access import PUBLIC, allow, get_or_404
from portal.web.transactions import slow_first, write_transaction

MANAGERS = (Role.MODERATOR, Role.LEADER, *PARTNERS)


@bp.post("/organisations/<int:organisation_id>/invitations")
@allow(*MANAGERS)
def invite(organisation_id: int) -> Any:
    organisation = visible(organisation_id)
    form = InviteForm()
    form.role.choices = [(role, role.label) for role in ROLES_OF_KIND[organisation.kind]]
    if not form.validate():
        return organisation_page(organisation, form, MarketForm(formdata=None))
    members.invite(
        organisation,
        form.recipient.data,
        form.role.data,
        is_manager=form.is_manager.data,
        actor=current_user,
        now=now(),
    )
    db.session.commit()
    flash(_("Đã gửi lời mời."), "good")
    return redirect(page_of(organisation))


@bp.post("/organisations/<int:organisation_id>/invitations/<int:invitation_id>/withdraw")
@allow(*MANAGERS)
def withdraw_invitation(organisation_id: int, invitation_id: int) -> Any:
    organisation = visible(organisation_id)
    query = select(Invitation).where(
        Invitation.id == invitation_id, Invitation.organisation_id == organisation.id
    )
    members.withdraw_invitation(get_or_404(query.with_for_update()), actor=current_user, now=now())
    db.session.commit()
    flash(_("Đã rút lời mời. Đường dẫn đã gửi không còn dùng được."), "good")
    return redirect(page_of(organisation))


@bp.post("/organisations/<int:organisation_id>/members/<int:membership_id>/remove")
@allow(*MANAGERS)
def remove_member(organisation_id: int, membership_id: int) -> Any:
    organisation = visible(organisation_id)
    query = select(Membership).where(
        Membership.id == membership_id, Membership.organisation_id == organisation.id
    )
    members.remove_member(get_or_404(query.with_for_update()), actor=current_user, now=now())
    db.session.commit()
    flash(_("Người này không còn thấy dữ liệu của tổ chức."), "good")
    return redirect(page_of(organisation))


@bp.route("/invitation/<code>", methods=["GET", "POST"])
@allow(PUBLIC)
@slow_first
def accept(code: str) -> Any:
    invitation = _invitation(code)
    if invitation is None:
        return render_template("organisations/invitation_over.html"), 404
    form = AcceptForm()
    if request.method == "GET":
        form.sign_in_name.data = invitation.recipient
    elif current_user.is_authenticated:
        with write_transaction():
            members.accept_as(code, current_user, now=now())
        return _welcome(current_user)
    elif form.validate():
        try:
            return _welcome(_join(code, form))
        except DomainError as error:
            form.put_error(error)
            # The refusal ended the transaction in which the invitation was read.
            invitation = _invitation(code)
            if invitation is None:
                return render_template("organisations/invitation_over.html"), 404
    page = render_template("organisations/accept.html", form=form, invitation=invitation, code=code)
    return page, 422 if form.errors or form.form_errors else 200


def _invitation(code: str) -> Invitation | None:
    """A wrong code counts against the address: nobody finds one by trying."""
    invitation = invitation_with(members.code_hash(code), now=now())
    if invitation is None:
        with write_transaction():
            take_try("invitation", request.remote_addr, now=now())
    return invitation


def _join(code: str, form: AcceptForm) -> Account:
    password_hash = hash_password(form.new_password.data)
    with write_transaction():
        account = members.accept_as_new(
            code,
            sign_in_name=form.sign_in_name.data,
            display_name=form.display_name.data,
            password_hash=password_hash,
            now=now(),
        )
    open_session(account)
    return account


def _welcome(account: Account) -> Any:
    flash(_("Chào mừng bạn đến Bến Việc."), "good")
    return redirect(url_for(HOMES[account.role]))
