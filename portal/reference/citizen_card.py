"""What the QR code of a citizen card says, as a keyboard scanner types it. Pure: nothing of the text is kept.

2021: number | old number | name | birth | sex | address | issued. Since 2024 more follows (parents …), and
cards differ in what they leave empty. So fields are known by their shape and by what stands beside them.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from portal.common.text import better_case, fold, tidy_name
from portal.reference.places import Sureness, places
from portal.reference.telex import is_telex, read_telex

# A card holds about 200 characters; whoever leans on the keys is not a scanner.
LONGEST = 2_000
NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)")
_BARS = re.compile(r"[|｜¦‖]")
_DAY = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$|^(\d{2})(\d{2})(\d{4})$")
_YEAR = re.compile(r"^(?:0000|00[/.\-]00[/.\-])?((?:19|20)\d\d)$")
# "Nữ" where a letter was lost on the way: "N?", "N".
_FEMALE = re.compile(r"^n[^a-z]{0,2}$")
LONGEST_NAME, LONGEST_SEX = 120, 6


@dataclass(frozen=True, slots=True)
class CitizenCard:
    number: str
    full_name: str
    birth_date: dt.date | None = None
    birth_year: int | None = None
    sex: str | None = None
    # The permanent address in the card's words, and split where its commune is certain.
    address: str = ""
    commune_code: str | None = None
    address_line: str = ""

    @property
    def birth_words(self) -> str:
        return self.birth_date.strftime("%d/%m/%Y") if self.birth_date else str(self.birth_year or "")


def read_card(text: str) -> CitizenCard | None:
    """None where there is no number with a name: then it was no card."""
    fields = _fields(text[:LONGEST])
    if fields is None:
        return None
    number, rest = fields
    born_at = next((at for at, field in enumerate(rest) if _birth(field) is not None), None)
    name = next((field for field in rest[:born_at] if _is_name(field)), "")
    if not name:
        return None
    date, year = _birth(rest[born_at]) or (None, None) if born_at is not None else (None, None)
    after = rest[born_at + 1 :] if born_at is not None else []
    sex_at = next((at for at, field in enumerate(after[:2]) if _sex(field)), None)
    address = _address(after, sex_at)
    commune, line = _place(address)
    sex = _sex(after[sex_at]) if sex_at is not None else None
    return CitizenCard(number, better_case(name), date, year, sex or _sex_of(number), address, commune, line)


def _fields(text: str) -> tuple[str, list[str]] | None:
    """The number, and the fields after it, of the first card in the text."""
    tidy = unicodedata.normalize("NFC", _unbroken(text))
    found = NUMBER.search(tidy)
    if found is None:
        return None
    number, rest = found.group(), tidy[found.end() :]
    # Scanned twice in a row: the second time begins where the number comes again.
    rest = rest.partition(number)[0]
    parts = [tidy_name(re.sub(r"[\x00-\x1f\x7f]", " ", part)) for part in _BARS.split(rest)]
    if is_telex(parts):
        parts = [read_telex(part) for part in parts]
    return number, parts


def _unbroken(text: str) -> str:
    """UTF-8 that was taken for Latin letters on the way."""
    for letters in ("cp1252", "latin-1"):
        try:
            return text.encode(letters).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _birth(field: str) -> tuple[dt.date | None, int] | None:
    """The date with its year, or the year alone as cards of old people have it."""
    alone = _YEAR.match(field)
    if alone:
        return None, int(alone.group(1))
    found = _DAY.match(field)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups() if part)
    if not 1900 <= year <= 2100:
        return None
    try:
        return dt.date(year, month, day), year
    except ValueError:
        return None


def _is_name(field: str) -> bool:
    return (
        any(c.isalpha() for c in field) and not any(c.isdigit() for c in field) and len(field) <= LONGEST_NAME
    )


def _sex(field: str) -> str | None:
    word = fold(field).strip()
    if not word or len(word) > LONGEST_SEX:
        return None
    if word in ("nam", "male"):
        return "male"
    return "female" if word in ("nu", "female") or _FEMALE.match(word) else None


def _sex_of(number: str) -> str | None:
    """The fourth figure says it, should the word be lost."""
    figure = int(number[3])
    return None if figure > 3 else ("male", "female")[figure % 2]


def _address(after: list[str], sex_at: int | None) -> str:
    """Stands behind the sex; behind an empty one there are only the names of others."""
    place = sex_at + 1 if sex_at is not None else 0
    for field in after[place : place + 2 if sex_at is None else place + 1]:
        if _birth(field) is None and any(c.isalpha() for c in field):
            return field
    return ""


def _place(address: str) -> tuple[str | None, str]:
    """Today's commune where it is certain, and what of the address lies inside it."""
    found = places().understand_address(address) if address else None
    if found is None or found.sureness is not Sureness.SURE:
        return None, address
    parts = [part.strip() for part in address.split(",")]
    inside = 0
    while inside + 1 < len(parts) and _names(parts[inside + 1 :], found.commune):
        inside += 1
    return found.commune, ", ".join(parts[:inside])


def _names(parts: list[str], commune: str | None) -> bool:
    return commune is not None and places().understand_address(", ".join(parts)).commune == commune
