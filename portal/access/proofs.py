"""What this browser has just proved: a code that came to a number. It lives in the signed session alone."""

import datetime as dt

from flask import current_app, session

ASKED, PROVED = "code_phone", "phone_proof"


def note_asked(phone: str) -> None:
    session[ASKED] = phone


def asked_phone() -> str | None:
    return session.get(ASKED)


def note_proof(phone: str, *, now: dt.datetime) -> None:
    session[PROVED] = {"phone": phone, "at": now.isoformat()}
    session.pop(ASKED, None)


def proved_phone(*, now: dt.datetime) -> str | None:
    kept = session.get(PROVED)
    if not kept or now - dt.datetime.fromisoformat(kept["at"]) > current_app.config["PHONE_PROOF_TIME"]:
        return None
    return str(kept["phone"])


def forget() -> None:
    session.pop(ASKED, None)
    session.pop(PROVED, None)
