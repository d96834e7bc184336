"""The programmes as they are loaded on a fresh machine, and people who look at them."""

from typing import Any

import pytest

from portal.overseas.models import Programme
from portal.overseas.programme_queries import Programmes
from portal.overseas.programme_seed import load_programmes
from tests.factories import NOW


@pytest.fixture
def programmes(session: Any) -> dict[str, Programme]:
    load_programmes(session, now=NOW)
    session.commit()
    return {one.code: one for one in Programmes().all()}
