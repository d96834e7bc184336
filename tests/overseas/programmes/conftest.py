"""Somebody who looks at programmes, and their adviser."""

import datetime as dt
from typing import Any

import pytest

from portal.common.clock import today

DAYS = dt.timedelta(days=1)
# What a browser sends of the lists that are left alone.
UNCHOSEN = {"for_sex": "", "way": ""}


def day(value: dt.date) -> str:
    return value.strftime("%d/%m/%Y")


@pytest.fixture
def person(make: Any, session: Any, programmes: Any) -> Any:
    """Born so that the years of the test do not matter: twenty-five today."""
    account = make.account("seeker")
    born = today().replace(day=1).replace(year=today().year - 25)
    worker = make.worker(
        "Lê Thị Sáu",
        account_id=account.id,
        birth_date=born,
        step_reached="done",
        certificates=(("jlpt", "N5"),),
        countries=("JP",),
    )
    worker.account_of_test = account
    return worker


@pytest.fixture
def own(as_role: Any, person: Any) -> Any:
    return as_role("seeker", person.account_of_test)
