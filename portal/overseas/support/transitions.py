"""What can be done with a claim and with a loan, as tables: they say which buttons to show, and refuse."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices
from portal.errors import Refused
from portal.overseas.support.states import ClaimState, LoanState

C, L = ClaimState, LoanState
WRONG_STATE = _l("Bước này không còn làm được: hồ sơ đã sang tình trạng khác.")
# Who enters a sum does not also approve it.
TWO_PEOPLE = _l("Người ghi đề nghị không được tự duyệt. Nhờ một người khác duyệt.")


@dataclass(frozen=True)
class SupportStep:
    name: str
    sources: tuple[Choices, ...]
    # None: stays where it is.
    target: Choices | None
    label: Any
    tone: str = ""
    # Not by who entered the claim.
    by_another: bool = False


CLAIM_STEPS = (
    SupportStep("approve", (C.CLAIMED,), C.APPROVED, _l("Duyệt"), by_another=True),
    SupportStep("refuse", (C.CLAIMED,), C.REFUSED, _l("Không duyệt"), "stop", by_another=True),
    SupportStep("pay", (C.APPROVED,), C.PAID, _l("Ghi: đã chi")),
    SupportStep("prove", (C.CLAIMED, C.APPROVED), None, _l("Thêm giấy tờ"), "second"),
    SupportStep("withdraw", (C.CLAIMED, C.APPROVED, C.ELSEWHERE), C.WITHDRAWN, _l("Rút lại"), "stop"),
)
LOAN_STEPS = (
    SupportStep("grant", (L.ASKED,), L.APPROVED, _l("Ghi: ngân hàng đồng ý")),
    SupportStep("refuse", (L.ASKED,), L.REFUSED, _l("Ghi: ngân hàng không cho vay"), "stop"),
    SupportStep("pay_out", (L.APPROVED,), L.PAID_OUT, _l("Ghi: đã giải ngân")),
    SupportStep("owe", (L.PAID_OUT,), None, _l("Ghi: còn nợ bao nhiêu")),
    SupportStep("withdraw", (L.ASKED, L.APPROVED), L.WITHDRAWN, _l("Thôi không vay"), "stop"),
)


def steps_from(table: Iterable[SupportStep], state: Choices) -> list[SupportStep]:
    return [step for step in table if state in step.sources]


def find(table: Iterable[SupportStep], name: str, state: Choices) -> SupportStep:
    """The step, or the refusal with its sentence."""
    for step in table:
        if step.name == name and state in step.sources:
            return step
    raise Refused(WRONG_STATE)
