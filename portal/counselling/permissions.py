"""Who may do what at the desk."""

import datetime as dt

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.counselling.models import Complaint, Contact


def may_record(account: Account | None) -> bool:
    """Advisers and leaders write contacts down, each in their own name."""
    return account is not None and account.role in CASE_STAFF


def may_correct(contact: Contact, account: Account | None, on: dt.date) -> bool:
    """Who wrote it, on the same day: after that it has been counted."""
    return account is not None and contact.adviser_id == account.id and contact.day == on


def may_see_complaint(complaint: Complaint, account: Account) -> bool:
    """
    - leaders: all
    - advisers: those that a leader gave to them
    """
    return account.role is Role.LEADER or (account.role in CASE_STAFF and complaint.owner_id == account.id)
