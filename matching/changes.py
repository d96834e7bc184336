"""What would move a person up: changes of the profile, to be tried by scoring the changed copy."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from matching.eligibility import RULES, leaves, wanted_level
from matching.features import Query
from matching.places import place_name
from matching.scales import level_name
from matching.sentences import SHIFTS, country, day, duration, money, months_in, occupation, schooling
from matching.types import HOME, Requirement, Verdict, Wanted, WorkerProfile


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
    needs = (*query.gates, *query.wishes)
    for need, verdict in zip(needs, stated, strict=True):
        if verdict.verdict != "yes":
            found.extend(
                _answer(one, worker, query, need.hard) for one in leaves(need) if RULES[one.kind].changeable
            )
    gates = {need_id: one for need_id, one in _first_of_each(query.gates, stated, worker, query)}
    if len(gates) > 1:
        together = worker
        for need in gates.values():
            together = _answer(need, together, query, True).profile
        found.append(
            Proposal("all", "Làm đủ mọi điều còn thiếu ở trên", "Do all of the above", together, True)
        )
    found.extend(_wishes(worker, query, on))
    return found


def _first_of_each(
    gates: tuple[Requirement, ...], stated: tuple[Verdict, ...], worker: WorkerProfile, query: Query
) -> Iterator[tuple[int, Requirement]]:
    """Yield one changeable requirement for each gate that is not a yes."""
    for at, (need, verdict) in enumerate(zip(gates, stated, strict=False)):
        one = next((one for one in leaves(need) if RULES[one.kind].changeable), None)
        if verdict.verdict != "yes" and one is not None:
            yield at, one


def _wanting(worker: WorkerProfile, wanted: Wanted) -> WorkerProfile:
    return replace(worker, wanted=wanted)


def _answer(need: Requirement, worker: WorkerProfile, query: Query, gate: bool) -> Proposal:
    """Return the change that turns one requirement into a yes."""
    wanted = worker.wanted
    if need.kind == "skill":
        skill = str(need.value)
        changed = replace(worker, skills=(*(worker.skills or ()), skill))
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
    changed = replace(worker, occupations=(*(worker.occupations or ()), (code or "9", max(1, more))))
    text_vi = f"Có thêm {long_vi} kinh nghiệm {vi}"
    return Proposal("experience", text_vi, f"Gain {long_en} of experience: {en}", changed, gate)


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
