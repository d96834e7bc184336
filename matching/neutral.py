"""Words that say sex, people, religion, family or disability leave a text before anything reads it."""

import re
import unicodedata

from matching.spelling import normalise

_WORD = re.compile(r"[^\W_]+")

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


def neutral(text: str) -> str:
    """Return a text without the words that say a person's sex, people, religion, family or disability.

    Parameters
    ----------
    text : str
        Any text, diacritics kept: without them "nam" (male) and "năm" (year) are one.

    Returns
    -------
    str
        The text in NFC with spaces in place of what was taken out; never longer, lines and marks as before.
    """
    plain = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(plain))
    words = [normalise(word.group()) for word in found]
    if _RISKY.isdisjoint(words):
        return plain
    kept, at, end = [], 0, 0
    while at < len(words):
        phrases = _PROTECTED_BY_FIRST.get(words[at], ())
        hit = next((p for p in phrases if tuple(words[at : at + len(p)]) == p), None)
        size = len(hit) if hit else int(words[at] == "nam" and _is_the_sex(words, at))
        if size:
            kept.append(plain[end : found[at].start()])
            end = found[at + size - 1].end()
        at += size or 1
    return "".join([*kept, plain[end:]])
