"""Vietnamese text to words: one spelling, abbreviations opened, clauses kept apart.

Everything here is a pure function of its argument. Changing a table or a rule changes the terms of every
profile: `model.knowledge_digest` reads this file, so a saved index is built again.
"""

import re
from collections.abc import Iterator

from matching.neutral import neutral
from matching.spelling import fold, normalise

__all__ = ["ABBREVIATIONS", "clauses", "fold", "normalise", "tokens", "words_written"]

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
_WORD_OR_END = re.compile(f"{_WORD.pattern}|{_CLAUSE_END.pattern}")


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


def clauses(text: str) -> Iterator[list[str]]:
    """Yield the words of each clause of a text, protected words left out; clauses end at marks and lines."""
    for line in neutral(text).split("\n"):
        for clause in _CLAUSE_END.split(line):
            words = tokens(clause)
            if words:
                yield words


def words_written(text: str) -> str:
    """Return the words of a text without marks, each between spaces; nothing is left out.

    The end of a clause stands among them like a word, so that `" a b "` is there only if a clause says so.
    """
    return f" {' '.join(_WORD_OR_END.findall(fold(text)))} "
