"""Who is in a class, the roll of a day, the results: the whole class on one screen each."""

import datetime as dt
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now, today
from portal.courses import operations
from portal.courses.blueprint import bp
from portal.courses.class_views import class_or_404
from portal.courses.forms import DayForm, EnrolForm, LeaveForm, PlainForm
from portal.courses.models import CourseClass, Enrolment
from portal.courses.permissions import TEACHERS
from portal.courses.queries import Learner, day_of, days_held, enrolments_of, learners_of, present_on
from portal.courses.results import Outcome, record_results
from portal.courses.rules import day_problem
from portal.courses.states import CourseResult, LeavingReason
from portal.errors import DomainError
from portal.extensions import db
from portal.organisations.states import OrganisationKind
from portal.reference.places import places
from portal.web.access import allow, get_or_404
from portal.web.fields import read_date
from portal.workers.blueprint import own_worker, someone
from portal.workers.models import Worker
from portal.workers.queries import Workers

MOST_FOUND = 8


@bp.route("/classes/<int:class_id>/enrol", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def enrol(class_id: int) -> Any:
    course_class, form = class_or_404(class_id), EnrolForm()
    found = _search(form) if request.method == "POST" else []
    looked_up = bool(form.who.data) and form.asked.data == form.who.data
    if form.validate_on_submit() and looked_up and "find" not in request.form:
        chosen = {str(one.id): one for one in found}.get(form.person.data or "")
        try:
            if chosen is None:
                form.person.errors = [_("Hãy chọn một người.")]
            else:
                operations.enrol(
                    course_class, chosen, may_be_told=bool(form.may_be_told.data), actor=someone(), now=now()
                )
                db.session.commit()
                flash(_("Đã ghi tên vào lớp."), "good")
                return redirect(url_for("courses.enrol", class_id=course_class.id))
        except DomainError as error:
            form.put_error(error)
    form.asked.data = form.who.data
    answer = render_template(
        "courses/enrol.html",
        form=form,
        course_class=course_class,
        asks=course_class.course.organisation.kind is not OrganisationKind.CENTRE,
        searched=request.method == "POST" and bool(form.who.data),
        found=found,
    )
    return answer, 422 if form.errors else 200


def _search(form: EnrolForm) -> list[Worker]:
    """By POST only: a name does not stand in an address."""
    if not form.who.data:
        return []
    people = Workers().visible_to(someone()).live().search(form.who.data).by_name()
    found = list(db.session.scalars(people.query.limit(MOST_FOUND)))
    form.person.choices = [(str(one.id), _told_apart(one)) for one in found]
    if len(found) == 1 and not form.person.data:
        form.person.data = str(found[0].id)
    return found


def _told_apart(worker: Worker) -> str:
    facts = [worker.birth_year, places().name(worker.commune_code), worker.phone]
    return ", ".join([worker.full_name or _("(chưa ghi tên)"), *[str(fact) for fact in facts if fact]])


@bp.route("/classes/<int:class_id>/people/<int:enrolment_id>/leave", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def leave(class_id: int, enrolment_id: int) -> Any:
    course_class = class_or_404(class_id)
    enrolment = get_or_404(
        select(Enrolment).where(Enrolment.id == enrolment_id, Enrolment.class_id == course_class.id)
    )
    form = LeaveForm(data={"left_on": today()})
    if form.validate_on_submit():
        reason = LeavingReason(form.reason.data)
        try:
            operations.leave(enrolment, reason, form.left_on.data, actor=someone(), now=now())
            db.session.commit()
            flash(_("Đã ghi là thôi học. Những ngày đã học vẫn được tính."), "good")
            return redirect(url_for("courses.view", class_id=course_class.id))
        except DomainError as error:
            if error.field is None:
                raise
            form.put_error(error)
    answer = render_template("courses/leave.html", form=form, course_class=course_class, enrolment=enrolment)
    return answer, 422 if form.errors else 200


@bp.get("/classes/<int:class_id>/days")
@allow(*TEACHERS)
def choose_day(class_id: int) -> Any:
    course_class, form = class_or_404(class_id), DayForm(request.args)
    if not form.validate():
        flash(str(form.day.errors[0]), "stop")
        return redirect(url_for("courses.view", class_id=course_class.id))
    return redirect(url_for("courses.roll", class_id=course_class.id, day=form.day.data.isoformat()))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        abort(404)


@bp.route("/classes/<int:class_id>/days/<day>", methods=["GET", "POST"])
@allow(*TEACHERS)
def roll(class_id: int, day: str) -> Any:
    course_class, on, form = class_or_404(class_id), _day(day), PlainForm()
    problem = day_problem(on, course_class.starts_on, course_class.ends_on, today())
    if problem:
        flash(problem, "stop")
        return redirect(url_for("courses.view", class_id=course_class.id))
    if form.validate_on_submit():
        present = {int(one) for one in request.form.getlist("present") if one.isdecimal() and len(one) < 12}
        operations.call_roll(course_class, on, present, actor=someone(), now=now())
        db.session.commit()
        flash(_("Đã lưu điểm danh ngày %(day)s.", day=f"{on:%d/%m/%Y}"), "good")
        return redirect(url_for("courses.view", class_id=course_class.id))
    return _roll_page(course_class, on, form)


def _roll_page(course_class: CourseClass, on: dt.date, form: PlainForm) -> Any:
    entered = day_of(course_class, on)
    there = present_on(entered) if entered is not None else None
    members = [
        one
        for one in learners_of(course_class)
        if one.enrolment.left_on is None or one.enrolment.left_on >= on
    ]
    return render_template(
        "courses/roll.html",
        form=form,
        course_class=course_class,
        on=on,
        entered=entered,
        members=members,
        # A new day begins with everybody there: only who is away is ticked off.
        present=there if there is not None else {one.enrolment.id for one in members},
    )


@bp.post("/classes/<int:class_id>/days/<day>/take-back")
@allow(*TEACHERS)
def take_back_day(class_id: int, day: str) -> Any:
    course_class = class_or_404(class_id)
    class_day = day_of(course_class, _day(day))
    if class_day is None:
        abort(404)
    operations.take_back_day(class_day, course_class, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã bỏ ngày này: lớp không học."), "good")
    return redirect(url_for("courses.view", class_id=course_class.id))


@bp.route("/classes/<int:class_id>/results", methods=["GET", "POST"])
@allow(*TEACHERS)
def results(class_id: int) -> Any:
    course_class, form = class_or_404(class_id), PlainForm()
    learners = [one for one in learners_of(course_class) if one.enrolment.left_on is None]
    typed = _typed(learners)
    errors: dict[str, str] = {}
    if form.validate_on_submit():
        outcomes, errors = _read(learners, typed)
        try:
            if not errors:
                record_results(course_class, outcomes, actor=someone(), now=now())
                db.session.commit()
                flash(_("Đã lưu kết quả."), "good")
                return redirect(url_for("courses.view", class_id=course_class.id))
        except DomainError as error:
            if error.field is None:
                raise
            db.session.rollback()
            course_class, errors = class_or_404(class_id), {error.field: str(error.sentence)}
            learners = [one for one in learners_of(course_class) if one.enrolment.left_on is None]
    answer = render_template(
        "courses/results.html",
        form=form,
        course_class=course_class,
        learners=learners,
        held=len(days_held(course_class)),
        typed=typed,
        errors=errors,
        CourseResult=CourseResult,
    )
    return answer, 422 if errors else 200


def _typed(learners: list[Learner]) -> dict[str, str]:
    """What stands in the fields: what was typed, else what is known."""
    if request.method == "POST":
        typed = {name: value.strip()[:100] for name, value in request.form.items()}
        # One tick for a whole class that passed; who did not was said before.
        if typed.get("rest") == CourseResult.PASSED.value:
            open_ones = [f"result-{one.enrolment.id}" for one in learners]
            typed |= {name: CourseResult.PASSED.value for name in open_ones if not typed.get(name)}
        return typed
    known: dict[str, str] = {}
    for one in learners:
        row = one.enrolment
        known[f"result-{row.id}"] = row.result.value if row.result else ""
        known[f"number-{row.id}"] = row.certificate_number or ""
        known[f"on-{row.id}"] = f"{row.certified_on:%d/%m/%Y}" if row.certified_on else ""
    return known


def _read(learners: list[Learner], typed: dict[str, str]) -> tuple[dict[int, Outcome], dict[str, str]]:
    """One date typed on top serves everybody with a number and no date of their own."""
    outcomes: dict[int, Outcome] = {}
    errors: dict[str, str] = {}
    common = _date(typed.get("on", ""), "on", errors)
    for one in learners:
        key = one.enrolment.id
        said, number = typed.get(f"result-{key}", ""), typed.get(f"number-{key}", "")
        result = CourseResult(said) if said in CourseResult.values() else None
        if len(number) > 60:
            errors[f"number-{key}"] = _("Mục này dài quá. Nhiều nhất là %(n)s chữ.", n=60)
        own = _date(typed.get(f"on-{key}", ""), f"on-{key}", errors)
        outcomes[key] = Outcome(result, number, own or (common if number else None))
    return outcomes, errors


def _date(text: str, field: str, errors: dict[str, str]) -> dt.date | None:
    if not text:
        return None
    try:
        return read_date(text)
    except ValueError as error:
        errors[field] = str(error)
        return None


@bp.get("/mine")
@allow(Role.SEEKER)
def mine() -> Any:
    worker = own_worker()
    rows = enrolments_of(worker) if worker is not None else []
    return render_template("courses/mine.html", rows=rows, day=today(), place_of=places().name)
