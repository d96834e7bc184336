"""Reading the code that went to a number, as its holder does."""

import re
from typing import Any

from sqlalchemy import select

from portal.messages.models import Message
from portal.messages.queries import latest_messages


def sms_code(session: Any, phone: str) -> str:
    """The newest one-time code sent to this number."""
    sent = latest_messages().where(Message.kind == "phone_code", Message.recipient == phone).limit(1)
    found = re.search(r"\b\d{6}\b", session.scalars(sent).one().body)
    assert found is not None
    return found.group()


def codes_sent(session: Any, phone: str) -> int:
    return len(session.scalars(select(Message.id).where(Message.recipient == phone)).all())


def proves_phone(client: Any, session: Any, phone: str) -> None:
    """In the account step of the registration: asks for the code and enters it."""
    client.post("/register/account", {"send": "1"}, to="/register/account")
    client.post("/register/account", {"phone_code": sms_code(session, phone)}, to="/register/account")
