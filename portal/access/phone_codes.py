"""One-time codes to a phone: six figures, a few minutes, a few tries, the newest only."""

import datetime as dt
import secrets
from hmac import compare_digest

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from portal.access.models import Account, PhoneCode
from portal.audit.operations import record
from portal.common.secrets import blind_index, hash_code
from portal.extensions import db
from portal.messages.models import Channel
from portal.messages.operations import enqueue

FIGURES = 6
KIND = "phone_code"


def _phone_hash(phone: str) -> str:
    return blind_index(current_app.config["CODE_KEY"], f"phone:{phone}")


def _code_hash(phone: str, code: str) -> str:
    # With the number: the same six figures to two people are two hashes.
    return hash_code(current_app.config["CODE_KEY"], f"{phone} {code}")


def send_phone_code(phone: str, *, now: dt.datetime) -> None:
    """To any number, known here or not: the same work, the same answer. A newer code ends the older."""
    hashed = _phone_hash(phone)
    still_open = (PhoneCode.phone_hash == hashed, PhoneCode.used_at.is_(None))
    db.session.execute(update(PhoneCode).where(*still_open).values(used_at=now))
    code = f"{secrets.randbelow(10**FIGURES):0{FIGURES}d}"
    lasts = current_app.config["PHONE_CODE_TIME"]
    db.session.add(
        PhoneCode(
            phone_hash=hashed, code_hash=_code_hash(phone, code), created_at=now, expires_at=now + lasts
        )
    )
    enqueue(
        KIND,
        recipient=phone,
        channel=Channel.SMS,
        body=_(
            "Mã vào Bến Việc: %(code)s. Mã dùng một lần, trong %(n)s phút. "
            "Đừng đưa mã cho ai, kể cả người tự xưng là Trung tâm.",
            code=code,
            n=round(lasts.total_seconds() / 60),
        ),
        now=now,
    )
    db.session.flush()


def spend_phone_code(phone: str, typed: str, *, now: dt.datetime) -> bool:
    """True once for the right code; a wrong one counts, so the caller commits either way."""
    query = (
        select(PhoneCode)
        .where(
            PhoneCode.phone_hash == _phone_hash(phone),
            PhoneCode.used_at.is_(None),
            PhoneCode.expires_at > now,
        )
        .order_by(PhoneCode.id.desc())
        .limit(1)
        .with_for_update()
    )
    kept = db.session.scalars(query).one_or_none()
    if kept is None or kept.tries >= current_app.config["PHONE_CODE_TRIES"]:
        return False
    kept.tries += 1
    right = compare_digest(kept.code_hash, _code_hash(phone, typed))
    if right:
        kept.used_at = now
    db.session.flush()
    return right


def is_fresh(account: Account, phone: str, *, now: dt.datetime) -> bool:
    """This account's number was proved not long ago: it has hardly been sold to somebody else since."""
    proved = account.phone_proved_at
    return (
        account.phone == phone
        and proved is not None
        and now - proved <= current_app.config["PHONE_PROOF_LASTS"]
    )


def prove_phone(account: Account, phone: str, *, now: dt.datetime) -> None:
    account.phone, account.phone_proved_at = phone, now
    db.session.flush()
    record("account.phone_proved", account, actor=account, now=now)


def forget_old_codes(*, now: dt.datetime) -> None:
    db.session.execute(delete(PhoneCode).where(PhoneCode.expires_at < now - dt.timedelta(days=1)))
