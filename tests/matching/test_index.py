"""The index as a thing: updates, saving, refusing, many threads."""

import json
import stat
import threading
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matching import segments, store
from matching.index import Ranker
from matching.model import SimilarityModel
from matching.profile_json import from_json, to_json
from matching.table import Table
from matching.types import OpeningProfile, Wanted, WorkerProfile

ON = date(2026, 11, 22)
SEWING = OpeningProfile("may-1", "7531", "Công nhân may công nghiệp", "May áo sơ mi", place="30742")
LAN = WorkerProfile(
    "lan",
    date(1995, 5, 1),
    "female",
    "30742",
    occupations=(("7531", 36),),
    skills=("may công nghiệp",),
    certificates=(("jlpt", "N4", date(2027, 1, 1)),),
    education="upper_secondary",
    wanted=Wanted(("7531",), ("91",), ("JP",), 8_000_000, date(2026, 12, 1), ("day",)),
    text="may áo ở Rạch Giá",
    updated_on=date(2026, 11, 1),
)


def crowd(size: int) -> list[WorkerProfile]:
    return [WorkerProfile(n, commune="30742", text=f"thợ số {n}") for n in range(size)]


@pytest.fixture(scope="module")
def model() -> SimilarityModel:
    return SimilarityModel.fit([["~tho"]])


def test_an_empty_index_answers_and_fills() -> None:
    ranker = Ranker.fit([])
    assert ranker.rank(SEWING, on=ON) == [] and ranker.nearest_misses(SEWING, on=ON) == []
    ranker.update(LAN)
    found = ranker.rank(SEWING, on=ON)[0]
    assert found.worker_id == "lan" and found.parts["text"] > 0


def test_a_profile_keeps_everything_through_the_index() -> None:
    assert from_json(to_json(LAN)) == LAN
    assert from_json(to_json(WorkerProfile(3))) == WorkerProfile(3)


def test_a_word_that_nobody_used_at_the_fit_is_found_after_an_update(model: SimilarityModel) -> None:
    ranker = Ranker.fit(crowd(5), model)
    ranker.update(WorkerProfile("new", commune="30742", text="điều khiển flycam nông nghiệp"))
    flying = OpeningProfile(2, None, "Điều khiển flycam", place="30742")
    assert ranker.rank(flying, on=ON)[0].worker_id == "new"


def test_the_next_call_sees_a_change_and_a_removal(model: SimilarityModel) -> None:
    ranker = Ranker.fit([LAN, *crowd(3)], model)
    assert ranker.rank(SEWING, on=ON)[0].worker_id == "lan"
    ranker.update(WorkerProfile("lan", commune="30742", wanted=Wanted(countries=("JP",))))
    assert "lan" not in [one.worker_id for one in ranker.rank(SEWING, on=ON)]
    ranker.update(LAN)
    assert ranker.rank(SEWING, on=ON)[0].worker_id == "lan" and len(ranker) == 4
    ranker.remove("lan")
    ranker.remove("lan")
    assert "lan" not in ranker and len(ranker) == 3
    with pytest.raises(KeyError, match="lan"):
        ranker.explain(SEWING, "lan", on=ON)


@pytest.mark.parametrize("code", ["9999", "75310", "00"])
def test_a_code_of_another_classification_stops_nothing(model: SimilarityModel, code: str) -> None:
    odd = WorkerProfile("odd", commune="30742", occupations=((code, 5),), wanted=Wanted((code,), ("91",)))
    ranker = Ranker.fit([LAN, odd], model)
    assert [one.worker_id for one in ranker.rank(SEWING, on=ON)] == ["lan", "odd"]
    other = OpeningProfile(3, code, "Việc khác", place="30742")
    assert {one.worker_id for one in ranker.rank(other, on=ON)} == {"lan", "odd"}
    assert ranker.explain(other, "odd", on=ON).changes


def test_two_profiles_with_one_id_are_refused(model: SimilarityModel) -> None:
    with pytest.raises(ValueError, match="same id"):
        Ranker.fit([LAN, LAN], model)
    ranker = Ranker.fit([LAN], model)
    with pytest.raises(ValueError, match="no education level"):
        ranker.update(WorkerProfile("lan", education="phd"))
    assert ranker.rank(SEWING, on=ON)[0].worker_id == "lan"


def test_many_changes_are_merged_into_the_base(
    model: SimilarityModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "DELTA_ROWS", 3)
    monkeypatch.setattr(segments, "FRESH_ROWS", 1)
    ranker = Ranker.fit(crowd(8), model)
    for worker in crowd(12):
        ranker.update(worker)
    assert len(ranker) == 12 and ranker.rank(SEWING, on=ON) == Ranker.fit(crowd(12), model).rank(
        SEWING, on=ON
    )
    assert sum(len(one) for one in ranker._state.segments[1:]) <= 4


def test_the_saved_index_is_private_plain_and_noted(tmp_path: Path) -> None:
    ranker = Ranker.fit([LAN, *crowd(5)])
    ranker.save(tmp_path / "index", note={"mark": 41})
    ranker.save(tmp_path / "index", note={"mark": 42})
    assert [one.name for one in tmp_path.iterdir()] == ["index"]
    for file in (tmp_path / "index").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        if file.suffix == ".npy":
            np.load(file, allow_pickle=False)
    assert stat.S_IMODE((tmp_path / "index").stat().st_mode) == 0o700
    opened = Ranker.load(tmp_path / "index")
    assert opened.note == {"mark": 42}
    assert isinstance(opened._state.segments[0].table.keys, np.memmap)
    assert opened.explain(SEWING, "lan", on=ON) == ranker.explain(SEWING, "lan", on=ON)


@pytest.mark.parametrize("name", ["format", "knowledge", "parts", "model"])
def test_an_index_of_another_version_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "index"
    Ranker.fit([LAN]).save(path)
    header = json.loads((path / store.HEADER).read_text())
    (path / store.HEADER).write_text(json.dumps({**header, name: "other"}))
    with pytest.raises(ValueError, match="build it again"):
        Ranker.load(path)


def test_a_file_that_is_not_what_the_header_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index"
    Ranker.fit([LAN]).save(path)
    np.save(path / "table.birth.npy", np.zeros(2, dtype=np.int64))
    with pytest.raises(ValueError, match=r"table\.birth\.npy"):
        Ranker.load(path)
    with pytest.raises(FileNotFoundError):
        Ranker.load(tmp_path / "none")


@pytest.mark.parametrize(
    "damage",
    ["empty file", "no header", "no arrays", "elsewhere", "short postings", "no column"],
)
def test_a_damaged_index_is_refused_and_built_again(tmp_path: Path, damage: str) -> None:
    """A full disk leaves empty files; whoever opens the index must be told so, not fall over."""
    path = tmp_path / "index"
    Ranker.fit([LAN, *crowd(3)]).save(path)
    header = json.loads((path / store.HEADER).read_text())
    if damage == "empty file":
        (path / "table.keys.npy").write_bytes(b"")
    elif damage == "short postings":
        ids = np.load(path / "postings.ids.npy")[:1]
        np.save(path / "postings.ids.npy", ids)
        header["arrays"]["postings.ids"][1] = [1]
    elif damage == "no column":
        del header["arrays"]["table.birth"]
    elif damage == "elsewhere":
        header["arrays"]["../evil"] = header["arrays"]["table.keys"]
    told = {"no header": [], "no arrays": {k: v for k, v in header.items() if k != "arrays"}}.get(
        damage, header
    )
    (path / store.HEADER).write_text(json.dumps(told))
    with pytest.raises(ValueError, match="again"):
        Ranker.load(path)


def test_the_version_changes_with_the_idf_and_only_with_it() -> None:
    one, same, other = (SimilarityModel.fit([[word]]) for word in ("~a", "~a", "~b"))
    assert one.version == same.version != other.version


def test_readers_see_whole_states_beside_writers(model: SimilarityModel) -> None:
    """A pair moves together: every reader sees both before or both after, never one of each."""
    ranker = Ranker.fit([LAN, *crowd(50)], model)
    here, away = "30742", "26506"
    stop, wrong = threading.Event(), []

    def pair(commune: str) -> list[WorkerProfile]:
        return [WorkerProfile(one, commune=commune) for one in ("a", "b")]

    ranker.update_many(pair(here))

    def read() -> None:
        while not stop.is_set():
            try:
                seen = {one.worker_id for one in ranker.rank(SEWING, on=ON, limit=None)} & {"a", "b"}
                if len(seen) == 1:
                    wrong.append(seen)
            except Exception as error:  # the thread must not die unseen
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for one in readers:
        one.start()
    for turn in range(60):
        ranker.update_many(pair(away if turn % 2 else here))
    stop.set()
    for one in readers:
        one.join()
    assert wrong == []


def test_tables_joined_hold_the_same_people_as_one_made_at_once(model: SimilarityModel) -> None:
    parts = [Table.build(crowd(12)[n::3], model) for n in range(3)]
    whole, direct = Table.concat(parts), Table.build(crowd(12), model)
    for worker in crowd(12):
        one, other = whole.find([worker.id])[0], direct.find([worker.id])[0]
        assert whole.profile(int(one)) == direct.profile(int(other)) == worker
        assert np.array_equal(
            whole.bags.take(np.array([one])).terms, direct.bags.take(np.array([other])).terms
        )
    assert whole.find([3, 99, 7]).tolist() == sorted([*whole.find([3]).tolist(), *whole.find([7]).tolist()])
