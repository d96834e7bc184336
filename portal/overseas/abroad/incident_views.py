"""Incidents for those who see to them: the list, one with its acts, and figures by kind."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.abroad import incident_acts as acts
from portal.overseas.abroad.blueprint import bp
from portal.overseas.abroad.help_lines import lines_for
from portal.overseas.abroad.incident_forms import CloseForm, IncidentFilter, KindForm, OwnerForm, StepForm
from portal.overseas.abroad.incident_models import Incident, IncidentStep
from portal.overseas.abroad.incident_permissions import may_act
from portal.overseas.abroad.incident_words import step_text, words_of
from portal.overseas.abroad.incidents import Incidents
from portal.overseas.abroad.local_times import hours_here
from portal.overseas.abroad.models import CheckIn, Stay
from portal.overseas.costs.fraud_models import FraudReport
from portal.overseas.states import (
    INCIDENT_TONES,
    IncidentKind,
    IncidentOutcome,
    IncidentState,
    IncidentStepName,
    Severity,
)
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate
from portal.web.transactions import write_transaction
from portal.workers.blueprint import someone


@bp.get("/incidents")
@allow(*CASE_STAFF)
def incidents() -> Any:
    form, account = IncidentFilter(request.args), someone()
    valid = form.validate()
    shown = Incidents().visible_to(account)
    state = form.state.data if valid else "open"
    if state == "late":
        shown = shown.overdue(today())
    elif state != "all":
        shown = shown.closed() if state == "closed" else shown.open()
    if valid and form.whose.data == "mine":
        shown = shown.owned_by(account)
    if form.kind.data in IncidentKind.values():
        shown = shown.of_kind(IncidentKind(form.kind.data))
    return render_template(
        "overseas/incident_list.html",
        form=form,
        page=paginate(shown.with_list_data().by_urgency().query),
        sums=_sums(account),
        tones=INCIDENT_TONES,
        day=today(),
    )


def _sums(account: Account) -> list[tuple[IncidentKind, int, int]]:
    """(kind, all, not closed) of what this account may know of, the most frequent first; one query."""
    rows = Incidents().visible_to(account).query.subquery()
    waiting = func.count().filter(rows.c.state != IncidentState.CLOSED.value)
    query = select(rows.c.kind, func.count(), waiting).group_by(rows.c.kind)
    found = [(IncidentKind(kind), many, few) for kind, many, few in db.session.execute(query)]
    order = {kind: place for place, kind in enumerate(IncidentKind)}
    return sorted(found, key=lambda row: (-row[1], order[row[0]]))


def _seen(incident_id: int, *, lock: bool = False) -> Incident:
    shown = Incidents().visible_to(someone()).by_id(incident_id).with_list_data()
    query = (shown.locked() if lock else shown).query
    return get_or_404(query.options(selectinload(Incident.steps).joinedload(IncidentStep.actor)))


@bp.get("/incidents/<int:incident_id>")
@allow(*CASE_STAFF)
def incident(incident_id: int) -> Any:
    page = _page(_seen(incident_id))
    with write_transaction():
        found = db.session.get_one(Incident, incident_id)
        # The history of a profile is read by more than may know of what is restricted.
        about = found if found.is_restricted or found.worker is None else found.worker
        record("looked", about, actor=someone(), now=now(), part="incident", incident_id=incident_id)
    return page


def _mine(incident_id: int) -> Incident:
    """To act on; what another looks after is read, not worked on."""
    found = _seen(incident_id, lock=True)
    if not may_act(found, someone()):
        abort(404)
    return found


def _owners() -> list[Account]:
    query = select(Account).where(Account.role.in_(CASE_STAFF), Account.is_enabled)
    return list(db.session.scalars(query.order_by(Account.display_name, Account.id)))


def _owner_form(found: Incident, *, sent: bool = False) -> OwnerForm:
    form = OwnerForm() if sent else OwnerForm(formdata=None, data={"owner": str(found.owner_id or "")})
    form.owner.choices = [(str(one.id), one.display_name) for one in _owners()]
    return form


def _page(found: Incident, **forms: Any) -> str:
    stay = db.session.scalar(select(Stay).where(Stay.case_id == found.case_id)) if found.case_id else None
    is_open, acts_on_it = found.state is not IncidentState.CLOSED, may_act(found, someone())
    return render_template(
        "overseas/incident.html",
        incident=found,
        words=words_of(found),
        steps=[_step(step) for step in found.steps],
        may_act=acts_on_it and is_open,
        looked_after_by_another=is_open and not acts_on_it,
        stay=stay,
        # Not every suspected fraud came as a report: then nobody waits for an answer.
        report=db.session.scalar(select(FraudReport).where(FraudReport.incident_id == found.id)),
        call_at=_call_at(found, stay),
        lines=lines_for(stay.country if stay is not None else "", found.kind, today()),
        tones=INCIDENT_TONES,
        day=today(),
        **{
            "step_form": StepForm(formdata=None),
            "kind_form": KindForm(
                formdata=None, data={"kind": found.kind.value, "severity": found.severity.value}
            ),
            "owner_form": _owner_form(found),
            "close_form": CloseForm(formdata=None),
            **forms,
        },
    )


def _step(step: IncidentStep) -> dict[str, Any]:
    who = step.actor.display_name if step.actor is not None else _("người đó, qua đường dẫn")
    tone = "stop" if step.name is IncidentStepName.HELP_REFUSED else None
    return {"text": step.name.label, "note": step_text(step), "when": step.at, "who": who, "tone": tone}


def _call_at(found: Incident, stay: Stay | None) -> str:
    """When the person asked to be called, on the clock here."""
    if stay is None:
        return ""
    word = db.session.scalars(
        select(CheckIn).where(CheckIn.incident_id == found.id).order_by(CheckIn.id.desc()).limit(1)
    ).first()
    if word is None or word.call_window is None:
        return ""
    here = hours_here(word.call_window, stay.time_zone, now())
    # Not inside an f-string: nobody would collect the sentence for the catalogue.
    at = _("giờ ở đây: %(hours)s", hours=here)
    return f"{word.call_window.label} ({at})" if here else f"{word.call_window.label}"


def _act(incident_id: int, form: Any, name: str, do: Any, said: str) -> Any:
    """One act: checked, done, committed; what is wrong stands at its field and nothing typed is lost."""
    found = _mine(incident_id)
    if not form.validate():
        return _page(found, **{name: form}), 422
    try:
        do(found)
    except DomainError as error:
        db.session.rollback()
        form.put_error(error)
        return _page(_seen(incident_id), **{name: form}), error.status
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("abroad.incident", incident_id=incident_id))


@bp.post("/incidents/<int:incident_id>/steps")
@allow(*CASE_STAFF)
def add_incident_step(incident_id: int) -> Any:
    form = StepForm()

    def do(found: Incident) -> None:
        name = IncidentStepName(form.name.data)
        acts.add_step(found, name, form.text.data or "", actor=someone(), now=now())

    return _act(incident_id, form, "step_form", do, _("Đã ghi."))


@bp.post("/incidents/<int:incident_id>/kind")
@allow(*CASE_STAFF)
def change_incident_kind(incident_id: int) -> Any:
    form = KindForm()

    def do(found: Incident) -> None:
        kind, severity = IncidentKind(form.kind.data), Severity(form.severity.data)
        acts.change_kind(found, kind, severity, actor=someone(), now=now())

    return _act(incident_id, form, "kind_form", do, _("Đã đổi."))


@bp.post("/incidents/<int:incident_id>/owner")
@allow(*CASE_STAFF)
def give_incident(incident_id: int) -> Any:
    found = _mine(incident_id)
    form = _owner_form(found, sent=True)
    if not form.validate():
        return _page(found, owner_form=form), 422
    owner = db.session.get_one(Account, int(form.owner.data))
    acts.give_to(found, owner, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã giao cho %(name)s.", name=owner.display_name), "good")
    # Who gave a restricted one away sees it no longer.
    return redirect(url_for("abroad.incidents"))


@bp.post("/incidents/<int:incident_id>/close")
@allow(*CASE_STAFF)
def close_incident(incident_id: int) -> Any:
    form = CloseForm()

    def do(found: Incident) -> None:
        outcome = IncidentOutcome(form.outcome.data)
        acts.close(found, outcome, form.text.data or "", actor=someone(), now=now())

    return _act(incident_id, form, "close_form", do, _("Đã kết thúc sự việc."))
