"""Which fields an overseas opening must state before it is published, by market and job (O33)."""

from collections.abc import Callable, Iterable, Iterator

from portal.openings.check.facts import JobClass, OpeningFacts
from portal.openings.check.fees import stated_fee
from portal.openings.check.findings import Answer, Finding, Verdict, judged
from portal.openings.check.inquiry import HOME_MONEY, Inquiry
from portal.openings.check.lodging import Lodging, lodging_in, payer_of
from portal.openings.check.sentences import named, say

ALWAYS = (
    "market", "job_class", "occupation_code", "term_months", "wage_amount", "wage_currency", "service_fee",
    "deposit_vnd", "brokerage_vnd", "selection_fee_vnd", "worker_costs", "airfare_out_paid_by",
    "airfare_back_paid_by", "meals_count", "rest_days", "approved_quantity",
)  # fmt: skip
# A public unit sends under the agreement of two governments: no licence, no supply contract to approve.
FROM_A_SENDER = (
    "approval_number", "approval_date", "supply_contract_number", "supply_contract_approved",
    "sender_licence_status", "sender_market_permission",
)  # fmt: skip
AT_HOME = (JobClass.DOMESTIC_WORK, JobClass.HOME_CARE)
# One statement in two fields: either will do.
SERVICE_FEE = ("service_fee_months", "service_fee_vnd")


def required_fields(inquiry: Inquiry) -> frozenset[str]:
    """Names of the input; `service_fee` stands for its two fields."""
    facts, job = inquiry.facts, inquiry.job
    names = set(ALWAYS)
    if job != JobClass.EPS:
        names.update(FROM_A_SENDER)
    if job != JobClass.TRANSPORT_SHIP:
        if job != JobClass.OFFSHORE_FISHING:
            names.add("lodging")
        # In a household the law bounds the rest, not the hours.
        if job not in AT_HOME:
            names.add("weekly_hours")
    if facts.wage_currency not in (None, HOME_MONEY):
        names.add("fx_rate")
    if job == JobClass.TITP3:
        names.update(("same_sender", "same_supervising_body"))
    # A worker pays only what the receiver does not: who asks a fee says what the receiver pays, if only 0.
    if stated_fee(inquiry).is_asked:
        names.add("receiver_paid_fee_vnd")
    if facts.receiver_paid_fee_vnd:
        names.add("agreed_fee_vnd")
    if inquiry.asks("age_most"):
        names.add("age_max")
    charged = lodging_in(facts) is Lodging.CHARGED
    if charged and (inquiry.asks("lodging_deduction") or inquiry.asks("deduction_most")):
        names.add("lodging_deduction_pct")
    return frozenset(names)


# Asked only where a sum is taken whose lawful moment depends on them: what is unknown of them always blocks.
OF_A_MOMENT = frozenset({"sending_contract_signed", "foreign_acceptance_or_visa"})
# Written where it narrows who may come: then it is not optional.
OF_A_LIMIT = frozenset({"age_sex_source", "sex", "age_min", "age_max"})
# A word that says nothing to us is no statement, even where no rule asks what it says.
WORDS: dict[str, Callable[[OpeningFacts], object]] = {
    "lodging": lodging_in,
    "airfare_out_paid_by": lambda facts: payer_of(facts.airfare_out_paid_by),
    "airfare_back_paid_by": lambda facts: payer_of(facts.airfare_back_paid_by),
}


def root(field: str) -> str:
    """ "worker_costs[0].kind" hangs on worker_costs; both ways to write the fee are one."""
    name = field.partition("[")[0]
    return "service_fee" if name in SERVICE_FEE else name


def blocks(finding: Finding, required: frozenset[str]) -> bool:
    if finding.verdict is Verdict.BREACH:
        return True
    return finding.verdict is Verdict.UNKNOWN and root(finding.field) in required | OF_A_MOMENT | OF_A_LIMIT


def missing_findings(inquiry: Inquiry, said: Iterable[Finding]) -> Iterator[Finding]:
    """A finding for each required field that no rule has asked for and that says nothing."""
    asked = {root(finding.field) for finding in said if finding.verdict is Verdict.UNKNOWN}
    row = inquiry.rules("overseas.posting")
    for name in sorted(required_fields(inquiry) - asked):
        stated = _is_stated(inquiry, name)
        if stated and (name not in WORDS or WORDS[name](inquiry.facts) is not None):
            continue
        field = SERVICE_FEE[0] if name == "service_fee" else name
        words = say("must_state", field=named(field))
        if stated:
            words = say("not_understood", said=getattr(inquiry.facts, name), field=named(name))
        yield judged("O33", row, inquiry.on, Answer(field, None, words))


def _is_stated(inquiry: Inquiry, name: str) -> bool:
    names = SERVICE_FEE if name == "service_fee" else (name,)
    return any(getattr(inquiry.facts, one) not in (None, "") for one in names)
