"""Very many profiles, read some at a time: they never stand in memory as objects all at once."""

from collections.abc import Iterable, Iterator, Sized
from itertools import islice

from matching.model import worker_terms
from matching.types import WorkerProfile

LEARNED_FROM = 100_000
"""Profiles from which words and their rarity are learned: more of the same teach nothing new."""
CHUNK = 20_000
"""Profiles turned into columns at a time, so that a million never stand in memory as objects."""


class Documents:
    """The terms of profiles, made anew whenever they are gone through; of very many, evenly spread ones."""

    def __init__(self, people: Iterable[WorkerProfile]) -> None:
        self._people = people
        self._step = max(1, len(people) // LEARNED_FROM) if isinstance(people, Sized) else 1

    def __iter__(self) -> Iterator[list[str]]:
        return (worker_terms(worker) for worker in islice(self._people, 0, None, self._step))


def chunks(workers: Iterable[WorkerProfile]) -> Iterator[list[WorkerProfile]]:
    """Yield the profiles some at a time; one empty list where there are none."""
    rest = iter(workers)
    chunk = list(islice(rest, CHUNK))
    yield chunk
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
