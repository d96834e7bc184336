"""A person's referrals in the file of their own data."""

from typing import Any

from portal.access.models import Account
from portal.referrals.models import Referral
from portal.referrals.queries import Referrals
from portal.referrals.sentences import stand
from portal.workers.exporting import EXPORTS
from portal.workers.models import Worker


@EXPORTS.add("referrals")
def of_person(worker: Worker, account: Account) -> list[dict[str, Any]]:
    rows = Referrals().for_worker(worker).with_list_data().newest_first().all()
    return [_one(row) for row in rows]


def _one(referral: Referral) -> dict[str, Any]:
    return {
        "opening": referral.opening.title,
        "employer": referral.opening.organisation.name,
        "began": referral.created_at.isoformat(),
        "stands": stand(referral).now,
        "reason": referral.reason_code,
        "note": referral.reason_note,
        "letters": [
            {"number": letter.number, "issued": letter.issued_on.isoformat(), "facts": letter.facts}
            for letter in referral.letters
        ],
        "interviews": [
            {"at": one.starts_at.isoformat(), "place": one.place, "your_answer": one.other_time}
            for one in referral.interviews
        ],
        "hired_on": referral.hired_on.isoformat() if referral.hired_on else None,
    }
