"""Lists of openings at the desk: upload, look, commit, receipt, withdraw."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from portal.access.states import STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.operations import read, sheet_type, store
from portal.openings.batches import commit_batch, live_batch_of, withdraw_batch
from portal.openings.columns import FIELDS, Mapping, propose_mapping
from portal.openings.conditions_views import bp
from portal.openings.forms import UploadForm
from portal.openings.importing import RowRead, read_rows
from portal.openings.models import ImportBatch, Opening
from portal.openings.queries import Openings, hiring_organisations
from portal.openings.sheets import read_sheet
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate
from portal.web.row_numbers import may_be_row
from portal.web.transactions import slow_first, write_transaction

__all__ = ["bp"]

# The preview shows this many good rows; every row with something to look at is shown.
GOOD_ROWS_SHOWN = 5
MOST_ROWS_SHOWN = 200


@bp.get("/desk/openings/imports")
@allow(*STAFF)
def imports() -> Any:
    return _imports_page(UploadForm(formdata=None))


@bp.post("/desk/openings/imports")
@allow(*STAFF)
@slow_first
def upload() -> Any:
    form = UploadForm()
    upload = request.files.get("file")
    content = upload.read() if upload else b""
    try:
        kind = sheet_type(content)
        propose_mapping(read_sheet(content), None)
    except DomainError as error:
        # A missing title column is mended on the next page; anything else is said here.
        if error.field != "mapping":
            return _imports_page(form, wrong=error.sentence), 422
    with write_transaction():
        stored = store(
            content,
            upload.filename or "" if upload else "",
            kind,
            folder=current_app.config["UPLOAD_FOLDER"],
            actor=current_user,
            now=now(),
        )
        file_id = stored.id
    return redirect(
        url_for("openings.preview", file_id=file_id, organisation=form.organisation_id.data or None)
    )


@bp.get("/desk/openings/imports/files/<int:file_id>")
@allow(*STAFF)
def preview(file_id: int) -> Any:
    stored = _own_file(file_id)
    sheet = read_sheet(read(stored, folder=current_app.config["UPLOAD_FOLDER"]))
    given = _given_columns(request.args)
    try:
        mapping = propose_mapping(sheet, given)
    except DomainError as error:
        return render_template(
            "openings/import_preview.html",
            **_preview_facts(stored, sheet.rows[0][1], {}, []),
            wrong=error.sentence,
        )
    rows = read_rows(sheet, mapping, organisation_id=_organisation(request.args), on=today())
    return render_template(
        "openings/import_preview.html",
        **_preview_facts(stored, mapping.header, mapping.names(), rows),
        wrong=None,
    )


@bp.post("/desk/openings/imports/files/<int:file_id>")
@allow(*STAFF)
@slow_first
def commit(file_id: int) -> Any:
    stored = _own_file(file_id)
    content = read(stored, folder=current_app.config["UPLOAD_FOLDER"])
    name = stored.original_name
    sheet = read_sheet(content)
    mapping: Mapping = propose_mapping(sheet, _given_columns(request.form))
    rows = read_rows(sheet, mapping, organisation_id=_organisation(request.form), on=today())
    earlier = live_batch_of(content)
    if earlier is not None:
        flash(_("Tệp này đã được nhập rồi."), "warn")
        return redirect(url_for("openings.batch", batch_id=earlier.id))
    with write_transaction():
        receipt = commit_batch(rows, mapping, content=content, filename=name, actor=current_user, now=now())
        batch_id = receipt.batch.id
    flash(
        _(
            "Đã nhập: %(submitted)s tin chờ duyệt, %(drafts)s bản nháp, bỏ qua %(left)s dòng.",
            submitted=receipt.submitted,
            drafts=receipt.drafts,
            left=receipt.left_out,
        ),
        "good",
    )
    return redirect(url_for("openings.batch", batch_id=batch_id))


@bp.get("/desk/openings/imports/<int:batch_id>")
@allow(*STAFF)
def batch(batch_id: int) -> Any:
    batch = get_or_404(select(ImportBatch).where(ImportBatch.id == batch_id))
    page = paginate(Openings().of_batch(batch).with_list_data().order_by(Opening.batch_row, Opening.id))
    return render_template("openings/import_batch.html", batch=batch, page=page)


@bp.post("/desk/openings/imports/<int:batch_id>/withdraw")
@allow(*STAFF)
def withdraw(batch_id: int) -> Any:
    batch = get_or_404(select(ImportBatch).where(ImportBatch.id == batch_id))
    outcome = withdraw_batch(batch, actor=current_user, now=now())
    removed, kept = outcome.removed, len(outcome.kept)
    db.session.commit()
    said = _("Đã rút %(n)s tin.", n=removed)
    if kept:
        said += " " + _("Giữ lại %(n)s tin đã có người sửa hoặc duyệt.", n=kept)
    flash(said, "good")
    return redirect(url_for("openings.batch", batch_id=batch_id))


def _imports_page(form: UploadForm, wrong: Any = None) -> str:
    form.organisation_id.choices = [
        (0, _("Theo cột “nơi tuyển dụng” trong tệp")),
        *((o.id, o.name) for o in hiring_organisations()),
    ]
    batches = paginate(select(ImportBatch).order_by(ImportBatch.id.desc()))
    return render_template("openings/imports.html", form=form, page=batches, wrong=wrong)


def _own_file(file_id: int) -> StoredFile:
    return get_or_404(
        select(StoredFile).where(StoredFile.id == file_id, StoredFile.created_by_id == current_user.id)
    )


def _given_columns(values: Any) -> dict[str, str] | None:
    given = {name: values[f"column_{name}"] for name in FIELDS if values.get(f"column_{name}")}
    return given or None


def _organisation(values: Any) -> int | None:
    number = values.get("organisation", type=int) or 0
    return number if may_be_row(number) else None


def _preview_facts(
    stored: StoredFile, header: list[Any], columns: dict[str, str], rows: list[RowRead]
) -> dict[str, Any]:
    look_at = [row for row in rows if row.errors or row.notes]
    good = [row for row in rows if not row.errors and not row.notes]
    return {
        "stored": stored,
        "header": [str(name) for name in header if str(name or "").strip()],
        "fields": {name: label for name, (label, _names) in FIELDS.items()},
        "columns": columns,
        "organisation": _organisation(request.args),
        "organisations": hiring_organisations(),
        "rows": rows,
        "importable": sum(not row.errors for row in rows),
        "bad": sum(bool(row.errors) for row in rows),
        "shown": (look_at + good[:GOOD_ROWS_SHOWN])[:MOST_ROWS_SHOWN],
    }
