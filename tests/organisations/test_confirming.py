"""Calling an employer back: on which number, by whom, and what follows when it is taken back."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.errors import Invalid, NotAllowed, Refused
from portal.openings import operations
from portal.openings.queries import steps_of
from portal.openings.states import OpeningState
from portal.organisations.confirming import confirm, withdraw
from portal.organisations.models import Membership, Organisation, OrganisationConfirmation
from portal.organisations.queries import live_confirmation
from portal.organisations.rules import number_key

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
CALL = {
    "called_number": "0296 3 955 955",
    "number_source": "Cổng đăng ký doanh nghiệp quốc gia",
    "spoke_with": "Chị Hạnh, phòng nhân sự",
}


@pytest.fixture
def unknown(make: Any) -> Organisation:
    return make.organisation(confirmed=False, phone="02963000001")


def call(organisation: Organisation, actor: Any, **given: str) -> OrganisationConfirmation:
    return confirm(organisation, **{**CALL, **given}, actor=actor, now=NOW)


def waiting(make: Any, organisation: Organisation, **given: Any) -> Any:
    return make.opening(organisation=organisation, state=OpeningState.SUBMITTED, published_at=None, **given)


class TestTheCall:
    def test_a_named_member_of_staff_confirms_on_a_number_found_elsewhere(
        self, session: Any, make: Any, unknown: Organisation
    ) -> None:
        adviser = make.account("adviser")
        call(unknown, adviser)
        row = live_confirmation(unknown.id)
        assert row is not None and row.confirmed_by_id == adviser.id and row.confirmed_at == NOW
        assert (row.called_number, row.spoke_with) == ("02963955955", CALL["spoke_with"])

    @pytest.mark.parametrize("typed", ["02963000001", "0296 3000 001", "+84 296 3000001", "(0296) 300.0001"])
    def test_its_own_number_proves_nothing(self, make: Any, unknown: Organisation, typed: str) -> None:
        with pytest.raises(Invalid, match="chính tổ chức này"):
            call(unknown, make.account("adviser"), called_number=typed)

    def test_the_number_of_an_opening_is_its_own_too(self, make: Any, unknown: Organisation) -> None:
        make.opening(
            organisation=unknown, contact_phone="0901234567", text="Gọi chị Lan 0912 345 678 để biết thêm."
        )
        for typed in ("0901234567", "0912345678"):
            with pytest.raises(Invalid, match="chính tổ chức này"):
                call(unknown, make.account("adviser"), called_number=typed)

    def test_the_number_of_a_member_is_its_own_too(self, make: Any, unknown: Organisation) -> None:
        make.member("employer", unknown, phone="0901234567")
        with pytest.raises(Invalid, match="chính tổ chức này"):
            call(unknown, make.account("adviser"), called_number="0901234567")

    @pytest.mark.parametrize("field", list(CALL))
    def test_what_was_not_written_down_was_not_done(
        self, make: Any, unknown: Organisation, field: str
    ) -> None:
        with pytest.raises(Invalid):
            call(unknown, make.account("adviser"), **{field: "  "})

    @pytest.mark.parametrize("role", ["seeker", "employer", "sender", "commune", "administrator"])
    def test_only_advisers_moderators_and_leaders_confirm(
        self, make: Any, unknown: Organisation, role: str
    ) -> None:
        with pytest.raises(NotAllowed):
            call(unknown, make.account(role))

    def test_who_belongs_or_belonged_to_it_does_not_vouch_for_it(
        self, session: Any, make: Any, unknown: Organisation
    ) -> None:
        adviser = make.account("adviser")
        session.add(
            Membership(account_id=adviser.id, organisation_id=unknown.id, created_at=NOW, ended_at=NOW)
        )
        session.flush()
        with pytest.raises(NotAllowed, match="chính mình"):
            call(unknown, adviser)

    def test_it_is_confirmed_once(self, make: Any) -> None:
        with pytest.raises(Refused):
            call(make.organisation(), make.account("adviser"))

    def test_spellings_of_one_number_are_one(self) -> None:
        keys = {number_key(text) for text in ("02963000001", "+84 296 3000 001", "0084.296.3000001")}
        assert len(keys) == 1
        assert number_key("1900 1234") == "19001234"


class TestTheFirstOpening:
    def test_it_waits_for_the_call(self, session: Any, make: Any, unknown: Organisation) -> None:
        opening, moderator = waiting(make, unknown), make.account("moderator")
        with pytest.raises(Refused, match="chưa được gọi xác minh"):
            operations.publish(opening, actor=moderator, now=NOW)
        session.rollback()
        assert opening.published_at is None
        call(unknown, make.account("adviser"))
        operations.publish(opening, actor=moderator, now=NOW)
        assert opening.state == OpeningState.PUBLISHED

    def test_who_was_public_before_goes_on_without_a_made_up_call(
        self, make: Any, unknown: Organisation
    ) -> None:
        make.opening(organisation=unknown, state=OpeningState.CLOSED)
        opening = waiting(make, unknown)
        operations.publish(opening, actor=make.account("moderator"), now=NOW)
        assert opening.state == OpeningState.PUBLISHED

    @pytest.mark.parametrize("kind", ["centre", "department", "college"])
    def test_the_centre_and_authorities_need_no_call(self, make: Any, kind: str) -> None:
        opening = waiting(make, make.organisation(kind))
        operations.publish(opening, actor=make.account("moderator"), now=NOW)
        assert opening.state == OpeningState.PUBLISHED


class TestTakingItBack:
    def test_public_openings_are_held_and_stay_held(self, session: Any, make: Any) -> None:
        organisation = make.organisation()
        opening, other = make.opening(organisation=organisation), make.opening()
        moderator = make.account("moderator")
        withdraw(organisation, "Người lao động báo bị đòi tiền.", actor=moderator, now=NOW)
        assert (opening.state, other.state) == (OpeningState.SUBMITTED, OpeningState.PUBLISHED)
        step, _name = steps_of(opening)[-1]
        assert step.name == "hold" and "đòi tiền" in step.reason
        # An opening of earlier times does not stand in for the call that was withdrawn.
        with pytest.raises(Refused, match="chưa được gọi xác minh"):
            operations.publish(opening, actor=moderator, now=NOW)

    def test_it_can_be_called_again(self, session: Any, make: Any) -> None:
        organisation, leader = make.organisation(), make.account("leader")
        withdraw(organisation, "Số đã đổi chủ.", actor=leader, now=NOW)
        call(organisation, leader)
        rows = session.scalars(select(OrganisationConfirmation).order_by(OrganisationConfirmation.id)).all()
        assert [row.withdrawn_at is None for row in rows] == [False, True]

    def test_it_needs_a_reason_and_a_moderator(self, make: Any) -> None:
        organisation = make.organisation()
        with pytest.raises(NotAllowed):
            withdraw(organisation, "Lý do.", actor=make.account("adviser"), now=NOW)
        with pytest.raises(Invalid):
            withdraw(organisation, " ", actor=make.account("moderator"), now=NOW)


class TestThePages:
    def test_an_adviser_writes_the_call_down(self, session: Any, as_role: Any, unknown: Organisation) -> None:
        adviser = as_role("adviser")
        page = adviser.get(f"/organisations/{unknown.id}", status=200)
        assert "Chưa xác minh" in page.text and f"/organisations/{unknown.id}/confirm" in page.html
        wrong = adviser.post(
            f"/organisations/{unknown.id}/confirm", {**CALL, "called_number": "02963000001"}, status=422
        )
        assert "chính tổ chức này" in wrong.text and CALL["spoke_with"] in wrong.html
        adviser.post(f"/organisations/{unknown.id}/confirm", CALL, status=302)
        page = adviser.get(f"/organisations/{unknown.id}", status=200)
        assert "Đã xác minh ngày" in page.text and CALL["spoke_with"] in page.text

    def test_a_moderator_takes_it_back(self, as_role: Any, make: Any) -> None:
        organisation = make.organisation()
        opening = make.opening(organisation=organisation)
        address = f"/organisations/{organisation.id}/confirmation/withdraw"
        moderator = as_role("moderator")
        assert "Hãy ghi lý do" in moderator.post(address, {"reason": ""}, status=422).text
        moderator.post(address, {"reason": "Số đã đổi chủ."}, status=302)
        page = moderator.get(f"/desk/openings/{opening.id}/moderate", status=200)
        assert f"/organisations/{organisation.id}/confirm" in page.html
        assert "chưa được gọi xác minh" in page.text and "Đăng tin</button>" not in page.text

    def test_the_public_reads_that_it_was_called_not_with_whom(self, make: Any, client: Any) -> None:
        page = client.get(f"/openings/{make.opening().id}", status=200)
        assert "Trung tâm đã gọi xác minh ngày 23/11/2026" in page.text
        assert "Trung tâm không thu tiền" in page.text and "Chị Hạnh" not in page.text

    def test_of_an_employer_that_nobody_called_no_page_says_so(
        self, make: Any, client: Any, unknown: Organisation
    ) -> None:
        page = client.get(f"/openings/{make.opening(organisation=unknown).id}", status=200)
        assert "đã gọi xác minh" not in page.text and "Trung tâm không thu tiền" in page.text
