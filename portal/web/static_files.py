"""Style sheets and scripts: asked for once, then kept by the phone until they change."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask

KEPT_SECONDS = 365 * 24 * 3600


@lru_cache(maxsize=256)
def fingerprint(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def init_app(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = KEPT_SECONDS
    # Brotli and gzip are what old phones know; small answers are left as they are.
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_MIN_SIZE"] = 800

    @app.url_defaults
    def name_the_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values and app.static_folder:
            path = Path(app.static_folder) / values["filename"]
            if path.is_file():
                values["v"] = fingerprint(path, path.stat().st_mtime_ns)
