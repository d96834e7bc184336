"""What an occupation usually pays, from the openings that were public; and wages written in words."""

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import case, func, select

from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import Sphere
from portal.openings.wages import PER_MONTH, ROUGH_RATES, dots

# An advertised wage more than this many times the usual one is looked at. Of 3,129 real advertisements with
# a wage 1.4 in a hundred were above it, nearly all of them sales on commission.
FAR_ABOVE = 3
# Where too few openings tell what is usual: this many times the minimum wage of the place.
FAR_ABOVE_MINIMUM = 10
# Managers and professionals (major groups 1 and 2) earn more without anybody being cheated.
FAR_ABOVE_MINIMUM_LEARNED = 25
LEARNED = ("1", "2")
FEWEST_ROWS = 8
MOST_ROWS = 500


@dataclass(frozen=True)
class Usual:
    """đồng a month from which a wage is far above, and the words that say so."""

    bar: int
    words: str

    def is_passed_by(self, amount: int) -> bool:
        return amount > self.bar


def usual_wage(
    occupation_code: str | None, sphere: Sphere, country: str | None, minimum: int | None, *, but: int | None
) -> Usual | None:
    """From the same unit group, else its minor, else its sub-major group; else from the minimum wage.

    One query. `but` leaves the opening itself out.
    """
    if not occupation_code:
        return None
    rows = _public_wages(occupation_code[:2], sphere, country, but)
    for digits in (4, 3, 2):
        wages = [wage for code, wage in rows if code.startswith(occupation_code[:digits])]
        if len(wages) >= FEWEST_ROWS:
            median = int(statistics.median(wages))
            return Usual(
                median * FAR_ABOVE,
                f"mức thường gặp {dots(median)} đồng một tháng "
                f"({len(wages)} tin nhóm nghề {occupation_code[:digits]})",
            )
    if minimum is None:
        return None
    times = FAR_ABOVE_MINIMUM_LEARNED if occupation_code.startswith(LEARNED) else FAR_ABOVE_MINIMUM
    return Usual(minimum * times, f"hơn {times} lần lương tối thiểu tháng {dots(minimum)} đồng")


def _public_wages(group: str, sphere: Sphere, country: str | None, but: int | None) -> list[tuple[str, int]]:
    rate = case(ROUGH_RATES, value=Opening.wage_currency, else_=0)
    times = case({period.value: n for period, n in PER_MONTH.items()}, value=Opening.wage_period, else_=0)
    monthly = func.coalesce(Opening.wage_min, Opening.wage_max) * rate * times
    query = select(Opening.occupation_code, monthly).where(
        Opening.published_at.is_not(None),
        Opening.sphere == sphere,
        Opening.occupation_code.startswith(group),
        monthly > 0,
    )
    if sphere == Sphere.OVERSEAS:
        query = query.where(Opening.country == country)
    if but is not None:
        query = query.where(Opening.id != but)
    with db.session.no_autoflush:
        rows = db.session.execute(query.order_by(Opening.id.desc()).limit(MOST_ROWS))
        return [(code, int(wage)) for code, wage in rows]


# --- wages written in words -----------------------------------------------------------------------------

_NUMBER = r"(\d[\d.,]*)\s*(triệu|tr|củ|k|ngàn|nghìn|đ|đồng|vnđ|vnd)?"
_WRITTEN = re.compile(
    rf"\b(?:lương|thu nhập|kiếm|nhận|lãnh)\b[^.;\d]{{0,30}}{_NUMBER}(?:\s*(?:-|–|đến|tới)\s*{_NUMBER})?"
    r"\s*(?:đồng|đ|vnđ|vnd)?\s*(?:/|một|mỗi|1|trên)\s*(tháng|ngày|giờ|tiếng|tuần)"
)
_TIMES = {"tháng": 1, "ngày": 26, "giờ": 208, "tiếng": 208, "tuần": 4}
_WORTH = {"triệu": 1_000_000, "tr": 1_000_000, "củ": 1_000_000, "k": 1_000, "ngàn": 1_000, "nghìn": 1_000}


def wages_in(sentence: str) -> Iterator[int]:
    """đồng a month for each wage in a lower-case sentence: "thu nhập 2 triệu/ngày" is 52 million."""
    for match in _WRITTEN.finditer(sentence):
        low, low_unit, _high, high_unit, period = match.groups()
        amount = _amount(low, low_unit or high_unit or "")
        if amount:
            yield amount * _TIMES[period]


def _amount(figures: str, unit: str) -> int:
    if unit in _WORTH:
        try:
            return int(float(figures.rstrip(".,").replace(",", ".")) * _WORTH[unit])
        except ValueError:
            return 0
    digits = re.sub(r"\D", "", figures)
    return int(digits) if 4 <= len(digits) <= 10 else 0
