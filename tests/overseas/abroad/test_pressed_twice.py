"""A form sent twice by one impatient press is one; the same a little later, or other words, are another."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.overseas.abroad.family_models import FamilyContact
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.models import CheckIn
from portal.overseas.pressed_twice import SAME_PRESS

WORD = {"by": "phone", "answer": "ok", "wage": "", "work": "", "words": "Nhớ nhà"}
HELP = {"by": "phone", "answer": "help", "trouble": "wage", "words": "Hai tháng chưa có lương"}
HURT = {"by": "phone", "answer": "help", "trouble": "hurt", "words": "Bị đánh"}
TROUBLE = {"kind": "conditions", "severity": "serious", "text": "Ở chật, mười người một phòng"}
RELATIVE = {"name": "Bà Ba", "relation": "mẹ", "phone": "0901 234 567", "channel": "desk", "may_tell": "well"}


@pytest.mark.parametrize(
    ("page", "form", "other", "model", "at"),
    [
        ("words", WORD, {"words": "Có thêm bạn mới"}, CheckIn, "at"),
        ("words", HELP, {"words": "Ba tháng chưa có lương"}, Incident, "opened_at"),
        ("words", HURT, {"words": "Bị nhốt"}, Incident, "opened_at"),
        ("incidents", TROUBLE, {"text": "Không có nước sạch"}, Incident, "opened_at"),
        ("family", RELATIVE, {"name": "Ông Ba"}, FamilyContact, None),
    ],
)
def test_one_press_is_one_row(
    abroad: Any, as_role: Any, session: Any, page: str, form: Any, other: Any, model: Any, at: str | None
) -> None:
    stay = abroad()
    desk = as_role("adviser", stay.case.adviser)
    where = f"/overseas/cases/{stay.case_id}/{page}"

    def rows() -> list[Any]:
        session.expire_all()
        return list(session.scalars(select(model)))

    first = desk.post(where, form).location
    assert desk.post(where, form).location == first
    assert len(rows()) == 1
    desk.post(where, form | other)
    assert len(rows()) == 2
    if at is None:
        return
    for table in {model, CheckIn}:
        for row in session.scalars(select(table)):
            name = "at" if table is CheckIn else at
            setattr(row, name, getattr(row, name) - SAME_PRESS - dt.timedelta(seconds=1))
    session.commit()
    desk.post(where, form)
    assert len(rows()) == 3
