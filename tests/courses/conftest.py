"""A class of three people in a college, in its second week."""

import datetime as dt
from typing import Any

import pytest

from portal.courses import operations
from portal.courses.operations import ClassFacts
from portal.courses.states import CourseKind
from portal.reference.seed import load_reference
from tests.factories import NOW

TODAY = dt.date(2026, 11, 23)


def facts(**given: Any) -> ClassFacts:
    return ClassFacts(
        **{
            "name": "Lớp 3",
            "starts_on": dt.date(2026, 11, 16),
            "ends_on": dt.date(2026, 12, 11),
            "capacity": 30,
            **given,
        }
    )


@pytest.fixture
def world(session: Any, make: Any) -> Any:
    class World:
        adviser = make.account("adviser", display_name="Chị Hoa")
        organisation = make.organisation("college", name="Trường Cao đẳng nghề An Giang")
        teacher = make.member("college", organisation)
        people = [make.worker(name) for name in ("Trần Văn An", "Lê Thị Bình", "Danh Cường")]

        def course(self, kind: CourseKind = CourseKind.ORIENTATION, organisation: Any = None) -> Any:
            return operations.add_course(
                organisation or self.organisation, kind, f"Khóa {kind}", 76, actor=self.adviser, now=NOW
            )

        def a_class(self, course: Any = None, people: Any = None, **given: Any) -> Any:
            made = operations.add_class(course or self.course(), facts(**given), actor=self.adviser, now=NOW)
            for one in self.people if people is None else people:
                operations.enrol(made, one, may_be_told=True, actor=self.adviser, now=NOW)
            session.commit()
            return made

    load_reference(session, now=NOW)
    return World()
