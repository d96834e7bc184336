"""A job title as people write it, reduced to the words that name the work, and the rank that leads it.

Everything here is a pure function of its argument; `matching.taxonomy` does the looking up.
"""

import re
from dataclasses import dataclass
from enum import Enum

from matching.text import normalise, tokens


class Rank(Enum):
    """What a title says about the place of the person in the firm."""

    STAFF = "staff"
    LEAD = "lead"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class CleanTitle:
    """A title in segments, the first naming the job.

    Attributes
    ----------
    segments : tuple of tuple of str
        Words as `matching.text.tokens` gives them, the part that names the job first; may be empty.
    """

    segments: tuple[tuple[str, ...], ...]


_SEPARATORS = re.compile(r"\s[-–—]{1,9}\s*|[-–—]{1,9}\s|[()\[\]{}|;:•·!?\n]+|\s/\s|/|,|\+\s")
_MONEY = re.compile(
    r"\b(?:lương|thu nhập|tn|luong|thu nhap|upto|up to|offer|salary)?\s*"
    r"(?:từ|đến|tới|trên|lên đến|tu|den)?\s*\d[\d.,]*\s*(?:(?:-|–|đến|tới|~|den)\s*\d[\d.,]*\s*)?"
    r"(?:triệu|trieu|tr|củ|usd|\$|vnđ|vnd|đ|k|m|man|yên|yen)\b"
    r"(?:\s*/\s*(?:tháng|thang|ngày|ngay|giờ|gio|th|month))?"
)
_COUNT = re.compile(
    r"^(?:sl\s*|số lượng\s*)?\d+\s*(?:bạn|người|nguoi|nam|nữ|nv|cn)?\b|\b(?:sl|số lượng)\s*\d+\b"
)
_CALLS = re.compile(
    r"^(?:(?:cần|can|hot|gấp|gap|urgent|hiring|mới|thông báo|công ty|cty)\s+)*"
    r"(?:(?:tuyển gấp|tuyen gap|cần tuyển|can tuyen|tuyển dụng gấp|tuyển dụng|tuyen dung|"
    r"tuyển|tuyen|tìm|cần gấp|cần|can)\s+)+(?=\S+\s+\S+)"
)
_CUTS = re.compile(
    r"(?:(?<=\s)|^)(?:thu nhập|thu nhap|(?<!tiền )(?<!toán )(?<!tính )lương (?!thực|y)|"
    r"làm việc (?!nhà)|lam viec|"
    r"tại (?!nhà|cửa|showroom|quầy|viện)|khu vực|kinh nghiệm|kinh nghiem|"
    r"không yêu cầu|khong yeu cau|không cần|"
    r"yêu cầu|yeu cau|đi làm|di lam|nhận việc|có kinh nghiệm|chưa có|được đào tạo|có đào tạo|ưu tiên|uu tien|"
    r"bao ăn|bao an|lo ăn|tốt nghiệp|thưởng|phụ cấp|hoa hồng|trên \d|dưới \d|từ \d|ca \d|đủ \d|"
    r"biết tiếng|thành thạo|trình độ|từ xa|full ?time|part ?time|bán thời gian|toàn thời gian|gấp$|gap$)"
)
_MANAGER = re.compile(
    r"^(?:quyền )?(?:(?:phó )?trưởng (?:phòng|bộ phận|ban|khối|đơn vị|ngành)|phó (?:phòng|ban|bộ phận)|"
    r"(?:phó )?(?:tổng )?giám đốc|quản lý|quan ly|truong phong|giam doc|pho phong|head of|head|"
    r"manager|director)\b|\b(?:manager|director)$"
)
_LEAD = re.compile(
    r"^(?:trưởng (?:nhóm|ca|chuyền|kíp)|phó nhóm|tổ (?:trưởng|phó)|nhóm trưởng|đội (?:trưởng|phó)|"
    r"giám sát(?: viên)?|giam sat|to truong|truong nhom|team lead(?:er)?|leader|supervisor|senior leader)\b|"
    r"\b(?:leader|supervisor|team lead)$"
)
_STAFF = re.compile(
    r"^(?:(?:nam|nữ|nu|các|những|nhiều|bạn|anh|chị|em)\s+)*"
    r"(?:(?:nhân viên|nhan vien|chuyên viên|chuyen vien|cán bộ|can bo|cộng tác viên|cong tac vien|ctv|"
    r"thực tập sinh|thuc tap sinh|tts|học việc|vị trí|intern|fresher|senior|junior|tập sự|chính|cao cấp|"
    r"người|lao động|chuyên gia)\s+)*"
)


def _segment(part: str) -> str:
    """Cut out of one part whatever does not name work: money, counts, calls, conditions."""
    part = _MONEY.sub(" ", part)
    part = _CALLS.sub("", _COUNT.sub(" ", part.strip()).strip())
    part = _COUNT.sub(" ", part).strip()
    cut = _CUTS.search(part)
    return (part[: cut.start()] if cut else part).strip(" .-–")


def clean_title(title: str) -> CleanTitle:
    """Return the words of a title that name the work.

    Parameters
    ----------
    title : str
        As written: wage, place, urgency, number of people and conditions may stand in it.

    Returns
    -------
    CleanTitle
        Its segments; none when nothing is left.

    Examples
    --------
    >>> clean_title("Cần tuyển gấp 5 thợ hàn - Lương 12 triệu, Châu Đốc").segments
    (('thợ', 'hàn'), ('châu', 'đốc'))
    """
    parts = (_segment(part) for part in _SEPARATORS.split(normalise(title)))
    return CleanTitle(tuple(words for part in parts if (words := tuple(tokens(part)))))


def rank_of(words: tuple[str, ...]) -> tuple[Rank, tuple[str, ...]]:
    """Split the rank from the work in the first segment of a title.

    Parameters
    ----------
    words : tuple of str
        Words of a segment.

    Returns
    -------
    rank : Rank
        Manager, lead or staff.
    rest : tuple of str
        The words without those that say the rank.

    Examples
    --------
    >>> rank_of(("trưởng", "phòng", "kế", "toán"))[1]
    ('kế', 'toán')
    """
    text = " ".join(words)
    for rank, pattern in ((Rank.MANAGER, _MANAGER), (Rank.LEAD, _LEAD)):
        hit = pattern.search(text)
        if hit:
            rest = (text[: hit.start()] + text[hit.end() :]).strip()
            return rank, tuple(_STAFF.sub("", rest + " ").split())
    return Rank.STAFF, tuple(_STAFF.sub("", text + " ").split())


_MANAGERS: dict[str, str] = {
    "11": "1120",
    "21": "1321",
    "2132": "1311",
    "2142": "1323",
    "2161": "1323",
    "2166": "1222",
    "22": "1342",
    "23": "1345",
    "2342": "1341",
    "241": "1211",
    "242": "1212",
    "2421": "1213",
    "2422": "1213",
    "243": "1221",
    "2432": "1222",
    "25": "1330",
    "26": "1349",
    "2642": "1222",
    "31": "1321",
    "3112": "1323",
    "3123": "1323",
    "3142": "1311",
    "32": "1342",
    "331": "1211",
    "3312": "1346",
    "332": "1221",
    "3323": "1324",
    "3331": "1324",
    "3332": "1439",
    "3333": "1212",
    "3334": "1221",
    "3339": "1221",
    "334": "1219",
    "34": "1431",
    "3434": "1412",
    "35": "1330",
    "41": "1219",
    "4211": "1346",
    "4221": "1439",
    "422": "1439",
    "4224": "1411",
    "431": "1211",
    "432": "1324",
    "4322": "1321",
    "44": "1219",
    "4412": "1324",
    "51": "1439",
    "512": "1412",
    "513": "1412",
    "515": "1411",
    "52": "1420",
    "524": "1221",
    "5246": "1412",
    "53": "1342",
    "5311": "1341",
    "54": "1439",
    "61": "1311",
    "62": "1312",
    "7": "1321",
    "71": "1323",
    "8": "1321",
    "83": "1324",
    "911": "1439",
    "921": "1311",
    "93": "1321",
    "931": "1323",
    "933": "1324",
    "941": "1412",
}
"""Who manages the work of which groups: the longest beginning of a code decides."""

_LEADS: dict[str, str] = {
    "2142": "3123",
    "3112": "3123",
    "4": "3341",
    "5221": "5222",
    "5223": "5222",
    "5230": "5222",
    "71": "3123",
    "72": "3122",
    "73": "3122",
    "75": "3122",
    "81": "3122",
    "82": "3122",
    "9112": "5151",
    "931": "3123",
    "932": "3122",
}
"""Where ISCO has a group of its own for those who lead such work at the bench or the counter."""


def promoted(code: str, rank: Rank) -> str:
    """Return the code for somebody of this rank in the work of `code`.

    Parameters
    ----------
    code : str
        ISCO-08 code of the work itself, two to four digits.
    rank : Rank
        What the title says.

    Returns
    -------
    str
        A group of managers or supervisors, or `code` where the classification knows none.

    Examples
    --------
    >>> promoted("3322", Rank.MANAGER), promoted("8153", Rank.LEAD), promoted("2512", Rank.LEAD)
    ('1221', '3122', '2512')
    """
    if rank is Rank.STAFF or code.startswith("1"):
        return code
    table = _MANAGERS if rank is Rank.MANAGER else _LEADS
    return next((table[code[:n]] for n in range(len(code), 0, -1) if code[:n] in table), code)
