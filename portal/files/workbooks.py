"""What a workbook would become in memory, found out before anything reads it.

The reader of sheets (calamine) lays a sheet out as one full rectangle: a file of a kilobyte with one cell in
the last corner ends the whole process. So the parts are walked here first, with nothing laid out.
"""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

# Unpacked, a workbook may be this large, counted while unpacking: what the file says of itself may be untrue.
MOST_UNPACKED = 100 * 1024 * 1024
# Rows times columns up to the furthest filled cell; 10,000 people in 60 columns are 600,000.
MOST_CELLS = 2_000_000
# Letters of all filled cells. One shared text may be meant by every cell, and is copied for each.
MOST_LETTERS = 50_000_000
_PIECE = 1024 * 1024
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
# Other kinds of workbook that the reader would try next; their sheets are not walked here.
_OTHER_KINDS = {"xl/workbook.bin", "content.xml"}


class BrokenWorkbook(Exception):
    """Not a workbook that any program of today wrote."""


class NotAWorkbook(BrokenWorkbook):
    """A packed file of another kind."""


class TooLarge(Exception):
    pass


@dataclass
class Size:
    """Counts up while parts are walked, and stops at the limits."""

    bytes: int = 0
    cells: int = 0
    letters: int = 0
    shared: list[int] = field(default_factory=list)

    def check(self) -> None:
        if self.bytes > MOST_UNPACKED or self.cells > MOST_CELLS or self.letters > MOST_LETTERS:
            raise TooLarge


def check(content: bytes) -> None:
    """Raises TooLarge or BrokenWorkbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_parts(archive)
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        # RuntimeError: a part is encrypted. NotImplementedError: packed in a way nobody uses.
        raise BrokenWorkbook from error
    except ValueError as error:
        raise BrokenWorkbook from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = {info.filename.lower(): info for info in archive.infolist()}
    if not {"[content_types].xml", "xl/workbook.xml"} <= parts.keys() or _OTHER_KINDS & parts.keys():
        raise NotAWorkbook
    if len(parts) != len(archive.infolist()):
        # Two parts of one name: which of them is read, only the reader knows.
        raise BrokenWorkbook
    size = Size()
    # The shared texts first: the cells of the sheets point into them.
    for name in sorted(parts, key=lambda name: "sharedstrings" not in name):
        _walk(archive, parts[name], name, size)


def _only_xml(_name: str, attributes: dict[str, str]) -> None:
    """A sheet under another ending would not be walked; macros have none either."""
    if "Target" in attributes and not attributes["Target"].lower().endswith(".xml"):
        raise NotAWorkbook


def _walk(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, size: Size) -> None:
    walker = _Walker(size) if name.endswith((".xml", ".rels")) else None
    if walker is not None and name.endswith("workbook.xml.rels"):
        walker.parser.StartElementHandler = _only_xml
    with archive.open(info) as part:
        while piece := part.read(_PIECE):
            size.bytes += len(piece)
            size.check()
            if walker is not None:
                walker.parser.Parse(piece, False)
    if walker is not None:
        walker.parser.Parse(b"", True)
        size.cells += walker.rows * walker.columns
        size.check()


class _Walker:
    """Reads one part; only what stands in `sheetData` and in shared texts counts."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.row = self.column = self.rows = self.columns = 0
        self.kind, self.text = "", ""
        self.inside: str | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.letters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def doctype(self, *_rest: Any) -> None:
        """No program writes one; entities made in it could grow without end."""
        raise BrokenWorkbook

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "c":
            self._at_cell(attributes)
        elif tag in ("v", "is"):
            self.inside, self.text = tag, ""
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if self.rows * self.columns > MOST_CELLS:
                raise TooLarge
        elif tag == "si":
            self.inside, self.text = "si", ""
            self.size.shared.append(0)

    def _at_cell(self, attributes: dict[str, str]) -> None:
        self.kind = attributes.get("t", "")
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
            return
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise BrokenWorkbook
        self.row, self.column = int(match.group(2)), 0
        for letter in match.group(1).upper():
            self.column = self.column * 26 + ord(letter) - 64

    def letters(self, text: str) -> None:
        if self.inside == "si":
            self.size.shared[-1] += len(text)
        elif self.inside == "v" and self.kind == "s":
            self.text += text
        elif self.inside is not None:
            self.size.letters += len(text)

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag != self.inside:
            return
        self.inside = None
        if tag == "v" and self.kind == "s":
            place = int(self.text) if self.text.strip().isdecimal() else -1
            self.size.letters += self.size.shared[place] if 0 <= place < len(self.size.shared) else 0
        self.size.check()
