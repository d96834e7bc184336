"""Learning for real, the verdict, and a version put in place and taken back by people and commands."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from matching.held_out import Objection, Trial
from matching.learned import LearnedScorer
from matching.simulation import HANDS
from matching.weights import WEIGHTS
from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.ranking import keeper, lists, training, versions
from portal.ranking.learning_models import RankingVersion
from portal.ranking.learning_states import VersionState
from portal.ranking.models import ShownList
from portal.ranking.training import Tried
from portal.ranking.training_groups import groups_of
from portal.reference.people import ethnic_groups
from portal.reference.places import places
from portal.workers.states import WorkerState
from tests.ranking.made_versions import COUNTS, FAIR, FIGURES, GAIN, SHARE, activate, scorer
from tests.ranking.recorded_market import PEOPLE, record_market
from tests.ranking.test_fairness_counts import tells

# --- learning ------------------------------------------------------------------------------------------


def test_learning_from_what_the_desk_has_lived(app: Any, make: Any) -> None:
    """Through the command, from rows of the database: learned, tested, passed and put in place."""
    lived = record_market(make, HANDS, 700, seed=3, now=now())
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["ranking", "train", "--json", "--activate"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert told["figures"]["outcomes"] == int(lived.decided.sum())
    # Of a list that nobody was taken on from, nothing is known of how it was read.
    read = len(set(lived.opening[lived.decided]))
    assert told["figures"]["pairs"] == int(lived.decided.sum()) + PEOPLE * read
    assert told["figures"]["ndcg"]["low"] > 0
    assert (told["state"], told["against"]) == ("active", [])
    version = db.session.scalars(select(RankingVersion)).one()
    assert LearnedScorer.from_parameters(version.parameters).version == version.digest == told["digest"]
    tops = {name: curve[-1] for name, curve in version.parameters["curves"].items()}
    # The hidden taste: who has done it and can do it, not what they write.
    assert tops["experience"] / WEIGHTS["experience"] > tops["text"] / WEIGHTS["text"]


def test_with_few_outcomes_lists_stay_with_the_stated_weights_and_it_says_so(app: Any, make: Any) -> None:
    record_market(make, HANDS, 30, seed=1, now=now())
    answer = app.test_cli_runner().invoke(args=["ranking", "train", "--activate"])
    assert "too_few" in answer.output
    assert "cần ít nhất 300" in answer.output
    assert "Lists go on being ordered by the stated weights." in answer.output
    version = db.session.scalars(select(RankingVersion)).one()
    assert (version.state, version.digest, version.parameters) == (VersionState.TOO_FEW, "", {})
    assert versions.active_scorer(db.session()).version == "stated"


def test_a_refused_version_says_why_and_cannot_be_put_in_place(app: Any, made: Any) -> None:
    objection = Objection("fairness", {**FAIR[1], "ratio": 0.7, "present": 0.95})
    version = made(objection)
    assert version.state is VersionState.REFUSED
    with pytest.raises(Refused):
        versions.activate(version, actor=None, now=now())
    db.session.rollback()
    answer = app.test_cli_runner().invoke(args=["ranking", "activate", str(version.id)])
    assert answer.exit_code == 1
    told = app.test_cli_runner().invoke(args=["ranking", "versions", "--json"])
    (row,) = json.loads(told.output)
    assert "Nam" in row["why_not"][0] and "0,7" in row["why_not"][0]


def test_the_limits_are_read_by_all_that_may_be_counted(make: Any, statements: list[str]) -> None:
    counted, silent = make.worker(), make.worker(sex=None)
    for one, agrees in ((counted, True), (silent, False)):
        tells(make, one, "05", "poor_household", counted=agrees)
    statements.clear()
    told, opened = groups_of([silent.id, counted.id, silent.id], today())
    queries = len(statements)
    assert {trait: codes.tolist() for trait, codes in told.items() if trait in ("ethnicity", "poor")} == {
        "ethnicity": ["", "05", ""], "poor": ["", "poor", ""],
    }  # fmt: skip
    assert (told["sex"].tolist(), opened) == (["", "female", ""], 1)
    assert told["commune"][1] == counted.commune_code and told["age"][1]
    many = [make.worker().id for _ in range(9)]
    statements.clear()
    groups_of(many, today())
    assert len(statements) == queries


def test_that_sealed_facts_were_opened_is_one_event_without_names(app: Any, make: Any) -> None:
    trial = Trial(scorer(), None, FIGURES, ())
    version = training.keep(Tried(trial, None, opened=212), actor=None, now=now())
    training.keep(Tried(trial, None), actor=None, now=now())
    db.session.commit()
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "sensitive.counted")).one()
    assert (event.subject_kind, event.subject_id) == ("ranking_version", version.id)
    assert event.detail == {"people": 212}


def test_every_group_has_its_name_and_of_communes_only_the_low_ones_are_told(made: Any, as_role: Any) -> None:
    row = {"people": 90, "ratio": 0.7, "present": 0.9}
    low = {"trait": "commune", "group": "30307", **row, "by_chance": 0.001}
    rows = [
        {"trait": "ethnicity", "group": "05", **row},
        {"trait": "poor", "group": "near_poor", **row},
        {"trait": "age", "group": "45_59", **row},
        {**low, "group": "30316", "ratio": 1.2},
        low,
    ]
    version = made(Objection("fairness", rows[0]), Objection("fairness", low))
    version.figures = {**version.figures, "fairness": rows}
    db.session.commit()
    page = as_role("leader").get(f"/ranking/versions/{version.id}")
    for words in (
        f"Dân tộc: {ethnic_groups()['05'].label}",
        "Hộ nghèo: Hộ cận nghèo",
        places().name("30307"),
        "ít hơn hẳn trước",
    ):
        assert words in page.text, words
    assert places().name("30316") not in page.text


# --- in place and back ---------------------------------------------------------------------------------


def test_a_version_orders_the_next_list_of_another_process(app: Any, make: Any, made: Any) -> None:
    near, skilled = (
        make.worker("Ở gần", occupations=(("8153", 6),)),
        make.worker("Ở xa", occupations=(("8153", 60),), commune_code="31078"),
    )
    opening = make.opening(occupation_code="8153")
    before = lists.ranked_list(opening, on=today())
    assert [row.worker.id for row in before.rows] == [skilled.id, near.id]
    version = made(distance=900_000)
    # Another process: its keeper knows nothing of what happened in this one.
    mine = app.extensions["ranking"]
    keeper.init_app(app)
    assert lists.ranked_list(opening, on=today()).model == before.model
    other, app.extensions["ranking"] = app.extensions["ranking"], mine
    activate(version)
    app.extensions["ranking"] = other
    after = lists.ranked_list(opening, on=today())
    assert [row.worker.id for row in after.rows] == [near.id, skilled.id]
    assert version.digest in after.model
    for row in after.rows:
        assert sum(row.candidate.parts.values()) == row.candidate.score
    versions.take_back(version, "Xếp người ở gần quá cao.", actor=None, now=now())
    db.session.commit()
    again = lists.ranked_list(opening, on=today())
    assert [row.worker.id for row in again.rows] == [skilled.id, near.id]
    assert again.model == before.model


def test_which_version_is_in_use_costs_one_small_query(app: Any, made: Any, statements: list[str]) -> None:
    activate(made(text=900_000))
    versions.active_scorer(db.session())
    statements.clear()
    assert versions.active_scorer(db.session()).version.startswith("learned-")
    assert len(statements) == 1 and "parameters" not in statements[0]


def test_taking_back_brings_back_what_was_in_use_before(made: Any, make: Any) -> None:
    leader = make.account("leader")
    first = made(text=300_000)
    activate(first)
    second = made(distance=300_000)
    assert second.present_id == first.id
    activate(second)
    assert (first.state, first.ended_at is not None) == (VersionState.REPLACED, True)
    versions.take_back(second, "Nghe tư vấn viên", actor=leader, now=now())
    db.session.commit()
    assert (second.state, second.ended_by_id, second.ended_reason) == (
        VersionState.TAKEN_BACK, leader.id, "Nghe tư vấn viên",
    )  # fmt: skip
    assert (first.state, first.ended_at) == (VersionState.ACTIVE, None)
    versions.take_back(first, "Cả bản này", actor=leader, now=now())
    db.session.commit()
    assert versions.active_version() is None
    events = db.session.scalars(select(AuditEvent.action).where(AuditEvent.subject_kind == "ranking_version"))
    assert sorted(events) == ["ranking.activated"] * 2 + ["ranking.taken_back"] * 2 + ["ranking.trained"] * 2


def test_what_was_measured_against_another_is_not_put_in_place(made: Any) -> None:
    first, second = made(text=300_000), made(distance=300_000)
    activate(first)
    with pytest.raises(Refused, match="đã đổi"):
        versions.activate(second, actor=None, now=now())


def test_two_cannot_be_in_use(made: Any) -> None:
    from sqlalchemy.exc import IntegrityError

    activate(made(text=300_000))
    other = made(distance=300_000)
    other.state, other.activated_at = VersionState.ACTIVE, now()
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_nobody_else_puts_a_version_in_place(made: Any, make: Any) -> None:
    version = made()
    for role in ("adviser", "moderator", "seeker", "employer"):
        with pytest.raises(NotAllowed):
            versions.activate(version, actor=make.account(role), now=now())


def test_commands_put_in_place_compare_and_take_back(app: Any, made: Any) -> None:
    run = app.test_cli_runner().invoke
    version = made(distance=400_000)
    assert "orders every list" in run(args=["ranking", "activate", str(version.id)]).output
    told = run(args=["ranking", "compare", "0", str(version.id)]).output
    assert "Nơi ở" in told and "stated" in told
    assert "active" in run(args=["ranking", "versions"]).output
    back = run(args=["ranking", "take-back", str(version.id), "--because", "Thử xong"])
    assert "the stated weights again" in back.output
    assert "In use: the stated weights." in run(args=["ranking", "versions"]).output
    for args in (
        ["activate", "999"],
        ["compare", "0", "999"],
        ["take-back", str(version.id), "--because", "x"],
    ):
        assert run(args=["ranking", *args]).exit_code == 1


# --- pages ---------------------------------------------------------------------------------------------


def test_a_leader_reads_the_verdicts_compares_puts_in_place_and_takes_back(made: Any, as_role: Any) -> None:
    bad = made(Objection("not_better", {**GAIN, "low": -0.01}), Objection("calibration", SHARE))
    good = made(distance=400_000)
    client = as_role("leader")
    page = client.get("/ranking/versions")
    assert "Đang dùng: Trọng số đã nêu." in page.text
    assert "Chưa chắc xếp tốt hơn" in page.text and "Máy đoán tỷ lệ được nhận chưa đúng" in page.text
    page = client.get(f"/ranking/versions/{good.id}")
    assert "500 câu trả lời" in page.text and "Giới tính: Nam" in page.text
    compared = client.get(f"/ranking/versions/compare?first=0&second={good.id}")
    assert "Trọng số đã nêu" in compared.text
    client.get(f"/ranking/versions/compare?first=0&second={bad.id + 99}", status=404)
    page = client.follow(f"/ranking/versions/{good.id}/activate")
    assert f"Đang dùng: Bản học {good.id}." in page.text
    refused = client.post(f"/ranking/versions/{good.id}/take-back", {"reason": " "}, status=422)
    assert "Hãy ghi vì sao rút lại." in refused.text
    page = client.follow(f"/ranking/versions/{good.id}/take-back", {"reason": "Thử xong"})
    assert "Đang dùng: Trọng số đã nêu." in page.text and "Rút lại vì: Thử xong" in page.text


def test_before_anything_was_learned_the_page_says_what_orders_the_lists(as_role: Any) -> None:
    page = as_role("administrator").get("/ranking/versions")
    assert "Máy chưa học lần nào" in page.text
    as_role("adviser").get("/ranking/versions", status=403)


def test_too_few_outcomes_are_told_in_words(app: Any, as_role: Any) -> None:
    short = {"outcomes": {"have": 60, "need": 300}, "weeks": {"have": 3, "need": 8}}
    trial = Trial(None, None, {**COUNTS, "outcomes": 60, "weeks": 3}, (Objection("few", short),))
    version = training.keep(Tried(trial, None), actor=None, now=now())
    db.session.commit()
    page = as_role("leader").get(f"/ranking/versions/{version.id}")
    assert "Chưa đủ kết quả để học. Danh sách vẫn xếp như trước." in page.text
    assert "Câu trả lời của nơi tuyển: có 60, cần ít nhất 300." in page.text


def test_the_share_stands_beside_the_score_once_something_is_learned(
    make: Any, made: Any, as_role: Any
) -> None:
    worker, opening = make.worker(occupations=(("8153", 60),)), make.opening(occupation_code="8153")
    client, address = as_role("adviser"), f"/openings/{opening.id}/candidates"
    why = f"/openings/{opening.id}/why-not?worker_id={worker.id}"
    assert "trên 100 người được nhận" not in client.get(address).text
    activate(made())
    for page in (client.get(address), client.get(why)):
        assert "Trong những người như vậy được giới thiệu, khoảng" in page.text
        assert "hợp ·" in page.text.lower() and "trên 100" in page.text
    kept = db.session.scalars(select(ShownList).order_by(ShownList.id.desc())).first()
    assert kept is not None and "learned-" in kept.model


def test_somebody_outside_the_index_is_explained_by_the_version_in_use(
    make: Any, made: Any, as_role: Any
) -> None:
    worker = make.worker(state=WorkerState.PAUSED, occupations=(("8153", 60),))
    opening = make.opening(occupation_code="8153")
    activate(made())
    client = as_role("adviser")
    client.get(f"/openings/{opening.id}/candidates")
    # Back among those who look for work, and the index has not been told yet.
    db.session.get_one(type(worker), worker.id).state = WorkerState.ACTIVE
    db.session.commit()
    assert worker.id not in keeper.ranker(today())[0]
    page = client.get(f"/openings/{opening.id}/why-not?worker_id={worker.id}")
    assert "trên 100 người được nhận" in page.text


def test_the_list_of_versions_costs_the_same_for_many(
    made: Any, make: Any, as_role: Any, statements: list[str]
) -> None:
    leader = make.account("leader")
    for _ in range(2):
        versions.activate(made(text=300_000), actor=leader, now=now())
        db.session.commit()
    client = as_role("leader")
    client.get("/ranking/versions")
    statements.clear()
    client.get("/ranking/versions")
    few = len(statements)
    for number in range(8):
        versions.activate(made(text=300_000 + number), actor=make.account("leader"), now=now())
        db.session.commit()
    statements.clear()
    client.get("/ranking/versions")
    assert len(statements) == few
