"""Certificate scales, schooling, communes."""

import pytest

from matching.places import communes, crosses_water, distance_km, is_near, place_name, province_of, provinces
from matching.scales import compare, education_levels, education_order, level_order, satisfying, scales


@pytest.mark.parametrize(
    ("scale", "higher", "lower"),
    [
        ("jlpt", "N1", "N2"),
        ("jlpt", "N4", "N5"),
        ("topik", "3", "2"),
        ("eps-topik", "150", "110"),
        ("hsk", "6", "4"),
        ("ielts", "6.5", "6.0"),
        ("cefr-de", "B2", "B1"),
        ("goethe", "C1", "B2"),
        ("driving", "C", "B"),
        ("driving", "CE", "C"),
        ("driving", "D2", "D1"),
        ("driving", "A", "A1"),
        ("driving", "E", "old-D"),
        ("driving", "FC", "B2"),
    ],
)
def test_scales_are_in_order(scale: str, higher: str, lower: str) -> None:
    assert compare(scale, higher, lower) == 1
    assert compare(scale, lower, higher) == -1
    assert compare(scale, higher, higher) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [("A2", "A"), ("A3", "B1"), ("B2", "B"), ("old-B1", "B"), ("E", "D"), ("old-D", "D2"), ("FC", "CE")],
)
def test_old_driving_licences_stand_for_their_new_class(old: str, new: str) -> None:
    assert compare("driving", old, new) == 0


@pytest.mark.parametrize(("one", "other"), [("A", "B"), ("A1", "C"), ("BE", "C1"), ("A4", "A1"), ("B1", "B")])
def test_driving_licences_of_different_vehicles_do_not_compare(one: str, other: str) -> None:
    assert compare("driving", one, other) is None


def test_what_satisfies_a_level() -> None:
    assert satisfying("jlpt", "N4") == 2
    licence = satisfying("driving", "B")
    assert isinstance(licence, frozenset)
    assert level_order("driving", "CE") in licence and level_order("driving", "A") not in licence


@pytest.mark.parametrize("points", ["201", "-1", "đạt"])
def test_points_outside_the_scale_are_not_a_level(points: str) -> None:
    assert level_order("eps-topik", points) is None


def test_unknown_scales_and_schooling_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no certificate scale 'n5'"):
        level_order("n5", "1")
    with pytest.raises(ValueError, match="no level 'N9'"):
        satisfying("jlpt", "N9")
    with pytest.raises(ValueError, match="no education level 'phd'"):
        education_order("phd")


def test_every_level_has_both_names_and_a_place_in_the_order() -> None:
    assert len(education_levels()) == 9
    assert [one.order for one in education_levels()] == list(range(9))
    assert (
        education_order("lower_secondary")
        < education_order("upper_secondary")
        < education_order("university")
    )
    for scale in scales().values():
        for level in scale.levels.values():
            assert level.name_vi and level.name_en and level.order in level.covers


def test_an_giang_has_102_communes_six_of_them_on_islands() -> None:
    known = communes()
    assert len(known) == 102
    assert sorted(one.name for one in known.values() if one.island) == [
        "Xã Hòn Nghệ",
        "Xã Sơn Hải",
        "Xã Tiên Hải",
        "Đặc khu Kiên Hải",
        "Đặc khu Phú Quốc",
        "Đặc khu Thổ Châu",
    ]
    for one in known.values():
        assert one.province == province_of(one.code) == "91"
        assert 9.0 < one.lat < 11.1 and 103.4 < one.lon < 105.7


@pytest.mark.parametrize(
    ("code", "province"),
    [
        ("00004", "01"),
        ("30742", "91"),
        ("31120", "92"),
        ("26506", "79"),
        ("91", "91"),
        ("99999", None),
        (None, None),
    ],
)
def test_the_province_of_a_commune(code: str | None, province: str | None) -> None:
    assert province_of(code) == province
    assert province is None or province in provinces()


def test_distances() -> None:
    assert distance_km("30742", "30742") == 0
    assert 50 <= (distance_km("30742", "30307") or 0) <= 60  # Rạch Giá to Long Xuyên
    assert distance_km("30742", "26506") is None
    assert crosses_water("30742", "31078") and not crosses_water("31078", "31078")
    assert is_near("30742", "30760") and is_near("30742", "91") and is_near("91", "30742")
    assert not is_near("30742", "30307") and not is_near("30742", "79")
    assert place_name("31078") == "Đặc khu Phú Quốc" and place_name("26506") == "Thành phố Hồ Chí Minh"
