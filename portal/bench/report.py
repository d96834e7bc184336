"""The figures of a run as JSON and as a table, with the goals beside them."""

from statistics import mean
from typing import Any

from portal.bench.pages import Looks

# Of the ranked page: p95 in milliseconds with all people, and how many times the same page with few.
MOST_MILLISECONDS = 60.0
MOST_TIMES = 1.3
GOAL_PAGE = "ranked page"


def share(values: list[float], part: float) -> float:
    """The value that this part of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def _figures(looks: Looks) -> dict[str, Any]:
    return {
        "p50": round(share(looks.took, 0.5), 2),
        "p95": round(share(looks.took, 0.95), 2),
        "worked_p50": round(share(looks.worked, 0.5), 2),
        "worked_p95": round(share(looks.worked, 0.95), 2),
        "queries": sorted(set(looks.queries)),
        "mean_queries": round(mean(looks.queries), 2),
        "parts": {name: round(sum(took) / len(looks.took), 2) for name, took in looks.parts.items()},
    }


def as_json(engine: str, looks: dict[str, dict[str, Looks]], made: dict[str, Any]) -> dict[str, Any]:
    pages = {page: {name: _figures(one) for name, one in by.items()} for page, by in looks.items()}
    few, many = pages[GOAL_PAGE].values()
    goals = {
        "p95 in ms": [many["p95"], MOST_MILLISECONDS],
        "p50, times the page with few": [round(many["p50"] / few["p50"], 2), MOST_TIMES],
        "p95, times the page with few": [round(many["p95"] / few["p95"], 2), MOST_TIMES],
        "queries more than with few": [many["queries"][-1] - few["queries"][-1], 0],
    }
    return {"engine": engine, "made": made, "pages": pages, "goals": goals}


def as_table(answer: dict[str, Any]) -> str:
    lines = [
        f"\n{answer['engine']}",
        f"  {'page':<24}{'people':>12}{'p50 ms':>9}{'p95 ms':>9}{'working':>9}{'p95':>9}  queries",
    ]
    for page, by in answer["pages"].items():
        for people, one in by.items():
            queries = "–".join(
                str(number) for number in dict.fromkeys((one["queries"][0], one["queries"][-1]))
            )
            lines.append(
                f"  {page:<24}{people:>12}{one['p50']:>9.1f}{one['p95']:>9.1f}"
                f"{one['worked_p50']:>9.1f}{one['worked_p95']:>9.1f}  {queries}"
            )
    for page, by in answer["pages"].items():
        lines.append(f"\n  where the time of “{page}” goes, mean ms")
        names = {name for one in by.values() for name in one["parts"]}
        for name in sorted(names, key=lambda name: -max(one["parts"].get(name, 0) for one in by.values())):
            shown = "".join(f"{one['parts'].get(name, 0):>12.2f}" for one in by.values())
            lines.append(f"    {name:<32}{shown}")
    lines.append("\n  goals of the ranked page")
    for name, (reached, goal) in answer["goals"].items():
        verdict = "" if reached <= goal else "   missed"
        lines.append(f"    {name:<32}{reached:>10}   at most {goal}{verdict}")
    return "\n".join(lines)
