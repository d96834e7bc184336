"""The command `python -m matching evaluate`: tables and JSON of `matching.evaluation`."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from matching.beir import Folder, NotBeir, read
from matching.evaluation import MEASURES, MODEL, Summary, ablations, judge, summaries

WIDTH = 34


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="a folder in BEIR format")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--ablations", action="store_true", help="also take away one idea after the other")


def run(options: argparse.Namespace) -> int:
    """Evaluate the folders; return 0, or 1 with a sentence when one is not in BEIR format."""
    try:
        folders = [read(path) for path in options.folders]
    except NotBeir as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    found = summaries([_judged(folder) for folder in folders])
    taken = _ablations(folders) if options.ablations else []
    if options.json:
        plain = {"folders and means": [one.plain() for one in found], "ablations": taken}
        print(json.dumps(plain, ensure_ascii=False, indent=1))  # noqa: T201
    else:
        print("\n\n".join([*map(_table, found), *_ablation_tables(taken)]))  # noqa: T201
    return 0


def _judged(folder: Folder) -> Any:
    start = time.perf_counter()
    found = judge(folder)
    print(f"{folder.name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)  # noqa: T201
    return found


def _row(name: str, cells: list[str]) -> str:
    return name.ljust(WIDTH) + "".join(cell.rjust(24) for cell in cells)


def _table(one: Summary) -> str:
    lines = [_row(f"{one.name}  {one.size}", list(MEASURES))]
    for name, means in one.means.items():
        lines.append(_row(f"  {name}", [f"{mean:.3f}" for mean in means]))
    for name, table in one.differences.items():
        cells = [f"{mean:+.3f} [{low:+.3f}, {high:+.3f}]" for mean, low, high in table]
        lines.append(_row(f"  {MODEL} less {name}", cells))
    lines.append(f"  recall@1000 of stage one: {one.first_stage:.3f}")
    return "\n".join(lines)


def _ablations(folders: list[Folder]) -> list[dict[str, Any]]:
    return [
        {
            "folder": folder.name,
            "change": name,
            **dict(zip(MEASURES, np.round(means, 4).tolist(), strict=True)),
            "recall@1000 of stage one": round(handed, 4),
        }
        for folder in folders
        for name, means, handed in ablations(folder)
    ]


def _ablation_tables(taken: list[dict[str, Any]]) -> list[str]:
    """Return one table a folder."""
    found: dict[str, list[str]] = {}
    for one in taken:
        name = one["folder"]
        lines = found.setdefault(name, [_row(f"{name}, taken away", [*MEASURES, "recall@1000 of stage one"])])
        lines.append(
            _row(f"  {one['change']}", [f"{one[key]:.3f}" for key in (*MEASURES, "recall@1000 of stage one")])
        )
    return ["\n".join(lines) for lines in found.values()]
