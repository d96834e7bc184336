"""Courses and classes: the list, one class, new ones, putting one right, closing it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import Role
from portal.common.clock import now, today
from portal.courses import operations
from portal.courses.blueprint import bp
from portal.courses.forms import ClassFilter, ClassForm, CourseForm, DayForm, ReopenForm
from portal.courses.models import Course, CourseClass
from portal.courses.permissions import GIVERS, TEACHERS, may_enrol, may_reopen
from portal.courses.queries import Classes, Courses, days_held, learners_of, people_in
from portal.courses.rules import is_too_short, prescribed_periods
from portal.courses.states import CourseKind
from portal.errors import DomainError
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.organisations.queries import Organisations
from portal.reference.places import places
from portal.reference.rules import of_day
from portal.web.access import allow, get_or_404
from portal.web.downloads import csv_response
from portal.web.lists import paginate
from portal.workers.blueprint import someone

DAY = "%d/%m/%Y"


def class_or_404(class_id: int) -> CourseClass:
    """Locked where the request is going to change it."""
    shown = Classes().visible_to(someone()).by_id(class_id).with_course()
    return get_or_404((shown.locked() if request.method == "POST" else shown).query)


@bp.get("", endpoint="list")
@allow(*TEACHERS)
def class_list() -> Any:
    form, day = ClassFilter(request.args), today()
    shown = Classes().visible_to(someone())
    if form.kind.data in CourseKind.values():
        shown = shown.of_kind(CourseKind(form.kind.data))
    when = form.when.data
    if when == "coming":
        shown = shown.coming(day)
    elif when == "ended":
        shown = shown.ended(day)
    elif when != "all":
        shown = shown.not_over(day)
    page = paginate(shown.with_course().newest_first().query)
    people = people_in([one.id for one in page.items])
    return render_template("courses/list.html", form=form, page=page, people=people, day=day)


def _organisations() -> list[Organisation]:
    shown = Organisations().visible_to(someone()).of_kind(*GIVERS).open().in_order()
    return list(db.session.scalars(shown.query))


@bp.route("/courses/new", methods=["GET", "POST"])
@allow(*TEACHERS)
def new_course() -> Any:
    organisations = _organisations()
    form = CourseForm(organisations=[(str(one.id), one.name) for one in organisations])
    rule = prescribed_periods(CourseKind.ORIENTATION, of_day(db.session, today()))
    if form.validate_on_submit():
        organisation = next(one for one in organisations if str(one.id) == form.organisation.data)
        course = operations.add_course(
            organisation,
            CourseKind(form.kind.data),
            form.name.data or "",
            form.periods.data,
            actor=someone(),
            now=now(),
        )
        db.session.commit()
        flash(_("Đã thêm khóa học."), "good")
        if course.kind is CourseKind.ORIENTATION and is_too_short(course.periods, rule):
            flash(_("Khóa này ngắn hơn %(n)s tiết (số này chưa kiểm chứng).", n=rule.value), "warn")  # type: ignore[union-attr]
        return redirect(url_for("courses.new_class", course=course.id))
    answer = render_template("courses/course_new.html", form=form, rule=rule)
    return answer, 422 if form.errors else 200


def _courses() -> list[Course]:
    return list(db.session.scalars(Courses().visible_to(someone()).by_name().query))


def _class_form(courses: list[Course], **given: Any) -> ClassForm:
    pairs = [(str(one.id), f"{one.name} ({one.organisation.name})") for one in courses]
    return ClassForm(courses=pairs, **given)


@bp.route("/classes/new", methods=["GET", "POST"])
@allow(*TEACHERS)
def new_class() -> Any:
    courses = _courses()
    form = _class_form(courses, data={"course": request.args.get("course"), "capacity": 30})
    if form.validate_on_submit():
        course = next(one for one in courses if str(one.id) == form.course.data)
        try:
            made = operations.add_class(course, form.facts(), actor=someone(), now=now())
            db.session.commit()
            return redirect(url_for("courses.view", class_id=made.id))
        except DomainError as error:
            form.put_error(error)
    answer = render_template("courses/class_form.html", form=form, course_class=None)
    return answer, 422 if form.errors else 200


@bp.route("/classes/<int:class_id>/edit", methods=["GET", "POST"])
@allow(*TEACHERS)
def edit(class_id: int) -> Any:
    course_class = class_or_404(class_id)
    known = {"course": str(course_class.course_id), "commune": places().name(course_class.commune_code)}
    form = _class_form([course_class.course], obj=course_class, data=known)
    if form.validate_on_submit():
        try:
            operations.change_class(course_class, form.facts(), actor=someone(), now=now())
            db.session.commit()
            flash(_("Đã sửa lớp."), "good")
            return redirect(url_for("courses.view", class_id=course_class.id))
        except DomainError as error:
            form.put_error(error)
    answer = render_template("courses/class_form.html", form=form, course_class=course_class)
    return answer, 422 if form.errors else 200


@bp.get("/classes/<int:class_id>")
@allow(*TEACHERS)
def view(class_id: int) -> Any:
    course_class, account = class_or_404(class_id), someone()
    learners = learners_of(course_class)
    return render_template(
        "courses/view.html",
        course_class=course_class,
        learners=learners,
        here=[one for one in learners if one.enrolment.left_on is None],
        days=days_held(course_class),
        day=today(),
        day_form=DayForm(formdata=None),
        may_enrol=may_enrol(account),
        may_reopen=may_reopen(account),
        reopen_form=ReopenForm(formdata=None),
        is_college=account.role is Role.COLLEGE,
        place=places().name(course_class.commune_code),
    )


@bp.get("/classes/<int:class_id>.csv")
@allow(*TEACHERS)
def class_csv(class_id: int) -> Any:
    """What the page shows, by the number of the profile: names do not leave the portal in a sheet."""
    course_class = class_or_404(class_id)
    held = len(days_held(course_class))
    header = [_("Số hồ sơ"), _("Số ngày có mặt"), _("Số ngày đã học"), _("Kết quả"), _("Số giấy chứng nhận"),
              _("Có giá trị đến")]  # fmt: skip
    rows = [
        [
            one.enrolment.worker_id,
            one.days,
            held,
            str(one.enrolment.result.label) if one.enrolment.result else "",
            one.enrolment.certificate_number or "",
            one.enrolment.valid_to.strftime(DAY) if one.enrolment.valid_to else "",
        ]
        for one in learners_of(course_class)
    ]
    return csv_response(f"lop-{course_class.id}.csv", header, rows)


@bp.post("/classes/<int:class_id>/settle")
@allow(*TEACHERS)
def settle(class_id: int) -> Any:
    course_class = class_or_404(class_id)
    operations.settle(course_class, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã chốt lớp."), "good")
    return redirect(url_for("courses.view", class_id=course_class.id))


@bp.post("/classes/<int:class_id>/reopen")
@allow(Role.LEADER)
def reopen(class_id: int) -> Any:
    course_class, form = class_or_404(class_id), ReopenForm()
    operations.reopen(course_class, reason=form.reason.data or "", actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã mở lại lớp."), "good")
    return redirect(url_for("courses.view", class_id=course_class.id))
