"""Papers that people scan or photograph: what a file is, is read from its content."""

from flask_babel import gettext as _

from portal.errors import Invalid

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
# A paper of twelve pages, scanned in grey, is about 6 MB; a phone's photo 4 MB.
MOST_BYTES = 8 * 1024 * 1024


def scan_type(content: bytes, *, field: str = "file") -> str:
    """The content type of a PDF, JPEG or PNG; raises Invalid with the sentence for who uploaded it."""
    if not content.strip():
        raise Invalid(_("Hãy chọn một tệp. Tệp trống không lưu được."), field=field)
    if len(content) > MOST_BYTES:
        raise Invalid(_("Tệp này lớn quá. Nhiều nhất là 8 MB: hãy chụp lại nhỏ hơn."), field=field)
    for beginning, content_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return content_type
    raise Invalid(_("Chỉ nhận tệp PDF, hoặc ảnh JPG, PNG."), field=field)
