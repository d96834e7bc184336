"""How long a case may wait, counted from its own dates. Plain values in; nothing is guessed."""

import datetime as dt
from dataclasses import dataclass

TONES = {"calm": "water", "warn": "warn", "late": "stop"}


@dataclass(frozen=True, slots=True)
class Clock:
    """Days since a person was selected, and days left until the last one on which they may leave."""

    waited: int
    left: int
    by: dt.date
    # calm · warn · late
    level: str

    @property
    def tone(self) -> str:
        return TONES[self.level]


def last_day(start: dt.date, days: int) -> dt.date:
    """The last of so many days; the first of them is the one after `start`."""
    return start + dt.timedelta(days=days)


def waiting_clock(
    selected_on: dt.date | None, depart_by: dt.date | None, *, on: dt.date, warn_left: int
) -> Clock | None:
    """None: the clock has not begun. With `warn_left` days or fewer it warns, after the last it is late."""
    if selected_on is None or depart_by is None:
        return None
    left = (depart_by - on).days
    level = "late" if left < 0 else "warn" if left <= warn_left else "calm"
    return Clock((on - selected_on).days, left, depart_by, level)


def days_before(earlier: dt.date, later: dt.date) -> int:
    """Whole days between: paid on the 1st and gone on the 4th is three days before."""
    return (later - earlier).days
