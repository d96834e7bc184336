"""The minimum wage of the workplace: what is compared, what is asked for, what stays unknown."""

import datetime as dt
from decimal import Decimal

import pytest

from portal.errors import Refused
from portal.openings import minimum_wage, operations
from portal.openings.minimum_wage import Answer, Floor, Pay, compare
from portal.openings.states import FindingState, OpeningState, WagePeriod
from portal.openings.writing import change, create, justify
from portal.reference.models import LegalRule, PlaceWageRegion, RuleUnit, WageRegion
from portal.reference.rules import RuleValue
from portal.reference.seed import load_reference
from tests.openings.test_operations import GOOD, NOW

LONG_XUYEN = "30307"


def rule(number: int, verified: bool = False) -> RuleValue:
    return RuleValue(
        "k", str(number), Decimal(number), RuleUnit.VND, "Nghị định 293/2025/NĐ-CP", verified,
        dt.date(2026, 1, 1), None,
    )  # fmt: skip


II = Floor(WageRegion.II, rule(4_730_000), rule(22_700))
III = Floor(WageRegion.III, rule(4_140_000), None)


def answer(floor=II, least=None, most=None, **given):
    return compare(Pay(least, most, **given), floor).answer


@pytest.mark.parametrize(
    ("floor", "pay", "expected"),
    [
        (II, {"least": 4_730_000}, Answer.ENOUGH),
        (II, {"least": 4_729_999}, Answer.BELOW),
        (III, {"least": 4_140_000}, Answer.ENOUGH),
        (III, {"least": 4_139_999, "most": 9_000_000}, Answer.BELOW),
        (II, {"least": 22_700, "period": WagePeriod.HOUR}, Answer.ENOUGH),
        (II, {"least": 22_600, "period": WagePeriod.HOUR, "is_part_time": True}, Answer.BELOW),
        # The hourly figure of region III was not found.
        (III, {"least": 5_000, "period": WagePeriod.HOUR}, Answer.UNKNOWN),
        (Floor(), {"least": 1_000_000}, Answer.UNKNOWN),
        (Floor(WageRegion.II), {"least": 1_000_000}, Answer.UNKNOWN),
        (II, {"least": 100, "currency": "USD"}, Answer.UNKNOWN),
        # Never a refusal, only a sentence that asks.
        (II, {}, Answer.NOT_STATED),
        (II, {"least": 5_000, "period": WagePeriod.PIECE}, Answer.NOT_STATED),
        (II, {"least": 150_000, "period": WagePeriod.DAY}, Answer.NOT_STATED),
        (II, {"least": 2_500_000, "is_part_time": True}, Answer.NOT_STATED),
        (II, {"most": 8_000_000}, Answer.NOT_STATED),
        (II, {"most": 3_000_000}, Answer.BELOW),
    ],
)
def test_the_verdict(app, floor, pay, expected):
    assert answer(floor, **pay) is expected


def test_what_cannot_be_compared_is_told_how_to_be_mended(app):
    piece = compare(Pay(None, None, period=WagePeriod.PIECE), II)
    assert "mức lương bảo đảm" in piece.advice
    assert "theo giờ" in compare(Pay(2_000_000, None, is_part_time=True), II).advice


def test_the_source_names_region_figure_and_that_nobody_verified_it(app):
    verdict = compare(Pay(3_000_000, None), II)
    assert minimum_wage.source_of(verdict) == (
        "Nghị định 293/2025/NĐ-CP, vùng II: 4.730.000 đồng (chưa kiểm chứng)"
    )


class TestAnOpening:
    @pytest.fixture(autouse=True)
    def _reference(self, session):
        load_reference(session, now=NOW)
        session.commit()

    def written(self, make, employer, **given):
        values = {**GOOD, "commune_code": LONG_XUYEN, "wage_min": 4_000_000, **given}
        return create(employer, values, actor=make.account("moderator"), now=NOW)

    def test_below_the_figure_it_is_held_with_figure_region_and_source(self, session, make, employer):
        (finding,) = self.written(make, employer).findings
        assert finding.rule == "wage_below_unverified" and finding.state == FindingState.OPEN
        assert "4.000.000" in finding.sentence and "Long Xuyên" in finding.sentence
        for words in ("vùng II", "4.730.000", "293/2025", "chưa kiểm chứng"):
            assert words in finding.source

    def test_unverified_it_waits_for_a_moderator_who_may_keep_it(self, session, make, employer):
        moderator = make.account("moderator")
        opening = self.written(make, employer)
        operations.submit(opening, actor=moderator, now=NOW)
        with pytest.raises(Refused, match="1 câu"):
            operations.publish(opening, actor=moderator, now=NOW)
        justify(opening.findings[0], "Đã gọi, lương thực nhận cao hơn.", actor=moderator, now=NOW)
        operations.publish(opening, actor=moderator, now=NOW)
        assert opening.state == OpeningState.PUBLISHED

    def test_once_verified_it_binds(self, session, make, employer):
        for row in (*session.query(LegalRule), *session.query(PlaceWageRegion)):
            row.verified = True
        (finding,) = self.written(make, employer).findings
        assert finding.rule == "wage_below"
        with pytest.raises(Refused, match="dưới mức tối thiểu"):
            justify(finding, "Đã gọi, lương thực nhận cao hơn.", actor=make.account("moderator"), now=NOW)

    def test_a_higher_wage_or_another_place_mends_it(self, session, make, employer):
        moderator, opening = make.account("moderator"), self.written(make, employer)
        change(opening, {**GOOD, "wage_min": 4_730_000}, actor=moderator, now=NOW)
        assert opening.findings[0].state == FindingState.MENDED

    @pytest.mark.parametrize(
        "elsewhere",
        [
            {"province_code": "79", "commune_code": None},
            {"commune_code": None},
            {"wage_min": None, "wage_note": "Thoả thuận"},
            {"wage_period": WagePeriod.PIECE, "wage_min": 2_000},
            {"wage_min": 2_000_000, "is_part_time": True},
            {"wage_min": 2_000_000, "working_time": "Part-time, 4 giờ một ngày"},
        ],
    )
    def test_unknown_or_not_stated_holds_nothing(self, session, make, employer, elsewhere):
        assert self.written(make, employer, **elsewhere).findings == []

    def test_before_the_rows_nobody_knows(self, session, make, employer):
        values = {**GOOD, "commune_code": LONG_XUYEN, "wage_min": 1_000_000}
        before = dt.datetime(2025, 12, 30, 2, 0, tzinfo=dt.UTC)
        assert create(employer, values, actor=make.account("moderator"), now=before).findings == []

    def test_the_employer_reads_it_on_the_form(self, session, make, employer, as_role):
        opening = self.written(make, employer)
        session.commit()
        page = as_role("moderator").get(f"/desk/openings/{opening.id}/edit", status=200)
        assert (
            "4.730.000" in page.text and "mức lương bảo đảm" in page.text and "chưa kiểm chứng" in page.text
        )

    def test_by_the_piece_the_form_asks_for_the_guaranteed_wage(self, session, make, employer, as_role):
        opening = self.written(make, employer, wage_period=WagePeriod.PIECE, wage_min=2_000)
        session.commit()
        page = as_role("moderator").get(f"/desk/openings/{opening.id}/edit", status=200)
        assert "Hãy ghi mức lương bảo đảm" in page.text and "giữ tin lại" not in page.text
