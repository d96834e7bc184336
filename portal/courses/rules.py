"""Plain rules of classes: which days can be entered, how long a certificate lasts, how long a course is."""

import datetime as dt

from flask_babel import gettext as _

from portal.courses.states import CourseKind
from portal.reference.rules import Lookup, RuleValue
from portal.referrals.deadlines import add_months

VALID_MONTHS = {CourseKind.ORIENTATION: "case.orientation_months"}
PERIODS = {CourseKind.ORIENTATION: "course.orientation_periods"}


def day_problem(day: dt.date, starts_on: dt.date, ends_on: dt.date, today: dt.date) -> str | None:
    """Why nobody can have attended on that day, or None."""
    if day > today:
        return str(_("Ngày này chưa đến."))
    if not starts_on <= day <= ends_on:
        return str(
            _("Lớp học từ %(first)s đến %(last)s.", first=f"{starts_on:%d/%m/%Y}", last=f"{ends_on:%d/%m/%Y}")
        )
    return None


def certificate_valid_to(kind: CourseKind, certified_on: dt.date, rules: Lookup) -> dt.date | None:
    """By the rule of the day on which it was given; None: no rule states it."""
    rule = rules(VALID_MONTHS[kind]) if kind in VALID_MONTHS else None
    return None if rule is None else add_months(certified_on, rule.whole)


def prescribed_periods(kind: CourseKind, rules: Lookup) -> RuleValue | None:
    return rules(PERIODS[kind]) if kind in PERIODS else None


def is_too_short(periods: int | None, rule: RuleValue | None) -> bool:
    """A warning, never a refusal: the number is not verified."""
    return periods is not None and rule is not None and rule.number is not None and periods < rule.number
