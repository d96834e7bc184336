"""For signing in: who among the profiles is reached by a number, and in which year they were born."""

from sqlalchemy import or_, select

from portal.access.models import Account
from portal.access.second_facts import BIRTH_YEARS, PEOPLE, Person
from portal.workers.models import Worker
from portal.workers.queries import Workers, worker_of


@PEOPLE.add("workers")
def people_reached_by(phone: str) -> list[Person]:
    """By their profile or by their account, with an account or without one."""
    accounts = select(Account.id).where(Account.phone == phone)
    shown = Workers().live().where(or_(Worker.phone == phone, Worker.account_id.in_(accounts)))
    return [Person(worker.account_id, worker.birth_year) for worker in shown.by_id_order().all()]


@BIRTH_YEARS.add("workers")
def birth_year_of(account: Account) -> int | None:
    worker = worker_of(account)
    return worker.birth_year if worker is not None else None
