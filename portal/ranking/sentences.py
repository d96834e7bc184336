"""Scores and verdicts in words. Sentences from `matching` come in both languages; the page's is taken."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.scoring import Scorer, StatedWeights
from portal.ranking.points import of_hundred, shown_points

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
    return _("%(band)s · %(points)s trên 100", band=band, points=of_hundred(score, most))


def scorer_words(version: str) -> str:
    """Which way of giving points is at work."""
    if version == StatedWeights.version:
        return _("Trọng số đã ghi trong bản này, do người đặt ra")
    return _("Trọng số học từ kết quả (%(version)s)", version=version)


def taken_words(scorer: Scorer, score: int, most: Mapping[str, int]) -> str:
    """The calibrated share beside the score, as round as it is sure; empty where nothing was learned."""
    told = scorer.share(score, most)
    if told is None:
        return ""
    taken = min(max(5 * round(20 * told), 5), 95)
    return _("Trong những người như vậy được giới thiệu, khoảng %(n)s trên 100 người được nhận.", n=taken)


def part_rows(parts: Mapping[str, int], most: Mapping[str, int]) -> list[tuple[Any, float, str]]:
    """For the parts bar: label, share of the whole, points of those possible; asked-for parts only."""
    whole = sum(most.values())
    return [
        (
            PART_LABELS[name],
            parts[name] / whole,
            _("%(points)s trên %(most)s", points=points, most=possible),
        )
        for name, (points, possible) in shown_points(parts, most).items()
    ]


def sum_words(parts: Mapping[str, int], most: Mapping[str, int]) -> str:
    """The score as the sum it is, in one line; parts that bring nothing are left out."""
    shown = shown_points(parts, most)
    told = [f"{PART_LABELS[name]} {points}" for name, (points, _most) in shown.items() if points]
    total = sum(points for points, _most in shown.values())
    return _("%(parts)s = %(total)s", parts=" + ".join(told) or "0", total=total)
