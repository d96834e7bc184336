"""Whether market and class of job go together: everything else hangs on them."""

from collections.abc import Iterator

from portal.openings.check.facts import JobClass
from portal.openings.check.findings import Finding, Verdict, noted
from portal.openings.check.inquiry import Inquiry

CLASSES = frozenset(JobClass)
# Programmes of one country; their ceilings mean nothing elsewhere.
ONLY_IN = {
    JobClass.TITP: "JP", JobClass.TITP3: "JP", JobClass.SSW: "JP", JobClass.SSW_AFTER_TITP: "JP",
    JobClass.DESIGNATED_CONSTRUCTION_SHIPBUILDING: "JP", JobClass.SKILLED_E7: "KR", JobClass.EPS: "KR",
}  # fmt: skip


def class_findings(inquiry: Inquiry) -> Iterator[Finding]:
    job = inquiry.facts.job_class
    if not job:
        words = ("Chưa ghi loại công việc.", "The class of job is not stated.")
        yield noted("O33", "job_class", Verdict.UNKNOWN, words)
    elif job not in CLASSES:
        words = (f"Không có loại công việc “{job}”.", f"There is no class of job “{job}”.")
        yield noted("O33", "job_class", Verdict.UNKNOWN, words, stated=job)
    elif (
        inquiry.market is not None
        and ONLY_IN.get(JobClass(job), inquiry.market.country) != inquiry.market.country
    ):
        words = (
            f"Loại công việc {job} chỉ có ở {ONLY_IN[JobClass(job)]}, không có ở {inquiry.market.country}.",
            f"The class {job} exists in {ONLY_IN[JobClass(job)]} only, not in {inquiry.market.country}.",
        )
        yield noted("O33", "job_class", Verdict.UNKNOWN, words, stated=job)
