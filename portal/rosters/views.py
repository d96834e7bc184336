"""A college posts its graduates: upload, mend or look, commit, receipt, withdraw."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access.states import Role
from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import remove_content, sheet_type, store
from portal.jobs.models import Job
from portal.jobs.views import RESULT_PAGES
from portal.organisations.queries import organisation_of
from portal.rosters import operations
from portal.rosters.forms import FileForm, UploadForm
from portal.rosters.models import Roster
from portal.rosters.operations import CHECK, COMMIT, WITHDRAW
from portal.rosters.pages import errors_page, page_of, preview_page
from portal.rosters.permissions import may_post
from portal.rosters.queries import Rosters
from portal.rosters.showing import TONES, summary_of
from portal.rosters.states import RosterState
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate
from portal.web.transactions import slow_first, write_transaction

bp = Blueprint("rosters", __name__, url_prefix="/rosters")
SEE = (Role.COLLEGE, Role.ADVISER, Role.LEADER)


def visible(roster_id: int) -> Roster:
    return get_or_404(Rosters().visible_to(current_user).with_id(roster_id).with_page_data().query)


def result_page(job: Job) -> str:
    return url_for("rosters.view", roster_id=job.payload["roster_id"])


for kind in (CHECK, COMMIT, WITHDRAW):
    RESULT_PAGES.add(kind)(result_page)


@bp.get("", endpoint="list")
@allow(*SEE)
def roster_list() -> Any:
    shown = Rosters().visible_to(current_user).with_list_data().newest_first()
    organisation = organisation_of(current_user)
    return render_template(
        "rosters/list.html",
        page=paginate(shown.query),
        tones=TONES,
        may_post=may_post(current_user, organisation),
        is_college=current_user.role is Role.COLLEGE,
        has_organisation=organisation is not None,
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.COLLEGE)
@slow_first
def upload() -> Any:
    form = UploadForm()
    organisation = organisation_of(current_user)
    if organisation is None or not may_post(current_user, organisation):
        return redirect(url_for("rosters.list"))
    if form.validate_on_submit():
        try:
            content, kind = _read_upload(form)
            with write_transaction():
                roster = _keeping(content, kind, form, lambda stored: operations.upload(
                    organisation, form.title.data or "", stored, actor=current_user, now=now()
                ))  # fmt: skip
            return redirect(url_for("jobs.progress", job_id=roster.job_id))
        except DomainError as error:
            form.put_error(error)
    page = render_template("rosters/upload.html", form=form, limit=current_app.config["ROSTER_ROWS"])
    return page, 422 if form.errors else 200


def _read_upload(form: FileForm) -> tuple[bytes, str]:
    content: bytes = form.file.data.read()
    return content, sheet_type(content)


def _keeping(content: bytes, kind: str, form: FileForm, change: Any) -> Any:
    """Store the file for a change of the roster; where that fails, nothing of it stays on the disk."""
    folder = current_app.config["UPLOAD_FOLDER"]
    stored = store(content, form.file.data.filename or "", kind, folder=folder, actor=current_user, now=now())
    try:
        return change(stored)
    except BaseException:
        remove_content(stored, folder=folder)
        raise


@bp.get("/<int:roster_id>")
@allow(*SEE)
def view(roster_id: int) -> Any:
    return page_of(visible(roster_id))


@bp.post("/<int:roster_id>/file")
@allow(Role.COLLEGE)
@slow_first
def replace(roster_id: int) -> Any:
    roster = visible(roster_id)
    form = FileForm()
    if form.validate_on_submit():
        try:
            content, kind = _read_upload(form)
            with write_transaction():
                old: StoredFile = _keeping(content, kind, form, lambda stored: operations.replace_file(
                    roster, stored, actor=current_user, now=now()
                ))  # fmt: skip
            remove_content(old, folder=current_app.config["UPLOAD_FOLDER"])
            return redirect(url_for("jobs.progress", job_id=roster.job_id))
        except DomainError as error:
            if error.field != "file":
                raise
            form.put_error(error)
    roster = visible(roster_id)
    if roster.state is RosterState.NEEDS_MENDING:
        return errors_page(roster, form), 422
    for sentence in form.file.errors:
        flash(str(sentence), "stop")
    return redirect(url_for("rosters.view", roster_id=roster.id))


@bp.post("/<int:roster_id>/commit")
@allow(Role.COLLEGE)
def commit(roster_id: int) -> Any:
    roster = visible(roster_id)
    if roster.state is not RosterState.READY:
        return redirect(url_for("rosters.view", roster_id=roster.id))
    form, page = preview_page(roster, summary_of(roster))
    if not form.validate_on_submit():
        return page(), 422
    answers = {name: value for name, value in form.data.items() if name != "csrf_token" and value}
    operations.commit_roster(roster, answers, actor=current_user, now=now())
    db.session.commit()
    return redirect(url_for("jobs.progress", job_id=roster.job_id))


@bp.post("/<int:roster_id>/withdraw")
@allow(*SEE)
def withdraw(roster_id: int) -> Any:
    roster = visible(roster_id)
    done = operations.withdraw(roster, actor=current_user, now=now())
    db.session.commit()
    if done:
        remove_content(roster.file, folder=current_app.config["UPLOAD_FOLDER"])
        flash(_("Đã rút danh sách. Chưa có hồ sơ nào được lập."), "good")
    if roster.state is RosterState.WITHDRAWING:
        return redirect(url_for("jobs.progress", job_id=roster.job_id))
    return redirect(url_for("rosters.view", roster_id=roster.id))


@bp.post("/<int:roster_id>/again")
@allow(*SEE)
def again(roster_id: int) -> Any:
    roster = visible(roster_id)
    operations.again(roster, actor=current_user, now=now())
    db.session.commit()
    return redirect(url_for("jobs.progress", job_id=roster.job_id))
