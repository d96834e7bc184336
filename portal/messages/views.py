"""What was said to me: the messages of an account, newest first."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from portal.common.clock import now
from portal.messages.operations import mark_read
from portal.messages.queries import messages_of
from portal.web.access import SIGNED_IN, allow
from portal.web.lists import paginate
from portal.web.transactions import write_transaction

bp = Blueprint("messages", __name__)


@bp.get("/messages")
@allow(SIGNED_IN)
def mine() -> Any:
    page = paginate(messages_of(current_user))
    shown = render_template("messages/mine.html", page=page)
    unread = [message.id for message in page.items if message.read_at is None]
    if unread:
        # Drawn first: this time they still stand there as new.
        with write_transaction():
            mark_read(unread, account=current_user, now=now())
    return shown
