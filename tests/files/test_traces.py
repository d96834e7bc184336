"""A photo of a paper tells nothing of where it was taken."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import Invalid
from portal.files.scans import JPEG, PDF, PNG
from portal.files.traces import without_traces

PLACE = b"GPS 10.3759N 105.4358E iPhone"
SCAN = b"\xff\xda\x00\x08" + b"pixels" * 9 + b"\xff\xd9"
JFIF = b"\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 9


def segment(marker, body):
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(orientation, order="<"):
    head = b"II*\x00" if order == "<" else b"MM\x00*"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    ifd = struct.pack(f"{order}I", 8) + struct.pack(f"{order}H", 1) + entries + struct.pack(f"{order}I", 0)
    return segment(0xE1, b"Exif\x00\x00" + head + ifd + PLACE)


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + b"crc!"


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_place_goes_and_the_picture_and_its_upright_side_stay(order):
    photo = (
        b"\xff\xd8" + JFIF + exif(6, order) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/" + PLACE) + SCAN
    )
    clean = without_traces(photo, JPEG)
    assert PLACE not in clean and clean.startswith(b"\xff\xd8") and clean.endswith(SCAN) and JFIF in clean
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in clean
    # Cleaning what is clean changes nothing.
    assert without_traces(clean, JPEG) == clean


def test_a_picture_that_stands_upright_carries_no_exif_at_all():
    assert b"Exif" not in without_traces(b"\xff\xd8" + exif(1) + SCAN, JPEG)


def test_a_png_keeps_its_pixels_alone():
    head = b"\x89PNG\r\n\x1a\n"
    photo = (
        head + chunk(b"IHDR", b"size") + chunk(b"eXIf", PLACE) + chunk(b"tEXt", PLACE) + chunk(b"IDAT", b"px")
    )
    assert without_traces(photo, PNG) == head + chunk(b"IHDR", b"size") + chunk(b"IDAT", b"px")


@given(st.binary(max_size=300), st.sampled_from([JPEG, PNG]))
def test_a_picture_is_cut_or_refused_and_never_kept_whole_because_it_is_odd(content, kind):
    try:
        assert len(without_traces(content, kind)) <= len(content)
    except Invalid as refused:
        assert "Hãy chụp lại" in str(refused.sentence)
    assert without_traces(content, PDF) == content


def test_what_cannot_be_followed_to_its_pixels_is_refused():
    for photo in (b"\xff\xd8" + exif(6)[:-9], b"\xff\xd8" + JFIF + PLACE, b"\x89PNG\r\n\x1a\n" + PLACE):
        with pytest.raises(Invalid, match="Hãy chụp lại"):
            without_traces(photo, JPEG if photo.startswith(b"\xff") else PNG)


def test_blanks_before_a_marker_are_skipped():
    photo = b"\xff\xd8" + b"\xff\xff\xff" + exif(6)[1:] + b"\xff" + SCAN
    clean = without_traces(photo, JPEG)
    assert PLACE not in clean and clean.endswith(SCAN)
