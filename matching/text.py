"""Vietnamese text to words: one spelling, abbreviations opened, diacritics taken off beside the full form.

Everything here is a pure function of its argument. Changing a table or a rule changes the vectors of every
profile, so `matching.model` puts a digest of this file's behaviour (`TEXT_VERSION`) into the model version.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

TEXT_VERSION = "1"
"""Raised by hand whenever the words made from the same text change."""

ABBREVIATIONS: dict[str, str] = {
    "atlđ": "an toàn lao động",
    "atvstp": "an toàn vệ sinh thực phẩm",
    "bđs": "bất động sản",
    "bds": "bất động sản",
    "bgđ": "ban giám đốc",
    "bh": "bán hàng",
    "bv": "bảo vệ",
    "cđ": "cao đẳng",
    "cn": "công nhân",
    "cnkt": "công nhân kỹ thuật",
    "cntt": "công nghệ thông tin",
    "cskh": "chăm sóc khách hàng",
    "cty": "công ty",
    "đh": "đại học",
    "đt": "điện thoại",
    "gđ": "giám đốc",
    "gv": "giáo viên",
    "hc": "hành chính",
    "hcm": "hồ chí minh",
    "hcns": "hành chính nhân sự",
    "hdv": "hướng dẫn viên",
    "hđ": "hợp đồng",
    "kd": "kinh doanh",
    "kh": "khách hàng",
    "khkt": "khoa học kỹ thuật",
    "kn": "kinh nghiệm",
    "ktt": "kế toán trưởng",
    "ktv": "kỹ thuật viên",
    "kv": "khu vực",
    "lđ": "lao động",
    "lđpt": "lao động phổ thông",
    "ldpt": "lao động phổ thông",
    "lx": "lái xe",
    "mkt": "marketing",
    "nh": "nhà hàng",
    "ns": "nhân sự",
    "nv": "nhân viên",
    "nvbh": "nhân viên bán hàng",
    "nvbv": "nhân viên bảo vệ",
    "nvkd": "nhân viên kinh doanh",
    "nvkt": "nhân viên kỹ thuật",
    "nvpv": "nhân viên phục vụ",
    "nvvp": "nhân viên văn phòng",
    "pgđ": "phó giám đốc",
    "pv": "phục vụ",
    "ql": "quản lý",
    "sp": "sản phẩm",
    "sx": "sản xuất",
    "tbp": "trưởng bộ phận",
    "tc": "trung cấp",
    "tgđ": "tổng giám đốc",
    "tmđt": "thương mại điện tử",
    "tn": "tốt nghiệp",
    "tp": "thành phố",
    "tphcm": "thành phố hồ chí minh",
    "tpkd": "trưởng phòng kinh doanh",
    "tx": "tài xế",
    "vp": "văn phòng",
    "xd": "xây dựng",
    "xklđ": "xuất khẩu lao động",
    "xkld": "xuất khẩu lao động",
    "xnk": "xuất nhập khẩu",
    "yc": "yêu cầu",
}
"""Short forms that job titles and phone messages really use, each to its usual meaning in a title."""

_WORD = re.compile(r"[^\W_]+[+#]*")
_CLAUSE_END = re.compile(r"[.,;:!?()\[\]{}/|•·\n\r\t–—]+|\s-\s")
_LATE_TONE = re.compile(r"(?<!q)(o)([àáảãạèéẻẽẹ])(?!\w)|(?<!q)(u)([ỳýỷỹỵ])(?!\w)")


def _tone_first(match: re.Match[str]) -> str:
    """Move the tone of an open oa, oe, uy to the first vowel: "hoà" and "hòa" are one word."""
    first = match[1] or match[3]
    plain = unicodedata.normalize("NFD", match[2] or match[4])
    return unicodedata.normalize("NFC", first + plain[1:]) + plain[0]


def normalise(text: str) -> str:
    """Return the one spelling under which a text is compared, diacritics kept.

    NFC, lower case, the Icelandic ð of old keyboards as đ, the tone mark of open oa, oe, uy on the first
    vowel, single spaces.

    Parameters
    ----------
    text : str
        Any text, in NFC or NFD.

    Returns
    -------
    str
        The text in one spelling; punctuation stays.

    Examples
    --------
    >>> normalise("  Thợ  HOÀ   âm ")
    'thợ hòa âm'
    """
    plain = unicodedata.normalize("NFC", text).lower().replace("ð", "đ")
    return " ".join(_LATE_TONE.sub(_tone_first, plain).split())


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, đ as d.

    Parameters
    ----------
    text : str
        Any text, in NFC or NFD.

    Returns
    -------
    str
        What somebody types on a phone without a Vietnamese keyboard. Spaces and punctuation stay.

    Examples
    --------
    >>> fold("Thợ hàn Đồng Tháp")
    'tho han dong thap'
    """
    lowered = unicodedata.normalize("NFC", text).lower().replace("ð", "đ").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


_OPENED = {short: tuple(long.split()) for short, long in ABBREVIATIONS.items()}


def tokens(text: str) -> list[str]:
    """Return the words of a text, abbreviations opened, diacritics kept.

    A Vietnamese word here is a syllable, as written between spaces; compounds come as pairs (`grams`).

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        Words in their order. Digits stay ("n4", "12"); "c++" and "c#" stay whole.

    Examples
    --------
    >>> tokens("NV KD tại TP. Rạch Giá")
    ['nhân', 'viên', 'kinh', 'doanh', 'tại', 'thành', 'phố', 'rạch', 'giá']
    """
    return [part for word in _WORD.findall(normalise(text)) for part in _OPENED.get(word, (word,))]


_SEX_WORDS = frozenset(
    {"nữ", "phụ nữ", "đàn ông", "đàn bà", "con trai", "con gái", "giới tính", "nam giới", "nữ giới"}
)
_NAM_AFTER = frozenset(
    {"việt", "miền", "phía", "đông", "tây", "hướng", "hải", "quảng", "hà", "kỳ", "vn", "cực"}
)
_NAM_BEFORE = frozenset({"châm", "định", "bộ", "á", "phi", "mỹ", "kỳ", "du", "việt", "trung", "sài", "cần"})
_GROUP_WORDS = frozenset(
    {
        "dân tộc",
        "tôn giáo",
        "khmer",
        "khơ me",
        "người chăm",
        "người hoa",
        "người kinh",
        "phật giáo",
        "công giáo",
        "hòa hảo",
        "hồi giáo",
        "tin lành",
        "mang thai",
        "có thai",
        "có bầu",
        "độc thân",
        "kết hôn",
        "đã kết hôn",
        "đã ly hôn",
        "theo đạo",
        "ly hôn",
        "ly dị",
        "góa",
        "đã có gia đình",
        "có gia đình",
        "chưa chồng",
        "chưa vợ",
        "có chồng",
        "có vợ",
        "có con",
        "khuyết tật",
    }
)
_PROTECTED = sorted((tuple(p.split()) for p in _SEX_WORDS | _GROUP_WORDS), key=len, reverse=True)
_PROTECTED_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in _PROTECTED:
    _PROTECTED_BY_FIRST.setdefault(_phrase[0], []).append(_phrase)
_RISKY = frozenset(_PROTECTED_BY_FIRST) | {"nam"}


def _is_the_sex(words: list[str], at: int) -> bool:
    """Tell "nam" the sex from "Việt Nam", "miền Nam", "nam châm"."""
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    return before not in _NAM_AFTER and after not in _NAM_BEFORE


def without_protected(words: list[str]) -> list[str]:
    """Drop words that say a person's sex, people, religion, family or disability.

    Parameters
    ----------
    words : list of str
        Words as `tokens` gives them, diacritics kept: without them "nam" (male) and "năm" (year) are one.

    Returns
    -------
    list of str
        The other words in their order.
    """
    if _RISKY.isdisjoint(words):
        return words
    kept: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        phrases = _PROTECTED_BY_FIRST.get(word, ())
        hit = next((p for p in phrases if tuple(words[at : at + len(p)]) == p), None)
        if hit:
            at += len(hit)
        else:
            if word != "nam" or not _is_the_sex(words, at):
                kept.append(word)
            at += 1
    return kept


@lru_cache(maxsize=200_000)
def _folded_word(word: str) -> str:
    return fold(word)


def clauses(text: str) -> Iterator[list[str]]:
    """Yield the words of each clause of a text, protected words left out; clauses end at marks and lines."""
    for line in unicodedata.normalize("NFC", text).split("\n"):
        for clause in _CLAUSE_END.split(line):
            words = without_protected(tokens(clause))
            if words:
                yield words


def grams(text: str) -> Iterator[str]:
    """Yield single words and neighbouring pairs of a text, as written and without diacritics.

    The form without diacritics carries the prefix "~". A word that has none is given once, as "~word".
    Pairs do not cross a comma, a full stop or a line. Protected words are left out (`without_protected`).

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    str
        "thợ", "~tho", "hàn", "~han", "thợ hàn", "~tho han".
    """
    for words in clauses(text):
        plain = [_folded_word(word) for word in words]
        for at, (word, bare) in enumerate(zip(words, plain, strict=True)):
            yield "~" + bare
            if word != bare:
                yield word
            if at:
                yield f"~{plain[at - 1]} {bare}"
                if words[at - 1] != plain[at - 1] or word != bare:
                    yield f"{words[at - 1]} {word}"
