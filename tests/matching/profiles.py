"""Random profiles and openings for properties, and small makers for plain tests."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from matching.types import OpeningProfile, Requirement, Wanted, WorkerProfile

ON = date(2026, 11, 22)

CODES = (
    "7531",
    "7533",
    "7212",
    "7511",
    "8153",
    "8332",
    "5120",
    "5131",
    "9312",
    "92",
    "0310",
    "2512",
    "75310",
    "9999",
)
COMMUNES = ("30742", "30760", "30307", "30292", "31078", "31108", "30685", "26506", "99999")
PLACES = (*COMMUNES, "91", "79")
SKILLS = ("may công nghiệp", "Hàn TIG", "han tig", "tin học văn phòng", "nấu ăn")
SHIFTS = ("day", "night", "rotating")
TEXTS = (
    "thợ may công nghiệp",
    "tho may",
    "thợ hàn điện",
    "phụ bếp nhà hàng",
    "lái xe tải",
    "NV bán hàng",
    "",
)
EDUCATION = ("none", "lower_secondary", "upper_secondary", "college", "university")
LEVELS = (
    ("jlpt", "N5"),
    ("jlpt", "N4"),
    ("jlpt", "N3"),
    ("eps-topik", "110"),
    ("eps-topik", "150"),
    ("driving", "A1"),
    ("driving", "B2"),
    ("driving", "C"),
    ("driving", "E"),
    ("jlpt", None),
    ("bằng nghề", "3"),
)


def some(*values: Any, most: int = 3) -> st.SearchStrategy[Any]:
    """None (never asked) or a few of the values."""
    return st.none() | st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


days = st.integers(-500, 400).map(lambda n: ON + timedelta(days=n))
birthdays = st.dates(date(1950, 1, 1), date(2014, 12, 31))
wages = st.integers(4, 20).map(lambda n: n * 1_000_000)
work = st.tuples(st.sampled_from(CODES), st.none() | st.integers(0, 90))
papers = st.tuples(st.sampled_from(LEVELS), st.none() | days).map(lambda one: (*one[0], one[1]))

wants = st.builds(
    Wanted,
    occupations=some(*CODES),
    places=some(*PLACES),
    countries=some("JP", "KR", "VN"),
    wage_min=st.none() | wages,
    from_date=st.none() | days,
    shifts=some(*SHIFTS),
)


def workers(ids: st.SearchStrategy[Any]) -> st.SearchStrategy[WorkerProfile]:
    """Profiles with everything from nothing to all stated."""
    return st.builds(
        WorkerProfile,
        id=ids,
        birth_date=st.none() | birthdays,
        birth_year=st.none() | st.integers(1950, 2014),
        sex=st.sampled_from((None, "female", "male")),
        commune=st.none() | st.sampled_from(COMMUNES),
        occupations=st.none() | st.lists(work, max_size=3).map(tuple),
        skills=some(*SKILLS),
        certificates=st.none() | st.lists(papers, max_size=3).map(tuple),
        education=st.none() | st.sampled_from(EDUCATION),
        wanted=wants,
        text=st.lists(st.sampled_from(TEXTS), max_size=3).map(". ".join),
        updated_on=st.none() | days.filter(lambda day: day <= ON),
    )


def people(smallest: int = 0, most: int = 12) -> st.SearchStrategy[list[WorkerProfile]]:
    """Lists of profiles with different ids."""
    return st.lists(workers(st.integers(1, 40)), min_size=smallest, max_size=most, unique_by=lambda w: w.id)


hard = st.booleans()
known_levels = st.sampled_from([one for one in LEVELS if one[0] in ("jlpt", "eps-topik") and one[1]])
simple_needs = st.one_of(
    st.builds(Requirement, st.just("education"), st.just(">="), st.sampled_from(EDUCATION), hard),
    st.builds(
        Requirement,
        st.just("experience"),
        st.just(">="),
        st.fixed_dictionaries(
            {"code": st.sampled_from(("7531", "75", "8", "833")), "months": st.integers(0, 40)}
        ),
        hard,
    ),
    st.builds(Requirement, st.just("skill"), st.just("has"), st.sampled_from(SKILLS), hard),
    st.builds(
        Requirement,
        st.just("certificate"),
        st.just(">="),
        known_levels.map(lambda one: {"scale": one[0], "level": one[1]}),
        hard,
    ),
    st.builds(Requirement, st.just("licence"), st.just("has"), st.sampled_from(("A1", "B", "C", "D")), hard),
    st.builds(Requirement, st.just("shift"), st.just("accepts"), st.sampled_from(SHIFTS), hard),
    st.builds(Requirement, st.just("place"), st.just("in"), st.sampled_from(PLACES), hard),
)
legal_age = st.sampled_from((15, 18)).map(lambda years: Requirement("age", ">=", years, source="Luật"))
contract = st.sampled_from(
    (
        Requirement("sex", "=", "female", source="HĐ 12/2026"),
        Requirement("age", "<=", 35, source="HĐ 12/2026"),
    )
)
alternatives = st.builds(
    lambda ones, is_hard: Requirement("any_of", "in", hard=is_hard, any_of=tuple(ones)),
    st.lists(simple_needs, min_size=2, max_size=3),
    hard,
)


@st.composite
def openings(draw: st.DrawFn) -> OpeningProfile:
    """Lawful openings at home and abroad."""
    abroad = draw(st.booleans())
    low, high = sorted(draw(st.tuples(wages, wages)))
    needs = draw(st.lists(simple_needs | alternatives, max_size=3)) + draw(st.lists(legal_age, max_size=1))
    if abroad:
        needs += draw(st.lists(contract, max_size=2))
    return OpeningProfile(
        id=draw(st.integers(1, 5)),
        occupation=draw(st.none() | st.sampled_from(CODES)),
        title=draw(st.sampled_from(TEXTS)),
        text=draw(st.sampled_from(TEXTS)),
        place=None if abroad else draw(st.none() | st.sampled_from(PLACES)),
        country=draw(st.sampled_from(("JP", "KR"))) if abroad else draw(st.sampled_from((None, "VN"))),
        wage_min=draw(st.none() | st.just(low)),
        wage_max=draw(st.none() | st.just(high)),
        starts_on=draw(st.none() | days),
        requirements=tuple(needs),
    )
