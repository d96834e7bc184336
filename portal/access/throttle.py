"""Counting tries by name and by address, in rows, so that every process counts alike.

A try is counted before the password is looked at: many tries at once cannot slip past the limit.
"""

import datetime as dt
import ipaddress
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from portal.access.models import SignInThrottle
from portal.common.secrets import blind_index
from portal.errors import DomainError
from portal.extensions import db


class TooManyTries(DomainError):
    status = 429


@dataclass(frozen=True)
class Limit:
    window: dt.timedelta
    by_name: int
    by_address: int


def _limit(what: str) -> Limit:
    config = current_app.config
    if what == "send_code":
        return Limit(config["CODES_WINDOW"], config["CODES_BY_NUMBER"], config["CODES_BY_ADDRESS"])
    if what == "pin":
        return Limit(config["PIN_WINDOW"], config["PIN_TRIES"], config["SIGN_IN_TRIES_BY_ADDRESS"])
    if what in ("call_back", "complaint", "fraud_report"):
        # Each makes work for somebody of the Centre.
        return Limit(config["SIGN_IN_WINDOW"], config["SIGN_IN_TRIES_BY_NAME"], config["ASKS_BY_ADDRESS"])
    tries = config["SIGN_IN_TRIES_BY_NAME"], config["SIGN_IN_TRIES_BY_ADDRESS"]
    return Limit(config["SIGN_IN_WINDOW"], *tries)


def _key(what: str, value: str) -> str:
    return blind_index(current_app.config["CODE_KEY"], f"throttle:{what}:{value}")


def _network(address: str | None) -> str:
    """One line has a whole /64 of IPv6 addresses: it counts as one."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network(f"{ip}/64", strict=False))


def _row(key: str, window: dt.timedelta, now: dt.datetime) -> SignInThrottle:
    query = select(SignInThrottle).where(SignInThrottle.key == key).with_for_update()
    row = db.session.scalars(query).one_or_none()
    if row is None:
        try:
            with db.session.begin_nested():
                row = SignInThrottle(key=key, failures=0, window_started_at=now)
                db.session.add(row)
        except IntegrityError:
            # Another request made it in the same moment.
            row = db.session.scalars(query).one()
    if now - row.window_started_at >= window:
        row.failures, row.window_started_at = 0, now
    return row


def take_try(what: str, address: str | None, *, name: str | None = None, now: dt.datetime) -> None:
    """Counts a try at `what` (sign_in, reset …); refuses when the name or the address has had too many."""
    limit = _limit(what)
    rows = [(_row(_key(f"{what}:address", _network(address)), limit.window, now), limit.by_address)]
    if name is not None:
        rows.append((_row(_key(f"{what}:name", name), limit.window, now), limit.by_name))
    if any(row.failures >= most for row, most in rows):
        raise TooManyTries(_wait(limit.window))
    for row, _most in rows:
        row.failures += 1
    db.session.flush()


def _wait(window: dt.timedelta) -> str:
    minutes = round(window.total_seconds() / 60)
    if minutes < 60:
        return str(_("Bạn đã thử nhiều lần. Hãy đợi %(n)s phút rồi thử lại.", n=minutes))
    return str(_("Bạn đã thử nhiều lần. Hãy đợi %(n)s giờ rồi thử lại, hoặc gọi Trung tâm.", n=minutes // 60))


def give_back_try(
    what: str, address: str | None, *, name: str | None = None, only_one: bool = False, now: dt.datetime
) -> None:
    """After a success: the name starts anew; the address gets back this one try only.

    `only_one`: the name too, where people share it: the success of one must not free the others' tries.
    """
    window = _limit(what).window
    row = _row(_key(f"{what}:address", _network(address)), window, now)
    row.failures = max(0, row.failures - 1)
    if name is not None:
        named = _row(_key(f"{what}:name", name), window, now)
        named.failures = max(0, named.failures - 1) if only_one else 0
    db.session.flush()


def forget_old(*, now: dt.datetime) -> None:
    longest = max(_limit(what).window for what in ("sign_in", "send_code", "pin"))
    old = now - longest
    db.session.execute(delete(SignInThrottle).where(SignInThrottle.window_started_at < old))
