"""How groups of people fare between the gates and a job, and what small numbers allow to say of it.

Groups are passed beside the ranking and never enter a score or a feature. Nothing here decides about anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, log2, sqrt
from statistics import NormalDist
from typing import Literal

LEAST_RATIO = 0.8
"""Four fifths of the rate of the others: below it a difference is looked at (29 CFR 1607.4 D, a rule of thumb
that auditors of hiring use; no law of Vietnam sets a number)."""
CONFIDENCE = 0.95
"""Of all statements about the groups of one table together."""
FEWEST_EXPECTED = 5
"""Where the others' rate would choose fewer of a group than this, its ratio says nothing yet."""
SMALLEST_SHOWN = 5
"""Counts from 1 to 4 point at people."""

Finding = Literal["fair", "low", "few"]


@dataclass(frozen=True)
class Rate:
    """How often a group is chosen, beside everybody else of the table.

    Attributes
    ----------
    group : str
    chosen, among : int
        People chosen, of all people of the group.
    ratio : float or None
        The group's rate divided by that of the others; None where the others have no rate or none of them
        was chosen.
    low, high : float
        Interval of the ratio; `low` 0 and `high` inf where nothing is known.
    finding : {"fair", "low", "few"}
        "low": below `LEAST_RATIO`, and the interval ends below 1. "few": below it, and chance alone may
        explain that, or nothing can be compared. "fair": not below it, or the only group with anybody chosen.
    """

    group: str
    chosen: int
    among: int
    ratio: float | None
    low: float
    high: float
    finding: Finding


def wilson(chosen: int, among: int, z: float) -> tuple[float, float]:
    """Return Wilson's score interval of a share.

    Parameters
    ----------
    chosen, among : int
        0 <= chosen <= among, among > 0.
    z : float
        Normal quantile of the confidence.

    Returns
    -------
    low, high : float

    Raises
    ------
    ValueError
        If the counts are not of that form.

    References
    ----------
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    if not 0 <= chosen <= among or among == 0:
        raise ValueError(f"{chosen} of {among} is no share")
    share, square = chosen / among, z * z
    middle = (share + square / (2 * among)) / (1 + square / among)
    half = z * sqrt(share * (1 - share) / among + square / (4 * among * among)) / (1 + square / among)
    low = 0.0 if chosen == 0 else max(0.0, middle - half)
    return low, 1.0 if chosen == among else min(1.0, middle + half)


def ratio_interval(chosen: int, among: int, others: int, among_others: int, z: float) -> tuple[float, float]:
    """Return the interval of the ratio of two independent shares, recovered from Wilson's intervals.

    Parameters
    ----------
    chosen, among : int
        Of the group; as in `wilson`.
    others, among_others : int
        Of everybody else.
    z : float

    Returns
    -------
    low, high : float
        0 and inf where the others' share may be 0.

    References
    ----------
    A. Donner, G. Y. Zou, Closed-form confidence intervals for functions of the normal mean and standard
    deviation, 2012 (MOVER-R).
    """
    one, other = chosen / among, others / among_others
    (low, high), (other_low, other_high) = wilson(chosen, among, z), wilson(others, among_others, z)
    both = one * other
    down = other_high * (2 * other - other_high)
    up = other_low * (2 * other - other_low)
    spread = sqrt(max(0.0, both * both - low * (2 * one - low) * down))
    # Where `down` is nothing the quotient below is its limit.
    least = (both - spread) / down if abs(down) > 1e-12 else low * (2 * one - low) / (2 * both or inf)
    if up <= 0:
        return max(0.0, least), inf
    return max(0.0, least), (both + sqrt(max(0.0, both * both - high * (2 * one - high) * up))) / up


def rates(counts: Mapping[str, tuple[int, int]], confidence: float = CONFIDENCE) -> tuple[Rate, ...]:
    """Return how each group fares beside all the others of one table.

    Beside the others, not beside the largest group: a table of a hundred communes has no natural first one.
    The intervals hold together (Bonferroni), so that a long table does not raise an alarm by its length.

    Parameters
    ----------
    counts : Mapping of str to (int, int)
        People chosen and people in all, by group.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    tuple of Rate
        In the order given; groups without people are left out.

    Raises
    ------
    ValueError
        If more people are chosen than there are.

    Examples
    --------
    >>> [(one.group, one.finding) for one in rates({"a": (10, 100), "b": (60, 200)})]
    [('a', 'low'), ('b', 'fair')]
    """
    known = {group: pair for group, pair in counts.items() if pair[1]}
    chosen, among = (sum(pair[at] for pair in known.values()) for at in (0, 1))
    z = NormalDist().inv_cdf(1 - (1 - confidence) / (2 * max(1, len(known))))
    return tuple(_rate(group, *pair, chosen, among, z) for group, pair in known.items())


def _rate(group: str, chosen: int, among: int, all_chosen: int, everybody: int, z: float) -> Rate:
    if not 0 <= chosen <= among:
        raise ValueError(f"{chosen} of {among} people of a group cannot be chosen")
    others, among_others = all_chosen - chosen, everybody - among
    if not among_others or not others:
        # Where nobody else was chosen at all, a group with somebody chosen is not the one left out.
        alone: Finding = "fair" if among_others and chosen else "few"
        return Rate(group, chosen, among, None, 0.0, inf, alone)
    ratio = (chosen / among) / (others / among_others)
    low, high = ratio_interval(chosen, among, others, among_others, z)
    finding: Finding = "fair"
    if ratio < LEAST_RATIO:
        expected = among * others / among_others
        finding = "low" if high < 1 and expected >= FEWEST_EXPECTED else "few"
    return Rate(group, chosen, among, ratio, low, high, finding)


def exposure(position: int) -> float:
    """Return how much a place in a list is looked at, 1 for the first: 1 / log2(1 + position).

    Parameters
    ----------
    position : int
        Counted from 1.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the position is below 1.

    References
    ----------
    A. Singh, T. Joachims, Fairness of exposure in rankings, 2018; the discount is that of nDCG.
    """
    if position < 1:
        raise ValueError(f"there is no place {position} in a list")
    return 1 / log2(1 + position)


def hide_small(counts: Sequence[int], least: int = SMALLEST_SHOWN) -> list[int | None]:
    """Return the counts of one column with those hidden that point at few people.

    A count from 1 to `least` - 1 is hidden. Where the hidden ones together could be found again by taking the
    others from the total, the smallest of the others that are not 0 are hidden too, until they cannot: at
    least two hidden counts that together come to at least `least`. If there are no such others, the whole
    column is hidden.

    Parameters
    ----------
    counts : sequence of int
        Of groups that exclude each other and whose total is known.
    least : int

    Returns
    -------
    list of int or None
        None where hidden.
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < least}
    spare = sorted((count, at) for at, count in enumerate(counts) if count >= least)
    while hidden and (len(hidden) < 2 or sum(counts[at] for at in hidden) < least):
        if not spare:
            return [None] * len(counts)
        hidden.add(spare.pop(0)[1])
    return [None if at in hidden else count for at, count in enumerate(counts)]


def hide_sealed(counts: Sequence[int], told: Sequence[bool], least: int = SMALLEST_SHOWN) -> list[int | None]:
    """Return the counts of one column of what people told in confidence, hidden where they give it away.

    As `hide_small`; and the whole column is hidden where nearly all who told are of one group: whoever knows
    who they are would read the group of each. Fewer than `least` of other groups are no cover, since those
    may be known.

    Parameters
    ----------
    counts : sequence of int
        As in `hide_small`.
    told : sequence of bool
        By group, False for the group of those who did not tell: they are no cover either, since it is known
        who told.
    least : int

    Returns
    -------
    list of int or None
        None where hidden.
    """
    known = [count for count, said in zip(counts, told, strict=True) if said]
    if any(known) and sum(known) - max(known) < least:
        return [None] * len(counts)
    return hide_small(counts, least)
