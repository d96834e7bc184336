"""What a case needs for a step, told by functions that each capability registers for its own facts.

A need may have several functions; it holds when none of them names anything missing. A need that nobody tells
about holds: what a capability that is not there would ask is not asked.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.overseas.cases.transitions import Missing, Need, Step
from portal.overseas.models import OverseasCase


@dataclass(frozen=True)
class Question:
    """Does it hold for this case and this step, on the day of the step (not that of the asking)?"""

    case: OverseasCase
    on: dt.date
    step: Step


Check = Callable[[Question], Iterable[Missing]]
_checks: defaultdict[Need, list[Check]] = defaultdict(list)


def register(need: Need, check: Check) -> Check:
    """`register(Need.LOAN, loan_is_decided)`: asked from now on, beside whatever others have registered."""
    if check not in _checks[need]:
        _checks[need].append(check)
    return check


def is_told(need: Need) -> bool:
    return bool(_checks[need])


def missing(need: Need, question: Question) -> tuple[Missing, ...]:
    return tuple(one for check in _checks[need] for one in check(question))


def all_missing(needs: Iterable[Need], question: Question) -> dict[Need, tuple[Missing, ...]]:
    found = {need: missing(need, question) for need in dict.fromkeys(needs)}
    return {need: missed for need, missed in found.items() if missed}
