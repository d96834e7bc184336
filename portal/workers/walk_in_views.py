"""Registering a person at the desk: one dense page, in the order in which one asks, by keyboard."""

import datetime as dt
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.reference.education import education_choices
from portal.reference.national_id import check_national_id
from portal.web.access import allow
from portal.web.fields import Longest, MoneyField, Needed, PhoneField
from portal.workers import operations
from portal.workers.blueprint import bp, someone
from portal.workers.consent_pages import ASKED, ConsentsForm
from portal.workers.duplicates import REASONS, Likely, likely_same
from portal.workers.identity import worker_with_id
from portal.workers.staff_views import claim_slip
from portal.workers.states import ConsentChannel
from portal.workers.step_forms import BirthField, Boxes, CanForm, WhereForm, WhoForm
from portal.workers.step_pages import LIST_STEPS, Unclear, commune_found, who_values
from portal.workers.steps import missing_in

JOBS = 3
WANTS = (
    ("wants_home", _l("Gần nhà")),
    ("wants_other_provinces", _l("Tỉnh khác")),
    ("wants_abroad", _l("Nước ngoài")),
)


class WalkInForm(WhoForm, ConsentsForm):
    full_name = StringField(_l("Họ và tên"), [Needed(_l("Hãy ghi họ và tên.")), Longest(120)])
    birth = BirthField(_l("Ngày hoặc năm sinh"), [Needed(_l("Hãy ghi ngày sinh hoặc năm sinh."))])
    phone = PhoneField(_l("Số điện thoại"))
    national_id = StringField(_l("Số căn cước, khi cần lập giấy"), [Longest(30)])
    education_code = SelectField(_l("Học đến"))
    wants = Boxes(_l("Muốn làm ở đâu"), choices=list(WANTS))
    wage_min = MoneyField(_l("Tiền công một tháng, ít nhất"))
    guardian_name = StringField(_l("Cha, mẹ hoặc người giám hộ"), [Longest(120)])
    guardian_phone = PhoneField(_l("Điện thoại người giám hộ"))
    guardian_consents = BooleanField(_l("Người giám hộ có mặt và đồng ý"))
    channel = RadioField(_l("Hỏi bằng cách nào"), default=ConsentChannel.DESK.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.education_code.choices = [("", _l("Chưa hỏi")), *education_choices()]
        self.channel.choices = [pair for pair in ConsentChannel.pairs() if pair[0] != ConsentChannel.ONLINE]


@bp.route("/workers/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def walk_in() -> Any:
    form, where = WalkInForm(), WhereForm(prefix="where-")
    jobs = [CanForm(prefix=f"job{number}-") for number in range(1, JOBS + 1)]
    for job in jobs:
        job.words.label.text = _("Việc")
        job.words.description = ""
    where.commune.description = ""
    likely: list[Likely] = []
    # Every part is checked, so that all that is wrong is said at once.
    valid = [part.validate_on_submit() for part in (form, where, *jobs)]
    if all(valid):
        try:
            values = _values(form, where, jobs)
            likely = _likely(form, values)
            if not likely or "anyway" in request.form:
                return _save(form, values)
            db.session.rollback()
        except Unclear:
            db.session.rollback()
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template(
        "workers/walk_in.html", form=form, where=where, jobs=jobs, likely=likely, reasons=REASONS, asked=ASKED
    )
    return page, 422 if any(one.errors for one in (form, where, *jobs)) else 200


def _values(form: WalkInForm, where: WhereForm, jobs: list[CanForm]) -> dict[str, dict[str, Any]]:
    """By step. Every place and job that is unclear shows its choices at once, not one after another."""
    unclear = False
    commune = None
    if where.commune.data:
        try:
            commune = commune_found(where, where.commune.data)
        except DomainError as error:
            where.put_error(error)
        unclear = commune is None
    rows = []
    for job in jobs:
        try:
            row = LIST_STEPS["can"].row(job)
            rows += [row] if row is not None else []
        except Unclear:
            unclear = True
        except DomainError as error:
            job.put_error(error)
            unclear = True
    if unclear:
        raise Unclear
    return {
        "who": who_values(form),
        "guardian": {
            "guardian_name": form.guardian_name.data,
            "guardian_phone": form.guardian_phone.data,
            "guardian_consents": form.guardian_consents.data,
        },
        "where": {"commune_code": commune, "address_line": where.address_line.data},
        "can": {"occupations": rows},
        "want": _wants(form),
        "schooling": {"education_code": form.education_code.data},
    }


def _wants(form: WalkInForm) -> dict[str, Any]:
    """Nothing ticked is a question that was not put, not three times no."""
    chosen = form.wants.data or []
    wants: dict[str, Any] = {name: name in chosen for name, _label in WANTS} if chosen else {}
    return {**wants, "wage_min": form.wage_min.data}


def _likely(form: WalkInForm, values: dict[str, dict[str, Any]]) -> list[Likely]:
    who = values["who"]
    found = likely_same(
        who["full_name"],
        who["birth_date"],
        who["birth_year"],
        who["phone"],
        values["where"]["commune_code"],
    )
    number = check_national_id(form.national_id.data).number if form.national_id.data else None
    same = worker_with_id(number) if number is not None else None
    if same is not None:
        found = [one for one in found if one.worker.id != same.id]
        found.insert(0, Likely(same, ["national_id"]))
    return found


def _save(form: WalkInForm, values: dict[str, dict[str, Any]]) -> Any:
    account = someone()
    moment: dt.datetime = now()
    worker = operations.register_walk_in(
        values,
        consents=form.given(),
        channel=ConsentChannel(form.channel.data),
        actor=account,
        now=moment,
    )
    warnings: list[str] = []
    if form.national_id.data:
        warnings = operations.give_national_id(worker, form.national_id.data, actor=account, now=moment)
    code = operations.make_claim_code(worker, actor=account, now=moment)
    db.session.commit()
    for warning in warnings:
        flash(warning, "warn")
    return claim_slip(worker, code, missing_in(worker, today()))
