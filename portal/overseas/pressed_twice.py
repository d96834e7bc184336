"""The same form sent twice by one impatient press: a slow line, a trembling hand. It is one."""

import datetime as dt

from sqlalchemy import select

from portal.access.models import Account
from portal.extensions import db

# Nobody types the same again sooner; a photo on a slow line takes its time.
SAME_PRESS = dt.timedelta(seconds=30)


def one_after_the_other(actor: Account) -> None:
    """The second form of one account waits here until the first is written."""
    db.session.execute(select(Account.id).where(Account.id == actor.id).with_for_update(key_share=True))
