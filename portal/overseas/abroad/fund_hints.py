"""Which benefits of the overseas employment fund to ask for after an early return. Hints, never a promise."""

import datetime as dt

from portal.overseas.abroad.fund_rules import FundBenefit, FundCause, fund_benefits
from portal.overseas.abroad.states import EarlyCause
from portal.overseas.support.rules import Rulebook

OF_CAUSE = {
    EarlyCause.ILL: (FundCause.ACCIDENT, FundCause.RETRAINING),
    EarlyCause.EMPLOYER: (FundCause.EMPLOYER, FundCause.RETRAINING, FundCause.LEGAL),
    EarlyCause.DISASTER: (FundCause.EMPLOYER, FundCause.RETRAINING),
    EarlyCause.ABUSED: (FundCause.ABUSE, FundCause.RETRAINING, FundCause.LEGAL),
    EarlyCause.BROKEN: (FundCause.LEGAL,),
}


def fund_hints(cause: EarlyCause | None, on: dt.date, rules: Rulebook) -> list[FundBenefit]:
    """For this cause, as the rules stood on the day of return."""
    asked = OF_CAUSE.get(cause, ()) if cause is not None else ()
    return [one for one in fund_benefits(on, rules) if one.cause in asked]
