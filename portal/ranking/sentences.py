"""Scores and verdicts in words. Sentences from `matching` come in both languages; the page's is taken."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.scoring import Scorer

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


def share(score: int, most: Mapping[str, int]) -> float:
    """Of all that this opening could bring; learned points have no round sum."""
    whole = sum(most.values())
    return score / whole if whole else 0.0


def fit_words(score: int, most: Mapping[str, int]) -> str:
    """Four bands a person can compare; the number stands beside them."""
    part = share(score, most)
    if part >= 0.7:
        band = _("Rất hợp")
    elif part >= 0.5:
        band = _("Khá hợp")
    elif part >= 0.3:
        band = _("Hợp một phần")
    else:
        band = _("Ít hợp")
    return _("%(band)s · %(points)s trên 100", band=band, points=round(100 * part))


def taken_words(scorer: Scorer, score: int, most: Mapping[str, int]) -> str:
    """The calibrated share beside the score, as round as it is sure; empty where nothing was learned."""
    told = scorer.share(score, most)
    if told is None:
        return ""
    of_hundred = min(max(5 * round(20 * told), 5), 95)
    return _(
        "Trong những người như vậy được giới thiệu, khoảng %(n)s trên 100 người được nhận.", n=of_hundred
    )


def part_rows(parts: Mapping[str, int], most: Mapping[str, int]) -> list[tuple[Any, float, str]]:
    """For the parts bar: label, share of the whole, points of those possible; asked-for parts only."""
    whole = sum(most.values())
    return [
        (
            PART_LABELS[name],
            points / whole,
            _(
                "%(points)s trên %(most)s",
                points=round(100 * points / whole),
                most=round(100 * most[name] / whole),
            ),
        )
        for name, points in parts.items()
        if most[name]
    ]
