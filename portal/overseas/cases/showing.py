"""What the page of a case says of its next steps and its papers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.document_queries import papers_of
from portal.overseas.cases.documents_needed import (
    Finding,
    NeededDocument,
    current,
    due_by,
    look,
    needed_in,
    soonest_first,
)
from portal.overseas.cases.gates import is_told
from portal.overseas.cases.moves import facts_for, stage_of
from portal.overseas.cases.states import PIPELINE, DocumentKind, DocumentState
from portal.overseas.cases.step_views import link_of
from portal.overseas.cases.transitions import (
    ABOUT,
    TICKS,
    Missing,
    Need,
    Offer,
    Party,
    Step,
    offers,
    standing_in_the_way,
)
from portal.overseas.models import OverseasCase
from portal.web.templating import show_date, show_money

# Nothing can be said of these, not even that all is well, before an opening is chosen.
OF_AN_OPENING = (Need.FITS, Need.TAKING, Need.LICENCE, Need.SUPPLY, Need.QUANTITY)


@dataclass(frozen=True)
class Line:
    """One thing that the next step needs: there, or what is missing."""

    about: Any
    missing: tuple[Missing, ...] = ()
    # Asked when the step is taken.
    asked: bool = False


@dataclass(frozen=True)
class NextSteps:
    onward: Step | None
    href: str
    lines: tuple[Line, ...]
    stopped: bool
    # The other steps, with their addresses.
    others: tuple[tuple[Step, str], ...]
    shut: tuple[Offer, ...]


def next_steps(case: OverseasCase, on: dt.date) -> NextSteps:
    """The one step that leads on with everything it needs, and what else may be done from here."""
    stage = stage_of(case)
    offered = offers(stage, Party.STAFF)
    onward = next((one.step for one in offered if one.step.leads_on), None)
    lines: tuple[Line, ...] = ()
    stopped = False
    if onward is not None:
        facts = facts_for(case, onward, on=on, needs=onward.needs)
        lines = _lines(case, onward, facts.missing)
        stopped = any(not one.passable for one in standing_in_the_way(facts, onward.needs))
    beside = [_looked_at(case, one.step, on) for one in offered if one.step is not onward]
    return NextSteps(
        onward,
        link_of(case, onward) if onward is not None else "",
        lines,
        stopped,
        tuple((one.step, link_of(case, one.step)) for one in beside if not one.hard),
        tuple(one for one in beside if one.hard),
    )


def _looked_at(case: OverseasCase, step: Step, on: dt.date) -> Offer:
    missing = standing_in_the_way(facts_for(case, step, on=on, needs=step.needs), step.needs)
    return Offer(step, tuple(one for one in missing if not one.passable))


def _lines(case: OverseasCase, step: Step, missing: Any) -> tuple[Line, ...]:
    facts = [
        Line(ABOUT[need], missing.get(need, ()))
        for need in step.needs
        if is_told(need) and (need not in OF_AN_OPENING or case.opening is not None)
    ]
    asked = [
        Line(ABOUT[need], asked=True) for need in step.judged if is_told(need) and need not in step.needs
    ]
    ticks = [Line(TICKS[need], asked=True) for need in step.asks if need in TICKS]
    return (*facts, *asked, *ticks)


def facts_shown(case: OverseasCase) -> list[tuple[str, str]]:
    """Days and sums that are known, in the order in which they came."""
    pairs = [
        (_("Trúng tuyển"), show_date(case.selected_on)),
        (_("Phải xuất cảnh trước hết ngày"), show_date(case.depart_by)),
        (_("Số hợp đồng"), case.contract_number),
        (_("Ký hợp đồng"), show_date(case.contract_signed_on)),
        (_("Hết hợp đồng"), show_date(case.contract_ends_on)),
        (_("Tiền dịch vụ"), show_money(case.service_fee_vnd)),
        (_("Lo tiền"), str(case.finance_way.label) if case.finance_way else ""),
        (_("Ký quỹ"), show_money(case.deposit_vnd)),
        (_("Nộp ký quỹ"), show_date(case.deposit_paid_on)),
        (_("Bên nước ngoài đồng ý nhận"), show_date(case.accepted_on)),
        (_("Nộp danh sách"), show_date(case.list_submitted_on)),
        (_("Danh sách được xác nhận"), show_date(case.list_confirmed_on)),
        (_("Nộp hồ sơ thị thực"), show_date(case.visa_filed_on)),
        (_("Xuất cảnh"), show_date(case.departed_on)),
        (_("Về nước ngày"), show_date(case.returned_on)),
    ]
    return [(label, value) for label, value in pairs if value]


@dataclass(frozen=True)
class PaperRow:
    needed: NeededDocument | None
    kind: DocumentKind
    finding: Finding | None
    paper: CaseDocument | None
    # A newer one of the same kind that waits while the checked one still counts.
    newer: CaseDocument | None = None
    lapses: bool = False

    @property
    def state(self) -> DocumentState | None:
        return self.paper.state if self.paper is not None else None


def papers_table(case: OverseasCase, on: dt.date) -> list[PaperRow]:
    """What expires before the planned departure first, then what is missing, then the rest by stage."""
    papers = papers_of(case)
    needed = needed_in(case)
    have = current(papers)
    findings = soonest_first(look(needed, papers, on), case.planned_departure)
    rows = [_row(case, one.needed.kind, one, have, papers) for one in findings]
    listed = {one.kind for one in needed}
    further = [
        _row(case, paper.kind, None, {paper.kind: paper}, []) for paper in papers if paper.kind not in listed
    ]
    return [*rows, *further]


def _row(case: OverseasCase, kind: DocumentKind, finding: Finding | None, have: Any, papers: Any) -> PaperRow:
    paper = have.get(kind)
    newer = next((one for one in reversed(papers) if one.kind is kind and one is not paper), None)
    if newer is not None and paper is not None and newer.id < paper.id:
        newer = None
    planned = case.planned_departure
    lapses = bool(
        planned is not None
        and case.departed_on is None
        and paper is not None
        and paper.expires_on is not None
        and paper.expires_on < planned
    )
    return PaperRow(finding.needed if finding else None, kind, finding, paper, newer, lapses)


def to_bring_next(case: OverseasCase, on: dt.date) -> list[PaperRow]:
    """What the person has still to bring for the stages ahead, the nearest stage first."""
    rows = [
        row for row in papers_table(case, on) if row.finding is not None and row.finding.fault is not None
    ]
    return sorted(rows, key=lambda row: PIPELINE.index(row.needed.needed_by) if row.needed else len(PIPELINE))


def due_next(case: OverseasCase) -> set[DocumentKind]:
    """Needed for the very next stage."""
    onward = next((one.step for one in offers(stage_of(case), Party.STAFF) if one.step.leads_on), None)
    if onward is None or onward.target is None:
        return set()
    return {one.kind for one in due_by(needed_in(case), onward.target)}
