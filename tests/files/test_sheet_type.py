"""What an upload is, is read from its content; each refusal says what to do."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from werkzeug.http import parse_options_header

from portal.errors import Invalid
from portal.files.operations import CSV, XLSX, kept_name, read, remove_content, sheet_type, store
from portal.files.scans import JPEG, PDF, PNG
from portal.web.downloads import csv_response, file_response
from tests.factories import NOW
from tests.sheets import xlsx_bytes


def archive(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


def test_a_sheet_of_ours_is_a_sheet(app: Any) -> None:
    assert sheet_type(xlsx_bytes(["tên"], [["Mai"]])) == XLSX
    assert sheet_type("tên\nMai\n".encode()) == CSV
    assert sheet_type("tên\nMai\n".encode("utf-16")) == CSV


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "trống"),
        (b"   \n", "trống"),
        (archive("word/document.xml"), "Chỉ nhận tệp Excel"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0 old", "kiểu cũ"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Chỉ nhận tệp Excel"),
        (b"%PDF-1.7\x00\x00", "Chỉ nhận tệp Excel"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(app: Any, content: bytes, word: str) -> None:
    with app.test_request_context(), pytest.raises(Invalid, match=word):
        sheet_type(content)


def test_a_stored_file_is_private_and_named_at_random(app: Any, make: Any, tmp_path: Path) -> None:
    actor = make.account("college")
    kept = store(b"abc", "../../etc/Danh sách.xlsx", XLSX, folder=tmp_path, actor=actor, now=NOW)
    path = tmp_path / kept.stored_name
    assert kept.original_name == "Danh sách.xlsx"
    assert path.stat().st_mode & 0o777 == 0o600
    assert read(kept, folder=tmp_path) == b"abc"
    remove_content(kept, folder=tmp_path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("given", "content_type", "kept"),
    [
        ("biên nhận.JPG", JPEG, "biên nhận.JPG"),
        ("trang.html", JPEG, "trang.html.jpg"),
        ("đơn.pdf.exe", PDF, "đơn.pdf.exe.pdf"),
        ("C:\\ảnh\\a.png", PNG, "a.png"),
        # The mark turns what follows it round: a program shows "aexe.jpg".
        ("a\u202egpj.exe", JPEG, "agpj.exe.jpg"),
        ("a\x00b.pdf", PDF, "ab.pdf"),
        ("", PDF, "file.pdf"),
        (".jpg", JPEG, ".jpg.jpg"),
        ("x" * 300 + ".png", PNG, "x" * 196 + ".png"),
        ("danh sách", CSV, "danh sách.csv"),
    ],
)
def test_a_file_is_called_by_what_it_is(given: str, content_type: str, kept: str) -> None:
    assert kept_name(given, content_type) == kept


@pytest.mark.parametrize(
    "name", ["biên nhận đóng tiền.jpg", "収据.jpg", "a\u202fb.png", "😀.pdf", "plain.pdf"]
)
def test_the_name_of_a_file_travels_in_a_header_of_latin_letters(app: Any, name: str) -> None:
    answer = file_response(b"x", name, PDF)
    for _header, value in answer.headers:
        value.encode("latin-1")
    _how, options = parse_options_header(answer.headers["Content-Disposition"])
    assert options["filename"] == name


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-5", "@x", "\tx", "＝1", "＠x"])
def test_formulas_are_defused_in_what_leaves_the_portal(app: Any, cell: str) -> None:
    text = csv_response("a.csv", ["tên"], [[cell]]).get_data(as_text=True)
    assert f"'{cell}" in text


@pytest.mark.parametrize("cell", ["GCN-01;=1+1", "a; =1", "a\n=1", "a;＝1"])
def test_a_formula_hides_behind_no_semicolon_either(app: Any, cell: str) -> None:
    """An Excel set to Vietnamese begins a new cell there."""
    text = csv_response("a.csv", ["tên"], [[cell]]).get_data(as_text=True)
    assert "'=1" in text or "'＝1" in text
