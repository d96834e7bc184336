"""The figures to reach (docs/ranking.md), each with its goal, and the table of a run."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

CAREFUL = ("filter first", "column slices")


@dataclass(frozen=True)
class Figure:
    """One figure of a run; `value` is None where a peer was missing."""

    name: str
    value: float | None
    goal: float
    unit: str
    at_most: bool

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where nothing was measured."""
        if self.value is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    def as_dict(self) -> dict[str, Any]:
        """Return the figure for JSON."""
        return {**asdict(self), "reached": self.reached}


@dataclass(frozen=True)
class Goal:
    """How a figure is read off a run, and what it should be."""

    name: str
    read: Callable[[dict[str, Any]], float]
    goal: float
    unit: str
    at_most: bool

    def measured(self, told: dict[str, Any]) -> Figure:
        """Return the figure of one run."""
        try:
            value: float | None = self.read(told)
        except KeyError:
            value = None
        return Figure(self.name, value, self.goal, self.unit, self.at_most)


def _ms(way: str, share: str) -> Callable[[dict[str, Any]], float]:
    return lambda told: float(told["ms"][way][share])


def _times(way: str, share: str) -> Callable[[dict[str, Any]], float]:
    return lambda told: float(told["ms"][way][share] / told["ms"]["filtered"][share])


def _careful(share: str) -> Callable[[dict[str, Any]], float]:
    def read(told: dict[str, Any]) -> float:
        best = min(told["ms"][way][share] for way in CAREFUL)
        return float(best / told["ms"]["filtered"][share])

    return read


def _figure(name: str) -> Callable[[dict[str, Any]], float]:
    return lambda told: float(told["figures"][name])


GOALS = (
    Goal("plain cosine_similarity / filtered, p50", _times("cosine_similarity", "p50"), 500, "times", False),
    Goal("best careful scikit-learn or scipy / filtered, p50", _careful("p50"), 6, "times", False),
    Goal("best careful scikit-learn or scipy / filtered, p95", _careful("p95"), 12, "times", False),
    Goal("bm25s / filtered, p50", _times("bm25s", "p50"), 5, "times", False),
    Goal("tantivy / filtered, p50", _times("tantivy", "p50"), 10, "times", False),
    Goal("stage one filtered, p50", _ms("filtered", "p50"), 1, "ms", True),
    Goal("stage one filtered, p95", _ms("filtered", "p95"), 3, "ms", True),
    Goal("stage one unfiltered, p50", _ms("unfiltered", "p50"), 2, "ms", True),
    Goal("stage one unfiltered, p95", _ms("unfiltered", "p95"), 3, "ms", True),
    Goal("memory of stage one", _figure("stage one bytes"), 300, "bytes a profile", True),
    Goal("batch, one core", _figure("batch 1"), 1000, "openings a second", False),
    Goal("open a saved index", _figure("open s"), 0.1, "s", True),
    Goal("a change seen by the next ranking, p50", _ms("change", "p50"), 1, "ms", True),
    Goal("rank() with reasons, p50", _ms("rank()", "p50"), 10, "ms", True),
    Goal("rank() with reasons, p95", _ms("rank()", "p95"), 25, "ms", True),
    Goal(
        "stage one unfiltered / only adding, p50",
        lambda told: told["ms"]["unfiltered"]["p50"] / told["ms"]["only adding"]["p50"],
        3,
        "times",
        True,
    ),
)


def printed(told: dict[str, Any], figures: list[Figure]) -> str:
    """Return a run as text: the goals, then every way and figure."""
    low, middle, high = told["shares that pass"]
    kernels = "compiled" if told["compiled"] else "in plain numpy"
    lines = [
        f"{told['workers']:,} made-up workers, {told['openings']} openings, {told['machine']}, {kernels}",
        f"gates pass {low:.2%} to {high:.1%} of the workers, median {middle:.1%}",
        "",
        f"{'figure':<54}{'measured':>12}{'goal':>12}  unit",
    ]
    for one in figures:
        measured = "not measured" if one.value is None else f"{one.value:,.2f}"
        mark = {True: "reached", False: "MISSED", None: "peer missing"}[one.reached]
        limit = f"{'≤' if one.at_most else '≥'} {one.goal:g}"
        lines.append(f"{one.name:<54}{measured:>12}{limit:>12}  {one.unit} · {mark}")
    lines += ["", f"{'way':<54}{'p50 ms':>12}{'p95 ms':>12}{'samples':>10}"]
    for name, taken in told["ms"].items():
        lines.append(f"{name:<54}{taken['p50']:>12.2f}{taken['p95']:>12.2f}{taken['n']:>10}")
    lines += ["", *(f"{name:<54}{value:>12,.3f}" for name, value in told["figures"].items())]
    lines += [f"not installed, so not measured: {name}" for name in told["missing peers"]]
    return "\n".join(lines)
