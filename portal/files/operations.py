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

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"


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
        original_name=Path(original_name.replace("\\", "/")).name[:200] or "file",
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by_id=actor.id,
        created_at=now,
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def read(stored: StoredFile, *, folder: Path) -> bytes:
    return (folder / stored.stored_name).read_bytes()


def remove_content(stored: StoredFile, *, folder: Path) -> None:
    """The row stays as history; what it held is gone."""
    (folder / stored.stored_name).unlink(missing_ok=True)
