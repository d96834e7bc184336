"""Every weight of the ranking, in this one place. The reasons for each stand in docs/ranking.md.

All scores are fixed point: a part brings `weight * value // UNIT` points, where `value` is an integer from 0
to `UNIT`, and `weight` that of `WEIGHTS`, raised where an opening does not ask about everything
(`scoring.StatedWeights`). Sums of int64 do not depend on their order, so threads, machines and the slow
reference of the tests agree to the last point.
"""

UNIT = 10_000
"""Value of a part that fits wholly."""

WEIGHTS: dict[str, int] = {
    "occupation": 220_000,
    "text": 250_000,
    "experience": 110_000,
    "wish": 80_000,
    "distance": 70_000,
    "wishes": 70_000,
    "wage": 60_000,
    "skills": 60_000,
    "certificate": 40_000,
    "start": 20_000,
    "recency": 20_000,
}
"""Points of each part of the score, in the order in which parts are shown."""

PARTS = tuple(WEIGHTS)
TOP = sum(WEIGHTS.values())
"""The score of somebody whom everything fits: 1,000,000 points."""

NOT_STATED = 3_000
"""Value of a part on which the profile is silent: below an average answer, above a bad one. It is named in
`missing`, so that silence can be ended by asking."""

NEAR_OCCUPATION = 5_000
"""Closeness from which work in another occupation counts as experience: the same two leading digits."""
FULL_EXPERIENCE_MONTHS = 60
"""Five years count fully; more would rank by age."""
KNOWN_OCCUPATION_MONTHS = 6
"""Months assumed where somebody names an occupation and not for how long."""

AT_LEVEL = 6_000
"""Value of a certificate exactly at the level asked for; the top of the scale is worth UNIT."""

WITHIN_RANGE = 7_000
"""Value of a wage wish at the upper end of the offer; at its lower end or below it is UNIT."""
WAGE_LOST = 14_000
"""Value lost when the wish is twice the offer: nothing is left at one and a half times."""

FULL_KM = 5
"""A daily ride that nobody minds."""
LAST_KM = 60
"""Farther is a move, not a commute."""
WILLING = 7_000
"""Value of a workplace far from home in a place the person named."""
SAME_PROVINCE = 4_000
"""Value of a workplace in the same province where the distance is not known."""

LAST_LATE_DAYS = 60
"""Somebody free this many days after the start is no help for it."""
FRESH_DAYS = 30
STALE_DAYS = 365
"""A profile not confirmed for a year says little about today."""

FIELDS = {"title": 2.0, "codes": 1.5, "text": 1.0, "synonyms": 0.5}
"""How much a word of the opening counts, by where it stands."""
