"""A person's cases in the file of their own data."""

from typing import Any

from portal.access.models import Account
from portal.overseas.cases.choices import aim_words
from portal.overseas.cases.document_queries import papers_of
from portal.overseas.cases.documents import unsealed
from portal.overseas.cases.queries import Cases, steps_of
from portal.overseas.cases.receiver_consents import consents_of, sendings_of
from portal.overseas.cases.sentences import stand
from portal.overseas.models import OverseasCase
from portal.workers.exporting import EXPORTS
from portal.workers.models import Worker


@EXPORTS.add("cases")
def of_person(worker: Worker, account: Account) -> list[dict[str, Any]]:
    return [_one(case) for case in Cases().for_worker(worker).with_list_data().newest_first().all()]


def _one(case: OverseasCase) -> dict[str, Any]:
    return {
        "where": aim_words(case),
        "stands": str(stand(case).now),
        "reason": case.exit_reason,
        "opened": case.opened_at.isoformat(),
        "dates": {name: day.isoformat() for name in DAYS if (day := getattr(case, name)) is not None},
        "contract": case.contract_number,
        "service_fee_vnd": case.service_fee_vnd,
        "deposit_vnd": case.deposit_vnd,
        "steps": [
            {"step": step.name, "at": step.at.isoformat(), "note": step.note}
            for step, _name in steps_of(case)
        ],
        "papers": [
            {
                "kind": paper.kind.value,
                "state": paper.state.value,
                "number": unsealed(paper),
                "issued": paper.issued_on.isoformat() if paper.issued_on else None,
                "expires": paper.expires_on.isoformat() if paper.expires_on else None,
            }
            for paper in papers_of(case)
        ],
        "consents_for_abroad": [
            {
                "receiver": one.receiver,
                "country": one.country,
                "sentence": one.sentence,
                "given": one.given_at.isoformat(),
                "withdrawn": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
            }
            for one in consents_of(case)
        ],
        "sent_abroad": [{"at": one.sent_at.isoformat(), "parts": one.parts} for one in sendings_of(case)],
    }


DAYS = (
    "planned_departure", "selected_on", "depart_by", "contract_signed_on", "contract_ends_on",
    "deposit_paid_on", "accepted_on", "list_submitted_on", "list_confirmed_on", "visa_filed_on",
    "departed_on", "returned_on",
)  # fmt: skip
