"""Values of an opening abroad compared with its papers by somebody who did not enter them."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.audit.models import AuditEvent
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.openings import operations
from portal.openings.checked_values import rows_of
from portal.openings.papers import attach
from portal.openings.states import OpeningState as S
from portal.openings.terms_models import OpeningPaper
from portal.openings.terms_states import CostKind, PaperKind, PayableWhen
from portal.openings.terms_writing import CostLine, change_terms
from portal.openings.ticking import override, tick, untick
from portal.openings.writing import change
from tests.factories import NOW
from tests.openings.judging import standing, verdicts
from tests.openings.lawful import (
    APPROVAL,
    PDF,
    compared,
    stated,
    with_papers,
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


class TestTicks:
    def test_what_nobody_compared_is_unknown_and_holds_the_opening(self, make: Any) -> None:
        opening = stated(make, make.account("adviser"))
        found = standing(opening)
        assert found.stated.publishable and not found.publishable
        assert verdicts(found.findings, "deposit_vnd") == {"unknown"}
        with pytest.raises(Refused, match="chưa được đối chiếu"):
            operations.publish(opening, actor=make.account("moderator"), now=NOW)

    def test_what_was_compared_by_a_moderator_is_published(self, make: Any, folder: Any) -> None:
        moderator = make.account("moderator")
        opening = compared(make, folder, by=moderator)
        assert standing(opening).publishable and standing(opening).unticked == ()
        operations.publish(opening, actor=moderator, now=NOW)
        assert opening.state == S.PUBLISHED

    def test_one_required_value_without_a_tick_is_enough_to_hold_it(self, make: Any, folder: Any) -> None:
        found = standing(compared(make, folder, but=("deposit_vnd",)))
        assert found.unticked == ("deposit_vnd",) and not found.publishable

    def test_also_a_value_that_need_not_be_stated_is_compared(self, make: Any, folder: Any) -> None:
        opening = compared(make, folder, but=("extension_months",), fx_rate=Decimal(900))
        found = standing(opening)
        for warning in found.open_warnings:
            override(opening, found, warning, REASON, actor=make.account("moderator"), now=NOW)
        assert standing(opening).open_warnings == [] and not standing(opening).publishable

    def test_who_entered_a_value_cannot_tick_it(self, make: Any, folder: Any) -> None:
        moderator, other = make.account("moderator"), make.account("leader")
        opening = with_papers(stated(make, moderator), moderator, folder)
        with pytest.raises(Refused, match="người khác phải đối chiếu"):
            tick(opening, ["deposit_vnd", "market"], actor=moderator, now=NOW)
        db.session.rollback()
        assert tick(opening, ["deposit_vnd"], actor=other, now=NOW) == ["deposit_vnd"]

    def test_the_database_holds_that_too(self, make: Any, folder: Any) -> None:
        moderator = make.account("moderator")
        opening = compared(make, folder, by=moderator)
        row = rows_of(opening)["deposit_vnd"]
        row.entered_by = moderator
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()

    @pytest.mark.parametrize("role", ["adviser", "sender", "administrator"])
    def test_only_moderators_and_leaders_tick(self, make: Any, folder: Any, role: str) -> None:
        opening = with_papers(stated(make), make.account("adviser"), folder)
        for act in (
            lambda account: tick(opening, ["market"], actor=account, now=NOW),
            lambda account: untick(opening, "market", actor=account, now=NOW),
        ):
            with pytest.raises(NotAllowed):
                act(make.account(role))

    def test_needs_the_paper(self, make: Any, folder: Any) -> None:
        opening = stated(make)
        attach(
            opening, PaperKind.APPROVAL, PDF, "a.pdf", folder=folder, actor=make.account("adviser"), now=NOW
        )
        moderator = make.account("moderator")
        assert tick(opening, ["approval_number"], actor=moderator, now=NOW)
        with pytest.raises(Refused, match="Hợp đồng cung ứng lao động"):
            tick(opening, ["term_months"], actor=moderator, now=NOW)

    def test_a_changed_value_loses_its_tick_and_the_others_keep_theirs(self, make: Any, folder: Any) -> None:
        opening = compared(make, folder)
        change_terms(opening, {"deposit_vnd": 1_000_000}, actor=make.account("adviser"), now=NOW)
        assert standing(opening).unticked == ("deposit_vnd",)
        # Changed back, it is still to be compared: somebody has touched it.
        change_terms(opening, {"deposit_vnd": 0}, actor=make.account("adviser"), now=NOW)
        assert standing(opening).unticked == ("deposit_vnd",)

    def test_a_line_of_cost_more_is_a_change_of_the_lines(self, make: Any, folder: Any) -> None:
        opening = compared(make, folder)
        assert opening.overseas is not None
        lines = [
            CostLine(row.kind, row.amount, row.currency, row.payable_when, row.receipt_by)
            for row in opening.overseas.costs
        ]
        adviser = make.account("adviser")
        change_terms(opening, {}, lines, actor=adviser, now=NOW)
        assert standing(opening).unticked == ()
        visa = CostLine(CostKind.VISA, 1_500_000, payable_when=PayableWhen.AFTER_CONTRACT)
        change_terms(opening, {}, [*lines, visa], actor=adviser, now=NOW)
        assert standing(opening).unticked == ("worker_costs",)

    def test_a_change_on_any_path_loses_the_tick(self, make: Any, folder: Any) -> None:
        """Also one that no function of ours has made."""
        opening = compared(make, folder)
        db.session.execute(
            db.text("UPDATE overseas_terms SET term_months = 24 WHERE opening_id = :id"), {"id": opening.id}
        )
        db.session.commit()
        db.session.expire_all()
        assert standing(opening).unticked == ("term_months",)

    def test_a_wage_changed_in_the_openings_own_form_loses_its_tick(self, make: Any, folder: Any) -> None:
        opening = compared(make, folder)
        values = {"title": opening.title, "wage_min": 31_000, "positions": opening.positions}
        change(opening, values, (), {}, actor=make.account("moderator"), now=NOW)
        assert standing(opening).unticked == ("wage_amount",)

    def test_a_new_paper_takes_the_ticks_of_the_old_one_with_it(self, make: Any, folder: Any) -> None:
        opening = compared(make, folder)
        attach(
            opening, PaperKind.APPROVAL, PDF, "b.pdf", folder=folder, actor=make.account("adviser"), now=NOW
        )
        assert set(standing(opening).unticked) == {
            "approval_number", "approval_date", "approved_quantity", "supply_contract_approved",
        }  # fmt: skip
        kept = db.session.scalars(select(OpeningPaper).where(OpeningPaper.kind == PaperKind.APPROVAL)).all()
        assert sorted(paper.removed_at is None for paper in kept) == [False, True]

    def test_a_tick_can_be_taken_back(self, make: Any, folder: Any) -> None:
        opening = compared(make, folder)
        untick(opening, "market", actor=make.account("leader"), now=NOW)
        assert standing(opening).unticked == ("market",)
        with pytest.raises(Refused):
            untick(opening, "market", actor=make.account("leader"), now=NOW)

    def test_the_trail_tells_fields_and_no_values(self, make: Any, folder: Any) -> None:
        compared(make, folder)
        event = db.session.scalars(
            select(AuditEvent).where(AuditEvent.action == "opening.values_ticked")
        ).one()
        assert "deposit_vnd" in event.detail["fields"] and APPROVAL not in str(event.detail)
