"""Communes: where they lie, which are islands, which province a code belongs to, and who lives near enough.

`data/communes.csv` holds the 102 units of An Giang (statistics office, 2025-07-18) with a point inside each.
`data/commune_ranges.csv` maps runs of official commune codes of the whole country to today's 34 provinces.
"""

import csv
import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from matching.scales import DATA

EARTH_KM = 6371.0
NEAR_KM = 10
"""A workplace this near to a commune that a person named counts as that commune: a daily ride on any road."""


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune, ward or special zone; `lat` and `lon` in degrees (WGS 84)."""

    code: str
    name: str
    province: str
    lat: float
    lon: float
    island: bool


@lru_cache(maxsize=1)
def communes() -> dict[str, Commune]:
    """Return the communes with a known position, by code."""
    with open(DATA / "communes.csv", encoding="utf-8", newline="") as file:
        return {
            r["code"]: Commune(
                r["code"], r["name"], r["province"], float(r["lat"]), float(r["lon"]), r["island"] == "1"
            )
            for r in csv.DictReader(file)
        }


@lru_cache(maxsize=1)
def _ranges() -> tuple[list[str], list[tuple[str, str]]]:
    with open(DATA / "commune_ranges.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [r["first"] for r in rows], [(r["last"], r["province"]) for r in rows]


@lru_cache(maxsize=8192)
def province_of(code: str | None) -> str | None:
    """Return the province code of a commune or province code, or None if it has none.

    Parameters
    ----------
    code : str or None
        5 digits (commune) or 2 digits (province).

    Examples
    --------
    >>> province_of("30742"), province_of("79"), province_of("99999")
    ('91', '79', None)
    """
    if not code:
        return None
    if len(code) == 2:
        return code
    firsts, rest = _ranges()
    at = bisect_right(firsts, code) - 1
    if at < 0 or code > rest[at][0]:
        return None
    return rest[at][1]


@lru_cache(maxsize=65536)
def distance_km(a: str | None, b: str | None) -> int | None:
    """Return the distance between two communes as the crow flies.

    Returns
    -------
    int or None
        Whole kilometres; 0 within one commune; None if a position is not known.
    """
    if a is None or b is None:
        return None
    if a == b and len(a) == 5:
        return 0
    one, other = communes().get(a), communes().get(b)
    if one is None or other is None:
        return None
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return round(2 * EARTH_KM * math.asin(math.sqrt(half)))


@lru_cache(maxsize=65536)
def crosses_water(a: str | None, b: str | None) -> bool:
    """Tell whether one would have to move: two communes of which at least one is an island."""
    if a == b:
        return False
    known = communes()
    return any(code in known and known[code].island for code in (a, b) if code)


@lru_cache(maxsize=65536)
def is_near(workplace: str | None, named: str | None) -> bool:
    """Tell whether a workplace lies in a place that a person named, or a short ride from it.

    Parameters
    ----------
    workplace : str or None
        Commune or province of the work.
    named : str or None
        Commune or province that the person lives in or wants to work in.

    Returns
    -------
    bool
        True for the same commune, for the province of the workplace, for a commune within `NEAR_KM` by land,
        and for any commune of the province where the workplace is known by its province only.
    """
    if not workplace or not named:
        return False
    if workplace == named or province_of(workplace) == named or province_of(named) == workplace:
        return True
    km = distance_km(workplace, named)
    return km is not None and km <= NEAR_KM and not crosses_water(workplace, named)


@lru_cache(maxsize=1)
def provinces() -> dict[str, str]:
    """Return the names of today's 34 provinces and cities by code."""
    with open(DATA / "provinces.csv", encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def place_name(code: str | None) -> str | None:
    """Return the name of a commune or province; of the province where the commune's name is not known."""
    found = communes().get(code or "")
    return found.name if found else provinces().get(province_of(code) or "")
