"""Exchange rates: dated rows with a source; the last one of a day counts, an old one does not."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from portal.audit.models import AuditEvent
from portal.errors import NotAllowed, Refused
from portal.reference.exchange_rates import add_rate, latest_rates, rates_on
from portal.reference.models import ExchangeRate
from tests.factories import NOW

DAY = NOW.date()


def enter(make: Any, rate: str = "168.35", day: dt.date = DAY, currency: str = "JPY", **given: Any) -> Any:
    return add_rate(
        actor=given.get("actor") or make.account("moderator"), now=NOW, currency=currency, rate=Decimal(rate),
        day=day, source="Ngân hàng thử", today=DAY,
    )  # fmt: skip


class TestTheRateOfADay:
    def test_is_the_latest_of_that_day_or_before(self, session: Any, make: Any) -> None:
        enter(make, "160", DAY - dt.timedelta(days=9))
        enter(make, "168.35", DAY - dt.timedelta(days=2))
        enter(make, "18.1", DAY, "KRW")
        assert rates_on(session, DAY, within_days=31) == {"JPY": Decimal("168.35"), "KRW": Decimal("18.1")}
        assert rates_on(session, DAY - dt.timedelta(days=5), within_days=31) == {"JPY": Decimal("160")}

    def test_is_unknown_once_the_rate_is_too_old(self, session: Any, make: Any) -> None:
        enter(make, day=DAY - dt.timedelta(days=32))
        assert rates_on(session, DAY, within_days=31) == {}
        assert rates_on(session, DAY - dt.timedelta(days=1), within_days=31) == {"JPY": Decimal("168.35")}

    def test_entered_again_counts_instead_of_the_slip(self, session: Any, make: Any) -> None:
        enter(make, "16.835")
        enter(make, "168.35")
        assert rates_on(session, DAY, within_days=31) == {"JPY": Decimal("168.35")}
        assert [row.rate for row in latest_rates(session)] == [Decimal("168.35")]

    def test_is_kept_digit_by_digit(self, session: Any, make: Any) -> None:
        row = enter(make, "0.0000123")
        session.commit()
        session.expire_all()
        assert session.get_one(ExchangeRate, row.id).rate == Decimal("0.0000123")


class TestEntering:
    @pytest.mark.parametrize("role", ["adviser", "sender", "administrator", "seeker"])
    def test_is_for_moderators_and_the_leader(self, session: Any, make: Any, role: str) -> None:
        with pytest.raises(NotAllowed):
            enter(make, actor=make.account(role))

    def test_refuses_nothing_for_something_and_the_future(self, session: Any, make: Any) -> None:
        with pytest.raises(Refused, match="lớn hơn 0"):
            enter(make, "0")
        with pytest.raises(Refused, match="chưa tới"):
            enter(make, day=DAY + dt.timedelta(days=1))

    def test_is_recorded(self, session: Any, make: Any) -> None:
        enter(make)
        assert session.query(AuditEvent).filter_by(action="exchange_rate.added").count() == 1


class TestThePage:
    def test_a_moderator_enters_a_rate_as_it_is_written_here(self, session: Any, as_role: Any) -> None:
        client = as_role("moderator")
        assert "Chưa có tỷ giá nào" in client.get("/reference/exchange-rates").text
        page = client.follow(
            "/reference/exchange-rates",
            {"currency": "JPY", "rate": "168,35", "day": "20/11/2026", "source": "Ngân hàng thử"},
        )
        assert "168,35" in page.text and "20/11/2026" in page.text and "Ngân hàng thử" in page.text
        assert session.query(ExchangeRate).one().rate == Decimal("168.35")

    def test_a_wrong_figure_gets_a_sentence_and_nothing_typed_is_lost(
        self, session: Any, as_role: Any
    ) -> None:
        data = {"currency": "KRW", "rate": "mười tám", "day": "31/02/2026", "source": "Ngân hàng thử"}
        page = as_role("leader").post("/reference/exchange-rates", data, status=422)
        assert "Hãy ghi một số" in page.text and "không có trong lịch" in page.text
        assert 'value="mười tám"' in page.html and 'value="Ngân hàng thử"' in page.html
        assert session.query(ExchangeRate).count() == 0

    def test_an_adviser_reads_and_a_sender_does_not_come_in(self, as_role: Any, make: Any) -> None:
        page = as_role("adviser").get("/reference/exchange-rates")
        assert "Ghi tỷ giá mới" not in page.text
        as_role("sender", make.member("sender")).get("/reference/exchange-rates", status=403)
