"""Writes `instance/settings.env` once: random keys for a demo on this machine."""

import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path


def write_once(path: Path) -> bool:
    """True when it was written now. Never overwrites: the keys open the sealed values."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Written once by `make run`. Keep it: without these keys sealed values cannot be read.",
        "MODE=demo",
        "KEYS_FROM=demo",
        f"SECRET_KEY={secrets.token_urlsafe(32)}",
        *(
            f"{name}={urlsafe_b64encode(secrets.token_bytes(length)).decode()}"
            for name, length in (("SEAL_KEY", 64), ("INDEX_KEY", 32), ("CODE_KEY", 32))
        ),
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return True
