"""How tests of claims decide and pay."""

import datetime as dt

from portal.overseas.support import operations as support
from tests.factories import NOW


def approve(made, amount=None, *, by, reason=""):
    support.approve(made, amount, reason=reason, actor=by, now=NOW)


def pay(made, *, by, on=dt.date(2026, 11, 23), now=NOW):
    support.pay(made, on, "PC 01", actor=by, now=now)
