"""What a correction on the same day changes besides the row itself."""

import datetime as dt
from typing import Any

from portal.counselling.contacts import correct_contact, record_contact
from portal.counselling.states import ContactChannel, ContactKind, ContactOutcome

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
TODAY, DAY, LATER = dt.date(2026, 11, 23), dt.timedelta(days=1), dt.timedelta(minutes=5)
BY_PHONE = (ContactKind.JOB, ContactChannel.PHONE)


def test_a_new_date_waits_also_where_the_old_one_was_done(make: Any, session: Any) -> None:
    worker, adviser = make.worker(), make.account("adviser")
    first = record_contact(
        worker, *BY_PHONE, ContactOutcome.INFORMED, actor=adviser, now=NOW, next_on=TODAY + 2 * DAY
    )
    record_contact(
        worker, *BY_PHONE, ContactOutcome.INFORMED, actor=adviser, now=NOW + LATER, next_on=TODAY + 3 * DAY
    )
    session.refresh(first)
    assert first.next_done_at is not None
    correct_contact(
        first, *BY_PHONE, ContactOutcome.INFORMED, actor=adviser, now=NOW + 2 * LATER, next_on=TODAY + 4 * DAY
    )
    assert first.next_done_at is None


def test_reached_after_all_ends_what_was_due(make: Any, session: Any) -> None:
    worker, adviser = make.worker(), make.account("adviser")
    due = record_contact(
        worker, *BY_PHONE, ContactOutcome.INFORMED, actor=adviser, now=NOW - 3 * DAY, next_on=TODAY
    )
    tried = record_contact(worker, *BY_PHONE, ContactOutcome.NOT_REACHED, actor=adviser, now=NOW)
    session.refresh(due)
    assert due.next_done_at is None
    correct_contact(tried, *BY_PHONE, ContactOutcome.INFORMED, actor=adviser, now=NOW + LATER)
    session.refresh(due)
    assert due.next_done_at is not None
