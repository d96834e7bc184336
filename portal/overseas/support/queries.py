"""Reading what support needs: the dated rules in one query, claims and loans by who may see them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload, scoped_session, selectinload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.extensions import db
from portal.overseas.models import OverseasCase
from portal.overseas.support.models import SupportClaim, SupportLoan, SupportProof
from portal.overseas.support.rules import Rulebook
from portal.overseas.support.states import LIVE_CLAIMS, ClaimState, Content, LoanState
from portal.reference.models import LegalRule
from portal.reference.rules import RuleValue, value_of


def rulebook(session: Session | scoped_session[Any]) -> Rulebook:
    """Every rule of support, for any day, read once."""
    return rulebook_of(session.scalars(select(LegalRule).where(LegalRule.key.startswith("support."))))


def rulebook_of(rows: Iterable[LegalRule]) -> Rulebook:
    by_key: defaultdict[str, list[LegalRule]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)

    def answer(key: str, day: dt.date) -> RuleValue | None:
        valid = [
            row
            for row in by_key.get(key, ())
            if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
        ]
        return value_of(max(valid, key=lambda row: row.valid_from)) if valid else None

    return answer


def spent_contents(worker_id: int, case: OverseasCase | None) -> frozenset[Content]:
    """What is paid or asked for on another way of this person, or by another office: it is not had again."""
    query = select(SupportClaim.content).where(
        SupportClaim.worker_id == worker_id, SupportClaim.state.in_(LIVE_CLAIMS)
    )
    if case is not None:
        elsewhere = SupportClaim.state == ClaimState.ELSEWHERE
        query = query.where(elsewhere | (SupportClaim.case_id != case.id))
    return frozenset(db.session.scalars(query))


class Claims:
    """`Claims().visible_to(account).in_state(state).by_due_date().query` is a `Select[SupportClaim]`."""

    def __init__(self, query: Select[SupportClaim] | None = None) -> None:
        self.query: Select[SupportClaim] = select(SupportClaim) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, claim_id: int) -> Self:
        return self.where(SupportClaim.id == claim_id)

    def visible_to(self, account: Account) -> Self:
        """Case staff; the person reads their own by `for_worker`."""
        return self if account.role in CASE_STAFF else self.where(false())

    def for_worker(self, worker_id: int) -> Self:
        return self.where(SupportClaim.worker_id == worker_id)

    def for_case(self, case: OverseasCase) -> Self:
        return self.where(SupportClaim.case_id == case.id)

    def in_state(self, state: ClaimState) -> Self:
        return self.where(SupportClaim.state == state)

    def by_due_date(self) -> Self:
        return type(self)(self.query.order_by(SupportClaim.due_on, SupportClaim.id))

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(SupportClaim.claimed_on.desc(), SupportClaim.id.desc()))

    def with_list_data(self) -> Self:
        return type(self)(
            self.query.options(joinedload(SupportClaim.worker), joinedload(SupportClaim.entered_by))
        )

    def with_page_data(self) -> Self:
        return type(self)(
            self.query.options(
                joinedload(SupportClaim.worker),
                joinedload(SupportClaim.case),
                joinedload(SupportClaim.entered_by),
                joinedload(SupportClaim.decided_by),
                joinedload(SupportClaim.paid_by),
                selectinload(SupportClaim.proofs).joinedload(SupportProof.file),
            )
        )

    def locked(self) -> Self:
        return type(self)(
            self.query.with_for_update(of=SupportClaim).execution_options(populate_existing=True)
        )


class Loans:
    def __init__(self, query: Select[SupportLoan] | None = None) -> None:
        self.query: Select[SupportLoan] = select(SupportLoan) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, loan_id: int) -> Self:
        return self.where(SupportLoan.id == loan_id)

    def visible_to(self, account: Account) -> Self:
        return self if account.role in CASE_STAFF else self.where(false())

    def for_worker(self, worker_id: int) -> Self:
        return self.where(SupportLoan.worker_id == worker_id)

    def for_case(self, case: OverseasCase) -> Self:
        return self.where(SupportLoan.case_id == case.id)

    def in_state(self, state: LoanState) -> Self:
        return self.where(SupportLoan.state == state)

    def by_due_date(self) -> Self:
        """A loan without a deadline comes last, on both databases alike."""
        order = (SupportLoan.due_on.is_(None), SupportLoan.due_on, SupportLoan.id)
        return type(self)(self.query.order_by(*order))

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(SupportLoan.id.desc()))

    def with_list_data(self) -> Self:
        return type(self)(self.query.options(joinedload(SupportLoan.worker)))

    def with_page_data(self) -> Self:
        return type(self)(
            self.query.options(
                joinedload(SupportLoan.worker),
                joinedload(SupportLoan.case),
                selectinload(SupportLoan.balances),
            )
        )

    def locked(self) -> Self:
        return type(self)(
            self.query.with_for_update(of=SupportLoan).execution_options(populate_existing=True)
        )
