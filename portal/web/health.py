"""`/healthz`: for who keeps the machine running. Words only, nothing about anybody."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from sqlalchemy import text

from portal.common.registry import Registry
from portal.extensions import db
from portal.web.access import PUBLIC, allow

bp = Blueprint("health", __name__)

# Each answers in a word when its part works and raises when it does not. Later packages add theirs.
CHECKS: Registry[Callable[[], str]] = Registry()


class Broken(Exception):
    """The word of a part that answers, but wrongly."""


@CHECKS.add("database")
def database() -> str:
    db.session.execute(text("SELECT 1"))
    return "ok"


@lru_cache(maxsize=1)
def _newest_migration() -> str | None:
    return ScriptDirectory(str(Path(current_app.root_path).parent / "migrations")).get_current_head()


@CHECKS.add("migrations")
def migrations() -> str:
    if db.session.scalar(text("SELECT version_num FROM alembic_version")) != _newest_migration():
        raise Broken("behind")
    return "ok"


@bp.get("/healthz")
@allow(PUBLIC)
def healthz() -> Any:
    answers = {name: _ask(name, check) for name, check in CHECKS}
    broken = [name for name, (works, _word) in answers.items() if not works]
    words = {name: word for name, (_works, word) in answers.items()}
    return jsonify(status="broken" if broken else "ok", **words), 503 if broken else 200


def _ask(name: str, check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except Broken as error:
        return False, str(error)
    except Exception as error:
        # The type alone: the text of a database error may hold its address.
        db.session.rollback()
        current_app.logger.error("health: %s is broken (%s)", name, type(error).__name__)
        return False, "broken"
