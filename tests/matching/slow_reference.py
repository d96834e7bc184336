"""The ranking once more, one person at a time in plain Python: what the fast columns must agree with."""

from datetime import date

import numpy as np

from matching import weights
from matching.model import SimilarityModel, skill_key, worker_terms
from matching.numbers import keys_of, tie_of
from matching.places import is_near, province_of
from matching.scales import compare, education_order, level_order, scales
from matching.taxonomy import exists, occupation_distance
from matching.text import clauses
from matching.types import HOME, OpeningProfile, Requirement, WorkerProfile
from matching.values import ride
from matching.weights import NOT_STATED, UNIT, WEIGHTS

YES, NO, UNKNOWN = "yes", "no", "unknown"


def answer(need: Requirement, worker: WorkerProfile, opening: OpeningProfile, on: date) -> str:
    if need.any_of:
        found = [answer(one, worker, opening, on) for one in need.any_of]
        return YES if YES in found else UNKNOWN if UNKNOWN in found else NO
    return globals()[f"_{need.kind}"](need, worker, on)


def _yes_or(held, asked) -> str:
    return YES if held else NO if asked else UNKNOWN


def _age(need, worker, on) -> str:
    born = worker.birth_date or (date(worker.birth_year, 12, 31) if worker.birth_year else None)
    if born is None:
        return UNKNOWN
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return YES if {">=": years >= need.value, "<=": years <= need.value}[need.op] else NO


def _sex(need, worker, on) -> str:
    return _yes_or(worker.sex == need.value, worker.sex)


def _education(need, worker, on) -> str:
    if worker.education is None:
        return YES if need.value == "none" else UNKNOWN
    return YES if education_order(worker.education) >= education_order(need.value) else NO


def _experience(need, worker, on) -> str:
    if worker.occupations is None:
        return UNKNOWN
    counted = [months for code, months in worker.occupations if code.startswith(need.value["code"])]
    if sum(m for m in counted if m is not None) >= max(1, need.value["months"]):
        return YES
    return UNKNOWN if None in counted else NO


def _skill(need, worker, on) -> str:
    held = [skill_key(one) for one in worker.skills or () if skill_key(one)]
    return _yes_or(skill_key(need.value) in held, worker.skills is not None)


def _shift(need, worker, on) -> str:
    return _yes_or(need.value in (worker.wanted.shifts or ()), worker.wanted.shifts is not None)


def _licence(need, worker, on) -> str:
    return _certificate(
        Requirement("certificate", value={"scale": "driving", "level": need.value}), worker, on
    )


def _certificate(need, worker, on) -> str:
    if worker.certificates is None:
        return UNKNOWN
    scale, level = need.value["scale"], need.value["level"]
    valid = [lv for sc, lv, end in worker.certificates if sc == scale and (end is None or end >= on)]
    if any(
        lv is not None and (compare(scale, lv, level) or 0) >= 0 and _comparable(scale, lv, level)
        for lv in valid
    ):
        return YES
    return UNKNOWN if any(level_order(scale, lv) is None for lv in valid) else NO


def _comparable(scale, one, other) -> bool:
    return compare(scale, one, other) is not None


def _place(need, worker, on) -> str:
    wanted, place = worker.wanted, need.value
    lives = worker.commune is not None and place in (worker.commune, province_of(worker.commune))
    named = any(one in (place, province_of(place)) for one in wanted.places or ())
    if lives or named or HOME in (wanted.countries or ()):
        return YES
    return UNKNOWN if worker.commune is None and wanted.places is None else NO


def where(worker: WorkerProfile, opening: OpeningProfile) -> str:
    """The gate that the opening's own place makes."""
    wanted = worker.wanted
    countries, places = wanted.countries or (), wanted.places or ()
    if opening.is_overseas:
        said = wanted.countries is not None or wanted.places is not None
        return _yes_or(opening.country in countries, said)
    said = bool(wanted.countries) or wanted.places is not None
    if opening.place is None:
        return YES if HOME in countries or places else NO if said else YES
    if HOME in countries or any(is_near(opening.place, one) for one in places):
        return YES
    if said:
        return NO
    mine = province_of(worker.commune)
    return YES if mine is not None and mine == province_of(opening.place) else UNKNOWN


def gates(worker: WorkerProfile, opening: OpeningProfile, on: date) -> list[str]:
    hard = [answer(need, worker, opening, on) for need in opening.requirements if need.hard]
    return [*hard, where(worker, opening)]


def _leaves(need):
    return [leaf for one in need.any_of for leaf in _leaves(one)] if need.any_of else [need]


def _close(a: str, b: str) -> int:
    while a and not exists(a):
        a = a[:-1]
    while b and not exists(b):
        b = b[:-1]
    return round((1.0 - occupation_distance(a, b)) * UNIT) if a and b else 0


def values(worker: WorkerProfile, opening: OpeningProfile, on: date) -> dict[str, int]:
    """Every part except the words, 0 to UNIT."""
    return {
        "occupation": _nearest(
            opening, worker.occupations and [c for c, _ in worker.occupations], worker.occupations
        ),
        "wish": _nearest(opening, worker.wanted.occupations, worker.wanted.occupations),
        "experience": _months(opening, worker),
        "distance": _distance(opening, worker),
        "wishes": _wishes(opening, worker, on),
        "wage": _wage(opening, worker),
        "skills": _skills(opening, worker),
        "certificate": _levels(opening, worker, on),
        "start": _start(opening, worker, on),
        "recency": _recency(worker, on),
    }


def _nearest(opening, codes, stated) -> int:
    if opening.occupation is None or stated is None:
        return NOT_STATED
    return max((_close(opening.occupation, code) for code in codes), default=0)


def _months(opening, worker) -> int:
    if opening.occupation is None or worker.occupations is None:
        return NOT_STATED
    total = 0
    for code, months in worker.occupations:
        close = _close(opening.occupation, code)
        if close >= weights.NEAR_OCCUPATION:
            total += (weights.KNOWN_OCCUPATION_MONTHS if months is None else months) * close // UNIT
    full = weights.FULL_EXPERIENCE_MONTHS
    return min(total, full) * UNIT // full


def _distance(opening, worker) -> int:
    countries = worker.wanted.countries or ()
    if opening.is_overseas:
        return UNIT if opening.country in countries else NOT_STATED
    if opening.place is None:
        return NOT_STATED
    wants = HOME in countries or any(is_near(opening.place, one) for one in worker.wanted.places or ())
    return max(ride(opening.place, worker.commune or ""), weights.WILLING if wants else 0)


def _wishes(opening, worker, on) -> int:
    soft = [answer(need, worker, opening, on) for need in opening.requirements if not need.hard]
    worth = {YES: UNIT, NO: 0, UNKNOWN: NOT_STATED}
    return sum(worth[one] for one in soft) // len(soft) if soft else UNIT


def _wage(opening, worker) -> int:
    offers = [one for one in (opening.wage_min, opening.wage_max) if one is not None]
    asked = worker.wanted.wage_min
    if not offers or asked is None:
        return NOT_STATED
    low, high = offers[0], offers[-1]
    if asked <= low:
        return UNIT
    if asked <= high:
        return UNIT - (UNIT - weights.WITHIN_RANGE) * (asked - low) // max(1, high - low)
    return max(0, weights.WITHIN_RANGE - weights.WAGE_LOST * (asked - high) // max(1, high))


def _skills(opening, worker) -> int:
    asked = {skill_key(x.value) for need in opening.requirements for x in _leaves(need) if x.kind == "skill"}
    if not asked:
        return UNIT
    if worker.skills is None:
        return NOT_STATED
    return len(asked & {skill_key(one) for one in worker.skills}) * UNIT // len(asked)


def _levels(opening, worker, on) -> int:
    asked = [x.value for need in opening.requirements for x in _leaves(need) if x.kind == "certificate"]
    if not asked:
        return UNIT
    if worker.certificates is None:
        return NOT_STATED
    best = 0
    for want in asked:
        least, top = level_order(want["scale"], want["level"]), scales()[want["scale"]].top
        for scale, level, end in worker.certificates:
            order = level_order(scale, level) if scale == want["scale"] else None
            if order is not None and order >= least and (end is None or end >= on):
                beyond = (UNIT - weights.AT_LEVEL) * (order - least) // max(1, top - least)
                best = max(best, weights.AT_LEVEL + beyond)
    return best


def _start(opening, worker, on) -> int:
    if worker.wanted.from_date is None:
        return NOT_STATED
    late = max(0, (worker.wanted.from_date - (opening.starts_on or on)).days)
    return max(0, UNIT - UNIT * late // weights.LAST_LATE_DAYS)


def _recency(worker, on) -> int:
    if worker.updated_on is None:
        return NOT_STATED
    old = max(0, (on - worker.updated_on).days - weights.FRESH_DAYS)
    return max(0, UNIT - UNIT * old // (weights.STALE_DAYS - weights.FRESH_DAYS))


def _text(worker: WorkerProfile, opening: OpeningProfile, model: SimilarityModel) -> int:
    alone = model.bags([worker_terms(worker)])
    return int(model.values(model.query(opening), alone, np.zeros(1, dtype=np.int64))[0])


def asked_weights(opening: OpeningProfile) -> dict[str, int]:
    """Points of the parts that the opening asks about, spread over the whole million."""
    asked = set(WEIGHTS)
    kinds = [leaf.kind for need in opening.requirements for leaf in _leaves(need)]
    if opening.occupation is None:
        asked -= {"occupation", "experience", "wish"}
    if opening.title == opening.text == "":
        asked -= {"text"}
    if opening.place is None and not opening.is_overseas:
        asked -= {"distance"}
    if all(need.hard for need in opening.requirements):
        asked -= {"wishes"}
    if opening.wage_min is None and opening.wage_max is None:
        asked -= {"wage"}
    asked -= {
        part for part, kind in (("skills", "skill"), ("certificate", "certificate")) if kind not in kinds
    }
    total = sum(WEIGHTS[name] for name in asked)
    return {name: WEIGHTS[name] * weights.TOP // total if name in asked else 0 for name in WEIGHTS}


def parts(worker: WorkerProfile, opening: OpeningProfile, on: date, model: SimilarityModel) -> dict[str, int]:
    most = asked_weights(opening)
    points = {name: most[name] * value // UNIT for name, value in values(worker, opening, on).items()}
    told = any(clauses(worker.text)) or worker.skills is not None
    value = max(_text(worker, opening, model), 0 if told else NOT_STATED)
    return {**points, "text": most["text"] * value // UNIT}


def ranking(workers, opening: OpeningProfile, on: date, model: SimilarityModel):
    """(score, id) of who may, and of those with something unknown, each best first."""
    lists: dict[str, list] = {YES: [], UNKNOWN: []}
    for worker in workers:
        found = gates(worker, opening, on)
        if NO in found:
            continue
        score = sum(parts(worker, opening, on, model).values())
        tie = int(tie_of(opening.id, keys_of([worker.id]))[0])
        lists[UNKNOWN if UNKNOWN in found else YES].append((-score, tie, worker.id))
    return tuple([(-score, who) for score, _, who in sorted(lists[name])] for name in (YES, UNKNOWN))
