"""Asking for referrals: plain names filter, `with_…` loads, `visible_to` scopes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.secrets import tidy_code
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.openings.senders import Senders
from portal.organisations.models import Membership, Organisation
from portal.referrals.models import EmployerReport, Interview, Letter, Referral, ReferralStep
from portal.referrals.permissions import HIRING_ROLES
from portal.referrals.states import WAITING_STATES, ReferralState
from portal.workers.models import Worker
from portal.workers.queries import consents_to, worker_of
from portal.workers.states import Purpose


class Referrals:
    """`Referrals().visible_to(account).waiting().by_due_date().query` is a `Select[Referral]`."""

    def __init__(self, query: Select[Referral] | None = None) -> None:
        self.query: Select[Referral] = select(Referral) if query is None else query

    def where(self, *conditions: Any) -> Self:
        return type(self)(self.query.where(*conditions))

    def by_id(self, referral_id: int) -> Self:
        return self.where(Referral.id == referral_id)

    def by_ids(self, ids: Iterable[int]) -> Self:
        return self.where(Referral.id.in_(list(ids)))

    def for_opening(self, opening: Opening) -> Self:
        return self.where(Referral.opening_id == opening.id)

    def for_worker(self, worker: Worker) -> Self:
        return self.where(Referral.worker_id == worker.id)

    def visible_to(self, account: Account) -> Self:
        """Case staff: all. A person: their own. An employer: of its openings, only people with a letter."""
        if account.role in CASE_STAFF:
            return self
        if account.role in HIRING_ROLES:
            return self.shown_to_employer(account)
        mine = worker_of(account)
        return self.for_worker(mine) if mine is not None else self.where(false())

    def shown_to_employer(self, account: Account) -> Self:
        """Before the person agreed and the letter was issued, an employer sees nobody.

        Nor after the consent to be shown was withdrawn: the letter itself is the profile.
        """
        lettered = select(Letter.referral_id)
        return self._in_openings_of(account).where(
            Referral.id.in_(lettered),
            Referral.state.in_(SHOWN_TO_EMPLOYER),
            Referral.worker.has(consents_to([Purpose.SHARING])),
        )

    def masked_for_employer(self, account: Account) -> Self:
        """Whom the Centre asks, and who said yes but has no letter yet: shown by `masking.masked` alone."""
        return self._in_openings_of(account).where(
            Referral.state.in_(MASKED_TO_EMPLOYER), Referral.worker.has(consents_to([Purpose.SHARING]))
        )

    def _in_openings_of(self, account: Account) -> Self:
        own = select(Opening.id).where(
            Opening.organisation_id.in_(
                select(Membership.organisation_id).where(
                    Membership.account_id == account.id, Membership.ended_at.is_(None)
                )
            )
        )
        return self.where(Referral.opening_id.in_(own))

    def in_states(self, states: Iterable[ReferralState]) -> Self:
        return self.where(Referral.state.in_(list(states)))

    def waiting(self) -> Self:
        return self.in_states(WAITING_STATES)

    def owned_by(self, account: Account) -> Self:
        return self.where(Referral.owner_id == account.id)

    def overdue(self, on: dt.date) -> Self:
        return self.where(Referral.due_on < on)

    def with_report(self) -> Self:
        """Where an employer has reported a result that staff have not settled."""
        waiting = select(EmployerReport.referral_id).where(EmployerReport.settled_at.is_(None))
        return self.where(Referral.id.in_(waiting))

    def without_exchange(self) -> Self:
        """Followed up already, but not yet entered on the national exchange: that clock still runs."""
        return self.in_states(EXCHANGE_ONLY).where(
            Referral.exchange_due_on.is_not(None), Referral.exchange_done_on.is_(None)
        )

    def by_due_date(self) -> Self:
        due = func.coalesce(Referral.due_on, Referral.exchange_due_on)
        return type(self)(self.query.order_by(due, Referral.id))

    def newest_first(self) -> Self:
        return type(self)(self.query.order_by(Referral.updated_at.desc(), Referral.id.desc()))

    def by_name(self) -> Self:
        return type(self)(self.query.join(Referral.worker).order_by(Worker.name_sort, Referral.id))

    def with_list_data(self) -> Self:
        """All that a row of any list shows or asks the table of steps, in a fixed number of queries."""
        return type(self)(
            self.query.options(
                joinedload(Referral.worker).selectinload(Worker.consents),
                joinedload(Referral.opening).joinedload(Opening.organisation),
                joinedload(Referral.owner),
                selectinload(Referral.letters),
                selectinload(Referral.interviews),
                selectinload(Referral.follow_ups),
                selectinload(Referral.reports),
            )
        )

    def with_masked_data(self) -> Self:
        return type(self)(
            self.query.options(
                joinedload(Referral.worker).selectinload(Worker.occupations), joinedload(Referral.opening)
            )
        )

    def all(self) -> list[Referral]:
        return list(db.session.scalars(self.query).unique())


# What waits for nobody any more but for the entry on the exchange.
EXCHANGE_ONLY = (ReferralState.PLACED, ReferralState.LEFT)
# A refused or withdrawn person is no longer the employer's to look at.
SHOWN_TO_EMPLOYER = (
    ReferralState.REFERRED,
    ReferralState.INTERVIEW,
    ReferralState.HIRED,
    ReferralState.PLACED,
)
# Not who was only noted down: that person has not heard of this opening yet.
MASKED_TO_EMPLOYER = (ReferralState.ASKED, ReferralState.AGREED)


def steps_of(referral: Referral) -> list[tuple[ReferralStep, str | None]]:
    """The log with the names of who took each step, oldest first."""
    rows = db.session.execute(
        select(ReferralStep, Account.display_name)
        .outerjoin(Account, Account.id == ReferralStep.actor_id)
        .where(ReferralStep.referral_id == referral.id)
        .order_by(ReferralStep.id)
    )
    return [(step, name) for step, name in rows]


def state_counts(opening: Opening) -> dict[ReferralState, int]:
    """How many stand where, in the order of the states."""
    rows = db.session.execute(
        select(Referral.state, func.count()).where(Referral.opening_id == opening.id).group_by(Referral.state)
    )
    found = dict(rows.all())
    return {state: found[state] for state in ReferralState if state in found}


def owns_waiting(account: Account) -> bool:
    """Whether anything waits for this account: a leader may look at all and own none."""
    own = Referrals().visible_to(account).waiting().owned_by(account)
    return db.session.scalar(own.query.with_only_columns(Referral.id).limit(1)) is not None


def called_for(referral: Referral) -> bool:
    """The question could not be sent in any way: somebody has to call."""
    if referral.state is not ReferralState.ASKED:
        return False
    way = db.session.scalar(
        select(ReferralStep.channel)
        .where(ReferralStep.referral_id == referral.id, ReferralStep.name.in_(("ask", "remind")))
        .order_by(ReferralStep.id.desc())
        .limit(1)
    )
    return way == ""


def behind_code(code_hash: str) -> Referral | Interview | None:
    """What a link from a message opens: one question of one referral, or one interview."""
    asked = db.session.scalars(select(Referral).where(Referral.ask_code_hash == code_hash)).one_or_none()
    if asked is not None:
        return asked
    return db.session.scalars(select(Interview).where(Interview.code_hash == code_hash)).one_or_none()


def letter_behind(code: str) -> Letter | None:
    return db.session.scalars(select(Letter).where(Letter.code == code)).one_or_none()


def subject_behind(code: str) -> Letter | Opening | Organisation | None:
    """A letter, a public opening or a sender; a sender also by its licence or its tax number."""
    letter = letter_behind(code)
    if letter is not None:
        return letter
    shown = Openings().visible_to(None).where(Opening.public_code == code).with_list_data()
    opening = db.session.scalars(shown).one_or_none()
    return opening if opening is not None else _sender_behind(code)


def _sender_behind(code: str) -> Organisation | None:
    """A few hundred in the country: they are compared as `tidy_code` writes what was typed."""
    senders = db.session.scalars(Senders().listed().with_market_permissions().in_order().query).all()
    for one in senders:
        written = (one.public_code, one.licence_number or "", one.tax_code or "")
        if code in {tidy_code(text) for text in written if text}:
            return one
    return None
