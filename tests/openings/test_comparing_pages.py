"""The comparing page of an opening abroad: ticks, warnings, publishing."""

from decimal import Decimal
from typing import Any

import pytest

from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import OpeningState as S
from portal.openings.terms_models import WarningOverride
from portal.openings.terms_states import CostKind
from portal.reference.models import ExchangeRate
from tests.openings.comparing import opening_day, path
from tests.openings.lawful import compared, sender_for, stated, with_papers, with_rules


@pytest.fixture(autouse=True)
def _rules(app: Any) -> None:
    with_rules()


@pytest.fixture
def folder(app: Any) -> Any:
    return app.config["UPLOAD_FOLDER"]


@pytest.fixture
def sender(make: Any) -> Any:
    return sender_for(make)


@pytest.fixture
def author(make: Any, sender: Any) -> Any:
    return make.member("sender", sender)


def seen_on(page: Any) -> dict[str, Any]:
    """What the boxes of the comparing page carry along: the value and the paper that were shown."""
    shown = [box for box in page.all("input") if (box.get("name") or "").startswith("seen-")]
    return {box.get("name"): box.get("value") for box in shown}


class TestComparing:
    def test_a_moderator_ticks_what_stands_in_the_papers_and_publishes(
        self, session: Any, as_role: Any, make: Any, folder: Any
    ) -> None:
        opening = with_papers(stated(make, make.account("adviser")), make.account("adviser"), folder)
        client = as_role("moderator")
        page = client.get(path(opening, "moderate"))
        boxes = [
            box for box in page.all("input") if box.get("name") == "field" and box.get("type") == "checkbox"
        ]
        assert not any(box.get("checked") is not None for box in boxes)
        names = [box.get("value") for box in boxes]
        assert set(names) >= {"approval_number", "market", "wage_amount", "worker_costs", "deposit_vnd"}
        assert f"{len(names)} mục chưa đối chiếu" in page.text and "Đăng tin" not in page.texts("button")
        said = client.follow(path(opening, "ticks"), {"field": names, **seen_on(page)}).text
        assert f"{len(names)} mục khớp" in said and "chưa đối chiếu" not in said
        client.follow(path(opening, "publish"), {})
        assert session.get_one(Opening, opening.id).state == S.PUBLISHED

    def test_who_collects_a_sum_stands_where_it_is_compared_and_where_it_is_read(
        self, as_role: Any, client: Any, make: Any, folder: Any
    ) -> None:
        line = {"kind": CostKind.HEALTH, "amount": 750_000, "receipt_by": "Bệnh viện Ngân Hải"}
        opening = compared(make, folder, costs=(line,))
        assert "Bệnh viện Ngân Hải" in as_role("moderator").get(path(opening, "moderate")).text
        opening.state, opening.published_at = S.PUBLISHED, opening_day()
        db.session.commit()
        for page in (f"/openings/{opening.id}", f"/openings/{opening.id}/costs"):
            assert "Bệnh viện Ngân Hải" in client.get(page).text

    def test_nothing_ticked_says_so_and_an_own_value_has_no_box(
        self, as_role: Any, make: Any, folder: Any
    ) -> None:
        moderator = make.account("moderator")
        opening = with_papers(stated(make, moderator), moderator, folder)
        client = as_role("moderator", moderator)
        page = client.get(path(opening, "moderate"))
        assert "người khác đối chiếu" in page.text and 'type="checkbox"' not in page.html
        headers = {"Referer": f"http://localhost{path(opening, 'moderate')}"}
        page = client.follow(path(opening, "ticks"), {}, headers=headers)
        assert "Hãy đánh dấu ít nhất một mục" in page.text

    def test_a_tick_is_taken_back_by_its_button(self, as_role: Any, make: Any, folder: Any) -> None:
        opening = compared(make, folder)
        page = as_role("leader").follow(path(opening, "ticks/market/undo"), {})
        assert "1 mục chưa đối chiếu" in page.text and "tạm không hiện" not in page.text
        public = compared(make, folder, state=S.PUBLISHED, published_at=opening_day())
        assert "tạm không hiện" in as_role("leader").follow(path(public, "ticks/market/undo"), {}).text

    def test_a_breach_is_named_and_has_no_button(self, as_role: Any, make: Any, folder: Any) -> None:
        opening = compared(make, folder, service_fee_months=Decimal(4))
        page = as_role("moderator").get(path(opening, "moderate"))
        assert "2 điều trái quy định" in page.text and "cao hơn mức trần 3 tháng lương" in page.text
        # The fee in months and in đồng no longer agree: that may be let pass, the breach may not.
        assert page.texts("summary").count("Cho qua, có lý do") == len(page.all("li.warning")) == 1
        assert "Đăng tin" not in page.texts("button")
        headers = {"Referer": f"http://localhost{path(opening, 'moderate')}"}
        page = as_role("moderator").follow(path(opening, "publish"), {}, headers=headers)
        assert "Trái quy định: Tiền dịch vụ 4 tháng lương" in page.text

    def test_a_warning_is_let_pass_with_a_reason_that_everybody_on_the_page_reads(
        self, session: Any, as_role: Any, make: Any, folder: Any
    ) -> None:
        session.query(ExchangeRate).one().rate = Decimal(800)
        session.commit()
        opening = compared(make, folder)
        client = as_role("moderator")
        page = client.get(path(opening, "moderate"))
        hidden = {
            box.get("name"): box.get("value")
            for box in page.all("input")
            if box.get("name") in ("rule", "stated")
        } | {"field": "fx_rate"}
        wrong = client.post(path(opening, "warnings"), {**hidden, "reason": "ừ thì"}, status=422)
        assert "Hãy ghi rõ vì sao" in wrong.text and "ừ thì" in wrong.text
        reason = "Ngân hàng của bên nhận dùng tỷ giá này."
        page = client.follow(path(opening, "warnings"), {**hidden, "reason": reason})
        assert reason in page.text and "Đăng tin" in page.texts("button")
        assert session.query(WarningOverride).count() == 1
        headers = {"Referer": f"http://localhost{path(opening, 'moderate')}"}
        again = client.follow(path(opening, "warnings"), {**hidden, "reason": reason}, headers=headers)
        assert "không còn nữa" in again.text

    @pytest.mark.parametrize("rest", ["ticks", "ticks/market/undo", "warnings"])
    def test_is_closed_to_advisers_and_senders(self, as_role: Any, make: Any, author: Any, rest: str) -> None:
        opening = stated(make)
        as_role("adviser").post(path(opening, rest), {}, status=403)
        as_role("sender", author).post(path(opening, rest), {}, status=403)
