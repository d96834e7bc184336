"""The life of an opening: who may take which step, what it needs, what is told."""

import datetime as dt

import pytest

from portal.access.states import Role
from portal.common.events import _subscribers, on
from portal.errors import Invalid, NotAllowed, Refused
from portal.messages.models import Message
from portal.openings import operations
from portal.openings.events import OpeningEnded, OpeningPublished
from portal.openings.models import Opening
from portal.openings.permissions import Asker
from portal.openings.queries import Openings, asker, steps_of
from portal.openings.rules import Need
from portal.openings.states import FindingState, OpeningState, RequirementKind, Sphere
from portal.openings.transitions import TRANSITIONS, allowed
from portal.openings.writing import change, create, justify

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
S = OpeningState

GOOD = {
    "title": "Thợ may",
    "sphere": Sphere.DOMESTIC,
    "occupation_code": "7531",
    "text": "May áo sơ mi.",
    "positions": 2,
    "province_code": "91",
    "wage_min": 7_000_000,
    "contact_phone": "02963000001",
    "expires_on": dt.date(2026, 12, 20),
}


@pytest.fixture
def heard():
    """Every event of openings while the test runs."""
    events: list[object] = []
    before = {kind: list(_subscribers[kind]) for kind in (OpeningEnded, OpeningPublished)}
    on(OpeningEnded)(events.append)
    on(OpeningPublished)(events.append)
    yield events
    for kind, subscribers in before.items():
        _subscribers[kind][:] = subscribers


def draft(employer, actor, **given):
    return create(employer, {**GOOD, **given}, actor=actor, now=NOW)


class TestTheWayToThePublic:
    def test_an_employer_proposes_and_a_moderator_publishes(self, session, make, employer, heard):
        author = make.member("employer", employer, email="lan@vidu.vn")
        moderator = make.account("moderator")
        opening = draft(employer, author)
        operations.submit(opening, actor=author, now=NOW)
        assert opening.state == S.SUBMITTED
        operations.publish(opening, actor=moderator, now=NOW)
        assert opening.state == S.PUBLISHED and opening.published_at == NOW
        assert [type(event) for event in heard] == [OpeningPublished]
        assert [step.name for step, _name in steps_of(opening)] == ["create", "submit", "publish"]
        message = session.query(Message).one()
        assert message.recipient == "lan@vidu.vn" and "Thợ may" in message.body

    def test_an_employer_may_not_publish_its_own_opening(self, session, make, employer):
        author = make.member("employer", employer)
        opening = operations.submit(draft(employer, author), actor=author, now=NOW)
        with pytest.raises(NotAllowed):
            operations.publish(opening, actor=author, now=NOW)

    def test_another_employer_may_not_submit_it(self, session, make, employer):
        stranger = make.member("employer")
        opening = draft(employer, make.member("employer", employer))
        with pytest.raises(NotAllowed):
            operations.submit(opening, actor=stranger, now=NOW)

    def test_a_seeker_may_not_write_an_opening(self, session, make, employer):
        with pytest.raises(NotAllowed):
            draft(employer, make.account("seeker"))

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("occupation_code", None, "nghề"),
            ("province_code", None, "nơi làm việc"),
            ("wage_min", None, "tiền lương"),
            ("contact_phone", "", "điện thoại"),
            ("expires_on", None, "hạn cuối"),
            ("expires_on", dt.date(2026, 11, 22), "đã qua"),
            ("expires_on", dt.date(2027, 11, 22), "180 ngày"),
        ],
    )
    def test_submitting_needs_what_a_public_page_must_say(self, session, make, employer, field, value, words):
        author = make.member("employer", employer)
        opening = draft(employer, author, **{field: value})
        with pytest.raises(Refused, match=words):
            operations.submit(opening, actor=author, now=NOW)

    def test_a_return_needs_a_reason_and_tells_the_author(self, session, make, employer):
        author, moderator = make.member("employer", employer), make.account("moderator")
        opening = operations.submit(draft(employer, author), actor=author, now=NOW)
        with pytest.raises(Refused):
            operations.return_to_author(opening, "  ", actor=moderator, now=NOW)
        operations.return_to_author(opening, "Thiếu giờ làm.", actor=moderator, now=NOW)
        assert opening.state == S.RETURNED and opening.return_reason == "Thiếu giờ làm."
        assert "Thiếu giờ làm." in session.query(Message).one().body

    def test_a_step_is_refused_from_a_wrong_state(self, session, make, employer):
        moderator = make.account("moderator")
        opening = draft(employer, moderator)
        with pytest.raises(Refused):
            operations.publish(opening, actor=moderator, now=NOW)


class TestEditing:
    def test_a_partners_edit_of_a_public_opening_is_checked_again(self, session, make, employer):
        author = make.member("employer", employer)
        opening = make.opening(organisation=employer)
        change(opening, {**GOOD, "positions": 5}, actor=author, now=NOW)
        assert opening.state == S.SUBMITTED

    def test_an_advisers_edit_of_a_public_opening_stays_public(self, session, make):
        opening = make.opening()
        change(opening, {**GOOD, "positions": 5}, actor=make.account("adviser"), now=NOW)
        assert opening.state == S.PUBLISHED

    def test_an_edit_that_may_discriminate_takes_the_opening_off_the_public_list(self, session, make):
        opening = make.opening()
        values = {**GOOD, "positions": 5, "text": "Chỉ tuyển nam."}
        change(opening, values, actor=make.account("adviser"), now=NOW)
        assert opening.state == S.SUBMITTED

    def test_positions_cannot_fall_below_those_already_taken(self, session, make):
        opening = make.opening(positions=5, positions_left=2)
        with pytest.raises(Invalid):
            change(opening, {**GOOD, "positions": 2}, actor=make.account("adviser"), now=NOW)

    def test_more_positions_leave_the_taken_ones_taken(self, session, make):
        opening = make.opening(positions=5, positions_left=2)
        change(opening, {**GOOD, "positions": 8}, actor=make.account("adviser"), now=NOW)
        assert opening.positions_left == 5

    def test_an_ended_opening_is_not_edited(self, session, make):
        opening = make.opening(state=S.CLOSED)
        with pytest.raises(Refused):
            change(opening, GOOD, actor=make.account("adviser"), now=NOW)


class TestAgeAndSex:
    AGE = Need(RequirementKind.AGE, "<=", 35)
    SEX = Need(RequirementKind.SEX, "=", "female")

    @pytest.mark.parametrize("need", [AGE, SEX])
    def test_are_refused_at_home_with_the_law(self, session, make, employer, need):
        with pytest.raises(Invalid, match="Điều 8"):
            create(employer, GOOD, [need], actor=make.account("adviser"), now=NOW)

    def test_are_refused_abroad_without_an_approved_contract(self, session, make):
        values = {**GOOD, "sphere": Sphere.OVERSEAS, "country": "JP"}
        with pytest.raises(Invalid, match="Luật 69/2020"):
            create(
                make.organisation("sender"), values, [self.SEX], {}, actor=make.account("adviser"), now=NOW
            )

    def test_are_kept_abroad_with_the_number_of_the_contract(self, session, make):
        values = {**GOOD, "sphere": Sphere.OVERSEAS, "country": "JP"}
        opening = create(
            make.organisation("sender"),
            values,
            [Need(RequirementKind.SEX, "=", "female", source="123/QLLĐNN")],
            {"approval_number": "123/QLLĐNN"},
            actor=make.account("adviser"),
            now=NOW,
        )
        assert opening.requirements[0].source == "123/QLLĐNN"

    def test_the_words_of_an_overseas_opening_are_not_held(self, session, make):
        values = {**GOOD, "sphere": Sphere.OVERSEAS, "country": "JP", "text": "Nữ, 18-35 tuổi."}
        opening = create(make.organisation("sender"), values, (), {}, actor=make.account("adviser"), now=NOW)
        assert opening.findings == []


class TestWording:
    def held(self, make, employer):
        author = make.member("employer", employer)
        opening = draft(employer, author, text="May áo.\nChỉ tuyển nữ dưới 30 tuổi.")
        return operations.submit(opening, actor=author, now=NOW)

    def test_holds_publishing_until_it_is_justified_with_a_ground(self, session, make, employer):
        moderator = make.account("moderator")
        opening = self.held(make, employer)
        assert {finding.rule for finding in opening.findings} == {"sex", "age"}
        with pytest.raises(Refused, match="2 câu"):
            operations.publish(opening, actor=moderator, now=NOW)
        for finding in opening.findings:
            justify(finding, "Người mẫu thử áo nữ theo số đo.", actor=moderator, now=NOW)
        operations.publish(opening, actor=moderator, now=NOW)
        assert all(finding.ground for finding in opening.findings)

    def test_only_a_moderator_justifies(self, session, make, employer):
        opening = self.held(make, employer)
        with pytest.raises(NotAllowed):
            justify(opening.findings[0], "Vì công việc cần.", actor=make.account("adviser"), now=NOW)

    def test_a_ground_of_two_words_is_no_ground(self, session, make, employer):
        opening = self.held(make, employer)
        with pytest.raises(Refused):
            justify(opening.findings[0], "Cần.", actor=make.account("moderator"), now=NOW)

    def test_mended_words_free_the_opening(self, session, make, employer):
        moderator = make.account("moderator")
        opening = self.held(make, employer)
        change(opening, {**GOOD, "text": "May áo."}, actor=moderator, now=NOW)
        assert {finding.state for finding in opening.findings} == {FindingState.MENDED}
        operations.publish(opening, actor=moderator, now=NOW)

    def test_a_justified_sentence_stays_justified_after_another_edit(self, session, make, employer):
        moderator = make.account("moderator")
        opening = self.held(make, employer)
        for finding in opening.findings:
            justify(finding, "Người mẫu thử áo nữ theo số đo.", actor=moderator, now=NOW)
        change(opening, {**GOOD, "text": opening.text, "benefits": "Cơm trưa."}, actor=moderator, now=NOW)
        assert {finding.state for finding in opening.findings} == {FindingState.JUSTIFIED}


class TestPositions:
    def test_the_last_place_fills_the_opening_and_says_so(self, session, make, heard):
        opening = make.opening(positions=2, positions_left=2)
        operations.take_position(opening, actor=None, now=NOW)
        assert opening.state == S.PUBLISHED and opening.positions_left == 1
        operations.take_position(opening, actor=None, now=NOW)
        assert opening.state == S.FILLED and opening.ended_at == NOW
        assert [event.why for event in heard] == ["filled"]
        with pytest.raises(Refused):
            operations.take_position(opening, actor=None, now=NOW)

    def test_a_place_given_back_opens_it_again(self, session, make):
        opening = make.opening(positions=1, positions_left=1)
        operations.take_position(opening, actor=None, now=NOW)
        operations.give_back_position(opening, actor=None, now=NOW)
        assert opening.state == S.PUBLISHED and opening.positions_left == 1 and opening.ended_at is None

    def test_a_place_given_back_after_the_last_day_leaves_it_ended(self, session, make):
        opening = make.opening(positions=1, positions_left=1)
        operations.take_position(opening, actor=None, now=NOW)
        operations.give_back_position(opening, actor=None, now=NOW + dt.timedelta(days=60))
        assert opening.state == S.EXPIRED

    def test_no_place_is_given_back_that_nobody_took(self, session, make):
        with pytest.raises(Refused):
            operations.give_back_position(make.opening(), actor=None, now=NOW)


class TestExpiry:
    def test_ends_what_is_over_and_tells_its_members_once(self, session, make, employer, heard):
        make.member("employer", employer)
        over = make.opening(organisation=employer, expires_on=dt.date(2026, 11, 22))
        last_day = make.opening(organisation=employer, expires_on=dt.date(2026, 11, 23))
        assert operations.expire_due(NOW) == [over]
        assert (over.state, last_day.state) == (S.EXPIRED, S.PUBLISHED)
        assert operations.expire_due(NOW) == []
        assert session.query(Message).count() == 1
        assert [event.why for event in heard] == ["expired"]

    def test_the_day_ends_at_midnight_here_not_in_greenwich(self, session, make):
        make.opening(expires_on=dt.date(2026, 11, 23))
        assert operations.expire_due(dt.datetime(2026, 11, 23, 16, 59, tzinfo=dt.UTC)) == []
        assert len(operations.expire_due(dt.datetime(2026, 11, 23, 17, 1, tzinfo=dt.UTC))) == 1

    def test_an_expired_opening_can_be_reopened_as_a_draft(self, session, make):
        opening = make.opening(state=S.EXPIRED)
        operations.reopen(opening, actor=make.account("adviser"), now=NOW)
        assert opening.state == S.DRAFT


def test_closing_needs_a_reason_and_says_so(session, make, heard):
    opening, adviser = make.opening(), make.account("adviser")
    with pytest.raises(Refused):
        operations.close(opening, "", actor=adviser, now=NOW)
    operations.close(opening, "Doanh nghiệp ngừng tuyển.", actor=adviser, now=NOW)
    assert [event.why for event in heard] == ["closed"]


OWN, OTHER = 1, 2
MAY = {
    "submit": {"own", Role.ADVISER, Role.MODERATOR, Role.LEADER},
    "publish": {Role.MODERATOR, Role.LEADER},
    "return": {Role.MODERATOR, Role.LEADER},
    "recheck": {"own", Role.ADVISER, Role.MODERATOR, Role.LEADER},
    "close": {"own", Role.ADVISER, Role.MODERATOR, Role.LEADER},
    "reopen": {"own", Role.ADVISER, Role.MODERATOR, Role.LEADER},
    "fill": set(),
    "free": set(),
    "hold": set(),
    "expire": set(),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", list(TRANSITIONS))
def test_every_step_from_every_state_by_every_role(name, role):
    for state in OpeningState:
        for organisation_id in (OWN, OTHER):
            who = Asker(role, OWN if role in (Role.EMPLOYER, Role.SENDER) else None)
            own = who.organisation_id == organisation_id and "own" in MAY[name]
            expected = state in TRANSITIONS[name].sources and (role in MAY[name] or own)
            assert allowed(name, state, who, organisation_id) is expected


class TestWhoSeesWhat:
    def ids(self, session, account):
        return {opening.id for opening in session.scalars(Openings().visible_to(account))}

    def test_the_public_sees_published_and_ended_ones_only(self, session, make, employer):
        shown = make.opening()
        ended = make.opening(state=S.FILLED, positions_left=0)
        for state in (S.DRAFT, S.SUBMITTED, S.RETURNED):
            make.opening(state=state)
        make.opening(state=S.CLOSED, published_at=None)
        for account in (None, make.account("seeker"), make.account("college")):
            assert self.ids(session, account) == {shown.id, ended.id}

    def test_an_employer_sees_its_own_drafts_and_nobody_elses(self, session, make, employer):
        own = make.opening(organisation=employer, state=S.DRAFT)
        make.opening(state=S.DRAFT)
        member = make.member("employer", employer)
        assert self.ids(session, member) == {own.id}
        assert {o.id for o in session.scalars(Openings().on_desk_of(member))} == {own.id}

    def test_staff_see_all(self, session, make):
        for state in OpeningState:
            make.opening(state=state)
        assert len(self.ids(session, make.account("adviser"))) == len(OpeningState)

    def test_a_membership_that_ended_opens_nothing(self, session, make, employer):
        from portal.organisations.models import Membership

        member = make.member("employer", employer)
        make.opening(organisation=employer, state=S.DRAFT)
        session.query(Membership).update({"ended_at": NOW})
        session.commit()
        assert self.ids(session, member) == set()
        assert asker(member).organisation_id is None


def test_search_finds_words_without_diacritics_from_their_beginning(session, make):
    welder = make.opening("Thợ hàn", search_text="tho han cong ty thu")
    mason = make.opening("Thợ hồ", search_text="tho ho cong ty thu")
    found = lambda text: {o.id for o in session.scalars(Openings().search(text))}  # noqa: E731
    assert found("tho han") == {welder.id}
    assert found("hồ") == {mason.id}
    assert found("THỢ") == {welder.id, mason.id}
    assert found("100%_") == set()


def test_wages_are_compared_across_currencies(session, make):
    here = make.opening(wage_max=10_000_000)
    yen = make.opening(
        sphere=Sphere.OVERSEAS, country="JP", wage_min=180_000, wage_max=None, wage_currency="JPY"
    )
    make.opening(wage_min=None, wage_max=None, wage_note="Thoả thuận")
    found = lambda least: {o.id for o in session.scalars(Openings().paying(least))}  # noqa: E731
    assert found(9_000_000) == {here.id, yen.id}
    assert found(20_000_000) == {yen.id}


def test_a_step_is_one_row_in_the_log(session, make):
    opening = make.opening(positions=1, positions_left=1)
    operations.take_position(opening, actor=None, now=NOW)
    (step, name) = steps_of(opening)[0]
    assert (step.from_state, step.to_state, name) == ("published", S.FILLED, None)
    assert isinstance(session.get(Opening, opening.id), Opening)
