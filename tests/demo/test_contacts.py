"""The demo has a year at the desk behind it."""

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.common.clock import LOCAL_ZONE, today
from portal.counselling.complaints import Complaints
from portal.counselling.models import Contact, Rating
from portal.counselling.queries import Contacts
from portal.demo import hours
from portal.demo.load import load
from portal.extensions import db
from portal.reference.calendar import load_calendar


@pytest.mark.sqlite_only
def test_a_year_of_contacts_lies_within_working_hours_with_faces_and_complaints(app: Any) -> None:
    load(workers=60, openings=40, progress=lambda _sentence: None)
    assert Contacts().events() > 300 and 60 < Contacts().persons() < Contacts().events()
    assert Contacts().anonymous() and Contacts().open_next().events()
    calendar = load_calendar(db.session)
    for day, at in db.session.execute(select(Contact.day, Contact.at)):
        assert calendar.is_working(day) and at.astimezone(LOCAL_ZONE).time() >= hours.OPENS
    assert db.session.scalar(select(func.count()).select_from(Rating)) > 5
    late = db.session.scalars(Complaints().overdue(today()).query).all()
    answered = db.session.scalars(Complaints().answered().query).all()
    assert len(late) == 1 and len(answered) == 2
