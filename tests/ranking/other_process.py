"""A second process of the portal, on the same database and the same index folder: one command a line."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ON = dt.date(2026, 11, 23)
ROOT = Path(__file__).resolve().parents[2]


class OtherProcess:
    """Started by a test; `ask` waits for the answer, `kill` is kill -9."""

    def __init__(self, url: str, index_folder: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ranking.other_process", url, str(index_folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, do: str, **rest: Any) -> Any:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"do": do, **rest}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "the other process has ended"
        return json.loads(answer)

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        self.process.kill()
        self.end()

    def end(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.wait(10)


def ranked_ids(opening_id: int, on: dt.date = ON, **more: Any) -> list[int]:
    from portal.extensions import db
    from portal.openings.queries import Openings
    from portal.ranking import lists

    opening = db.session.scalars(Openings().by_id(opening_id).with_page_data()).unique().one()
    found = [row.worker.id for row in lists.ranked_list(opening, on=on, **more).rows]
    db.session.rollback()
    return found


def rank(opening_id: int, on: str) -> list[int]:
    return ranked_ids(opening_id, dt.date.fromisoformat(on))


def change(worker_id: int, commit: bool = True, **columns: Any) -> bool:
    from portal.common.clock import now
    from portal.extensions import db
    from portal.workers.changes import log_change
    from portal.workers.models import Worker

    if not commit:
        db.session.connection(execution_options={"write": True})
    worker = db.session.get_one(Worker, worker_id, populate_existing=True)
    for name, value in columns.items():
        setattr(worker, name, value)
    log_change(worker, now=now())
    db.session.flush()
    if commit:
        db.session.commit()
    return True


def commit_what_is_open() -> bool:
    from portal.extensions import db

    db.session.commit()
    return True


def let_go() -> bool:
    """The test is over; the next one has another database under the same name."""
    from flask import current_app

    from portal.extensions import db
    from portal.ranking import keeper

    db.session.remove()
    db.engine.dispose()
    keeper.init_app(current_app)
    return True


def rebuild(on: str) -> str:
    from portal.ranking.rebuilding import bring_up_to_date

    return bring_up_to_date(dt.date.fromisoformat(on)).value


def stop_in_the_middle_of_saving(on: str) -> bool:
    """Answers once half of the new base is written, and then hangs there."""
    import time

    from matching import store

    flush = store._flush

    def hang(file: Any) -> None:
        flush(file)
        if Path(file.name).suffix == ".npy":
            print("true", flush=True)
            time.sleep(600)

    store._flush = hang
    rebuild(on)
    return False


COMMANDS = {
    "rank": rank,
    "change": change,
    "commit_what_is_open": commit_what_is_open,
    "let_go": let_go,
    "rebuild": rebuild,
    "stop_in_the_middle_of_saving": stop_in_the_middle_of_saving,
}


def main(url: str, index_folder: str) -> None:
    from portal import create_app
    from tests.settings import config_for

    app = create_app(config_for(url, INDEX_FOLDER=index_folder), TESTING=True)
    with app.app_context():
        for line in sys.stdin:
            asked = json.loads(line)
            print(json.dumps(COMMANDS[asked.pop("do")](**asked)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
