"""Areas where nobody may be sent: dated rows that moderators and the leader keep, read by everybody."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.errors import NotAllowed, Refused
from portal.reference.barred_areas import bar_area, barred_on, confirm_bar, end_bar
from portal.reference.models import BarReason, BarredArea
from portal.reference.seed import load_reference

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
START = dt.date(2026, 6, 1)


@pytest.fixture
def empty(session):  # type: ignore[no-untyped-def]
    for row in session.scalars(select(BarredArea)):
        session.delete(row)
    session.flush()
    return session


def bar(actor, **given):  # type: ignore[no-untyped-def]
    return bar_area(
        **{
            "actor": actor,
            "now": NOW,
            "country": "LY",
            "area": "",
            "reason": BarReason.WAR,
            "source": "Công văn thử 1/2026",
            "valid_from": START,
            **given,
        }
    )


def countries(session, day: dt.date) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    return [(row.country, row.area) for row in barred_on(session, day)]


def test_a_row_stands_between_its_dates_and_not_outside(empty, make) -> None:  # type: ignore[no-untyped-def]
    moderator = make.account("moderator")
    row = bar(moderator)
    end_bar(actor=moderator, now=NOW, row=row, last_day=dt.date(2026, 8, 31))
    days = (dt.date(2026, 5, 31), START, dt.date(2026, 8, 31), dt.date(2026, 9, 1))
    assert [countries(empty, day) for day in days] == [[], [("LY", "")], [("LY", "")], []]


def test_a_part_of_a_country_stands_beside_the_whole(empty, make) -> None:  # type: ignore[no-untyped-def]
    leader = make.account("leader")
    bar(leader, area="Miền đông")
    bar(leader)
    bar(leader, country="AE", reason=BarReason.EPIDEMIC)
    assert countries(empty, TODAY) == [("AE", ""), ("LY", ""), ("LY", "Miền đông")]


def test_what_cannot_be_entered_is_refused_at_its_field(empty, make) -> None:  # type: ignore[no-untyped-def]
    leader = make.account("leader")
    row = bar(leader)
    for field, wrong in (("country", {}), ("country", {"country": "VN"}), ("country", {"country": "QQ"})):
        with pytest.raises(Refused) as refused:
            bar(leader, **wrong)
        assert refused.value.field == field
    with pytest.raises(Refused, match="từ ngày bắt đầu"):
        end_bar(actor=leader, now=NOW, row=row, last_day=dt.date(2026, 5, 1))
    end_bar(actor=leader, now=NOW, row=row, last_day=START)
    with pytest.raises(Refused, match="đã có ngày kết thúc"):
        end_bar(actor=leader, now=NOW, row=row, last_day=TODAY)
    # Ended, so the same place may be barred anew.
    bar(leader, valid_from=dt.date(2026, 7, 1))


def test_what_somebody_has_read_is_not_rewritten(empty, make) -> None:  # type: ignore[no-untyped-def]
    moderator = make.account("moderator")
    row = bar(moderator)
    confirm_bar(actor=moderator, now=NOW, row=row, source="Nghị quyết 5/2026")
    with pytest.raises(Refused):
        confirm_bar(actor=moderator, now=NOW, row=row, source="Lời đồn")
    assert row.source == "Nghị quyết 5/2026"


@pytest.mark.parametrize("role", ["adviser", "administrator", "sender", "seeker"])
def test_nobody_else_changes_the_list(empty, make, role: str) -> None:  # type: ignore[no-untyped-def]
    row = bar(make.account("leader"))
    stranger = make.account(role)
    with pytest.raises(NotAllowed):
        bar(stranger, country="AE")
    with pytest.raises(NotAllowed):
        end_bar(actor=stranger, now=NOW, row=row, last_day=TODAY)
    with pytest.raises(NotAllowed):
        confirm_bar(actor=stranger, now=NOW, row=row, source="x")


def test_what_staff_ended_does_not_come_back_with_a_release(session, make) -> None:  # type: ignore[no-untyped-def]
    load_reference(session, now=NOW)
    assert [row.verified for row in barred_on(session, TODAY)] == [False] * 4
    row = barred_on(session, TODAY)[0]
    end_bar(actor=make.account("leader"), now=NOW, row=row, last_day=TODAY - dt.timedelta(days=1))
    assert load_reference(session, now=NOW) == 0
    assert row.country not in {one.country for one in barred_on(session, TODAY)}


def test_a_moderator_enters_confirms_and_ends_a_row_on_its_pages(empty, as_role, client) -> None:  # type: ignore[no-untyped-def]
    empty.commit()
    typed = {
        "country": "LY", "area": "", "reason": "war", "source": "Công văn thử 1/2026",
        "valid_from": "01/06/2026",
    }  # fmt: skip
    moderator = as_role("moderator")
    wrong = moderator.post(
        "/reference/barred-areas", data={**typed, "source": "", "valid_from": "31/02/2026"}, status=422
    )
    assert (
        "văn bản và điều khoản" in wrong.text
        and "không có trong lịch" in wrong.text
        and "31/02/2026" in wrong.text
    )
    moderator.post("/reference/barred-areas", data=typed, status=302)
    row = empty.scalars(select(BarredArea)).one()
    page = f"/reference/barred-areas/{row.id}"
    assert "Libya" in moderator.get(page, status=200).text
    moderator.post(page, data={"step": "confirm", "confirm-source": "Công văn thật 2/2026"}, status=302)
    assert (
        "Hãy ghi ngày cuối" in moderator.post(page, data={"step": "end", "end-last_day": ""}, status=422).text
    )
    moderator.post(page, data={"step": "end", "end-last_day": "31/12/2026"}, status=302)
    moderator.get("/reference/barred-areas/999999", status=404)
    empty.expire_all()
    assert (row.verified, row.source, row.valid_to) == (True, "Công văn thật 2/2026", dt.date(2026, 12, 31))
    actions = empty.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions[-3:] == ["barred_area.added", "barred_area.confirmed", "barred_area.ended"]
    read = client.get("/reference/barred-areas?on=23/11/2026", status=200).text
    assert "Libya" in read and "đã kiểm chứng" in read and "Ghi nơi bị cấm" not in read
    assert "Chưa có nơi nào" in client.get("/reference/barred-areas?on=01/01/2021", status=200).text


def test_the_pages_of_the_list_are_closed_to_others(empty, as_role, make) -> None:  # type: ignore[no-untyped-def]
    row = bar(make.account("leader"))
    empty.commit()
    for role in ("adviser", "sender"):
        person = as_role(role)
        person.post("/reference/barred-areas", data={}, status=403)
        person.get(f"/reference/barred-areas/{row.id}", status=403)


def test_the_list_asks_the_database_equally_often_however_long(empty, make, client, statements) -> None:  # type: ignore[no-untyped-def]
    leader = make.account("leader")
    codes = "AE AF BD BH CM DJ DZ EG ET GH HT IQ IR JO KE KW LB LY ML NE".split()
    for code in codes[:2]:
        bar(leader, country=code)
    empty.commit()
    client.get("/reference/barred-areas?on=23/11/2026", status=200)
    statements.clear()
    client.get("/reference/barred-areas?on=23/11/2026", status=200)
    two = len(statements)
    for code in codes[2:]:
        bar(leader, country=code)
    empty.commit()
    statements.clear()
    client.get("/reference/barred-areas?on=23/11/2026", status=200)
    assert len(statements) == two
