"""At the desk: an adviser has looked at the person and their papers, and lets them back in."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access import helping
from portal.access.homes import HOMES
from portal.access.models import Account
from portal.access.queries import Accounts
from portal.access.states import CASE_STAFF
from portal.access.views import bp
from portal.common.clock import now
from portal.extensions import db
from portal.web.access import allow, get_or_404
from portal.web.redirects import safe_back


def _seeker(account_id: int) -> Account:
    return get_or_404(Accounts().seekers_for(current_user).with_id(account_id).query.with_for_update())


@bp.post("/accounts/<int:account_id>/new-pin")
@allow(*CASE_STAFF)
def issue_pin_code(account_id: int) -> Any:
    """The page itself holds the code, not a redirect: it is shown this once."""
    account = _seeker(account_id)
    code = helping.issue_pin_code(account, actor=current_user, now=now())
    db.session.commit()
    back = safe_back(request.referrer) or url_for(HOMES[current_user.role])
    return render_template("access/pin_code.html", account=account, code=code, back=back)


@bp.post("/accounts/<int:account_id>/confirm-phone")
@allow(*CASE_STAFF)
def confirm_phone(account_id: int) -> Any:
    helping.confirm_phone(_seeker(account_id), actor=current_user, now=now())
    db.session.commit()
    flash(_("Đã xác nhận số điện thoại của người này."), "good")
    return redirect(safe_back(request.referrer) or url_for(HOMES[current_user.role]))
