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
