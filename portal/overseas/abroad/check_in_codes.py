"""The code of one case, by which its person tells how they are: one at a time, dead after return."""

import datetime as dt

from flask import current_app
from sqlalchemy import select, update

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.secrets import hash_code, public_code, seal, unseal
from portal.extensions import db
from portal.overseas.abroad.models import CheckInCode, Stay


def give_code(stay: Stay, *, actor: Account | None, now: dt.datetime) -> CheckInCode:
    """A new one; the one before is dead from now on."""
    end_codes(stay, now=now)
    code = public_code()
    row = CheckInCode(
        stay_id=stay.id,
        code_hash=hash_code(current_app.config["CODE_KEY"], code),
        code_sealed=seal(current_app.config["SEAL_KEY"], code, _bound(stay)),
        made_at=now,
        expires_at=now + _lasts(),
    )
    db.session.add(row)
    db.session.flush()
    record("check_in.code_made", stay, actor=actor, now=now)
    return row


def end_codes(stay: Stay, *, now: dt.datetime) -> None:
    live = (CheckInCode.stay_id == stay.id, CheckInCode.ended_at.is_(None))
    db.session.execute(update(CheckInCode).where(*live).values(ended_at=now))


def live_code(stay: Stay, now: dt.datetime) -> CheckInCode | None:
    return db.session.scalars(
        select(CheckInCode)
        .where(CheckInCode.stay_id == stay.id, CheckInCode.ended_at.is_(None), CheckInCode.expires_at > now)
        .order_by(CheckInCode.id.desc())
        .limit(1)
    ).first()


def prolong(code: CheckInCode, *, now: dt.datetime) -> None:
    """With every question that goes out: the link in the older message keeps working."""
    code.expires_at = max(code.expires_at, now + _lasts())


def read_code(code: CheckInCode) -> str:
    """As it stands in the link. Who shows it to staff records the look."""
    return unseal(current_app.config["SEAL_KEY"], code.code_sealed, _bound(code.stay))


def behind_code(code: str, now: dt.datetime) -> Stay | None:
    """What the code opens now: nothing once it was replaced, its time is over, or the person is home."""
    found = db.session.scalars(
        select(CheckInCode).where(
            CheckInCode.code_hash == hash_code(current_app.config["CODE_KEY"], code),
            CheckInCode.ended_at.is_(None),
            CheckInCode.expires_at > now,
        )
    ).one_or_none()
    return None if found is None or found.stay.ended_on is not None else found.stay


def _lasts() -> dt.timedelta:
    return dt.timedelta(days=current_app.config["CHECK_IN_CODE_DAYS"])


def _bound(stay: Stay) -> str:
    return f"check_in_code:{stay.id}"
