"""The kept counts as tables: shares, rates beside the others, and what must not be shown."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import aliased

from matching.fairness import Rate, hide_sealed, hide_small, rates
from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.text import fold
from portal.counselling.states import AgeBand
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking.fairness_groups import ELSEWHERE, NAMED_PEOPLES, NOT_POOR, OTHER_PEOPLES
from portal.ranking.fairness_models import FairnessCount
from portal.ranking.states import GROUPED, LATER, NOT_KNOWN, SEALED, Dimension, Stage
from portal.reference.people import ethnic_groups
from portal.reference.places import places
from portal.workers.states import Sex

STEP = 5
UNKNOWN = {NOT_KNOWN: _l("Chưa rõ")}
NOT_COUNTED = {NOT_KNOWN: _l("Chưa cho biết, hoặc không muốn được đếm")}
NOT_AGREED = {NOT_KNOWN: _l("Chưa đồng ý được đếm")}


@dataclass(frozen=True)
class Line:
    """One group. A None among `numbers` is hidden; its share and rate are then hidden too."""

    key: str
    label: Any
    numbers: Mapping[Stage, int | None]
    shares: Mapping[Stage, float | None]
    # How much of what is looked at, of the first places above all, fell to this group.
    seen: float | None
    rates: Mapping[Stage, Rate | None]


@dataclass(frozen=True)
class Table:
    dimension: Dimension
    lines: list[Line]
    # One of the rows, for when and for which day it was counted.
    total: FairnessCount
    totals: Mapping[Stage, int | None]
    hides: bool

    @property
    def sealed(self) -> bool:
        return self.dimension in SEALED

    @property
    def low(self) -> list[tuple[Line, Stage, Rate]]:
        found = [(line, stage, line.rates[stage]) for line in self.lines for stage in LATER]
        return [(line, stage, one) for line, stage, one in found if one is not None and one.finding == "low"]


def hides(account: Account, dimension: Dimension) -> bool:
    """Who meets no people never sees how few somebody is among; of what is sealed nobody does."""
    return account.role not in CASE_STAFF or dimension in SEALED


def counts_of(month: dt.date, opening_id: int | None) -> Sequence[FairnessCount]:
    same = (
        FairnessCount.opening_id.is_(None) if opening_id is None else FairnessCount.opening_id == opening_id
    )
    query = select(FairnessCount).where(same, FairnessCount.month == month).order_by(FairnessCount.id)
    return db.session.scalars(query).all()


# Of one step of five a group can only have all or nothing: that says who is alone, and no share.
LEAST_SEEN = 2 * STEP * 1000


def tables_of(counts: Sequence[FairnessCount], account: Account) -> dict[Dimension, Table]:
    """Empty where nothing has been counted yet; of one opening without what is sealed."""
    total = next((row for row in counts if row.dimension is Dimension.ALL), None)
    if total is None:
        return {}
    return {
        dimension: _table(dimension, [row for row in counts if row.dimension is dimension], total, account)
        for dimension in GROUPED
        if total.opening_id is None or dimension not in SEALED
    }


def _table(dimension: Dimension, rows: list[FairnessCount], total: FairnessCount, account: Account) -> Table:
    labels, hidden = labels_of(dimension, [row.group_key for row in rows]), hides(account, dimension)
    order = {key: place for place, key in enumerate(labels)}
    rows = sorted(rows, key=lambda row: (order.get(row.group_key, len(order)), row.group_key))
    columns = {stage: _column(dimension, stage, rows, hidden) for stage in Stage}
    found = {stage: _rates_shown(dimension, stage, rows, columns[stage]) for stage in LATER}
    if dimension in SEALED and rows:
        total = rows[0]
    whole = {stage: _sum(dimension, stage.value, rows, total) for stage in Stage}
    seen = _sum(dimension, "exposure", rows, total)
    if dimension in SEALED and seen < LEAST_SEEN:
        seen = 0
    lines = [
        Line(
            key=row.group_key,
            label=labels.get(row.group_key, row.group_key),
            numbers={stage: columns[stage][place] for stage in Stage},
            shares={stage: _share(columns[stage][place], whole[stage]) for stage in Stage},
            seen=_share(None if _few(columns, place) else _told(dimension, "exposure", row), seen),
            rates={stage: found[stage].get(row.group_key) for stage in LATER},
        )
        for place, row in enumerate(rows)
    ]
    totals: dict[Stage, int | None] = dict(whole)
    if account.role not in CASE_STAFF:
        totals = {stage: hide_small([number])[0] for stage, number in whole.items()}
    return Table(dimension, lines, total, totals, hidden)


def _told(dimension: Dimension, what: str, row: FairnessCount) -> int:
    """A number of a row as far as it is told to anybody: of what is sealed rounded down to fives, so that one
    person more seldom shows. Shares and rates are made from these numbers."""
    number: int = getattr(row, what)
    return _in_fives(what, number) if dimension in SEALED else number


def _in_fives(what: str, number: int) -> int:
    """Exposure is kept in thousandths."""
    step = STEP * (1000 if what == "exposure" else 1)
    return number // step * step


def _sum(dimension: Dimension, what: str, rows: Sequence[FairnessCount], total: FairnessCount) -> int:
    """Of what is sealed the sum of its own night: everybody may have been counted again since."""
    if dimension not in SEALED:
        return _told(dimension, what, total)
    return _in_fives(what, sum(getattr(row, what) for row in rows))


def _column(dimension: Dimension, stage: Stage, rows: list[FairnessCount], hidden: bool) -> list[int | None]:
    counts = [getattr(row, stage.value) for row in rows]
    if dimension in SEALED:
        shown = hide_sealed(counts, [row.group_key != NOT_KNOWN for row in rows])
        return [
            None if number is None else _told(dimension, stage.value, row)
            for number, row in zip(shown, rows, strict=True)
        ]
    return hide_small(counts) if hidden else counts


def _few(columns: Mapping[Stage, list[int | None]], place: int) -> bool:
    return columns[Stage.SHOWN][place] is None or columns[Stage.ELIGIBLE][place] is None


def _share(part: int | None, whole: int) -> float | None:
    return None if part is None or not whole else part / whole


def _rates_shown(
    dimension: Dimension, stage: Stage, rows: Iterable[FairnessCount], column: list[int | None]
) -> dict[str, Rate]:
    """Of a sealed column that is hidden whole only what is clearly low: "too few" at all groups but one would
    tell which one it is."""
    found = _rates(dimension, stage, rows)
    if dimension in SEALED and all(count is None for count in column):
        return {group: rate for group, rate in found.items() if rate.finding == "low"}
    return found


def _rates(dimension: Dimension, stage: Stage, rows: Iterable[FairnessCount]) -> dict[str, Rate]:
    """Who is in no known group is compared with nobody."""
    counts = {
        row.group_key: (_told(dimension, stage.value, row), _told(dimension, Stage.ELIGIBLE.value, row))
        for row in rows
    }
    counts.pop(NOT_KNOWN, None)
    return {one.group: one for one in rates(counts)}


def labels_of(dimension: Dimension, keys: Iterable[str]) -> dict[str, Any]:
    """Label by key, in the order in which they are shown; those without a value last."""
    if dimension is Dimension.SEX:
        return {one.value: one.label for one in Sex} | UNKNOWN
    if dimension is Dimension.AGE:
        return {one.value: one.label for one in AgeBand} | UNKNOWN
    if dimension is Dimension.ETHNICITY:
        named = {code: ethnic_groups()[code].label for code in NAMED_PEOPLES}
        return named | {OTHER_PEOPLES: _l("Dân tộc khác")} | NOT_COUNTED
    if dimension is Dimension.POOR:
        told = {"poor": _l("Hộ nghèo"), "near_poor": _l("Hộ cận nghèo")}
        return told | {NOT_POOR: _l("Những người khác đã đồng ý được đếm")} | NOT_AGREED
    units = {code: unit.name for code in keys if (unit := places().get(code)) is not None}
    order = sorted(units, key=lambda code: (fold(units[code]), code))
    return {code: places().name(code) for code in order} | {ELSEWHERE: _l("Ngoài tỉnh")} | UNKNOWN


def percent(share: float | None) -> str:
    return "" if share is None else f"{format_decimal(100 * share, '#,##0.#')} %"


def ratio_words(rate: Rate, *, shown: bool) -> str:
    """The ratio with its interval; only the finding where a count of the group is hidden."""
    if not shown or rate.ratio is None:
        return ""
    low, high = (format_decimal(value, "0.00") for value in (rate.low, min(rate.high, 99)))
    words = {"ratio": format_decimal(rate.ratio, "0.00"), "low": low, "high": high}
    if rate.high > 99:
        return str(_("%(ratio)s (từ %(low)s)", **words))
    return str(_("%(ratio)s (%(low)s đến %(high)s)", **words))


def finding_words(rate: Rate) -> str:
    words = {"low": _("thấp rõ"), "few": _("chưa đủ người để kết luận"), "fair": ""}
    return str(words[rate.finding])


def numbers_shown(line: Line, stage: Stage) -> bool:
    return line.numbers[stage] is not None and line.numbers[Stage.ELIGIBLE] is not None


def header() -> list[str]:
    words = [_("Nhóm")]
    for stage in Stage:
        words += [str(stage.label), _("%(what)s: phần trăm", what=stage.label)]
        if stage in LATER:
            words.append(_("%(what)s: so với người khác", what=stage.label))
        if stage is Stage.SHOWN:
            words.append(_("Mức được xem"))
    return words


def sheet_row(line: Line) -> list[Any]:
    """What the screen shows of a line, cell for cell."""
    row: list[Any] = [str(line.label)]
    for stage in Stage:
        number = line.numbers[stage]
        row += [_("ẩn") if number is None else number, percent(line.shares[stage])]
        if stage in LATER:
            row.append(rate_text(line, stage))
        if stage is Stage.SHOWN:
            row.append(percent(line.seen))
    return row


def rate_text(line: Line, stage: Stage) -> str:
    rate = line.rates[stage]
    if rate is None:
        return ""
    words = [ratio_words(rate, shown=numbers_shown(line, stage)), finding_words(rate)]
    return ", ".join(word for word in words if word)


def openings_counted(month: dt.date) -> Any:
    """A select of the openings of a month with their sums, most people shown first."""
    total = aliased(FairnessCount)
    return (
        select(Opening, total)
        .join(total, total.opening_id == Opening.id)
        .where(total.month == month, total.dimension == Dimension.ALL)
        .order_by(total.shown.desc(), Opening.id)
    )
