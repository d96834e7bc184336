"""The version in use: which one scored a list, and one that an upgrade made unreadable."""

from typing import Any

import pytest
from sqlalchemy import select

from matching.index import Ranker
from matching.learned import LearnedScorer
from portal.common.clock import today
from portal.errors import Refused
from portal.extensions import db
from portal.ranking import lists, versions
from portal.ranking.learning_models import RankingVersion
from portal.ranking.models import ShownList
from portal.ranking.profiles import opening_profile
from tests.ranking.made_versions import activate, scorer


@pytest.fixture
def put_in_place_at(monkeypatch: Any) -> Any:
    """`put_in_place_at("ranking")`: another thread's version comes in just as the index has answered."""

    def prepare(name: str) -> LearnedScorer:
        other, ask = scorer(distance=900_000), getattr(Ranker, name)

        def answer(self: Ranker, *args: Any, **options: Any) -> Any:
            found = ask(self, *args, **options)
            self.scorer = other
            return found

        monkeypatch.setattr(Ranker, name, answer)
        return other

    return prepare


def test_a_list_says_which_version_scored_it_though_another_came_in(make: Any, put_in_place_at: Any) -> None:
    make.worker(occupations=(("8153", 60),))
    opening = make.opening(occupation_code="8153")
    other = put_in_place_at("ranking")
    shown = lists.ranked_list(opening, on=today())
    assert shown.rows[0].candidate.most == shown.scorer.most(opening_profile(opening, today()))
    assert shown.scorer.version == "stated" and other.version not in shown.model


def test_an_explanation_tells_no_share_of_a_version_that_did_not_score_it(
    make: Any, put_in_place_at: Any, as_role: Any
) -> None:
    worker, opening = make.worker(occupations=(("8153", 60),)), make.opening(occupation_code="8153")
    put_in_place_at("explain")
    for path in ("why-not", "compare"):
        page = as_role("adviser").get(f"/openings/{opening.id}/{path}?worker_id={worker.id}")
        assert "trên 100" in page.text and "trên 100 người được nhận" not in page.text


def test_near_misses_and_the_other_direction_are_asked_again(make: Any, put_in_place_at: Any) -> None:
    worker = make.worker(occupations=(("8153", 60),))
    opening = make.opening(occupation_code="8153")
    barred = make.opening(occupation_code="8153", requirements=(("education", ">=", "university"),))
    other = put_in_place_at("nearest_misses")
    missed = lists.near_misses(barred, on=today(), limit=5)
    assert missed.rows[0].candidate.most == missed.scorer.most(opening_profile(barred, today()))
    assert other.version in missed.model
    other = put_in_place_at("openings_for")
    mine = lists.openings_for(worker, on=today())
    assert mine.rows[0].ranked.most == other.most(opening_profile(opening, today()))
    assert other.version in mine.model


@pytest.fixture
def outdated(made: Any) -> RankingVersion:
    """In use, and then the program was upgraded: it scores a part more."""
    version = made(distance=900_000)
    activate(version)
    curves = {name: curve for name, curve in version.parameters["curves"].items() if name != "text"}
    # The digest of its own keeps it apart from what this process has read already.
    version.digest, version.parameters = "learned-of-before", {**version.parameters, "curves": curves}
    db.session.commit()
    versions._loaded.pop(version.digest, None)
    return version


def test_a_version_of_another_format_leaves_the_stated_weights_and_is_logged(
    outdated: RankingVersion, make: Any, as_role: Any, caplog: Any
) -> None:
    make.worker("Trần Thị Lan", occupations=(("8153", 60),))
    opening = make.opening(occupation_code="8153")
    page = as_role("adviser").get(f"/openings/{opening.id}/candidates")
    assert "Trần Thị Lan" in page.text and "trên 100 người được nhận" not in page.text
    (kept,) = db.session.scalars(select(ShownList))
    assert "stated" in kept.model
    told = [record.getMessage() for record in caplog.records if "another format" in record.getMessage()]
    assert told == [f"ranking version {outdated.id} is of another format: stated weights"]


def test_the_versions_page_says_that_it_cannot_be_read_any_more(
    app: Any, outdated: RankingVersion, as_role: Any
) -> None:
    client = as_role("leader")
    page = client.get("/ranking/versions")
    assert "Đang dùng: Trọng số đã nêu." in page.text
    assert f"Bản học {outdated.id} được chọn dùng, nhưng phần mềm đã đổi" in page.text
    client.get(f"/ranking/versions/{outdated.id}")
    client.get(f"/ranking/versions/compare?first=0&second={outdated.id}")
    client.get("/ranking/how")
    told = app.test_cli_runner().invoke(args=["ranking", "versions"]).output
    assert "In use: the stated weights." in told and "learn again" in told
    assert versions.scorer_of(outdated).version == "stated", "and the next is measured against those"


@pytest.mark.parametrize(
    "broken",
    [
        {"curves": None},
        {"curves": {}},
        {"intercept": None},
        {"intercept": 10**30},
        {"curves": 7},
    ],
)
def test_broken_parameters_take_no_page_down(
    broken: dict[str, Any], made: Any, make: Any, as_role: Any
) -> None:
    version = made(distance=900_000)
    activate(version)
    version.digest, version.parameters = "learned-broken", {**version.parameters, **broken}
    db.session.commit()
    versions._loaded.pop(version.digest, None)
    make.worker("Trần Thị Lan", occupations=(("8153", 60),))
    opening = make.opening(occupation_code="8153")
    assert "Trần Thị Lan" in as_role("adviser").get(f"/openings/{opening.id}/candidates").text
    client = as_role("leader")
    for path in (
        "how",
        "versions",
        f"versions/{version.id}",
        f"versions/compare?first=0&second={version.id}",
    ):
        client.get(f"/ranking/{path}")


def test_what_cannot_be_read_is_not_put_in_place(made: Any) -> None:
    version = made()
    version.parameters = {**version.parameters, "format": 0}
    db.session.commit()
    with pytest.raises(Refused, match="Phần mềm đã đổi"):
        activate(version)
