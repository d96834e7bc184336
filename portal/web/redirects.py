"""Going back safely: only to a page of our own."""

from urllib.parse import urlsplit

from flask import request


def safe_back(target: str | None) -> str | None:
    """The path and query of `target` when it is a page of this site, else None."""
    if not target:
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        # "http://[": no address at all.
        return None
    if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc != request.host):
        return None
    if not parts.path.startswith("/") or parts.path.startswith("//") or "\\" in target:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")
