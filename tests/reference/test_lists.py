"""Education, languages, countries, groups, reasons, bars for minors: whole, in order, in both languages."""

import pytest

from portal.reference import countries, education, languages, minors, occupations, people, reasons


def test_schooling_is_ordered_and_an_unknown_level_stays_open() -> None:
    codes = [code for code, _label in education.education_choices()]
    assert codes[0] == "none" and codes.index("lower_secondary") < codes.index("college") < codes.index(
        "university"
    )
    assert education.at_least("college", "intermediate") is True
    assert education.at_least("primary", "intermediate") is False
    assert education.at_least(None, "intermediate") is None
    assert education.education_label("college") == "Cao đẳng" and education.education_label("x") == ""


def test_every_scale_the_work_needs_is_there_with_its_levels_in_order() -> None:
    scales = dict(languages.scale_choices())
    assert {"jlpt", "jft", "topik", "eps-topik", "hsk", "ielts", "cefr-en", "goethe"} <= set(scales)
    assert "driving" not in scales
    assert [code for code, _label in languages.level_choices("jlpt")] == ["N5", "N4", "N3", "N2", "N1"]
    assert languages.level_choices("eps-topik") == [] and languages.points_range("eps-topik") == (0, 200)
    assert languages.known_level("eps-topik", "150") and not languages.known_level("eps-topik", "201")
    assert not languages.known_level("jlpt", "N9") and not languages.known_level("nothing", "N1")


def test_a_certificate_is_said_as_people_say_it() -> None:
    assert languages.certificate_label("jlpt", "N4") == "tiếng Nhật JLPT N4"
    assert languages.certificate_label("unknown", "7") == "unknown 7"
    assert dict(languages.language_choices())["ja"] == "Tiếng Nhật"


def test_names_follow_the_language_of_the_page(app) -> None:  # type: ignore[no-untyped-def]
    from flask_babel import force_locale

    with app.test_request_context(), force_locale("en"):
        assert countries.country_name("JP") == "Japan"
        assert education.education_label("college") != "Cao đẳng"
        assert people.ethnic_groups()["17"].label == "Cham"
        assert languages.language_name("ja") == "Japanese"
        assert reasons.reason("employer_filled").sentence.startswith("All places")  # type: ignore[union-attr]


def test_the_markets_come_first_and_every_country_once() -> None:
    codes = [code for code, _label in countries.country_choices()]
    assert codes[:5] == ["JP", "KR", "TW", "DE", "AU"]
    assert len(codes) == len(set(codes)) and 245 <= len(codes) <= 250
    assert "VN" not in codes and countries.country_choices(with_home=True)[0] == ("VN", "Việt Nam")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nhật", "JP"), ("nhat ban", "JP"), ("Hàn Quốc", "KR"), ("Đài Loan", "TW"), ("dai loan", "TW"),
        ("Mỹ", "US"), ("MY", "MY"), ("my", "US"), ("Germany", "DE"), ("Đức", "DE"),
        ("Rumani", "RO"), ("Ma Cao", "MO"), ("Sao Hỏa", None), ("", None),
    ],
)  # fmt: skip
def test_a_country_is_understood_as_people_write_it(text: str, code: str | None) -> None:
    assert countries.country_code(text) == code


def test_the_54_groups_begin_with_those_who_live_here() -> None:
    groups = people.ethnic_groups()
    assert len(groups) == 54
    assert [group.code for group in groups.values()][:4] == ["01", "05", "04", "17"]
    assert {int(code) for code in groups} == set(range(1, 55))


def test_the_seven_priority_groups_of_the_law_are_there() -> None:
    groups = people.priority_groups().values()
    assert {group.number for group in groups} == set(range(1, 8))
    assert all("74/2025" in group.source and not group.verified for group in groups)


def test_reasons_are_kept_apart_by_side_and_each_says_a_sentence() -> None:
    assert {reason.side for reason in reasons.reasons()} == set(reasons.SIDES)
    assert {reason.occasion for reason in reasons.reasons()} == set(reasons.OCCASIONS)
    for reason in reasons.reasons():
        assert reason.sentence_vi.endswith(".") and reason.sentence_en.endswith("."), reason.code
        assert len(reason.code) <= 40
    assert {one.side for one in reasons.reasons("person")} == {"person"}
    assert reasons.reason("nothing") is None


def test_no_reason_shown_to_an_employer_speaks_of_health_or_age() -> None:
    for reason in reasons.reasons("employer"):
        assert not {"tuổi", "ốm", "sức khỏe"} & set(reason.name_vi.lower().split())


@pytest.mark.parametrize(
    ("occupation", "text", "bar"),
    [
        ("7212", "", "metal"),
        ("6223", "", "diving_offshore"),
        ("9313", "", "construction_site"),
        (None, "Phụ hồ công trường", "construction_site"),
        ("9411", "Phụ bếp tại khách sạn", "nightlife_lodging"),
        (None, "Nhân viên quán karaoke", "nightlife_lodging"),
        (None, "boc vac hang hoa", "heavy_loads"),
    ],
)
def test_what_the_law_bars_to_minors_is_recognised(occupation: str | None, text: str, bar: str) -> None:
    assert bar in [one.code for one in minors.barred_to_minors(occupation, text)]


@pytest.mark.parametrize(
    ("occupation", "text"), [("8153", "Công nhân may"), ("5223", "Bán hàng tạp hóa"), ("9411", "Phụ bếp")]
)
def test_ordinary_work_is_not_barred(occupation: str, text: str) -> None:
    assert minors.barred_to_minors(occupation, text) == []


def test_occupations_are_found_by_code_and_by_everyday_word_without_marks() -> None:
    assert occupations.search("5414")[0].label == "Nhân viên bảo vệ"
    assert occupations.search("tho han")[0].code == "7212"
    assert occupations.search("") == []
    assert occupations.resolve("thợ hàn") == "7212"
    assert occupations.name("0000") == "0000"
