"""Jobs and workplaces barred to people under 18 (Labour Code Article 147), by code and by word."""

import re
from dataclasses import dataclass
from functools import lru_cache

from portal.common.text import fold
from portal.reference.datafiles import read_rows
from portal.reference.named import Named


@dataclass(frozen=True, slots=True)
class MinorBar(Named):
    kind: str
    occupations: tuple[str, ...]
    # Folded, with a space before and after: looked for in a folded text.
    words: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def minor_bars() -> list[MinorBar]:
    return [
        MinorBar(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            kind=row["kind"],
            occupations=tuple(row["occupations"].split()),
            words=tuple(f" {fold(word.strip())} " for word in row["words"].split(";")),
            source=row["source"],
        )
        for row in read_rows("minor_bars.csv")
    ]


def barred_to_minors(occupation: str | None, text: str = "") -> list[MinorBar]:
    """The bars that an opening meets: by its occupation code, or by a word in its title or workplace."""
    words = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    return [
        bar
        for bar in minor_bars()
        if (occupation and occupation.startswith(bar.occupations)) or any(word in words for word in bar.words)
    ]
