"""Contacts: a row a contact, counted as it was on that day."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.counselling.contacts import correct_contact, record_contact
from portal.counselling.models import Contact
from portal.counselling.queries import Contacts
from portal.counselling.states import AgeBand, ContactChannel, ContactKind, ContactOutcome
from portal.errors import Invalid, NotAllowed, Refused
from portal.workers.states import Sex

# A Monday morning at the Centre.
NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


def contact(
    worker: Any, actor: Any, outcome: ContactOutcome = ContactOutcome.INFORMED, **given: Any
) -> Contact:
    return record_contact(
        worker,
        given.pop("kind", ContactKind.JOB),
        given.pop("channel", ContactChannel.DESK),
        outcome,
        actor=actor,
        now=given.pop("now", NOW),
        **given,
    )


def test_a_contact_keeps_commune_sex_and_age_as_they_were_on_that_day(make: Any, session: Any) -> None:
    worker = make.worker(birth_date=dt.date(2001, 11, 24), commune_code="30307")
    made = contact(worker, make.account("adviser"))
    assert (made.day, made.commune_code, made.sex) == (TODAY, "30307", Sex.FEMALE)
    assert made.age_band is AgeBand.FROM_18  # 25 only that_day
    worker.commune_code = "30337"
    session.commit()
    assert made.commune_code == "30307"


def test_a_contact_late_at_night_utc_counts_on_the_local_day(make: Any) -> None:
    made = contact(make.worker(), make.account("adviser"), now=dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC))
    assert made.day == TODAY


def test_events_and_persons_are_both_counted_and_those_without_a_name_apart(make: Any) -> None:
    adviser, mai, hoa = make.account("adviser"), make.worker(), make.worker("Trần Thị Hoa")
    for minute, worker in enumerate((mai, mai, hoa, None, None)):
        contact(worker, adviser, commune_code="30307", now=NOW + minute * MINUTE)
    shown = Contacts().visible_to(adviser).in_period(TODAY, TODAY)
    assert (shown.events(), shown.persons(), shown.anonymous()) == (5, 2, 2)
    assert Contacts().in_period(TODAY + DAY, None).events() == 0
    assert Contacts().visible_to(make.account("moderator")).events() == 0


def test_only_advisers_and_leaders_record_contacts(make: Any) -> None:
    contact(make.worker(), make.account("leader"))
    for role in ("moderator", "administrator", "seeker"):
        with pytest.raises(NotAllowed):
            contact(make.worker(), make.account(role))


def test_an_appointment_needs_a_day_on_which_the_centre_works(make: Any) -> None:
    adviser, worker = make.account("adviser"), make.worker()
    for wrong in (None, TODAY, TODAY - DAY, dt.date(2026, 11, 28), dt.date(2036, 11, 24)):
        with pytest.raises(Invalid) as refused:
            contact(worker, adviser, ContactOutcome.APPOINTMENT, next_on=wrong)
        assert refused.value.field == "next_on"
    assert contact(worker, adviser, ContactOutcome.APPOINTMENT, next_on=dt.date(2026, 11, 27)).next_on


def test_who_was_reached_ends_the_date_that_was_due_and_who_was_not_does_not(make: Any, session: Any) -> None:
    adviser, worker = make.account("adviser"), make.worker()
    first = contact(worker, adviser, ContactOutcome.APPOINTMENT, next_on=TODAY + 2 * DAY)
    that_day = NOW + 2 * DAY
    contact(worker, adviser, ContactOutcome.NOT_REACHED, now=that_day)
    assert Contacts().open_next(TODAY + 2 * DAY).all() == [first]
    contact(worker, adviser, now=that_day)
    session.expire_all()
    assert Contacts().open_next().events() == 0
    assert first.next_done_at == that_day


def test_a_new_date_takes_the_place_of_a_later_one_and_none_leaves_it(make: Any) -> None:
    adviser, worker = make.account("adviser"), make.worker()
    later = contact(worker, adviser, ContactOutcome.APPOINTMENT, next_on=TODAY + 8 * DAY)
    contact(worker, adviser, now=NOW + MINUTE)
    assert Contacts().open_next().all() == [later]
    sooner = contact(worker, adviser, now=NOW + 2 * MINUTE, next_on=TODAY + 2 * DAY)
    assert Contacts().open_next().all() == [sooner]


def test_ones_own_contact_is_corrected_on_the_same_day_only(make: Any, session: Any) -> None:
    adviser = make.account("adviser")
    made = contact(make.worker(), adviser)
    new = (ContactKind.ABROAD, ContactChannel.PHONE, ContactOutcome.REGISTERED)
    correct_contact(made, *new, actor=adviser, now=NOW + dt.timedelta(hours=3), note="x")
    assert (made.kind, made.channel, made.outcome, made.note) == (*new, "x")
    for actor, moment in ((make.account("leader"), NOW), (adviser, NOW + DAY)):
        with pytest.raises(Refused):
            correct_contact(made, *new, actor=actor, now=moment)
    assert session.scalars(select(Contact)).one().adviser_id == adviser.id


def test_enter_pressed_twice_is_one_contact(make: Any) -> None:
    adviser, worker = make.account("adviser"), make.worker()
    for who in (worker, None):
        first = contact(who, adviser)
        assert contact(who, adviser, now=NOW + dt.timedelta(seconds=2)) is first
    assert Contacts().events() == 2
    contact(worker, adviser, now=NOW + MINUTE)
    assert Contacts().events() == 3
