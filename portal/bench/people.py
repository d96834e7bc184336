"""Many people quickly: the demo's, and then copies of them with other names, homes, wages and numbers."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from portal.commands import set_up
from portal.demo.load import load
from portal.extensions import db
from portal.workers.consent_models import Consent
from portal.workers.models import (
    WantedPlace,
    Worker,
    WorkerCertificate,
    WorkerChange,
    WorkerOccupation,
    WorkExperience,
)

# Made by the demo's generator; everybody else is a copy of one of them.
ORIGINALS = 20_000
LISTS = (WorkerOccupation, WorkExperience, WorkerCertificate, WantedPlace, Consent, WorkerChange)
# Taken from another original, so that a copy is nobody's twin.
FROM_ANOTHER = ("full_name", "name_folded", "name_sort", "commune_code")
# One person has them.
NOT_COPIED = ("account_id", "national_id_sealed", "national_id_index", "desk_code_hash", "merged_into_id")

Told = Callable[[str], None]


def fill(workers: int, told: Told) -> None:
    """An empty database becomes a portal with that many people."""
    set_up()
    load(workers=min(workers, ORIGINALS), progress=told)
    have = db.session.scalar(sa.select(sa.func.count()).select_from(Worker)) or 0
    query = sa.select(sa.func.min(Worker.id), sa.func.max(Worker.id))
    first, last = db.session.execute(query).one()
    db.session.rollback()
    span, copy = last - first + 1, 0
    while have < workers:
        copy += 1
        with db.engine.begin() as connection:
            have += _copy(connection, first, last, copy, min(span, workers - have))
        if copy % 10 == 0:
            told(f"  {have:,} people")
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            numbers = "SELECT setval(pg_get_serial_sequence('worker', 'id'), (SELECT max(id) FROM worker))"
            connection.execute(sa.text(numbers))
            # Autovacuum would do it, at some time.
            connection.execute(sa.text("VACUUM ANALYZE"))


def _copy(connection: Connection, first: int, last: int, copy: int, most: int) -> int:
    span = last - first + 1
    shift = copy * span
    upto = first + most - 1
    people = Worker.__table__
    other = people.alias("other")
    columns = [column for column in people.columns if column.name not in NOT_COPIED]
    values = {column.name: _value(column, other, shift, copy) for column in columns}
    # Whose name and home: each original is asked once in a copy, and another one in the next.
    partner = first + (people.c.id - first + copy * 977) % span
    query = (
        sa.select(*values.values())
        .select_from(people.join(other, other.c.id == partner))
        .where(people.c.id.between(first, upto), people.c.state == "active")
    )
    connection.execute(sa.insert(people).from_select(list(values), query))
    copied = sa.select(sa.func.count()).where(people.c.id.between(first + shift, upto + shift))
    made = connection.scalar(copied) or 0
    if not made:
        raise RuntimeError("nobody could be copied")
    for model in LISTS:
        table = model.__table__
        kept = [column for column in table.columns if column.name != "id"]
        taken = [column + shift if column.name == "worker_id" else column for column in kept]
        alive = sa.select(people.c.id).where(people.c.id == table.c.worker_id + shift)
        source = sa.select(*taken).where(table.c.worker_id.between(first, upto), alive.exists())
        connection.execute(sa.insert(table).from_select([column.name for column in kept], source))
    return made


def _value(column: sa.Column, other: sa.Alias, shift: int, copy: int) -> sa.ColumnElement:
    if column.name == "id":
        return column + shift
    if column.name == "uid":
        return sa.func.substr(column, 1, 24).op("||")(f"{copy:08x}")
    if column.name == "phone":
        return sa.func.substr(column, 1, 6).op("||")(f"{copy:04d}")
    if column.name == "wage_min":
        return column + (copy % 7) * 100_000
    return other.c[column.name] if column.name in FROM_ANOTHER else column
