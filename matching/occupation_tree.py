"""The tree of occupations: codes, names, who stands above whom, how far apart two are.

The codes are ISCO-08, one to four digits, everywhere; a few five-digit rows of the Vietnamese classification
hang below them to lend their names (docs/decisions/0004-occupation-codes.md).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path

_DATA = Path(__file__).parent / "data"
UNIT_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Occupation:
    """One row of the classification.

    Attributes
    ----------
    code, parent : str
        ISCO-08 code and the code above it ("" at the top).
    level : int
        1 major, 2 sub-major, 3 minor, 4 unit group; 5 a Vietnamese subdivision.
    name_vi, name_en : str
    source : str
        Where `name_vi` comes from: "vsco2020", "vsco2020 adapted" or "translated".
    vsco_code : str
        Code of the group in VSCO 2020 where its meaning agrees, "" where none does or it is not known.
    """

    code: str
    level: int
    parent: str
    name_vi: str
    name_en: str
    source: str
    vsco_code: str


def data_rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def _occupations() -> dict[str, Occupation]:
    return {
        row["code"]: Occupation(
            row["code"],
            int(row["level"]),
            row["parent"],
            row["name_vi"],
            row["name_en"],
            row["source"],
            row["vsco_code"],
        )
        for row in data_rows("occupations.csv")
    }


def exists(code: str) -> bool:
    """Tell whether a code is in the classification.

    Parameters
    ----------
    code : str
        Any string.

    Returns
    -------
    bool
    """
    return code in _occupations()


def occupations(level: int = UNIT_LEVEL) -> list[Occupation]:
    """Return every occupation of one level in the order of the codes.

    Parameters
    ----------
    level : int
        1 to 5.

    Returns
    -------
    list of Occupation
    """
    return [row for row in _occupations().values() if row.level == level]


def occupation_name(code: str, lang: str = "vi") -> str:
    """Return the name of an occupation.

    Parameters
    ----------
    code : str
        A code of the classification.
    lang : {"vi", "en"}

    Returns
    -------
    str

    Raises
    ------
    KeyError
        When there is no such code.

    Examples
    --------
    >>> occupation_name("5414"), occupation_name("5414", "en")
    ('Nhân viên bảo vệ', 'Security guards')
    """
    row = _occupations()[code]
    return row.name_en if lang == "en" else row.name_vi


def parents(code: str) -> tuple[str, ...]:
    """Return the codes above a code, the nearest first.

    Parameters
    ----------
    code : str
        A code of the classification.

    Returns
    -------
    tuple of str

    Raises
    ------
    KeyError
        When there is no such code.

    Examples
    --------
    >>> parents("5414")
    ('541', '54', '5')
    """
    above = []
    while parent := _occupations()[code].parent:
        above.append(parent)
        code = parent
    return tuple(above)


@cache
def _near() -> dict[frozenset[str], float]:
    rows = data_rows("near_occupations.csv")
    return {frozenset((row["a"], row["b"])): float(row["distance"]) for row in rows}


def occupation_distance(a: str, b: str) -> float:
    """Return how far apart two occupations are.

    A quarter for each level of the tree at which they part, unless they are a pair between which people do
    move though the classification keeps them apart (kitchen helper and cook); those are listed in
    `near_occupations.csv`.

    Parameters
    ----------
    a, b : str
        Codes of the classification; a five-digit one counts as its unit group.

    Returns
    -------
    float
        0 for the same unit group, 0.25, 0.5, 0.75 for the same minor, sub-major, major group, else 1.

    Raises
    ------
    KeyError
        When there is no such code.

    Examples
    --------
    >>> occupation_distance("7112", "7112"), occupation_distance("7112", "7115")
    (0.0, 0.25)
    >>> occupation_distance("7112", "2512")
    1.0
    """
    first, second = unit_group(a), unit_group(b)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
    by_tree = 1 - shared / max(len(first), len(second))
    return min(by_tree, _near().get(frozenset((first, second)), 1.0))


def unit_group(code: str) -> str:
    """Return the unit group a five-digit code lends its name to; any other code as it is."""
    row = _occupations()[code]
    return row.parent if row.level > UNIT_LEVEL else code
