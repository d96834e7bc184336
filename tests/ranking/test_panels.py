"""No false hope: who does not meet a hard requirement reads it before they ask."""

import datetime as dt
from typing import Any

import pytest

from matching.index import Ranker
from portal.openings.states import Sphere


def test_a_person_reads_what_they_do_not_meet_above_the_button(
    make: Any, as_role: Any, monkeypatch: Any
) -> None:
    # The verdicts alone: trying every change of a profile is dear, and nobody reads it here.
    monkeypatch.setattr(Ranker, "explain", lambda *_, **__: pytest.fail("explained whole"))
    account = make.account("seeker")
    make.worker(
        "Trần Văn Út", account_id=account.id, birth_date=dt.date(1980, 1, 1), education_code="primary"
    )
    opening = make.opening(
        "Kế toán", occupation_code="2411", requirements=[("education", ">=", "university")]
    )
    page = as_role("seeker", account).get(f"/openings/{opening.id}")
    assert "việc này chưa hợp" in page.text and "đại học" in page.text.lower()
    assert "Tôi muốn việc này" in page.text


def test_who_meets_everything_or_has_no_profile_reads_nothing_of_the_kind(make: Any, as_role: Any) -> None:
    account = make.account("seeker")
    make.worker("Nguyễn Thị Mai", account_id=account.id)
    opening = make.opening("Công nhân may")
    assert "chưa hợp" not in as_role("seeker", account).get(f"/openings/{opening.id}").text
    abroad = make.opening("Chế biến", sphere=Sphere.OVERSEAS, country="JP")
    assert "chưa hợp" not in as_role("seeker").get(f"/openings/{abroad.id}").text


def test_an_opening_that_may_not_be_ranked_still_has_its_page(make: Any, as_role: Any) -> None:
    account = make.account("seeker")
    make.worker("Nguyễn Thị Mai", account_id=account.id)
    opening = make.opening("Việc sai", requirements=[("sex", "=", "female")])
    as_role("seeker", account).get(f"/openings/{opening.id}")
