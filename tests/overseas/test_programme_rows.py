"""Staff change a programme in dated rows: the old row stays, and only a leader says that a paper was read."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.errors import Invalid, NotAllowed, Refused
from portal.overseas.models import Programme
from portal.overseas.programmes import operations
from portal.overseas.programmes.models import (
    LocalityBan,
    ProgrammeDocument,
    ProgrammeFact,
    ProgrammeRequirement,
    ProgrammeStages,
)
from portal.overseas.programmes.operations import Stated
from portal.overseas.programmes.people import share_of
from portal.overseas.programmes.queries import documents_of, of_programme, stages_of
from portal.overseas.programmes.seed import load_programmes
from portal.overseas.programmes.states import AskedKind, DocumentNeed, FactKind, Openness
from portal.overseas.states import CaseState, ProgrammeChannel
from tests.factories import NOW

ON = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
NEXT_YEAR = Stated("Thông báo số 5", dt.date(2027, 1, 1))
AGE = {"kind": AskedKind.AGE, "value": {"min": 18, "max": 45}}


def ages(programme: Programme, day: dt.date) -> list[dict[str, Any]]:
    return [one.value for one in of_programme(programme, day).asked if one.kind is AskedKind.AGE]


def state_age(programme: Programme, actor: Any, stated: Stated = NEXT_YEAR, **more: Any) -> Any:
    return operations.state_row(
        ProgrammeRequirement, programme, {**AGE, **more}, stated, slot="age", actor=actor, now=NOW
    )


# --- what is loaded ---


def test_every_programme_of_the_list_is_loaded_once(session: Any, programmes: Any) -> None:
    assert {
        "eps", "im-japan", "titp", "esd", "ssw", "japan-care", "taiwan-factory", "taiwan-care", "taiwan-farm",
        "taiwan-fishing", "germany-triple-win", "germany-ausbildung", "korea-seasonal", "australia-farm",
        "romania", "central-europe", "nearby-asia",
    } == set(programmes)  # fmt: skip
    assert load_programmes(session, now=NOW) == 0


def test_ages_and_health_of_programmes_are_loaded_unverified(session: Any, programmes: Any) -> None:
    rows = session.scalars(select(ProgrammeRequirement)).all()
    of_programmes = [row for row in rows if row.programme_id is not None]
    assert len(of_programmes) > 60 and not any(row.verified for row in of_programmes)
    assert all(row.source for row in rows)
    assert all(row.words_en for row in rows if row.words_vi) and all(row.way_en for row in rows if row.way_vi)


def test_what_staff_entered_is_not_overwritten_by_a_later_load(
    session: Any, make: Any, programmes: Any
) -> None:
    """Even where a row of the file is gone: the slot belongs to the staff."""
    row = state_age(programmes["eps"], make.account("adviser"))
    for one in session.scalars(select(ProgrammeRequirement).filter_by(programme_id=programmes["eps"].id)):
        if one.slot == "age" and one is not row:
            session.delete(one)
    row.valid_from = dt.date(2024, 6, 1)
    session.commit()
    load_programmes(session, now=NOW)
    assert ages(programmes["eps"], ON) == [{"min": 18, "max": 45}]


# --- a row before and after its date ---


def test_a_new_row_holds_from_its_day_and_the_old_one_until_the_day_before(
    session: Any, make: Any, programmes: Any
) -> None:
    eps = programmes["eps"]
    state_age(eps, make.account("adviser"))
    session.commit()
    assert ages(eps, dt.date(2026, 12, 31)) == [{"min": 18, "max": 39}]
    assert ages(eps, dt.date(2027, 1, 1)) == [{"min": 18, "max": 45}]
    # Before the first row of its own nobody knows more than what holds for all.
    assert ages(eps, dt.date(2024, 12, 31)) == [{"min": 18}]
    assert ages(eps, dt.date(2021, 12, 31)) == []


def test_a_row_cannot_begin_before_the_one_it_follows(make: Any, programmes: Any) -> None:
    adviser = make.account("adviser")
    with pytest.raises(Refused, match="01/01/2025"):
        state_age(programmes["eps"], adviser, Stated("Thông báo", dt.date(2025, 1, 1)))


def test_a_row_that_is_ended_stays_to_be_read(session: Any, make: Any, programmes: Any) -> None:
    eps, adviser = programmes["eps"], make.account("adviser")
    row = session.scalars(
        select(ProgrammeRequirement).where(
            ProgrammeRequirement.programme_id == eps.id, ProgrammeRequirement.slot == "colour"
        )
    ).one()
    with pytest.raises(Invalid):
        operations.end_row(row, row.valid_from - DAY, actor=adviser, now=NOW)
    operations.end_row(row, ON, actor=adviser, now=NOW)
    with pytest.raises(Refused):
        operations.end_row(row, ON, actor=adviser, now=NOW)
    asked = [[one.slot for one in of_programme(eps, day).asked] for day in (ON, ON + DAY)]
    assert "colour" in asked[0] and "colour" not in asked[1]


def test_something_new_gets_a_place_of_its_own(make: Any, programmes: Any) -> None:
    values = {"kind": AskedKind.TEST, "words_vi": "biết bơi"}
    row = operations.state_row(
        ProgrammeRequirement, programmes["eps"], values, NEXT_YEAR, actor=make.account("adviser"), now=NOW
    )
    assert row.slot == "test"
    again = operations.state_row(
        ProgrammeRequirement, programmes["eps"], values, NEXT_YEAR, actor=make.account("adviser"), now=NOW
    )
    assert again.slot == "test-2" and row.valid_to is None


# --- who may ---


def test_only_a_leader_says_that_the_paper_was_read(session: Any, make: Any, programmes: Any) -> None:
    read = Stated("Thông báo số 5", dt.date(2027, 1, 1), verified=True)
    with pytest.raises(NotAllowed):
        state_age(programmes["eps"], make.account("adviser"), read)
    assert state_age(programmes["eps"], make.account("leader"), read).verified
    for role in ("moderator", "administrator", "seeker"):
        with pytest.raises(NotAllowed):
            state_age(programmes["im-japan"], make.account(role))


def test_what_every_programme_asks_is_changed_by_a_leader(session: Any, make: Any, programmes: Any) -> None:
    values = {"kind": AskedKind.AGE, "value": {"min": 20}}
    by: dict[str, Any] = {"slot": "age", "now": NOW}
    with pytest.raises(NotAllowed):
        operations.state_row(
            ProgrammeRequirement, None, values, NEXT_YEAR, actor=make.account("adviser"), **by
        )
    operations.state_row(ProgrammeRequirement, None, values, NEXT_YEAR, actor=make.account("leader"), **by)
    session.commit()
    # A programme with an age of its own keeps it; one without takes the general one.
    day = dt.date(2027, 1, 1)
    assert ages(programmes["eps"], day) == [{"min": 18, "max": 39}]
    fresh = operations.add_programme(
        name_vi="Chương trình mới", name_en="New", channel=ProgrammeChannel.SENDER, country="NZ",
        actor=make.account("adviser"), now=NOW,
    )  # fmt: skip
    assert fresh.code == "chuong-trinh-moi" and ages(fresh, day) == [{"min": 20}]


def test_a_row_needs_its_source_and_sex_a_round(make: Any, programmes: Any) -> None:
    adviser = make.account("adviser")
    with pytest.raises(Invalid, match="căn cứ"):
        state_age(programmes["eps"], adviser, Stated("  ", dt.date(2027, 1, 1)))
    with pytest.raises(Invalid, match="kỳ"):
        operations.state_row(
            ProgrammeRequirement, programmes["eps"], {"kind": AskedKind.SEX, "value": {"sex": "male"}},
            NEXT_YEAR, actor=adviser, now=NOW,
        )  # fmt: skip


def test_each_change_is_in_the_trail(session: Any, make: Any, programmes: Any) -> None:
    leader = make.account("leader")
    row = state_age(programmes["eps"], leader)
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "programme_requirement.added")
    ).one()
    assert (event.actor_id, event.subject_id) == (leader.id, row.id)
    assert event.detail == {
        "slot": "age", "verified": False, "programme": "eps", "valid_from": "2027-01-01"
    }  # fmt: skip


# --- documents, stages, facts ---


def test_a_programmes_paper_takes_the_place_of_the_general_one(
    session: Any, make: Any, programmes: Any
) -> None:
    titles = {row.slot: row.name_vi for row in documents_of(programmes["eps"], ON)}
    assert titles["language"] == "Kết quả EPS-TOPIK" and titles["passport"] == "Hộ chiếu"
    assert {row.slot: row.valid_months for row in documents_of(programmes["eps"], ON)}["orientation"] == 24
    # Japan asks for no deposit.
    assert "deposit" not in {row.slot for row in documents_of(programmes["im-japan"], ON)}
    values = {
        "name_vi": "Hộ chiếu còn hạn 5 năm", "name_en": "Passport", "need": DocumentNeed.REQUIRED
    }  # fmt: skip
    operations.state_row(
        ProgrammeDocument, programmes["eps"], values, NEXT_YEAR, slot="passport",
        actor=make.account("adviser"), now=NOW,
    )  # fmt: skip
    later = {row.slot: row.name_vi for row in documents_of(programmes["eps"], dt.date(2027, 1, 1))}
    assert later["passport"] == "Hộ chiếu còn hạn 5 năm"
    assert {row.slot: row.name_vi for row in documents_of(programmes["titp"], dt.date(2027, 1, 1))}[
        "passport"
    ] == "Hộ chiếu"


def test_stages_are_those_in_use_in_the_order_of_the_case(make: Any, programmes: Any) -> None:
    triple_win = programmes["germany-triple-win"]
    assert stages_of(programmes["eps"], ON) == tuple(CaseState)
    assert CaseState.FINANCE not in stages_of(triple_win, ON)
    values = {"stages": ["abroad", "interested"]}
    operations.state_row(
        ProgrammeStages, triple_win, values, NEXT_YEAR, actor=make.account("adviser"), now=NOW
    )
    assert stages_of(triple_win, dt.date(2027, 1, 1)) == (CaseState.INTERESTED, CaseState.ABROAD)
    assert CaseState.VISA in stages_of(triple_win, dt.date(2026, 12, 31))
    with pytest.raises(Invalid):
        operations.state_row(
            ProgrammeStages, triple_win, {"stages": ["moon"]}, Stated("X", dt.date(2028, 1, 1)),
            actor=make.account("adviser"), now=NOW,
        )  # fmt: skip


def test_a_fact_is_added_without_a_developer(session: Any, make: Any, programmes: Any) -> None:
    values = {"kind": FactKind.WAGE, "words_vi": "Khoảng 2 triệu won một tháng.", "words_en": ""}
    operations.state_row(
        ProgrammeFact, programmes["eps"], values, NEXT_YEAR, actor=make.account("adviser"), now=NOW
    )
    shown = [of_programme(programmes["eps"], day) for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1))]
    assert [any(fact.kind is FactKind.WAGE for fact in one.facts) for one in shown] == [False, True]


# --- open here or not ---


def test_seasonal_korea_is_not_open_here_until_an_agreement_stands(
    session: Any, make: Any, programmes: Any
) -> None:
    seasonal, leader = programmes["korea-seasonal"], make.account("leader")
    assert of_programme(seasonal, ON).openness is Openness.NO_AGREEMENT
    with pytest.raises(Refused):
        operations.add_agreement(programmes["eps"], "Quận Haenam", "", NEXT_YEAR, actor=leader, now=NOW)
    stated = Stated("Bản ghi nhớ số 3", dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    operations.add_agreement(seasonal, "Quận Haenam", "3/2026", stated, actor=leader, now=NOW)
    days = (dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 12, 31), dt.date(2028, 1, 1))
    assert [of_programme(seasonal, day).openness for day in days] == [
        Openness.NO_AGREEMENT, Openness.OPEN, Openness.OPEN, Openness.NO_AGREEMENT
    ]  # fmt: skip


def test_a_programme_begins_and_ends_on_its_days(make: Any, programmes: Any) -> None:
    esd = programmes["esd"]
    assert of_programme(esd, dt.date(2027, 3, 31)).openness is Openness.NOT_STARTED
    assert of_programme(esd, dt.date(2027, 4, 1)).openness is Openness.OPEN
    by: dict[str, Any] = {
        "name_vi": "TTS", "name_en": "TITP", "channel": ProgrammeChannel.SENDER, "country": "JP", "now": NOW
    }  # fmt: skip
    with pytest.raises(Invalid, match="lấy ở đâu"):
        operations.change_programme(
            programmes["titp"], ends_on=dt.date(2027, 3, 31), actor=make.account("adviser"), **by
        )
    operations.change_programme(
        programmes["titp"], ends_on=dt.date(2027, 3, 31), dates_source="Luật", actor=make.account("adviser"),
        **by,
    )  # fmt: skip
    assert of_programme(programmes["titp"], dt.date(2027, 3, 31)).openness is Openness.OPEN
    assert of_programme(programmes["titp"], dt.date(2027, 4, 1)).openness is Openness.ENDED


def test_days_that_somebody_else_changed_were_not_read_by_the_leader(make: Any, programmes: Any) -> None:
    adviser, leader, titp = make.account("adviser"), make.account("leader"), programmes["titp"]
    by: dict[str, Any] = {
        "name_vi": "TTS", "name_en": "TITP", "channel": ProgrammeChannel.SENDER, "country": "JP", "now": NOW,
    }  # fmt: skip
    days: dict[str, Any] = {"ends_on": dt.date(2027, 3, 31), "dates_source": "Luật thử"}
    operations.change_programme(titp, **days, dates_verified=True, actor=leader, **by)
    operations.change_programme(titp, **days, about_vi="Mới", actor=adviser, **by)
    assert titp.dates_verified
    operations.change_programme(titp, **{**days, "ends_on": dt.date(2026, 12, 31)}, actor=adviser, **by)
    assert not titp.dates_verified


# --- where one lives ---


@pytest.mark.parametrize(
    ("home", "banned", "share"),
    [
        ("30337", "30337", "whole"),  # the commune itself
        ("30337", "91", "whole"),  # its province
        ("30337", "886-2025", "whole"),  # the district that all its parts belonged to
        ("30337", "89-2025", "whole"),  # the old province
        ("30337", "91-2025", None),  # the other old province
        ("30337", "888-2025", None),  # another district
        ("91", "30337", None),  # only the province is known to be home: not this commune for sure
        ("no-such", "30337", None),
    ],
)
def test_a_home_lies_whole_partly_or_not_in_a_banned_place(home: str, banned: str, share: Any) -> None:
    assert share_of(home, banned) == share


def test_a_commune_made_of_parts_lies_partly_in_each_old_commune() -> None:
    from portal.reference.places import places

    before = [code for code, _share in places().predecessors("30337") if places().get(code).kind == "commune"]
    assert {share_of("30337", code) for code in before} == {"part"}


def test_a_ban_needs_a_place_that_exists(session: Any, make: Any, programmes: Any) -> None:
    with pytest.raises(Invalid):
        operations.add_ban(programmes["eps"], "0000", "", NEXT_YEAR, actor=make.account("adviser"), now=NOW)
    stated = Stated("Thông báo số 9", dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    operations.add_ban(programmes["eps"], "886-2025", "", stated, actor=make.account("adviser"), now=NOW)
    assert session.scalars(select(LocalityBan)).one().entered_by_id is not None
    days = (dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 12, 31), dt.date(2028, 1, 1))
    assert [len(of_programme(programmes["eps"], day).bans) for day in days] == [0, 1, 1, 0]
