"""Addresses and days of the comparing page, for its tests."""

from typing import Any

from tests.factories import NOW


def path(opening: Any, rest: str) -> str:
    return f"/desk/openings/{opening.id}/{rest}"


def opening_day() -> Any:

    return NOW
