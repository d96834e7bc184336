"""Days in SQL, alike on both databases: the day here of a moment, and the days between two days."""

from typing import Any

from sqlalchemy import Date, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class local_day(FunctionElement[Any]):
    """The day on which a stored moment fell here: Vietnam is seven hours ahead all year."""

    name = "local_day"
    type = Date()
    inherit_cache = True


class day_span(FunctionElement[Any]):
    """Whole days from the first day to the second."""

    name = "day_span"
    type = Integer()
    inherit_cache = True


@compiles(local_day, "sqlite")
def _local_day_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"date({compiler.process(element.clauses, **kwargs)}, '+7 hours')"


@compiles(local_day, "postgresql")
def _local_day_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kwargs)} + INTERVAL '7 hours' AS DATE)"


@compiles(day_span, "sqlite")
def _day_span_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    first, second = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


@compiles(day_span, "postgresql")
def _day_span_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    first, second = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"({second} - {first})"
