"""Preparing for a round: only with the person's agreement, as long as they said, and what lapses first."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.audit.models import AuditEvent
from portal.errors import Invalid, NotAllowed, Refused
from portal.organisations.states import LicenceStatus
from portal.overseas.programmes import pool_operations as operations
from portal.overseas.programmes.checks import Seen, keep_check, last_valid_day
from portal.overseas.programmes.models import ProgrammeCheck
from portal.overseas.programmes.pool_operations import PreSourcing
from portal.overseas.programmes.pool_priorities import forget_priority, read_priorities, tell_priority
from portal.overseas.programmes.pool_queries import Members, alternatives, member_rows
from portal.overseas.programmes.pool_rules import LapseKind, fewest_gaps, lapses, tone
from portal.overseas.programmes.queries import of_programme
from portal.overseas.programmes.round_models import Pool, PoolMember, PoolPriority
from portal.overseas.programmes.rules import Standing
from portal.overseas.programmes.states import MemberState, PoolKind
from portal.workers.emptying import empty_profile
from portal.workers.exporting import export_of
from portal.workers.merging import merge, undo_merge
from portal.workers.states import ConsentChannel
from tests.factories import NOW

ON = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
UNTIL = dt.date(2027, 12, 31)
DESK = ConsentChannel.DESK


@pytest.fixture
def adviser(make: Any) -> Any:
    return make.account("adviser")


@pytest.fixture
def pool(programmes: Any, adviser: Any, session: Any) -> Pool:
    made = operations.open_pool(programmes["im-japan"], "Ôn thi IM Japan", actor=adviser, now=NOW)
    session.commit()
    return made


def join(pool: Pool, worker: Any, actor: Any, keep_until: dt.date | None = UNTIL) -> PoolMember:
    return operations.join(pool, worker, keep_until, channel=DESK, actor=actor, now=NOW)


# --- pre-sourcing ---


def approved(organisation: Any, **more: Any) -> PreSourcing:
    stated = {
        "organisation_id": organisation.id, "approval_number": "17/QLLĐNN", "approval_date": ON,
        "commitment": "Cam kết số 5", "quantity": 1, "training_fee_vnd": 4_000_000, **more,
    }  # fmt: skip
    return PreSourcing(**stated)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"approval_number": " "}, "approval_number"),
        ({"approval_date": None}, "approval_date"),
        ({"approval_date": ON + DAY}, "approval_date"),
        ({"commitment": ""}, "commitment"),
        ({"organisation_id": None}, "organisation_id"),
    ],
)
def test_nothing_is_prepared_for_a_sender_without_the_ministrys_approval(
    make: Any, programmes: Any, adviser: Any, more: dict[str, Any], field: str
) -> None:
    stated = approved(make.organisation("sender"), **more)
    with pytest.raises(Invalid) as caught:
        operations.open_pool(programmes["titp"], "Nguồn", pre_sourcing=stated, actor=adviser, now=NOW)
    assert caught.value.field == field


def test_only_a_licensed_sender_and_no_more_people_than_approved(
    make: Any, programmes: Any, adviser: Any
) -> None:
    employer = make.organisation("employer")
    with pytest.raises(Invalid):
        operations.open_pool(
            programmes["titp"], "Nguồn", pre_sourcing=approved(employer), actor=adviser, now=NOW
        )
    stopped = make.organisation("sender", licence_status=LicenceStatus.SUSPENDED)
    with pytest.raises(Refused):
        operations.open_pool(
            programmes["titp"], "Nguồn", pre_sourcing=approved(stopped), actor=adviser, now=NOW
        )
    made = operations.open_pool(
        programmes["titp"],
        "Nguồn",
        pre_sourcing=approved(make.organisation("sender")),
        actor=adviser,
        now=NOW,
    )
    assert made.kind is PoolKind.PRE_SOURCING and made.training_fee_vnd == 4_000_000
    join(made, make.worker(), adviser)
    with pytest.raises(Refused, match="đủ số người"):
        join(made, make.worker(), adviser)


def test_a_licence_that_has_run_out_prepares_nobody(make: Any, programmes: Any, adviser: Any) -> None:
    """Its row may still say "valid": the day decides, also for who is added later."""
    over = make.organisation("sender", licence_valid_to=ON - DAY)
    with pytest.raises(Refused, match="giấy phép"):
        operations.open_pool(programmes["titp"], "N", pre_sourcing=approved(over), actor=adviser, now=NOW)
    sender = make.organisation("sender", licence_valid_to=ON)
    made = operations.open_pool(
        programmes["titp"], "N", pre_sourcing=approved(sender, quantity=5), actor=adviser, now=NOW
    )
    join(made, make.worker(), adviser)
    sender.licence_valid_to = ON - DAY
    with pytest.raises(Refused, match="giấy phép"):
        join(made, make.worker(), adviser)


def test_who_was_picked_is_still_one_of_those_the_ministry_approved(
    make: Any, programmes: Any, adviser: Any
) -> None:
    stated = approved(make.organisation("sender"), quantity=1)
    made = operations.open_pool(programmes["titp"], "N", pre_sourcing=stated, actor=adviser, now=NOW)
    left = join(made, make.worker(), adviser)
    operations.end_membership(left, MemberState.LEFT, "", actor=adviser, now=NOW)
    picked = join(made, make.worker(), adviser)
    operations.end_membership(picked, MemberState.PICKED, "", actor=adviser, now=NOW)
    with pytest.raises(Refused, match="đủ số người"):
        join(made, make.worker(), adviser)


def test_the_database_itself_keeps_a_pool_of_ours_free_and_a_senders_approved(
    session: Any, make: Any, programmes: Any, adviser: Any
) -> None:
    sender = make.organisation("sender")
    for wrong in (
        {"kind": PoolKind.OWN, "training_fee_vnd": 1},
        {"kind": PoolKind.PRE_SOURCING, "organisation_id": sender.id, "approval_number": ""},
    ):
        row = Pool(
            programme_id=programmes["titp"].id, name="X", created_by_id=adviser.id, created_at=NOW, **wrong
        )
        session.add(row)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_no_pool_for_what_is_not_open_here(programmes: Any, adviser: Any) -> None:
    with pytest.raises(Refused):
        operations.open_pool(programmes["korea-seasonal"], "Thời vụ", actor=adviser, now=NOW)


# --- agreement ---


def test_a_name_is_kept_with_the_sentence_the_way_and_the_day(
    session: Any, make: Any, pool: Pool, adviser: Any
) -> None:
    member = join(pool, make.worker(), adviser)
    assert member.consent_sentence.startswith("Tôi đồng ý") and member.consent_version
    assert (member.consent_channel, member.consent_taken_by_id) == (DESK, adviser.id)
    for day in (None, ON, ON + dt.timedelta(days=6 * 366)):
        with pytest.raises(Invalid) as caught:
            join(pool, make.worker(), adviser, day)
        assert caught.value.field == "keep_until"
    with pytest.raises(NotAllowed):
        join(pool, make.worker(), make.account("moderator"))


def test_nobody_waits_twice_and_who_left_may_come_again(make: Any, pool: Pool, adviser: Any) -> None:
    worker = make.worker()
    member = join(pool, worker, adviser)
    with pytest.raises(Refused, match="đã có"):
        join(pool, worker, adviser)
    operations.end_membership(member, MemberState.LEFT, "", actor=adviser, now=NOW)
    assert join(pool, worker, adviser).id != member.id


def test_a_minor_needs_a_guardians_word(make: Any, pool: Pool, adviser: Any) -> None:
    young = make.worker(birth_date=dt.date(2009, 6, 1))
    with pytest.raises(Refused, match="giám hộ"):
        join(pool, young, adviser)
    young.guardian_consented_at = NOW
    assert join(pool, young, adviser).state is MemberState.PREPARING


def test_after_the_agreed_day_the_name_is_out(session: Any, make: Any, pool: Pool, adviser: Any) -> None:
    member = join(pool, make.worker(), adviser, ON + DAY)
    tell_priority(member, "poor_household", channel=DESK, actor=adviser, now=NOW)
    assert operations.lapse_due(now=NOW + DAY) == 0
    assert operations.lapse_due(now=NOW + 2 * DAY) == 1
    assert member.state is MemberState.LEFT and member.ended_because
    assert session.scalars(select(PoolPriority)).all() == []
    assert operations.lapse_due(now=NOW + 2 * DAY) == 0


def test_a_person_takes_their_own_name_out_and_nobody_elses(
    as_role: Any, session: Any, make: Any, pool: Pool, adviser: Any
) -> None:
    account = make.account("seeker")
    mine = join(pool, make.worker(account_id=account.id), adviser)
    other = join(pool, make.worker(), adviser)
    session.commit()
    ids = (mine.id, other.id)
    person = as_role("seeker", account)
    assert "Bạn đang chuẩn bị" in person.get("/me/programmes").text
    person.post(f"/me/pools/{ids[1]}/leave", status=404)
    person.post(f"/me/pools/{ids[0]}/leave", to="/me/programmes")
    states = [session.get(PoolMember, one).state for one in ids]
    assert states == [MemberState.LEFT, MemberState.PREPARING]


def test_a_pool_closes_when_everybody_knows_their_outcome(make: Any, pool: Pool, adviser: Any) -> None:
    member = join(pool, make.worker(), adviser)
    with pytest.raises(Refused, match="kết quả"):
        operations.close_pool(pool, actor=adviser, now=NOW)
    operations.end_membership(member, MemberState.PICKED, "", actor=adviser, now=NOW)
    operations.close_pool(pool, actor=adviser, now=NOW)
    with pytest.raises(Refused, match="đã đóng"):
        join(pool, make.worker(), adviser)


# --- what lapses ---


def test_the_soonest_lapse_stands_first(session: Any, make: Any, programmes: Any, adviser: Any) -> None:
    pool = operations.open_pool(programmes["eps"], "Lớp", actor=adviser, now=NOW)
    worker = make.worker(certificates=(("eps-topik", "120"),))
    worker.certificates[0].expires_on = ON + dt.timedelta(days=41)
    member = join(pool, worker, adviser)
    operations.put_on_roster(member, ON + dt.timedelta(days=20), actor=adviser, now=NOW)
    session.commit()
    (row,) = member_rows([member], ON)
    assert [lapse.kind for lapse in row.lapses[:2]] == [LapseKind.ROSTER, LapseKind.REQUIREMENT]
    assert row.lapses[1].days_left(ON) == 41 and row.undated == []
    worker.certificates[0].expires_on = None
    (row,) = member_rows([member], ON)
    assert len(row.undated) == 1


def test_a_day_is_calm_urgent_or_past() -> None:
    assert [tone(days, 60) for days in (61, 60, 0, -1)] == ["calm", "warn", "warn", "stop"]
    assert lapses(Standing(()), None, UNTIL)[0].day == UNTIL


def test_a_paper_is_good_for_its_months_from_its_date(
    session: Any, make: Any, programmes: Any, adviser: Any
) -> None:
    assert last_valid_day(dt.date(2025, 3, 10), 24) == dt.date(2027, 3, 9)
    assert last_valid_day(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 27)
    eps, worker = programmes["eps"], make.worker()
    asked = {one.slot: one for one in of_programme(eps, ON).asked}
    with pytest.raises(Invalid) as caught:
        keep_check(worker, eps, asked["orientation"], Seen(True), actor=adviser, now=NOW)
    assert caught.value.field == "dated_on"
    with pytest.raises(Invalid):
        keep_check(worker, eps, asked["orientation"], Seen(True, ON + DAY), actor=adviser, now=NOW)
    row = keep_check(worker, eps, asked["orientation"], Seen(True, ON), actor=adviser, now=NOW)
    # What every programme asks is seen once for all of them.
    assert row.programme_id is None and row.expires_on == dt.date(2028, 11, 22)
    with pytest.raises(Refused):
        keep_check(worker, eps, asked["colour"], Seen(True), actor=adviser, now=NOW)
    with pytest.raises(Refused):
        keep_check(worker, eps, asked["record"], Seen(True), actor=adviser, now=NOW)


# --- other ways ---


def test_who_was_not_picked_sees_where_least_is_missing(
    session: Any, make: Any, pool: Pool, adviser: Any
) -> None:
    member = join(pool, make.worker(certificates=(("jlpt", "N4"),)), adviser)
    operations.end_membership(member, MemberState.NOT_PICKED, "Đủ người", actor=adviser, now=NOW)
    found = alternatives(member, ON)
    assert len(found) == 3 and all(one.shown.programme.code != "im-japan" for one in found)
    assert all(one.shown.openness.value == "open" for one in found)


def test_gaps_are_counted_and_who_is_barred_is_left_out() -> None:
    assert fewest_gaps([(0, Standing(())), (1, Standing(()))]) == [0, 1]


# --- groups a programme's own rules name ---


def test_a_group_is_sealed_named_by_the_programme_and_each_look_recorded(
    session: Any, make: Any, pool: Pool, adviser: Any
) -> None:
    member = join(pool, make.worker(), adviser)
    with pytest.raises(Invalid):
        tell_priority(member, "served", channel=DESK, actor=adviser, now=NOW)
    with pytest.raises(NotAllowed):
        tell_priority(member, "poor_household", channel=DESK, actor=make.account("moderator"), now=NOW)
    tell_priority(member, "poor_household", channel=DESK, actor=adviser, now=NOW)
    session.commit()
    row = session.scalars(select(PoolPriority)).one()
    assert b"poor" not in row.group_sealed and row.consent_sentence.startswith("Tôi đồng ý")
    assert read_priorities([member], actor=adviser, now=NOW) == {member.id: "poor_household"}
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
    assert [(one.subject_id, one.detail) for one in looks] == [(member.worker_id, {"part": "pool_priority"})]
    details = [str(one.detail) for one in session.scalars(select(AuditEvent))]
    assert not any("poor_household" in detail for detail in details)
    forget_priority(member, actor=adviser, now=NOW)
    assert session.scalars(select(PoolPriority)).all() == []


def test_the_group_changes_no_order_and_no_progress(
    session: Any, make: Any, pool: Pool, adviser: Any
) -> None:
    people = [make.worker(name) for name in ("Lê Thị An", "Lê Thị Bình", "Lê Thị Cúc")]
    members = [join(pool, one, adviser) for one in people]
    session.commit()
    before = [(one.member.id, one.standing) for one in rows_of(pool, adviser)]
    tell_priority(members[2], "poor_household", channel=DESK, actor=adviser, now=NOW)
    session.commit()
    assert [(one.member.id, one.standing) for one in rows_of(pool, adviser)] == before


def rows_of(pool: Pool, account: Any) -> list[Any]:
    found = Members().visible_to(account).in_pool(pool).waiting().with_list_data().by_name().all()
    return member_rows(found, ON)


# --- one person, two profiles; no person any more; the person's own file ---


def test_memberships_go_along_in_a_merge_and_back(
    session: Any, make: Any, pool: Pool, adviser: Any, programmes: Any
) -> None:
    kept, merged = make.worker("Lê Thị An"), make.worker("Lê Thị An")
    member = join(pool, merged, adviser)
    tell_priority(member, "poor_household", channel=DESK, actor=adviser, now=NOW)
    asked = {one.slot: one for one in of_programme(programmes["eps"], ON).asked}
    keep_check(merged, programmes["eps"], asked["skill"], Seen(True, ON), actor=adviser, now=NOW)
    session.commit()
    done = merge(kept, merged, actor=adviser, now=NOW)
    session.commit()
    assert session.get(PoolMember, member.id).worker_id == kept.id
    assert read_priorities([member], actor=adviser, now=NOW) == {member.id: "poor_household"}
    assert session.scalars(select(ProgrammeCheck)).one().worker_id == kept.id
    undo_merge(done, actor=adviser, now=NOW)
    session.commit()
    assert session.get(PoolMember, member.id).worker_id == merged.id
    assert read_priorities([member], actor=adviser, now=NOW) == {member.id: "poor_household"}
    assert session.scalars(select(ProgrammeCheck)).one().worker_id == merged.id


def test_two_who_wait_in_one_pool_merge_into_one_who_waits(
    session: Any, make: Any, pool: Pool, adviser: Any
) -> None:
    kept, merged = make.worker("Lê Thị An"), make.worker("Lê Thị An")
    first, second = join(pool, kept, adviser), join(pool, merged, adviser)
    session.commit()
    merge(kept, merged, actor=adviser, now=NOW)
    session.commit()
    assert (first.worker_id, second.worker_id) == (kept.id, merged.id)
    assert [one.member.id for one in rows_of(pool, adviser)] == [first.id]


def test_nothing_is_left_of_who_is_gone(
    session: Any, make: Any, pool: Pool, adviser: Any, programmes: Any
) -> None:
    worker = make.worker()
    member = join(pool, worker, adviser)
    tell_priority(member, "poor_household", channel=DESK, actor=adviser, now=NOW)
    asked = {one.slot: one for one in of_programme(programmes["eps"], ON).asked}
    keep_check(worker, programmes["eps"], asked["skill"], Seen(True, ON), actor=adviser, now=NOW)
    empty_profile(worker, actor=adviser, now=NOW)
    session.commit()
    assert session.get(PoolMember, member.id).ended_at is not None
    assert session.scalars(select(PoolPriority)).all() == session.scalars(select(ProgrammeCheck)).all() == []


def test_the_persons_file_holds_what_we_hold(session: Any, make: Any, pool: Pool, adviser: Any) -> None:
    account = make.account("seeker")
    worker = make.worker(account_id=account.id)
    tell_priority(join(pool, worker, adviser), "poor_household", channel=DESK, actor=adviser, now=NOW)
    session.commit()
    (told,) = export_of(worker, account)["pools"]
    assert told["priority_group"] == "poor_household" and told["kept_until"] == "2027-12-31"
