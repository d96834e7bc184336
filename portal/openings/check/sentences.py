"""What the check says, in both languages at once: no page and no request are needed to read it."""

import csv
from functools import lru_cache
from pathlib import Path

from portal.openings.check.figures import Words

FILE = Path(__file__).with_name("sentences.csv")


@lru_cache(maxsize=1)
def sentences() -> dict[str, Words]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["vi"], row["en"]) for row in csv.DictReader(file)}


def say(code: str, /, **values: str | Words) -> Words:
    """The sentence with its figures; a value in one language stands in both."""
    vi, en = sentences()[code]
    pairs = {name: (value, value) if isinstance(value, str) else value for name, value in values.items()}
    return (
        vi.format_map({name: pair[0] for name, pair in pairs.items()}),
        en.format_map({name: pair[1] for name, pair in pairs.items()}),
    )


def named(field: str) -> Words:
    """A field of the input as people call it; its name beside it is for who writes the JSON."""
    return say("named", label=say(f"field_{field}"), name=field)


def inside(words: Words) -> Words:
    """A name in the middle of a sentence begins without a capital."""
    vi, en = words
    return vi[:1].lower() + vi[1:], en[:1].lower() + en[1:]


def together(first: Words, second: Words) -> Words:
    return f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"
