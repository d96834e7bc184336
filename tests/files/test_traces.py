"""A photo of a paper tells nothing of where it was taken."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import Invalid
from portal.files.scans import JPEG, PDF, PNG
from portal.files.traces import without_traces
from tests.photos import PLACE, SCAN, exif, segment

JFIF = b"\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 9


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


@pytest.mark.parametrize(
    "behind",
    [
        b"\xff\xd8" + segment(0xE1, b"Exif\x00\x00" + PLACE) + SCAN,
        b"\x00\x00\x00\x18ftypmp42" + PLACE,
        PLACE,
    ],
)
def test_what_hangs_behind_the_end_goes(behind):
    """A second picture with traces of its own, a film with sound, a maker's notes."""
    assert without_traces(b"\xff\xd8" + JFIF + SCAN + behind, JPEG) == b"\xff\xd8" + JFIF + SCAN


def test_every_scan_of_a_photo_stays_and_what_stands_between_them_goes():
    second = segment(0xC4, b"table") + b"\xff\xda\x00\x04ab" + b"more\xff\x00pixels\xff\xd0" + b"\xff\xd9"
    first = SCAN.removesuffix(b"\xff\xd9")
    photo = b"\xff\xd8" + JFIF + first + segment(0xFE, PLACE) + second
    assert without_traces(photo, JPEG) == b"\xff\xd8" + JFIF + first + second


@pytest.mark.parametrize(
    "told",
    [
        # The phone's own notes are broken: they go, the picture stays.
        segment(0xE1, b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + PLACE),
        segment(0xE1, b"Exif\x00\x00MM"),
        # Drones, action cameras and signed pictures write elsewhere.
        segment(0xE6, b"GoPro" + PLACE),
        segment(0xEB, b"JP" + PLACE),
        segment(0xE2, b"MPF\x00" + PLACE),
    ],
)
def test_no_other_place_keeps_traces(told):
    profile = segment(0xE2, b"ICC_PROFILE\x00colours") + segment(0xEE, b"Adobe\x00")
    photo = b"\xff\xd8" + told + profile + SCAN
    assert without_traces(photo, JPEG) == b"\xff\xd8" + profile + SCAN


def test_a_photo_cut_off_on_its_way_stays_as_far_as_it_came():
    photo = b"\xff\xd8" + JFIF + SCAN.removesuffix(b"\xff\xd9")
    assert without_traces(photo, JPEG) == photo


def test_a_png_keeps_its_pixels_alone():
    head = b"\x89PNG\r\n\x1a\n"
    photo = (
        head + chunk(b"IHDR", b"size") + chunk(b"eXIf", PLACE) + chunk(b"tEXt", PLACE) + chunk(b"caBX", PLACE)
        + chunk(b"pHYs", b"dots") + chunk(b"IDAT", b"px") + chunk(b"IEND", b"") + PLACE
    )  # fmt: skip
    kept = [chunk(b"IHDR", b"size"), chunk(b"pHYs", b"dots"), chunk(b"IDAT", b"px"), chunk(b"IEND", b"")]
    assert without_traces(photo, PNG) == head + b"".join(kept)


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
