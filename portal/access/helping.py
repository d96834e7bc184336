"""PINs and phones of seekers: their own changes, and what case staff do for somebody at the desk."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.access.models import Account, ResetCode
from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.secrets import blind_index, public_code, tidy_code
from portal.errors import NotAllowed, Refused
from portal.extensions import db

CODE_LETTERS = 8
CODE_TIME = dt.timedelta(minutes=15)


def _code_hash(code: str) -> str:
    # Another hash than that of a code for a new password, whatever is typed before the code there.
    return blind_index(current_app.config["CODE_KEY"], f"pin code:{tidy_code(code)}")


def set_pin(account: Account, pin_hash: str, *, actor: Account | None, now: dt.datetime) -> None:
    """Ends every session of the account; the view opens a new one for who changed it."""
    if actor is not None and actor.id != account.id:
        raise NotAllowed
    if account.role != Role.SEEKER:
        raise NotAllowed
    account.pin_hash = pin_hash
    account.session_version += 1
    db.session.flush()
    record("account.pin_set", account, actor=actor, now=now)


def remove_password(account: Account, *, actor: Account, now: dt.datetime) -> None:
    if actor.id != account.id or account.role != Role.SEEKER:
        raise NotAllowed
    if account.pin_hash is None or account.phone is None or account.phone_proved_at is None:
        raise Refused(_("Muốn bỏ mật khẩu, bạn cần có mã PIN và số điện thoại đã xác nhận."))
    account.password_hash = None
    account.session_version += 1
    db.session.flush()
    record("account.password_removed", account, actor=actor, now=now)


def _insist_may_help(account: Account, actor: Account) -> None:
    if actor.role not in CASE_STAFF or account.role != Role.SEEKER or not account.is_enabled:
        raise NotAllowed(_("Bạn không cấp được mã cho tài khoản này."))


def issue_pin_code(account: Account, *, actor: Account, now: dt.datetime) -> str:
    """Read out once to who was checked at the desk; the person types the PIN, no adviser ever sees one."""
    _insist_may_help(account, actor)
    db.session.execute(
        update(ResetCode)
        .where(ResetCode.account_id == account.id, ResetCode.used_at.is_(None))
        .values(used_at=now)
    )
    code = public_code(CODE_LETTERS)
    db.session.add(
        ResetCode(
            account_id=account.id, code_hash=_code_hash(code), created_at=now, expires_at=now + CODE_TIME
        )
    )
    db.session.flush()
    record("account.pin_code_issued", account, actor=actor, now=now)
    return code


def confirm_phone(account: Account, *, actor: Account, now: dt.datetime) -> None:
    """The person showed the phone at the desk: its number is theirs as of today."""
    _insist_may_help(account, actor)
    if account.phone is None:
        raise Refused(_("Tài khoản này chưa có số điện thoại."))
    account.phone_proved_at = now
    db.session.flush()
    record("account.phone_confirmed", account, actor=actor, now=now)


def behind_pin_code(code: str, *, now: dt.datetime) -> tuple[ResetCode, Account] | None:
    query = (
        select(ResetCode, Account)
        .join(Account, Account.id == ResetCode.account_id)
        .where(
            ResetCode.code_hash == _code_hash(code),
            ResetCode.used_at.is_(None),
            ResetCode.expires_at > now,
            Account.is_enabled,
        )
        .order_by(ResetCode.id.desc())
        .limit(1)
        .with_for_update()
    )
    found = db.session.execute(query).one_or_none()
    return (found[0], found[1]) if found is not None else None


def finish_pin(code: str, pin_hash: str, *, now: dt.datetime) -> bool:
    found = behind_pin_code(code, now=now)
    if found is None:
        return False
    kept, account = found
    kept.used_at = now
    set_pin(account, pin_hash, actor=None, now=now)
    return True
