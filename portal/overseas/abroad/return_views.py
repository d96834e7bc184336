"""The return of one case: how and why, the clocks, the refund, the fund, and the way back into work here."""

import datetime as dt
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.abroad import brought_home, returning
from portal.overseas.abroad.blueprint import bp
from portal.overseas.abroad.fund_hints import fund_hints
from portal.overseas.abroad.looks import note_look
from portal.overseas.abroad.return_forms import (
    ConfirmForm,
    DayForm,
    LearnedForm,
    PaidForm,
    ReturnForm,
    paper_value,
)
from portal.overseas.abroad.return_models import BroughtHome, Homecoming
from portal.overseas.abroad.states import Fault, HowHome
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.overseas.support.queries import rulebook
from portal.reference import occupations
from portal.reference.languages import certificate_label
from portal.reference.rules import on as rule_on
from portal.web.access import allow, get_or_404
from portal.workers.blueprint import someone
from portal.workers.queries import live_purposes
from portal.workers.rules import MATCHING_PURPOSES
from portal.workers.states import ConsentChannel

SHOWN = (CaseState.ABROAD, CaseState.RETURNED, CaseState.SETTLED)


def _case(case_id: int, *, lock: bool = False) -> OverseasCase:
    query = (
        select(OverseasCase)
        .where(OverseasCase.id == case_id, OverseasCase.state.in_(SHOWN))
        .options(joinedload(OverseasCase.worker), joinedload(OverseasCase.opening))
    )
    return get_or_404(query.with_for_update(of=OverseasCase) if lock else query)


@bp.get("/cases/<int:case_id>/return")
@allow(*CASE_STAFF)
def coming_home(case_id: int) -> Any:
    case = _case(case_id)
    page = _page(case)
    note_look(case_id, "return")
    return page


def _page(case: OverseasCase, **forms: Any) -> str:
    row = returning.homecoming_of(case)
    day = today()
    rule = rule_on(db.session, returning.REFUND, row.returned_on if row is not None else day)
    return render_template(
        "overseas/return.html",
        case=case,
        row=row,
        ends=returning.ends_on(case),
        how=returning.proposed_how(case, day),
        refund=returning.refund_for(row, until=day) if row is not None else None,
        refund_rule=rule,
        hints=_hints(row),
        learned=_learned(case, row),
        may_match=bool(live_purposes(case.worker).intersection(MATCHING_PURPOSES)),
        day=day,
        **{
            # Which of the small forms was sent and is shown again with what was typed.
            "failed": "",
            "form": _return_form(case, row),
            "day_form": DayForm(formdata=None),
            "paid_form": PaidForm(formdata=None),
            "confirm_form": ConfirmForm(formdata=None),
            **forms,
        },
    )


def _hints(row: Homecoming | None) -> Any:
    if row is None or row.how is not HowHome.EARLY or row.fault is Fault.OWN:
        return []
    return fund_hints(row.cause, row.returned_on, rulebook(db.session))


def _return_form(case: OverseasCase, row: Homecoming | None) -> ReturnForm:
    """Filled with what is known: the day, what the dates say, the fee of the signed contract."""
    if row is None:
        how = returning.proposed_how(case, today())
        known: dict[str, Any] = {"fee_vnd": case.service_fee_vnd, "how": how.value if how else None}
        return ReturnForm(formdata=None, data=known)
    names = ("returned_on", "contract_ended_on", "fault_basis", "fee_vnd", "fee_paid_on")
    known = {name: getattr(row, name) for name in names}
    known |= {"how": row.how.value, "cause": row.cause.value if row.cause else "", "fault": row.fault.value}
    return ReturnForm(formdata=None, data=known)


def _learned(case: OverseasCase, row: Homecoming | None) -> dict[str, Any] | None:
    if row is None:
        return None
    kept = brought_home.brought_home_of(case)
    return {"row": kept, "lines": lines_of(kept) if kept is not None else []}


def lines_of(kept: BroughtHome) -> list[tuple[str, str]]:
    """What would go into the profile, in words."""
    paper = certificate_label(kept.scale, kept.level) if kept.scale is not None else ""
    return [
        (_("Nghề"), occupations.name(kept.occupation_code) or kept.title),
        (_("Thời gian làm"), _("%(n)s tháng ở %(country)s", n=kept.months, country=kept.workplace)),
        (_("Biết thêm"), kept.skills_text),
        (_("Ngoại ngữ"), paper),
    ]


def _back(case_id: int, said: str) -> Response:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("abroad.coming_home", case_id=case_id))


def _wrong(case_id: int, error: DomainError, name: str, form: Any, **more: Any) -> Any:
    db.session.rollback()
    form.put_error(error)
    return _page(_case(case_id), **{name: form}, **more), error.status


@bp.post("/cases/<int:case_id>/return")
@allow(*CASE_STAFF)
def save_return(case_id: int) -> Any:
    case, form = _case(case_id, lock=True), ReturnForm()
    if not form.validate():
        return _page(case, form=form), 422
    row = returning.homecoming_of(case)
    try:
        if case.state is CaseState.ABROAD:
            returning.come_home(case, form.came(), actor=someone(), now=now())
        elif row is not None:
            returning.correct(row, form.came(), actor=someone(), now=now())
    except DomainError as error:
        return _wrong(case_id, error, "form", form)
    return _back(case_id, _("Đã ghi việc về nước."))


def _row(case_id: int) -> Homecoming:
    _case(case_id, lock=True)
    return get_or_404(select(Homecoming).where(Homecoming.case_id == case_id))


@bp.post("/cases/<int:case_id>/return/<any(residence,liquidated):what>")
@allow(*CASE_STAFF)
def after_return(case_id: int, what: str) -> Any:
    row, form = _row(case_id), DayForm()
    if not form.validate():
        return _page(row.case, day_form=form, failed=what), 422
    done = returning.residence_noticed if what == "residence" else returning.liquidated
    day: dt.date = form.day.data
    try:
        done(row, day, actor=someone(), now=now())
    except DomainError as error:
        return _wrong(case_id, error, "day_form", form, failed=what)
    return _back(case_id, _("Đã ghi."))


@bp.post("/cases/<int:case_id>/return/refund")
@allow(*CASE_STAFF)
def claim_refund(case_id: int) -> Any:
    returning.claim_refund(_row(case_id), actor=someone(), now=now())
    return _back(case_id, _("Đã ghi: Trung tâm yêu cầu trả lại tiền."))


@bp.post("/cases/<int:case_id>/return/refund/paid")
@allow(*CASE_STAFF)
def refund_paid(case_id: int) -> Any:
    row, form = _row(case_id), PaidForm()
    if row.claim is None:
        abort(404)
    if not form.validate():
        return _page(row.case, paid_form=form), 422
    try:
        returning.refund_paid(row.claim, form.day.data, form.amount.data, actor=someone(), now=now())
    except DomainError as error:
        return _wrong(case_id, error, "paid_form", form)
    return _back(case_id, _("Đã ghi số tiền đã nhận."))


@bp.get("/cases/<int:case_id>/learned")
@allow(*CASE_STAFF)
def learned(case_id: int) -> Any:
    row = get_or_404(select(Homecoming).where(Homecoming.case_id == case_id))
    return render_template("overseas/learned.html", case=row.case, form=learned_form(row), own=False)


def learned_form(row: Homecoming) -> LearnedForm:
    kept = brought_home.brought_home_of(row.case)
    first = brought_home.proposed(row.case, row)
    code = kept.occupation_code if kept is not None else first.occupation_code
    paper, points = paper_value(kept)
    known = {
        "occupation": (kept.title if kept is not None else first.title) or occupations.name(code),
        "code": code or "",
        "months": kept.months if kept is not None else first.months,
        "skills_text": kept.skills_text if kept is not None else "",
        "paper": paper,
        "points": points,
    }
    return LearnedForm(formdata=None, data=known)


@bp.post("/cases/<int:case_id>/learned")
@allow(*CASE_STAFF)
def save_learned(case_id: int) -> Any:
    row, form = _row(case_id), LearnedForm()
    try:
        if not form.validate():
            return render_template("overseas/learned.html", case=row.case, form=form, own=False), 422
        brought_home.tell_learned(row.case, row, form.learned(), actor=someone(), now=now())
    except DomainError as error:
        db.session.rollback()
        form.put_error(error)
        page = render_template("overseas/learned.html", case=_case(case_id), form=form, own=False)
        return page, error.status
    return _back(case_id, _("Đã ghi. Đọc lại cho người đó nghe rồi mới đưa vào hồ sơ tìm việc."))


@bp.post("/cases/<int:case_id>/learned/confirm")
@allow(*CASE_STAFF)
def confirm_learned(case_id: int) -> Any:
    """The person has said yes to a member of staff."""
    row, form = _row(case_id), ConfirmForm()
    kept = get_or_404(select(BroughtHome).where(BroughtHome.case_id == case_id).with_for_update())
    if not form.validate():
        return _page(row.case, confirm_form=form), 422
    brought_home.confirm(kept, ConsentChannel(form.channel.data), actor=someone(), now=now())
    return _back(case_id, _("Đã đưa vào hồ sơ tìm việc. Người này có trong danh sách cho việc trong nước."))
