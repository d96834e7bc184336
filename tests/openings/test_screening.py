"""Openings read for fraud where they are written: form, change, list and command; and the usual wage."""

import datetime as dt

import pytest

from portal.common.clock import local_date
from portal.errors import Refused
from portal.openings import operations
from portal.openings.batches import commit_batch
from portal.openings.columns import propose_mapping
from portal.openings.importing import read_rows
from portal.openings.models import Opening
from portal.openings.queries import steps_of
from portal.openings.screening import Screener
from portal.openings.sheets import read_sheet
from portal.openings.states import FindingState, OpeningState, Sphere, WagePeriod
from portal.openings.usual_wages import FEWEST_ROWS, usual_wage
from portal.openings.writing import change, create, justify
from portal.organisations.models import MarketPermission
from tests.openings.test_operations import GOOD, NOW

ASKS = "Đóng 300k tiền hồ sơ trước khi nhận việc."
TERMS = {"approval_number": "123/QLLĐNN"}


def rules_of(opening: Opening) -> list[str]:
    return [finding.rule for finding in opening.findings if finding.state == FindingState.OPEN]


class TestAnOpening:
    def test_it_is_held_until_it_is_mended(self, session, make, employer):
        author, moderator = make.member("employer", employer), make.account("moderator")
        opening = create(employer, {**GOOD, "text": ASKS}, actor=author, now=NOW)
        operations.submit(opening, actor=author, now=NOW)
        with pytest.raises(Refused, match="1 câu"):
            operations.publish(opening, actor=moderator, now=NOW)
        change(opening, {**GOOD, "text": "May áo. Không thu phí hồ sơ."}, actor=author, now=NOW)
        operations.publish(opening, actor=moderator, now=NOW)
        assert opening.findings[0].state == FindingState.MENDED

    def test_a_moderator_keeps_it_with_a_ground(self, session, make, employer):
        moderator = make.account("moderator")
        opening = create(employer, {**GOOD, "text": ASKS}, actor=moderator, now=NOW)
        with pytest.raises(Refused):
            justify(opening.findings[0], "ừ", actor=moderator, now=NOW)
        justify(opening.findings[0], "Tiền khám sức khỏe, công ty trả lại ngay.", actor=moderator, now=NOW)
        assert rules_of(opening) == []

    def test_a_later_edit_takes_it_off_the_public_list(self, session, make):
        opening = make.opening()
        change(opening, {**GOOD, "positions": 5, "benefits": ASKS}, actor=make.account("adviser"), now=NOW)
        assert opening.state == OpeningState.SUBMITTED and rules_of(opening) == ["fraud_money"]

    @pytest.mark.parametrize("where", ["address_line", "directions", "contact_name"])
    def test_it_is_read_wherever_words_are_shown(self, employer, make, where):
        author = make.member("employer", employer)
        opening = create(employer, {**GOOD, where: ASKS}, actor=author, now=NOW)
        assert rules_of(opening) == ["fraud_money"]
        change(opening, {**GOOD, where: "Anh Nam, số 5 đường Trần Hưng Đạo"}, actor=author, now=NOW)
        assert rules_of(opening) == []

    def test_an_employer_that_cannot_be_found_is_held(self, session, make):
        nameless = make.organisation(phone="")
        author = make.member("employer", nameless)
        opening = create(nameless, {**GOOD, "contact_phone": "0901234567"}, actor=author, now=NOW)
        assert rules_of(opening) == ["fraud_contact"]
        change(
            opening,
            {**GOOD, "contact_phone": "0901234567", "address_line": "Số 12 Trần Hưng Đạo"},
            actor=author,
            now=NOW,
        )
        assert rules_of(opening) == []

    def test_abroad_the_costs_of_the_law_stand_in_their_fields_and_hold_nothing(self, session, make):
        sender = make.organisation("sender", phone="02963000009")
        values = {**GOOD, "sphere": Sphere.OVERSEAS, "country": "JP", "province_code": None}
        terms = {**TERMS, "service_fee_vnd": 30_000_000, "deposit_vnd": 20_000_000}
        opening = create(sender, values, (), terms, actor=make.account("moderator"), now=NOW)
        assert rules_of(opening) == []
        change(
            opening,
            {**values, "text": "Nộp phí môi giới 20 triệu."},
            (),
            terms,
            actor=make.account("moderator"),
            now=NOW,
        )
        assert rules_of(opening) == ["fraud_money"]

    def test_cambodia_needs_licence_market_and_approval(self, session, make):
        moderator, sender = make.account("moderator"), make.organisation("sender", phone="02963000009")
        values = {**GOOD, "sphere": Sphere.OVERSEAS, "country": "KH", "province_code": None}
        assert rules_of(create(sender, values, (), TERMS, actor=moderator, now=NOW)) == ["fraud_border"]
        session.add(
            MarketPermission(
                organisation=sender, country="KH", valid_from=dt.date(2026, 1, 1), source="Giấy phép"
            )
        )
        session.flush()
        assert rules_of(create(sender, values, (), TERMS, actor=moderator, now=NOW)) == []
        without = {"approval_number": ""}
        assert rules_of(create(sender, values, (), without, actor=moderator, now=NOW)) == ["fraud_border"]


class TestAList:
    def test_every_row_of_an_import_is_read(self, session, make, employer):
        content = (
            "Vị trí,Mô tả,Lương,Nơi làm việc,Hạn nộp,Số người\n"
            f"Thợ may,{ASKS},8 triệu,An Giang,20/12/2026,2\n"
            "Phụ kho,Bốc hàng.,7 triệu,An Giang,20/12/2026,2\n"
        ).encode()
        sheet = read_sheet(content)
        mapping = propose_mapping(sheet, None)
        rows = read_rows(sheet, mapping, organisation_id=employer.id, on=local_date(NOW))
        commit_batch(rows, mapping, content=content, filename="tin.csv", actor=None, now=NOW)
        openings = session.query(Opening).order_by(Opening.id).all()
        assert [rules_of(opening) for opening in openings] == [["fraud_money"], []]


class TestReadingAgain:
    def test_what_was_written_before_is_read_and_a_public_one_held(self, app, session, make):
        public, fair = make.opening(text=ASKS), make.opening()
        over = make.opening(text=ASKS, state=OpeningState.CLOSED)
        result = app.test_cli_runner().invoke(args=["read-openings"])
        assert result.exit_code == 0 and "2 openings read, 1 wait" in result.output
        session.expire_all()
        assert rules_of(public) == ["fraud_money"] and public.state == OpeningState.SUBMITTED
        assert fair.state == OpeningState.PUBLISHED and over.findings == []
        assert steps_of(public)[-1][0].name == "hold"

    def test_what_a_moderator_kept_stays_kept(self, app, session, make, employer):
        moderator = make.account("moderator")
        opening = create(employer, {**GOOD, "text": ASKS}, actor=moderator, now=NOW)
        justify(opening.findings[0], "Tiền khám sức khỏe, công ty trả lại ngay.", actor=moderator, now=NOW)
        session.commit()
        assert "0 wait" in app.test_cli_runner().invoke(args=["read-openings"]).output


class TestTheUsualWage:
    @pytest.fixture
    def paid(self, make, employer):
        def pay(code: str, wages: list[int], **given):
            for wage in wages:
                make.opening(
                    occupation_code=code, wage_min=wage, wage_max=None, organisation=employer, **given
                )

        return pay

    def usual(self, code="7531", minimum=None, sphere=Sphere.DOMESTIC, country=None):
        return usual_wage(code, sphere, country, minimum, but=None)

    def test_is_the_median_of_the_same_unit_group(self, session, paid):
        paid(
            "7531", [6_000_000, 7_000_000, 7_000_000, 7_000_000, 8_000_000, 8_000_000, 9_000_000, 90_000_000]
        )
        found = self.usual()
        assert found.bar == 22_500_000 and "8 tin nhóm nghề 7531" in found.words

    def test_is_the_wider_group_where_the_unit_group_has_too_few(self, session, paid):
        paid("7531", [7_000_000] * 2)
        paid("7532", [9_000_000] * 6)
        assert "nhóm nghề 753)" in self.usual().words

    def test_counts_days_and_hours_as_months(self, session, paid):
        paid("7531", [300_000] * FEWEST_ROWS, wage_period=WagePeriod.DAY)
        assert self.usual().bar == 3 * 26 * 300_000

    def test_with_too_few_rows_is_a_multiple_of_the_minimum_wage_or_unknown(self, session, paid):
        paid("7531", [7_000_000] * (FEWEST_ROWS - 1))
        assert self.usual(minimum=4_000_000).bar == 40_000_000
        assert self.usual("2512", minimum=4_000_000).bar == 100_000_000
        assert self.usual() is None

    def test_reads_drafts_and_other_countries_not(self, session, paid):
        paid("7531", [7_000_000] * FEWEST_ROWS, state=OpeningState.DRAFT, published_at=None)
        paid("7531", [7_000_000] * FEWEST_ROWS, sphere=Sphere.OVERSEAS, country="JP")
        assert self.usual() is None
        assert self.usual(sphere=Sphere.OVERSEAS, country="JP") is not None
        assert self.usual(sphere=Sphere.OVERSEAS, country="KR") is None

    def test_holds_an_opening_far_above_it(self, session, make, employer, paid):
        paid("7531", [7_000_000] * FEWEST_ROWS)
        moderator = make.account("moderator")
        high = create(employer, {**GOOD, "wage_min": 21_000_001}, actor=moderator, now=NOW)
        assert rules_of(high) == ["fraud_wage"] and "7.000.000" in high.findings[0].source
        assert rules_of(create(employer, {**GOOD, "wage_min": 21_000_000}, actor=moderator, now=NOW)) == []
        a_day = {**GOOD, "wage_min": 900_000, "wage_period": WagePeriod.DAY}
        assert rules_of(create(employer, a_day, actor=moderator, now=NOW)) == ["fraud_wage"]

    def test_costs_one_query(self, session, paid, statements):
        paid("7531", [7_000_000] * FEWEST_ROWS)
        statements.clear()
        self.usual()
        assert len(statements) == 1


def test_reading_many_openings_asks_for_rules_and_regions_once(session, make, statements):
    opening = make.opening()
    screener = Screener(local_date(NOW))
    screener.findings(opening)
    statements.clear()
    screener.findings(opening)
    assert len(statements) == 1
