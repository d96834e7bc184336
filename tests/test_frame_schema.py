"""The migrated databases are what the models say: columns, indexes, CHECK constraints; down and up again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from portal import create_app
from portal.extensions import db
from tests import databases as built_databases
from tests import settings

Constraint = tuple[str, str]


def checks_of_models() -> dict[Constraint, str]:
    return {
        (table.name, str(constraint.name)): str(constraint.sqltext)
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }


def checks_of_database() -> dict[Constraint, str]:
    inspector = sa.inspect(db.engine)
    return {
        (table, str(check["name"])): check["sqltext"]
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def essence(text: str, columns: set[str]) -> tuple[list[str], list[str]]:
    """PostgreSQL writes a CHECK in words of its own; its values and its columns stay."""
    words = re.sub(r"::[a-z ]+|'[^']*'", " ", text)
    named = sorted(set(re.findall(r"[a-z_]+", words)) & columns)
    return sorted(set(re.findall(r"'([^']*)'", text))), named


def test_every_check_constraint_stands_in_the_migrated_database(app: Any, engine: str) -> None:
    """Autogenerate does not see these: a new state in an enumeration would pass unnoticed."""
    models, database = checks_of_models(), checks_of_database()
    assert models.keys() == database.keys()
    for key, text in models.items():
        columns = {column.name for column in db.metadata.tables[key[0]].columns}
        assert essence(text, columns) == essence(database[key], columns), f"{key}: {database[key]}"
        if engine == "sqlite":
            assert " ".join(text.split()) == " ".join(database[key].split())


def test_every_choice_column_has_its_check(app: Any) -> None:
    from portal.common.columns import ChoiceType

    models = checks_of_models()
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, ChoiceType):
                text = models.get((table.name, f"ck_{table.name}_{column.name}"), "")
                held = set(re.findall(r"'([^']*)'", text))
                assert held == set(column.type.choices.values()), f"{table.name}.{column.name}"


def test_the_migrations_make_what_the_models_say(app: Any, engine: str) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)
    kept = [one for one in differences if not _reference_copy(one)]
    assert kept == []


def _reference_copy(difference: Any) -> bool:
    """The test set-up keeps copies of the reference rows on PostgreSQL."""
    return difference[0] == "remove_table" and difference[1].name.startswith("kept_")


def test_migrations_are_numbered_in_one_line() -> None:
    folder = Path(__file__).parent.parent / "migrations" / "versions"
    names = sorted(path.name for path in folder.glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


@pytest.fixture
def empty_url(engine: str, databases: Any, tmp_path: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    name = f"benviec_empty_{databases.process}"
    server = databases.built.postgresql
    built_databases._run(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    yield built_databases._database(server, name)
    built_databases._run(server, f"DROP DATABASE {name} WITH (FORCE)")


def test_the_migrations_go_up_down_and_up_again(empty_url: str) -> None:
    app = create_app(settings.config_for(empty_url), TESTING=True)
    with app.app_context():
        try:
            upgrade()
            first = table_names()
            assert first == set(db.metadata.tables) | {"alembic_version"}
            downgrade(revision="base")
            assert table_names() == {"alembic_version"}
            upgrade()
            assert table_names() == first
        finally:
            db.session.remove()
            db.engine.dispose()


def table_names() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names())
