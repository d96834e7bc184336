"""Who is reached by a number, and what only they know beside the code that came to it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from portal.access.models import Account
from portal.access.passwords import check_password
from portal.access.sessions import may_be_used
from portal.access.states import Role
from portal.common.registry import Registry
from portal.extensions import db

# So many hashes are looked at for any answer: how long it takes does not tell how many have that birth year.
FEWEST_CHECKS = 3


@dataclass(frozen=True)
class Person:
    """Somebody who is reached by a number, with an account or without one yet."""

    account_id: int | None
    birth_year: int | None


# Filled by the package that keeps the profiles; the key is its name, the value finds people by a number.
PEOPLE: Registry[Callable[[str], list[Person]]] = Registry()
# By account: staff and partners have none.
BIRTH_YEARS: Registry[Callable[[Account], int | None]] = Registry()


def people_reached_by(phone: str) -> list[Person]:
    """Seekers only: who works for the centre or a partner comes in by a password."""
    told = [person for _name, find in PEOPLE for person in find(phone)]
    ids = [person.account_id for person in told if person.account_id is not None]
    usable = {account.id for account in _seekers(Account.id.in_(ids))}
    people = [one for one in told if one.account_id is None or one.account_id in usable]
    bare = [account for account in _seekers(Account.phone == phone) if account.id not in ids]
    return [*people, *(Person(account.id, None) for account in bare)]


def _seekers(condition: object) -> list[Account]:
    query = select(Account).where(condition, Account.role == Role.SEEKER, Account.is_enabled)  # type: ignore[arg-type]
    return [account for account in db.session.scalars(query.order_by(Account.id)) if may_be_used(account)]


def is_shared(phone: str, *, besides: Account | None = None) -> bool:
    """Somebody else is reached by this number, too."""
    others = (one for one in people_reached_by(phone) if besides is None or one.account_id != besides.id)
    return any(True for _one in others)


def birth_year_of(account: Account) -> int | None:
    found = (find(account) for _name, find in BIRTH_YEARS)
    return next((year for year in found if year is not None), None)


def who_knows(phone: str, birth_year: int, pin: str) -> Account | None:
    """The one account behind this number with this birth year and PIN; slow, outside of any transaction."""
    people = people_reached_by(phone)
    ids = [one.account_id for one in people if one.account_id is not None and one.birth_year == birth_year]
    accounts = _seekers(Account.id.in_(ids))
    right = [account for account in accounts if check_password(account.pin_hash, pin)]
    for _more in range(len(accounts), FEWEST_CHECKS):
        check_password(None, pin)
    # Two people of one year with one PIN: neither is opened, an adviser sets another PIN.
    return right[0] if len(right) == 1 else None
