"""Photos of papers without what the phone wrote into them: where and when they were taken, by which phone."""

import struct
from collections.abc import Callable

from flask_babel import gettext as _

from portal.errors import Invalid
from portal.files.scans import JPEG, PNG

_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
# APP1 holds Exif and XMP, APP13 what editors add, COM remarks; APP0 and APP2 tell how to draw the colours.
_TOLD = (0xE1, 0xED, 0xFE)
_START_OF_SCAN = 0xDA
_PNG_TOLD = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")


def without_traces(content: bytes, content_type: str, *, field: str = "file") -> bytes:
    """The same picture, still the right way up; a PDF as it is. A picture that cannot be followed to where
    its pixels begin is refused, not kept whole.
    """
    if content_type not in _CUT:
        return content
    try:
        cut = _CUT[content_type](content)
    except (struct.error, IndexError):
        cut = None
    if cut is None:
        raise Invalid(_("Hình này bị hỏng, không mở được. Hãy chụp lại."), field=field)
    return cut


def _jpeg(content: bytes) -> bytes | None:
    kept, turned, at = [content[:2]], b"", 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            # Blanks may stand before a marker.
            at += 1
            continue
        if marker == _START_OF_SCAN:
            break
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        if length < 2 or at + 2 + length > len(content):
            return None
        segment = content[at : at + 2 + length]
        if marker == 0xE1 and segment[4:10] == _EXIF:
            turned = _turned(segment[10:]) or turned
        if marker not in _TOLD:
            kept.append(segment)
        at += 2 + length
    else:
        return None
    if at + 1 >= len(content) or content[at + 1] != _START_OF_SCAN:
        return None
    kept.insert(1, turned)
    return b"".join((*kept, content[at:]))


def _turned(tiff: bytes) -> bytes:
    """An Exif segment with the orientation and nothing else; none where the picture stands upright."""
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
        if name not in _PNG_TOLD:
            kept.append(content[at:end])
        # What hangs behind the end is no picture.
        at = len(content) if name == b"IEND" else end
    return b"".join(kept) if len(kept) > 1 else None


_CUT: dict[str, Callable[[bytes], bytes | None]] = {JPEG: _jpeg, PNG: _png}
