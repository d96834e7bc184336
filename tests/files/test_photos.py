"""A phone's photo is kept as the picture alone: neither place, day nor maker."""

import struct

import pytest

from portal.errors import Invalid
from portal.files.photos import bare_photo
from portal.files.scans import JPEG, MOST_BYTES


def segment(marker: int, data: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


HEAD, TABLES = segment(0xE0, b"JFIF\x00"), segment(0xDB, b"\x01" * 64)
COLOURS, PICTURE = segment(0xE2, b"ICC_PROFILE"), segment(0xDA, b"\x00") + b"\x12\x34\xff\x00\x56\xff\xd9"


def test_a_jpeg_loses_place_comment_and_preview_and_keeps_its_picture(app) -> None:
    told = segment(0xE1, b"Exif\x00\x00GPS 10.52 105.12") + segment(0xFE, b"Oppo A5") + segment(0xED, b"IPTC")
    content, kind = bare_photo(b"\xff\xd8" + HEAD + told + TABLES + COLOURS + PICTURE)
    assert kind == JPEG
    assert content == b"\xff\xd8" + HEAD + TABLES + COLOURS + PICTURE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"\xff\xd8" + HEAD,
        b"\xff\xd8" + HEAD + b"\x00\x00\x00",
        b"\xff\xd8\xff\xe1\x00\x00",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        b"\xff\xd8\xff" + b"0" * MOST_BYTES,
    ],
)
def test_what_is_no_whole_picture_is_refused(app, content) -> None:
    with app.test_request_context(), pytest.raises(Invalid) as refused:
        bare_photo(content, field="receipt")
    assert refused.value.field == "receipt"
