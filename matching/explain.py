"""Reasons for a person and what is missing, as sentences chosen by the points they carry."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

import numpy as np

from matching import weights
from matching.columns import Rows
from matching.eligibility import ANSWERS, answers
from matching.features import Query, named
from matching.inflection import base_form
from matching.model import SimilarityModel
from matching.occupation_codes import closeness
from matching.places import communes, crosses_water, distance_km, is_near
from matching.scan import Scan
from matching.sentences import country, day, duration, money, occupation, up, verdict
from matching.table import Table
from matching.text import clauses, words_written
from matching.types import HOME, RankedCandidate, Reason, Requirement, Verdict, WorkerProfile
from matching.values import ride
from matching.weights import NEAR_OCCUPATION, UNIT

ONE_ROW = np.zeros(1, dtype=np.int64)
SHOWN_WORDS = 3
PAPERS = ("certificate", "licence")
"""Gates worth a sentence though they bring no points: who reads the list looks for them first."""
KINDS = ("phường", "đặc khu", "xã")
SMALL_WORDS = frozenset("tại ở và của cho có là các với trong cần tuyển về".split())
"""Words that begin or end no phrase worth showing."""

Said = tuple[str, str]
Listed = Literal["may", "unknown", "barred"]


def verdicts(
    table: Table, rows: Rows, query: Query, workers: Sequence[WorkerProfile], on: date
) -> list[tuple[Verdict, ...]]:
    """Return the verdicts of all requirements for some rows, gates first.

    Parameters
    ----------
    table : Table
    rows : ndarray of int64, shape (n,)
    query : Query
    workers : sequence of WorkerProfile, length n
        The profiles of the rows.
    on : date

    Returns
    -------
    list of tuple of Verdict, length n
    """
    columns = [_column(table, rows, need, workers, on) for need in (*query.gates, *query.wishes)]
    return list(zip(*columns, strict=True))


def _column(
    table: Table, rows: Rows, need: Requirement, workers: Sequence[WorkerProfile], on: date
) -> list[Verdict]:
    inner = [_column(table, rows, one, workers, on) for one in need.any_of]
    alternatives = list(zip(*inner, strict=True)) if inner else [()] * len(workers)
    found = answers(table, rows, need, on).tolist()
    return [
        verdict(need, worker, ANSWERS[answer], on, others)
        for worker, answer, others in zip(workers, found, alternatives, strict=True)
    ]


def listed_as(stated: tuple[Verdict, ...]) -> Listed:
    """Return in which list the gates put a person."""
    hard = {one.verdict for one in stated if one.hard}
    return "barred" if "no" in hard else "unknown" if "unknown" in hard else "may"


def unknown_gates(stated: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Return the hard requirements that the profile does not answer."""
    open_ones = {one.text_vi: one for one in stated if one.hard and one.verdict == "unknown"}
    return tuple(open_ones.values())


def page(
    found: Scan,
    query: Query,
    model: SimilarityModel,
    on: date,
    limit: int | None,
    offset: int,
    missed: bool = False,
) -> list[RankedCandidate]:
    """Return one page of a list in words.

    Parameters
    ----------
    found : Scan
    query : Query
    model : SimilarityModel
    on : date
    limit : int or None
        Rows of the page; None for all.
    offset : int
        Rows before the page.
    missed : bool
        True if one gate bars everybody in the list.

    Returns
    -------
    list of RankedCandidate
    """
    shown = np.arange(len(found))[offset : None if limit is None else offset + limit]
    rows: dict[int, RankedCandidate] = {}
    for at, table in enumerate(found.tables):
        here = shown[found.table[shown] == at]
        workers = [table.profile(int(row)) for row in found.row[here]]
        stated = verdicts(table, found.row[here], query, workers, on)
        for place, worker, said in zip(here.tolist(), workers, stated, strict=True):
            points = named(found.points[place])
            good, missing = reasons(worker, query, points, said, model, on)
            rows[place] = RankedCandidate(
                worker_id=worker.id,
                score=int(found.score[place]),
                parts=points,
                values=named(found.values[place]),
                most=query.weights,
                reasons=good,
                missing=missing,
                rank=place + 1,
                unknowns=unknown_gates(said),
                barred_by=next(v for v in said if v.hard and v.verdict == "no") if missed else None,
            )
    return [rows[place] for place in shown.tolist()]


def reasons(
    worker: WorkerProfile,
    query: Query,
    points: Mapping[str, int],
    stated: tuple[Verdict, ...],
    model: SimilarityModel,
    on: date,
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return what speaks for a person and what is missing.

    Parameters
    ----------
    worker : WorkerProfile
    query : Query
    points : Mapping of str to int
        Points by part.
    stated : tuple of Verdict
        As `verdicts` returns them.
    model : SimilarityModel
        Tells which shared words are rare.
    on : date

    Returns
    -------
    good, missing : tuple of Reason
        Each heaviest first; the weight of a good one is the points it won, of a missing one those it lost.
    """
    good = [Reason("text", points["text"], *said) for said in _shared_words(worker, query, model)]
    missing: list[Reason] = []
    for part, sentence in _SENTENCES.items():
        for good_one, vi, en in sentence(worker, query, on):
            both = ("occupation", "experience") if part == "occupation" else (part,)
            won = sum(points[one] for one in both)
            weight = won if good_one else sum(query.weights[one] for one in both) - won
            (good if good_one else missing).append(Reason(part, weight, vi, en))
    share = query.weights["wishes"] // max(1, len(query.wishes))
    told = {one.code for one in good}
    for one in stated:
        if one.rule == "experience" and one.verdict == "yes" and "occupation" in told:
            continue
        if one.verdict == "yes" and not one.hard:
            good.append(Reason(one.rule, share, one.text_vi, one.text_en))
        elif one.verdict != "yes" and not one.hard:
            missing.append(Reason(one.rule, share, one.text_vi, one.text_en))
        elif one.verdict == "yes" and one.rule in PAPERS:
            good.append(
                Reason(
                    one.rule,
                    points["certificate"] if one.rule == "certificate" else 0,
                    one.text_vi,
                    one.text_en,
                )
            )
    told = {one.code for one in missing}
    if {"occupation", "experience"} <= told:
        # Both say the same: the requirement says it closer, unless nobody knows what the person has done.
        less = "experience" if worker.occupations is None else "occupation"
        missing = [one for one in missing if one.code != less]
    return _heaviest_first(good), _heaviest_first(missing)


def _heaviest_first(found: list[Reason]) -> tuple[Reason, ...]:
    """Return each sentence once."""
    shown = (one for one in found if one.weight > 0 or one.code in PAPERS)
    ordered = sorted(shown, key=lambda one: (-one.weight, one.code))
    return tuple({one.text_vi: one for one in reversed(ordered)}.values())[::-1]


def _shared_words(worker: WorkerProfile, query: Query, model: SimilarityModel) -> Iterator[Said]:
    """Yield one sentence with the phrases of the title that the profile has too, rarest first."""
    if not query.title:
        return
    mine = words_written("\n".join([worker.text, *(worker.skills or ())]))
    phrases: dict[str, float] = {}
    for words in query.title:
        run: list[str] = []
        last = ""
        for word, bare in (*words, ("", "")):
            together, last = f" {last} {bare} " in mine, bare
            if run and together:
                run.append(word)
                continue
            while run and run[-1] in SMALL_WORDS:
                run.pop()
            if len(run) > 1:
                phrases[" ".join(run)] = sum(model.weight_of(base_form(one)) for one in run)
            run = [word] if word not in SMALL_WORDS else []
    if phrases:
        rarest = sorted(phrases, key=lambda phrase: (-phrases[phrase], phrase))[:SHOWN_WORDS]
        quoted = ", ".join(f"“{phrase}”" for phrase in rarest)
        yield f"Hồ sơ cũng có những từ: {quoted}", f"The profile has these words too: {quoted}"


Found = Iterator[tuple[bool, str, str]]


def _occupation(worker: WorkerProfile, query: Query, on: date) -> Found:
    code = query.opening.occupation
    if code is None:
        return
    vi, en = occupation(code)
    if worker.occupations is None:
        yield False, "Chưa ghi đã làm nghề gì", "Past work is not stated"
        return
    near = sorted(worker.occupations, key=lambda one: (-closeness(code, one[0]), -(one[1] or 0), one[0]))
    best = closeness(code, near[0][0]) if near else 0
    if best < weights.NEAR_OCCUPATION:
        yield False, f"Chưa làm nghề này bao giờ: {vi}", f"Has not done this work before: {en}"
        return
    done, months = near[0]
    vi, en = occupation(done)
    long_vi, long_en = duration(months) if months else ("", "")
    how_long_vi, how_long_en = (f" {long_vi}", f" for {long_en}") if months else ("", "")
    if best == UNIT:
        yield True, f"Đã làm {vi}{how_long_vi}", f"Has done this work{how_long_en}: {en}"
    else:
        yield (
            True,
            f"Đã làm nghề gần với nghề này{how_long_vi}: {vi}",
            f"Has done similar work{how_long_en}: {en}",
        )


def _wish(worker: WorkerProfile, query: Query, on: date) -> Found:
    code, wanted = query.opening.occupation, worker.wanted.occupations
    if code is None:
        return
    vi, en = occupation(code)
    if not wanted:
        yield False, "Chưa ghi muốn làm nghề gì", "The wanted occupation is not stated"
    elif max(closeness(code, one) for one in wanted) >= weights.NEAR_OCCUPATION:
        best = max(wanted, key=lambda one: (closeness(code, one), one))
        vi, en = occupation(best)
        yield True, f"Muốn làm {vi}", f"Wants this work: {en}"
    else:
        yield False, f"Chưa ghi muốn làm {vi}", f"Has not said they want this work: {en}"


def _distance(worker: WorkerProfile, query: Query, on: date) -> Found:
    place, home = query.opening.place, worker.commune
    if query.opening.is_overseas:
        if query.opening.country in (worker.wanted.countries or ()):
            vi, en = country(str(query.opening.country))
            yield True, f"Muốn đi làm việc ở {vi}", f"Wants to work in {en}"
        return
    if place is None:
        return
    named = [*(worker.wanted.places or ())]
    wants = HOME in (worker.wanted.countries or ()) or any(is_near(place, one) for one in named)
    yield from _home(place, home, wants)


def _home(place: str, home: str | None, wants: bool) -> Found:
    km = distance_km(place, home)
    if home == place and home is not None:
        found = communes().get(home)
        kind = next((one for one in KINDS if found and found.name.startswith(up(one))), "xã")
        yield True, f"Ở cùng {kind} với nơi làm", "Lives in the commune of the workplace"
    elif home is None:
        yield False, "Chưa ghi nơi đang ở", "Where they live is not stated"
    elif km is not None and ride(place, home) > 0:
        vi, en = f"Ở cách nơi làm khoảng {km} km", f"Lives about {km} km from the workplace"
        yield ride(place, home) >= UNIT // 2, vi, en
    elif wants:
        yield True, "Ở xa nhưng muốn làm việc ở đây", "Lives far away but wants to work here"
    elif crosses_water(place, home):
        yield False, "Phải qua biển, cần chuyển chỗ ở", "The sea lies between: it would mean moving"
    else:
        yield False, "Ở xa nơi làm, cần chuyển chỗ ở", "Lives far from the workplace: it would mean moving"


def _wage(worker: WorkerProfile, query: Query, on: date) -> Found:
    offers = [one for one in (query.opening.wage_min, query.opening.wage_max) if one is not None]
    asked = worker.wanted.wage_min
    if not offers:
        return
    if asked is None:
        yield False, "Chưa ghi mức lương mong muốn", "The wanted wage is not stated"
    elif asked <= max(offers):
        yield True, "Lương mong muốn nằm trong mức của vị trí", "The wanted wage is within the offer"
    else:
        text_vi = f"Mong lương từ {money(asked)}, cao hơn mức của vị trí là {money(max(offers))}"
        yield False, text_vi, f"Wants at least {money(asked)}, above the offer of {money(max(offers))}"


def _skills(worker: WorkerProfile, query: Query, on: date) -> Found:
    if query.skills and worker.skills is None:
        yield False, "Chưa ghi mình biết thêm việc gì", "Further skills are not stated"


def _start(worker: WorkerProfile, query: Query, on: date) -> Found:
    start = worker.wanted.from_date
    if start is None:
        yield False, "Chưa ghi khi nào đi làm được", "When they can start is not stated"
    elif start <= (query.opening.starts_on or on):
        yield True, "Đi làm được kịp ngày cần", "Can start in time"
    elif query.opening.starts_on is None:
        yield False, f"Đến ngày {day(start)} mới đi làm được", f"Cannot start before {day(start)}"
    else:
        vi = f"Đến ngày {day(start)} mới đi làm được, trễ hơn ngày cần"
        yield False, vi, f"Cannot start before {day(start)}, later than needed"


def _recency(worker: WorkerProfile, query: Query, on: date) -> Found:
    if worker.updated_on is None or (on - worker.updated_on).days > weights.STALE_DAYS // 2:
        yield False, "Hồ sơ đã lâu chưa cập nhật", "The profile has not been confirmed for long"
    elif (on - worker.updated_on).days <= weights.FRESH_DAYS:
        yield True, "Hồ sơ mới cập nhật", "The profile was confirmed lately"


def _experience(worker: WorkerProfile, query: Query, on: date) -> Found:
    code = query.opening.occupation
    if code is None:
        return
    near = [months for one, months in worker.occupations or () if closeness(code, one) >= NEAR_OCCUPATION]
    if near and None in near:
        yield False, "Chưa ghi đã làm nghề này bao lâu", "How long they have done this work is not stated"


def _text(worker: WorkerProfile, query: Query, on: date) -> Found:
    if worker.skills is None and next(clauses(worker.text), None) is None:
        yield False, "Chưa kể gì về công việc của mình", "Nothing is written about their work"


_SENTENCES: dict[str, Callable[[WorkerProfile, Query, date], Found]] = {
    "occupation": _occupation,
    "experience": _experience,
    "text": _text,
    "wish": _wish,
    "distance": _distance,
    "wage": _wage,
    "skills": _skills,
    "start": _start,
    "recency": _recency,
}
