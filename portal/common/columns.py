"""Column types and constraints that several capabilities use."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, String, TypeDecorator
from sqlalchemy.orm import MappedColumn, mapped_column

from portal.common.choices import Choices


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Aware UTC in Python, naive UTC in the database: the same on SQLite and PostgreSQL."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.replace(tzinfo=dt.UTC)


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal kept digit by digit, as text: SQLite knows only binary fractions."""

    impl = String(24)
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{Decimal(value):f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class ChoiceType(TypeDecorator[Choices]):
    """Stores a Choices member as its text; the CHECK stands in the table (`check_choice`)."""

    impl = String(30)
    cache_ok = True

    def __init__(self, choices: type[Choices]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Choices | None:
        return None if value is None else self.choices(value)


def choice_column(choices: type[Choices], **kwargs: Any) -> MappedColumn[Any]:
    return mapped_column(ChoiceType(choices), **kwargs)


def check_choice(column: str, choices: type[Choices]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in choices.values())
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def check_together(first: str, second: str) -> CheckConstraint:
    """Both are set or neither is."""
    return CheckConstraint(f"({first} IS NULL) = ({second} IS NULL)", name=f"{first}_with_{second}")
