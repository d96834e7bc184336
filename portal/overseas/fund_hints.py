"""What the overseas employment fund may pay to who came home early. Hints to ask, never a promise."""

from dataclasses import dataclass

from portal.overseas.abroad_states import EarlyCause
from portal.reference.rules import Lookup, RuleValue

ILL = ("fund.return_ill_from", "fund.return_ill_to")
EMPLOYER = ("fund.return_employer_from", "fund.return_employer_to")
ABUSED = ("fund.return_abused_from", "fund.return_abused_to")
KEYS = {
    EarlyCause.ILL: ILL,
    EarlyCause.EMPLOYER: EMPLOYER,
    EarlyCause.DISASTER: EMPLOYER,
    EarlyCause.ABUSED: ABUSED,
}
# Whoever had to come home early may learn a new trade; who has a dispute may be helped with its cost.
RETRAINING, DISPUTE = "fund.retraining_month", "fund.legal_cost_to"
DISPUTED = (EarlyCause.BROKEN, EarlyCause.ABUSED, EarlyCause.EMPLOYER)


@dataclass(frozen=True, slots=True)
class Hint:
    """`key` names it; `least` and `most` None: nobody knows the sums of that day."""

    key: str
    least: RuleValue | None
    most: RuleValue | None


def fund_hints(cause: EarlyCause | None, rules: Lookup) -> list[Hint]:
    """For this cause, on the day of `rules`."""
    found = []
    if cause in KEYS:
        least, most = KEYS[cause]
        found.append(Hint(most, rules(least), rules(most)))
        found.append(Hint(RETRAINING, None, rules(RETRAINING)))
    if cause in DISPUTED:
        found.append(Hint(DISPUTE, None, rules(DISPUTE)))
    return found
