"""Enumerations that carry value, label and order in one place."""

from enum import StrEnum
from typing import Any, Self


class Choices(StrEnum):
    """`DRAFT = "draft", _l("Bản nháp")`: the value is stored, the label is shown."""

    label: Any

    def __new__(cls, value: str, label: Any = None) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = value if label is None else label
        return member

    @classmethod
    def pairs(cls) -> list[tuple[str, Any]]:
        return [(member.value, member.label) for member in cls]

    @classmethod
    def values(cls) -> list[str]:
        return [member.value for member in cls]
