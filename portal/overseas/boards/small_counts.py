"""Tables of groups and stages for who meets no people: no number tells of fewer than five."""

from collections.abc import Sequence

from matching.fairness import SMALLEST_SHOWN

Row = list[int | None]


def hide_funnel(groups: Sequence[Sequence[int]], least: int = SMALLEST_SHOWN) -> tuple[list[Row], Row]:
    """(groups, totals) with None where a number, what is missing to a total, or what two neighbouring stages
    differ by would tell of 1 to `least` - 1 people.

    Each group is a row of falling counts, a stage a column; groups exclude each other. Hiding only ever
    grows, so that it comes to rest.
    """
    table = [list(row) for row in groups]
    totals = [sum(column) for column in zip(*table, strict=True)] if table else []
    rows = [*table, totals]
    hidden = {
        (at, stage) for at, row in enumerate(rows) for stage, count in enumerate(row) if 0 < count < least
    }
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        for at, row in enumerate(rows):
            _hide_differences(row, at, hidden, least)
        for stage in range(len(totals)):
            _hide_complements(table, stage, hidden, least)
    shown = [
        [None if (at, stage) in hidden else count for stage, count in enumerate(row)]
        for at, row in enumerate(rows)
    ]
    return shown[:-1], shown[-1]


def _hide_differences(row: Sequence[int], at: int, hidden: set[tuple[int, int]], least: int) -> None:
    """Who stopped between two shown stages is counted by their difference."""
    last: int | None = None
    for stage, count in enumerate(row):
        if (at, stage) in hidden:
            continue
        if last is not None and 0 < last - count < least:
            hidden.add((at, stage))
        else:
            last = count


def _hide_complements(
    table: Sequence[Sequence[int]], stage: int, hidden: set[tuple[int, int]], least: int
) -> None:
    """A hidden count is found again from the total unless there are others hidden with it."""
    total = (len(table), stage)
    if total in hidden:
        return
    gone = [at for at in range(len(table)) if (at, stage) in hidden]
    spare = sorted((table[at][stage], at) for at in range(len(table)) if at not in gone and table[at][stage])
    while gone and (len(gone) < 2 or sum(table[at][stage] for at in gone) < least):
        if not spare:
            hidden.add(total)
            return
        _count, at = spare.pop(0)
        gone.append(at)
        hidden.add((at, stage))
