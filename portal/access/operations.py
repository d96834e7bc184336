"""Making and changing accounts."""

import datetime as dt
from hmac import compare_digest

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.access.models import Account, ResetCode
from portal.access.permissions import may_manage, roles_to_create
from portal.access.phone_codes import is_fresh
from portal.access.rules import sign_in_name_problem, tidy_sign_in_name
from portal.access.second_facts import is_shared
from portal.access.states import Role
from portal.audit.operations import record
from portal.common.secrets import hash_code, public_code
from portal.common.text import tidy_name
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.messages.models import Channel
from portal.messages.operations import enqueue

RESET_LETTERS = 8
RESET_TIME = dt.timedelta(minutes=15)
RESET_TRIES = 5


def create_account(
    sign_in_name: str | None,
    display_name: str,
    role: Role,
    password_hash: str | None,
    *,
    phone: str | None = None,
    phone_proved_at: dt.datetime | None = None,
    pin_hash: str | None = None,
    email: str | None = None,
    actor: Account | None,
    now: dt.datetime,
) -> Account:
    """Without an actor: a person registers, accepts an invitation, or the machine's owner runs a command.

    Without a name the person comes in by a code to their phone, so a phone and a PIN are needed.
    """
    if actor is not None and role not in roles_to_create(actor):
        raise NotAllowed(_("Bạn không tạo được tài khoản với vai trò này."))
    if sign_in_name is None and not (phone and pin_hash):
        raise Invalid(_("Hãy ghi tên đăng nhập."), field="sign_in_name")
    account = Account(
        sign_in_name=None if sign_in_name is None else free_name(sign_in_name),
        display_name=tidy_name(display_name),
        role=role,
        password_hash=password_hash,
        phone=phone,
        phone_proved_at=phone_proved_at,
        pin_hash=pin_hash,
        email=email,
        created_at=now,
    )
    db.session.add(account)
    db.session.flush()
    record("account.created", account, actor=actor, now=now, role=role.value)
    return account


def free_name(typed: str) -> str:
    """The tidy spelling of a name that nobody has yet."""
    tidy = tidy_sign_in_name(typed)
    problem = sign_in_name_problem(tidy)
    if problem:
        raise Invalid(problem, field="sign_in_name")
    if db.session.scalar(select(Account.id).where(Account.sign_in_name == tidy)):
        raise Refused(_("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."), field="sign_in_name")
    return tidy


def change_password(account: Account, password_hash: str, *, actor: Account | None, now: dt.datetime) -> None:
    """Ends every session of the account; the view opens a new one for who changed it."""
    if actor is not None and actor.id != account.id:
        raise NotAllowed
    account.password_hash = password_hash
    account.session_version += 1
    _end_codes(account, now)
    db.session.flush()
    record("account.password_changed", account, actor=actor, now=now)


def set_first_password(
    account: Account, sign_in_name: str, password_hash: str, *, actor: Account, now: dt.datetime
) -> None:
    """For who came in by codes so far: with the password comes a name to sign in by."""
    if account.password_hash is not None:
        raise Refused(_("Tài khoản này đã có mật khẩu rồi."))
    if tidy_sign_in_name(sign_in_name) != account.sign_in_name:
        account.sign_in_name = free_name(sign_in_name)
    change_password(account, password_hash, actor=actor, now=now)


def note_sign_in(account: Account, *, way: str = "password", now: dt.datetime) -> None:
    account.last_sign_in_at = now
    db.session.flush()
    record("account.signed_in", account, actor=account, now=now, way=way)


def end_sessions(account: Account, *, now: dt.datetime) -> None:
    """A seeker signs out and the phone goes to somebody else: every session ends, since an answer
    still under way to it could bring the old cookie back.
    """
    account.session_version += 1
    db.session.flush()
    record("account.signed_out", account, actor=account, now=now)


def set_enabled(account: Account, enabled: bool, *, actor: Account, now: dt.datetime) -> None:
    if not may_manage(actor, account):
        raise NotAllowed(_("Bạn không đổi được tài khoản này."))
    if account.is_enabled == enabled:
        raise Refused(_("Tài khoản này đang như vậy rồi."))
    account.is_enabled = enabled
    if not enabled:
        account.session_version += 1
    db.session.flush()
    record("account.enabled" if enabled else "account.disabled", account, actor=actor, now=now)


def _end_codes(account: Account, now: dt.datetime) -> None:
    open_codes = (ResetCode.account_id == account.id, ResetCode.used_at.is_(None))
    db.session.execute(update(ResetCode).where(*open_codes).values(used_at=now))


def _new_code(account: Account, now: dt.datetime) -> str:
    _end_codes(account, now)
    code = public_code(RESET_LETTERS)
    db.session.add(
        ResetCode(
            account_id=account.id, code_hash=_code_hash(code), created_at=now, expires_at=now + RESET_TIME
        )
    )
    db.session.flush()
    return code


def _code_hash(code: str) -> str:
    return hash_code(current_app.config["CODE_KEY"], code)


def send_reset_code(account: Account, *, now: dt.datetime) -> None:
    """To the e-mail or phone of the account; who has neither asks the centre.

    A seeker's phone may lie on a family's table or have been sold: there a code needs its second fact
    (`code_views`), and a new password is set behind that.
    """
    phone = None if account.role == Role.SEEKER and not _is_own_phone(account, now) else account.phone
    recipient = account.email or phone
    if not account.is_enabled or not recipient:
        return
    code = _new_code(account, now)
    enqueue(
        "reset_code",
        recipient=recipient,
        channel=Channel.EMAIL if account.email else Channel.SMS,
        subject=_("Mã đặt lại mật khẩu Bến Việc"),
        body=_(
            "Mã đặt lại mật khẩu của bạn: %(code)s. Mã dùng được một lần trong 15 phút. "
            "Đừng đưa mã cho ai, kể cả người tự xưng là Trung tâm.",
            code=code,
        ),
        account=account,
        now=now,
    )
    record("account.reset_asked", account, actor=None, now=now)


def _is_own_phone(account: Account, now: dt.datetime) -> bool:
    phone = account.phone
    return phone is not None and is_fresh(account, phone, now=now) and not is_shared(phone, besides=account)


def issue_reset_code(account: Account, *, actor: Account, now: dt.datetime) -> str:
    """For a person without phone and e-mail, standing at the desk: read out once, never stored."""
    if not may_manage(actor, account) or not account.is_enabled:
        raise NotAllowed(_("Bạn không cấp được mã cho tài khoản này."))
    code = _new_code(account, now)
    record("account.reset_code_issued", account, actor=actor, now=now)
    return code


def finish_reset(account: Account | None, code: str, password_hash: str, *, now: dt.datetime) -> bool:
    """False for a wrong, used or old code; a wrong one counts, so the caller commits either way."""
    if account is None or not account.is_enabled:
        return False
    query = (
        select(ResetCode)
        .where(ResetCode.account_id == account.id, ResetCode.used_at.is_(None), ResetCode.expires_at > now)
        .order_by(ResetCode.id.desc())
        .limit(1)
        .with_for_update()
    )
    kept = db.session.scalars(query).one_or_none()
    if kept is None or kept.tries >= RESET_TRIES:
        return False
    kept.tries += 1
    if not compare_digest(kept.code_hash, _code_hash(code)):
        db.session.flush()
        return False
    change_password(account, password_hash, actor=None, now=now)
    return True
