"""Certificate scales and education levels in their order, from `data/scales.csv` and `data/education.csv`."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
POINTS = "points"
"""Level name of a scale that has no levels: there the points themselves are the level."""
_POINT_STEPS = 10
"""Points are ordered in tenths, so that IELTS 6.5 lies above 6.0."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scale.

    Attributes
    ----------
    code : str
        As written on the certificate: "N4", "B2".
    order : int
        Higher is better; on the scale "driving" it only tells the classes apart.
    points_min, points_max : float or None
        The points of the test that give this level.
    same_as : str or None
        The class that stands for an old one (driving licences issued before 2025).
    covers : frozenset of int
        Orders of all levels that this one satisfies, its own included.
    """

    code: str
    order: int
    points_min: float | None
    points_max: float | None
    same_as: str | None
    covers: frozenset[int]
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One kind of certificate; `language` is an ISO 639 code, or None for driving licences."""

    code: str
    language: str | None
    name_vi: str
    name_en: str
    levels: dict[str, Level]

    @property
    def is_points(self) -> bool:
        """True if the certificate states points only."""
        return POINTS in self.levels

    @property
    def top(self) -> int:
        """The highest order of the scale."""
        if self.is_points:
            return int((self.levels[POINTS].points_max or 0) * _POINT_STEPS)
        return max(level.order for level in self.levels.values())


@dataclass(frozen=True, slots=True)
class EducationLevel:
    """One level of schooling; higher `order` is more."""

    code: str
    order: int
    name_vi: str
    name_en: str


def _rows(name: str) -> list[dict[str, str]]:
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _covers(rows: list[dict[str, str]]) -> dict[str, frozenset[int]]:
    """Close `covers` of one scale over its steps; without it the order decides."""
    orders = {row["level"]: int(row["order"]) for row in rows}
    if not any(row["covers"] for row in rows):
        return {name: frozenset(o for o in orders.values() if o <= order) for name, order in orders.items()}
    direct = {row["level"]: row["same_as"] or row["covers"] for row in rows}
    closed: dict[str, frozenset[int]] = {}
    for name in orders:
        reached, at = {orders[name]}, name
        while direct[at]:
            at = direct[at]
            reached.add(orders[at])
        closed[name] = frozenset(reached)
    return closed


@lru_cache(maxsize=1)
def scales() -> dict[str, Scale]:
    """Return all scales by code, each with its levels in the order of the file.

    Returns
    -------
    dict of str to Scale
        "jlpt", "jft", "topik", "eps-topik", "hsk", "tocfl", "ielts", "toeic", "cefr-en" and other
        "cefr-" languages, "goethe", "driving".
    """
    by_scale: dict[str, list[dict[str, str]]] = {}
    for row in _rows("scales.csv"):
        by_scale.setdefault(row["scale"], []).append(row)
    found = {}
    for code, rows in by_scale.items():
        covers = _covers(rows)
        levels = {
            row["level"]: Level(
                code=row["level"],
                order=int(row["order"]),
                points_min=float(row["points_min"]) if row["points_min"] else None,
                points_max=float(row["points_max"]) if row["points_max"] else None,
                same_as=row["same_as"] or None,
                covers=covers[row["level"]],
                name_vi=row["name_vi"],
                name_en=row["name_en"],
            )
            for row in rows
        }
        first = rows[0]
        found[code] = Scale(code, first["language"] or None, first["scale_vi"], first["scale_en"], levels)
    return found


def level_order(scale: str, level: str | None) -> int | None:
    """Return the order of a level, or None if the scale does not know it.

    Parameters
    ----------
    scale : str
        Code of the scale.
    level : str or None
        A level ("N4"), or points as text ("150", "6.5") where the scale has points only.

    Returns
    -------
    int or None
        Points are returned in tenths.

    Raises
    ------
    ValueError
        If there is no such scale.
    """
    known = scales().get(scale)
    if known is None:
        raise ValueError(f"no certificate scale {scale!r}")
    if level is None:
        return None
    if not known.is_points:
        found = known.levels.get(str(level))
        return found.order if found else None
    try:
        points = float(str(level).replace(",", "."))
    except ValueError:
        return None
    limits = known.levels[POINTS]
    inside = (limits.points_min or 0) <= points <= (limits.points_max or 0)
    return round(points * _POINT_STEPS) if inside else None


def satisfying(scale: str, level: str) -> frozenset[int] | int:
    """Return which orders satisfy a wanted level.

    Returns
    -------
    int or frozenset of int
        The least order, where a higher one always satisfies; on "driving" the set of orders that do.

    Raises
    ------
    ValueError
        If there is no such scale or level.
    """
    order = level_order(scale, level)
    if order is None:
        raise ValueError(f"no level {level!r} on the scale {scale!r}")
    known = scales()[scale]
    if known.is_points or not _is_partial(known):
        return order
    return frozenset(one.order for one in known.levels.values() if order in one.covers)


def _is_partial(scale: Scale) -> bool:
    return any(len(one.covers) != one.order for one in scale.levels.values())


def compare(scale: str, a: str, b: str) -> int | None:
    """Compare two levels of one scale.

    Parameters
    ----------
    scale : str
        Code of the scale.
    a, b : str
        Levels, or points as text.

    Returns
    -------
    int or None
        1 if `a` satisfies whoever asks for `b` and is not the same, 0 if they are the same, -1 the other way
        round; None if neither satisfies the other (driving licences A and B) or one is not known.

    Raises
    ------
    ValueError
        If there is no such scale.

    Examples
    --------
    >>> compare("jlpt", "N3", "N4"), compare("driving", "A", "B"), compare("eps-topik", "110", "150")
    (1, None, -1)
    """
    one, other = level_order(scale, a), level_order(scale, b)
    if one is None or other is None:
        return None
    if one == other:
        return 0
    known = scales()[scale]
    if known.is_points or not _is_partial(known):
        return 1 if one > other else -1
    if other in known.levels[a].covers:
        return 1
    return -1 if one in known.levels[b].covers else None


@lru_cache(maxsize=1)
def education_levels() -> tuple[EducationLevel, ...]:
    """Return the levels of schooling, lowest first."""
    rows = _rows("education.csv")
    levels = (EducationLevel(r["code"], int(r["order"]), r["name_vi"], r["name_en"]) for r in rows)
    return tuple(sorted(levels, key=lambda level: level.order))


@lru_cache(maxsize=64)
def education_order(code: str | None) -> int | None:
    """Return the order of a level of schooling, or None if it is not stated.

    Raises
    ------
    ValueError
        If there is no such level.
    """
    if code is None:
        return None
    for level in education_levels():
        if level.code == code:
            return level.order
    raise ValueError(f"no education level {code!r}")


def level_name(scale: str, level: str | None, language: str) -> str:
    """Return a certificate as people say it: "tiếng Nhật JLPT N4", "tiếng Hàn EPS-TOPIK 150 điểm"."""
    known = scales()[scale]
    name = known.name_vi if language == "vi" else known.name_en
    if level is None:
        return name
    if known.is_points:
        return f"{name} {level} " + ("điểm" if language == "vi" else "points")
    found = known.levels.get(str(level))
    if found is None:
        return f"{name} {level}"
    return found.name_vi if language == "vi" else found.name_en
