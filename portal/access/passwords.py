"""Argon2 hashes. Slow on purpose: never inside a write transaction."""

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app


@lru_cache(maxsize=4)
def _hasher(memory_kib: int, passes: int) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)


def _current() -> PasswordHasher:
    return _hasher(current_app.config["ARGON2_MEMORY_KIB"], current_app.config["ARGON2_PASSES"])


def _nfc(text: str) -> str:
    """The same letters typed on two phones may differ in Unicode form."""
    return unicodedata.normalize("NFC", text)


def hash_password(text: str) -> str:
    return _current().hash(_nfc(text))


@lru_cache(maxsize=4)
def _nobodys_hash(memory_kib: int, passes: int) -> str:
    return _hasher(memory_kib, passes).hash("nobody has this password")


def check_password(password_hash: str | None, text: str) -> bool:
    """Also without a hash the work is done, so that an unknown name takes as long as a known one."""
    hasher = _current()
    nobody = _nobodys_hash(hasher.memory_cost, hasher.time_cost)
    try:
        right = hasher.verify(password_hash or nobody, _nfc(text))
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None
