"""Each kind of requirement: met, not met, not yet, not known; nothing unverified excludes anybody."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.overseas.programmes.rules import (
    Answer,
    Asked,
    Ban,
    Checked,
    Person,
    Standing,
    bans_met,
    birthday,
    judge,
    judge_all,
)
from portal.overseas.programmes.states import BODY_KINDS, AskedKind, Because, Verdict
from portal.workers.states import ConditionAnswer

K, V = AskedKind, Verdict
ON = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


def asked(kind: AskedKind, value: dict[str, Any] | None = None, **more: Any) -> Asked:
    return Asked(
        slot=kind.value, kind=kind, value=value or {}, **{"verified": True, "words_vi": "cao", **more}
    )


def said(one: Asked, person: Person, on: dt.date = ON) -> Answer:
    answer = judge(one, person, on)
    assert answer is not None
    return answer


def verdict(kind: AskedKind, person: Person, value: dict[str, Any] | None = None) -> Verdict:
    return said(asked(kind, value), person).verdict


# --- age ---

EPS = asked(K.AGE, {"min": 18, "max": 39})


@pytest.mark.parametrize(
    ("born", "expected", "day"),
    [
        (dt.date(2008, 11, 23), V.YES, dt.date(2048, 11, 22)),  # eighteen today
        (dt.date(2008, 11, 24), V.NOT_YET, dt.date(2026, 11, 24)),  # eighteen tomorrow
        (dt.date(1986, 11, 24), V.YES, dt.date(2026, 11, 23)),  # forty tomorrow: the last day
        (dt.date(1986, 11, 23), V.NO, dt.date(2026, 11, 23)),  # forty today
    ],
)
def test_both_ends_of_an_age_lie_at_a_birthday(born: dt.date, expected: Verdict, day: dt.date) -> None:
    answer = said(EPS, Person(birth_date=born))
    assert (answer.verdict, answer.day) == (expected, day)


def test_born_on_29_february_comes_of_age_on_1_march() -> None:
    person = Person(birth_date=dt.date(2008, 2, 29))
    assert said(EPS, person, dt.date(2026, 2, 28)).because is Because.TOO_YOUNG
    assert said(EPS, person, dt.date(2026, 3, 1)).verdict is V.YES


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2007, V.YES), (2008, V.UNKNOWN), (2009, V.NOT_YET), (1987, V.YES), (1986, V.UNKNOWN), (1985, V.NO)],
)
def test_a_year_alone_is_enough_only_where_every_day_of_it_is(year: int, expected: Verdict) -> None:
    assert said(EPS, Person(birth_year=year)).verdict is expected


def test_an_unknown_birth_is_unknown() -> None:
    assert said(EPS, Person()).verdict is V.UNKNOWN


@given(
    born=st.dates(dt.date(1950, 1, 1), dt.date(2015, 12, 31)),
    on=st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)),
    least=st.integers(15, 30),
    width=st.integers(0, 30),
)
def test_an_age_is_met_on_exactly_the_days_between_two_birthdays(
    born: dt.date, on: dt.date, least: int, width: int
) -> None:
    value = {"min": least, "max": least + width}
    inside = birthday(born, least) <= on < birthday(born, least + width + 1)
    answer = said(asked(K.AGE, value), Person(birth_date=born), on)
    assert (answer.verdict is V.YES) == inside
    if inside:
        assert answer.day is not None
        assert said(asked(K.AGE, value), Person(birth_date=born), answer.day).verdict is V.YES
        assert said(asked(K.AGE, value), Person(birth_date=born), answer.day + DAY).because is Because.TOO_OLD
    # The year alone never says more than the day.
    by_year = said(asked(K.AGE, value), Person(birth_year=born.year), on).verdict
    assert by_year in (answer.verdict, V.UNKNOWN)


# --- what the profile says ---


def test_sex_of_a_round() -> None:
    men = {"sex": "male"}
    assert verdict(K.SEX, Person(sex="male"), men) is V.YES
    assert verdict(K.SEX, Person(sex="female"), men) is V.NO
    assert verdict(K.SEX, Person(), men) is V.UNKNOWN


@pytest.mark.parametrize(
    ("has", "expected"),
    [("college", V.YES), ("upper_secondary", V.YES), ("lower_secondary", V.NOT_YET), (None, V.UNKNOWN)],
)
def test_schooling(has: str | None, expected: Verdict) -> None:
    assert verdict(K.EDUCATION, Person(education=has), {"code": "upper_secondary"}) is expected


@pytest.mark.parametrize(
    ("held", "expected", "because"),
    [
        ((("eps-topik", "110", ON),), V.YES, Because.MEETS),
        ((("eps-topik", "110", ON - DAY),), V.NOT_YET, Because.EXPIRED),
        ((("eps-topik", "109", None),), V.NOT_YET, Because.TOO_LITTLE),
        ((("topik", "6", None),), V.NOT_YET, Because.NONE),
        ((("eps-topik", "150", ON - DAY), ("eps-topik", "110", ON + DAY)), V.YES, Because.MEETS),
        ((), V.NOT_YET, Because.NONE),
        (None, V.UNKNOWN, Because.NOT_TOLD),
    ],
)
def test_a_language_result_counts_while_it_is_valid(held: Any, expected: Verdict, because: Because) -> None:
    answer = said(asked(K.LANGUAGE, {"scale": "eps-topik", "level": "110"}), Person(certificates=held))
    assert (answer.verdict, answer.because) == (expected, because)


def test_a_higher_level_covers_a_lower_one() -> None:
    person = Person(certificates=(("jlpt", "N3", None),))
    assert verdict(K.LANGUAGE, person, {"scale": "jlpt", "level": "N4"}) is V.YES


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({"6111": 8, "6221": 4}, V.YES),
        ({"6111": 11}, V.NOT_YET),
        ({"7531": 60}, V.NOT_YET),
        ({}, V.NOT_YET),
        (None, V.UNKNOWN),
    ],
)
def test_experience_adds_up_over_the_trade(months: Any, expected: Verdict) -> None:
    assert verdict(K.EXPERIENCE, Person(months=months), {"codes": ["61", "62"], "months": 12}) is expected


def test_what_an_adviser_saw_goes_before_what_the_profile_says() -> None:
    value = {"codes": ["61"], "months": 12}
    seen = {"experience": Checked(False, checked_on=ON)}
    assert verdict(K.EXPERIENCE, Person(months={"6111": 60}, checks=seen), value) is V.NOT_YET


# --- papers, the body, what is asked elsewhere ---


@pytest.mark.parametrize("kind", [K.TEST, K.TRAINING])
@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (Checked(True, ON), V.YES),
        (Checked(True), V.YES),
        (Checked(True, ON - DAY), V.NOT_YET),
        (Checked(False), V.NOT_YET),
        (None, V.UNKNOWN),
    ],
)
def test_a_paper_counts_from_when_it_was_seen_until_it_expires(
    kind: AskedKind, check: Checked | None, expected: Verdict
) -> None:
    checks = {kind.value: check} if check is not None else {}
    assert verdict(kind, Person(checks=checks)) is expected


def test_a_stay_abroad_that_rules_one_out_cannot_be_caught_up_on() -> None:
    assert verdict(K.PRIOR_STAY, Person(checks={"prior_stay": Checked(True)})) is V.YES
    assert verdict(K.PRIOR_STAY, Person(checks={"prior_stay": Checked(False)})) is V.NO
    assert verdict(K.PRIOR_STAY, Person()) is V.UNKNOWN


@pytest.mark.parametrize("kind", list(BODY_KINDS))
def test_the_body_is_known_from_the_persons_own_answer_to_this_sentence_alone(kind: AskedKind) -> None:
    one = asked(kind)
    other = asked(kind, words_vi="cao từ 165 cm")
    for answer, expected in (
        (ConditionAnswer.YES, V.YES),
        (ConditionAnswer.NO, V.NO),
        (ConditionAnswer.UNKNOWN, V.UNKNOWN),
    ):
        person = Person(conditions={one.need: answer})  # type: ignore[dict-item]
        assert said(one, person).verdict is expected
        assert said(other, person).verdict is V.UNKNOWN
    assert said(one, Person()).verdict is V.UNKNOWN


@pytest.mark.parametrize("kind", [K.HEALTH, K.LEGAL])
def test_health_and_police_record_are_never_known_here(kind: AskedKind) -> None:
    checks = {kind.value: Checked(True)}
    assert verdict(kind, Person(checks=checks)) is V.UNKNOWN


def test_a_height_for_the_other_sex_is_not_asked() -> None:
    men = asked(K.HEIGHT, for_sex="male")
    assert judge(men, Person(sex="female"), ON) is None
    assert said(men, Person()).verdict is V.UNKNOWN


# --- verified or not ---

REFUSED = [
    (K.AGE, {"max": 39}, Person(birth_date=dt.date(1970, 1, 1))),
    (K.SEX, {"sex": "male"}, Person(sex="female")),
    (K.PRIOR_STAY, {}, Person(checks={"prior_stay": Checked(False)})),
    *((kind, {}, Person(conditions={(BODY_KINDS[kind], "cao"): ConditionAnswer.NO})) for kind in BODY_KINDS),
]


@pytest.mark.parametrize(("kind", "value", "person"), REFUSED)
def test_what_nobody_has_verified_says_not_yet_ask_and_never_no(
    kind: AskedKind, value: dict[str, Any], person: Person
) -> None:
    assert said(asked(kind, value), person).verdict is V.NO
    soft = said(asked(kind, value, verified=False), person)
    assert soft.verdict is V.NOT_YET and soft.ask


PEOPLE = st.builds(
    Person,
    birth_date=st.none() | st.dates(dt.date(1940, 1, 1), dt.date(2012, 1, 1)),
    birth_year=st.none() | st.integers(1940, 2012),
    sex=st.sampled_from([None, "female", "male"]),
    education=st.sampled_from([None, "primary", "college"]),
    certificates=st.sampled_from([None, (), (("jlpt", "N5", None),)]),
    months=st.sampled_from([None, {}, {"6111": 3}]),
    checks=st.dictionaries(st.sampled_from([k.value for k in K]), st.builds(Checked, st.booleans())),
    conditions=st.dictionaries(
        st.sampled_from([(kind, "cao") for kind in BODY_KINDS.values()]),
        st.sampled_from(list(ConditionAnswer)),
    ),
)
VALUES = {
    K.AGE: {"min": 18, "max": 30},
    K.SEX: {"sex": "male"},
    K.EDUCATION: {"code": "upper_secondary"},
    K.LANGUAGE: {"scale": "jlpt", "level": "N4"},
    K.EXPERIENCE: {"codes": ["61"], "months": 12},
}


@given(kind=st.sampled_from(list(K)), person=PEOPLE, verified=st.booleans())
def test_no_unverified_row_ever_says_no_and_only_no_is_softened(
    kind: AskedKind, person: Person, verified: bool
) -> None:
    firm = said(asked(kind, VALUES.get(kind)), person)
    loose = said(asked(kind, VALUES.get(kind), verified=False), person)
    assert loose.verdict is not V.NO
    assert loose.verdict is (V.NOT_YET if firm.verdict is V.NO else firm.verdict)
    assert loose.ask == (firm.verdict is V.NO)


# --- several that count as one, and where one lives ---


def test_of_several_any_will_do_and_the_best_decides() -> None:
    n4 = asked(K.LANGUAGE, {"scale": "jlpt", "level": "N4"}, any_of="language")
    intern = asked(K.PRIOR_STAY, any_of="language")
    person = Person(certificates=(), checks={"prior_stay": Checked(True)})
    (point,) = judge_all([n4, intern], person, ON)
    assert point.verdict is V.YES and len(point.answers) == 2
    (point,) = judge_all([n4, intern], Person(certificates=(), checks={"prior_stay": Checked(False)}), ON)
    assert point.verdict is V.NOT_YET


def test_what_is_met_without_a_stated_end_has_no_end() -> None:
    n4 = {"scale": "jlpt", "level": "N4"}
    one, other = asked(K.LANGUAGE, n4, any_of="l"), asked(K.TEST, any_of="l")
    person = Person(certificates=(("jlpt", "N4", ON + DAY),), checks={"test": Checked(True)})
    assert judge_all([one], person, ON)[0].expires_on == ON + DAY
    assert judge_all([one, other], person, ON)[0].expires_on is None


@pytest.mark.parametrize(
    ("share", "verified", "expected"),
    [
        ("whole", True, [V.NO]),
        ("whole", False, [V.NOT_YET]),
        ("part", True, [V.UNKNOWN]),
        (None, True, []),
    ],
)
def test_a_ban_bars_only_who_surely_lives_there_by_a_verified_row(
    share: str | None, verified: bool, expected: list[Verdict]
) -> None:
    ban = Ban("886-2025", ON, None, "Thông báo", verified)
    met = bans_met([ban], {"886-2025": share} if share else {})
    assert [one.verdict for one in met] == expected
    assert Standing((), met).is_barred == (expected == [V.NO])
