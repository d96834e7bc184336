"""Which papers a case needs, by which stage, and what is wrong with those there are.

Plain values in, findings out. The list stands in `data/case_documents.csv`; a programme may have its own.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from portal.overseas.cases.states import PIPELINE, DocumentKind, DocumentState
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState

FILE = Path(__file__).parents[1] / "data" / "case_documents.csv"
EVERY, BASE = "*", "base"


@dataclass(frozen=True, slots=True)
class NeededDocument:
    kind: DocumentKind
    # There, looked at and valid when the case enters this stage.
    needed_by: CaseState
    # It has a last day, which stands on the paper or follows from its day and a rule.
    expires: bool = False
    # The sender hands it on; papers about the body, the family and the courts are not among these.
    for_sender: bool = False
    # The legal rule with the months of its validity; else what a programme says of them.
    rule: str = ""
    months: int | None = None
    # Asked for by a row that nobody has verified: a reason carries over its absence.
    certain: bool = True
    source: str = ""


class Fault(StrEnum):
    ABSENT = "absent"
    WAITING = "waiting"
    RETURNED = "returned"
    UNDATED = "undated"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Finding:
    needed: NeededDocument
    fault: Fault | None
    expires_on: dt.date | None = None
    reason: str = ""


class Paper(Protocol):
    """What is looked at in a document, read only."""

    @property
    def kind(self) -> DocumentKind: ...
    @property
    def state(self) -> DocumentState: ...
    @property
    def issued_on(self) -> dt.date | None: ...
    @property
    def expires_on(self) -> dt.date | None: ...
    @property
    def return_reason(self) -> str: ...


@lru_cache(maxsize=64)
def listed(programme: str | None) -> tuple[NeededDocument, ...]:
    """The papers of a programme by its code; "taiwan" stands for all that begin so, others have the base."""
    rows = _rows()
    known = {name for _needed, names in rows for name in names}
    wanted = next((name for name in known if f"{programme or BASE}-".startswith(f"{name}-")), BASE)
    return tuple(needed for needed, names in rows if wanted in names or EVERY in names)


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[NeededDocument, frozenset[str]], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (
                NeededDocument(
                    DocumentKind(row["kind"]),
                    CaseState(row["needed_by"]),
                    row["expires"] == "1",
                    row["for_sender"] == "1",
                    row["rule"],
                ),
                frozenset(row["programmes"].split()),
            )
            for row in csv.DictReader(file)
        )


def any_row_of(kind: DocumentKind) -> NeededDocument:
    """How a paper of this kind is treated where a programme asks for it and the list does not."""
    found = next((needed for needed, _names in _rows() if needed.kind is kind), None)
    return found or NeededDocument(kind, USUALLY_BY.get(kind, CaseState.READY))


USUALLY_BY = {
    DocumentKind.DEPOSIT_RECEIPT: CaseState.FINANCE,
    DocumentKind.SUPPORT_PROOF: CaseState.FINANCE,
}
Told = Callable[[OverseasCase], Sequence[NeededDocument] | None]
_told_by: list[Told] = []


def told_by(function: Told) -> Told:
    """Register who knows the papers of a programme; None from it: the list of the file."""
    _told_by.append(function)
    return function


def needed_in(case: OverseasCase) -> tuple[NeededDocument, ...]:
    told = _told_by[-1](case) if _told_by else None
    needed = tuple(told) if told is not None else listed(case.programme.code if case.programme else None)
    if case.deposit_vnd and all(one.kind is not DEPOSIT.kind for one in needed):
        return (*needed, DEPOSIT)
    return needed


# Only where something was deposited.
DEPOSIT = NeededDocument(DocumentKind.DEPOSIT_RECEIPT, CaseState.FINANCE)


def due_by(needed: Iterable[NeededDocument], stage: CaseState) -> list[NeededDocument]:
    """Those a case must have when it enters that stage."""
    if stage not in PIPELINE:
        return []
    at = PIPELINE.index(stage)
    return [one for one in needed if PIPELINE.index(one.needed_by) <= at]


def current(papers: Iterable[Paper]) -> dict[DocumentKind, Paper]:
    """The one of each kind that counts: a checked paper until a newer one is checked, else the newest.

    `papers` come oldest first.
    """
    counted: dict[DocumentKind, Paper] = {}
    for paper in papers:
        if paper.state is DocumentState.REPLACED:
            continue
        held = counted.get(paper.kind)
        if held is None or held.state is not DocumentState.CHECKED or paper.state is DocumentState.CHECKED:
            counted[paper.kind] = paper
    return counted


def look(needed: Iterable[NeededDocument], papers: Iterable[Paper], on: dt.date) -> list[Finding]:
    """One finding a needed paper, in the order of the list; `fault` is None where all is well on that day."""
    have = current(papers)
    return [_look_at(one, have.get(one.kind), on) for one in needed]


def _look_at(needed: NeededDocument, paper: Paper | None, on: dt.date) -> Finding:
    if paper is None:
        return Finding(needed, Fault.ABSENT)
    expires_on = paper.expires_on
    if paper.state is DocumentState.RETURNED:
        return Finding(needed, Fault.RETURNED, expires_on, paper.return_reason)
    if expires_on is not None and expires_on < on:
        return Finding(needed, Fault.EXPIRED, expires_on)
    if paper.state is DocumentState.WAITING:
        return Finding(needed, Fault.WAITING, expires_on)
    if needed.expires and expires_on is None:
        return Finding(needed, Fault.UNDATED)
    return Finding(needed, None, expires_on)


def soonest_first(findings: Iterable[Finding], planned: dt.date | None) -> list[Finding]:
    """First what expires before the planned departure, then what has a fault, then the rest by stage."""

    def place(finding: Finding) -> tuple[bool, dt.date, bool, int]:
        lapses = planned is not None and finding.expires_on is not None and finding.expires_on < planned
        day = finding.expires_on if lapses and finding.expires_on else dt.date.max
        return (not lapses, day, finding.fault is None, PIPELINE.index(finding.needed.needed_by))

    return sorted(findings, key=place)
