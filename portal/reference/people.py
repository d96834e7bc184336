"""Ethnic groups and priority groups. Both are sensitive: who asks for them needs the person's own consent."""

from dataclasses import dataclass
from functools import lru_cache

from portal.reference.datafiles import read_rows
from portal.reference.named import Named


@dataclass(frozen=True, slots=True)
class PriorityGroup(Named):
    """`number` is the group in the law: two rows may be two halves of one group."""

    number: int
    source: str
    verified: bool


@lru_cache(maxsize=1)
def ethnic_groups() -> dict[str, Named]:
    """The 54 of the official list; Kinh, Khmer, Hoa and Chăm, who live here, first."""
    rows = read_rows("ethnic_groups.csv")
    return {row["code"]: Named(row["code"], row["name_vi"], row["name_en"]) for row in rows}


@lru_cache(maxsize=1)
def priority_groups() -> dict[str, PriorityGroup]:
    return {
        row["code"]: PriorityGroup(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            number=int(row["group"]),
            source=row["source"],
            verified=row["verified"] == "1",
        )
        for row in read_rows("priority_groups.csv")
    }


def ethnic_group_choices() -> list[tuple[str, str]]:
    return [(group.code, group.label) for group in ethnic_groups().values()]


def priority_group_choices() -> list[tuple[str, str]]:
    return [(group.code, group.label) for group in priority_groups().values()]
