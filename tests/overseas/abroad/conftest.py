"""People who are abroad, with a case behind them."""

import datetime as dt
from typing import Any

import pytest

from portal.common.clock import now, today
from portal.openings.states import Sphere
from portal.overseas.abroad.check_in_codes import live_code, read_code
from portal.overseas.abroad.stays import begin_stay
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.reference.seed import load_reference


@pytest.fixture
def rules(session: Any) -> Any:
    load_reference(session, now=now())
    session.commit()
    return session


@pytest.fixture
def a_case(session: Any, make: Any) -> Any:
    """`a_case(state="ready")`: the row alone, in any state."""

    def make_one(worker: Any = None, **given: Any) -> OverseasCase:
        worker = worker or make.worker("Danh Thị Sa Rây")
        country = given.pop("country", "JP")
        opening = given.pop("opening", None) or make.opening(
            "Công nhân chế biến thực phẩm", sphere=Sphere.OVERSEAS, country=country
        )
        row = OverseasCase(
            **{
                "worker_id": worker.id, "opening_id": opening.id, "adviser_id": make.account("adviser").id,
                "state": CaseState.READY, "opened_at": now(), "updated_at": now(), **given,
            }
        )  # fmt: skip
        session.add(row)
        session.commit()
        return row

    return make_one


@pytest.fixture
def abroad(session: Any, rules: Any, a_case: Any) -> Any:
    """`abroad()`: somebody who left some days ago; the stay, with its code in `code_of`."""

    def make_one(days: int = 40, ends_in: int | None = 1000, **given: Any) -> Any:
        departed = today() - dt.timedelta(days=days)
        case = a_case(state=CaseState.ABROAD, departed_on=departed, **given)
        stay = begin_stay(
            case, departed_on=departed, country=case.opening.country,
            contract_ends_on=None if ends_in is None else today() + dt.timedelta(days=ends_in),
            actor=None, now=now(),
        )  # fmt: skip
        session.commit()
        return stay

    return make_one


@pytest.fixture
def code_of(session: Any) -> Any:
    def read(stay: Any) -> str:
        code = live_code(stay, now())
        assert code is not None
        return read_code(code)

    return read
