"""Values compared with papers, warnings let pass, and what holds an opening abroad from the public."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.openings import operations
from portal.openings.check.findings import Verdict
from portal.openings.papers import attach
from portal.openings.states import OpeningState as S
from portal.openings.terms_facts import facts_of
from portal.openings.terms_models import CheckedValue, WarningOverride
from portal.openings.terms_states import CostKind, PaperKind, PayableWhen, Payer
from portal.openings.terms_writing import CostLine, change_terms
from portal.openings.ticking import override, tick, untick
from portal.openings.writing import read_again
from portal.reference.models import ExchangeRate
from tests.factories import NOW
from tests.openings.judging import standing, verdicts
from tests.openings.lawful import (
    A_MONTH,
    COSTS,
    PDF,
    compared,
    sender_for,
    stated,
    with_rules,
)

DAY = NOW.date()


REASON = "Đã gọi doanh nghiệp, hợp đồng ghi rõ."


@pytest.fixture(autouse=True)
def _rules(app: Any) -> None:
    with_rules()


@pytest.fixture
def folder(app: Any) -> Any:
    return app.config["UPLOAD_FOLDER"]


class TestFacts:
    def test_come_from_opening_terms_requirements_and_sender(self, make: Any) -> None:
        opening = stated(make, airfare_back_paid_by=Payer.SHARED)
        facts = facts_of(opening, DAY)
        assert (facts.on_date, facts.market, facts.job_class) == (DAY, "TW", "manufacturing")
        assert (facts.wage_amount, facts.wage_currency, facts.fx_rate) == (
            Decimal(30_000),
            "TWD",
            Decimal(850),
        )
        assert (facts.lodging, facts.airfare_back_paid_by, facts.deposit_vnd) == (
            "charged",
            "shared",
            Decimal(0),
        )
        assert (facts.sender_licence_status, facts.sender_market_permission) == ("valid", True)
        assert facts.worker_costs is not None and [line.kind for line in facts.worker_costs] == [
            "service_fee", "health", "fund",
        ]  # fmt: skip
        assert facts.same_sender is None and facts.sending_contract_signed is None

    def test_not_stated_is_not_zero(self, make: Any) -> None:
        opening = stated(
            make, deposit_vnd=None, costs=(), costs_complete=False, wage_min=None, wage_max=30_000
        )
        facts = facts_of(opening, DAY)
        assert facts.deposit_vnd is None and facts.worker_costs is None and facts.wage_amount is None
        assert facts_of(stated(make, costs=(), costs_complete=True), DAY).worker_costs == ()

    def test_a_wage_by_the_day_is_no_wage_of_a_month(self, make: Any) -> None:
        assert facts_of(stated(make, wage_period="day"), DAY).wage_amount is None

    def test_age_and_sex_need_one_source_for_all_of_them(self, make: Any) -> None:
        asked = [("age", ">=", 20), ("age", "<=", 40), ("sex", "=", "female")]
        opening = stated(make, requirements=asked)
        assert facts_of(opening, DAY).age_sex_source is None
        for requirement in opening.requirements:
            requirement.source = "HĐ-2001"
        facts = facts_of(opening, DAY)
        assert (facts.age_min, facts.age_max, facts.sex, facts.age_sex_source) == (
            20,
            40,
            "female",
            "HĐ-2001",
        )

    @pytest.mark.parametrize(
        ("given", "status"),
        [
            ({"licence_valid_to": DAY}, "valid"),
            ({"licence_valid_to": DAY - dt.timedelta(days=1)}, "expired"),
            ({"licence_status": "revoked"}, "revoked"),
            ({"licence_status": "unknown"}, None),
        ],
    )
    def test_a_licence_counts_on_the_day(self, make: Any, given: Any, status: str | None) -> None:
        sender = sender_for(make)
        for name, value in given.items():
            setattr(sender, name, value)
        db.session.commit()
        db.session.expire_all()
        assert facts_of(stated(make, organisation=sender), DAY).sender_licence_status == status

    def test_a_public_unit_needs_no_licence_and_an_employer_has_none(self, make: Any) -> None:
        centre = facts_of(stated(make, organisation=make.organisation("centre")), DAY)
        assert (centre.sender_licence_status, centre.sender_market_permission) == (None, None)
        employer = facts_of(stated(make, organisation=make.organisation("employer")), DAY)
        assert (employer.sender_licence_status, employer.sender_market_permission) == ("none", False)


class TestPublishing:
    def test_a_fee_that_is_too_high_is_refused_by_name_and_goes_through_once_mended(
        self, make: Any, folder: Any
    ) -> None:
        fee = 4 * A_MONTH
        opening = compared(
            make, folder, service_fee_months=Decimal(4), service_fee_vnd=fee, agreed_fee_vnd=fee,
            costs=({**COSTS[0], "amount": fee},),
        )  # fmt: skip
        moderator = make.account("moderator")
        with pytest.raises(Refused, match="Tiền dịch vụ 4 tháng lương cao hơn mức trần 3 tháng lương"):
            operations.publish(opening, actor=moderator, now=NOW)
        assert opening.state == S.SUBMITTED
        fee = 3 * A_MONTH
        line = CostLine(CostKind.SERVICE_FEE, fee, payable_when=PayableWhen.AFTER_CONTRACT)
        values = {"service_fee_months": Decimal(3), "service_fee_vnd": fee, "agreed_fee_vnd": fee}
        change_terms(opening, values, [line], actor=make.account("adviser"), now=NOW)
        with pytest.raises(Refused, match="4 mục chưa được đối chiếu"):
            operations.publish(opening, actor=moderator, now=NOW)
        tick(opening, standing(opening).unticked, actor=moderator, now=NOW)
        operations.publish(opening, actor=moderator, now=NOW)
        assert opening.state == S.PUBLISHED

    def test_a_breach_counts_before_anybody_compares_anything(self, make: Any) -> None:
        opening = stated(make, service_fee_months=Decimal(4))
        assert verdicts(standing(opening).findings, "service_fee_months") >= {"breach"}

    def test_an_unlicensed_sender_does_not_come_through(self, make: Any, folder: Any) -> None:
        opening = compared(make, folder, organisation=sender_for(make, "JP"))
        assert not standing(opening).publishable

    def test_a_public_opening_that_is_changed_waits_again(self, make: Any, folder: Any) -> None:
        moderator = make.account("moderator")
        opening = operations.publish(compared(make, folder, by=moderator), actor=moderator, now=NOW)
        change_terms(opening, {"overtime": "Theo thoả thuận"}, actor=make.account("adviser"), now=NOW)
        assert opening.state == S.PUBLISHED
        change_terms(opening, {"weekly_hours": 48}, actor=make.account("adviser"), now=NOW)
        assert opening.state == S.SUBMITTED

    @pytest.mark.parametrize("role", ["sender", "adviser"])
    def test_a_new_paper_on_a_public_opening_makes_it_wait(self, make: Any, folder: Any, role: str) -> None:
        moderator = make.account("moderator")
        opening = operations.publish(compared(make, folder, by=moderator), actor=moderator, now=NOW)
        who = make.account("adviser") if role == "adviser" else make.member("sender", opening.organisation)
        attach(opening, PaperKind.SUPPLY_CONTRACT, PDF, "b.pdf", folder=folder, actor=who, now=NOW)
        assert not standing(opening).publishable and opening.state == S.SUBMITTED

    def test_a_tick_taken_back_on_a_public_opening_makes_it_wait(self, make: Any, folder: Any) -> None:
        moderator = make.account("moderator")
        opening = operations.publish(compared(make, folder, by=moderator), actor=moderator, now=NOW)
        untick(opening, "deposit_vnd", actor=moderator, now=NOW)
        assert opening.state == S.SUBMITTED

    def test_a_rule_that_changed_holds_what_is_public_at_the_next_reading(
        self, make: Any, folder: Any
    ) -> None:
        moderator = make.account("moderator")
        opening = operations.publish(compared(make, folder, by=moderator), actor=moderator, now=NOW)
        assert read_again(now=NOW) == (1, 0)
        opening.organisation.market_permissions[0].valid_to = DAY - dt.timedelta(days=1)
        db.session.flush()
        # An unverified rule warns; the warning waits for somebody.
        assert read_again(now=NOW) == (1, 1)
        assert opening.state == S.SUBMITTED

    def test_a_domestic_opening_knows_nothing_of_this(self, make: Any) -> None:
        opening = make.opening(state=S.SUBMITTED, published_at=None)
        operations.publish(opening, actor=make.account("moderator"), now=NOW)
        assert opening.state == S.PUBLISHED


class TestWarnings:
    @pytest.fixture
    def warned(self, make: Any, folder: Any) -> Any:
        """The sender reckons with a rate far from the Centre's."""
        rate = db.session.scalars(select(ExchangeRate)).one()
        rate.rate = Decimal(800)
        db.session.commit()
        return compared(make, folder)

    def test_hold_until_a_moderator_lets_them_pass_with_a_reason(self, make: Any, warned: Any) -> None:
        moderator = make.account("moderator")
        (warning,) = standing(warned).open_warnings
        assert (warning.rule, warning.field) == ("FX", "fx_rate")
        with pytest.raises(Refused, match="Cần cho qua hoặc sửa"):
            operations.publish(warned, actor=moderator, now=NOW)
        with pytest.raises(Invalid, match="Hãy ghi rõ"):
            override(warned, standing(warned), warning, "  được  ", actor=moderator, now=NOW)
        override(warned, standing(warned), warning, REASON, actor=moderator, now=NOW)
        operations.publish(warned, actor=moderator, now=NOW)
        kept = db.session.scalars(select(WarningOverride)).one()
        assert (kept.reason, kept.decided_by_id, kept.decided_at) == (REASON, moderator.id, NOW)

    def test_only_moderators_and_leaders_let_pass(self, make: Any, warned: Any) -> None:
        (warning,) = standing(warned).open_warnings
        for role in ("adviser", "sender"):
            with pytest.raises(NotAllowed):
                override(warned, standing(warned), warning, REASON, actor=make.account(role), now=NOW)

    def test_a_reason_holds_for_what_was_stated_then(self, make: Any, warned: Any) -> None:
        moderator = make.account("moderator")
        (warning,) = standing(warned).open_warnings
        override(warned, standing(warned), warning, REASON, actor=moderator, now=NOW)
        change_terms(warned, {"fx_rate": Decimal(860)}, actor=make.account("adviser"), now=NOW)
        again = next(one for one in standing(warned).open_warnings if one.rule == "FX")
        assert again.stated == Decimal(860)

    def test_neither_breach_nor_unknown_is_let_pass(self, make: Any, folder: Any) -> None:
        opening = compared(make, folder, service_fee_months=Decimal(4), deposit_vnd=None)
        moderator = make.account("moderator")
        for verdict in (Verdict.BREACH, Verdict.UNKNOWN):
            finding = next(one for one in standing(opening).findings if one.verdict is verdict)
            with pytest.raises(Refused, match="Chỉ lời nhắc"):
                override(opening, standing(opening), finding, REASON, actor=moderator, now=NOW)
        assert db.session.query(WarningOverride).count() == 0


def test_an_imported_opening_that_is_taken_back_leaves_no_values_behind(make: Any) -> None:
    from portal.openings.batches import withdraw_batch
    from portal.openings.models import ImportBatch

    batch = ImportBatch(filename="a.csv", sha256="0" * 64, columns={}, created_at=NOW)
    db.session.add(batch)
    db.session.flush()
    stated(make, make.account("adviser"), state=S.DRAFT, submitted_at=None, batch_id=batch.id)
    assert db.session.query(CheckedValue).count() > 0
    withdraw_batch(batch, actor=make.account("adviser"), now=NOW)
    assert db.session.query(CheckedValue).count() == 0


@pytest.mark.parametrize("work", ["tick", "untick", "override", "justify"])
def test_an_imported_opening_on_which_a_moderator_worked_is_not_taken_back(
    make: Any, folder: Any, work: str
) -> None:
    from portal.openings.batches import withdraw_batch
    from portal.openings.models import ImportBatch, OpeningFinding
    from portal.openings.writing import justify

    batch = ImportBatch(filename="a.csv", sha256="0" * 64, columns={}, created_at=NOW)
    db.session.add(batch)
    db.session.scalars(select(ExchangeRate)).one().rate = Decimal(800)
    db.session.flush()
    opening = compared(make, folder, but=("market",), batch_id=batch.id)
    opening.findings = [
        OpeningFinding(rule="sex", sentence="Nữ", excerpt="Nữ", source="", ground="", found_at=NOW)
    ]
    opening.updated_at = opening.created_at
    db.session.commit()
    moderator, later = make.account("moderator"), NOW + dt.timedelta(hours=1)
    if work == "tick":
        tick(opening, ["market"], actor=moderator, now=later)
    elif work == "untick":
        untick(opening, "deposit_vnd", actor=moderator, now=later)
    elif work == "override":
        (warning,) = standing(opening).open_warnings
        override(opening, standing(opening), warning, REASON, actor=moderator, now=later)
    else:
        justify(opening.findings[0], REASON, actor=moderator, now=later)
    db.session.commit()
    outcome = withdraw_batch(batch, actor=make.account("adviser"), now=later)
    assert (outcome.removed, outcome.kept) == (0, [opening])
