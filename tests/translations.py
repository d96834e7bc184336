"""`make quality`: every sentence of the pages has its English, and the catalogue has no leftovers."""

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "portal/translations/en/LC_MESSAGES/messages.po"


def extracted(folder: Path) -> set[str]:
    pot = folder / "messages.pot"
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "--quiet",
        "extract",
        "-F",
        "babel.cfg",
        "-k",
        "_l",
    ]
    subprocess.run([*command, "-k", "lazy_gettext", "-o", str(pot), "portal"], cwd=ROOT, check=True)
    with pot.open("rb") as file:
        return {_key(message.id) for message in read_po(file) if message.id}


def _key(identity: object) -> str:
    return str(identity[0]) if isinstance(identity, tuple | list) else str(identity)


def problems() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        wanted = extracted(Path(folder))
    if len(wanted) < 500:
        return [f"only {len(wanted)} sentences were found in the pages: the extraction itself is broken"]
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    known = {_key(message.id): message for message in catalogue if message.id}
    found = [f"not in the catalogue: {sentence}" for sentence in sorted(wanted - known.keys())]
    found += [f"no longer used: {sentence}" for sentence in sorted(known.keys() - wanted)]
    for sentence, message in sorted(known.items()):
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if sentence in wanted and (message.fuzzy or not all(texts)):
            found.append(f"no English for: {sentence}")
        found += [f"{error}: {sentence}" for error in message.check(catalogue)]
    return found


if __name__ == "__main__":
    lines = problems()
    for line in lines:
        print(line)
    sys.exit(bool(lines))
