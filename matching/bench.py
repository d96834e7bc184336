"""How fast the ranking is, beside others that do the same work, on made-up people: all in one run.

All ways answer the same question before the next one is put, so the ratios hold though the machine is shared.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from matching import bench_peers, scan, stage_one
from matching.bench_table import GOALS, Figure, printed
from matching.columns import unpack
from matching.compiled import ON, jit
from matching.features import Query
from matching.index import Ranker
from matching.made_up import made_up_workers
from matching.made_up_openings import long_openings, made_up_openings
from matching.postings import BLOCK_BITS
from matching.segments import Segment
from matching.types import OpeningProfile, WorkerProfile

DAY = date(2026, 11, 23)
SEED = 2026
TOP = 50
SLOW_QUESTIONS = 30
"""Questions put to a way that takes most of a second."""
PEER_QUESTIONS = 60
BATCH = 1000


class People:
    """Made-up profiles that are made anew whenever they are gone through, so that none are kept."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[WorkerProfile]:
        return made_up_workers(self.count, SEED, DAY)


@dataclass
class Times:
    """Seconds by name of the way."""

    of: dict[str, list[float]] = field(default_factory=dict)

    def take(self, name: str, work: Callable[..., Any], *given: Any) -> Any:
        """Do something and note how long it took."""
        started = time.perf_counter()
        answer = work(*given)
        self.of.setdefault(name, []).append(time.perf_counter() - started)
        return answer

    def ms(self, name: str, share: float) -> float:
        """Return a percentile in milliseconds."""
        return float(np.percentile(self.of[name], share)) * 1e3


@jit
def _accumulate(
    sums: Any, spans: Any, ids: Any, starts: Any, blocks: Any, cursor: Any, block_count: int
) -> int:
    """Add every weight of every posting, and do nothing else: the floor under any exact search."""
    touched = 0
    for block in range(block_count):
        sums[:] = 0
        for term in range(len(cursor)):
            at = cursor[term]
            if at < spans[1, term] and blocks[at] == block:
                for posting in range(starts[at], starts[at + 1]):
                    sums[ids[posting]] += np.int32(spans[2, term])
                touched += starts[at + 1] - starts[at]
                cursor[term] = at + 1
    return touched


def _only_adding(segment: Segment, query: Query) -> int:
    postings = segment.postings
    spans = np.stack(postings.spans(query.words.first_terms, query.words.first_weights))
    sums = np.zeros(1 << BLOCK_BITS, dtype=np.int32)
    blocks = (len(segment) >> BLOCK_BITS) + 1
    given = (spans, postings.ids, postings.starts, postings.blocks)
    return int(_accumulate(sums, *given, spans[0].copy(), blocks))


class Bench:
    """An index of made-up people and the openings put to it."""

    def __init__(self, workers: int, openings: int, say: Callable[[str], None]) -> None:
        self.say, self.times = say, Times()
        self.figures: dict[str, float] = {}
        say(f"making and indexing {workers:,} profiles …")
        people = People(workers)
        self.ranker: Ranker = self._timed("build", lambda: Ranker.fit(people))
        self.segment = self.ranker._state.segments[0]
        self._timed("postings", lambda: (self.segment.postings, self.segment.fields))
        self.openings = list(made_up_openings(openings, SEED, DAY))
        self.queries = [self.ranker._query(one) for one in self.openings]
        self.shares: list[float] = []
        # The peers take the people as they come; to put those of one occupation together is the index's own.
        self.as_they_come = np.argsort(np.asarray(self.segment.table.id), kind="stable")

    def _timed(self, name: str, work: Callable[[], Any]) -> Any:
        answer = self.times.take(name, work)
        self.figures[f"{name} s"] = self.times.of[name][-1]
        return answer

    def passing(self, query: Query) -> Any:
        """Return the bits of those who pass the gates."""
        counted = scan.counting(self.ranker._state, DAY, scan.EVERYBODY)
        return scan.may(counted, query, DAY)[0][1]

    def filtered(self, query: Query) -> Any:
        """Gates, then the best fifty by words."""
        return stage_one.best_by_words(query, self.segment, self.passing(query), TOP)

    def unfiltered(self, query: Query) -> Any:
        """The best fifty of everybody."""
        return stage_one.best_by_words(query, self.segment, self.segment.gates.everyone, TOP)

    def fused(self, query: Query) -> Any:
        """Gates, then the best thousand by words and fields."""
        return stage_one.best(query, self.segment, self.passing(query), DAY, scan.KEPT)

    def ranked(self, opening: OpeningProfile) -> Any:
        """The whole: gates, both stages, reasons of fifty."""
        return self.ranker.rank(opening, on=DAY, limit=TOP)

    def questions(self) -> tuple[list[bench_peers.Question], dict[str, Any]]:
        """Return the openings as the peers take them, and each distinct gate as a mask."""
        n, order = len(self.segment), self.as_they_come
        gates: dict[str, Any] = {}
        asked = []
        for query in self.queries[:PEER_QUESTIONS]:
            names = []
            for need in query.gates:
                name = f"g{abs(hash((need.kind, need.op, str(need.value), str(need.any_of)))):x}"
                if name not in gates:
                    yes = self.segment.gates.answered(need, DAY).yes
                    gates[name] = unpack(yes, n)[order]
                names.append(name)
            mask = unpack(self.passing(query), n)[order]
            asked.append(bench_peers.question(query, mask, tuple(names)))
        return asked, gates

    def interleave(self, peers: dict[str, bench_peers.Search]) -> None:
        """Put every question to every way, one question after the other; the first round warms up."""
        for query in self.queries:
            self.times.take("first sight of gates", self.passing, query)
            self.fused(query)
            self.filtered(query)
            self.shares.append(float(np.bitwise_count(self.passing(query)).sum()) / len(self.segment))
        for at, query in enumerate(self.queries):
            for name, search in peers.items():
                if at < (SLOW_QUESTIONS if name == "cosine_similarity" else PEER_QUESTIONS):
                    self.times.take(name, search, at)
            self.times.take("filtered", self.filtered, query)
            self.times.take("unfiltered", self.unfiltered, query)
            self.times.take("fused", self.fused, query)
            self.times.take("only adding", _only_adding, self.segment, query)
            opening = self.openings[at]
            self.times.take("rank()", self.ranked, opening)

    def long_ones(self, count: int) -> None:
        """Openings as long as real ones."""
        for opening in long_openings(count, SEED, DAY):
            query = self.ranker._query(opening)
            self.filtered(query)
            self.times.take("long, filtered", self.filtered, query)
            self.ranker.rank(opening, on=DAY)
            self.times.take("long, rank()", self.ranked, opening)
            self.times.of.setdefault("long, terms", []).append(len(query.words.first_terms) / 1e3)

    def batch(self, threads: int) -> None:
        """A thousand openings one after the other on each of some threads."""
        many = (self.queries * (BATCH // len(self.queries) + 1))[:BATCH]
        started = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(self.filtered, many))
        self.figures[f"batch {threads}"] = BATCH / (time.perf_counter() - started)

    def changes(self, count: int = 100) -> None:
        """Change one person, and rank: the work of the change, and of the ranking that sees it."""
        changed = list(made_up_workers(count, SEED + 1, DAY))
        ask = self.openings[0]
        for worker in changed:
            self.times.take("change", self.ranker.update, worker)
            self.times.take("rank() after a change", self.ranked, ask)

    def saved(self) -> None:
        """Save, then open and ask in a process of its own, as a server does that starts."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "index"
            self._timed("save", lambda: self.ranker.save(path))
            for _ in range(2):  # the first run may compile and read from the disk
                run = [sys.executable, "-c", _OPEN, str(path), DAY.isoformat(), str(SEED)]
                told = subprocess.run(run, check=True, capture_output=True, text=True)
                self.figures |= json.loads(told.stdout)
            self.figures["index bytes"] = sum(one.stat().st_size for one in path.iterdir())

    def sizes(self) -> None:
        """Bytes a profile: what stage one reads, and what stage two maps."""
        segment, n = self.segment, len(self.segment)
        first = [*vars(segment.postings).values(), *vars(segment.fields).values(), segment.table.bags.first]
        first += [segment.table.keys, segment.table.commune, segment.most]
        self.figures["stage one bytes"] = sum(np.asarray(one).nbytes for one in first) / n
        self.figures["index bytes a profile"] = self.figures["index bytes"] / n
        self.figures["terms a profile"] = len(segment.table.bags.terms) / n


_OPEN = """
import json, sys, time, datetime
from matching.index import Ranker
from matching.made_up_openings import made_up_openings
import matching.bench
on = datetime.date.fromisoformat(sys.argv[2])
first, second = list(made_up_openings(2, int(sys.argv[3]), on))
a = time.perf_counter(); ranker = Ranker.load(sys.argv[1]); b = time.perf_counter()
ranker.rank(first, on=on); c = time.perf_counter()
ranker.rank(second, on=on); d = time.perf_counter()
print(json.dumps({"open s": b - a, "first rank() s": c - b, "second rank() s": d - c}))
"""


def measured(workers: int, openings: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Return every figure of one run."""
    bench = Bench(workers, openings, say)
    asked, gates = bench.questions()
    bags = bench.segment.table.bags.take(bench.as_they_come)
    peers = bench_peers.scikit_learn(bench_peers.matrix(bags, bench.segment.columns), asked)
    absent = bench_peers.missing()
    if "bm25s" not in absent:
        say("indexing with bm25s …")
        peers |= bench._timed("bm25s build", lambda: bench_peers.bm25s(bags, asked))
    if "tantivy" not in absent:
        say("indexing with tantivy …")
        peers |= bench._timed("tantivy build", lambda: bench_peers.tantivy(bags, asked, gates))
    say("asking …")
    bench.interleave(peers)
    bench.long_ones(max(10, openings // 4))
    for threads in (1, 2):
        bench.batch(threads)
    bench.saved()
    bench.sizes()
    bench.changes()
    return {
        "workers": workers,
        "openings": openings,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "compiled": ON,
        "missing peers": absent,
        "shares that pass": [float(np.percentile(bench.shares, p)) for p in (0, 50, 100)],
        "ms": {
            name: {"p50": bench.times.ms(name, 50), "p95": bench.times.ms(name, 95), "n": len(taken)}
            for name, taken in bench.times.of.items()
        },
        "figures": bench.figures,
    }


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--workers", type=int, default=1_000_000)
    parser.add_argument("--openings", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--out", type=Path, help="also write the JSON to a file")


def run(options: argparse.Namespace) -> int:
    """Measure; print the table, or JSON."""
    if options.workers < 1000 or options.openings < 10:
        print("The bench needs at least 1,000 workers and 10 openings.", file=sys.stderr)
        return 2
    told = measured(options.workers, options.openings, lambda text: print(text, file=sys.stderr, flush=True))
    told["goals"] = [one.as_dict() for one in figures(told)]
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(told, indent=1), encoding="utf-8")
    print(json.dumps(told, indent=1) if options.json else printed(told, figures(told)))
    return 0


def figures(told: dict[str, Any]) -> list[Figure]:
    """Return every figure of the design with its goal beside it."""
    return [goal.measured(told) for goal in GOALS]
