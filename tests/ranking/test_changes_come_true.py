"""What the page says would move somebody up is done for real, and the next list keeps the promise."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from portal.common.clock import now, today
from portal.extensions import db
from portal.openings.queries import Openings
from portal.ranking import lists
from portal.workers import operations
from portal.workers.models import Worker

# One of each kind of thing that somebody can change; the first two bar.
NEEDS = [
    ("education", ">=", "upper_secondary"),
    ("shift", "accepts", "night"),
    ("skill", "has", "vắt sổ", False),
    ("certificate", ">=", {"scale": "topik", "level": "2"}, False),
    ("licence", "has", {"level": "B"}, False),
    ("experience", ">=", {"code": "8153", "months": 36}, False),
]
Step = tuple[str, dict[str, Any]]


def occupations(worker: Worker) -> list[dict[str, Any]]:
    rows = worker.occupations
    return [{"code": o.code, "words": o.words, "months": o.months, "is_wanted": o.is_wanted} for o in rows]


def experience(worker: Worker) -> Step:
    rows = occupations(worker)
    rows[0]["months"] = 36
    return "can", {"occupations": rows}


def wish(worker: Worker) -> Step:
    return "can", {"occupations": [*occupations(worker), {"code": "8153"}]}


def skill(worker: Worker) -> Step:
    return "can", {"skills_text": f"{worker.skills_text}, vắt sổ"}


def paper(scale: str, level: str) -> Callable[[Worker], Step]:
    return lambda worker: ("languages", {"certificates": [{"scale": scale, "level": level}]})


# What the person, or an adviser with them, then saves: a step of the profile with its values.
SAVED: dict[str, Callable[[Worker], Step]] = {
    "education": lambda worker: ("schooling", {"education_code": "upper_secondary"}),
    "shift": lambda worker: ("want", {"shifts": ["night"]}),
    "skill": skill,
    "certificate": paper("topik", "2"),
    "licence": paper("driving", "B"),
    "experience": experience,
    "wage": lambda worker: ("want", {"wage_min": 7_000_000}),
    "wish": wish,
    "start": lambda worker: ("want", {"available_from": today()}),
    "wants": lambda worker: ("want", {"wants_home": True}),
}


@pytest.fixture
def opening(make: Any) -> Any:
    for months in (1, 12, 40, 60):
        make.worker(
            f"Nguyễn Thị {months}", occupations=(("8153", months),), shifts=["night"], commune_code="31051",
            skills=["vắt sổ"], skills_text="vắt sổ", updated_at=now(),
        )  # fmt: skip
    return make.opening("Công nhân may", occupation_code="8153", requirements=NEEDS)


def somebody(make: Any, **given: Any) -> Worker:
    """Nothing of the needs is met but what is given."""
    worker: Worker = make.worker(
        "Trần Thị Bé",
        occupations=(("8153", 6),),
        **{
            "education_code": "lower_secondary", "shifts": ["day"], "skills": ["may áo"],
            "skills_text": "may áo", "wage_min": 9_000_000, "commune_code": "31051",
            "updated_at": now(), "step_reached": "done", **given,
        },
    )  # fmt: skip
    worker.occupations[0].is_wanted = False
    operations.log_change(worker, now=now())
    db.session.commit()
    return worker


def promised(app: Any, opening: Any, worker: Worker) -> dict[str, Any]:
    told = json.loads(
        app.test_cli_runner().invoke(args=["why-not", str(opening.id), str(worker.id), "--json"]).output
    )
    return {one["code"]: {**one, "score": told["score"] + one["gain"]} for one in told["changes"]}


def really(opening_id: int, worker_id: int) -> tuple[int, int]:
    opening = db.session.scalars(Openings().by_id(opening_id).with_page_data()).unique().one()
    rows = lists.ranked_list(opening, on=today()).rows
    return next((row.candidate.rank, row.candidate.score) for row in rows if row.worker.id == worker_id)


READY = {"education_code": "upper_secondary", "shifts": ["night"]}
BARRED = {
    "education": {"shifts": ["night"]},
    "shift": {"education_code": "upper_secondary"},
    "wants": {**READY, "wants_home": False},
}


@pytest.mark.parametrize("code", list(SAVED))
def test_a_change_that_was_proposed_brings_the_promised_place_and_points(
    app: Any, make: Any, as_role: Any, opening: Any, code: str
) -> None:
    adviser = make.account("adviser")
    worker = somebody(make, **BARRED.get(code, READY))
    change = promised(app, opening, worker)[code]
    page = as_role("adviser", adviser).get(f"/openings/{opening.id}/why-not?worker_id={worker.id}")
    assert change["text_vi"] in page.text
    assert f"thứ {change['rank']}, được {round(change['score'] / 10_000)} trên 100" in page.text

    worker = db.session.get_one(Worker, worker.id)
    step, values = SAVED[code](worker)
    operations.save_step(worker, step, values, actor=adviser, now=now())
    db.session.commit()
    assert really(opening.id, worker.id) == (change["rank"], change["score"])


def test_doing_everything_that_is_missing_brings_the_promised_place(
    app: Any, make: Any, as_role: Any, opening: Any
) -> None:
    worker, adviser = somebody(make), make.account("adviser")
    change = promised(app, opening, worker)["all"]
    worker = db.session.get_one(Worker, worker.id)
    for code in ("education", "shift"):
        step, values = SAVED[code](worker)
        operations.save_step(worker, step, values, actor=adviser, now=now())
    db.session.commit()
    assert really(opening.id, worker.id) == (change["rank"], change["score"])


def test_an_old_profile_wins_no_less_than_was_promised(
    app: Any, make: Any, as_role: Any, opening: Any
) -> None:
    """Whatever is changed also confirms the profile."""
    given = {**READY, "education_code": "lower_secondary", "updated_at": now() - dt.timedelta(days=200)}
    worker, adviser = somebody(make, **given), make.account("adviser")
    change = promised(app, opening, worker)["education"]
    worker = db.session.get_one(Worker, worker.id)
    operations.save_step(worker, *SAVED["education"](worker), actor=adviser, now=now())
    db.session.commit()
    rank, score = really(opening.id, worker.id)
    assert rank <= change["rank"] and score > change["score"]
