"""Countries by ISO 3166 code, named by Babel in the language of the page."""

from functools import lru_cache

from babel import Locale
from flask_babel import get_locale

from portal.common.text import fold
from portal.reference.datafiles import read_rows

HOME = "VN"
# The markets that people of the province go to, the busiest first (departures of 2025).
MARKETS = (
    "JP", "KR", "TW", "DE", "AU", "CN", "SG", "MY", "MO", "RO", "HU", "PL", "CZ", "BG", "GR",
    "RU", "SA", "AE", "KW", "DZ", "NZ", "CA", "US", "TH", "KH", "LA",
)  # fmt: skip


@lru_cache(maxsize=4)
def names(language: str) -> dict[str, str]:
    territories = Locale(language).territories
    # Babel also has regions ("001"), "unknown", and codes that are reserved but name no country.
    left_out = {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    return {
        code: str(name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in left_out
    }


def language_of_page() -> str:
    locale = get_locale()
    return locale.language if locale is not None else "vi"


def country_name(code: str | None) -> str:
    return names(language_of_page()).get(code or "", code or "")


def is_country(code: str | None) -> bool:
    return bool(code) and code in names("vi")


def market_choices() -> list[tuple[str, str]]:
    """The usual markets abroad, for a short list."""
    return [(code, country_name(code)) for code in MARKETS]


def country_choices(with_home: bool = False) -> list[tuple[str, str]]:
    """All countries: the usual markets first, then by name."""
    known = names(language_of_page())
    rest = sorted(
        (code for code in known if code not in MARKETS and code != HOME), key=lambda c: fold(known[c])
    )
    first = (HOME,) if with_home else ()
    return [(code, known[code]) for code in (*first, *MARKETS, *rest)]


def country_code(text: str) -> str | None:
    """The code for a name as people write it in Vietnamese or English, with or without marks."""
    typed = text.strip()
    # Capitals only: "MY" is Malaysia, "Mỹ" and "my" are the United States.
    if typed in names("vi"):
        return typed
    return _by_name().get(fold(typed))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    found = {fold(name): code for language in ("en", "vi") for code, name in names(language).items()}
    return found | {fold(row["name"]): row["code"] for row in read_rows("country_names.csv")}
