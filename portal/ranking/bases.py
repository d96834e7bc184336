"""Where saved indexes lie: a folder for each base, and a small file that names the one in use.

A new base is written whole beside the old one; then the name is replaced in one step. Who still has the old
one open keeps it, although its files are gone from the folder.
"""

import datetime as dt
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from matching.index import Ranker
from matching.store import model_of

NAME_FILE = "current"
LOCK_FILE = "lock"
# A base may be replaced between reading its name and opening it; not again and again.
TRIES = 5

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Note:
    """What is saved beside a base."""

    # The last row of the change log it has seen, what that row says, and the last day it has lived.
    mark: int
    of: str
    day: dt.date
    # How many profiles its model was learned from, and how many have changed since.
    learned_from: int
    changed: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"day": self.day.isoformat()}

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        return cls(**{**kept, "day": dt.date.fromisoformat(kept["day"])})


@dataclass(frozen=True)
class Base:
    index: Ranker
    note: Note


@dataclass(frozen=True)
class Bases:
    folder: Path

    def stamp(self) -> Stamp | None:
        """Differs once another base is in use; one look at one file, before every ranking."""
        try:
            found = os.stat(self.folder / NAME_FILE)
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def open(self) -> Base | None:
        """The base in use; None where there is none, or where another version of the program wrote it."""
        for _ in range(TRIES):
            before = self.stamp()
            try:
                name = (self.folder / NAME_FILE).read_text(encoding="utf-8").strip()
                index = Ranker.load(self.folder / name)
                return Base(index, Note.read(index.note))
            except FileNotFoundError:
                if self.stamp() == before:
                    return None
            except (OSError, ValueError, KeyError, TypeError):
                return None
        return None

    def model(self) -> str | None:
        """The version of the model of the base in use, from its header alone; None as in `open`."""
        try:
            return model_of(self.folder / self._used())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One at a time writes a base, whatever process it is in; who waited looks again what is there."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.folder / LOCK_FILE, "w", encoding="utf-8", opener=_private) as file:
            # The system opens it when the process ends, however it ends.
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def put(self, index: Ranker, note: Note) -> None:
        """Save and put in use; only inside `writing`."""
        name = f"base-{note.mark}-{secrets.token_hex(4)}"
        self._remove_all_but(self._used())  # what a killed process left must not fill the disk
        index.save(self.folder / name, note=note.as_json())
        fresh = self.folder / f".{NAME_FILE}"
        with open(fresh, "w", encoding="utf-8", opener=_private) as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.folder / NAME_FILE)
        self._remove_all_but(name)

    def _used(self) -> str:
        try:
            return (self.folder / NAME_FILE).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""

    def _remove_all_but(self, used: str) -> None:
        for left in self.folder.iterdir():
            if left.is_dir() and left.name != used:
                shutil.rmtree(left, ignore_errors=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
