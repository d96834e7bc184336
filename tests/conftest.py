"""The test set-up: both databases built once a run by the migrations, one copy a test process."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests.settings import config_for

ENGINES = ("sqlite", "postgresql")
# A busy machine is no failure.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=(*ENGINES, "both"), default="both", help="the databases to test on")


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """The controller starts PostgreSQL and migrates one template of each kind."""
    if _is_worker(config) or config.option.collectonly:
        return
    from matching.warm import compile_kernels
    from tests import databases

    config.databases = databases.build(config.option.db)  # type: ignore[attr-defined]
    # Once, before the workers start: each of them reads the result from the disk.
    compile_kernels()


def pytest_configure_node(node: Any) -> None:
    node.workerinput["databases"] = node.config.databases.as_dict()


def pytest_unconfigure(config: pytest.Config) -> None:
    built = getattr(config, "databases", None)
    if built is not None:
        built.remove()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever touches the database runs on both, unless it is marked for one."""
    if "engine" not in metafunc.fixturenames:
        return
    asked = metafunc.config.option.db
    engines = ENGINES if asked == "both" else (asked,)
    if metafunc.definition.get_closest_marker("sqlite_only") or metafunc.definition.get_closest_marker(
        "browser"
    ):
        engines = tuple(name for name in engines if name == "sqlite")
    if metafunc.definition.get_closest_marker("pg_only"):
        engines = tuple(name for name in engines if name == "postgresql")
    metafunc.parametrize("engine", engines, scope="session")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, worker_id: str) -> Iterator[Any]:
    from tests import databases

    given = getattr(request.config, "workerinput", {}).get("databases")
    built = databases.Built(**given) if given else request.config.databases  # type: ignore[attr-defined]
    yield databases.Copies(built, worker_id)


@pytest.fixture(scope="session")
def _app(engine: str, databases: Any) -> Iterator[Any]:
    """One application a process and engine; its database is a copy of the migrated template."""
    from portal import create_app

    url = databases.url(engine)
    app = create_app(config_for(url), TESTING=True, WTF_CSRF_ENABLED=False)
    databases.watch(app, engine)
    yield app
    databases.drop(app, engine)


@pytest.fixture
def app(_app: Any, engine: str, databases: Any) -> Iterator[Any]:
    from portal.ranking import keeper

    # Each test has a database of its own; the index of the one before belongs to none of its rows.
    keeper.init_app(_app)
    shutil.rmtree(_app.config["INDEX_FOLDER"], ignore_errors=True)
    with _app.app_context():
        yield _app
        from portal.extensions import db

        db.session.rollback()
        db.session.remove()
    databases.reset(_app, engine)


@pytest.fixture
def session(app: Any) -> Any:
    from portal.extensions import db

    return db.session


@pytest.fixture
def client(app: Any) -> Any:
    from tests.strict_client import StrictClient

    return StrictClient(app)


@pytest.fixture
def make(app: Any) -> Any:
    """`make.worker(...)`, `make.opening(...)`, `make.account("adviser")` … (tests/factories.py)."""
    from tests.factories import Factory

    return Factory()


@pytest.fixture
def as_role(app: Any, make: Any) -> Callable[..., Any]:
    """A strict client signed in as a new account of that role (or as the given account)."""
    from tests.strict_client import StrictClient

    def sign_in(role: str, account: Any = None) -> Any:
        client = StrictClient(app)
        client.sign_in(account or make.account(role))
        return client

    return sign_in


@pytest.fixture
def statements(app: Any) -> Iterator[list[str]]:
    """Every statement sent to the database while the test runs (clear it to count a part)."""
    from sqlalchemy import event

    from portal.extensions import db

    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    """Only this machine can be reached; a test that calls out fails with a sentence."""
    import socket

    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        real(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]
