"""Who may do what with a class."""

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.courses.models import CourseClass
from portal.errors import NotAllowed
from portal.organisations.models import Organisation
from portal.organisations.queries import organisation_of
from portal.organisations.states import OrganisationKind

TEACHERS = (*CASE_STAFF, Role.COLLEGE)
# Who gives courses before departure; for a sender, which must orient its people, case staff write them down.
GIVERS = (OrganisationKind.CENTRE, OrganisationKind.COLLEGE, OrganisationKind.SENDER)


def may_enrol(account: Account) -> bool:
    """The centre knows who wants to learn what; a teacher meets only who was enrolled."""
    return account.role in CASE_STAFF


def may_reopen(account: Account) -> bool:
    """What a class ended with stands: only a leader opens it again."""
    return account.role is Role.LEADER


def insist_may_give(organisation: Organisation, account: Account) -> None:
    """
    - case staff: for whoever gives courses
    - a college: for itself
    """
    if account.role in CASE_STAFF and organisation.kind in GIVERS:
        return
    own = organisation_of(account) if account.role is Role.COLLEGE else None
    if own is None or own.id != organisation.id:
        raise NotAllowed


def insist_may_teach(course_class: CourseClass, account: Account) -> None:
    insist_may_give(course_class.course.organisation, account)


def insist_may_enrol(account: Account) -> None:
    if not may_enrol(account):
        raise NotAllowed
