"""A scanned paper is what its content says, not its name."""

import pytest

from portal.errors import Invalid
from portal.files.scans import MOST_BYTES, scan_type


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\xff\xd8\xff\xe0 ...", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n ...", "image/png"),
    ],
)
def test_pdf_and_pictures_are_taken(app, content: bytes, kind: str) -> None:  # type: ignore[no-untyped-def]
    assert scan_type(content) == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        (b"  \n", "trống"),
        (b"<html><script>alert(1)</script>", "PDF"),
        (b"MZ\x90 ...", "PDF"),
        (b"PK\x03\x04 ...", "PDF"),
        (b" %PDF-1.7", "PDF"),
        (b"%PDF-" + b"0" * MOST_BYTES, "8 MB"),
    ],
)
def test_anything_else_gets_a_sentence(app, content: bytes, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid, match=words):
        scan_type(content)
