"""Made-up people and openings: repeatable, believable, lawful, as wordy as real ones."""

from collections import Counter
from datetime import date

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from matching.eligibility import check
from matching.made_up import made_up_workers
from matching.made_up_jobs import jobs
from matching.made_up_openings import long_openings, made_up_openings
from matching.spelling import fold
from matching.taxonomy import exists
from matching.types import WorkerProfile

ON = date(2026, 11, 23)
PEOPLE = list(made_up_workers(4_000, 1, ON))
SHORT, LONG = list(made_up_openings(600, 1, ON)), list(long_openings(600, 1, ON))


def written(worker: WorkerProfile) -> str:
    return "\n".join([worker.text, *(worker.skills or ())])


def terms(texts: list[str]) -> np.ndarray:
    """How many different words and pairs of words stand in each text."""
    counts = CountVectorizer(ngram_range=(1, 2), token_pattern=r"\w+").fit_transform(texts)
    return np.diff(counts.indptr)


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    assert list(made_up_workers(50, 1, ON)) == PEOPLE[:50]
    assert list(made_up_workers(50, 2, ON)) != PEOPLE[:50]
    assert [one.id for one in made_up_workers(3, 2, ON, first=100)] == [100, 101, 102]


def test_people_write_some_thirty_terms_and_a_third_of_them_without_diacritics() -> None:
    found = terms(list(map(written, PEOPLE)))
    assert 27 < np.median(found) < 37 and np.percentile(found, 95) < 70
    assert len({word for one in PEOPLE for word in written(one).lower().split()}) > 2_500
    assert not any("{" in one.text for one in PEOPLE)
    bare = sum(fold(one.text) == one.text.lower() for one in PEOPLE) / len(PEOPLE)
    assert 0.25 < bare < 0.4


def test_people_are_as_old_and_learned_as_people_here_and_leave_things_open() -> None:
    ages = [ON.year - (one.birth_year or 0) for one in PEOPLE]
    assert min(ages) >= 17 and max(ages) <= 64 and 25 < np.median(ages) < 35
    assert len({one.commune for one in PEOPLE}) == 102
    for open_one in ("birth_date", "sex", "occupations", "education"):
        silent = sum(getattr(one, open_one) is None for one in PEOPLE)
        assert 0 < silent < len(PEOPLE) // 3, open_one
    assert all(months > 0 for one in PEOPLE for _, months in one.occupations or ())
    wanted = Counter(country for one in PEOPLE for country in one.wanted.countries or ())
    assert wanted["JP"] > wanted["KR"] > wanted["TW"] > wanted["DE"] > 0


def test_openings_are_lawful_and_a_third_abroad() -> None:
    for opening in (*SHORT, *LONG):
        check(opening)
        assert any(need.kind == "age" and need.op == ">=" for need in opening.requirements)
        assert opening.wage_min and opening.wage_max and opening.wage_min <= opening.wage_max
        assert "{" not in opening.title + opening.text
    assert sum(opening.is_overseas for opening in SHORT) == 200
    asked = {need.kind for opening in SHORT for need in opening.requirements}
    assert asked == {"age", "licence", "education", "experience", "skill", "shift", "certificate"}


def test_long_openings_are_as_long_as_real_ones() -> None:
    found = terms([f"{opening.title}\n{opening.text}" for opening in LONG])
    assert 180 < np.median(found) < 215 and 360 < np.percentile(found, 95) < 470


def test_every_job_exists_in_the_tree_of_occupations() -> None:
    assert all(exists(job.code) and len(job.duties) >= 3 for job in jobs())
    assert len({job.code for job in jobs()}) == len(jobs()) > 40
