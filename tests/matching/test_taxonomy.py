"""Occupations: every group named, words found as people type them, postings understood."""

import csv
from pathlib import Path

import pytest

from matching.taxonomy import (
    Proposal,
    exists,
    occupation_distance,
    occupation_name,
    occupations,
    parents,
    propose_occupations,
    search_occupations,
    words_for,
)
from matching.text import fold, normalise

HERE = Path(__file__).parents[1] / "data"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "postings"
WORDS = Path(__file__).parents[2] / "matching" / "data" / "job_words.csv"

needs_postings = pytest.mark.skipif(not SHARED.is_dir(), reason="the real postings (../shared) are not here")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first(title: str, text: str = "") -> str:
    found = propose_occupations(title, text)
    return found[0].code if found else ""


def shares(pairs: list[tuple[str, str]]) -> dict[int, float]:
    return {n: sum(a[:n] == b[:n] for a, b in pairs) / len(pairs) for n in (4, 3, 2)}


def test_every_isco_unit_group_has_a_name_of_its_own_in_both_languages():
    groups = occupations()
    assert len(groups) == 436
    for language in ("vi", "en"):
        names = [occupation_name(group.code, language) for group in groups]
        assert all(name == normalise_spaces(name) and len(name) > 3 for name in names)
        assert len(set(names)) == 436
    assert {group.source for group in groups} == {"vsco2020", "vsco2020 adapted", "translated"}


def normalise_spaces(name: str) -> str:
    return " ".join(name.split())


def test_the_tree_has_all_levels_and_no_orphan():
    assert [len(occupations(level)) for level in (1, 2, 3, 4)] == [10, 43, 130, 436]
    for level in (2, 3, 4, 5):
        for row in occupations(level):
            assert exists(row.parent)
            assert len(parents(row.code)) == level - 1
    assert parents("61111") == ("6111", "611", "61", "6")
    assert not exists("9999")


def test_words_are_many_unique_and_point_to_codes_that_exist():
    rows = read(WORDS)
    assert len(rows) > 1200
    assert len({normalise(row["word"]) for row in rows}) == len(rows)
    assert all(exists(row["code"]) and len(row["code"]) <= 4 for row in rows)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("thợ hồ", "7112"),
        ("phụ hồ", "9313"),
        ("phụ bếp", "9412"),
        ("công nhân may", "8153"),
        ("lái ghe", "8350"),
        ("bốc xếp", "9333"),
        ("giúp việc", "9111"),
        ("thợ hàn", "7212"),
        ("nuôi tôm", "6221"),
        ("làm cá", "7511"),
        ("lột tôm", "7511"),
        ("chạy xe ôm", "8321"),
        ("shipper", "8321"),
        ("bảo vệ", "5414"),
        ("tạp vụ", "9112"),
        ("giữ xe", "9629"),
        ("tiếp thị", "5242"),
        ("kế toán", "3313"),
        ("NV kinh doanh", "3322"),
        ("chăm sóc khách hàng", "4222"),
        ("bưng bê", "5131"),
        ("pha chế", "5132"),
        ("làm nail", "5142"),
        ("thợ điện", "7411"),
        ("sửa máy lạnh", "7127"),
        ("điều dưỡng", "3221"),
        ("hộ lý", "5321"),
        ("giáo viên mầm non", "2342"),
        ("cắt lúa", "9211"),
        ("phun thuốc", "9211"),
        ("đan lát", "7317"),
        ("làm khô", "7511"),
        ("may gia công", "8153"),
        ("đóng gói", "9321"),
        ("KCS", "7543"),
        ("tài công", "8350"),
        ("mua ve chai", "9611"),
    ],
)
def test_everyday_words_are_understood_with_and_without_diacritics(word, code):
    assert first(word) == code
    assert first(fold(word)) == code
    assert code in [found.code for found in search_occupations(fold(word), 3)]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Cần tuyển gấp 05 thợ hàn - Lương 12 - 15 triệu, Châu Đốc", "7212"),
        ("TUYỂN DỤNG NHÂN VIÊN BÁN HÀNG (Long Xuyên) đi làm ngay", "5223"),
        ("Nhân viên tuyển dụng", "2423"),
        ("[Rạch Giá] Kế toán trưởng - thu nhập upto 30tr", "1211"),
        ("Trưởng phòng Nhân sự", "1212"),
        ("Phó phòng Marketing", "1221"),
        ("Quản lý nhà hàng", "1412"),
        ("Nhân viên quản lý kho", "4321"),
        ("Tổ trưởng đan lát", "3122"),
        ("Giám sát lát gạch", "3123"),
        ("Thợ may", "7531"),
        ("Thợ máy", "7233"),
        ("Bác sỹ", "2211"),
        ("Kĩ sư xây dựng", "2142"),
        ("Lương cao! Phụ bếp, tạp vụ", "9412"),
    ],
)
def test_a_title_is_read_through_wage_place_urgency_and_rank(title, code):
    assert first(title) == code


def test_typed_without_marks_a_word_keeps_both_its_meanings():
    assert {"7531", "7233"} == {found.code for found in propose_occupations("tho may", limit=2)}
    assert all(found.share < 1 for found in search_occupations("tho may", 2))


def test_another_word_with_the_same_letters_is_not_taken():
    words = [found.word for found in propose_occupations("Công nhân thị trường ngành hàng")]
    assert "trưởng ngành hàng" not in words


def test_shares_fall_and_stay_below_one_and_nonsense_gets_nothing():
    found = propose_occupations("Phụ bếp kiêm tạp vụ")
    assert [proposal.share for proposal in found] == sorted((p.share for p in found), reverse=True)
    assert 0 < sum(proposal.share for proposal in found) < 1
    assert isinstance(found[0], Proposal) and found[0].word == "phụ bếp"
    assert propose_occupations("xqzw") == []
    assert propose_occupations("") == []
    assert search_occupations("") == []


def test_the_search_finds_every_name_with_and_without_diacritics():
    for group in occupations():
        assert search_occupations(group.name_vi, 1)[0].code == group.code
        assert group.code in [found.code for found in search_occupations(fold(group.name_vi), 3)]
        assert group.code in [found.code for found in search_occupations(group.name_en, 3)]


def test_the_search_forgives_a_slip_of_the_keyboard():
    assert "7127" in [found.code for found in search_occupations("sua may lahn", 5)]
    assert "2342" in [found.code for found in search_occupations("giao vien mam nn", 5)]


def test_distance_follows_the_tree_except_between_known_neighbours():
    assert occupation_distance("8153", "8153") == 0
    assert occupation_distance("61111", "6111") == 0
    assert occupation_distance("7411", "7413") == 0.25
    assert occupation_distance("2512", "7112") == 1
    assert occupation_distance("9412", "5120") == occupation_distance("5120", "9412") == 0.4
    assert occupation_distance("7531", "8153") < occupation_distance("7531", "8160")
    assert occupation_distance("23", "2342") == 0.5


def test_words_for_gathers_a_group_and_all_below_it():
    assert "phụ hồ" in words_for("9313")
    assert set(words_for("9313")) < set(words_for("93"))
    assert words_for("61111") == words_for("6111")


def test_our_forty_postings_are_coded(record_property):
    rows = read(HERE / "postings_40.csv")
    assert len(rows) == 40
    right = shares([(first(row["title"], row["description"]), row["expected_code"]) for row in rows])
    record_property("occupation_share_40", right)
    assert right[4] >= 0.95, right


@needs_postings
def test_the_sixty_labelled_postings_are_coded(record_property):
    labels = {row["id"]: row["code"] for row in read(HERE / "posting_labels_60.csv")}
    assert len(labels) == 60
    postings = [row for row in read(SHARED / "vi_postings_150.csv") if row["id"] in labels]
    right = shares([(first(row["title"], row["description"]), labels[row["id"]]) for row in postings])
    record_property("occupation_share_60", right)
    assert right[4] >= 0.78 and right[3] >= 0.81 and right[2] >= 0.83, right


@needs_postings
def test_most_listing_titles_hold_a_known_word(record_property):
    titles = [row["title"] for row in read(SHARED / "vi_listing_titles.csv")]
    known = sum(any(p.word for p in propose_occupations(title, limit=1)) for title in titles) / len(titles)
    record_property("listing_titles_known", known)
    assert known >= 0.92, known
