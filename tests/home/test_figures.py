"""Consultations, referrals, placed, departed: events and persons, each number with its rows, both maps."""

import csv
import datetime as dt
import io
from typing import Any

import pytest

from portal.common.clock import now, today
from portal.counselling.models import Contact
from portal.counselling.states import AgeBand, ContactChannel, ContactKind, ContactOutcome
from portal.home.figures import By, Measure, Period, lines_of
from portal.home.old_map import group_of_communes
from portal.openings.states import Sphere
from portal.reference.places import places
from portal.referrals.models import Letter, Referral, ReferralStep
from portal.referrals.states import Origin, ReferralState
from portal.workers.states import Sex

DAY = dt.date(2026, 3, 10)
MARCH = Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
LONG_XUYEN, RACH_GIA = "30307", "30760"


def moment(day: dt.date, hour: int = 3) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


@pytest.fixture
def adviser(make: Any) -> Any:
    return make.account("adviser", display_name="Lê Thị Ngọc Hân")


@pytest.fixture
def contact(session: Any, adviser: Any) -> Any:
    def make_one(worker: Any = None, day: dt.date = DAY, **given: Any) -> Contact:
        of_worker = {"commune_code": worker.commune_code, "sex": worker.sex} if worker else {}
        row = Contact(
            **{
                "worker_id": worker.id if worker else None, "kind": ContactKind.JOB,
                "channel": ContactChannel.DESK, "outcome": ContactOutcome.INFORMED,
                "adviser_id": adviser.id, "at": moment(day), "day": day, **of_worker, **given,
            }
        )  # fmt: skip
        session.add(row)
        session.commit()
        return row

    return make_one


@pytest.fixture
def referral(session: Any, make: Any, adviser: Any) -> Any:
    def make_one(
        worker: Any, day: dt.date = DAY, *, letters: int = 1, placed: bool = False, **given: Any
    ) -> Referral:
        abroad = "departed_on" in given
        opening = make.opening(sphere=Sphere.OVERSEAS, country="JP") if abroad else make.opening()
        row = Referral(
            **{
                "worker_id": worker.id, "opening_id": opening.id, "owner_id": adviser.id,
                "state": ReferralState.PLACED if placed else ReferralState.LAPSED, "origin": Origin.STAFF,
                "hired_on": day if placed else None, "created_at": moment(day), "updated_at": moment(day),
                **given,
            }
        )  # fmt: skip
        session.add(row)
        session.flush()
        for number in range(letters):
            session.add(
                Letter(referral_id=row.id, number=f"{row.id}/{number}", code=f"C{row.id}-{number}",
                       issued_on=day, valid_to=day, issued_by_id=adviser.id, issued_at=moment(day), facts={})
            )  # fmt: skip
        if placed:
            session.add(_step(row, "place", ReferralState.PLACED, adviser, day))
        session.commit()
        return row

    return make_one


def _step(row: Referral, name: str, state: ReferralState, adviser: Any, day: dt.date) -> ReferralStep:
    return ReferralStep(referral_id=row.id, name=name, to_state=state, actor_id=adviser.id, at=moment(day))


def counted(period: Period, by: By) -> dict[str, tuple[int, int, int, int]]:
    lines, _total = lines_of(period, by)
    return {str(line.key): tuple(line.events[one] for one in Measure) for line in lines}  # type: ignore[misc]


def test_events_and_persons_are_counted_apart(make: Any, contact: Any) -> None:
    mai = make.worker("Mai")
    for _ in range(3):
        contact(mai)
    contact(None, commune_code=LONG_XUYEN)
    _lines, total = lines_of(MARCH, By.COMMUNE)
    assert (total.events[Measure.CONTACTS], total.persons[Measure.CONTACTS]) == (4, 1)


def test_a_letter_printed_again_is_not_a_second_referral(make: Any, referral: Any) -> None:
    mai = make.worker("Mai")
    referral(mai, letters=3)
    referral(mai)
    _lines, total = lines_of(MARCH, By.COMMUNE)
    assert (total.events[Measure.REFERRALS], total.persons[Measure.REFERRALS]) == (2, 1)


def test_placed_is_who_was_still_at_work_and_was_not_taken_back(
    make: Any, referral: Any, session: Any, adviser: Any
) -> None:
    referral(make.worker(), placed=True)
    undone = referral(make.worker(), placed=True)
    session.add(_step(undone, "reopen", ReferralState.HIRED, adviser, DAY))
    session.commit()
    _lines, total = lines_of(MARCH, By.SEX)
    assert total.events[Measure.PLACED] == 1


def test_the_edges_of_a_period_belong_to_it_in_local_time(
    make: Any, contact: Any, referral: Any, session: Any
) -> None:
    for day in (dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)):
        contact(make.worker(), day)
        referral(make.worker(), day, placed=True, departed_on=day)
    late = session.query(ReferralStep).order_by(ReferralStep.id).first()
    # 23:30 UTC on 28 February is 06:30 on 1 March here.
    late.at = dt.datetime(2026, 2, 28, 23, 30, tzinfo=dt.UTC)
    session.commit()
    _lines, total = lines_of(MARCH, By.COMMUNE)
    assert [total.events[one] for one in Measure] == [2, 2, 3, 2]


def test_by_adviser_sex_age_and_commune(make: Any, contact: Any, referral: Any, adviser: Any) -> None:
    young = make.worker(birth_date=dt.date(2008, 3, 10), sex=Sex.MALE, commune_code=RACH_GIA)
    not_yet = make.worker(birth_date=dt.date(2008, 3, 11), sex=Sex.FEMALE)
    year_only = make.worker(birth_date=None, birth_year=1981, sex=None)
    for worker in (young, not_yet, year_only):
        referral(worker)
    contact(young, age_band=AgeBand.FROM_18)
    assert counted(MARCH, By.ADVISER) == {str(adviser.id): (1, 3, 0, 0)}
    assert counted(MARCH, By.SEX) == {"male": (1, 1, 0, 0), "female": (0, 1, 0, 0), "-": (0, 1, 0, 0)}
    # Of a year alone the latest birth date counts: 31/12/1981 is 44 in March 2026.
    assert counted(MARCH, By.AGE) == {"18_24": (1, 1, 0, 0), "under_18": (0, 1, 0, 0), "35_44": (0, 1, 0, 0)}
    assert counted(MARCH, By.COMMUNE) == {RACH_GIA: (1, 1, 0, 0), LONG_XUYEN: (0, 2, 0, 0)}


def test_communes_stand_in_the_order_of_their_names_whatever_their_kind(make: Any, contact: Any) -> None:
    names = ["Phường Châu Đốc", "Xã Châu Phong", "Phường Long Xuyên", "Đặc khu Phú Quốc", "Xã Vĩnh An"]
    codes = {one.full_name: one.code for one in places().communes()}
    for name in reversed(names):
        contact(make.worker(commune_code=codes[name]))
    lines, _total = lines_of(MARCH, By.COMMUNE)
    assert [line.label for line in lines] == names


def test_every_commune_of_today_has_its_place_on_the_old_map() -> None:
    groups = group_of_communes()
    assert len(groups) == 102 and all(groups.values())
    straddling = {places().name(code) for code, key in groups.items() if "+" in key}
    assert straddling == {"Phường Vĩnh Thông", "Phường Tô Châu"}


def test_the_old_map_adds_up_to_the_new_one(make: Any, contact: Any, as_role: Any) -> None:
    for place in places().communes():
        contact(make.worker(commune_code=place.code))
    old, _total = lines_of(MARCH, By.OLD_MAP)
    assert sum(line.events[Measure.CONTACTS] for line in old) == 102
    assert len(old) == len(set(group_of_communes().values()))
    text = as_role("leader").get("/figures?start=01/03/2026&end=31/03/2026&by=old").text
    assert "Thành phố Long Xuyên (Tỉnh An Giang)" in text and "Huyện An Biên (Tỉnh Kiên Giang)" in text


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("measure", list(Measure))
def test_each_number_opens_exactly_its_rows(
    make: Any, contact: Any, referral: Any, as_role: Any, by: By, measure: Measure
) -> None:
    for number, commune in enumerate((LONG_XUYEN, RACH_GIA, RACH_GIA)):
        worker = make.worker(
            f"Người {number}", commune_code=commune, sex=(Sex.MALE, Sex.FEMALE, None)[number]
        )
        contact(worker, age_band=AgeBand.FROM_25)
        referral(worker, placed=True, departed_on=DAY)
    client = as_role("adviser")
    page = client.get(f"/figures?start=01/03/2026&end=31/03/2026&by={by.value}")
    lines, _total = lines_of(MARCH, by)
    links = [
        link for link in page.links() if link.startswith(f"/figures/{measure.value}?") and "key=" in link
    ]
    assert len(links) == len(lines)
    for line, link in zip(lines, links, strict=True):
        assert f"{line.events[measure]} lượt" in client.get(link).text


def test_bad_dates_are_said_at_their_field_and_kept(as_role: Any) -> None:
    client = as_role("adviser")
    assert "Ngày 31/02/2026 không có trong lịch" in client.get("/figures?start=31/02/2026").text
    page = client.get("/figures?start=05/03/2026&end=01/03/2026")
    assert "Ngày cuối không thể trước ngày đầu" in page.text and "01/03/2026" in page.html
    client.get("/figures?by=nonsense&key=1%27")
    client.get("/figures/nonsense", status=404)
    for odd in (
        "by=adviser&key=x", "by=adviser&key=%C2%B2", "by=adviser&key=99999999999999999999",
        "by=sex&key=nobody", "by=age&key=%01", "by=commune&key=%01", "by=old&key=1+OR+1",
    ):  # fmt: skip
        client.get(f"/figures/contacts?{odd}", status=404)
    client.get("/figures/contacts?by=sex&key=-")


def test_the_sheet_holds_what_the_page_shows(make: Any, contact: Any, as_role: Any) -> None:
    contact(make.worker())
    answer = as_role("leader").get("/figures?start=01/03/2026&end=31/03/2026&csv=1")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0][:3] == ["Xã, phường, đặc khu", "Tư vấn: lượt", "Tư vấn: người"]
    assert rows[1][1:3] == ["1", "1"] and rows[-1][0] == "Tất cả"


def test_it_costs_the_same_at_two_and_at_twenty_rows(
    make: Any, contact: Any, as_role: Any, statements: list[str]
) -> None:
    client, costs = as_role("adviser"), []
    for count in (2, 18):
        for _ in range(count):
            contact(make.worker())
        for address in ("/figures", "/figures/contacts"):
            statements.clear()
            client.get(f"{address}?start=01/03/2026&end=31/03/2026")
            costs.append(len(statements))
    assert costs[:2] == costs[2:]


def test_today_is_the_default_end(as_role: Any) -> None:
    assert f"đến {today():%d/%m/%Y}" in as_role("adviser").get("/figures").text
    assert now().tzinfo is not None
