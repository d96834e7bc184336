"""Cost in months of wage: of people who left and told, never of so few that it says who paid what."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.clock import now, today
from portal.overseas.costs.payments_models import CostPayment
from portal.overseas.costs.ratios import PersonCost, over_all, ratios
from portal.overseas.costs.states import PaidFor
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState

PATH = "/overseas/cost-ratios"
months = st.decimals(0, 40, places=2)
people = st.lists(
    st.builds(PersonCost, st.integers(1, 30), st.integers(1, 4), st.none() | st.integers(1, 3), months),
    max_size=60,
)


def heads(found: list[PersonCost]) -> int:
    return len({one.worker_id for one in found})


@pytest.mark.parametrize("key_of", [lambda one: one.organisation_id, lambda one: one.programme_id])
@given(found=people, least=st.integers(1, 15))
def test_no_group_below_the_least_says_anything(found: list[PersonCost], least: int, key_of: Any) -> None:
    shown = [one for one in ratios(found, key_of, least=least) if one.months is not None]
    for one in ratios(found, key_of, least=least):
        of_it = [person for person in found if key_of(person) == one.key]
        assert (one.months is None) == (one.people is None)
        if one.months is not None:
            tenth, sums = Decimal("0.1"), [person.months for person in of_it]
            assert heads(of_it) >= least and one.people == heads(of_it)
            assert min(sums).quantize(tenth) <= one.months <= max(sums).quantize(tenth)
    assert (over_all(found, least=least).months is None) == (heads(found) < least)
    # Nor what is left of all of them without the groups that are told.
    told = {one.key for one in shown}
    rest = [person for person in found if key_of(person) not in told]
    assert not shown or not rest or heads(rest) >= least


def test_one_person_who_left_twice_is_one_of_ten() -> None:
    found = [PersonCost(number % 9, 1, None, Decimal(2)) for number in range(18)]
    assert over_all(found, least=10).months is None
    assert ratios(found, lambda one: one.organisation_id, least=10)[0].months is None


@pytest.fixture
def left(make: Any, session: Any) -> Any:
    """So many people who left for this opening and noted one sum each."""

    def made(opening: Any, count: int, amount: int = 51_000_000, **given: Any) -> None:
        account = make.account("seeker")
        for _number in range(count):
            worker = make.worker()
            session.add(
                OverseasCase(
                    **{
                        "worker_id": worker.id, "opening_id": opening.id, "state": CaseState.ABROAD,
                        "departed_on": today(), "opened_at": now(), "updated_at": now(), **given,
                    }
                )
            )  # fmt: skip
            for kind, paid in ((PaidFor.SERVICE_FEE, amount), (PaidFor.DEPOSIT, 900_000_000)):
                session.add(
                    CostPayment(
                        worker_id=worker.id, opening_id=opening.id, kind=kind, amount_vnd=paid, paid_to="A",
                        paid_on=today(), no_receipt=True, created_at=now(), created_by_id=account.id,
                    )
                )  # fmt: skip
        session.commit()

    return made


def test_ten_people_are_told_and_nine_are_not(left, abroad, as_role, app) -> None:
    opening, staff = abroad(), as_role("leader")
    assert app.config["COST_RATIO_LEAST"] == 10
    left(opening, 9)
    page = staff.get(PATH)
    assert "Chưa đủ người" in page.text and "tháng lương" not in page.text.split("Chưa đủ người")[1]
    left(opening, 1)
    page = staff.get(PATH)
    # 51 of 25,5 million; what comes back is no cost.
    assert "2,0 tháng lương, 10 người" in page.text and opening.organisation.name in page.text


def test_a_small_sender_is_not_told_nor_found_again_beside_the_others(left, abroad, as_role) -> None:
    """All without the large one are the four of the small one: then the large one is not told either."""
    large, small = abroad(), abroad("Phụ bếp")
    left(large, 12)
    left(small, 4, 250_000_000)
    staff = as_role("adviser")
    page = staff.get(PATH)
    assert "16 người" in page.text and "9,8" not in page.text
    assert large.organisation.name not in page.text and small.organisation.name not in page.text
    left(abroad("Lái xe"), 11)
    page = staff.get(PATH)
    assert large.organisation.name in page.text and small.organisation.name not in page.text
    assert "Còn 2 nơi không nêu con số" in page.text


def test_who_has_not_left_yet_is_not_counted(left, abroad, as_role) -> None:
    left(abroad(), 12, state=CaseState.FINANCE, departed_on=None)
    assert "Chưa đủ người" in as_role("moderator").get(PATH).text


@pytest.mark.parametrize("role", ["sender", "employer", "department", "seeker", "administrator"])
def test_it_is_for_staff(role, make, as_role) -> None:
    account = make.member(role) if role in ("sender", "employer", "department") else make.account(role)
    as_role(role, account).get(PATH, status=403)


def test_it_asks_as_often_for_20_openings_as_for_2(left, abroad, as_role, statements) -> None:
    staff = as_role("leader")

    def asked() -> int:
        statements.clear()
        staff.get(PATH)
        return len(statements)

    for _turn in range(2):
        left(abroad(), 6)
    few = asked()
    for _turn in range(18):
        left(abroad(), 1)
    assert asked() == few
