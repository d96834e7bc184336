"""Why a sentence is held and how an honest employer mends it, by rule."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.openings.fraud_patterns import WHY as FRAUD

# A figure that somebody has compared with the decree binds; until then a moderator may know better.
NEVER_JUSTIFIED = ("wage_below",)
_WAGE = _l(
    "Lương thấp hơn mức tối thiểu của nơi làm việc. Hãy ghi mức lương bảo đảm từ mức này trở lên, hoặc sửa "
    "lại nơi làm việc. Việc bán thời gian thì ghi lương một giờ."
)
_WORDING = _l("Câu này có thể phân biệt đối xử. Hãy viết lại theo việc phải làm, không theo người làm.")
WHY = {**FRAUD, "wage_below": _WAGE, "wage_below_unverified": _WAGE}


def why(rule: str) -> Any:
    return WHY.get(rule, _WORDING)
