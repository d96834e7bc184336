"""What a national ID number can be checked for. It has no check digit, so much is a warning only.

PPP G YY NNNNNN: province of birth registration, century and sex, year, random. The prefix is for life: it
says nothing about where somebody lives, and 089 and 091 both stay valid after the merger.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.reference.place_units import Level
from portal.reference.places import places

LENGTH = 12
OLD_LENGTH = 9
LAST_DAY_OF_63 = dt.date(2025, 6, 30)
# From 100 on the prefix names a country: people whose birth was registered abroad.
FIRST_COUNTRY_PREFIX = 100
SEXES = ("male", "female")


@dataclass(frozen=True, slots=True)
class IdCheck:
    """`number` is the tidy number when nothing bars it; warnings leave it standing."""

    number: str | None = None
    errors: tuple[Any, ...] = ()
    warnings: tuple[Any, ...] = ()
    proposal: str | None = None

    @property
    def ok(self) -> bool:
        return not self.errors


@lru_cache(maxsize=1)
def prefixes() -> dict[str, str]:
    """The 63 provinces by the three digits an ID begins with."""
    return {
        f"0{place.official_code}": place.name
        for place in places()
        if place.level is Level.PROVINCE and place.stood_on(LAST_DAY_OF_63)
    }


def check_national_id(
    text: str,
    birth_date: dt.date | None = None,
    birth_year: int | None = None,
    sex: str | None = None,
) -> IdCheck:
    number = re.sub(r"[\s.\-]", "", text)
    shape = _shape(number, text)
    if shape is not None:
        return shape
    prefix, century = number[:3], int(number[3])
    if int(prefix) < FIRST_COUNTRY_PREFIX and prefix not in prefixes():
        return IdCheck(
            errors=(
                _l("Không có tỉnh nào mang ba số đầu %(prefix)s. Bạn xem lại số trên thẻ.", prefix=prefix),
            )
        )
    if century > 3:
        return IdCheck(
            errors=(_l("Chữ số thứ tư của số căn cước phải từ 0 đến 3. Bạn xem lại số trên thẻ."),)
        )
    warnings = _warnings(number, birth_date.year if birth_date else birth_year, sex)
    return IdCheck(number=number, warnings=tuple(warnings))


def _shape(number: str, typed: str) -> IdCheck | None:
    """What is wrong with the figures alone, or nothing."""
    if not number:
        return IdCheck(errors=(_l("Hãy ghi số căn cước gồm 12 chữ số."),))
    if re.search(r"\d[.,]?\d*e[+]?\d", typed, re.IGNORECASE):
        return IdCheck(
            errors=(
                _l("Bảng tính đã đổi số này thành dạng rút gọn và làm mất chữ số. Hãy ghi lại đủ 12 chữ số."),
            )
        )
    if not number.isascii() or not number.isdigit():
        return IdCheck(errors=(_l("Số căn cước chỉ có chữ số. Hãy ghi đủ 12 chữ số, không kèm chữ."),))
    if len(number) == OLD_LENGTH:
        return IdCheck(
            errors=(
                _l(
                    "Đây là số chứng minh nhân dân cũ (9 chữ số), không còn dùng nữa."
                    " Hãy ghi số căn cước 12 chữ số; nếu chưa có, bạn để trống."
                ),
            )
        )
    if len(number) == LENGTH:
        return None
    proposal = number.zfill(LENGTH)
    if OLD_LENGTH < len(number) < LENGTH and proposal[:3] in prefixes() and int(proposal[3]) <= 3:
        return IdCheck(
            errors=(_l("Số này thiếu số 0 ở đầu. Có phải là %(number)s không?", number=proposal),),
            proposal=proposal,
        )
    return IdCheck(errors=(_l("Số căn cước có 12 chữ số; bạn ghi %(n)s chữ số.", n=len(number)),))


def _warnings(number: str, birth_year: int | None, sex: str | None) -> list[Any]:
    found: list[Any] = []
    year_on_card = 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])
    if birth_year is not None and birth_year != year_on_card:
        found.append(
            _l(
                "Số căn cước cho biết năm sinh %(card)s, hồ sơ ghi %(given)s. Bạn xem lại giúp.",
                card=year_on_card,
                given=birth_year,
            )
        )
    if sex in SEXES and SEXES.index(sex) != int(number[3]) % 2:
        found.append(_l("Giới tính trong hồ sơ khác với giới tính trong số căn cước. Bạn xem lại giúp."))
    if int(number[:3]) >= FIRST_COUNTRY_PREFIX:
        found.append(
            _l("Ba số đầu %(prefix)s không phải của tỉnh nào. Bạn so lại với thẻ giúp.", prefix=number[:3])
        )
    return found
