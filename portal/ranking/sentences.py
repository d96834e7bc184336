"""Scores and verdicts in words. Sentences from `matching` come in both languages; the page's is taken."""

from typing import Any, Protocol

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching import weights

PART_LABELS = {
    "occupation": _l("Nghề"),
    "text": _l("Lời kể về công việc"),
    "experience": _l("Kinh nghiệm"),
    "wish": _l("Nghề mong muốn"),
    "distance": _l("Nơi ở"),
    "wishes": _l("Điều mong thêm"),
    "wage": _l("Mức lương"),
    "skills": _l("Kỹ năng"),
    "certificate": _l("Chứng chỉ"),
    "start": _l("Ngày bắt đầu"),
    "recency": _l("Hồ sơ mới"),
}


class Said(Protocol):
    text_vi: str
    text_en: str


def said(sentence: Said) -> str:
    return sentence.text_en if str(get_locale()) == "en" else sentence.text_vi


def share(score: int) -> float:
    return score / weights.TOP


def fit_words(score: int) -> str:
    """Four bands a person can compare; the number stands beside them."""
    part = share(score)
    if part >= 0.7:
        band = _("Rất hợp")
    elif part >= 0.5:
        band = _("Khá hợp")
    elif part >= 0.3:
        band = _("Hợp một phần")
    else:
        band = _("Ít hợp")
    return _("%(band)s · %(points)s trên 100", band=band, points=round(100 * part))


def part_rows(parts: Any, most: Any) -> list[tuple[Any, float, str]]:
    """For the parts bar: label, share of the whole, points of those possible; asked-for parts only."""
    return [
        (
            PART_LABELS[name],
            points / weights.TOP,
            _(
                "%(points)s trên %(most)s",
                points=round(points / 10_000),
                most=round(most[name] / 10_000),
            ),
        )
        for name, points in parts.items()
        if most[name]
    ]
