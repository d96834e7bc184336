"""The sender, the approval and the numbers in it (O16, O31, O32, O34, O35), age and sex (C14, O25)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from portal.common.text import fold
from portal.openings.check.facts import JobClass
from portal.openings.check.figures import Words, day, figure, plain
from portal.openings.check.findings import Finding, Verdict, judged, noted
from portal.openings.check.inquiry import ZERO, Inquiry

VALID = frozenset({"valid", "active"})
NOT_VALID = frozenset({"suspended", "revoked", "expired", "withdrawn", "returned", "invalid", "none"})
ANY_SEX = frozenset({"any", "both", "all", "either"})
SEXES = frozenset({"male", "female"})
NAMES_THE_CONTRACT = r"approved|approval|supply contract|chap thuan|hop dong cung ung|phieu tham dinh"


def paper_findings(inquiry: Inquiry) -> Iterator[Finding]:
    yield from _sender(inquiry)
    yield from _approval(inquiry)
    yield from _quantity(inquiry)
    yield from _age_and_sex(inquiry)


def _sender(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    status, permitted = facts.sender_licence_status, facts.sender_market_permission
    # A public unit sends under EPS; it needs no licence, but one that is revoked is still a sign.
    if status is not None or inquiry.job != JobClass.EPS:
        bad = None if status not in VALID | NOT_VALID else status in NOT_VALID
        words: Words = {
            None: (
                "Chưa rõ giấy phép của doanh nghiệp dịch vụ còn hiệu lực không.",
                "Whether the sender's licence is valid is not known.",
            ),
            True: (
                "Giấy phép của doanh nghiệp dịch vụ không còn hiệu lực: không được quảng cáo, tuyển chọn.",
                "The sender's licence is not valid: it may not advertise or recruit.",
            ),
            False: ("Giấy phép của doanh nghiệp dịch vụ còn hiệu lực.", "The sender's licence is valid."),
        }[bad]
        for rule, key in (("O35", "overseas.sending_function"), ("O31", "overseas.licence")):
            row = inquiry.rules(key)
            yield judged(
                rule, "sender_licence_status", row, inquiry.on, broken=bad, words=words, stated=status
            )
    if permitted is not None or inquiry.job != JobClass.EPS:
        bad = None if permitted is None else not permitted
        words = {
            None: (
                "Chưa rõ doanh nghiệp được đưa người đi thị trường này không.",
                "Whether the sender may send to this market is not known.",
            ),
            True: (
                "Doanh nghiệp không có tên trong danh sách được đưa người đi thị trường này.",
                "The sender is not on the list of this market.",
            ),
            False: ("Doanh nghiệp được đưa người đi thị trường này.", "The sender may send to this market."),
        }[bad]
        row = inquiry.rules("overseas.market_permission")
        said = None if permitted is None else "yes" if permitted else "no"
        yield judged("O32", "sender_market_permission", row, inquiry.on, broken=bad, words=words, stated=said)


def _approval(inquiry: Inquiry) -> Iterator[Finding]:
    facts, row = inquiry.facts, inquiry.rules("overseas.supply_contract")
    approved = facts.supply_contract_approved
    if approved is not None or inquiry.job != JobClass.EPS:
        bad = None if approved is None else not approved
        words: Words = {
            None: (
                "Chưa ghi hợp đồng cung ứng đã được chấp thuận chưa.",
                "Whether the supply contract is approved is not stated.",
            ),
            True: (
                "Hợp đồng cung ứng chưa được chấp thuận: chưa được tuyển người.",
                "The supply contract is not approved: nobody may be recruited yet.",
            ),
            False: ("Hợp đồng cung ứng đã được chấp thuận.", "The supply contract is approved."),
        }[bad]
        said = None if approved is None else "yes" if approved else "no"
        yield judged("O16", "supply_contract_approved", row, inquiry.on, broken=bad, words=words, stated=said)
    if facts.approval_date is not None and facts.approval_date > inquiry.on:
        words = (
            f"Ngày chấp thuận {day(facts.approval_date)} còn ở phía trước.",
            f"The approval is dated {day(facts.approval_date)}, which is still to come.",
        )
        yield noted("O16", "approval_date", Verdict.WARNING, words, stated=facts.approval_date.isoformat())


def _quantity(inquiry: Inquiry) -> Iterator[Finding]:
    facts, row = inquiry.facts, inquiry.rules("overseas.quantity")
    approved, selected, departed = facts.approved_quantity, facts.selected_quantity, facts.departed_quantity
    common = {"allowed": approved, "unit": "people"}
    if approved is None:
        words: Words = ("Chưa ghi số lượng được chấp thuận.", "The approved number is not stated.")
        yield judged("O34", "approved_quantity", row, inquiry.on, broken=None, words=words, unit="people")
        return
    limit = figure(approved, "people")
    if departed is not None and departed > approved:
        said = figure(departed, "people")
        words = (
            f"Đã xuất cảnh {said[0]}, quá số được chấp thuận {limit[0]}.",
            f"{said[1]} have left, more than the {limit[1]} approved.",
        )
        yield judged(
            "O34", "departed_quantity", row, inquiry.on, broken=True, words=words, stated=departed, **common
        )
        return
    taken = (selected or ZERO) + (departed or ZERO)
    said = figure(taken, "people")
    if taken > approved:
        words = (
            f"Đã chọn và đã xuất cảnh {said[0]}, quá số được chấp thuận {limit[0]}.",
            f"{said[1]} are selected or have left, more than the {limit[1]} approved.",
        )
        yield judged(
            "O34", "selected_quantity", row, inquiry.on, broken=True, words=words, stated=taken,
            at_worst=Verdict.WARNING, **common,
        )  # fmt: skip
        return
    missing = "selected_quantity" if selected is None else "departed_quantity" if departed is None else ""
    if missing:
        words = (
            f"Chưa ghi {missing} nên chưa so hết với số được chấp thuận.",
            f"{missing} is not stated, so the approved number was not fully compared.",
        )
        yield judged("O34", missing, row, inquiry.on, broken=None, words=words, **common)
        return
    words = (
        f"Đã chọn và đã xuất cảnh {said[0]} trong {limit[0]}.",
        f"{said[1]} selected or left, of {limit[1]}.",
    )
    yield judged(
        "O34", "approved_quantity", row, inquiry.on, broken=False, words=words, stated=taken, **common
    )


def _age_and_sex(inquiry: Inquiry) -> Iterator[Finding]:
    facts = inquiry.facts
    adult = inquiry.rules("overseas.min_age")
    yield from _too_young(inquiry, facts.age_min)
    if facts.age_min is not None and facts.age_max is not None and facts.age_min > facts.age_max:
        words: Words = ("Tuổi thấp nhất cao hơn tuổi cao nhất.", "The lowest age is above the highest.")
        yield noted("C14", "age_min", Verdict.WARNING, words, stated=facts.age_min, unit="years")
    sex = (facts.sex or "").lower()
    if sex and sex not in ANY_SEX | SEXES:
        words = (
            f"Không hiểu giới tính “{facts.sex}”; ghi male, female hoặc any.",
            f"Sex “{facts.sex}” is not understood; write male, female or any.",
        )
        yield noted("C14", "sex", Verdict.UNKNOWN, words, stated=facts.sex)
        return
    lowest = None if adult is None else adult.number
    # What the law itself asks of everybody needs no contract as its source.
    narrower = facts.age_max is not None or (
        facts.age_min is not None and (lowest is None or facts.age_min > lowest)
    )
    if not narrower and (not sex or sex in ANY_SEX):
        return
    yield _source_of_limits(inquiry, sex)


def _too_young(inquiry: Inquiry, age_min: Decimal | None) -> Iterator[Finding]:
    row = inquiry.rules("overseas.min_age")
    if age_min is None:
        return
    lowest = ZERO if row is None else row.number or ZERO
    least = figure(lowest, "years")
    words = (
        f"Tuổi đi làm việc ở nước ngoài ít nhất là {least[0]}.",
        f"The lowest age for work abroad is {least[1]}.",
    )
    yield judged(
        "O25",
        "age_min",
        row,
        inquiry.on,
        broken=age_min < lowest,
        words=words,
        stated=age_min,
        allowed=lowest,
        unit="years",
    )


def _source_of_limits(inquiry: Inquiry, sex: str) -> Finding:
    facts, row = inquiry.facts, inquiry.rules("overseas.age_sex")
    ages = "–".join(plain(age) for age in (facts.age_min, facts.age_max) if age is not None)
    stated = " ".join(part for part in (ages, "" if sex in ANY_SEX else sex) if part)
    source = (facts.age_sex_source or "").strip()
    if not source:
        words: Words = (
            "Tuổi hoặc giới tính chỉ được đòi theo hợp đồng đã được chấp thuận; chưa ghi theo hợp đồng nào.",
            "Age or sex may be asked for only as in the approved contract; none is named.",
        )
        return judged("C14", "age_sex_source", row, inquiry.on, broken=True, words=words, stated=stated)
    folded = " ".join(re.findall(r"[a-z0-9]+", fold(source)))
    numbers = [number for number in (facts.approval_number, facts.supply_contract_number) if number]
    named = any(number.strip() and number.strip() in source for number in numbers)
    if named or re.search(rf"\b(?:{NAMES_THE_CONTRACT})\b", folded):
        words = (
            f"Tuổi hoặc giới tính theo hợp đồng đã được chấp thuận: {source}.",
            f"Age or sex as in the approved contract: {source}.",
        )
        return judged("C14", "age_sex_source", row, inquiry.on, broken=False, words=words, stated=stated)
    words = (
        f"“{source}” không phải số hợp đồng hay số chấp thuận đã ghi.",
        f"“{source}” is neither the contract's nor the approval's number.",
    )
    return judged(
        "C14",
        "age_sex_source",
        row,
        inquiry.on,
        broken=True,
        words=words,
        stated=stated,
        at_worst=Verdict.WARNING,
    )
