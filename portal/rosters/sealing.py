"""What a roster holds of people stands sealed in the database, and is emptied as soon as it has served."""

import datetime as dt
import json
from base64 import b64decode, b64encode
from typing import Any

from flask import current_app

from portal.common.secrets import seal, unseal

Sealed = dict[str, Any]


def seal_json(payload: Any, bound_to: str) -> Sealed:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return {"sealed": b64encode(seal(current_app.config["SEAL_KEY"], text, bound_to)).decode()}


def open_json(sealed: Sealed, bound_to: str) -> Any:
    """None where it has been emptied."""
    if "sealed" not in sealed:
        return None
    return json.loads(unseal(current_app.config["SEAL_KEY"], b64decode(sealed["sealed"]), bound_to))


def row_place(roster_id: int, row_number: int) -> str:
    return f"roster_row:{roster_id}:{row_number}"


def summary_place(roster_id: int) -> str:
    return f"roster:{roster_id}"


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
