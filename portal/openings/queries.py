"""Openings as people ask for them. Every list ends its sort on the primary key."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.access.models import Account
from portal.common.text import fold
from portal.extensions import db
from portal.openings.models import ImportBatch, Opening, OpeningFinding, OpeningStep, OverseasTerms
from portal.openings.permissions import AUTHORS, Asker
from portal.openings.states import PUBLIC_STATES, FindingState, OpeningState, Sphere
from portal.openings.wages import monthly_vnd_column
from portal.organisations.models import Membership, Organisation


class Openings(Select[Opening]):
    """`Openings().visible_to(account).published(on).with_list_data()`: a select that reads as a sentence."""

    inherit_cache = True

    def __init__(self) -> None:
        super().__init__(Opening)

    def by_id(self, opening_id: int) -> Self:
        return self.where(Opening.id == opening_id)

    def visible_to(self, account: Account | None) -> Self:
        """Staff: all. Partners: their own and the public ones. Everybody else: the public ones."""
        public = Opening.state.in_(PUBLIC_STATES) & Opening.published_at.is_not(None)
        if account is None or not getattr(account, "is_authenticated", True):
            return self.where(public)
        if account.is_staff:
            return self
        if account.role in AUTHORS:
            return self.where(or_(public, Opening.organisation_id.in_(_organisations_of(account))))
        return self.where(public)

    def on_desk_of(self, account: Account) -> Self:
        """The openings that an account works on: staff all, partners those of their organisation."""
        if account.is_staff:
            return self
        if account.role in AUTHORS:
            return self.where(Opening.organisation_id.in_(_organisations_of(account)))
        return self.where(false())

    def published(self, on: dt.date) -> Self:
        """Open to everyone on that day, also before the nightly expiry has run."""
        return self.where(
            Opening.state == OpeningState.PUBLISHED,
            or_(Opening.expires_on.is_(None), Opening.expires_on >= on),
        )

    def in_states(self, states: Iterable[OpeningState]) -> Self:
        return self.where(Opening.state.in_(list(states)))

    def overdue(self, on: dt.date) -> Self:
        return self.where(Opening.state == OpeningState.PUBLISHED, Opening.expires_on < on)

    def of_organisation(self, organisation_id: int) -> Self:
        return self.where(Opening.organisation_id == organisation_id)

    def of_batch(self, batch: ImportBatch) -> Self:
        return self.where(Opening.batch_id == batch.id)

    def search(self, text: str, codes: Iterable[str] = ()) -> Self:
        """Every word is in title, text or employer's name; or the occupation is one of `codes`."""
        words = search_words(text)[:12]
        if not words:
            return self
        named = _holds(Opening.search_text, words)
        return self.where(or_(named, *(Opening.occupation_code.startswith(code) for code in codes)))

    def in_occupation(self, code: str) -> Self:
        """A code of one to five digits takes in every occupation below it."""
        return self.where(Opening.occupation_code.startswith(code, autoescape=True))

    def in_sphere(self, sphere: Sphere) -> Self:
        return self.where(Opening.sphere == sphere)

    def in_country(self, country: str) -> Self:
        return self.where(Opening.country == country)

    def in_places(self, provinces: Iterable[str] = (), communes: Iterable[str] = ()) -> Self:
        """In one of these provinces or communes of today."""
        return self.where(
            or_(Opening.province_code.in_(list(provinces)), Opening.commune_code.in_(list(communes)))
        )

    def paying(self, least_vnd_a_month: int) -> Self:
        return self.where(monthly_vnd_column() >= least_vnd_a_month)

    def newest_first(self) -> Self:
        return self.order_by(Opening.published_at.desc(), Opening.id.desc())

    def named_first(self, text: str) -> Self:
        """Those whose title holds every word, then the others; each newest first."""
        words = search_words(text)[:12]
        if not words:
            return self.newest_first()
        # The search text begins with the title. Without its commas it may take in a letter more: no harm.
        title = func.substr(Opening.search_text, 1, func.length(Opening.title))
        return self.order_by(case((_holds(title, words), 0), else_=1)).newest_first()

    def live_first(self) -> Self:
        """What is open or waits for a moderator, then the rest; each as last touched."""
        live = Opening.state.in_([OpeningState.PUBLISHED, OpeningState.SUBMITTED])
        return self.order_by(case((live, 0), else_=1)).last_touched_first()

    def last_touched_first(self) -> Self:
        return self.order_by(Opening.updated_at.desc(), Opening.id.desc())

    def longest_waiting_first(self) -> Self:
        return self.order_by(Opening.submitted_at, Opening.id)

    def with_list_data(self) -> Self:
        """What a list shows of each row, so that no row asks again."""
        return self.options(joinedload(Opening.organisation))

    def with_page_data(self) -> Self:
        return self.options(
            joinedload(Opening.organisation),
            joinedload(Opening.overseas),
            selectinload(Opening.requirements),
            selectinload(Opening.findings),
        )

    def with_facts(self) -> Self:
        """All that the opening check reads, so that many are read as quickly as one."""
        return self.options(
            joinedload(Opening.organisation).selectinload(Organisation.market_permissions),
            joinedload(Opening.overseas).selectinload(OverseasTerms.costs),
            selectinload(Opening.requirements),
        )

    def locked(self) -> Self:
        """Nobody else changes these rows before our transaction ends (PostgreSQL; SQLite locks anyway)."""
        return self.with_for_update(of=Opening)


def _holds(column: Any, words: list[str]) -> ColumnElement[bool]:
    # A blank in front: "ho" finds "hồ", not "thợ".
    haystack = literal(" ") + column
    return and_(*(haystack.contains(f" {word}", autoescape=True) for word in words))


def search_words(text: str) -> list[str]:
    """Words as they stand in `Opening.search_text`."""
    return re.findall(r"[a-z0-9]+", fold(text))


def _organisations_of(account: Account) -> Select[int]:
    return select(Membership.organisation_id).where(
        Membership.account_id == account.id, Membership.ended_at.is_(None)
    )


def asker(account: Account) -> Asker:
    """The account with its organisation, as the permission table wants it."""
    organisation_id = None
    if account.role in AUTHORS:
        organisation_id = db.session.scalar(_organisations_of(account).order_by(Membership.id).limit(1))
    return Asker(account.role, organisation_id)


def open_findings(opening: Opening) -> list[OpeningFinding]:
    return [finding for finding in opening.findings if finding.state == FindingState.OPEN]


def steps_of(opening: Opening) -> list[tuple[OpeningStep, str | None]]:
    """The log with the names of who took each step, oldest first."""
    rows = db.session.execute(
        select(OpeningStep, Account.display_name)
        .outerjoin(Account, Account.id == OpeningStep.actor_id)
        .where(OpeningStep.opening_id == opening.id)
        .order_by(OpeningStep.id)
    )
    return [(step, name) for step, name in rows]


def members_of(organisation_id: int) -> list[Account]:
    """The enabled accounts of an organisation's authors, to be told what became of its openings."""
    return list(
        db.session.scalars(
            select(Account)
            .join(Membership, Membership.account_id == Account.id)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.ended_at.is_(None),
                Account.is_enabled,
                Account.role.in_(AUTHORS),
            )
            .order_by(Account.id)
        )
    )


def hiring_organisations() -> list[Organisation]:
    """For the choice on the staff's form: by name, the closed ones left out."""
    return list(
        db.session.scalars(
            select(Organisation)
            .where(Organisation.closed_at.is_(None))
            .order_by(Organisation.name_folded, Organisation.id)
        )
    )
