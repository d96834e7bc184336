"""What the overseas employment support fund can pay who contributed: the fund decides, we tell of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices
from portal.overseas.support.rules import Rulebook
from portal.reference.rules import RuleValue


class FundCause(Choices):
    ACCIDENT = "accident", _l("Về sớm vì tai nạn, ốm đau")
    EMPLOYER = "employer", _l("Về sớm vì nơi làm phá sản, thiên tai, chiến tranh")
    ABUSE = "abuse", _l("Về sớm vì bị ngược đãi, cưỡng bức, quấy rối")
    DEATH = "death", _l("Chết hoặc mất tích")
    # Who is retrained by the fund gets no other support of the state for a vocational course.
    RETRAINING = "retraining", _l("Học nghề lại sau khi về sớm")
    LEGAL = "legal", _l("Nửa chi phí tranh chấp pháp lý")


@dataclass(frozen=True, slots=True)
class FundBenefit:
    cause: FundCause
    # None: nobody knows what applies on that day.
    most: RuleValue | None
    least: RuleValue | None

    @property
    def verified(self) -> bool:
        return self.most is not None and self.most.verified

    @property
    def label(self) -> Any:
        return self.cause.label


def fund_benefits(on: dt.date, rules: Rulebook) -> tuple[FundBenefit, ...]:
    return tuple(
        FundBenefit(
            cause,
            rules(f"support.fund.{cause.value}_most", on),
            rules(f"support.fund.{cause.value}_least", on),
        )
        for cause in FundCause
    )
