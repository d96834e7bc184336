"""Inviting people into an organisation, and letting them go."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.access.operations import create_account
from portal.access.states import Role
from portal.audit.operations import record
from portal.common.secrets import hash_code, public_code
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.messages.models import Channel
from portal.messages.operations import enqueue
from portal.organisations.models import Invitation, Membership, Organisation
from portal.organisations.permissions import may_manage_members
from portal.organisations.queries import invitation_with, membership_of
from portal.organisations.rules import ROLES_OF_KIND

# Two weeks: long enough for a person who reads mail on Sundays, short enough for a forgotten letter.
INVITATION_TIME = dt.timedelta(days=14)


def code_hash(code: str) -> str:
    return hash_code(current_app.config["CODE_KEY"], f"invitation{code}")


def _insist(actor: Account, organisation: Organisation) -> None:
    if not may_manage_members(actor, organisation, membership_of(actor)):
        raise NotAllowed(_("Bạn không mời và không cho nghỉ được người của tổ chức này."))


def invite(
    organisation: Organisation,
    recipient: str,
    role: Role,
    *,
    is_manager: bool,
    actor: Account,
    now: dt.datetime,
) -> tuple[Invitation, str]:
    """The invitation and its code; the code is also in the message to the person, and nowhere else."""
    _insist(actor, organisation)
    if role not in ROLES_OF_KIND[organisation.kind]:
        raise Invalid(_("Vai trò này không hợp với loại tổ chức."), field="role")
    code = public_code()
    invitation = Invitation(
        organisation_id=organisation.id,
        role=role,
        recipient=recipient,
        is_manager=is_manager,
        code_hash=code_hash(code),
        invited_by_id=actor.id,
        created_at=now,
        expires_at=now + INVITATION_TIME,
    )
    db.session.add(invitation)
    db.session.flush()
    enqueue(
        "invitation",
        recipient=recipient,
        channel=Channel.EMAIL if "@" in recipient else Channel.SMS,
        subject=_("Lời mời vào Bến Việc"),
        body=_(
            "%(organisation)s mời bạn dùng Bến Việc. Mở trang %(link)s trong 14 ngày để lập tài khoản. "
            "Nếu không phải bạn, hãy bỏ qua tin này.",
            organisation=organisation.name,
            link=f"{current_app.config['PUBLIC_ADDRESS']}/invitation/{code}",
        ),
        now=now,
    )
    record("invitation.sent", invitation, actor=actor, now=now, organisation=organisation.id)
    return invitation, code


def withdraw_invitation(invitation: Invitation, *, actor: Account, now: dt.datetime) -> None:
    _insist(actor, invitation.organisation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(_("Lời mời này không còn chờ nữa."))
    invitation.withdrawn_at = now
    db.session.flush()
    record("invitation.withdrawn", invitation, actor=actor, now=now)


def _open_invitation(code: str, now: dt.datetime) -> Invitation:
    invitation = invitation_with(code_hash(code), now=now)
    if invitation is None:
        raise Refused(_("Lời mời này đã được dùng, đã rút hoặc hết hạn."))
    return invitation


def accept_as_new(
    code: str, *, sign_in_name: str, display_name: str, password_hash: str, now: dt.datetime
) -> Account:
    """The invited person has no account yet: it is made with the invitation's role."""
    invitation = _open_invitation(code, now)
    by_mail = "@" in invitation.recipient
    account = create_account(
        sign_in_name,
        display_name,
        invitation.role,
        password_hash,
        phone=None if by_mail else invitation.recipient,
        email=invitation.recipient if by_mail else None,
        actor=None,
        now=now,
    )
    _join(invitation, account, now)
    return account


def accept_as(code: str, account: Account, *, now: dt.datetime) -> None:
    """Somebody who has an account of the right role, and belongs nowhere now."""
    invitation = _open_invitation(code, now)
    if account.role != invitation.role:
        raise Refused(_("Tài khoản đang đăng nhập có vai trò khác. Hãy đăng xuất rồi mở lại lời mời."))
    if membership_of(account) is not None:
        raise Refused(_("Tài khoản này đang thuộc một tổ chức khác."))
    _join(invitation, account, now)


def _join(invitation: Invitation, account: Account, now: dt.datetime) -> None:
    add_member(invitation.organisation, account, is_manager=invitation.is_manager, now=now)
    invitation.accepted_at = now
    invitation.accepted_by_id = account.id
    db.session.flush()
    record("invitation.accepted", invitation, actor=account, now=now)


def add_member(
    organisation: Organisation, account: Account, *, is_manager: bool, now: dt.datetime
) -> Membership:
    """Who comes back gets the former row again: one row a person and organisation."""
    query = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.account_id == account.id
    )
    membership = db.session.scalars(query).one_or_none()
    if membership is None:
        membership = Membership(organisation_id=organisation.id, account_id=account.id, created_at=now)
        db.session.add(membership)
    membership.is_manager = is_manager
    membership.ended_at = None
    db.session.flush()
    return membership


def remove_member(membership: Membership, *, actor: Account, now: dt.datetime) -> None:
    _insist(actor, membership.organisation)
    if membership.account_id == actor.id:
        raise Refused(_("Bạn không tự cho mình nghỉ được. Hãy nhờ người quản lý khác hoặc Trung tâm."))
    if membership.ended_at is not None:
        raise Refused(_("Người này không còn trong tổ chức."))
    membership.ended_at = now
    # What the person has open on a screen closes now.
    membership.account.session_version += 1
    db.session.flush()
    record("membership.ended", membership, actor=actor, now=now, account=membership.account_id)
