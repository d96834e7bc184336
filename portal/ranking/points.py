"""Scores as people read them: of 100, and rounded so that what is shown adds up."""

from collections.abc import Mapping


def of_hundred(score: int, most: Mapping[str, int]) -> int:
    """Of all that this opening could bring; learned points have no round sum."""
    whole = sum(most.values())
    return round(100 * score / whole) if whole else 0


def rounded(
    parts: Mapping[str, int], most: Mapping[str, int], room: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Each part in points of 100; together they are the rounded score.

    Largest remainders first (Hare's method of sharing out seats): each part is its own number rounded down or
    up. `room`: what each part may show at most; the point that finds none goes to the part after it.
    """
    whole = sum(most.values())
    shown = {name: 100 * points // whole if whole else 0 for name, points in parts.items()}
    missing = of_hundred(sum(parts.values()), most) - sum(shown.values())
    for _point in range(missing):
        free = [name for name in parts if room is None or shown[name] < room[name]]
        # The first of equals, in the order of the parts.
        chosen = max(free or parts, key=lambda name: 100 * parts[name] - shown[name] * whole)
        shown[chosen] += 1
    return shown


def shown_points(parts: Mapping[str, int], most: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Points and points possible of every part that the opening asks about; both columns add up."""
    possible = rounded(most, most)
    asked = {name: points for name, points in parts.items() if most[name]}
    within = all(points <= most[name] for name, points in asked.items())
    points = rounded(asked, most, possible if within else None)
    return {name: (points[name], possible[name]) for name in asked}
