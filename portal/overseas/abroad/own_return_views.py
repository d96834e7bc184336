"""Coming home, as the person reads it: what to do by when, what is theirs to ask for, and work here again."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.states import Role
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.abroad import brought_home, returning
from portal.overseas.abroad.blueprint import bp
from portal.overseas.abroad.brought_home import HOME
from portal.overseas.abroad.return_forms import LearnedForm
from portal.overseas.abroad.return_models import Homecoming
from portal.overseas.abroad.return_views import learned_form, lines_of
from portal.overseas.abroad.states import HowHome
from portal.overseas.models import OverseasCase
from portal.reference.rules import on as rule_on
from portal.web.access import allow, get_or_404
from portal.workers.blueprint import own_worker, someone
from portal.workers.states import ConsentChannel


def _own(*, lock: bool = False) -> Homecoming:
    """The latest return of the signed-in person."""
    mine = own_worker()
    query = (
        select(Homecoming)
        .join(OverseasCase, OverseasCase.id == Homecoming.case_id)
        .where(OverseasCase.worker_id == (mine.id if mine is not None else -1), OverseasCase.state.in_(HOME))
        .options(joinedload(Homecoming.case))
        .order_by(Homecoming.returned_on.desc(), Homecoming.id.desc())
        .limit(1)
    )
    return get_or_404(query.with_for_update(of=Homecoming) if lock else query)


@bp.get("/my-return")
@allow(Role.SEEKER)
def my_return() -> Any:
    return _page(_own())


def _page(row: Homecoming) -> str:
    kept = brought_home.brought_home_of(row.case)
    return render_template(
        "overseas/my_return.html",
        row=row,
        kept=kept,
        lines=lines_of(kept) if kept is not None else [],
        is_early=row.how is HowHome.EARLY,
        refund_rule=rule_on(db.session, returning.REFUND, row.returned_on),
        residence_rule=rule_on(db.session, returning.RESIDENCE, row.returned_on),
        day=today(),
    )


@bp.get("/my-return/learned")
@allow(Role.SEEKER)
def my_learned() -> Any:
    row = _own()
    return render_template("overseas/learned.html", case=row.case, form=learned_form(row), own=True)


@bp.post("/my-return/learned")
@allow(Role.SEEKER)
def save_my_learned() -> Any:
    row, form = _own(lock=True), LearnedForm()
    try:
        if not form.validate():
            return render_template("overseas/learned.html", case=row.case, form=form, own=True), 422
        brought_home.tell_learned(row.case, row, form.learned(), actor=someone(), now=now())
    except DomainError as error:
        db.session.rollback()
        form.put_error(error)
        page = render_template("overseas/learned.html", case=_own().case, form=form, own=True)
        return page, error.status
    db.session.commit()
    flash(_("Đã ghi. Bạn đọc lại, đúng thì bấm xác nhận."), "good")
    return redirect(url_for("abroad.my_return"))


@bp.post("/my-return/confirm")
@allow(Role.SEEKER)
def confirm_my_learned() -> Any:
    row = _own(lock=True)
    kept = brought_home.brought_home_of(row.case)
    if kept is not None:
        brought_home.confirm(kept, ConsentChannel.ONLINE, actor=someone(), now=now())
        db.session.commit()
        flash(_("Đã đưa vào hồ sơ tìm việc của bạn."), "good")
    return redirect(url_for("abroad.my_return"))
