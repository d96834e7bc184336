"""Reading the outbox."""

from typing import Protocol

from sqlalchemy import Select, func, select

from portal.extensions import db
from portal.messages.models import Message, MessageState

# A code is for the phone or mailbox it went to, not for whoever sits at this screen.
CODE_KINDS = ("reset_code", "invitation")


class HasId(Protocol):
    id: int


def latest_messages() -> Select[Message]:
    return select(Message).order_by(Message.created_at.desc(), Message.id.desc())


def messages_of(account: HasId) -> Select[Message]:
    return latest_messages().where(Message.account_id == account.id, Message.kind.not_in(CODE_KINDS))


def unread_count(account: HasId) -> int:
    unread = messages_of(account).where(Message.read_at.is_(None)).order_by(None)
    return db.session.scalar(select(func.count()).select_from(unread.subquery())) or 0


def count_by_state() -> dict[MessageState, int]:
    rows = db.session.execute(select(Message.state, func.count()).group_by(Message.state))
    return {row[0]: row[1] for row in rows}
