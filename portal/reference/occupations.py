"""A thin door to the classification of occupations: names, choices, and search by everyday words."""

from dataclasses import dataclass

from matching.taxonomy import (
    exists,
    occupation_name,
    occupations,
    parents,
    propose_occupations,
    search_occupations,
)
from portal.reference.named import in_page_language

__all__ = [
    "OccupationOption",
    "choices",
    "exists",
    "name",
    "parents",
    "propose_occupations",
    "resolve",
    "search",
]

UNIT_LEVEL = 4


@dataclass(frozen=True, slots=True)
class OccupationOption:
    """An occupation to choose; `note` is the everyday word that led to it, where it is not the name."""

    code: str
    label: str
    note: str = ""


def name(code: str | None) -> str:
    """In the language of the page; a code that is not known is shown as it is."""
    if not code or not exists(code):
        return code or ""
    return occupation_name(code, in_page_language("vi", "en"))


def choices(level: int = UNIT_LEVEL) -> list[tuple[str, str]]:
    return [(one.code, in_page_language(one.name_vi, one.name_en)) for one in occupations(level)]


def search(text: str, limit: int = 10) -> list[OccupationOption]:
    if text.isdigit() and exists(text):
        return [OccupationOption(text, name(text))]
    found = []
    for proposal in search_occupations(text, limit) if text else []:
        label = name(proposal.code)
        note = proposal.word if proposal.word.lower() != label.lower() else ""
        found.append(OccupationOption(proposal.code, label, note))
    return found


def resolve(text: str) -> str | None:
    """The code for what was typed without choosing a suggestion, when the first finding is that very word."""
    found = search_occupations(text, 1) if text else []
    return found[0].code if found and found[0].share >= 1 else None
