"""Who is under 15 is stopped kindly, and nothing about them is kept."""

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from portal.access.models import Account
from portal.common.clock import today
from portal.extensions import db
from portal.workers.models import Worker
from tests.journeys.conftest import PHONE
from tests.journeys.moves import heading, press, reads


def test_a_child_of_fourteen_is_stopped_kindly_and_nothing_is_stored(visit: Any, serve: Any) -> None:
    def stored() -> tuple[int, ...]:
        with serve().app.app_context():
            return tuple(
                db.session.scalar(select(func.count()).select_from(model)) for model in (Worker, Account)
            )

    before = stored()
    child = visit(PHONE)
    page = child.page
    child.open("/register")
    # The year alone leaves it open: the page asks for the day and keeps what was typed.
    page.fill("[name=birth]", str(today().year - 15))
    press(child, "Bắt đầu")
    reads(child, "đủ 15 tuổi chưa")
    assert page.input_value("[name=birth]") == str(today().year - 15)
    child.picture("which-day")
    tomorrow = today() + dt.timedelta(days=1)
    page.fill("[name=birth]", f"{tomorrow:%d/%m/}{tomorrow.year - 15}")
    press(child, "Bắt đầu")
    assert heading(child) == "Bạn chưa đến tuổi đi làm"
    reads(child, "chưa ghi lại gì về bạn", "Học tiếp ở trường")
    assert page.get_by_role("link", name="Gọi 111").get_attribute("href") == "tel:111"
    child.picture("not-yet")
    assert stored() == before
    # Nor does the phone remember: the first question is empty, the later ones lead back to it.
    child.open("/register/who")
    assert page.url.endswith("/register") and page.input_value("[name=birth]") == ""
