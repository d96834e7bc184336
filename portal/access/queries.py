"""Finding accounts."""

from typing import Self

from sqlalchemy import Select, case, false, func, or_, select

from portal.access.models import Account
from portal.access.permissions import MANAGERS
from portal.access.rules import tidy_sign_in_name
from portal.access.states import CASE_STAFF, Role
from portal.common.text import LONGEST_SEARCH
from portal.extensions import db


class Accounts:
    def __init__(self, query: Select[Account] | None = None) -> None:
        self.query = select(Account) if query is None else query

    def _where(self, *conditions: object) -> Self:
        return type(self)(self.query.where(*conditions))  # type: ignore[arg-type]

    def visible_to(self, account: Account) -> Self:
        """The list of accounts is for those who manage it; everybody sees their own."""
        return self if account.role in MANAGERS else self._where(Account.id == account.id)

    def with_id(self, account_id: int) -> Self:
        return self._where(Account.id == account_id)

    def seekers_for(self, actor: Account) -> Self:
        """Whom case staff may help back in; the accounts of others exist only for who manages them."""
        return self._where(Account.role == Role.SEEKER) if actor.role in CASE_STAFF else self._where(false())

    def with_role(self, role: Role) -> Self:
        return self._where(Account.role == role)

    def enabled(self, yes: bool = True) -> Self:
        return self._where(Account.is_enabled.is_(yes))

    def search(self, text: str) -> Self:
        text = text[:LONGEST_SEARCH]
        if not text:
            return self
        return self._where(
            or_(
                Account.sign_in_name.contains(tidy_sign_in_name(text), autoescape=True),
                func.lower(Account.display_name).contains(text.lower(), autoescape=True),
            )
        )

    def in_order(self) -> Self:
        order = {role: place for place, role in enumerate(Role)}
        by_role = case({role.value: place for role, place in order.items()}, value=Account.role)
        return type(self)(self.query.order_by(by_role, func.coalesce(Account.sign_in_name, ""), Account.id))


def account_named(typed: str) -> Account | None:
    return db.session.scalars(
        select(Account).where(Account.sign_in_name == tidy_sign_in_name(typed))
    ).one_or_none()


def demo_accounts() -> list[Account]:
    """One a role, shown on the sign-in page of a demo."""
    query = select(Account).where(Account.is_demo, Account.sign_in_name.in_(Role.values()))
    found = {account.role: account for account in db.session.scalars(query)}
    return [found[role] for role in Role if role in found]
