"""Whether market and class of job go together: everything else hangs on them."""

from collections.abc import Iterator

from portal.openings.check.facts import JobClass
from portal.openings.check.findings import Finding, Verdict, noted
from portal.openings.check.inquiry import Inquiry
from portal.openings.check.sentences import say

CLASSES = frozenset(JobClass)
# Programmes of one country; their ceilings mean nothing elsewhere.
ONLY_IN: dict[str, str] = {
    JobClass.TITP: "JP",
    JobClass.TITP3: "JP",
    JobClass.SSW: "JP",
    JobClass.SSW_AFTER_TITP: "JP",
    JobClass.DESIGNATED_CONSTRUCTION_SHIPBUILDING: "JP",
    JobClass.SKILLED_E7: "KR",
    JobClass.EPS: "KR",
}


def class_findings(inquiry: Inquiry) -> Iterator[Finding]:
    job, market = inquiry.facts.job_class, inquiry.market
    if not job:
        yield noted("O33", "job_class", Verdict.UNKNOWN, say("job_missing"))
    elif job not in CLASSES:
        yield noted("O33", "job_class", Verdict.UNKNOWN, say("job_unknown", job=job), stated=job)
    elif market is not None and ONLY_IN.get(job, market.country) != market.country:
        name = say("named", label=say(f"programme_{job}"), name=job)
        words = say("job_elsewhere", job=name, country=say(f"country_{ONLY_IN[job]}"))
        yield noted("O33", "job_class", Verdict.UNKNOWN, words, stated=job)
