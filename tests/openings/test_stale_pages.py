"""A moderator decides about what stood on the page: what was changed since then is read first."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from portal.openings.models import Opening
from portal.openings.papers import attach
from portal.openings.states import OpeningState as S
from portal.openings.terms_models import CheckedValue
from portal.openings.terms_states import PaperKind
from portal.openings.terms_writing import change_terms
from tests.factories import NOW
from tests.openings.comparing import path
from tests.openings.lawful import PDF, stated, with_papers, with_rules


@pytest.fixture(autouse=True)
def _rules(app: Any) -> None:
    with_rules()


@pytest.fixture
def folder(app: Any) -> Any:
    return app.config["UPLOAD_FOLDER"]


def seen(page: Any) -> dict[str, str]:
    """What the page says that it showed."""
    boxes = [box for box in page.all("input") if (box.get("name") or "").startswith("seen")]
    return {box.get("name"): box.get("value") for box in boxes}


@pytest.mark.parametrize("what", ["the value", "the paper", "said nothing"])
def test_what_was_changed_since_the_page_was_opened_is_compared_again(
    session: Any, as_role: Any, make: Any, folder: Any, what: str
) -> None:
    """Else a sender who knows when a moderator sits down has any fee confirmed."""
    author = make.account("adviser")
    opening = with_papers(stated(make, author), author, folder)
    client = as_role("moderator")
    page = client.get(path(opening, "moderate"))
    given = seen(page)
    if what == "the value":
        change_terms(opening, {"service_fee_months": Decimal("2.5")}, actor=author, now=NOW)
    elif what == "the paper":
        attach(opening, PaperKind.SUPPLY_CONTRACT, PDF, "moi.pdf", folder=folder, actor=author, now=NOW)
    else:
        given = {}
    session.commit()
    headers = {"Referer": f"http://localhost{path(opening, 'moderate')}"}
    data = {"field": ["service_fee_months"], **given}
    page = client.follow(path(opening, "ticks"), data, headers=headers)
    assert "vừa được sửa: Tiền dịch vụ (tháng lương)" in page.text
    assert not [row for row in session.query(CheckedValue) if row.ticked_at is not None]
    again = {"field": ["service_fee_months"], **seen(page)}
    assert "1 mục khớp giấy tờ" in client.follow(path(opening, "ticks"), again).text


def test_what_the_author_changed_since_the_page_was_opened_is_read_before_it_is_public(
    session: Any, as_role: Any, make: Any
) -> None:
    """The page shows one text; a sender who saves another meanwhile must not have that one published."""
    opening = make.opening(state=S.SUBMITTED, published_at=None)
    session.commit()
    client, url = as_role("moderator"), f"/desk/openings/{opening.id}"

    shown = seen(client.get(f"{url}/moderate"))
    opening.text = "Việc khác hẳn."
    opening.updated_at += dt.timedelta(seconds=1)
    session.commit()
    referer = {"Referer": f"http://localhost{url}/moderate"}
    assert "vừa được sửa" in client.follow(f"{url}/publish", shown, headers=referer).text
    assert session.get(Opening, opening.id).state == S.SUBMITTED
    client.follow(f"{url}/publish", seen(client.get(f"{url}/moderate")))
    assert session.get(Opening, opening.id).state == S.PUBLISHED
