"""What lapses and what is missing, in words."""

import datetime as dt

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.overseas.programmes.pool_rules import Lapse, LapseKind
from portal.overseas.programmes.rules import Point
from portal.overseas.programmes.sentences import asked_words
from portal.web.templating import show_date

# Beyond half a year nobody counts days.
COUNTED_IN_DAYS = 180


def lapse_words(lapse: Lapse, on: dt.date) -> str:
    """ "Tiếng Hàn EPS-TOPIK 110 điểm trở lên: còn 41 ngày (đến hết 08/01/2027)"."""
    days, day = lapse.days_left(on), show_date(lapse.day)
    if days < 0:
        return _("%(what)s: đã hết hạn ngày %(day)s", what=_what(lapse), day=day)
    if days > COUNTED_IN_DAYS:
        left = ngettext("còn %(num)s tháng", "còn %(num)s tháng", days // 30)
    else:
        left = ngettext("còn %(num)s ngày", "còn %(num)s ngày", days)
    return _("%(what)s: %(left)s (đến hết %(day)s)", what=_what(lapse), left=left, day=day)


def _what(lapse: Lapse) -> str:
    if lapse.kind is LapseKind.ROSTER:
        return _("Tên trong danh sách chờ")
    if lapse.kind is LapseKind.AGREEMENT or lapse.point is None:
        return _("Thời gian đồng ý được giữ tên")
    return point_words(lapse.point)


def point_words(point: Point) -> str:
    """The requirement; of several that count as one, the one that meets it or else the first."""
    best = next((one for one in point.answers if one.verdict is point.verdict), point.answers[0])
    return asked_words(best.asked)


def missing_words(points: list[Point]) -> list[str]:
    return [point_words(point) for point in points]
