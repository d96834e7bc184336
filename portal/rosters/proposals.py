"""What is asked of the college before a commit: equal questions are asked once, for all their rows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.rosters.parsing import ParsedRow, Proposed

# A question a page: more than this nobody reads. What is not asked stays open in the profile.
MOST_QUESTIONS = 100
# As many rows are shown as an example of what is asked.
EXAMPLES = 5
YES, NO = "yes", "no"


@dataclass
class Group:
    """`key` names the question in the form: "zero_phone", "place_3", "occupation_1"."""

    key: str
    kind: str
    column: str
    text: str = ""
    choices: list[str] = field(default_factory=list)
    sure: bool = False
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def group_proposals(rows: Iterable[ParsedRow]) -> tuple[list[Group], dict[tuple[int, str], str]]:
    """The questions, the most frequent first, and which question each row's column belongs to."""
    groups: dict[tuple[str, str, str], Group] = {}
    members: list[tuple[int, str, tuple[str, str, str]]] = []
    for row in rows:
        for proposal in row.proposals:
            identity = _identity(proposal)
            group = groups.get(identity)
            if group is None:
                group = groups[identity] = Group(
                    "", proposal.kind, proposal.column, identity[2], list(proposal.choices), proposal.sure
                )
            group.count += 1
            if len(group.rows) < EXAMPLES:
                group.rows.append(row.number)
            members.append((row.number, proposal.column, identity))
    asked: list[Group] = []
    for kind in ("lost_zero", "place", "occupation"):
        ordered = sorted((g for g in groups.values() if g.kind == kind), key=lambda g: (-g.count, g.text))
        for number, group in enumerate(ordered[:MOST_QUESTIONS], start=1):
            group.key = f"zero_{group.column}" if kind == "lost_zero" else f"{kind}_{number}"
            asked.append(group)
    places = {
        (number, column): groups[identity].key for number, column, identity in members if groups[identity].key
    }
    return asked, places


def _identity(proposal: Proposed) -> tuple[str, str, str]:
    text = "" if proposal.kind == "lost_zero" else proposal.text
    return proposal.kind, proposal.column, text


def apply_answers(
    values: dict[str, Any],
    proposed: Mapping[str, str],
    asked: Iterable[Mapping[str, Any]],
    answers: Mapping[str, str],
) -> dict[str, Any]:
    """The values of a row after what the college answered; what was refused stays empty."""
    result = dict(values)
    for question in asked:
        answer = answers.get(question["group"], "")
        column = question["column"]
        if question["kind"] == "lost_zero":
            if answer == YES:
                result[column] = proposed[column]
        elif question["kind"] == "place":
            result["commune_code"] = answer or None
        elif answer:
            words = result.get("field_of_study") or ""
            result["occupations"] = [{"code": answer, "words": words, "months": 0}]
    return result
