"""What an employer may know of a person before the letter: a number, a trade, how long, the schooling.

Neither name, age, sex, place nor contact: in a small commune a trade and a place already name somebody.
"""

from dataclasses import dataclass

from flask_babel import gettext as _

from portal.reference.education import education_label
from portal.reference.occupations import name as occupation_name
from portal.referrals.models import Referral
from portal.referrals.states import ReferralState
from portal.workers.models import Worker

# Months of practice, in steps wide enough to fit many.
STEPS = (12, 36, 84)


@dataclass(frozen=True)
class Masked:
    # Staff find the same person under this number: it is the referral's.
    number: int
    opening: str
    trade: str
    practice: str
    schooling: str
    stands: str


def masked(referral: Referral) -> Masked:
    worker = referral.worker
    main = max(worker.occupations, key=lambda row: (row.months, -row.position), default=None)
    agreed = referral.state is ReferralState.AGREED
    return Masked(
        number=referral.id,
        opening=referral.opening.title,
        trade=occupation_name(main.code) if main is not None else "",
        practice=practice_words(worker),
        schooling=education_label(worker.education_code),
        stands=_("Đã nhận lời, đang làm giấy giới thiệu") if agreed else _("Trung tâm đang hỏi người này"),
    )


def practice_words(worker: Worker) -> str:
    months = max((row.months for row in worker.occupations), default=0)
    if months == 0:
        return _("chưa làm nghề này")
    names = (_("dưới 1 năm"), _("từ 1 đến 3 năm"), _("từ 3 đến 7 năm"))
    return next((name for name, step in zip(names, STEPS, strict=True) if months < step), _("trên 7 năm"))
