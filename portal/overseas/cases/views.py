"""The desk: all cases by their clocks, one case, opening one, its plan and its consent for abroad."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.models import Opening
from portal.overseas.abroad.incidents import Incidents
from portal.overseas.abroad.looks import note_look
from portal.overseas.cases import operations as ops
from portal.overseas.cases import receiver_consents
from portal.overseas.cases.aims import EARLY
from portal.overseas.cases.batch import ACTIONS
from portal.overseas.cases.blueprint import bp
from portal.overseas.cases.choices import (
    aim_choices,
    aim_of,
    opening_choices,
    programme_choices,
    programme_name,
    with_programme,
)
from portal.overseas.cases.clocks import last_day, waiting_clock
from portal.overseas.cases.forms import (
    PREPARING,
    CaseFilter,
    DeskReceiverForm,
    HandOverForm,
    OpenForm,
    PlanForm,
)
from portal.overseas.cases.history import history_of
from portal.overseas.cases.queries import (
    Cases,
    advisers,
    case_of_referral,
    classes_with_cases,
    owns_running,
    papers_waiting,
    programmes_with_cases,
    senders_with_cases,
)
from portal.overseas.cases.receiver_consents import consents_of, receiver_of, sendings_of, standing_consent
from portal.overseas.cases.showing import facts_shown, next_steps, papers_table
from portal.overseas.cases.states import BEFORE_DEPARTURE, RUNNING, STAGE_WORDS, TONES
from portal.overseas.cases.step_views import actor, visible
from portal.overseas.models import OverseasCase, Programme
from portal.overseas.states import CaseState
from portal.referrals.queries import Referrals
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate
from portal.web.row_numbers import may_be_row
from portal.workers.queries import Workers
from portal.workers.states import ConsentChannel


def clock_of(case: OverseasCase) -> Any:
    running = case.departed_on is None and case.state is not CaseState.ENDED
    if not running:
        return None
    return waiting_clock(
        case.selected_on, case.depart_by, on=today(), warn_left=current_app.config["CASE_WARN_DAYS_LEFT"]
    )


@bp.get("/cases", endpoint="list")
@allow(*CASE_STAFF)
def case_list() -> Any:
    form = _filter()
    page = paginate(_filtered(form).with_list_data().by_clock().query, per_page=50)
    return render_template(
        "overseas/case_list.html",
        form=form,
        page=page,
        mine=form.whose.data != "all",
        waiting=papers_waiting(case.id for case in page.items),
        clock_of=clock_of,
        tones=TONES,
        actions=ACTIONS,
        day=today(),
    )


def _filter() -> CaseFilter:
    form = CaseFilter(request.args)
    form.programme.choices = [
        (0, _("Mọi chương trình")),
        *((p.id, programme_name(p)) for p in programmes_with_cases()),
    ]
    form.sender.choices = [(0, _("Mọi bên đưa đi")), *((s.id, s.name) for s in senders_with_cases())]
    form.course_class.choices = [(0, _("Mọi lớp")), *((c.id, c.name) for c in classes_with_cases())]
    if "whose" not in request.args and not owns_running(current_user):
        form.whose.data = "all"
    return form


def _filtered(form: CaseFilter) -> Cases:
    shown = Cases().visible_to(current_user)
    if form.state.data in CaseState.values():
        shown = shown.in_state(CaseState(form.state.data))
    elif form.state.data == PREPARING:
        shown = shown.before_departure()
    else:
        shown = shown.running()
    if form.whose.data != "all":
        shown = shown.looked_after_by(current_user)
    if form.q.data:
        shown = shown.named(form.q.data)
    if form.programme.data and may_be_row(form.programme.data):
        shown = shown.of_programme(form.programme.data)
    if form.sender.data and may_be_row(form.sender.data):
        shown = shown.of_sender(form.sender.data)
    if form.course_class.data and may_be_row(form.course_class.data):
        shown = shown.in_class(form.course_class.data)
    if form.flight.data:
        shown = shown.on_flight(ops.tidy_flight(form.flight.data))
    return _by_clock(shown, form.clock.data)


def _by_clock(shown: Cases, asked: str) -> Cases:
    warned = last_day(today(), current_app.config["CASE_WARN_DAYS_LEFT"])
    narrowed = {
        "warn": lambda: shown.to_leave_by(warned),
        "late": lambda: shown.to_leave_by(last_day(today(), -1)),
        "papers": shown.with_papers_waiting,
        "lapsing": lambda: shown.with_papers_lapsing(today()),
    }
    return narrowed[asked]() if asked in narrowed else shown


@bp.get("/cases/<int:case_id>")
@allow(*CASE_STAFF)
def view(case_id: int) -> Any:
    case = visible(case_id)
    page = _page(case)
    note_look(case_id)
    return page


def _page(
    case: OverseasCase, plan_form: Any = None, receiver_form: Any = None, hand_over_form: Any = None
) -> Any:
    steps = next_steps(case, today())
    open_incidents = Incidents().visible_to(current_user).concerning(case).open()
    return render_template(
        "overseas/case_view.html",
        case=case,
        clock=clock_of(case),
        steps=steps,
        incidents=list(db.session.scalars(open_incidents.by_urgency().query)),
        papers=papers_table(case, today()),
        consent=standing_consent(case),
        consents=consents_of(case),
        sendings=sendings_of(case),
        receiver_form=receiver_form or _receiver_form(case),
        plan_form=plan_form or _plan_form(case),
        hand_over_form=hand_over_form or _hand_over_form(case),
        consent_sentence=receiver_consents.sentence(receiver_of(case) or "…", case.country or "…"),
        named=bool(receiver_of(case) and case.country),
        history=history_of(case),
        facts=facts_shown(case),
        tones=TONES,
        words=STAGE_WORDS,
        day=today(),
        ended=case.state is CaseState.ENDED,
        takes_papers=case.state in RUNNING,
        asks_receiver=case.state in BEFORE_DEPARTURE,
    )


def _receiver_form(case: OverseasCase) -> DeskReceiverForm:
    form = DeskReceiverForm()
    if not form.is_submitted():
        form.receiver.data, form.country.data = receiver_of(case), case.country or ""
    return form


def _plan_form(case: OverseasCase) -> PlanForm:
    form = PlanForm()
    form.opening.choices = opening_choices(case, today())
    if not form.is_submitted():
        form.planned_departure.data, form.flight.data = case.planned_departure, case.flight
        form.opening.data = case.opening_id or 0
    may_choose = case.programme_id is None and case.state in EARLY
    form.programme.choices = programme_choices(today(), case.country) if may_choose else []
    return form


def _hand_over_form(case: OverseasCase) -> HandOverForm:
    form = HandOverForm()
    form.to.choices = [(one.id, one.display_name) for one in advisers()]
    if not form.is_submitted():
        form.to.data = case.adviser_id
    return form


@bp.route("/workers/<int:worker_id>/cases/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def new(worker_id: int) -> Any:
    """`?aim=` where the person has chosen already."""
    worker = get_or_404(Workers().visible_to(current_user).by_id(worker_id).with_profile_data().query)
    form = OpenForm()
    choices = aim_choices(worker, today())
    form.aim.choices = {"": [("", _("Chọn"))], **choices}
    form.programme.choices = programme_choices(today())
    if request.method == "GET":
        form.aim.data = request.args.get("aim", "")
        if form.aim.data and all(form.aim.data not in dict(group) for group in choices.values()):
            flash(_("Giới thiệu hoặc đường đi này đã dừng. Hãy chọn đường khác."), "warn")
    if form.validate_on_submit():
        try:
            aim = with_programme(aim_of(form.aim.data, worker), form.programme.data)
            case = ops.open_case(
                worker, aim, planned_departure=form.planned_departure.data, actor=actor(), now=now()
            )
            db.session.commit()
            flash(_("Đã mở hồ sơ đi làm việc ở nước ngoài."), "good")
            return redirect(url_for("cases.view", case_id=case.id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template("overseas/case_new.html", worker=worker, form=form, choices=choices)
    return page, 422 if form.errors else 200


@bp.get("/referrals/<int:referral_id>/case")
@allow(*CASE_STAFF)
def of_referral(referral_id: int) -> Any:
    """The case that grew out of this referral, else the page to open one."""
    referral = get_or_404(Referrals().visible_to(current_user).by_id(referral_id).query)
    case = case_of_referral(referral)
    if case is not None:
        return redirect(url_for("cases.view", case_id=case.id))
    return redirect(url_for("cases.new", worker_id=referral.worker_id, aim=f"referral-{referral.id}"))


@bp.post("/cases/<int:case_id>/plan")
@allow(*CASE_STAFF)
def plan(case_id: int) -> Any:
    case = visible(case_id)
    form = _plan_form(case)
    return _changed(case, form, _("Đã ghi kế hoạch."), lambda: ops.plan(
        case, planned_departure=form.planned_departure.data, flight=form.flight.data or "",
        opening=_opening(form.opening.data), programme=_programme(form.programme.data),
        actor=actor(), now=now(),
    ), plan_form=form)  # fmt: skip


def _opening(number: int | None) -> Opening | None:
    return db.session.get(Opening, number) if number and may_be_row(number) else None


def _programme(number: int | None) -> Programme | None:
    return db.session.get(Programme, number) if number and may_be_row(number) else None


@bp.post("/cases/<int:case_id>/hand-over")
@allow(*CASE_STAFF)
def hand_over(case_id: int) -> Any:
    case = visible(case_id)
    form = _hand_over_form(case)

    def run() -> OverseasCase:
        to = db.session.get(Account, form.to.data) if may_be_row(form.to.data or 0) else None
        return ops.hand_over(case, to, actor=actor(), now=now())

    return _changed(case, form, _("Đã giao hồ sơ."), run, hand_over_form=form)


@bp.post("/cases/<int:case_id>/receiver")
@allow(*CASE_STAFF)
def give_consent(case_id: int) -> Any:
    case = visible(case_id)
    form = _receiver_form(case)
    return _changed(case, form, _("Đã ghi: người này đồng ý."), lambda: receiver_consents.give(
        case, form.receiver.data or "", form.country.data or "",
        channel=ConsentChannel(form.channel.data), actor=actor(), now=now(),
    ), receiver_form=form)  # fmt: skip


@bp.post("/cases/<int:case_id>/receiver/withdraw")
@allow(*CASE_STAFF)
def withdraw_consent(case_id: int) -> Any:
    case = visible(case_id)
    receiver_consents.withdraw(case, actor=actor(), now=now())
    db.session.commit()
    flash(_("Đã ghi: người này rút lại. Không gửi thêm gì nữa."), "good")
    return redirect(url_for("cases.view", case_id=case.id))


def _changed(case: OverseasCase, form: Any, done: str, run: Any, **shown: Any) -> Any:
    """Run it and go back to the case; what was typed stays where it could not be done."""
    if form.validate():
        try:
            run()
            db.session.commit()
            flash(done, "good")
            return redirect(url_for("cases.view", case_id=case.id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    return _page(visible(case.id), **shown), 422
