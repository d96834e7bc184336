"""Two to five people beside each other: their answers line by line, and the difference in one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.types import Verdict
from portal.ranking.explanations import Answer
from portal.ranking.points import shown_points
from portal.ranking.sentences import PART_LABELS

FEWEST, MOST = 2, 5
# Parts named of one person: what somebody keeps in mind while they read on.
NAMED = 2

RULE_LABELS = {
    "age": _l("Tuổi"),
    "sex": _l("Giới tính"),
    "education": _l("Học vấn"),
    "experience": _l("Kinh nghiệm"),
    "skill": _l("Kỹ năng"),
    "certificate": _l("Chứng chỉ"),
    "licence": _l("Bằng lái"),
    "shift": _l("Ca làm"),
    "place": _l("Nơi ở"),
    "wants": _l("Nơi muốn làm"),
    "any_of": _l("Một trong nhiều điều"),
}


@dataclass(frozen=True)
class Compared:
    """`gates`: one row a requirement, `parts`: one row a part; a cell a person, in the order of `ranked`:
    those of `answers` who are measured at all."""

    answers: list[Answer]
    ranked: list[Answer]
    gates: list[tuple[Any, tuple[Verdict, ...]]]
    parts: list[tuple[Any, list[tuple[int, int]]]]
    difference: str


def compare(answers: list[Answer]) -> Compared:
    ranked = [answer for answer in answers if answer.explanation is not None]
    explained = [answer.explanation for answer in ranked if answer.explanation is not None]
    rows = list(zip(*(one.verdicts for one in explained), strict=True))
    points = [shown_points(one.parts, one.most) for one in explained]
    parts = [(PART_LABELS[name], [one[name] for one in points]) for name in points[0]] if points else []
    names = [answer.worker.full_name for answer in ranked]
    return Compared(
        answers=answers,
        ranked=ranked,
        gates=[(RULE_LABELS.get(row[0].rule, row[0].rule), row) for row in rows],
        parts=parts,
        difference=difference(names, [{name: one[name][0] for name in one} for one in points]),
    )


def leads(points: Sequence[Mapping[str, int]]) -> list[list[str]]:
    """For each person the parts in which they have more than everybody else, by how much more."""
    found: list[list[tuple[int, str]]] = [[] for _one in points]
    for name in points[0] if points else ():
        shown = [one[name] for one in points]
        best = max(shown)
        if shown.count(best) == 1:
            ahead = best - max(value for value in shown if value != best)
            found[shown.index(best)].append((ahead, name))
    return [[name for _ahead, name in sorted(one, key=lambda pair: -pair[0])] for one in found]


def difference(names: Sequence[str], points: Sequence[Mapping[str, int]]) -> str:
    """By the points as they are shown, so that the sentence and the bars say the same."""
    if len(names) < FEWEST:
        return ""
    told = []
    for name, ahead in zip(names, leads(points), strict=True):
        parts = [str(PART_LABELS[part]).lower() for part in ahead[:NAMED]]
        if parts:
            told.append(
                _(
                    "%(name)s hơn ở %(parts)s",
                    name=name,
                    parts=format_list(parts, locale=get_locale() or "vi"),
                )
            )
    if not told:
        return str(_("Không ai hơn ai ở phần nào."))
    return "; ".join(told) + "."
