"""What people write into the cells of a list of openings, read into values. Pure: text in, values out.

Each reader says whether it understood; what it did not understand is kept as text, never guessed.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from portal.common.clock import local_date
from portal.common.text import fold
from portal.openings.states import WagePeriod
from portal.reference.countries import country_code
from portal.reference.places import AN_GIANG, Level, places

MILLION = 1_000_000
# A bare "7 - 10" in a wage column means millions of đồng; above this it would be thousands or a slip.
MOST_BARE_MILLIONS = 300
# What says a wage, a number or a time is short; beyond it somebody leaned on a key.
LONGEST_FACT = 200
MOST_MONTHS = 60 * 12

# Letters between numbers and units, on folded text.
_CURRENCIES = (
    ("JPY", r"\byen\b|\bjpy\b|¥"),
    ("KRW", r"\bwon\b|\bkrw\b|₩"),
    ("TWD", r"\bdai te\b|\btwd\b|nt\$"),
    ("EUR", r"\beur\b|\beuro\b|€"),
    ("SGD", r"\bsgd\b"),
    ("AUD", r"\baud\b"),
    ("USD", r"\busd\b|\$|\bdo la\b|\bdo my\b"),
)
_DONG = re.compile(r"(?<=\d)\s*(?:đồng|vnđ|vnd|dong|đ)(?![^\W\d_])")
_AMOUNT = re.compile(
    r"(?P<number>\d[\d.,]*+)\s*(?P<unit>trieu|tr|cu|million|m|ngan|nghin|k)?(?![a-z])\s*(?P<tail>ruoi|\d{1,3}(?![\d.,]))?"
    r"|(?P<number2>\d+)(?P<unit2>trieu|tr|cu)(?P<tail2>\d{1,3})(?!\d)"
)
_RANGE = re.compile(r"\s*(?:d|dong|vnd|yen|jpy|won|usd|eur|\$)?\s*(?:-|–|—|~|den|toi|to)\s*$")
_UNITS = {"trieu": MILLION, "tr": MILLION, "cu": MILLION, "million": MILLION, "m": MILLION}
_UNITS |= {"ngan": 1000, "nghin": 1000, "k": 1000}
_OPEN_BELOW = re.compile(r"\b(?:toi da|toi|den|len den|upto|up to|duoi|khong qua)\s*$")
_OPEN_ABOVE = re.compile(r"\b(?:tu|tren|hon|toi thieu|it nhat|from|over|above)\s*$")
_AGREED = re.compile(r"thoa thuan|thuong luong|trao doi|canh tranh|negotiable|agreement|competitive")
_BY_PIECE = re.compile(r"san pham|khoan|luong sp|theo sp|theo chuyen")


@dataclass(frozen=True, slots=True)
class Wage:
    """Amounts in `currency` for one `period`; `note` keeps the words where no number stands."""

    least: int | None = None
    most: int | None = None
    currency: str = "VND"
    period: WagePeriod = WagePeriod.MONTH
    note: str = ""
    understood: bool = True


def read_wage(text: str) -> Wage:
    """ "7 - 10 triệu", "15-20tr", "Trên 10 triệu", "500 USD", "350k/ngày", "Thoả thuận", "theo sản phẩm" """
    tidy = " ".join(text.split())[:LONGEST_FACT]
    if not tidy:
        return Wage(understood=False)
    # What stands in brackets explains how the amount in front is made up.
    plain = _DONG.sub(" ", re.sub(r"\([^)]*\)", " ", tidy).lower())
    written = unicodedata.normalize("NFC", plain).replace("–", "-").replace("—", "-")
    plain = fold(written)
    currency = next((code for code, pattern in _CURRENCIES if re.search(pattern, plain)), "VND")
    amounts = _first_amounts(plain, currency)
    if amounts is None:
        if _BY_PIECE.search(plain):
            return Wage(period=WagePeriod.PIECE, note=tidy[:200])
        return Wage(note=tidy[:200], understood=bool(_AGREED.search(plain)))
    least, most, end = amounts
    period = _period(plain, written, end, most or least or 0, currency)
    note = tidy[:200] if re.search(r"\+|hoa hong|thuong|bao an|tip|khoan|san pham|luong cung", plain) else ""
    return Wage(least, most, currency, period, note)


def _first_amounts(plain: str, currency: str) -> tuple[int | None, int | None, int] | None:
    """The first amount or range, and where it ends."""
    matches = list(_AMOUNT.finditer(plain))
    if not matches:
        return None
    first = matches[0]
    second = (
        matches[1] if len(matches) > 1 and _RANGE.match(plain[first.end() : matches[1].start()]) else None
    )
    if second is not None:
        unit = _unit(second) or _unit(first)
        low, high = _amount(first, _unit(first) or unit, currency), _amount(second, unit, currency)
        if low is not None and high is not None and low <= high:
            return low, high, second.end()
    value = _amount(first, _unit(first), currency)
    if value is None:
        return None
    before, after = plain[: first.start()], plain[first.end() :]
    if _OPEN_BELOW.search(before):
        return None, value, first.end()
    above = _OPEN_ABOVE.search(before) or re.match(r"\s*(?:dong|d|vnd)?\s*(?:tro len|\+\s*$)", after)
    if above or "hoa hong" in after:
        return value, None, first.end()
    return value, value, first.end()


def _unit(match: re.Match[str]) -> str:
    return match["unit"] or match["unit2"] or ""


def _amount(match: re.Match[str], unit: str, currency: str) -> int | None:
    number = (match["number"] or match["number2"]).rstrip(".,")
    tail = match["tail"] or match["tail2"] or ""
    factor = _UNITS.get(unit, 1)
    value = _number(number, decimal=factor == MILLION)
    if tail == "ruoi":
        value += 0.5
    elif tail and factor == MILLION:
        value += int(tail) / 10 ** len(tail)
    elif tail:
        return None
    if factor == 1 and currency == "VND" and value < 1000:
        if not 1 <= value <= MOST_BARE_MILLIONS:
            return None
        factor = MILLION
    amount = round(value * factor)
    return amount if 0 < amount < 10**12 else None


def _number(text: str, *, decimal: bool) -> float:
    """ "6.500.000" and "1,300" are whole; "8,5" and "7.5" are not."""
    groups = re.split(r"[.,]", text)
    if len(groups) == 1:
        return float(text)
    whole = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    if whole and not (decimal and len(groups) == 2):
        return float("".join(groups))
    return float("".join(groups[:-1]) + "." + groups[-1])


def _period(plain: str, written: str, end: int, amount: int, currency: str) -> WagePeriod:
    after = plain[end : end + 24]
    unit = re.match(
        r"\s*(?:d|dong|vnd|yen|jpy|won|usd|eur|euro|dai te|\$)?\s*(?:/|mot|moi|1)\s*([a-z]+)", after
    )
    word = unit[1] if unit else ""
    if word in ("ngay", "cong", "buoi", "day"):
        return WagePeriod.DAY
    # A basket (giỏ) is not an hour (giờ): the two differ by a mark only.
    basket = unit is not None and written[end:][unit.start(1) : unit.end(1)] == "giỏ"
    if word in ("gio", "h", "tieng", "hour") and not basket:
        return WagePeriod.HOUR
    if word and word not in ("thang", "th", "month", "nam"):
        return WagePeriod.PIECE
    if not word and _BY_PIECE.search(plain) and currency == "VND" and amount < MILLION:
        return WagePeriod.PIECE
    return WagePeriod.MONTH


def read_amount(value: object) -> int | None:
    """A cell that holds one amount: 8000000.0, "8.000.000", "8 triệu"."""
    if isinstance(value, int | float):
        return round(value) if 0 < value < 10**12 else None
    text = str(value or "").strip()
    if re.fullmatch(r"\d+\.0+", text):
        return read_amount(float(text))
    wage = read_wage(text)
    return (wage.least or wage.most) if wage.understood else None


# --- places ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Where:
    """A workplace: a province and perhaps a commune of today, or a country; and the words that remain."""

    province: str | None = None
    commune: str | None = None
    country: str | None = None
    address: str = ""
    more_places: int = 0
    unsure: bool = False

    @property
    def understood(self) -> bool:
        return bool(self.province or self.country)


_MORE = re.compile(r"(?:&|và|\.{3}\s*và|…\s*và)\s*(\d+)\s*(?:nơi|địa điểm)\s*khác.*$", re.IGNORECASE)


def read_place(text: str) -> Where:
    """ "Hà Nội | Hà Nội: Số 5 …, Phường Cầu Giấy", "Hồ Chí Minh & 9 nơi khác", "Xã Tri Tôn", "Nhật Bản" """
    tidy = " ".join(text.split())
    more = _MORE.search(tidy)
    others = int(more[1][:4]) if more else 0
    tidy = _MORE.sub("", tidy).strip(" .…&")
    if not tidy:
        return Where()
    head, _, rest = tidy.partition("|")
    if rest:
        return _read_listing(head.strip(), rest.strip(), others)
    named, _, address = tidy.partition(":")
    province = _province(named)
    if address and province:
        return _inside(province, address.strip(), others)
    listed = [code for part in tidy.split(",") if (code := _province(part.strip()))]
    if len(listed) > 1 and len(listed) == tidy.count(",") + 1:
        return Where(province=listed[0], address=tidy, more_places=others + len(listed) - 1)
    alone = _province(tidy)
    if alone:
        return Where(province=alone, more_places=others)
    country = _country(tidy)
    if country:
        return Where(country=country, address=tidy)
    return _anywhere(tidy, others)


def _read_listing(head: str, rest: str, others: int) -> Where:
    """ "Province | Province: address - Province: address" as the listing pages write it."""
    province = _province(head.split(",")[0].strip())
    addresses = [part.strip() for part in re.split(r"\s+-\s+(?=[^:,]{2,25}:\s)", rest)]
    first = addresses[0]
    named, _, address = first.partition(":")
    province = _province(named.strip()) or province
    if province is None:
        return _anywhere(rest, others + len(addresses) - 1)
    return _inside(province, address.strip() or named.strip(), others + len(addresses) - 1)


def _inside(province: str, address: str, others: int) -> Where:
    if province != AN_GIANG:
        return Where(province=province, address=address[:300], more_places=others)
    found = _anywhere(f"{address}, An Giang", others)
    return Where(AN_GIANG, found.commune, None, address[:300], others, found.unsure)


def _anywhere(text: str, others: int) -> Where:
    """An address of the province, of today or from before July 2025; or another province."""
    read = places().understand_address(text)
    if read.commune:
        return Where(AN_GIANG, read.commune, None, text[:300], others)
    if not read.communes and read.province and not _says_province(read.province, text):
        return Where(address=text[:300])
    commune, unsure = None, bool(read.communes)
    if read.communes:
        # A name that fits several: only the unit that bears the very name is proposed.
        commune = next((code for code in read.communes if _named_in(code, text)), None)
    return Where(read.province, commune or _first(read.communes), None, text[:300], others, unsure)


def _says_province(code: str, text: str) -> bool:
    """A name that only sounds like a province ("gần chợ", Cần Thơ) is not one; short forms stand alone."""
    named = {code, *(former for former, _share in places().predecessors(code))}
    return len(text) <= 6 or any(_named_in(one, text) for one in named)


def _first(communes: tuple[str, ...]) -> str | None:
    return communes[0] if communes else None


def _named_in(code: str, text: str) -> bool:
    place = places().get(code)
    return place is not None and fold(place.name) in fold(text)


def _province(text: str) -> str | None:
    """A province named alone, today's or one from before July 2025."""
    text = re.sub(r"(?<=\w)-(?=\w)", " - ", text)
    words = fold(text)
    for match in places().search(text, limit=3, kind=Level.PROVINCE) if words else []:
        plain = re.sub(r"^(?:tinh|thanh pho|tp\.?)\s*", "", words)
        if fold(match.place.name) in (words, plain) or match.score >= 99:
            return match.current[0].code if match.current else None
    return None


def _country(text: str) -> str | None:
    """A country named at the beginning: "Nhật Bản (Chiba)", "Hàn Quốc, Busan"."""
    first = re.split(r"[,(\-–]", text)[0].strip()
    code = country_code(first) or country_code(text)
    return code if code and code != "VN" else None


# --- the rest --------------------------------------------------------------------------------------------

_NONE = re.compile(
    r"^(?:0|khong|ko|none|no)$|khong (?:yeu cau|can)|chua (?:co|can)|duoc dao tao|khong doi hoi|no experience"
)
_YEARS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-|–|den|toi)?\s*(?:\d+)?\s*(nam|year|thang|month)")


def read_experience(value: object, *, in_months: bool = False) -> tuple[int | None, bool]:
    """(months, understood): "2 năm", "Dưới 1 năm" → 0, "1-2 năm" → 12, "Không yêu cầu" → 0, "6 tháng"."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:g}"
    text = fold(str(value or "")[:LONGEST_FACT]).replace("–", "-").strip()
    if not text:
        return None, True
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        number = float(text.replace(",", "."))
        if (in_months and number <= MOST_MONTHS) or number == 0:
            return round(number), True
        return (round(number * 12), True) if number <= 15 else (None, False)
    if _NONE.search(text):
        return 0, True
    match = _YEARS.search(text)
    if match is None:
        return None, False
    months = round(float(match[1].replace(",", ".")) * (12 if match[2] in ("nam", "year") else 1))
    if months > MOST_MONTHS:
        return None, False
    return (0 if re.search(r"\bduoi\b|\bunder\b|less than", text) else months), True


# From the top: the first word that is found decides, but of two named levels the lower one is asked for.
_SCHOOLING = (
    ("postgraduate", r"thac s[iy]|tien s[iy]|sau dai hoc|cao hoc|master"),
    ("university", r"dai hoc|\bdh\b|ky su|cu nhan|university|bachelor"),
    ("college", r"cao dang|\bcd\b|college"),
    ("intermediate", r"trung cap"),
    ("elementary_vocational", r"so cap"),
    ("upper_secondary", r"thpt|12\s*/\s*12|lop 12|cap (?:3|iii)|trung hoc pho thong|ptth|high school"),
    ("lower_secondary", r"thcs|9\s*/\s*12|lop 9|cap (?:2|ii)\b|trung hoc co so"),
    ("primary", r"tieu hoc|lop [5678]|cap (?:1|i)\b|biet (?:doc|chu)"),
)


def read_education(text: str) -> str | None:
    """The code of the least schooling that is asked for; None where none is."""
    plain = fold(text)
    if re.search(r"khong (?:yeu cau|can)", plain):
        return None
    found = [code for code, pattern in _SCHOOLING if re.search(pattern, plain)]
    return found[-1] if found else None


def read_quantity(value: object) -> int | None:
    if isinstance(value, int | float):
        return int(value) if 1 <= value <= 100_000 else None
    match = re.search(r"\d+(?:\.\d{3})*", str(value or "")[:LONGEST_FACT])
    number = int(match[0].replace(".", "")) if match else 0
    return number if 1 <= number <= 100_000 else None


_DAY = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})\b")
# Day 0 of Excel, so that serial 1 is 1 January 1900 with its leap-year slip.
_EXCEL_EPOCH = dt.date(1899, 12, 30)


def read_day(value: object) -> dt.date | None:
    """31/12/2026, 31-12-2026, 31.12.26, 2026-12-31T16:59:59+00:00, a date cell, or Excel's serial number."""
    if isinstance(value, dt.datetime):
        return local_date(value) if value.tzinfo else value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float):
        return _EXCEL_EPOCH + dt.timedelta(days=int(value)) if 36_000 < value < 60_000 else None
    text = str(value or "").strip()
    match = _DAY.match(text)
    try:
        if match:
            day, month, year = (int(part) for part in match.groups())
            return dt.date(year + 2000 if year < 100 else year, month, day)
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return local_date(moment) if moment.tzinfo else moment.date()
