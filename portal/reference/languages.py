"""Languages, and the certificates that measure them, each with its levels in order."""

from babel import Locale
from flask_babel import get_locale

from matching.scales import POINTS, Scale, level_name, level_order, scales
from portal.reference.named import in_page_language

__all__ = [
    "certificate_label",
    "known_level",
    "language_choices",
    "language_name",
    "language_scales",
    "level_choices",
    "scale_choices",
]

DRIVING = "driving"


def language_scales() -> list[Scale]:
    return [scale for scale in scales().values() if scale.language]


def scale_choices(language: str | None = None) -> list[tuple[str, str]]:
    """Certificates of one language or of all; driving licences are kept apart."""
    return [
        (scale.code, in_page_language(scale.name_vi, scale.name_en))
        for scale in language_scales()
        if language in (None, scale.language)
    ]


def level_choices(scale: str) -> list[tuple[str, str]]:
    """Lowest first. Empty where the certificate states points: ask for the points."""
    known = scales().get(scale)
    if known is None or known.is_points:
        return []
    ordered = sorted(known.levels.values(), key=lambda level: level.order)
    return [(level.code, in_page_language(level.name_vi, level.name_en)) for level in ordered]


def points_range(scale: str) -> tuple[float, float] | None:
    known = scales().get(scale)
    if known is None or not known.is_points:
        return None
    limits = known.levels[POINTS]
    return limits.points_min or 0, limits.points_max or 0


def known_level(scale: str, level: str | None) -> bool:
    """Whether the scale has this level, or these points lie inside it."""
    return scale in scales() and level_order(scale, level) is not None


def certificate_label(scale: str, level: str | None) -> str:
    """ "tiếng Nhật JLPT N4", in the language of the page; an unknown code is shown as it is."""
    if scale not in scales():
        return " ".join(part for part in (scale, level) if part)
    return level_name(scale, level, in_page_language("vi", "en"))


def language_name(code: str) -> str:
    locale = get_locale() or Locale("vi")
    return str(locale.languages.get(code, code))


def language_choices() -> list[tuple[str, str]]:
    codes = dict.fromkeys(scale.language for scale in language_scales() if scale.language)
    return [(code, language_name(code)) for code in codes]
