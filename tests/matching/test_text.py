"""Vietnamese text: one spelling, abbreviations, diacritics, protected words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.neutral import neutral
from matching.terms import document_terms
from matching.text import fold, normalise, tokens


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Thợ hàn Đồng Tháp", "tho han dong thap"), ("Ðường Ừ ƯỠ", "duong u uo"), ("", "")],
)
def test_fold_takes_diacritics_off(written: str, plain: str) -> None:
    assert fold(written) == plain
    assert fold(unicodedata.normalize("NFD", written)) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ sản", "thủy sản"), ("HÓA  học", "hoá học"), ("toả", "tỏa")],
)
def test_old_and_new_tone_marks_are_one_spelling(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "toàn", "thuyền", "hoàng", "khuỷu"])
def test_a_tone_mark_stays_where_only_one_spelling_exists(word: str) -> None:
    assert normalise(word) == word


@given(st.text(alphabet="aoeuyiqthkhóàảãạùỳỷýđĐ ưỨơộ.,\n", max_size=30))
def test_normalise_and_fold_are_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert fold(fold(text)) == fold(text)
    assert fold(normalise(text)).split() == fold(text).split()


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("NV KD tại TP. Rạch Giá", "nhân viên kinh doanh tại thành phố rạch giá"),
        ("LĐPT", "lao động phổ thông"),
        ("Tx xe tải, B2", "tài xế xe tải b2"),
        ("lập trình C++ / C#", "lập trình c++ c#"),
    ],
)
def test_abbreviations_of_titles_are_opened(title: str, words: str) -> None:
    assert tokens(title) == words.split()


def test_the_welder_and_the_country_are_apart() -> None:
    assert "thợ hàn" in document_terms("thợ hàn") and "thợ hàn" not in document_terms("đi Hàn Quốc")


def test_pairs_do_not_cross_a_comma_or_a_line() -> None:
    assert "may điện" in document_terms("may điện")
    assert "may điện" not in {*document_terms("may, điện"), *document_terms("may\nđiện")}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("cần nữ may áo", "cần may áo"),
        ("tuyển nam phụ hồ", "tuyển phụ hồ"),
        ("dân tộc khmer biết hàn", "biết hàn"),
        ("đã kết hôn, có con, theo đạo phật giáo", ""),
        ("ở việt nam", "ở việt nam"),
        ("quê miền nam", "quê miền nam"),
        ("sửa nam châm điện", "sửa nam châm điện"),
        ("2 năm kinh nghiệm", "2 năm kinh nghiệm"),
        ("chăm sóc người già", "chăm sóc người già"),
        ("chăm chỉ", "chăm chỉ"),
    ],
)
def test_protected_words_never_reach_the_vectors(said: str, kept: str) -> None:
    assert tokens(neutral(said)) == kept.split()
