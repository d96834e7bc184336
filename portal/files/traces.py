"""Photos of papers without what the phone wrote into them: where and when they were taken, by which phone."""

import re
import struct
from collections.abc import Callable, Iterator

from flask_babel import gettext as _

from portal.errors import Invalid
from portal.files.scans import JPEG, PNG

_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
# Of what a program adds for itself only what the colours need: APP0, ICC profiles, Adobe's APP14. All else
# (Exif and XMP, what editors, drones and cameras write, remarks) tells of somebody.
_ADDED = (*range(0xE0, 0xF0), 0xFE)
_FOR_COLOURS = {0xE0: b"", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}
# What may follow the pixels of a scan: tables, the next scan, the end, something added.
_AFTER_SCAN = re.compile(rb"\xff[\xc4\xcc\xd9-\xdd\xe0-\xef\xfe]")
# Chunks with a capital letter are the picture; these tell how to draw it, or are its moving frames.
_PNG_KEPT = (
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
)  # fmt: skip


def without_traces(content: bytes, content_type: str, *, field: str = "file") -> bytes:
    """The same picture, still the right way up; a PDF as it is. A picture that cannot be followed to where
    its pixels begin is refused, not kept whole.
    """
    if content_type not in _CUT:
        return content
    try:
        cut = _CUT[content_type](content)
    except (struct.error, IndexError, ValueError):
        cut = None
    if cut is None:
        raise Invalid(_("Hình này bị hỏng, không mở được. Hãy chụp lại."), field=field)
    return cut


def _jpeg(content: bytes) -> bytes | None:
    kept, turned, has_pixels = [content[:2]], b"", False
    for marker, part in _parts(content):
        if marker == 0xE1 and part[4:10] == _EXIF:
            turned = _turned(part[10:]) or turned
        has_pixels = has_pixels or marker == _START_OF_SCAN
        wanted = _FOR_COLOURS.get(marker)
        if marker not in _ADDED or (wanted is not None and part[4:].startswith(wanted)):
            kept.append(part)
    kept.insert(1, turned)
    return b"".join(kept) if has_pixels else None


def _parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with what belongs to it, a scan with its pixels. Nothing that hangs behind the end: phones
    put a second picture there with traces of its own, or a film with sound. ValueError: no such file."""
    at = 2
    while at < len(content):
        marker = content[at + 1]
        if content[at] != 0xFF:
            raise ValueError(at)
        if marker == _END_OF_IMAGE:
            yield marker, content[at : at + 2]
            return
        if marker == 0xFF:
            # Any number of them may stand before a marker.
            at += 1
            continue
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError(at)
        if marker == _START_OF_SCAN:
            found = _AFTER_SCAN.search(content, end)
            # A photo that was cut off on its way is shown as far as it came.
            end = found.start() if found else len(content)
        yield marker, content[at:end]
        at = end


def _turned(tiff: bytes) -> bytes:
    """An Exif segment with the orientation and nothing else; none where the picture stands upright, or where
    what the phone wrote cannot be read: it goes all the same."""
    try:
        return _orientation(tiff)
    except (struct.error, IndexError):
        return b""


def _orientation(tiff: bytes) -> bytes:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    start = struct.unpack(f"{order}I", tiff[4:8])[0]
    count = struct.unpack(f"{order}H", tiff[start : start + 2])[0]
    for number in range(count):
        entry = tiff[start + 2 + 12 * number : start + 14 + 12 * number]
        tag, _kind, _many, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == _ORIENTATION and 2 <= value <= 8:
            body = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(_EXIF) + len(body) + 2) + _EXIF + body
    return b""


def _png(content: bytes) -> bytes | None:
    kept, at = [content[:8]], 8
    while at < len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        end = at + 12 + length
        name = content[at + 4 : at + 8]
        if end > len(content):
            return None
        if name[:1].isupper() or name in _PNG_KEPT:
            kept.append(content[at:end])
        # What hangs behind the end is no picture.
        at = len(content) if name == b"IEND" else end
    return b"".join(kept) if len(kept) > 1 else None


_CUT: dict[str, Callable[[bytes], bytes | None]] = {JPEG: _jpeg, PNG: _png}
