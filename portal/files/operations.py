"""Keeping uploads: what they are is read from their content, not from their name."""

import datetime as dt
import hashlib
import os
import secrets
from pathlib import Path
from typing import Any, Protocol

from flask_babel import gettext as _

from portal.errors import Invalid
from portal.extensions import db
from portal.files import workbooks
from portal.files.models import StoredFile
from portal.files.scans import JPEG, PDF, PNG, scan_type
from portal.files.traces import without_traces
from portal.web.forms import tidy

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
# What a file may be called: whoever saves it opens it by its ending, so the ending is that of its content.
ENDINGS = {
    PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), XLSX: (".xlsx",), CSV: (".csv", ".txt"),
}  # fmt: skip
LONGEST_NAME = 200


class HasId(Protocol):
    id: Any


def sheet_type(content: bytes) -> str:
    """XLSX or CSV by content; raises Invalid with the sentence for the person who uploaded it."""
    if not content.strip():
        raise Invalid(_("Tệp này trống. Hãy chọn tệp khác."), field="file")
    if content.startswith(b"PK"):
        return _check_xlsx(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid(
            _("Đây là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel và lưu lại thành .xlsx."), field="file"
        )
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Invalid(_("Chỉ nhận tệp Excel (.xlsx) hoặc CSV."), field="file")
    return CSV


def _check_xlsx(content: bytes) -> str:
    try:
        workbooks.check(content)
    except workbooks.NotAWorkbook as error:
        raise Invalid(_("Chỉ nhận tệp Excel (.xlsx) hoặc CSV."), field="file") from error
    except workbooks.BrokenWorkbook as error:
        raise Invalid(
            _("Tệp này bị hỏng, không mở được. Hãy lưu lại và gửi lần nữa."), field="file"
        ) from error
    except workbooks.TooLarge as error:
        raise Invalid(
            _(
                "Tệp này lớn quá, hoặc có ô ở rất xa dưới cùng hay bên phải. "
                "Hãy chép riêng phần danh sách sang một tệp mới rồi gửi lại."
            ),
            field="file",
        ) from error
    return XLSX


def kept_name(original: str, content_type: str) -> str:
    """Without a folder, without signs nobody sees, with the ending of what the file is."""
    name = Path(tidy(original).replace("\\", "/")).name or "file"
    endings = ENDINGS.get(content_type)
    if endings is None:
        return name[:LONGEST_NAME]
    stem, _dot, last = name.rpartition(".")
    if stem and f".{last.lower()}" in endings:
        return f"{stem[: LONGEST_NAME - len(last) - 1]}.{last}"
    return name[: LONGEST_NAME - len(endings[0])] + endings[0]


def store(
    content: bytes, original_name: str, content_type: str, *, folder: Path, actor: HasId, now: dt.datetime
) -> StoredFile:
    """Write the file (before the row, so that no row points to nothing) and add its row."""
    stored_name = secrets.token_hex(24)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / stored_name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    stored = StoredFile(
        stored_name=stored_name,
        original_name=kept_name(original_name, content_type),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by_id=actor.id,
        created_at=now,
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def store_scan(
    content: bytes, original_name: str, *, folder: Path, actor: HasId, now: dt.datetime
) -> StoredFile:
    """A paper as PDF or photo, without what the phone wrote into it; raises Invalid for anything else."""
    kind = scan_type(content)
    return store(without_traces(content, kind), original_name, kind, folder=folder, actor=actor, now=now)


def read(stored: StoredFile, *, folder: Path) -> bytes:
    return (folder / stored.stored_name).read_bytes()


def remove_content(stored: StoredFile, *, folder: Path) -> None:
    """The row stays as history; what it held is gone."""
    (folder / stored.stored_name).unlink(missing_ok=True)
