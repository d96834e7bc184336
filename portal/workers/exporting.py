"""A person's own data as one file; later packages add what they hold (referrals …)."""

from collections.abc import Callable
from typing import Any

from portal.access.models import Account
from portal.common.registry import Registry
from portal.workers import showing
from portal.workers.models import Worker

EXPORTS: Registry[Callable[[Worker, Account], Any]] = Registry()


@EXPORTS.add("profile")
def _profile(worker: Worker, account: Account) -> Any:
    return showing.as_data(worker)


@EXPORTS.add("account")
def _account(worker: Worker, account: Account) -> Any:
    return {
        "sign_in_name": account.sign_in_name,
        "display_name": account.display_name,
        "phone": account.phone,
        "email": account.email,
        "created": account.created_at.isoformat(),
    }


def export_of(worker: Worker, account: Account) -> dict[str, Any]:
    return {name: part(worker, account) for name, part in EXPORTS}
