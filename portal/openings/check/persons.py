"""Age and sex, only as the approved contract states them (rules C14 and O25)."""

import re
from collections.abc import Iterator

from portal.common.text import fold
from portal.openings.check.figures import figure, plain
from portal.openings.check.findings import Answer, Finding, Verdict, judged, noted
from portal.openings.check.inquiry import ZERO, Inquiry
from portal.openings.check.sentences import say

SEXES = frozenset({"male", "female"})
# Folded, in either language; what is in no list is not understood.
SEX_WORDS = {
    **dict.fromkeys(("male", "man", "men", "m", "nam"), "male"),
    **dict.fromkeys(("female", "woman", "women", "f", "nu"), "female"),
    **dict.fromkeys(("", "any", "both", "all", "either", "nam nu", "ca nam va nu", "nam va nu"), ""),
}
NAMES_THE_CONTRACT = r"approved|approval|supply contract|chap thuan|hop dong cung ung|phieu tham dinh"


def person_findings(inquiry: Inquiry) -> Iterator[Finding]:
    facts, row = inquiry.facts, inquiry.rules("overseas.min_age")
    lowest = ZERO if row is None or row.number is None else row.number
    if facts.age_min is not None:
        answer = Answer("age_min", facts.age_min < lowest, say("age_least", limit=figure(lowest, "years")))
        yield judged("O25", row, inquiry.on, answer, stated=facts.age_min, allowed=lowest, unit="years")
    if facts.age_max is not None and facts.age_max < lowest:
        answer = Answer("age_max", True, say("age_least", limit=figure(lowest, "years")))
        yield judged("O25", row, inquiry.on, answer, stated=facts.age_max, allowed=lowest, unit="years")
    if facts.age_min is not None and facts.age_max is not None and facts.age_min > facts.age_max:
        yield noted("C14", "age_min", Verdict.UNKNOWN, say("age_order"), stated=facts.age_min, unit="years")
    sex = SEX_WORDS.get(_folded(facts.sex or ""))
    if sex is None:
        yield noted("C14", "sex", Verdict.UNKNOWN, say("sex_unknown", sex=facts.sex or ""), stated=facts.sex)
        return
    # What the law itself asks of everybody needs no contract as its source.
    narrower = facts.age_max is not None or (facts.age_min is not None and facts.age_min > lowest)
    if narrower or sex in SEXES:
        yield _limits(inquiry, sex)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def _limits(inquiry: Inquiry, sex: str) -> Finding:
    facts = inquiry.facts
    ages = "–".join(plain(age) for age in (facts.age_min, facts.age_max) if age is not None)
    stated = " ".join(part for part in (ages, sex if sex in SEXES else "") if part)
    answer = _sourced(inquiry, (facts.age_sex_source or "").strip())
    return judged("C14", inquiry.rules("overseas.age_sex"), inquiry.on, answer, stated=stated)


def _sourced(inquiry: Inquiry, source: str) -> Answer:
    field, facts = "age_sex_source", inquiry.facts
    if not source:
        return Answer(field, True, say("limit_no_source"))
    numbers = (facts.approval_number, facts.supply_contract_number)
    folded = _folded(source)
    named = any(number and number.strip() and number.strip() in source for number in numbers)
    if named or re.search(rf"\b(?:{NAMES_THE_CONTRACT})\b", folded):
        return Answer(field, False, say("limit_source", source=source))
    return Answer(field, True, say("limit_other_source", source=source), Verdict.WARNING)
