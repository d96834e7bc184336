"""Made-up names as they are common in the province; nobody real is meant."""

import random
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
# About the shares of the 2019 census for old An Giang and Kiên Giang together.
PEOPLES = {"kinh": 90, "khmer": 7, "hoa": 2, "cham": 1}


@lru_cache(maxsize=8)
def read(name: str) -> dict[str, Any]:
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True)
class Named:
    full_name: str
    people: str


def made_up_name(rng: random.Random, female: bool) -> Named:
    people = rng.choices(list(PEOPLES), list(PEOPLES.values()))[0]
    lists = read("names")[people]
    families = [entry.rsplit(" ", 1) for entry in lists["family"]]
    family = rng.choices([name for name, _ in families], [int(share) for _, share in families])[0]
    side = "female" if female else "male"
    parts = (family, rng.choice(lists[f"middle_{side}"]), rng.choice(lists[f"given_{side}"]))
    return Named(" ".join(part for part in parts if part), people)
