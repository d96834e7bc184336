"""The minimum wage of the workplace: what an opening pays, the region and the figures in, a verdict out."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from portal.openings.states import WagePeriod
from portal.openings.wages import dots
from portal.reference.models import WageRegion
from portal.reference.rules import RuleValue

UNVERIFIED = "chưa kiểm chứng"


class Answer(StrEnum):
    ENOUGH = "enough"
    BELOW = "below"
    # Nothing that can be compared is promised: by the piece, by the day, "thoả thuận".
    NOT_STATED = "not_stated"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Pay:
    """What the opening says of its pay."""

    least: int | None
    most: int | None
    currency: str = "VND"
    period: WagePeriod = WagePeriod.MONTH
    is_part_time: bool = False

    @property
    def by_the_hour(self) -> bool:
        return self.period == WagePeriod.HOUR


@dataclass(frozen=True)
class Floor:
    """The minimum wage of one workplace on one day, as far as it is known."""

    region: WageRegion | None = None
    month: RuleValue | None = None
    hour: RuleValue | None = None
    region_verified: bool = False

    def of(self, pay: Pay) -> RuleValue | None:
        return self.hour if pay.by_the_hour else self.month


@dataclass(frozen=True)
class Verdict:
    answer: Answer
    figure: int | None = None
    region: WageRegion | None = None
    source: str = ""
    verified: bool = False
    # Why nothing could be compared, or what to write instead; for the employer.
    advice: str = ""


def compare(pay: Pay, floor: Floor) -> Verdict:
    if pay.currency != "VND":
        return Verdict(Answer.UNKNOWN, advice=_("Lương tối thiểu chỉ so được khi ghi bằng đồng."))
    promised = _promised(pay)
    unclear = _unclear(pay)
    if unclear:
        return Verdict(Answer.NOT_STATED, advice=unclear)
    if floor.region is None:
        return Verdict(Answer.UNKNOWN, advice=_("Chưa rõ vùng lương tối thiểu của nơi làm việc này."))
    rule = floor.of(pay)
    if rule is None or rule.number is None or promised is None:
        return Verdict(
            Answer.UNKNOWN,
            region=floor.region,
            advice=_("Chưa có mức lương tối thiểu của %(region)s để so.", region=floor.region.label),
        )
    verified = rule.verified and floor.region_verified
    if promised < rule.number:
        return Verdict(Answer.BELOW, rule.whole, floor.region, rule.source, verified)
    if pay.least is None:
        return Verdict(Answer.NOT_STATED, advice=_state_the_least())
    return Verdict(Answer.ENOUGH, rule.whole, floor.region, rule.source, verified)


def _promised(pay: Pay) -> int | None:
    """The lowest figure written; where only "up to" is written, not even that is promised."""
    return pay.least if pay.least is not None else pay.most


def _unclear(pay: Pay) -> str:
    """What to write where the pay cannot be compared with a figure by the month or the hour."""
    if _promised(pay) is None or pay.period == WagePeriod.PIECE:
        return _state_the_least()
    if pay.period == WagePeriod.DAY:
        return _(
            "Luật quy định mức tối thiểu theo tháng và theo giờ. Hãy ghi thêm lương một tháng hoặc một giờ."
        )
    if pay.is_part_time and not pay.by_the_hour:
        return _("Việc bán thời gian được so theo giờ. Hãy ghi lương một giờ.")
    return ""


def _state_the_least() -> str:
    return _("Hãy ghi mức lương bảo đảm: số tiền ít nhất người làm chắc chắn nhận mỗi tháng hoặc mỗi giờ.")


def source_of(verdict: Verdict) -> str:
    """For the finding: decree, region and figure, with a mark while nobody has compared them."""
    assert verdict.region is not None and verdict.figure is not None
    mark = "" if verdict.verified else f" ({UNVERIFIED})"
    return f"{verdict.source}, vùng {verdict.region.value}: {dots(verdict.figure)} đồng{mark}"[:200]
