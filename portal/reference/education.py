"""Levels of schooling, as the ranking orders them."""

from functools import lru_cache

from matching.scales import education_levels, education_order
from portal.reference.named import Named

__all__ = ["at_least", "education_choices", "education_label", "levels"]


@lru_cache(maxsize=1)
def levels() -> dict[str, Named]:
    return {level.code: Named(level.code, level.name_vi, level.name_en) for level in education_levels()}


def education_choices() -> list[tuple[str, str]]:
    """Lowest first, labels in the language of the page."""
    return [(level.code, level.label) for level in levels().values()]


def education_label(code: str | None) -> str:
    level = levels().get(code or "")
    return level.label if level else ""


def at_least(code: str | None, wanted: str) -> bool | None:
    """None when the level is not known: that is an open question, not a no."""
    order, needed = education_order(code), education_order(wanted)
    return None if order is None or needed is None else order >= needed
