"""Verdicts as plain sentences, in Vietnamese and English."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from babel import Locale

from matching.eligibility import is_changeable, wanted_level
from matching.model import skill_key
from matching.occupation_codes import named
from matching.places import place_name
from matching.scales import compare, education_levels, level_name
from matching.table import latest_birth
from matching.types import HOME, Answer, Requirement, Verdict, WorkerProfile

SHIFTS = {
    "day": ("ca ngày", "day shifts"),
    "morning": ("ca sáng", "morning shifts"),
    "afternoon": ("ca chiều", "afternoon shifts"),
    "evening": ("ca tối", "evening shifts"),
    "night": ("ca đêm", "night shifts"),
    "rotating": ("ca xoay", "rotating shifts"),
    "weekend": ("cuối tuần", "weekend work"),
    "part_time": ("bán thời gian", "part-time work"),
}
"""Names of shifts; any other shift is shown as it was stated."""

SEXES = {"female": ("nữ", "women"), "male": ("nam", "men")}

Said = tuple[str, str, str, str]
"""What is stated, what is needed, the sentence in Vietnamese, the sentence in English."""


def duration(months: int) -> tuple[str, str]:
    """Return a length of time in both languages: 18 as "1 năm 6 tháng", "1 year 6 months"."""
    years, rest = divmod(months, 12)
    vi = [f"{years} năm"] if years else []
    en = [f"{years} year{'s' if years > 1 else ''}"] if years else []
    if rest or not years:
        vi.append(f"{rest} tháng")
        en.append(f"{rest} month{'s' if rest != 1 else ''}")
    return " ".join(vi), " ".join(en)


def day(value: date) -> str:
    """Return a date as dd/mm/yyyy."""
    return value.strftime("%d/%m/%Y")


def money(dong: int) -> str:
    """Return an amount as 8.000.000 ₫."""
    return f"{dong:,} ₫".replace(",", ".")


def low(name: str) -> str:
    """Return a name for the middle of a sentence: "Thợ may" as "thợ may", "IT" as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name


def up(sentence: str) -> str:
    """Return a sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


@lru_cache(maxsize=4096)
def occupation(code: str) -> tuple[str, str]:
    """Return the name of an occupation in both languages."""
    return low(named(code, "vi")), low(named(code, "en"))


@lru_cache(maxsize=1)
def _territories() -> tuple[Locale, Locale]:
    return Locale("vi"), Locale("en")


@lru_cache(maxsize=512)
def country(code: str) -> tuple[str, str]:
    """Return the name of a country in both languages."""
    vi, en = (locale.territories.get(code, code) for locale in _territories())
    return vi, en


@lru_cache(maxsize=64)
def schooling(code: str) -> tuple[str, str]:
    """Return the name of a level of schooling in both languages, for the middle of a sentence."""
    found = next(level for level in education_levels() if level.code == code)
    return low(found.name_vi), low(found.name_en)


_AGES = {">=": "từ", "<=": "đến", "=": "đúng"}
_AGES_SAID = {
    (">=", "yes"): ("Đã đủ {} tuổi", "Is at least {} years old"),
    (">=", "no"): ("Chưa đủ {} tuổi", "Is not yet {} years old"),
    ("<=", "yes"): ("Chưa quá {} tuổi", "Is not over {} years old"),
    ("<=", "no"): ("Đã quá {} tuổi", "Is over {} years old"),
    ("=", "yes"): ("Đúng {} tuổi", "Is {} years old"),
    ("=", "no"): ("Không phải {} tuổi", "Is not {} years old"),
}


def _age(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    needed = f"{_AGES[need.op]} {need.value} tuổi"
    if answer == "unknown":
        return "", needed, "Chưa ghi ngày sinh", "The date of birth is not stated"
    years = (on.year * 10000 + on.month * 100 + on.day - latest_birth(worker)) // 10000
    vi, en = _AGES_SAID[need.op, answer]
    return f"{years} tuổi", needed, vi.format(need.value), en.format(need.value)


def _sex(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    vi, en = SEXES.get(need.value, (need.value, need.value))
    text = {
        "yes": (f"Hợp đồng đã được duyệt nhận {vi}", f"The approved contract takes {en}"),
        "no": (f"Hợp đồng đã được duyệt chỉ nhận {vi}", f"The approved contract takes {en} only"),
        "unknown": ("Chưa ghi giới tính", "The sex is not stated"),
    }[answer]
    return SEXES.get(worker.sex or "", ("", ""))[0], vi, *text


def _education(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    vi, en = schooling(need.value)
    if worker.education is None:
        if answer == "yes":
            return "", vi, "Không cần bằng cấp", "No schooling is asked for"
        return "", vi, "Chưa ghi trình độ học vấn", "The schooling is not stated"
    have_vi, have_en = schooling(worker.education)
    text = {
        "yes": (f"Trình độ {have_vi}, đạt mức cần là {vi}", f"Schooling: {have_en}; {en} is enough"),
        "no": (f"Trình độ {have_vi}, chưa đạt mức cần là {vi}", f"Schooling: {have_en}; {en} is needed"),
    }[answer]
    return have_vi, vi, *text


def months_in(worker: WorkerProfile, prefix: str) -> int:
    """Return the stated months in occupations under a code."""
    return sum(months or 0 for code, months in worker.occupations or () if code.startswith(prefix))


def _experience(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    code = str(need.value.get("code") or "")
    vi, en = occupation(code) if code else ("đi làm", "at work")
    asked_vi, asked_en = duration(max(1, int(need.value.get("months") or 0)))
    held = months_in(worker, code)
    have_vi, have_en = duration(held)
    stated = have_vi if held else ""
    if answer == "yes":
        return stated, asked_vi, f"Có {have_vi} kinh nghiệm {vi}", f"Has {have_en} of experience: {en}"
    if answer == "unknown":
        return (
            stated,
            asked_vi,
            f"Chưa ghi rõ kinh nghiệm {vi}",
            f"The length of experience is not stated: {en}",
        )
    if held:
        text_vi = f"Cần {asked_vi} kinh nghiệm {vi}, mới có {have_vi}"
        return stated, asked_vi, text_vi, f"Needs {asked_en} of experience, has {have_en}: {en}"
    text_vi = f"Chưa có kinh nghiệm {vi}, cần {asked_vi}"
    return stated, asked_vi, text_vi, f"Has no experience yet, {asked_en} needed: {en}"


def _skill(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    skill = str(need.value)
    stated = next((one for one in worker.skills or () if skill_key(one) == skill_key(skill) != ""), "")
    text = {
        "yes": (f"Biết {skill}", f"Knows: {skill}"),
        "no": (f"Chưa biết {skill}", f"Does not know yet: {skill}"),
        "unknown": (f"Chưa ghi có biết {skill} không", f"Not stated whether they know: {skill}"),
    }[answer]
    return stated, skill, *text


def best_certificate(worker: WorkerProfile, scale: str, on: date) -> tuple[str | None, date | None] | None:
    """Return level and last day of the best certificate on a scale, valid ones before expired ones."""
    best: tuple[str | None, date | None] | None = None
    for other, level, expires in worker.certificates or ():
        if other != scale:
            continue
        if best is None or _is_better((level, expires), best, scale, on):
            best = (level, expires)
    return best


def _is_better(
    one: tuple[str | None, date | None], other: tuple[str | None, date | None], scale: str, on: date
) -> bool:
    valid, others = (end is None or end >= on for _, end in (one, other))
    if valid != others:
        return valid
    return bool(one[0] and (not other[0] or (compare(scale, one[0], other[0]) or 0) > 0))


def _certificate(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    scale, level = wanted_level(need)
    (vi, en), kind = _level(scale, level), "" if scale == "driving" else "chứng chỉ "
    kind_en = "" if scale == "driving" else "certificate "
    held = best_certificate(worker, scale, on)
    if held is None:
        if answer == "unknown":
            return "", vi, f"Chưa ghi có {kind}{vi} không", f"Not stated whether they hold: {kind_en}{en}"
        return "", vi, f"Chưa có {kind}{vi}", f"Does not hold yet: {kind_en}{en}"
    (have_vi, have_en), expires = _level(scale, held[0]), held[1]
    if expires is not None and expires < on:
        text_vi = f"{up(kind + have_vi)} đã hết hạn ngày {day(expires)}"
        return have_vi, vi, text_vi, f"Expired on {day(expires)}: {kind_en}{have_en}"
    if answer == "unknown":
        return (
            have_vi,
            vi,
            f"Chưa ghi bậc của {kind}{have_vi}",
            f"The level is not stated: {kind_en}{have_en}",
        )
    if answer == "no":
        return have_vi, vi, f"Có {kind}{have_vi}, chưa đạt {vi}", f"Holds {kind_en}{have_en}, {en} is needed"
    higher = held[0] is not None and (compare(scale, held[0], level) or 0) > 0
    tail_vi, tail_en = (f", cao hơn mức cần là {vi}", f", above the {en} needed") if higher else ("", "")
    return have_vi, vi, f"Có {kind}{have_vi}{tail_vi}", f"Holds {kind_en}{have_en}{tail_en}"


def _level(scale: str, level: str | None) -> tuple[str, str]:
    return level_name(scale, level, "vi"), level_name(scale, level, "en")


def _shift(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    vi, en = SHIFTS.get(need.value, (str(need.value), str(need.value)))
    stated = ", ".join(SHIFTS.get(one, (one, one))[0] for one in worker.wanted.shifts or ())
    text = {
        "yes": (f"Nhận làm {vi}", f"Accepts {en}"),
        "no": (f"Chưa nhận làm {vi}", f"Does not accept {en}"),
        "unknown": (f"Chưa ghi có nhận làm {vi} không", f"Not stated whether they accept {en}"),
    }[answer]
    return stated, vi, *text


def places_said(worker: WorkerProfile) -> str:
    """Return the places and countries a person named, as a list in Vietnamese."""
    wanted = worker.wanted
    names = [place_name(code) or code for code in wanted.places or ()]
    return ", ".join([*names, *(country(code)[0] for code in wanted.countries or ())])


def _place(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    name = place_name(str(need.value)) or str(need.value)
    stated = ", ".join(filter(None, [place_name(worker.commune), places_said(worker)]))
    text = {
        "yes": (f"Sống hoặc muốn làm việc ở {name}", f"Lives or wants to work in {name}"),
        "no": (
            f"Không sống và chưa ghi muốn làm việc ở {name}",
            f"Neither lives nor said they want to work in {name}",
        ),
        "unknown": ("Chưa ghi nơi ở và nơi muốn làm việc", "Home and wanted workplace are not stated"),
    }[answer]
    return stated, name, *text


def _wants(need: Requirement, worker: WorkerProfile, answer: Answer, on: date) -> Said:
    abroad = need.value.get("country") not in (None, HOME)
    if abroad:
        vi, en = country(need.value["country"])
    else:
        name = place_name(need.value.get("place"))
        vi, en = (name, name) if name else country(HOME)
    stated = places_said(worker)
    if answer == "yes":
        if stated:
            return stated, vi, f"Muốn làm việc ở {vi}", f"Wants to work in {en}"
        return (
            stated,
            vi,
            f"Sống trong tỉnh có nơi làm, {vi}",
            f"Lives in the province of the workplace, {en}",
        )
    text = {
        "no": (f"Đã ghi nơi muốn làm việc, không có {vi}", f"Said where they want to work, not in {en}"),
        "unknown": (
            f"Chưa ghi có muốn làm việc ở {vi} không",
            f"Not stated whether they want to work in {en}",
        ),
    }[answer]
    return stated, vi, *text


_SAID: dict[str, Callable[[Requirement, WorkerProfile, Answer, date], Said]] = {
    "age": _age,
    "sex": _sex,
    "education": _education,
    "experience": _experience,
    "skill": _skill,
    "certificate": _certificate,
    "licence": _certificate,
    "shift": _shift,
    "place": _place,
    "wants": _wants,
}


def verdict(
    need: Requirement,
    worker: WorkerProfile,
    answer: Answer,
    on: date,
    alternatives: tuple[Verdict, ...] = (),
) -> Verdict:
    """Return a verdict in words.

    Parameters
    ----------
    need : Requirement
    worker : WorkerProfile
    answer : {"yes", "no", "unknown"}
        What the columns say of this requirement.
    on : date
        The day of the ranking.
    alternatives : tuple of Verdict
        Verdicts of `need.any_of`, in the same order.

    Returns
    -------
    Verdict
    """
    if alternatives:
        said = _one_of(alternatives, answer)
        rule = "any_of"
    else:
        said = _SAID[need.kind](need, worker, answer, on)
        rule = need.kind
    return Verdict(rule, answer, *said, need.hard, is_changeable(need), need.source)


def _one_of(alternatives: tuple[Verdict, ...], answer: Answer) -> Said:
    needed = " hoặc ".join(one.needed for one in alternatives)
    chosen = next((one for one in alternatives if one.verdict == answer), alternatives[0])
    if answer == "yes":
        return chosen.stated, needed, chosen.text_vi, chosen.text_en
    stated = ", ".join(dict.fromkeys(one.stated for one in alternatives if one.stated))
    vi = f"Chưa ghi rõ có {needed} không" if answer == "unknown" else f"Cần {needed}"
    if answer == "no":
        vi += f", mới có {stated}" if stated else ", chưa có"
    en = "; ".join(low(one.text_en) for one in alternatives if one.verdict == answer)
    return stated, needed, vi, f"One of these is needed: {en}"
