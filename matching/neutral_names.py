"""Names of persons in a text: found by how they are introduced, by family names, and by where they stand.

"Sơn", "Kim", "Lâm", "Danh" are families of the province and also paint, metal, forest and list; "Nam",
"Bình", "Hòa" are given names and also a direction and parts of places. So a word alone is never a name: it
needs a capital and a neighbour, or a sentence that introduces it.
"""

from collections.abc import Callable
from functools import lru_cache

from matching.neutral_words import Line, fold_once, name_words
from matching.places import communes, provinces
from matching.spelling import fold

_STOPS = frozenset(
    "lam la o sinh nam muon biet co dang que hien tho cong nhan may lai chay phuc phu da tung xin can tim "
    "nay nha tuoi so sdt dt va nghe hoc moi chua duoc den tu voi cho tai ap xa phuong tinh vua thich gioi "
    "thuong truoc hom ngay bep nau giup trong nuoi bao ve dien lap nhan vien".split()
)
"""Words at which a name written without capitals ends."""
_OWNERS = frozenset("toi em minh tui con chau anh chi co chu ba ong ho va full my".split())
_SPEAKERS = frozenset("toi em minh tui con chau anh chi co chu bac di ong ba".split())
_FILLERS = frozenset("toi em minh tui con chau la goi is".split())
_NAMED_THINGS = frozenset(
    "hang mien san khach lua goi thuoc mon file truong cua nghe viec sach duong xe cac nhan mat tren trong "
    "dong rieng nhung loai".split()
)
"""What else has a name ("tên hàng", "tên miền") when a text does not say whose."""
_TITLES = frozenset("anh chị cô chú ông bà dì thầy bác em cậu cụ mr mrs ms miss a c".split())
_BARE_TITLES = frozenset("anh chi co chu ong ba thay bac em".split())
"""Without diacritics they are titles only after "lien he", "gap"."""
_FOREIGN = frozenset("mr mrs ms miss".split())
_CALLS = frozenset("hệ he lh ll gặp gap gọi goi hỏi alo zalo lạc lac phone call contact".split())
_OFFICE = frozenset("office word excel project access powerpoint sql".split())
_THANKS = frozenset("on trong than ten don men".split())
_STRONG_MIDDLE = ("thị", "văn")
_NO_PERSON = frozenset(
    "trường xã trấn thực lực phần hiếu phòng hóa bản chuyển hành thư bằng thi công".split()
)
"""After "thị" and "văn" in other words: "thị trường", "văn phòng"."""
_CEILING = frozenset("thạch nhà nhôm la tôn nhựa gỗ vách".split())
_BARE_CLEAR = frozenset("nguyen tran pham huynh neang le bui thach chau".split())
_NAMED_AFTER = frozenset("đường phố trường cầu chợ hẻm viện bến duong truong cau hem vien ben".split())
"""Streets, schools and markets bear names of the dead."""
_OTHER_PLACES = (
    "hồ chí,sơn tây,sơn trà,sơn đông,lý sơn,cao lãnh,hà giang,hà nam,hà đông,hà tây,mai châu,mai linh,"
    "tô châu,thái bình,thái lan,kim mã,châu âu,châu á,châu mỹ,châu thành,giang thành,la gi,đào tạo,"
    "văn phòng,viên chức,danh sách,thái dương"
).split(",")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Return the first two words of places, without diacritics: they are no person."""
    names = [place.name for place in communes().values()] + list(provinces().values())
    cut = (fold(name).split() for name in names)
    found = (words[2:] if words[0] in ("dac", "thanh") else words[1:] for words in cut)
    return frozenset([" ".join(words[:2]) for words in found] + list(map(fold, _OTHER_PLACES)))


def _is(part: str, line: Line, at: int) -> bool:
    return at < len(line) and line[at].key in name_words()[part]


def _is_called(line: Line, at: int) -> bool:
    return _is("given", line, at) or _is("middle", line, at)


def _is_place(line: Line, at: int) -> bool:
    return at + 1 < len(line) and f"{line[at].bare} {line[at + 1].bare}" in _places()


def names(line: Line) -> set[int]:
    """Return which words of a line name a person.

    Parameters
    ----------
    line : Line
        After `phrases`, which notes what stays.

    Returns
    -------
    set of int
        Places of the words.
    """
    gone: set[int] = set()
    if not line or _is_a_signature(line):
        return set(range(len(line)))
    for at, word in enumerate(line):
        if at in gone or at in line.fixed:
            continue
        rule = _RULES.get(word.bare)
        found = rule(line, at) if rule else range(0)
        if not found and word.capital and _is("family", line, at):
            found = _full_name(line, at)
        elif not found and not word.capital:
            found = _small_name(line, at)
        gone.update(one for one in found if one not in line.fixed)
    return gone | _last_words(line)


def _after_the_word_name(line: Line, at: int) -> range:
    """Return the name in "tôi tên …", "họ và tên: …", "tên em là …"."""
    owned = line.bare_before(at) in _OWNERS
    first = at + 1
    while (
        line.after(first - 1) and first < at + 4 and line[first].bare in _FILLERS and not line[first].capital
    ):
        first += 1
    if not line.after(first - 1):
        return range(0)
    said = owned or first > at + 1 or not line[first].tight
    if not said and (line.before(at) or not line[first].capital or not _is("family", line, first)):
        return range(0)
    if not said or not owned:
        if line[first].bare in _NAMED_THINGS and not line[first].capital:
            return range(0)
    return _introduced(line, first)


def _introduced(line: Line, first: int) -> range:
    """Return how far a name goes that a sentence has introduced."""
    if line[first].capital:
        size = line.run(first, 6)
        if line.titled:
            later = (n for n in range(2, size) if line[first + n].bare in _STOPS)
            size = next(later, min(size, 4))
        return range(first, first + size)
    if line[first].bare in _STOPS:
        return range(0)
    size, most = 1, 5 if _is("family", line, first) else 3
    # "thach thi so phia", "tran van tu": what follows a middle name is a name, whatever else it may mean.
    sure = 3 if first + 1 < len(line) and line[first + 1].bare in ("thi", "van") else 1
    while size < most and first + size < len(line) and line[first + size].tight:
        word = line[first + size]
        if word.bare.isdecimal() or (size >= sure and word.bare in _STOPS):
            break
        size += 1
    return range(first, first + size)


def _after_is(line: Line, at: int) -> range:
    """Return the name in "em là Nguyễn Văn A", "tôi là Lan"."""
    if line.bare_before(at) not in _SPEAKERS or at + 1 >= len(line) or not line[at + 1].near:
        return range(0)
    first = at + 1
    if line[first].capital:
        size = line.run(first, 6)
        if size > 1 and _is("family", line, first) and _is_called(line, first + 1):
            return range(first, first + (min(size, 4) if line.titled else size))
        if size == 1 and _is("given", line, first) and line.ends(first):
            return range(first, first + 1)
        return range(0)
    strong = _is("clear family", line, first) or line[first].bare in _BARE_CLEAR
    if strong and first + 1 < len(line) and _sounds_called(line, first + 1):
        return _introduced(line, first)
    return range(0)


@lru_cache(maxsize=1)
def _bare_called() -> frozenset[str]:
    words = name_words()
    return frozenset(fold_once(one) for one in words["given"] | words["middle"])


def _sounds_called(line: Line, at: int) -> bool:
    return _is_called(line, at) or (not line.marked and line[at].bare in _bare_called())


def _after_a_title(line: Line, at: int) -> range:
    """Return title and name in "liên hệ anh Hùng", "gặp chị Lan", "Mr. John"."""
    word = line[at]
    calls = any(one.key in _CALLS for one in line[max(0, at - 3) : at])
    called = at > 0 and line[at].near and line[at - 1].key in _CALLS
    is_title = word.key in _TITLES and len(word.key) > 1 or called and word.bare in (*_BARE_TITLES, "a", "c")
    if at + 1 >= len(line) or not is_title:
        return range(0)
    name = line[at + 1]
    dotted = len(word.bare) == 1 or word.bare in _FOREIGN
    if name.bare in _OFFICE or name.start - word.end > 2 or not (name.tight or dotted):
        return range(0)
    if name.capital:
        known = _is("given", line, at + 1) or _is("family", line, at + 1)
        if not (calls or word.bare in _FOREIGN or (known and not line.titled)):
            return range(0)
        return range(at, at + 1 + max(1, line.run(at + 1, 2 if line.titled else 4)))
    lone = line.ends(at + 1) or line[at + 2].bare.isdecimal() or line[at + 2].bare in _STOPS
    if called and lone and name.bare not in _STOPS and _sounds_called(line, at + 1):
        return range(at, at + 2)
    return range(0)


def _after_a_call(line: Line, at: int) -> range:
    """Return the name in "liên hệ Hùng 0909…"."""
    if line[at].key not in _CALLS or not line.after(at) or not line[at + 1].capital or line.titled:
        return range(0)
    if not _is("given", line, at + 1) and not _is("family", line, at + 1):
        return range(0)
    size = line.run(at + 1, 4)
    ends = line.ends(at + size) or line[at + size + 1].bare.isdecimal()
    return range(at + 1, at + 1 + size) if ends and not _is_place(line, at + 1) else range(0)


_RULES: dict[str, Callable[[Line, int], range]] = {
    "ten": _after_the_word_name,
    "name": _after_the_word_name,
    "la": _after_is,
    **dict.fromkeys(map(fold_once, _TITLES), _after_a_title),
    **dict.fromkeys(map(fold_once, _CALLS), _after_a_call),
}


def alarms() -> tuple[frozenset[str], frozenset[str], frozenset[tuple[str, str]], frozenset[str]]:
    """Return what a line must hold before `names` can find anything without a family name in capitals.

    Returns
    -------
    keys, bares : frozenset of str
        Words as written, and without diacritics.
    pairs : frozenset of (str, str)
        Neighbours, without diacritics.
    before_capital : frozenset of str
        Words, without diacritics, that matter before a capital.
    """
    titles, calls = (*map(fold_once, _TITLES), *_BARE_TITLES), (*map(fold_once, _CALLS),)
    families = {*_BARE_CLEAR, *map(fold_once, name_words()["clear family"])}
    pairs = {(speaker, "la") for speaker in _SPEAKERS} | {
        (call, title) for call in _CALLS for title in titles
    }
    pairs |= {(family, middle) for family in families for middle in ("thi", "van")}
    keys = name_words()["clear given"] | {"thị"}
    return keys, frozenset({"ten", "name"}), frozenset(pairs), frozenset((*calls, *titles, *_THANKS))


def _full_name(line: Line, at: int) -> range:
    """Return a name that begins with a family and goes on with capitals."""
    size = line.run(at, 6)
    before = line.before(at)
    if size < 2 or _is_place(line, at) or _is_a_ceiling(line, at) or (before and before.key in _NAMED_AFTER):
        return range(0)
    second = line[at + 1].key
    if second in _STRONG_MIDDLE and size > 2 and line[at + 2].key not in _NO_PERSON:
        sure = True
    elif _is("clear given", line, at + 1):
        sure = True
    elif _is("clear family", line, at):
        sure = _is_called(line, at + 1) and (size > 2 or not line.titled)
    else:
        sure = not line.titled and size > 2 and _is_called(line, at + 1) and _is("given", line, at + 2)
    if not sure:
        return range(0)
    if line.titled:
        size = min(size, 4 if at + 3 < len(line) and _is("given", line, at + 3) else 3)
    return range(at, at + size)


def _is_a_ceiling(line: Line, at: int) -> bool:
    return line[at].key == "trần" and line[at + 1].key in _CEILING


def _small_name(line: Line, at: int) -> range:
    """Return a name written without capitals: "nguyễn văn tèo", "thach thi sa" at the head of a clause."""
    word = line[at]
    if (
        at + 1 < len(line)
        and line[at + 1].tight
        and _is("family", line, at)
        and _is("clear given", line, at + 1)
    ):
        return range(at, at + 2)
    if at + 2 >= len(line) or not (line[at + 1].tight and line[at + 2].tight):
        return range(0)
    middle, last = line[at + 1], line[at + 2]
    if middle.key == "thị" and _is("family", line, at) and last.key not in _NO_PERSON:
        sure = True
    elif line.marked:
        sure = middle.key == "văn" and _is("clear family", line, at) and last.key not in _NO_PERSON
    else:
        others = map(fold_once, _NO_PERSON)
        sure = word.bare in _BARE_CLEAR and middle.bare in ("thi", "van") and last.bare not in others
        sure = sure and line.before(at) is None
    if not sure:
        return range(0)
    fourth = at + 3 < len(line) and line[at + 3].tight and _is("given", line, at + 3)
    return range(at, at + (4 if fourth and line[at + 3].bare not in _STOPS else 3))


def _is_a_signature(line: Line) -> bool:
    """Tell whether the whole line is a full name."""
    size = len(line)
    return (
        2 <= size <= 6
        and _is("family", line, 0)
        and line.run(0, 6) == size
        and not _is_place(line, 0)
        and all(_is_called(line, at) for at in range(1, size))
        and (size > 2 or _is("clear family", line, 0))
        and not _is_a_ceiling(line, 0)
    )


def _last_words(line: Line) -> set[int]:
    """Return the name that stands alone after "cảm ơn", "trân trọng", "ký tên"."""
    first = len(line)
    while first and line[first - 1].capital and len(line) - first < 4:
        first -= 1
        if not line[first].tight:
            break
    if not first or first == len(line) or line[first - 1].bare not in _THANKS:
        return set()
    named = _is("given", line, first) or _is("family", line, first)
    return set(range(first, len(line))) if named and not line[first].tight else set()
