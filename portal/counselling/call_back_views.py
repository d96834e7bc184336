""" "Call me back" for everybody, and the calls that wait, for the centre's case staff."""

import datetime as dt
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.access.throttle import TooManyTries, take_try
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.counselling import call_backs
from portal.counselling.blueprint import bp, public_bp
from portal.counselling.call_back_forms import CallBackFilter, CallMeForm
from portal.counselling.call_backs import CallBacks, Wish
from portal.counselling.models import CallBack
from portal.counselling.states import BestHour, ForWhom
from portal.errors import DomainError, Invalid
from portal.extensions import db
from portal.reference.places import places
from portal.web.access import PUBLIC, allow, get_or_404
from portal.web.lists import paginate
from portal.web.transactions import write_transaction
from portal.workers.blueprint import actor, someone
from portal.workers.models import Worker
from portal.workers.queries import worker_of
from portal.workers.step_pages import Unclear, commune_found

CALLED_BY = "called_by"


@public_bp.route("/call-me", methods=["GET", "POST"])
@allow(PUBLIC)
def ask() -> Any:
    account = actor()
    worker = worker_of(account)
    form = CallMeForm(data=_known(worker))
    status = 200
    if form.validate_on_submit():
        try:
            wish = _wish(form)
            take_try("call_back", request.remote_addr, name=wish.phone, now=now())
            asked = call_backs.ask_call_back(wish, worker=worker, actor=account, now=now())
            # A call that is late already is made today.
            due_on = max(asked.due_on, today())
            db.session.commit()
            session[CALLED_BY] = due_on.isoformat()
            return redirect(url_for("call_me.asked"))
        except Unclear:
            db.session.rollback()
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            status = 429 if isinstance(error, TooManyTries) else 422
    page = render_template("counselling/call_me.html", form=form, for_staff=_for_staff(account))
    return page, (422 if form.errors and status == 200 else status)


def _known(worker: Worker | None) -> dict[str, Any]:
    if worker is None:
        return {}
    commune = places().name(worker.commune_code) if worker.commune_code else ""
    known = {"name": worker.full_name, "phone": worker.phone, "commune": commune}
    return known | {"code": worker.commune_code or ""}


def _for_staff(account: Account | None) -> bool:
    return account is not None and account.role is not Role.SEEKER


def _wish(form: CallMeForm) -> Wish:
    commune = None
    if form.commune.data:
        try:
            commune = commune_found(form, form.commune.data)
        except Invalid as error:
            hint = _("Không rõ thì để trống.")
            raise Invalid(f"{error.sentence} {hint}", field="commune") from error
        if commune is None:
            raise Unclear
    return Wish(
        name=form.name.data or "",
        phone=form.phone.data or "",
        commune_code=commune,
        best_hour=BestHour(form.best_hour.data),
        for_whom=ForWhom(form.for_whom.data),
        about_name=form.about_name.data or "",
    )


@public_bp.get("/call-me/asked")
@allow(PUBLIC)
def asked() -> Any:
    """The day stands in the browser that asked: the page tells nothing to anybody else."""
    kept = session.get(CALLED_BY)
    if kept is None:
        return redirect(url_for("call_me.ask"))
    return render_template("counselling/call_me_asked.html", call_by=dt.date.fromisoformat(kept))


@bp.get("/call-backs")
@allow(*CASE_STAFF)
def call_backs_due() -> Any:
    form = CallBackFilter(request.args)
    account = someone()
    mine = form.whose.data != "all"
    shown = CallBacks().visible_to(account).open()
    if mine:
        shown = shown.owned_by(account)
    if form.late.data == "late":
        shown = shown.overdue(today())
    page = paginate(shown.with_list_data().by_due_date().query, per_page=30)
    answer = render_template(
        "counselling/call_backs.html",
        form=form,
        page=page,
        mine=mine,
        day=today(),
        ForWhom=ForWhom,
        may_give_up=lambda row: call_backs.may_give_up(row, account),
        account=account,
    )
    _note_looks([row.worker_id for row in page.items if row.worker_id is not None])
    return answer


def _note_looks(worker_ids: list[int]) -> None:
    """Once the page is drawn; names and numbers of people with a profile were shown."""
    if not worker_ids:
        return
    with write_transaction():
        for worker_id in sorted(set(worker_ids)):
            record("looked", Worker(id=worker_id), actor=someone(), now=now(), part="call_back")


def _open_one(call_back_id: int) -> CallBack:
    return get_or_404(CallBacks().visible_to(someone()).by_id(call_back_id).locked().query)


@bp.post("/call-backs/<int:call_back_id>/not-reached")
@allow(*CASE_STAFF)
def not_reached(call_back_id: int) -> Any:
    call_back = _open_one(call_back_id)
    call_backs.note_try(call_back, reached=False, actor=someone(), now=now())
    tries, again = call_back.tries, call_back.due_on
    db.session.commit()
    said = ngettext("Đã ghi: gọi %(num)s lần chưa được.", "Đã ghi: gọi %(num)s lần chưa được.", tries)
    by = _("Gọi lại trễ nhất ngày %(day)s.", day=again.strftime("%d/%m/%Y"))
    flash(f"{said} {by}", "good")
    return redirect(_back())


@bp.post("/call-backs/<int:call_back_id>/take")
@allow(*CASE_STAFF)
def take(call_back_id: int) -> Any:
    call_backs.take(_open_one(call_back_id), actor=someone(), now=now())
    db.session.commit()
    flash(_("Yêu cầu này nay do bạn lo."), "good")
    return redirect(_back())


@bp.post("/call-backs/<int:call_back_id>/give-up")
@allow(*CASE_STAFF)
def give_up(call_back_id: int) -> Any:
    call_backs.give_up(_open_one(call_back_id), actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã kết thúc: gọi nhiều lần không được. Người này muốn thì nhờ gọi lại được."), "good")
    return redirect(_back())


def _back() -> str:
    """To the list one came from: one's own, or everybody's."""
    whose = "all" if request.form.get("whose") == "all" else "mine"
    return url_for("counselling.call_backs_due", whose=whose)
