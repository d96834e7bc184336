"""How tests press the buttons abroad and add a word."""

from typing import Any

from sqlalchemy import select

from portal.overseas.abroad.models import CheckIn


def press(client: Any, code: str, answer: str) -> Any:
    """The page after the press."""
    return client.follow(f"/check-in/{code}", {"answer": answer})


def add(client: Any, code: str, session: Any, **said: str) -> Any:
    word = session.scalars(select(CheckIn).order_by(CheckIn.id.desc())).first()
    return client.follow(f"/check-in/{code}/{word.id}", said)
