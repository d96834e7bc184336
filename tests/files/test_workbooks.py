"""A small file that would become a huge sheet is refused before anything lays it out."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from portal.errors import Invalid
from portal.files import workbooks
from portal.files.operations import XLSX, sheet_type
from tests.sheets import xlsx_bytes

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(cells: str, *, target: str = "worksheets/sheet1.xml", **more: str) -> bytes:
    """A workbook of one sheet, written by hand."""
    one = f'<Relationship Id="r1" Type="{OFFICE}/%s" Target="%s"/>'
    rels = f'<Relationships xmlns="{RELATIONSHIPS}">{one}</Relationships>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": rels % ("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels % ("worksheet", target),
        f"xl/{target}": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>',
        **more,
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def cell(reference: str, text: str = "x", kind: str = "str") -> str:
    return f'<row><c r="{reference}" t="{kind}"><v>{text}</v></c></row>'


SHARED = {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'}
TOO_LARGE = {
    "one cell in the last corner": workbook(cell("A1") + cell("XFD1048576")),
    "a row number, and cells that count from it": workbook(
        '<row r="1048576"><c r="XFC1048576"/><c t="str"><v>x</v></c></row>'
    ),
    "one long text meant by many cells": workbook(cell("A1", "0", "s") * 100, **SHARED),
    "a part that unpacks without end": workbook(
        cell("A1"), **{"xl/media/a.bin": "0" * (workbooks.MOST_UNPACKED + 1)}
    ),
}
BROKEN = {
    "entities": workbook(cell("A1"), **{"xl/b.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    "no end": workbook("<row>"),
    "a reference that is none": workbook('<row><c r="A1B2"><v>1</v></c></row>'),
}


@pytest.mark.parametrize("what", TOO_LARGE)
def test_what_would_fill_the_memory_is_refused(app: Any, what: str) -> None:
    with app.test_request_context(), pytest.raises(Invalid, match="lớn quá, hoặc có ô ở rất xa"):
        sheet_type(TOO_LARGE[what])


@pytest.mark.parametrize("what", BROKEN)
def test_what_no_program_writes_is_refused(app: Any, what: str) -> None:
    with app.test_request_context(), pytest.raises(Invalid, match="bị hỏng"):
        sheet_type(BROKEN[what])


def test_a_sheet_that_would_not_be_walked_is_refused(app: Any) -> None:
    with app.test_request_context(), pytest.raises(Invalid, match="Chỉ nhận tệp Excel"):
        sheet_type(workbook(cell("XFD1048576"), target="worksheets/sheet1.bin"))


def test_what_people_send_is_taken(app: Any) -> None:
    made = workbook(cell("A1", "0", "s") + cell("C2", "Mai"), **{"xl/sharedStrings.xml": (
        f'<sst xmlns="{MAIN}"><si><t>tên</t></si></sst>'
    )})  # fmt: skip
    assert sheet_type(made) == XLSX
    assert CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()[1][2] == "Mai"
    # Formats without content down to the last line, as some programs write them, are nothing.
    assert sheet_type(workbook(cell("A1") + '<row r="1048576"><c r="XFD1048576" s="1"/></row>')) == XLSX
    assert sheet_type(xlsx_bytes(["tên"] * 20, [["Mai"] * 20] * 10_000)) == XLSX
