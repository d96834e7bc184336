"""Settings of the tests: given as an environment, so that no file of the machine is read."""

import os
import tempfile
from base64 import urlsafe_b64encode

# Before config is imported: its instance folder must not be the developer's.
os.environ.setdefault("BENVIEC_INSTANCE", tempfile.mkdtemp(prefix="benviec-test-"))

from config import Config


def environment(url: str, **more: str) -> dict[str, str]:
    return {
        "MODE": "demo",
        "SECRET_KEY": "of the tests, and of nothing else",
        "KEYS_FROM": "demo",
        "SEAL_KEY": urlsafe_b64encode(b"s" * 64).decode(),
        "INDEX_KEY": urlsafe_b64encode(b"i" * 32).decode(),
        "CODE_KEY": urlsafe_b64encode(b"c" * 32).decode(),
        "DATABASE_URL": url,
        # The weakest argon2 there is: the tests sign in hundreds of times.
        "ARGON2_MEMORY_KIB": "64",
        "ARGON2_PASSES": "1",
        "UPLOAD_FOLDER": tempfile.mkdtemp(prefix="benviec-uploads-"),
        "INDEX_FOLDER": tempfile.mkdtemp(prefix="benviec-index-"),
        **more,
    }


def config_for(url: str, **more: str) -> Config:
    return Config(environment(url, **more))
