"""Legal rules are dated rows: what applied on a day, and how a row is added."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from portal.audit.models import AuditEvent
from portal.errors import NotAllowed, Refused
from portal.reference import rules
from portal.reference.datafiles import date_or_none, read_rows
from portal.reference.models import CalendarDay, LegalRule, RuleUnit
from portal.reference.operations import add_rule, remove_day, swap_days
from portal.reference.queries import rule_names
from portal.reference.seed import load_reference

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
EXCHANGE = "referral.exchange_update_days"
FOLLOW_UP = "referral.follow_up_months"


@dataclass(frozen=True)
class Row:
    valid_from: dt.date
    valid_to: dt.date | None = None


@pytest.fixture
def loaded(session):  # type: ignore[no-untyped-def]
    load_reference(session, now=NOW)
    return session


def change(actor, **given):  # type: ignore[no-untyped-def]
    return add_rule(
        **{
            "actor": actor,
            "now": NOW,
            "key": EXCHANGE,
            "value": "15",
            "unit": RuleUnit.WORKING_DAYS,
            "source": "Nghị định thử 1/2027 Điều 1",
            "valid_from": dt.date(2027, 1, 1),
            **given,
        }
    )


def test_rows_of_the_data_file_never_overlap_and_every_key_has_a_name() -> None:
    by_key = defaultdict(list)
    for row in read_rows("legal_rules.csv"):
        by_key[row["key"]].append(
            Row(dt.date.fromisoformat(row["valid_from"]), date_or_none(row["valid_to"]))
        )
    assert all(rules.overlaps(rows) == [] for rows in by_key.values())
    # Not found: the decree's hourly figures of two regions, and a bank's rate of money without term. A leader
    # may enter them under their names.
    assert set(rule_names()) - set(by_key) == {
        "minimum_wage.hour.III",
        "minimum_wage.hour.IV",
        "return.refund_rate",
    }
    assert set(by_key) <= set(rule_names())


def test_an_overlap_is_seen() -> None:
    first, second = Row(dt.date(2025, 1, 1), dt.date(2026, 1, 1)), Row(dt.date(2026, 1, 1))
    assert rules.overlaps([second, first]) == [(first, second)]
    assert rules.overlaps([Row(dt.date(2025, 1, 1)), second])
    assert rules.overlaps([Row(dt.date(2025, 1, 1), dt.date(2025, 12, 31)), second]) == []


def test_the_rule_of_the_day_is_given_with_its_source(loaded) -> None:  # type: ignore[no-untyped-def]
    rule = rules.on(loaded, EXCHANGE, TODAY)
    assert rule is not None
    assert (rule.whole, rule.unit, rule.verified, rule.since) == (
        20,
        RuleUnit.WORKING_DAYS,
        True,
        dt.date(2026, 9, 10),
    )
    assert "283/2026" in rule.source


def test_nothing_is_invented_before_the_earliest_row(loaded) -> None:  # type: ignore[no-untyped-def]
    assert rules.on(loaded, EXCHANGE, dt.date(2026, 9, 9)) is None
    assert rules.on(loaded, "no.such.rule", TODAY) is None


def test_follow_up_was_three_months_then_unknown_then_one(loaded) -> None:  # type: ignore[no-untyped-def]
    found = {
        day: rules.on(loaded, FOLLOW_UP, day)
        for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 9, 9), dt.date(2026, 9, 10))
    }
    assert [rule and rule.whole for rule in found.values()] == [3, None, None, 1]


def test_only_what_was_read_in_the_law_is_marked_verified(loaded) -> None:  # type: ignore[no-untyped-def]
    for key in (
        "benefit.unjustified_refusals",
        "overseas.min_age",
        "privacy.not_recruited",
        "privacy.erase_days",
    ):
        rule = rules.on(loaded, key, TODAY)
        assert rule is not None and not rule.verified, key


def test_a_rule_in_words_has_no_number(loaded) -> None:  # type: ignore[no-untyped-def]
    rule = rules.on(loaded, "opening.discrimination_grounds", TODAY)
    assert rule is not None and rule.number is None and "thai sản" in rule.value
    with pytest.raises(ValueError):
        _ = rule.whole


def test_a_change_is_a_new_signed_row_and_ends_the_one_before(loaded, make) -> None:  # type: ignore[no-untyped-def]
    leader = make.account("leader")
    row = change(leader)
    assert (row.signed_by_id, row.verified) == (leader.id, False)
    assert rules.on(loaded, EXCHANGE, dt.date(2026, 12, 31)).whole == 20
    assert rules.on(loaded, EXCHANGE, dt.date(2026, 12, 31)).until == dt.date(2026, 12, 31)
    assert rules.on(loaded, EXCHANGE, dt.date(2027, 1, 1)).whole == 15
    kept = loaded.scalars(select(LegalRule).where(LegalRule.key == EXCHANGE)).all()
    assert rules.overlaps(kept) == []


def test_a_row_after_a_gap_leaves_the_gap(loaded, make) -> None:  # type: ignore[no-untyped-def]
    change(make.account("leader"), valid_from=dt.date(2027, 1, 1))
    loaded.scalars(
        select(LegalRule).where(LegalRule.key == EXCHANGE, LegalRule.valid_to.is_(None))
    ).one().valid_to = dt.date(2027, 1, 31)
    change(make.account("leader"), valid_from=dt.date(2027, 3, 1), value="10")
    assert rules.on(loaded, EXCHANGE, dt.date(2027, 2, 15)) is None


@pytest.mark.parametrize("day", [dt.date(2026, 9, 10), dt.date(2026, 1, 1)])
def test_history_is_not_rewritten(loaded, make, day: dt.date) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        change(make.account("leader"), valid_from=day)
    assert refused.value.field == "valid_from" and "10/09/2026" in str(refused.value)


@pytest.mark.parametrize("value", ["mười lăm", "-1", "nan", "Infinity", ""])
def test_a_counted_rule_needs_a_number(loaded, make, value: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        change(make.account("leader"), value=value)
    assert refused.value.field == "value"


@pytest.mark.parametrize(
    "role", ["adviser", "moderator", "administrator", "seeker", "employer", "department"]
)
def test_nobody_but_a_leader_signs(loaded, make, role: str) -> None:  # type: ignore[no-untyped-def]
    account = make.account(role)
    with pytest.raises(NotAllowed):
        change(account)
    with pytest.raises(NotAllowed):
        swap_days(actor=account, now=NOW, off=dt.date(2026, 12, 31), worked=None, name="x", source="y")
    with pytest.raises(NotAllowed):
        remove_day(actor=account, now=NOW, day=dt.date(2026, 11, 24))


def test_nobody_at_all_cannot_sign(loaded) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAllowed):
        change(None)


def test_the_audit_trail_keeps_who_signed_what(loaded, make) -> None:  # type: ignore[no-untyped-def]
    leader = make.account("leader")
    row = change(leader)
    event = loaded.scalars(select(AuditEvent).where(AuditEvent.action == "legal_rule.added")).one()
    assert (event.actor_id, event.subject_kind, event.subject_id) == (leader.id, "legal_rule", row.id)
    assert event.detail == {"key": EXCHANGE, "valid_from": "2027-01-01", "verified": False}


def test_loading_again_leaves_a_leaders_row_alone(loaded, make) -> None:  # type: ignore[no-untyped-def]
    change(make.account("leader"))
    before = loaded.scalar(select(func.count()).select_from(LegalRule))
    assert load_reference(loaded, now=NOW) == 0
    assert loaded.scalar(select(func.count()).select_from(LegalRule)) == before
    assert rules.on(loaded, EXCHANGE, dt.date(2027, 1, 1)).whole == 15
    # A later release of the file may bring rows of its own: where a leader has signed, they stay out.
    loaded.delete(loaded.scalars(select(LegalRule).where(LegalRule.key == EXCHANGE)).first())
    loaded.flush()
    assert load_reference(loaded, now=NOW) == 0


def test_swapped_days_change_the_calendar_and_can_be_taken_back(loaded, make) -> None:  # type: ignore[no-untyped-def]
    from portal.reference.calendar import load_calendar

    leader = make.account("leader")
    off, worked = dt.date(2026, 12, 31), dt.date(2027, 1, 9)
    swap_days(
        actor=leader, now=NOW, off=off, worked=worked, name="Nghỉ Tết Dương lịch", source="Thông báo thử"
    )
    calendar = load_calendar(loaded)
    assert not calendar.is_working(off) and calendar.is_working(worked)
    remove_day(actor=leader, now=NOW, day=off)
    assert load_calendar(loaded).is_working(off)
    actions = loaded.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions.count("calendar_day.added") == 2 and actions.count("calendar_day.removed") == 1


def test_a_swap_that_swaps_nothing_is_refused(loaded, make) -> None:  # type: ignore[no-untyped-def]
    leader = make.account("leader")
    saturday, monday = dt.date(2026, 12, 5), dt.date(2026, 12, 7)
    for field, off, worked in (("off", saturday, None), ("worked", monday, dt.date(2026, 12, 8))):
        with pytest.raises(Refused) as refused:
            swap_days(actor=leader, now=NOW, off=off, worked=worked, name="x", source="y")
        assert refused.value.field == field
    assert loaded.get(CalendarDay, monday) is None


def test_a_day_that_the_law_fixes_cannot_be_taken_out(loaded, make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused):
        remove_day(actor=make.account("leader"), now=NOW, day=dt.date(2026, 9, 2))
    with pytest.raises(Refused):
        remove_day(actor=make.account("leader"), now=NOW, day=dt.date(2026, 9, 15))
