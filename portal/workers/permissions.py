"""Who may act for a person: the person, and the centre's case staff."""

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.errors import NotAllowed
from portal.workers.models import Worker
from portal.workers.queries import worker_of


def is_self(worker: Worker, account: Account | None) -> bool:
    if account is None:
        return False
    if worker.account_id == account.id:
        return True
    mine = worker_of(account)
    return mine is not None and mine.id == worker.id


def is_case_staff(account: Account | None) -> bool:
    return account is not None and account.role in CASE_STAFF


def insist_may_act_for(worker: Worker, account: Account | None) -> None:
    if not (is_case_staff(account) or is_self(worker, account)):
        raise NotAllowed


def insist_case_staff(account: Account | None) -> None:
    if not is_case_staff(account):
        raise NotAllowed
