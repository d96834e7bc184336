"""The plain values that go into the library and come out of it.

In the fields of `WorkerProfile` and `Wanted`, None means "never asked" and an empty tuple means "asked, has
none". The gates turn the first into *unknown* and the second into *no*: nobody is barred for a question that
nobody put.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matching.scoring import Scorer

WorkerId = int | str
OpeningId = int | str
Answer = Literal["yes", "no", "unknown"]

HOME = "VN"
"""ISO 3166 code of the country in which an opening counts as domestic."""

BELOW = "below the first 1000"
"""Stands in for a rank that nobody would scroll to."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where, when and for how much a person wants to work.

    Attributes
    ----------
    occupations : tuple of str or None
        VSCO or ISCO-08 codes, 1 to 5 digits.
    places : tuple of str or None
        Codes of communes (5 digits) or provinces (2 digits).
    countries : tuple of str or None
        ISO 3166 codes. "VN" means anywhere in Vietnam.
    wage_min : int or None
        The least monthly wage the person accepts, in đồng.
    from_date : date or None
        The first day on which the person can start.
    shifts : tuple of str or None
        Shifts the person accepts, in the words of the portal ("day", "night", …).
    """

    occupations: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    wage_min: int | None = None
    from_date: date | None = None
    shifts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class WorkerProfile:
    """One person as the ranking sees them: no name, no identity number, no ethnicity, no health.

    Attributes
    ----------
    id : int or str
        Identity of the person; all ids of one ranker differ as text.
    birth_date : date or None
        Read by age gates only, never by the score.
    sex : str or None
        "female" or "male". Read by the sex gate of overseas openings only, never by the score.
    commune : str or None
        Code of the commune of present residence, 5 digits.
    occupations : tuple of (str, int or None), or None
        Occupations the person has worked in: code of 1 to 5 digits, months (None if not known).
    skills : tuple of str or None
        Skills in everyday words; compared without case and diacritics.
    certificates : tuple of (str, str or None, date or None), or None
        Scale, level and last valid day (None: does not expire). Driving licences are the scale "driving".
    education : str or None
        Code of `matching.scales.education_levels`.
    wanted : Wanted
        What the person is looking for.
    text : str
        What the person wrote about their work, in any language.
    updated_on : date or None
        The day on which the person or an adviser last confirmed the profile.
    birth_year : int or None
        The year of birth where the day is not known; then the latest possible day counts, 31 December.
    """

    id: WorkerId
    birth_date: date | None = None
    sex: str | None = None
    commune: str | None = None
    occupations: tuple[tuple[str, int | None], ...] | None = None
    skills: tuple[str, ...] | None = None
    certificates: tuple[tuple[str, str | None, date | None], ...] | None = None
    education: str | None = None
    wanted: Wanted = field(default_factory=Wanted)
    text: str = ""
    updated_on: date | None = None
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing an opening asks for.

    Attributes
    ----------
    kind : str
        One of `matching.eligibility.KINDS`, or "any_of".
    op : str
        ">=", "<=", "=", "has", "accepts", "in"; each kind takes its own only.
    value : Any
        age: years; sex: "female" or "male"; education: a code; experience: {"code", "months"};
        skill: words; certificate: {"scale", "level"}; licence: a class; shift: a name; place: a code.
    hard : bool
        A gate if true, else a wish that moves the score.
    any_of : tuple of Requirement
        With kind "any_of": alternatives that count as one thing.
    source : str or None
        Why it may be asked: an article of law, or the number of the approved contract.
    """

    kind: str
    op: str = ">="
    value: Any = None
    hard: bool = True
    any_of: tuple["Requirement", ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class OpeningProfile:
    """One opening as the ranking sees it.

    Attributes
    ----------
    id : int or str
        Identity of the opening; orders people with the same score.
    occupation : str or None
        VSCO or ISCO-08 code, 1 to 5 digits.
    title, text : str
        The words of the posting.
    place : str or None
        Commune (5 digits) or province (2 digits) of the workplace, for a domestic opening.
    country : str or None
        ISO 3166 code of the workplace; None and "VN" mean a domestic opening.
    wage_min, wage_max : int or None
        Monthly wage in đồng, also for overseas openings.
    starts_on : date or None
        First working day or planned departure.
    requirements : tuple of Requirement
        Hard ones are gates, the others wishes.
    """

    id: OpeningId
    occupation: str | None = None
    title: str = ""
    text: str = ""
    place: str | None = None
    country: str | None = None
    wage_min: int | None = None
    wage_max: int | None = None
    starts_on: date | None = None
    requirements: tuple[Requirement, ...] = ()

    @property
    def is_overseas(self) -> bool:
        """True if the work is outside Vietnam."""
        return self.country not in (None, HOME)


@dataclass(frozen=True, slots=True)
class Reason:
    """A full sentence with its weight in points of the score."""

    code: str
    weight: int
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one requirement says of one person.

    Attributes
    ----------
    rule : str
        Kind of the requirement, or "wants" for the wish that the opening's place itself asks for.
    verdict : {"yes", "no", "unknown"}
    stated, needed : str
        What the profile says ("" if nothing) and what is asked.
    text_vi, text_en : str
        The verdict as a sentence.
    hard : bool
        False for a wish.
    changeable : bool
        True if the person can change it; never for age and sex.
    source : str or None
        As in `Requirement`.
    """

    rule: str
    verdict: Answer
    stated: str
    needed: str
    text_vi: str
    text_en: str
    hard: bool = True
    changeable: bool = True
    source: str | None = None


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """One row of a list.

    Attributes
    ----------
    worker_id : int or str
    score : int
        Fixed point, 0 to `matching.weights.TOP`; the exact sum of `parts`.
    parts : Mapping of str to int
        Points by part, in the order of `matching.weights.PARTS`.
    most : Mapping of str to int
        The points that each part could bring for this opening; 0 where the opening does not ask.
    reasons, missing : tuple of Reason
        What speaks for the person, and what is missing besides the hard requirements, heaviest first.
    rank : int
        Place in its own list, from 1, `offset` included.
    unknowns : tuple of Verdict
        Hard requirements that the profile does not answer: the person may, once these are known.
    barred_by : Verdict or None
        In `nearest_misses`, the one thing in the way.
    values : Mapping of str to int
        How well each part fits, 0 to `matching.weights.UNIT`: what the ranking learns from.
    """

    worker_id: WorkerId
    score: int
    parts: Mapping[str, int]
    most: Mapping[str, int]
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    rank: int
    unknowns: tuple[Verdict, ...] = ()
    barred_by: Verdict | None = None
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RankedOpening:
    """One opening for a person: the same score, parts and sentences as in the list of that opening."""

    opening_id: OpeningId
    score: int
    parts: Mapping[str, int]
    most: Mapping[str, int]
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    rank: int
    unknowns: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """One pass over the index: who may, who may once something is known, and how many.

    Attributes
    ----------
    candidates : list of RankedCandidate
        The page asked for, of people for whom every hard requirement is a yes.
    unknowns : list of RankedCandidate
        The same page of people with no "no" and at least one "unknown".
    total_may, total_unknown, total_barred : int
        Sizes of the three groups, after `among` and `exclude`.
    model : str
        Version id of the model that scored.
    scorer : Scorer
        What turned values into points for exactly these lists.
    """

    candidates: list[RankedCandidate]
    unknowns: list[RankedCandidate]
    total_may: int
    total_unknown: int
    total_barred: int
    model: str
    scorer: "Scorer" = field(compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would move a person up, tried on a copy of the profile.

    Attributes
    ----------
    code : str
        Part or requirement that changes.
    text_vi, text_en : str
        What to do, as a sentence.
    gain : int
        Points of score won; may be 0 where the change only opens the gate.
    rank : int or str or None
        Rank after the change; None while another requirement still bars.
    opens : bool
        True if the person may after the change and may not, or not surely, before.
    """

    code: str
    text_vi: str
    text_en: str
    gain: int
    rank: int | str | None
    opens: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a named person stands where they stand in the list of an opening.

    Attributes
    ----------
    verdicts : tuple of Verdict
        Every requirement, hard ones first; the wish for the place included.
    listed : {"may", "unknown", "barred"}
        In the list, apart, or out.
    rank : int or str or None
        Rank in the list; "below the first 1000"; None if not in the list.
    score, parts, most, reasons, missing
        As in `RankedCandidate`; given for barred people too.
    changes : tuple of Change
        What would move the person up, largest gain first, each one tried.
    model, scorer
        As in `Ranking`.
    """

    worker_id: WorkerId
    verdicts: tuple[Verdict, ...]
    listed: Literal["may", "unknown", "barred"]
    rank: int | str | None
    score: int
    parts: Mapping[str, int]
    most: Mapping[str, int]
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    changes: tuple[Change, ...]
    model: str
    scorer: "Scorer" = field(compare=False)
