"""What a case asks of life abroad and return, and what begins and ends there when a case moves."""

from collections.abc import Iterator

from flask_babel import gettext as _

from portal.common.events import on
from portal.errors import Refused
from portal.extensions import db
from portal.overseas.abroad.family import OVER, end_family_contacts
from portal.overseas.abroad.returning import LIQUIDATION, homecoming_of, stay_of
from portal.overseas.abroad.stays import begin_stay, end_stay, resume_stay
from portal.overseas.cases.events import CaseMoved
from portal.overseas.cases.gates import Question, register
from portal.overseas.cases.transitions import Missing, Need
from portal.overseas.states import CaseState
from portal.reference.rules import on as rule_on


@on(CaseMoved)
def follow(event: CaseMoved) -> None:
    """The stay begins with the departure and ends with the return; a slip taken back is followed, too."""
    case = event.case
    if case.state is event.before:
        return
    if case.state is CaseState.ABROAD and case.departed_on is not None:
        stay = stay_of(case)
        if event.before is CaseState.RETURNED and stay is not None:
            resume_stay(stay, actor=event.actor, now=event.now)
            return
        begin_stay(
            case,
            departed_on=case.departed_on,
            country=case.country or "",
            contract_ends_on=case.contract_ends_on,
            actor=event.actor,
            now=event.now,
        )
    elif event.before is CaseState.ABROAD:
        stay = stay_of(case)
        if stay is not None:
            end_stay(stay, case.returned_on or stay.departed_on, actor=event.actor, now=event.now)


@on(CaseMoved)
def forget_the_family(event: CaseMoved) -> None:
    if event.case.state in OVER:
        end_family_contacts(event.case, now=event.now)


@on(CaseMoved)
def keep_what_was_claimed(event: CaseMoved) -> None:
    """A refund was asked for because of this return: it is no slip any more."""
    if event.step == "undo" and event.before is CaseState.RETURNED:
        row = homecoming_of(event.case)
        if row is not None and row.claim is not None:
            raise Refused(_("Đã yêu cầu hoàn tiền theo việc về nước này: không quay lại được nữa."))


def how_is_known(asked: Question) -> Iterator[Missing]:
    """Nobody is "returned" without how and why: what is owed follows. What a slip left tells nothing."""
    row = homecoming_of(asked.case)
    if row is None or row.returned_on != asked.on:
        yield Missing(_("Chưa ghi người này về thế nào, vì sao. Hãy ghi ở trang “Về nước”."))


def contract_is_liquidated(asked: Question) -> Iterator[Missing]:
    row = homecoming_of(asked.case)
    if row is None or row.liquidated_on is None:
        rule = rule_on(db.session, LIQUIDATION, asked.on)
        yield Missing(
            _("Chưa ghi ngày thanh lý hợp đồng đưa đi. Hãy ghi ở trang “Về nước”."),
            rule.source if rule is not None else "",
        )


register(Need.HOME, how_is_known)
register(Need.LIQUIDATED, contract_is_liquidated)
