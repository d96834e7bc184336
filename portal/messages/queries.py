"""Reading the outbox."""

from sqlalchemy import Select, func, select

from portal.extensions import db
from portal.messages.models import Message, MessageState


def latest_messages() -> Select[Message]:
    return select(Message).order_by(Message.created_at.desc(), Message.id.desc())


def count_by_state() -> dict[MessageState, int]:
    rows = db.session.execute(select(Message.state, func.count()).group_by(Message.state))
    return {row[0]: row[1] for row in rows}
