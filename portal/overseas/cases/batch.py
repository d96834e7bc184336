"""One step for several cases, a class or a flight: each by itself, each with its own answer."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.access.models import Account
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.models import Opening
from portal.overseas.cases import forms
from portal.overseas.cases import operations as ops
from portal.overseas.cases.moves import Stopped, stage_of
from portal.overseas.cases.queries import Cases
from portal.overseas.cases.transitions import Party, find
from portal.overseas.models import OverseasCase
from portal.referrals.batch import Outcome
from portal.web.row_numbers import may_be_row

MOST_ROWS = 200


@dataclass(frozen=True)
class Action:
    """`step` for all of them, with what `form` asks once; what differs from person to person is no batch."""

    label: Any
    step: str
    form: type[forms.StepForm]
    run: Callable[..., OverseasCase]


def _take(name: str) -> Callable[..., OverseasCase]:
    def run(case: OverseasCase, form: forms.StepForm, **by: Any) -> OverseasCase:
        # What is left open here stays as it is known of each.
        details = {field: value for field, value in form.details().items() if value is not None}
        return ops.take(case, name, form.given(), details=details, **by)

    return run


ACTIONS: dict[str, Action] = {
    action.step: action
    for action in (
        Action(_l("Giới thiệu dự tuyển"), "nominate", forms.NoteForm, _take("nominate")),
        Action(
            _l("Ghi: trúng tuyển"),
            "select",
            forms.SelectForm,
            lambda case, form, **by: ops.select_person(
                case, form.given(), agreed_by=form.agreed_by.data, **by
            ),
        ),
        Action(_l("Ghi: vào lớp"), "train", forms.TrainForm, _take("train")),
        Action(_l("Ghi: đã khám sức khỏe"), "health", forms.NoteForm, _take("health")),
        Action(_l("Ghi: đã có thị thực"), "visa", forms.VisaForm, _take("visa")),
        Action(
            _l("Ghi: sẵn sàng xuất cảnh"),
            "make_ready",
            forms.ReadyForm,
            lambda case, form, **by: ops.make_ready(case, form.given(), flight=form.flight.data or "", **by),
        ),
        Action(
            _l("Ghi: đã xuất cảnh"),
            "depart",
            forms.DepartForm,
            lambda case, form, **by: ops.depart(case, form.given(), **by),
        ),
    )
}


@dataclass(frozen=True)
class Line:
    case_id: int
    outcome: Outcome
    case: OverseasCase | None = None
    sentences: tuple[str, ...] = ()
    # The place in the form that the sentence is about, where it is about what was typed.
    field: str = ""


def chosen(ids: Iterable[int], account: Account) -> list[OverseasCase]:
    wanted = [one for one in dict.fromkeys(ids) if may_be_row(one)][:MOST_ROWS]
    return Cases().visible_to(account).by_ids(wanted).with_list_data().by_clock().all()


def run(
    action: Action, ids: Iterable[int], form: forms.StepForm, *, actor: Account, now: dt.datetime
) -> list[Line]:
    """All rows are locked first, openings before cases, each in the order of their keys; a refused row undoes
    only itself. What was not done comes first: that is what somebody has still to look at.
    """
    asked = sorted({one for one in ids if may_be_row(one)})[:MOST_ROWS]
    shown = Cases().visible_to(actor).by_ids(asked)
    _lock_openings(shown)
    query = shown.query.order_by(OverseasCase.id).with_for_update(of=OverseasCase)
    found = {row.id: row for row in db.session.scalars(query)}
    lines = [_one(action, one, found.get(one), form, actor, now) for one in asked]
    return sorted(lines, key=lambda line: line.outcome is Outcome.DONE)


def slip_of_all(lines: list[Line], form: forms.StepForm) -> Line | None:
    """What was typed once and is wrong for every one of them: it is mended once, in the form."""
    first = lines[0]
    said = {(line.field, line.sentences) for line in lines}
    return first if len(said) == 1 and first.field in form else None


def _lock_openings(shown: Cases) -> None:
    used = shown.query.with_only_columns(OverseasCase.opening_id)
    db.session.scalars(
        select(Opening.id).where(Opening.id.in_(used)).order_by(Opening.id).with_for_update()
    ).all()


def _one(
    action: Action,
    case_id: int,
    case: OverseasCase | None,
    form: forms.StepForm,
    actor: Account,
    now: dt.datetime,
) -> Line:
    if case is None:
        return Line(case_id, Outcome.GONE, None, (_("Không còn, hoặc không phải của bạn."),))
    if find(action.step, stage_of(case), Party.STAFF) is None:
        there = _("Đang ở “%(stage)s”: bước này không làm từ đây.", stage=case.state.label)
        return Line(case_id, Outcome.SKIPPED, case, (there,))
    try:
        with db.session.begin_nested():
            action.run(case, form, actor=actor, now=now)
    except Stopped as stopped:
        db.session.refresh(case)
        sentences = [str(one.sentence) for one in stopped.missing]
        if stopped.passable:
            sentences.append(_("Dựa trên quy định chưa kiểm chứng: muốn đi tiếp thì ghi lý do ở hồ sơ này."))
        return Line(case_id, Outcome.REFUSED, case, tuple(sentences))
    except DomainError as error:
        db.session.refresh(case)
        return Line(case_id, Outcome.REFUSED, case, (str(error.sentence),), error.field or "")
    return Line(case_id, Outcome.DONE, case)
