"""On which days somebody abroad is asked after. Plain values in, days out."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import count

from portal.referrals.deadlines import add_months


def _points(first: Sequence[int], every: int | None) -> Iterator[int]:
    ordered = sorted({months for months in first if months > 0})
    yield from ordered
    if every is None or every <= 0:
        return
    start = ordered[-1] if ordered else 0
    yield from (start + every * turn for turn in count(1))


def contact_points(
    departed_on: dt.date, first: Sequence[int], every: int | None, *, until: dt.date
) -> list[tuple[int, dt.date]]:
    """(months after departure, day), up to and with `until`.

    `first` are the months of the first contacts, `every` the months between later ones; None: no rule.
    """
    found = []
    for months in _points(first, every):
        day = add_months(departed_on, months)
        if day > until:
            break
        found.append((months, day))
    return found
