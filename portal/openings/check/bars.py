"""Jobs and areas that nobody may be sent to (rules O29 and O30)."""

from collections.abc import Iterator

from portal.openings.check.findings import Answer, Finding, Verdict, judged, noted
from portal.openings.check.inquiry import BarredPlace, Inquiry
from portal.openings.check.sentences import inside, say, together
from portal.openings.check.tables import BarredJob, barred_jobs
from portal.reference.occupations import exists


def bar_findings(inquiry: Inquiry) -> Iterator[Finding]:
    yield from _job(inquiry)
    yield from _area(inquiry)


def _job(inquiry: Inquiry) -> Iterator[Finding]:
    field, code = "occupation_code", inquiry.facts.occupation_code
    if code and not exists(code):
        yield noted("O29", field, Verdict.UNKNOWN, say("occupation_unknown", code=code), stated=code)
        return
    met = [bar for bar in barred_jobs() if code and _meets(bar, code)]
    answers = [_answer(bar, code) for bar in met if code]
    if not code:
        answers = [Answer(field, None, say("occupation_missing"))]
    elif not met:
        answers = [Answer(field, False, say("occupation_free"))]
    for answer in answers:
        yield judged("O29", inquiry.rules("overseas.barred_jobs"), inquiry.on, answer, stated=code)


def _answer(bar: BarredJob, code: str) -> Answer:
    """Where the occupation alone does not decide, a person asks what is done."""
    name = inside((bar.name_vi, bar.name_en))
    if bar.certain and code.startswith(bar.occupations):
        return Answer("occupation_code", True, say("occupation_barred", name=name))
    return Answer("occupation_code", True, say("occupation_ask", name=name), Verdict.WARNING)


def _meets(bar: BarredJob, code: str) -> bool:
    """A short code names a whole group, a barred occupation perhaps among it."""
    return code.startswith(bar.occupations) or any(one.startswith(code) for one in bar.occupations)


def _area(inquiry: Inquiry) -> Iterator[Finding]:
    market = inquiry.facts.market
    if inquiry.market is None:
        words = say("market_unknown", market=market) if market else say("market_missing")
        yield noted("O30", "market", Verdict.UNKNOWN, words, stated=market)
        return
    met = [place for place in inquiry.barred if place.country == market]
    for place in met:
        yield _barred(place)
    if not met:
        answer = Answer("market", False, say("area_free"))
        yield judged("O30", inquiry.rules("overseas.barred_areas"), inquiry.on, answer, stated=market)


def _barred(place: BarredPlace) -> Finding:
    """A part of a country warns: the check does not know the town of the workplace."""
    reason = say(f"reason_{place.reason}")
    words = (
        say("area_part", area=place.area, reason=reason) if place.area else say("area_barred", reason=reason)
    )
    if not place.verified:
        words = together(words, say("area_unverified"))
    verdict = Verdict.BREACH if place.verified and not place.area else Verdict.WARNING
    stated = f"{place.country}: {place.area}" if place.area else place.country
    return Finding("O30", verdict, stated, None, "", place.source, place.valid_from, *words, "market")
