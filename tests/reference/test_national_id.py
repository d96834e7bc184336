"""What a national ID can be checked for; much is only a warning."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.national_id import check_national_id, prefixes


def sentence(check: object) -> str:
    return " ".join(str(error) for error in check.errors)  # type: ignore[attr-defined]


def test_the_table_has_the_63_provinces_and_both_of_ours() -> None:
    assert len(prefixes()) == 63
    assert (prefixes()["089"], prefixes()["091"], prefixes()["001"]) == ("An Giang", "Kiên Giang", "Hà Nội")


@pytest.mark.parametrize("typed", ["089199001234", "089 199 001 234", "089.199.001234", " 089-199-001234 "])
def test_a_sound_number_is_tidied(typed: str) -> None:
    check = check_national_id(typed, dt.date(1999, 5, 1), sex="female")
    assert (check.number, check.errors, check.warnings) == ("089199001234", (), ())


@given(
    st.sampled_from(sorted(prefixes())),
    st.sampled_from(["male", "female"]),
    st.integers(1900, 2099),
    st.integers(0, 999_999),
)
def test_a_number_built_as_the_decree_says_has_no_remark(prefix: str, sex: str, year: int, rest: int) -> None:
    century = 2 * (year // 100 - 19) + (sex == "female")
    number = f"{prefix}{century}{year % 100:02d}{rest:06d}"
    check = check_national_id(number, birth_year=year, sex=sex)
    assert (check.number, check.warnings) == (number, ())


def test_a_birth_year_or_sex_that_differs_warns_and_does_not_block() -> None:
    check = check_national_id("089199001234", birth_year=1998, sex="male")
    assert check.ok and check.number == "089199001234"
    assert len(check.warnings) == 2
    assert "1999" in str(check.warnings[0]) and "1998" in str(check.warnings[0])


def test_without_birth_date_and_sex_nothing_is_compared() -> None:
    assert check_national_id("091305001234").warnings == ()


def test_a_lost_leading_zero_is_a_proposal_not_a_correction() -> None:
    check = check_national_id("89199001234")
    assert (check.number, check.proposal) == (None, "089199001234")
    assert "089199001234" in sentence(check)
    assert check_national_id("1199001234").proposal == "001199001234"


def test_a_number_that_no_zero_mends_gets_no_proposal() -> None:
    assert check_national_id("99199001234").proposal is None


def test_a_number_mangled_by_a_sheet_is_never_guessed() -> None:
    for typed in ("8.9E+10", "8,9199E+10", "8.91990012e10"):
        check = check_national_id(typed)
        assert check.proposal is None and "làm mất chữ số" in sentence(check)


def test_the_old_nine_figures_are_recognised_and_explained() -> None:
    check = check_national_id("351234567")
    assert not check.ok and "chứng minh nhân dân cũ" in sentence(check)


@pytest.mark.parametrize(
    "typed", ["", "abc", "0891990012345", "12345", "٠٨٩١٩٩٠٠١٢٣٤", "089499001234", "003199001234"]
)
def test_what_is_no_national_id_gets_one_clear_sentence(typed: str) -> None:
    check = check_national_id(typed)
    assert check.number is None and len(check.errors) == 1


def test_a_birth_registered_abroad_warns_only() -> None:
    check = check_national_id("229199001234")
    assert check.ok and len(check.warnings) == 1


@given(st.text(max_size=30))
def test_any_text_is_answered_without_failing(typed: str) -> None:
    check = check_national_id(typed)
    assert check.ok == (check.number is not None)
