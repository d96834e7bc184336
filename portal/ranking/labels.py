"""From what became of people to labels: who ended it decides. One table, told in docs/ranking.md."""

from dataclasses import dataclass

from matching.outcomes import CENTRE, EMPLOYER, SHOWN
from portal.ranking.learning_states import Fit, FitReason
from portal.referrals.states import ReferralState


@dataclass(frozen=True)
class Label:
    """`yes`: would such a person be taken? None: it says nothing of that, and nothing is learned from it.

    `weight` is how much it says, `gain` how good an end it was, `kind` who said it.
    """

    yes: bool | None
    weight: float = 0.0
    gain: int = 0
    kind: int = EMPLOYER


NOTHING = Label(None)
# An answer about the work itself; half of one; something that was said by neither the employer nor the work.
CLEAR, HALF, FAINT = 1.0, 0.5, 0.1

HIRED = Label(True, 0.8, gain=2)
STAYED = Label(True, CLEAR, gain=3)
NOT_ABLE = Label(False, CLEAR)

# By the state it ended in, and the reason where that decides.
ENDS: dict[tuple[ReferralState, str | None], Label] = {
    (ReferralState.PLACED, None): STAYED,
    (ReferralState.HIRED, None): HIRED,
    # Taken, and gone within the month. The person went: the employer's yes stands. The employer ended it:
    # a no that came late. The contract ran out: it was kept to its end.
    (ReferralState.LEFT, "person_left_soon"): Label(True, HALF, gain=2),
    (ReferralState.LEFT, "employer_dismissed"): Label(False, HALF),
    (ReferralState.LEFT, "employer_contract_ended"): STAYED,
    # Reasons of the work.
    (ReferralState.REFUSED, "employer_experience"): NOT_ABLE,
    (ReferralState.REFUSED, "employer_skills"): NOT_ABLE,
    (ReferralState.REFUSED, "employer_certificate"): NOT_ABLE,
    (ReferralState.REFUSED, "employer_language"): NOT_ABLE,
    (ReferralState.REFUSED, "employer_test"): NOT_ABLE,
    # Somebody else was better, which need not mean that this one was bad.
    (ReferralState.REFUSED, "employer_other_chosen"): Label(False, HALF),
    # Both sides; nobody; and an unnamed reason, behind which one may stand that the law bars.
    (ReferralState.REFUSED, "employer_terms"): NOTHING,
    (ReferralState.REFUSED, "employer_no_answer"): NOTHING,
    (ReferralState.REFUSED, "employer_not_hired_other"): NOTHING,
    # The person's own no says nothing of the employer's.
    (ReferralState.DECLINED, None): NOTHING,
    # The Centre's own choice would teach the machine itself; an ended opening and silence are no answer.
    (ReferralState.NOT_NOW, None): NOTHING,
    (ReferralState.FILLED, None): NOTHING,
    (ReferralState.LAPSED, None): NOTHING,
}

# A person who asks for a job has seen something in it. Not ended yet, or ended without an answer.
INTEREST = Label(True, FAINT, kind=CENTRE)

# In a list that an adviser chose from: chosen or passed. A pass counts by how likely anybody looked there.
CHOSEN, PASSED = Label(True, FAINT, kind=SHOWN), Label(False, FAINT, kind=SHOWN)

FITS, FITS_NOT = Label(True, HALF, gain=1, kind=CENTRE), Label(False, HALF, kind=CENTRE)
# The person's wish, a profile that is wrong, and an unnamed reason say nothing of fit.
JUDGED: dict[FitReason, Label] = {
    FitReason.DOES_NOT_WANT: NOTHING,
    FitReason.PROFILE_WRONG: NOTHING,
    FitReason.OTHER_BAD: NOTHING,
}


def of_end(state: ReferralState, reason: str | None) -> Label:
    """What an employer's answer teaches; `NOTHING` for one that still runs."""
    exact = ENDS.get((state, reason))
    return exact if exact is not None else ENDS.get((state, None), NOTHING)


def of_judgement(fit: Fit, reason: FitReason) -> Label:
    return JUDGED.get(reason, FITS if fit is Fit.FITS else FITS_NOT)
