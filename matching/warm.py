"""Compiles the kernels before anybody waits for them; numba keeps the result for every later process."""

from datetime import date

from matching.index import Ranker
from matching.types import OpeningProfile, WorkerProfile


def compile_kernels() -> None:
    """Rank two made-up people, so that every kernel is compiled, or read from the disk, once.

    Takes some seconds the first time on a machine and a fraction of one later; nothing where numba is off.
    """
    people = [WorkerProfile(n, commune="30742", occupations=(("7531", 12),), text="thợ may") for n in (1, 2)]
    opening = OpeningProfile(1, "7531", "thợ may", place="30742")
    Ranker.fit(people).ranking(opening, on=date(2026, 1, 1))
