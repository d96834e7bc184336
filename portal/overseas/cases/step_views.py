"""One page for every step that staff take: its form, its operation. Buttons come from the table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.counselling.states import ContactChannel
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.cases import forms
from portal.overseas.cases import operations as ops
from portal.overseas.cases.blueprint import bp
from portal.overseas.cases.moves import Stopped, facts_for, stage_of, way_back
from portal.overseas.cases.queries import Cases
from portal.overseas.cases.receiver_consents import PROFILE, sendable_kinds
from portal.overseas.cases.transitions import (
    WHY_ON,
    WRONG_STATE,
    Missing,
    Party,
    Step,
    find,
    standing_in_the_way,
)
from portal.overseas.models import OverseasCase
from portal.web.access import allow, get_or_404

Run = Callable[..., OverseasCase]


@dataclass(frozen=True)
class StepPage:
    run: Run
    form: type[forms.StepForm] = forms.NoteForm
    done: Any = _l("Đã ghi.")
    # What is known already stands in the form.
    fill: Callable[[OverseasCase], dict[str, Any]] | None = None


def _take(name: str) -> Run:
    def run(case: OverseasCase, form: Any, **by: Any) -> OverseasCase:
        return ops.take(case, name, form.given(), details=form.details(), **by)

    return run


def _plain(operation: Run) -> Run:
    return lambda case, form, **by: operation(case, form.given(), **by)


def _columns(*names: str) -> Callable[[OverseasCase], dict[str, Any]]:
    return lambda case: {name: getattr(case, name) for name in names}


def _hired_on(case: OverseasCase) -> dict[str, Any]:
    referral = case.referral
    return {"date": referral.hired_on if referral is not None and referral.hired_on else None}


def _seen(case: OverseasCase) -> dict[str, Any]:
    return {"seen": case.state.value}


PAGES: dict[str, StepPage] = {
    "counsel": StepPage(
        lambda case, form, **by: ops.counsel(
            case, form.given(), channel=ContactChannel(form.channel.data), **by
        ),
        forms.CounselForm,
        _l("Đã ghi một lượt tư vấn."),
    ),
    "check": StepPage(_take("check"), forms.CheckForm),
    "nominate": StepPage(_take("nominate"), done=_l("Đã giới thiệu dự tuyển.")),
    "select": StepPage(
        lambda case, form, **by: ops.select_person(case, form.given(), agreed_by=form.agreed_by.data, **by),
        forms.SelectForm,
        _l("Đã ghi trúng tuyển."),
        _hired_on,
    ),
    "train": StepPage(_take("train"), forms.TrainForm),
    "health": StepPage(_take("health")),
    "sign": StepPage(
        _take("sign"), forms.SignForm, fill=_columns("contract_number", "contract_ends_on", "service_fee_vnd")
    ),
    "arrange_money": StepPage(
        _take("arrange_money"),
        forms.MoneyForm,
        fill=_columns("finance_way", "deposit_vnd", "deposit_paid_on", "accepted_on"),
    ),
    "visa": StepPage(
        _take("visa"),
        forms.VisaForm,
        fill=_columns("list_submitted_on", "list_confirmed_on", "visa_filed_on"),
    ),
    "make_ready": StepPage(
        lambda case, form, **by: ops.make_ready(case, form.given(), flight=form.flight.data or "", **by),
        forms.ReadyForm,
        _l("Đã ghi: sẵn sàng xuất cảnh."),
        lambda case: {"date": case.planned_departure, "flight": case.flight},
    ),
    "depart": StepPage(
        _plain(ops.depart),
        forms.DepartForm,
        _l("Đã ghi ngày xuất cảnh."),
        lambda case: {"date": case.planned_departure},
    ),
    "return_home": StepPage(_plain(ops.return_home), forms.ReturnForm),
    "settle": StepPage(_plain(ops.settle)),
    "send_profile": StepPage(
        lambda case, form, **by: ops.send_profile(case, form.parts.data, form.given(), **by),
        forms.SendForm,
        _l("Đã ghi lần gửi hồ sơ."),
        lambda _case: {"parts": [PROFILE]},
    ),
    "extend": StepPage(_plain(ops.extend), forms.ExtendForm, _l("Đã ghi hạn mới.")),
    "end": StepPage(_plain(ops.end), forms.EndForm, _l("Đã dừng hồ sơ.")),
    "reopen": StepPage(_plain(ops.reopen), forms.BackForm, _l("Đã mở lại hồ sơ."), _seen),
    "undo": StepPage(_plain(ops.undo), forms.BackForm, _l("Đã quay lại bước trước."), _seen),
    "undo_depart": StepPage(_plain(ops.undo_depart), forms.BackForm, _l("Đã bỏ ngày xuất cảnh."), _seen),
}


def visible(case_id: int) -> OverseasCase:
    return get_or_404(Cases().visible_to(current_user).by_id(case_id).with_page_data().query)


def actor() -> Account:
    account: Account = current_user._get_current_object()
    return account


def link_of(case: OverseasCase, step: Step) -> str:
    return url_for("cases.step", case_id=case.id, name=step.name)


@bp.route("/cases/<int:case_id>/steps/<name>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def step(case_id: int, name: str) -> Any:
    case = visible(case_id)
    if name not in PAGES:
        abort(404)
    back = url_for("cases.view", case_id=case.id)
    page, row = PAGES[name], find(name, stage_of(case), Party.STAFF)
    in_the_way = _in_the_way(case, row) if row is not None else (Missing(WRONG_STATE),)
    hard = [one for one in in_the_way if not one.passable]
    # A gate that shut while somebody typed is said on their page: nothing typed is lost.
    if row is None or (hard and request.method == "GET"):
        flash(" ".join(str(one.sentence) for one in hard), "stop")
        return redirect(back)
    form, soft = form_for(page, case), [one for one in in_the_way if one.passable]
    if form.validate_on_submit():
        try:
            page.run(case, form, actor=actor(), now=now())
            db.session.commit()
            flash(str(page.done), "good")
            return redirect(back)
        except DomainError as error:
            db.session.rollback()
            soft = put_errors(form, error) or soft
    answer = render_template(
        "overseas/case_step.html",
        case=case,
        step=row,
        form=form,
        back=back,
        soft=soft,
        texts=TEXT_FIELDS,
        leads_back_to=way_back(case) if row.back else None,
    )
    return answer, 422 if form.errors else 200


TEXT_FIELDS = ("note", "why_on", "contract_number", "parts")


def put_errors(form: Any, error: DomainError) -> list[Missing]:
    """Each thing that is missing on a line of its own; what a reason carries over asks for that reason."""
    if not isinstance(error, Stopped):
        form.put_error(error)
        return []
    if error.passable:
        form.why_on.errors = [str(WHY_ON)]
        return list(error.missing)
    form.form_errors = [*form.form_errors, *(one.sentence for one in error.missing)]
    return []


def _in_the_way(case: OverseasCase, row: Step) -> tuple[Missing, ...]:
    return standing_in_the_way(facts_for(case, row, on=today(), needs=row.needs), row.needs)


def form_for(page: StepPage, case: OverseasCase) -> Any:
    form = page.form(data=page.fill(case) if page.fill else None)
    if "parts" in form:
        form.parts.choices = sendable(case)
    return form


def sendable(case: OverseasCase) -> list[tuple[str, Any]]:
    return [(PROFILE, _l("Hồ sơ cá nhân")), *((kind.value, kind.label) for kind in sendable_kinds(case))]
