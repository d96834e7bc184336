"""What openings said of costs before each line had its own row is kept by the migration, both ways."""

import json
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from portal import create_app
from portal.extensions import db
from tests import settings

COSTS = [
    {"kind": "training", "amount_vnd": 4_000_000},
    {"kind": "airfare", "amount_vnd": 9_000_000},
    {"kind": "gift for the agent", "amount_vnd": 5},
]
WORDS = (
    "receiver", "workplace", "supply_contract_number", "approval_number", "overtime", "deductions",
    "lodging", "meals", "airfare", "insurance", "selection", "dispute_contact",
)  # fmt: skip


def test_numbers_and_words_are_kept_up_and_down(tmp_path: Path) -> None:
    app = create_app(settings.config_for(f"sqlite:///{tmp_path / 'old.sqlite'}"), TESTING=True)
    with app.app_context():
        try:
            upgrade(revision="0007")
            _an_old_opening()
            upgrade(revision="0008")
            lines = _rows("SELECT kind, amount, currency, payable_when FROM overseas_cost ORDER BY position")
            assert lines == [
                ("training", 4_000_000, "VND", None),
                ("airfare", 9_000_000, "VND", None),
                ("other", 5, "VND", None),
            ]
            kept = _rows(
                "SELECT meals, lodging, deposit_vnd, job_class, costs_complete, fx_rate FROM overseas_terms"
            )
            assert kept == [("Ba bữa", "lodging", 7, "general", 0, None)]
            downgrade(revision="0007")
            ((costs, meals),) = _rows("SELECT other_costs, meals FROM overseas_terms")
            assert json.loads(costs) == [*COSTS[:2], {"kind": "other", "amount_vnd": 5}] and meals == "Ba bữa"
            upgrade(revision="0008")
            assert len(_rows("SELECT id FROM overseas_cost")) == 3
        finally:
            db.session.remove()
            db.engine.dispose()


def _rows(query: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def _an_old_opening() -> None:
    """Every column that must not be empty, as the schema of that time names it."""
    metadata = sa.MetaData()
    with db.engine.begin() as connection:
        metadata.reflect(connection, only=("organisation", "opening", "overseas_terms"))
        organisation, opening, terms = (
            metadata.tables[name] for name in ("organisation", "opening", "overseas_terms")
        )
        _insert(connection, organisation, kind="sender", licence_status="valid")
        _insert(connection, opening, organisation_id=1, state="draft", sphere="overseas", country="JP",
                wage_period="month", positions=1, positions_left=1)  # fmt: skip
        words = dict(zip(WORDS, WORDS, strict=True)) | {"meals": "Ba bữa"}
        _insert(connection, terms, opening_id=1, job_class="general", deposit_vnd=7, departed_quantity=0,
                other_costs=json.dumps(COSTS), **words)  # fmt: skip


def _insert(connection: sa.Connection, table: sa.Table, **given: object) -> None:
    blank: dict[type, object] = {str: "", int: 0, bool: False}
    values = {
        column.name: blank.get(_python_type(column), "2026-11-22 08:00:00")
        for column in table.columns
        if not column.nullable and column.name != "id" and column.server_default is None
    } | given
    columns = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(sa.text(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"), values)


def _python_type(column: sa.Column[object]) -> type:
    kind: type = column.type.python_type
    return kind
