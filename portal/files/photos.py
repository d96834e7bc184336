"""Photos from phones: what they are is read from their content, and where they were taken is cut out."""

from flask_babel import gettext as _

from portal.errors import Invalid
from portal.files.scans import JPEG, MOST_BYTES, PNG
from portal.files.traces import without_traces

_BEGINNINGS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}


def bare_photo(content: bytes, *, field: str = "file") -> tuple[bytes, str]:
    """The picture without its traces, and its type. What cannot be followed is refused, not kept whole."""
    if len(content) > MOST_BYTES:
        raise Invalid(_("Hình lớn quá. Nhiều nhất là 8 MB: hãy chụp lại nhỏ hơn."), field=field)
    for beginning, content_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return without_traces(content, content_type, field=field), content_type
    raise Invalid(_("Chỉ nhận hình JPG hoặc PNG."), field=field)
