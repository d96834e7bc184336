"""Measures against hand-worked cases and scikit-learn; the command on small folders."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, ndcg_score

from matching.__main__ import main
from matching.beir import NotBeir, read
from matching.evaluation import ABLATIONS, FIRST, MODEL, judge, model_orders, summaries
from matching.measures import (
    average_precision,
    interval_of_means,
    ndcg,
    places_in,
    recall,
    reciprocal_rank,
)
from matching.peers import BOTH, PEERS, WORDS, scored

TEXTS = {
    "d1": "thợ may công nghiệp, may áo",
    "d2": "lái xe tải đường dài",
    "d3": "registered nurse",
    "d4": "nhân viên bán hàng siêu thị",
    "d5": "kế toán tổng hợp",
    "d6": "thợ hàn điện",
}
QUERIES = {"q1": "thợ may", "q2": "nurses", "q3": "kế toán trưởng", "q4": "nobody judged this"}
JUDGED = {"q1": {"d1": 2, "d6": 1}, "q2": {"d3": 1}, "q3": {"d5": 1, "d4": 0}}


def write(folder: Path, queries: dict[str, str] = QUERIES) -> Path:
    """Write a folder in BEIR format and return it."""
    (folder / "qrels").mkdir(parents=True)
    for name, texts in (("corpus", TEXTS), ("queries", queries)):
        lines = [json.dumps({"_id": one, "text": text}, ensure_ascii=False) for one, text in texts.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [f"{q}\t{d}\t{gain}" for q, row in JUDGED.items() for d, gain in row.items() if q in queries]
    (folder / "qrels" / "test.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *rows, ""]))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "jobs-small")


def test_measures_agree_with_hand_worked_cases() -> None:
    places = np.array([2, 5, 200])
    assert average_precision(places) == pytest.approx((1 / 2 + 2 / 5 + 3 / 200) / 3)
    assert reciprocal_rank(places) == 0.5
    assert recall(places, 100) == pytest.approx(2 / 3)
    ideal = 3 / np.log2(2) + 1 / np.log2(3) + 1 / np.log2(4)
    assert ndcg(places, [1, 3, 1]) == pytest.approx((1 / np.log2(3) + 3 / np.log2(6)) / ideal)
    assert ndcg(np.array([1]), [1]) == 1.0


@given(st.lists(st.integers(0, 3), min_size=2, max_size=30).filter(any), st.randoms(use_true_random=False))
def test_measures_agree_with_scikit_learn(gains: list[int], random: object) -> None:
    scores = np.array(random.sample(range(1000), len(gains)), dtype=np.float64)  # type: ignore[attr-defined]
    relevant = np.flatnonzero(gains)
    places = places_in(scores, relevant)
    theirs = [gains[at] for at in relevant]
    assert average_precision(places) == pytest.approx(average_precision_score(np.array(gains) > 0, scores))
    assert ndcg(places, theirs) == pytest.approx(ndcg_score([gains], [scores], k=10))


def test_of_equal_scores_the_earlier_document_stands_first() -> None:
    assert places_in(np.array([1.0, 2.0, 2.0, 1.0]), np.array([2, 3])).tolist() == [2, 4]


def test_an_interval_holds_the_mean_and_strata_weigh_the_same() -> None:
    constant = np.full(50, 0.25)
    assert interval_of_means([constant]) == (0.25, 0.25)
    assert interval_of_means([constant, np.full(5, 0.75)]) == (0.5, 0.5)
    low, high = interval_of_means([np.arange(100) / 100])
    assert low < 0.495 < high and interval_of_means([np.arange(100) / 100]) == (low, high)


def test_a_folder_is_read_with_its_gains(folder: Path) -> None:
    found = read(folder)
    assert found.name == "jobs-small" and found.documents[2] == "registered nurse"
    assert [one.tolist() for one in found.relevant] == [[0, 5], [2], [4], []]
    assert [one.tolist() for one in found.gains] == [[2, 1], [1], [1], []]


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("corpus.jsonl", None, "is missing"),
        ("qrels/test.tsv", None, "is missing"),
        ("queries.jsonl", '{"text": "no id"}\n', "line 1"),
        ("queries.jsonl", "not json\n", "line 1"),
        ("corpus.jsonl", "\n", "holds no text"),
        ("qrels/test.tsv", "h\th\th\nq1\tnowhere\t1\n", "unknown text"),
        ("qrels/test.tsv", "h\th\th\nq1 d1 1\n", "with tabs"),
        ("qrels/test.tsv", "h\th\th\nq1\td1\t0\n", "no document is judged"),
    ],
)
def test_a_folder_that_is_not_beir_is_refused_in_a_sentence(
    folder: Path, file: str, text: str | None, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / file).unlink() if text is None else (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(NotBeir, match=says):
        read(folder)
    assert main(["evaluate", str(folder)]) == 1
    said = capsys.readouterr()
    assert says in said.err and "Traceback" not in said.err and not said.out


def test_a_missing_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path / "nowhere")]) == 1
    assert "nowhere is not a folder" in capsys.readouterr().err


def test_the_model_orders_every_document_once_and_well(folder: Path) -> None:
    found = read(folder)
    orders = list(model_orders(found))
    assert all(sorted(order) == list(range(len(TEXTS))) for order in orders)
    assert [order[0] for order in orders[:3]] == [0, 2, 4]
    judged = judge(found)
    assert judged.queries == (0, 1, 2)
    assert judged.measures[MODEL][:, 1].tolist() == [1.0, 1.0, 1.0]
    assert judged.first_stage.tolist() == [1.0, 1.0, 1.0]
    assert judged.measures[WORDS][1, 1] < 1.0


def test_what_the_first_stage_kept_out_follows_in_its_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [order.tolist() for order in model_orders(read(folder))]
    monkeypatch.setattr("matching.evaluation.FIRST", 1)
    assert [order.tolist()[0] for order in model_orders(read(folder))][:3] == [one[0] for one in whole][:3]
    assert FIRST == 1000


def test_both_is_the_sum_of_standardised_scores(folder: Path) -> None:
    _, block = next(scored(read(folder)))
    assert set(block) == set(PEERS)
    assert np.allclose(block[BOTH].mean(axis=1), 0, atol=1e-5)


def test_queries_of_the_same_posting_are_resampled_together(tmp_path: Path) -> None:
    same = [judge(read(write(tmp_path / f"jobs-{at}"))) for at in (1, 2)]
    other = judge(read(write(tmp_path / "jobs-3", {"q2": QUERIES["q2"]})))
    pooled = summaries(same)[-1]
    assert pooled.name == "jobs, mean of 2"
    assert np.allclose(pooled.differences[WORDS], summaries(same[:1])[0].differences[WORDS])
    assert summaries([same[0], other])[-1].means[MODEL][1] == pytest.approx(1.0)


def test_the_command_prints_tables_and_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(folder), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)["folders and means"][0]
    assert plain["rankers"][MODEL]["MRR"] == 1.0 and set(plain["model less peer"]) == set(PEERS)
    assert plain["recall@1000 of stage one"] == 1.0
    assert main(["evaluate", str(folder), "--ablations"]) == 0
    said = capsys.readouterr().out
    assert "model less characters" in said and all(name in said for name, _, _ in ABLATIONS)


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["guess"])
    assert "evaluate" in capsys.readouterr().err
