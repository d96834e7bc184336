"""Photos from phones: what they are is read from their content; where and when they were taken is cut out."""

import struct

from flask_babel import gettext as _

from portal.errors import Invalid

JPEG, PNG = "image/jpeg", "image/png"
# A phone's photo in full size is 3 to 6 MB.
MOST_BYTES = 8 * 1024 * 1024
_PNG_BEGIN = b"\x89PNG\r\n\x1a\n"
# Parts of a PNG that carry words, days and places beside the picture.
_PNG_WORDS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
# JPEG segments: APP0 (the format), APP2 (colours) and APP14 (Adobe's colour mark) belong to the picture.
_KEPT_APPS = (0xE0, 0xE2, 0xEE)
_APPS, _COMMENT, _SCAN = range(0xE0, 0xF0), 0xFE, 0xDA


def bare_photo(content: bytes, *, field: str = "file") -> tuple[bytes, str]:
    """The picture without its metadata, and its type. A phone writes into every photo where it stood."""
    if len(content) > MOST_BYTES:
        raise Invalid(_("Hình lớn quá. Nhiều nhất là 8 MB: hãy chụp lại nhỏ hơn."), field=field)
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _bare_jpeg(content), JPEG
        if content.startswith(_PNG_BEGIN):
            return _bare_png(content), PNG
    except (struct.error, IndexError, ValueError) as error:
        raise Invalid(_("Hình này bị hỏng, không mở được. Hãy chụp lại."), field=field) from error
    raise Invalid(_("Chỉ nhận hình JPG hoặc PNG."), field=field)


def _bare_jpeg(content: bytes) -> bytes:
    kept, at = [content[:2]], 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _SCAN:
            kept.append(content[at:])
            return b"".join(kept)
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("a segment that ends nowhere")
        if marker != _COMMENT and (marker not in _APPS or marker in _KEPT_APPS):
            kept.append(content[at:end])
        at = end
    raise ValueError("no segment where one should begin")


def _bare_png(content: bytes) -> bytes:
    kept, at = [_PNG_BEGIN], len(_PNG_BEGIN)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise ValueError("a chunk that ends nowhere")
        if name not in _PNG_WORDS:
            kept.append(content[at:end])
        if name == b"IEND":
            # What hangs behind the picture is no picture.
            return b"".join(kept)
        at = end
    raise ValueError("a picture without an end")
"""Photos of papers without what the phone wrote into them: where and when they were taken, by which phone."""

import struct

from portal.files.scans import JPEG, PNG

_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
# APP1 holds Exif and XMP, APP13 what editors add, COM remarks; APP0 and APP2 tell how to draw the colours.
_TOLD = (0xE1, 0xED, 0xFE)
_START_OF_SCAN = 0xDA
_PNG_TOLD = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")


def without_traces(content: bytes, content_type: str) -> bytes:
    """The same picture. Which way up it stands is kept; a file that cannot be followed stays as it is."""
    try:
        if content_type == JPEG:
            return _jpeg(content)
        if content_type == PNG:
            return _png(content)
    except (struct.error, IndexError):
        return content
    return content


def _jpeg(content: bytes) -> bytes:
    kept, turned, at = [content[:2]], b"", 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _START_OF_SCAN:
            break
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        if length < 2 or at + 2 + length > len(content):
            return content
        segment = content[at : at + 2 + length]
        if marker == 0xE1 and segment[4:10] == _EXIF:
            turned = _turned(segment[10:]) or turned
        if marker not in _TOLD:
            kept.append(segment)
        at += 2 + length
    else:
        return content
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


def _png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at < len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        end = at + 12 + length
        if end > len(content):
            return content
        if content[at + 4 : at + 8] not in _PNG_TOLD:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)
