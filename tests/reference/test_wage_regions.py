"""The minimum-wage regions: dated rows by unit, never overwritten, shown with their figures."""

import csv
import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import func, select

from portal.errors import NotAllowed, Refused
from portal.reference import rules
from portal.reference.datafiles import FOLDER
from portal.reference.models import PlaceWageRegion, WageRegion
from portal.reference.places import places
from portal.reference.seed import load_reference
from portal.reference.wage_regions import add_region, region_on
from tests.reference.test_pages import NOW

DAY = dt.date(2026, 11, 23)
SOME = {
    "II": ("Long Xuyên", "Châu Đốc", "Rạch Giá", "Hà Tiên", "Mỹ Hòa Hưng", "Phú Quốc", "Thổ Châu"),
    "III": ("Tân Châu", "Óc Eo", "Bình Hòa", "Kiên Lương", "Kiên Hải"),
    "IV": ("Chợ Mới", "Tri Tôn", "An Phú", "Giồng Riềng"),
}


@pytest.fixture
def loaded(session):  # type: ignore[no-untyped-def]
    load_reference(session, now=NOW)
    session.commit()
    return session


def code_of(name: str) -> str:
    (place,) = [place for place in places().communes() if place.name == name]
    return place.code


def test_every_unit_of_the_province_has_one_region() -> None:
    with (FOLDER / "wage_regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["place_code"] for row in rows) == sorted(p.code for p in places().communes())
    assert Counter(row["region"] for row in rows) == {"II": 13, "III": 29, "IV": 60}


@pytest.mark.parametrize(("region", "name"), [(r, name) for r, names in SOME.items() for name in names])
def test_a_unit_lies_in_the_region_of_the_decree(loaded, region: str, name: str) -> None:  # type: ignore[no-untyped-def]
    row = region_on(loaded, code_of(name), DAY)
    assert row is not None and row.region == WageRegion(region) and not row.verified
    assert "293/2025" in row.source


def test_before_the_decree_and_elsewhere_the_region_is_unknown(loaded) -> None:  # type: ignore[no-untyped-def]
    assert region_on(loaded, code_of("Long Xuyên"), dt.date(2025, 12, 31)) is None
    assert region_on(loaded, "00001", DAY) is None
    assert region_on(loaded, None, DAY) is None


def test_the_figures_of_the_decree_stand_unverified_and_missing_ones_stay_missing(loaded) -> None:  # type: ignore[no-untyped-def]
    figures = {}
    for period in ("month", "hour"):
        for region in WageRegion:
            rule = rules.on(loaded, f"minimum_wage.{period}.{region.value}", DAY)
            figures[period, region.value] = rule and (rule.whole, rule.verified)
    assert figures == {
        ("month", "I"): (5_310_000, False), ("month", "II"): (4_730_000, False),
        ("month", "III"): (4_140_000, False), ("month", "IV"): (3_700_000, False),
        ("hour", "I"): (25_500, False), ("hour", "II"): (22_700, False),
        ("hour", "III"): None, ("hour", "IV"): None,
    }  # fmt: skip


def test_loading_again_overwrites_no_region_that_a_leader_entered(loaded, make) -> None:  # type: ignore[no-untyped-def]
    code = code_of("Tri Tôn")
    add_region(
        actor=make.account("leader"), now=NOW, place_code=code, region=WageRegion.III,
        source="Nghị định thử 1/2027", valid_from=dt.date(2027, 1, 1), verified=True,
    )  # fmt: skip
    loaded.commit()
    load_reference(loaded, now=NOW)
    loaded.commit()
    assert loaded.scalar(select(func.count()).select_from(PlaceWageRegion)) == 103
    assert region_on(loaded, code, dt.date(2026, 12, 31)).region == WageRegion.IV
    after = region_on(loaded, code, dt.date(2027, 1, 1))
    assert after.region == WageRegion.III and after.verified


def test_a_region_follows_the_one_before_and_only_a_leader_enters_it(loaded, make) -> None:  # type: ignore[no-untyped-def]
    row = {"now": NOW, "place_code": code_of("Tri Tôn"), "region": WageRegion.III, "source": "Thử"}
    with pytest.raises(NotAllowed):
        add_region(actor=make.account("moderator"), valid_from=dt.date(2027, 1, 1), **row)
    with pytest.raises(Refused, match="phải bắt đầu sau"):
        add_region(actor=make.account("leader"), valid_from=dt.date(2026, 1, 1), **row)


def test_anybody_reads_the_regions_with_figures_and_mark(loaded, client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/reference/wage-regions?on=23/11/2026", status=200)
    for text in ("4.730.000", "22.700", "phường Long Xuyên", "chưa kiểm chứng", "chưa rõ"):
        assert text.lower() in page.text.lower()
    assert "Ghi vùng mới" not in page.text
    before = client.get("/reference/wage-regions?on=31/12/2025", status=200)
    assert "Chưa rõ vùng nào vào ngày này" in before.text


def test_a_leader_enters_a_dated_row_by_name(loaded, as_role) -> None:  # type: ignore[no-untyped-def]
    typed = {
        "place": "Tri Tôn", "place_code": "", "region": "III", "source": "Nghị định thử 1/2027",
        "valid_from": "01/01/2027", "verified": "y",
    }  # fmt: skip
    leader = as_role("leader")
    leader.post("/reference/wage-regions", data=typed, status=302)
    loaded.expire_all()
    assert region_on(loaded, code_of("Tri Tôn"), dt.date(2027, 1, 1)).region == WageRegion.III
    again = leader.post("/reference/wage-regions", data=typed, status=422)
    assert "phải bắt đầu sau" in again.text
    nowhere = leader.post("/reference/wage-regions", data={**typed, "place": "Zzz"}, status=422)
    assert "chọn một xã, phường" in nowhere.text
    as_role("moderator").post("/reference/wage-regions", data=typed, status=403)
