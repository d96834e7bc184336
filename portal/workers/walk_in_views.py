"""Registering a person at the desk: one dense page, in the order in which one asks, by keyboard."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.reference.national_id import check_national_id
from portal.web.access import allow
from portal.workers import operations
from portal.workers.blueprint import bp, someone
from portal.workers.consent_pages import ASKED
from portal.workers.duplicates import REASONS, Likely, likely_same
from portal.workers.identity import worker_with_id
from portal.workers.staff_views import claim_slip
from portal.workers.states import ConsentChannel, IdAbsence
from portal.workers.step_forms import CanForm, WhereForm
from portal.workers.step_pages import LIST_STEPS, Unclear, where_values, who_values
from portal.workers.steps import missing_in
from portal.workers.walk_in_forms import WANTS, WalkInForm, read_scan

JOBS = 3


@bp.route("/workers/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def walk_in() -> Any:
    form, where = WalkInForm(), WhereForm(prefix="where-")
    jobs = [CanForm(prefix=f"job{number}-") for number in range(1, JOBS + 1)]
    for job in jobs:
        job.words.label.text = _("Việc")
        job.words.description = ""
    where.commune.description = ""
    if form.scan.data:
        return _scanned(form, where, jobs)
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
    return _page(form, where, jobs, likely)


def _page(
    form: WalkInForm, where: WhereForm, jobs: list[CanForm], likely: list[Likely], *, scanned: bool = False
) -> Any:
    page = render_template(
        "workers/walk_in.html",
        form=form,
        where=where,
        jobs=jobs,
        likely=likely,
        reasons=REASONS,
        asked=ASKED,
        scanned=scanned,
    )
    return page, 422 if any(one.errors for one in (form, where, *jobs)) else 200


def _scanned(form: WalkInForm, where: WhereForm, jobs: list[CanForm]) -> Any:
    """The page again, filled from the card. Nothing is saved, and the text of the scan is let go."""
    card = read_scan(form, where)
    likely: list[Likely] = []
    if card is not None:
        likely = _with_number(
            likely_same(card.full_name, card.birth_date, card.birth_year, form.phone.data), card.number
        )
    return _page(form, where, jobs, likely, scanned=card is not None)


def _values(form: WalkInForm, where: WhereForm, jobs: list[CanForm]) -> dict[str, dict[str, Any]]:
    """By step. Every place and job that is unclear shows its choices at once, not one after another."""
    unclear = False
    place: Mapping[str, Any] = {}
    try:
        place = where_values(where)
    except Unclear:
        unclear = True
    except DomainError as error:
        where.put_error(error)
        unclear = True
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
        "where": place,
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
    return _with_number(found, form.national_id.data)


def _with_number(found: list[Likely], typed: str | None) -> list[Likely]:
    """Who has this number stands first."""
    number = check_national_id(typed).number if typed else None
    same = worker_with_id(number) if number is not None else None
    if same is not None:
        found = [one for one in found if one.worker.id != same.id]
        found.insert(0, Likely(same, ["national_id"]))
    return found


def _save(form: WalkInForm, values: dict[str, dict[str, Any]]) -> Any:
    account = someone()
    moment: dt.datetime = now()
    without = not form.national_id.data and form.id_absence.data
    absence = IdAbsence(form.id_absence.data) if without else None
    worker = operations.register_walk_in(
        values,
        consents=form.given(),
        channel=ConsentChannel(form.channel.data),
        id_absence=absence,
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
