"""What stands between a person and a programme: plain facts in, a verdict a requirement with its reason out.

Nobody is refused by a row that nobody here has read in the original: it can say "not yet, ask", never "no".
What is not known is unknown, never guessed.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from matching.scales import education_order, level_order, scales
from portal.overseas.programmes.states import BODY_KINDS, AskedKind, Because, Verdict, Way
from portal.workers.states import ConditionAnswer, ConditionKind

ONE_DAY = dt.timedelta(days=1)
# How far each verdict lets a person come, where any of several requirements will do.
BEST_FIRST = (Verdict.YES, Verdict.NOT_YET, Verdict.UNKNOWN, Verdict.NO)


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement as it stands on a day."""

    slot: str
    kind: AskedKind
    value: Mapping[str, Any] = field(default_factory=dict)
    words_vi: str = ""
    words_en: str = ""
    for_sex: str | None = None
    any_of: str = ""
    way: Way | None = None
    way_vi: str = ""
    way_en: str = ""
    way_months: int | None = None
    source: str = ""
    since: dt.date | None = None
    verified: bool = False
    # Of every programme: what was checked for one counts for all.
    general: bool = False

    @property
    def need(self) -> tuple[ConditionKind, str] | None:
        """What is asked of the body: answered to this very sentence."""
        kind = BODY_KINDS.get(self.kind)
        return None if kind is None else (kind, self.words_vi)


@dataclass(frozen=True, slots=True)
class Checked:
    """What an adviser saw on paper."""

    meets: bool
    expires_on: dt.date | None = None
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """None: nobody has asked. An empty tuple or mapping: asked, there is none."""

    birth_date: dt.date | None = None
    birth_year: int | None = None
    sex: str | None = None
    education: str | None = None
    certificates: tuple[tuple[str, str, dt.date | None], ...] | None = None
    # Occupation code to months.
    months: Mapping[str, int] | None = None
    conditions: Mapping[tuple[ConditionKind, str], ConditionAnswer] = field(default_factory=dict)
    checks: Mapping[str, Checked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    asked: Asked
    verdict: Verdict
    because: Because
    # The day that the sentence speaks of: comes of age, until when it is met, ran out.
    day: dt.date | None = None
    stated: str | int | None = None
    # Would be a no, but nobody here has read the rule: to be asked.
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is asked: one requirement, or several of which any will do."""

    answers: tuple[Answer, ...]

    @property
    def verdict(self) -> Verdict:
        return min((answer.verdict for answer in self.answers), key=BEST_FIRST.index)

    @property
    def expires_on(self) -> dt.date | None:
        """Until when it is met; where several meet it, the last of them counts."""
        days = [answer.day for answer in self.answers if answer.verdict is Verdict.YES]
        known = [day for day in days if day is not None]
        return max(known) if days and len(known) == len(days) else None


@dataclass(frozen=True, slots=True)
class BanMet:
    """A dated ban that touches where the person lives; of a district only a part of which it may be."""

    verdict: Verdict
    place_code: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Standing:
    points: tuple[Point, ...]
    bans: tuple[BanMet, ...] = ()

    def count(self, *verdicts: Verdict) -> int:
        found = [point.verdict for point in self.points] + [ban.verdict for ban in self.bans]
        return sum(verdict in verdicts for verdict in found)

    def of(self, verdict: Verdict) -> list[Point]:
        return [point for point in self.points if point.verdict is verdict]

    @property
    def total(self) -> int:
        return len(self.points) + len(self.bans)

    @property
    def met(self) -> int:
        return self.count(Verdict.YES)

    @property
    def open(self) -> int:
        return self.total - self.met

    @property
    def is_barred(self) -> bool:
        return self.count(Verdict.NO) > 0


def judge(asked: Asked, person: Person, on: dt.date) -> Answer | None:
    """None where the requirement is not for this person (a height for the other sex)."""
    if asked.for_sex is not None:
        if person.sex is None:
            return Answer(asked, Verdict.UNKNOWN, Because.NOT_TOLD)
        if person.sex != asked.for_sex:
            return None
    answer = _JUDGES[asked.kind](asked, person, on)
    if answer.verdict is Verdict.NO and not asked.verified:
        return replace(answer, verdict=Verdict.NOT_YET, ask=True)
    return answer


def judge_all(asked: Iterable[Asked], person: Person, on: dt.date) -> tuple[Point, ...]:
    groups: dict[str, list[Answer]] = {}
    for number, one in enumerate(asked):
        answer = judge(one, person, on)
        if answer is not None:
            groups.setdefault(one.any_of or f"-{number}", []).append(answer)
    return tuple(Point(tuple(answers)) for answers in groups.values())


# --- age ---


def birthday(born: dt.date, age: int) -> dt.date:
    """The first day on which somebody has that age; who was born on 29 February has it on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)


def _age(asked: Asked, person: Person, on: dt.date) -> Answer:
    """Both ends belong to it: "to 39" is until the day before the fortieth birthday."""
    if person.birth_date is not None:
        first = last = person.birth_date
    elif person.birth_year is not None:
        first, last = dt.date(person.birth_year, 1, 1), dt.date(person.birth_year, 12, 31)
    else:
        return Answer(asked, Verdict.UNKNOWN, Because.NOT_TOLD)
    least, most = asked.value.get("min"), asked.value.get("max")
    if most is not None and on >= birthday(last, most + 1):
        return Answer(asked, Verdict.NO, Because.TOO_OLD, birthday(last, most + 1))
    if least is not None and on < birthday(first, least):
        return Answer(asked, Verdict.NOT_YET, Because.TOO_YOUNG, birthday(last, least))
    unsure = (least is not None and on < birthday(last, least)) or (
        most is not None and on >= birthday(first, most + 1)
    )
    if unsure:
        return Answer(asked, Verdict.UNKNOWN, Because.NOT_TOLD)
    until = birthday(first, most + 1) - ONE_DAY if most is not None else None
    return Answer(asked, Verdict.YES, Because.MEETS, until)


# --- what the profile says ---


def _sex(asked: Asked, person: Person, on: dt.date) -> Answer:
    if person.sex is None:
        return Answer(asked, Verdict.UNKNOWN, Because.NOT_TOLD)
    if person.sex == asked.value.get("sex"):
        return Answer(asked, Verdict.YES, Because.MEETS)
    return Answer(asked, Verdict.NO, Because.OTHER_SEX)


def _education(asked: Asked, person: Person, on: dt.date) -> Answer:
    order, needed = education_order(person.education), education_order(asked.value.get("code"))
    if order is None or needed is None:
        return Answer(asked, Verdict.UNKNOWN, Because.NOT_TOLD)
    if order >= needed:
        return Answer(asked, Verdict.YES, Because.MEETS, stated=person.education)
    return Answer(asked, Verdict.NOT_YET, Because.TOO_LITTLE, stated=person.education)


def _language(asked: Asked, person: Person, on: dt.date) -> Answer:
    scale, level = asked.value.get("scale", ""), asked.value.get("level")
    needed = level_order(scale, level) if scale in scales() else None
    if person.certificates is None or needed is None:
        return Answer(asked, Verdict.UNKNOWN, Because.NOT_TOLD)
    same = [one for one in person.certificates if one[0] == scale]
    enough = [one for one in same if (level_order(scale, one[1]) or 0) >= needed]
    good = [one for one in enough if one[2] is None or one[2] >= on]
    if good:
        # One without a stated end says nothing of when it runs out.
        ends = [one[2] for one in good if one[2] is not None]
        return Answer(asked, Verdict.YES, Because.MEETS, max(ends, default=None), good[0][1])
    if enough:
        ended = max(one[2] for one in enough if one[2] is not None)
        return Answer(asked, Verdict.NOT_YET, Because.EXPIRED, ended, enough[0][1])
    if same:
        return Answer(asked, Verdict.NOT_YET, Because.TOO_LITTLE, stated=same[0][1])
    return Answer(asked, Verdict.NOT_YET, Because.NONE)


def _experience(asked: Asked, person: Person, on: dt.date) -> Answer:
    if asked.slot in person.checks:
        return _checked(asked, person, on)
    codes, needed = tuple(asked.value.get("codes") or ()), asked.value.get("months") or 0
    if not codes or person.months is None:
        return Answer(asked, Verdict.UNKNOWN, Because.NOT_CHECKED)
    months = sum(number for code, number in person.months.items() if code.startswith(codes))
    if months and months >= needed:
        return Answer(asked, Verdict.YES, Because.MEETS, stated=months)
    return Answer(asked, Verdict.NOT_YET, Because.TOO_LITTLE if months else Because.NONE, stated=months)


# --- seen by an adviser, answered by the person, asked elsewhere ---


def _checked(asked: Asked, person: Person, on: dt.date) -> Answer:
    check = person.checks.get(asked.slot)
    if check is None:
        return Answer(asked, Verdict.UNKNOWN, Because.NOT_CHECKED)
    if not check.meets:
        return Answer(asked, Verdict.NOT_YET, Because.DOES_NOT, check.checked_on)
    if check.expires_on is not None and check.expires_on < on:
        return Answer(asked, Verdict.NOT_YET, Because.EXPIRED, check.expires_on)
    return Answer(asked, Verdict.YES, Because.MEETS, check.expires_on)


def _prior_stay(asked: Asked, person: Person, on: dt.date) -> Answer:
    """What somebody did years ago, nobody can catch up on."""
    answer = _checked(asked, person, on)
    return replace(answer, verdict=Verdict.NO) if answer.because is Because.DOES_NOT else answer


def _body(asked: Asked, person: Person, on: dt.date) -> Answer:
    told = person.conditions.get(asked.need) if asked.need is not None else None
    if told is ConditionAnswer.YES:
        return Answer(asked, Verdict.YES, Because.MEETS)
    if told is ConditionAnswer.NO:
        return Answer(asked, Verdict.NO, Because.DOES_NOT)
    return Answer(asked, Verdict.UNKNOWN, Because.NOT_TOLD)


def _elsewhere(asked: Asked, person: Person, on: dt.date) -> Answer:
    """A doctor or an office says it, on paper, in the case."""
    return Answer(asked, Verdict.UNKNOWN, Because.NOT_ASKED_HERE)


_JUDGES: dict[AskedKind, Callable[[Asked, Person, dt.date], Answer]] = {
    AskedKind.AGE: _age,
    AskedKind.SEX: _sex,
    AskedKind.EDUCATION: _education,
    AskedKind.LANGUAGE: _language,
    AskedKind.TEST: _checked,
    AskedKind.TRAINING: _checked,
    AskedKind.EXPERIENCE: _experience,
    AskedKind.PRIOR_STAY: _prior_stay,
    AskedKind.HEALTH: _elsewhere,
    AskedKind.LEGAL: _elsewhere,
    **dict.fromkeys(BODY_KINDS, _body),
}


# --- where the person lives ---


@dataclass(frozen=True, slots=True)
class Ban:
    place_code: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool


def bans_met(bans: Sequence[Ban], shares: Mapping[str, str]) -> tuple[BanMet, ...]:
    """`shares`: for each banned place that touches the person's commune, "whole" or "part" of it."""
    met = []
    for ban in bans:
        share = shares.get(ban.place_code)
        if share is None:
            continue
        if share != "whole":
            verdict = Verdict.UNKNOWN
        else:
            verdict = Verdict.NO if ban.verified else Verdict.NOT_YET
        met.append(BanMet(verdict, ban.place_code, ban.valid_from, ban.valid_to, ban.source, ban.verified))
    return tuple(met)
