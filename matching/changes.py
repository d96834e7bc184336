"""What would move a person up: changes of the profile, to be tried by scoring the changed copy."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.eligibility import RULES, leaves, wanted_level
from matching.explain import ONE_ROW, Listed, listed_as, reasons, verdicts
from matching.features import Query, named, points_of, values
from matching.model import SimilarityModel
from matching.numbers import tie_of
from matching.places import place_name
from matching.scales import level_name
from matching.scan import Scan, standing
from matching.segments import Segment
from matching.sentences import SHIFTS, country, day, duration, money, months_in, occupation, schooling
from matching.table import Table
from matching.types import HOME, Change, Explanation, Requirement, Verdict, Wanted, WorkerProfile


@dataclass(frozen=True)
class Proposal:
    """A change with the copy of the profile that has it; `gate` if a hard requirement asks for it."""

    code: str
    text_vi: str
    text_en: str
    profile: WorkerProfile
    gate: bool


def proposals(worker: WorkerProfile, query: Query, stated: tuple[Verdict, ...], on: date) -> list[Proposal]:
    """Return every single change worth trying, and the change that answers all gates at once.

    Parameters
    ----------
    worker : WorkerProfile
    query : Query
    stated : tuple of Verdict
        Verdicts of the gates and then the wishes, in the order of `query`.
    on : date

    Returns
    -------
    list of Proposal
        Age and sex are never among them.
    """
    found: list[Proposal] = []
    together, answered = worker, 0
    for need, verdict in zip((*query.gates, *query.wishes), stated, strict=True):
        if verdict.verdict == "yes":
            continue
        ways = [one for one in leaves(need) if RULES[one.kind].changeable]
        found.extend(_answer(one, worker, need.hard) for one in ways)
        if need.hard and ways:
            together, answered = _answer(ways[0], together, True).profile, answered + 1
    if answered > 1:
        found.append(
            Proposal("all", "Làm đủ các điều còn thiếu", "Do everything that is missing", together, True)
        )
    found.extend(_wishes(worker, query, on))
    return found


def changes(
    worker: WorkerProfile,
    query: Query,
    stated: tuple[Verdict, ...],
    score: int,
    others: Scan,
    model: SimilarityModel,
    on: date,
) -> tuple[Change, ...]:
    """Return what would move a person up, each change tried on a copy of the profile.

    Parameters
    ----------
    worker : WorkerProfile
    query : Query
    stated : tuple of Verdict
        As in `proposals`.
    score : int
        The person's score now.
    others : Scan
        Everybody else, for the rank after the change.
    model : SimilarityModel
    on : date

    Returns
    -------
    tuple of Change
        Those that let the person in first, then by points won. A change that helps nothing is left out; there
        is none for somebody whose age or sex bars them.
    """
    if any(one.verdict == "no" and one.hard and not one.changeable for one in stated):
        return ()
    tried = {one.text_vi: one for one in reversed(proposals(worker, query, stated, on))}
    before = listed_as(stated)
    found = (_tried(one, query, score, before, others, model, on) for one in tried.values())
    useful = (one for one in found if one is not None)
    return tuple(sorted(useful, key=lambda one: (not one.opens, -one.gain, one.code, one.text_vi)))


def _tried(
    proposal: Proposal,
    query: Query,
    score: int,
    before: Listed,
    others: Scan,
    model: SimilarityModel,
    on: date,
) -> Change | None:
    table = Table.build([proposal.profile], model)
    after = listed_as(verdicts(table, ONE_ROW, query, [proposal.profile], on)[0])
    points = int(points_of(values(table, ONE_ROW, query, on), query).sum())
    opens = before != "may" and after == "may"
    step = proposal.gate and proposal.code != "all"
    if not opens and not step and points <= score:
        return None
    tie = int(tie_of(query.opening.id, table.keys)[0])
    rank = None
    if after == "may":
        rank = others.rank(points, tie, standing(Segment(table, model.columns), 0, query, on))
    return Change(proposal.code, proposal.text_vi, proposal.text_en, points - score, rank, opens)


def _wanting(worker: WorkerProfile, wanted: Wanted) -> WorkerProfile:
    return replace(worker, wanted=wanted)


def _answer(need: Requirement, worker: WorkerProfile, gate: bool) -> Proposal:
    """Return the change that turns one requirement into a yes."""
    wanted = worker.wanted
    if need.kind == "skill":
        skill = str(need.value)
        # A skill is written down in words too, and words count.
        text = "\n".join(part for part in (worker.text, skill) if part)
        changed = replace(worker, skills=(*(worker.skills or ()), skill), text=text)
        return Proposal("skill", f"Học hoặc ghi thêm: {skill}", f"Learn or add: {skill}", changed, gate)
    if need.kind in ("certificate", "licence"):
        return _certificate(need, worker, gate)
    if need.kind == "education":
        vi, en = schooling(need.value)
        changed = replace(worker, education=need.value)
        return Proposal("education", f"Học xong {vi}", f"Finish: {en}", changed, gate)
    if need.kind == "experience":
        return _experience(need, worker, gate)
    if need.kind == "shift":
        vi, en = SHIFTS.get(need.value, (need.value, need.value))
        changed = _wanting(worker, replace(wanted, shifts=(*(wanted.shifts or ()), need.value)))
        return Proposal("shift", f"Nhận làm {vi}", f"Accept {en}", changed, gate)
    if need.kind == "place":
        return _place(str(need.value), worker, "place", gate)
    return _where(need, worker, gate)


def _certificate(need: Requirement, worker: WorkerProfile, gate: bool) -> Proposal:
    scale, level = wanted_level(need)
    changed = replace(worker, certificates=(*(worker.certificates or ()), (scale, level, None)))
    kind = "" if scale == "driving" else "chứng chỉ "
    vi, en = level_name(scale, level, "vi"), level_name(scale, level, "en")
    return Proposal(need.kind, f"Lấy {kind}{vi}", f"Obtain: {en}", changed, gate)


def _experience(need: Requirement, worker: WorkerProfile, gate: bool) -> Proposal:
    code = str(need.value.get("code") or "")
    more = max(1, int(need.value.get("months") or 0)) - months_in(worker, code)
    vi, en = occupation(code) if code else ("đi làm", "at work")
    long_vi, long_en = duration(max(1, more))
    changed = replace(worker, occupations=_longer(worker.occupations or (), code, max(1, more)))
    text_vi = f"Có thêm {long_vi} kinh nghiệm {vi}"
    return Proposal("experience", text_vi, f"Gain {long_en} of experience: {en}", changed, gate)


def _longer(
    held: tuple[tuple[str, int | None], ...], code: str, more: int
) -> tuple[tuple[str, int | None], ...]:
    """Return occupations with more months: in the one under the code done longest, or in the code itself."""
    under = [at for at, (own, _) in enumerate(held) if own.startswith(code)]
    if not under:
        return (*held, (code or "9", more))
    longest = max(under, key=lambda at: held[at][1] or 0)
    own, months = held[longest]
    return (*held[:longest], (own, (months or 0) + more), *held[longest + 1 :])


def _place(place: str, worker: WorkerProfile, code: str, gate: bool) -> Proposal:
    name = place_name(place) or place
    wanted = replace(worker.wanted, places=(*(worker.wanted.places or ()), place))
    text = f"Nếu muốn làm việc ở {name}, ghi thêm nơi này", f"Add {name}, if you want to work there"
    return Proposal(code, *text, _wanting(worker, wanted), gate)


def _where(need: Requirement, worker: WorkerProfile, gate: bool) -> Proposal:
    abroad, place = need.value.get("country"), need.value.get("place")
    if abroad == HOME and place:
        return _place(place, worker, "wants", gate)
    vi, en = country(abroad)
    wanted = replace(worker.wanted, countries=(*(worker.wanted.countries or ()), abroad))
    text = f"Nếu muốn làm việc ở {vi}, ghi thêm nơi này", f"Add {en}, if you want to work there"
    return Proposal("wants", *text, _wanting(worker, wanted), gate)


def _wishes(worker: WorkerProfile, query: Query, on: date) -> Iterator[Proposal]:
    """Yield changes that no requirement asks for and that lift a part of the score."""
    opening, wanted = query.opening, worker.wanted
    offer = opening.wage_min if opening.wage_min is not None else opening.wage_max
    if offer is not None and (wanted.wage_min is None or wanted.wage_min > offer):
        text = (
            f"Nếu nhận mức lương từ {money(offer)}, ghi mức này",
            f"State {money(offer)}, if that wage will do",
        )
        yield Proposal("wage", *text, _wanting(worker, replace(wanted, wage_min=offer)), False)
    if opening.occupation and opening.occupation not in (wanted.occupations or ()):
        vi, en = occupation(opening.occupation)
        changed = replace(wanted, occupations=(*(wanted.occupations or ()), opening.occupation))
        text = f"Nếu muốn làm {vi}, ghi thêm nghề này", f"Add this occupation, if you want it: {en}"
        yield Proposal("wish", *text, _wanting(worker, changed), False)
    start = opening.starts_on or on
    if wanted.from_date is None or wanted.from_date > start:
        text = (
            f"Nếu đi làm được từ ngày {day(start)}, ghi ngày này",
            f"State {day(start)}, if you can start then",
        )
        yield Proposal("start", *text, _wanting(worker, replace(wanted, from_date=start)), False)
    if opening.place and not opening.is_overseas and worker.commune != opening.place:
        yield _place(opening.place, worker, "distance", False)
    if worker.updated_on is None or worker.updated_on < on:
        text = "Xác nhận lại hồ sơ hôm nay", "Confirm the profile today"
        yield Proposal("recency", *text, replace(worker, updated_on=on), False)


def explanation(
    segment: Segment, row: int, query: Query, others: Scan, model: SimilarityModel, on: date
) -> Explanation:
    """Return why a person stands where they stand.

    Parameters
    ----------
    segment, row
        Where they stand.
    query : Query
    others : Scan
        Everybody else who may, for the ranks.
    model : SimilarityModel
    on : date
    """
    table, rows = segment.table, np.array([row])
    worker = table.profile(row)
    stated = verdicts(table, rows, query, [worker], on)[0]
    points = named(points_of(values(table, rows, query, on), query)[0])
    score, listed = sum(points.values()), listed_as(stated)
    tie = int(tie_of(query.opening.id, table.keys[rows])[0])
    rank = others.rank(score, tie, standing(segment, row, query, on)) if listed == "may" else None
    good, missing = reasons(worker, query, points, stated, model, on)
    return Explanation(
        worker_id=worker.id,
        verdicts=stated,
        listed=listed,
        rank=rank,
        score=score,
        parts=points,
        most=query.weights,
        reasons=good,
        missing=missing,
        changes=changes(worker, query, stated, score, others, model, on),
        model=query.version,
        scorer=query.scorer,
    )
