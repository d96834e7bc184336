"""Scores as people read them: of 100, and rounded so that what is shown adds up."""

from collections.abc import Mapping

from matching import weights

# Points of the ranking that make one point on a page.
ONE = weights.TOP // 100


def of_hundred(score: int) -> int:
    return round(score / ONE)


def rounded(parts: Mapping[str, int], most: Mapping[str, int] | None = None) -> dict[str, int]:
    """Each part in points of 100; together they are the rounded score.

    Largest remainders first (Hare's method of sharing out seats): each part is its own number rounded down or
    up. `most`: what each part may show at most, itself rounded this way; the point that has no room goes to
    the part after it.
    """
    shown = {name: points // ONE for name, points in parts.items()}
    missing = of_hundred(sum(parts.values())) - sum(shown.values())
    for _point in range(missing):
        room = [name for name in parts if most is None or shown[name] < most[name]]
        # The first of equals, in the order of the parts.
        chosen = max(room or parts, key=lambda name: parts[name] - shown[name] * ONE)
        shown[chosen] += 1
    return shown


def shown_points(parts: Mapping[str, int], most: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Points and points possible of every part that the opening asks about; both columns add up."""
    possible = rounded(most)
    asked = {name: points for name, points in parts.items() if most[name]}
    within = {name: points <= most[name] for name, points in asked.items()}
    points = rounded(asked, possible if all(within.values()) else None)
    return {name: (points[name], possible[name]) for name in asked}
