"""Hamlets and places of worship: where one lives or prays tells who one is. Communes and streets stay."""

import re
from functools import lru_cache

from matching.neutral_words import Line, Word, fold_once, same

_ROMAN = re.compile(r"[ivx]+|\d+[a-d]?|[a-d]")
_STOPS = frozenset(
    "lam la o sinh nam muon biet co dang que hien tho cong may lai chay phuc da tung xin can tim nay nha "
    "tuoi va nghe hoc moi duoc den tu voi cho tai xa phuong thi huyen tinh duong buoi sang chieu toi ngay "
    "khong nen gan theo cua hang nau don quet bao giu trong lai thuoc".split()
)
_WHERE = frozenset("o tai gan canh ben sau truoc doi dien nha que song ngoai ngoi trong den lang".split())

_HAMLETS = ("ấp", "khóm", "thôn", "xóm", "phum", "sóc", "tổ", "khu phố", "kp", "tổ dân phố", "phum sóc")
_EGGS = frozenset("trung vit ga no suat luc dung ke gia tai phich dao lanh".split())
_PRESSED = frozenset("lo may huyet bien cao dien khi".split())
_PINEAPPLE = frozenset("trong vuon ray got ban trai ruong cat hai cay ep".split())

_WORSHIP = (
    "chùa", "nhà thờ", "thánh đường", "tiểu thánh đường", "thánh thất", "tịnh xá", "thiền viện", "tu viện",
    "giáo xứ", "giáo họ", "họ đạo", "nhà nguyện", "niệm phật đường", "miếu", "đền thờ", "đình thần", "masjid",
    "surau", "mosque", "pagoda", "church", "hội quán", "đình", "đền", "nhà thờ họ", "cung thờ",
)  # fmt: skip
_UNSAFE = frozenset({"chùa", "đình", "đền", "miếu", "giáo họ", "họ đạo", "đền thờ"})
"""Without diacritics these are other words: "chua" not yet, "dinh", "den"."""
_ENGLISH = frozenset({"mosque", "pagoda", "church"})


@lru_cache(maxsize=1)
def _by_first() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for noun in sorted((*_HAMLETS, *_WORSHIP), key=len, reverse=True):
        words = tuple(noun.split())
        found.setdefault(fold_once(words[0]), []).append(words)
    return found


def alarms() -> tuple[frozenset[str], frozenset[tuple[str, str]], frozenset[str], frozenset[str]]:
    """Return what a line must hold before `homes` can find anything.

    Returns
    -------
    keys : frozenset of str
        Words as written.
    pairs : frozenset of (str, str)
        Neighbours without diacritics.
    before_capital, before_number : frozenset of str
        Words without diacritics that matter before a capital, before a number.
    """
    nouns = [noun.split() for noun in (*_HAMLETS, *_WORSHIP)]
    single = {noun[0] for noun in nouns if len(noun) == 1}
    pairs = {(fold_once(noun[0]), fold_once(noun[1])) for noun in nouns if len(noun) > 1}
    keys = single - {"tổ", "sóc", "kp"} | {"ap", "khom", "thon", "xom"}
    return (
        frozenset(keys),
        frozenset(pairs),
        frozenset(map(fold_once, single)),
        frozenset(("to", "kp", "pho")),
    )


def homes(line: Line) -> set[int]:
    """Return which words of a line name a hamlet or a place of worship.

    Parameters
    ----------
    line : Line

    Returns
    -------
    set of int
        Places of the words.
    """
    gone: set[int] = set()
    for at, word in enumerate(line):
        if at in gone:
            continue
        for noun in _by_first().get(word.bare, ()):
            if _stands_at(noun, line, at):
                said = " ".join(noun)
                is_home = said in _HAMLETS
                found = _hamlet(said, line, at) if is_home else _worship(said, line, at, len(noun))
                gone.update(found)
                if found:
                    break
    return gone


def _stands_at(noun: tuple[str, ...], line: Line, at: int) -> bool:
    if at + len(noun) > len(line):
        return False
    return all(
        same(line[at + step], said, True) and (not step or line[at + step].tight)
        for step, said in enumerate(noun)
    )


def _hamlet(said: str, line: Line, at: int) -> range:
    """Return hamlet and name: "ấp Hòa Thạnh 2", "khóm 5", "tổ 12"."""
    last = at + len(said.split()) - 1
    after = line.after(last)
    if after is None or _is_other_work(said, line, at):
        return range(0)
    size = line.run(last + 1, 2 if line.titled else 3)
    if not size and not _ROMAN.fullmatch(after.key) and _may_be_small(said, line, at, last):
        size = _small_run(line, last + 1)
    end = last + 1 + size
    if end < len(line) and line[end].near and _ROMAN.fullmatch(line[end].key) and _is_numbered(line, end):
        end += 1
    return range(at, end) if end > last + 1 else range(0)


def _is_numbered(line: Line, at: int) -> bool:
    """Tell a number of a hamlet from that of years: "ấp 3", not "ấp Hòa Bình, 3 năm"."""
    return line[at].tight and line.bare_after(at) not in ("nam", "thang", "nguoi", "tuoi")


def _is_other_work(said: str, line: Line, at: int) -> bool:
    """Tell "ấp trứng", "máy ấp", "trồng khóm", "chăm sóc", "nông thôn", "tổ trưởng"."""
    before, later = line.bare_before(at), line.bare_after(at + len(said.split()) - 1)
    if said == "ấp":
        named = line.after(at)
        # "ấp Trung An" has no eggs: a name has a capital.
        return before in _PRESSED or (later in _EGGS and not (named is not None and named.capital))
    if said == "khóm":
        return before in _PINEAPPLE or later == "tac"
    if said == "sóc":
        after = line.after(at)
        return before == "cham" or later == "trang" or after is None or not after.capital
    return said == "thôn" and before == "nong"


def _may_be_small(said: str, line: Line, at: int, last: int) -> bool:
    """Tell whether a name without capitals may follow."""
    marked = any(word.key != word.bare for word in line[at : last + 1])
    where = line.bare_before(at) in _WHERE or line.before(at) is None
    if said == "ấp":
        return marked or where
    if said in ("thôn", "xóm"):
        numbered = any(word.key.isdecimal() for word in line[last + 2 : last + 4])
        return marked and (where or numbered)
    return said in ("phum", "phum sóc")


def _small_run(line: Line, first: int, most: int = 3) -> int:
    size = 0
    while size < most and first + size < len(line) and _goes_on(line[first + size]):
        size += 1
    return size


def _goes_on(word: Word) -> bool:
    return word.tight and word.bare not in _STOPS and not word.key.isdecimal()


def _worship(said: str, line: Line, at: int, size: int) -> range:
    """Return a place of worship and its name; "thợ xây chùa" stays "thợ xây", "gia đình" is none."""
    last = at + size - 1
    first = at
    following = line.run(last + 1, 5) if not line.titled and line.after(last) else 0
    plain = all(word.key == word.bare for word in line[at : last + 1])
    where = line.bare_before(at) in _WHERE
    if said in _UNSAFE and plain and not (where and following):
        return range(0)
    if plain and line[at].capital and line[last].capital and line.before(at) and said not in _ENGLISH:
        # "trại Thanh Dương" without diacritics is a firm.
        return range(0)
    if said in ("đình", "đền") and not _is_a_temple(line, at, following):
        return range(0)
    if not following and where and line.after(last):
        following = _small_run(line, last + 1)
    if said in _ENGLISH:
        while first and line[first].tight and line[first - 1].capital and at - first < 4:
            first -= 1
    return range(first, last + 1 + following)


def _is_a_temple(line: Line, at: int, following: int) -> bool:
    """Tell "cúng đình", "đình Thoại Ngọc Hầu" from "gia đình", "đình công", "đền bù"."""
    before, later = line.bare_before(at), line.bare_after(at)
    if before == "gia" or later in ("cong", "chi", "tre", "chien", "bu"):
        return False
    return bool(following) or before in (*_WHERE, "xay", "sua", "cung", "coi", "giu")
