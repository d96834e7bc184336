"""Openings at the desk: staff work on all of them, employers and senders on their own."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from portal.access.states import CASE_STAFF
from portal.common.clock import local_date, now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.openings import operations, writing
from portal.openings.describing import requirement_lines
from portal.openings.findings import why
from portal.openings.form_values import data_of, form_class, needs_of, proposals, terms_of, values_of
from portal.openings.forms import DeskFilterForm, OpeningForm, ReasonForm
from portal.openings.models import Opening
from portal.openings.panels import STAFF_PANELS
from portal.openings.permissions import DESK, may_moderate
from portal.openings.public_facts import public_facts
from portal.openings.queries import Openings, asker, hiring_organisations, open_findings, steps_of
from portal.openings.screening import Screener
from portal.openings.standing import Checker
from portal.openings.states import CONTRACT_KINDS, EDITABLE_STATES, OpeningState, RequirementKind, Sphere
from portal.openings.terms_forms import FIRST_PART, STEP_TITLES, STEPS
from portal.openings.transitions import TRANSITIONS, available
from portal.openings.views import bp
from portal.organisations.models import Organisation
from portal.organisations.queries import organisation_of
from portal.organisations.states import OrganisationKind
from portal.reference import occupations
from portal.reference.minors import barred_to_minors
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate

__all__ = ["bp", "own_opening"]


def own_opening(opening_id: int) -> Opening:
    """Locked where the request is going to change it: an edit must not undo a hire made meanwhile."""
    shown = Openings().on_desk_of(current_user).by_id(opening_id).with_page_data()
    return get_or_404(shown.locked() if request.method == "POST" else shown)


@bp.get("/desk/openings")
@allow(*DESK)
def staff_list() -> Any:
    form = DeskFilterForm(request.args)
    shown = Openings().on_desk_of(current_user).search((form.q.data or "")[:100])
    if form.state.data in OpeningState.values():
        shown = shown.in_states([OpeningState(form.state.data)])
    if form.sphere.data in Sphere.values():
        shown = shown.in_sphere(Sphere(form.sphere.data))
    if form.state.data == OpeningState.SUBMITTED.value:
        shown = shown.longest_waiting_first()
    elif current_user.role in CASE_STAFF and not any((form.q.data, form.state.data, form.sphere.data)):
        shown = shown.live_first()
    else:
        shown = shown.last_touched_first()
    return render_template(
        "openings/staff_list.html",
        form=form,
        page=paginate(shown.with_list_data()),
        moderates=may_moderate(asker(current_user), 0),
    )


@bp.get("/desk/openings/<int:opening_id>")
@allow(*DESK)
def staff_view(opening_id: int) -> Any:
    opening = own_opening(opening_id)
    who = asker(current_user)
    panels = [panel(opening, current_user) for _name, panel in STAFF_PANELS] if who.is_staff else []
    standing = Checker(local_date(now())).standing(opening) if opening.overseas else None
    return render_template(
        "openings/staff_view.html",
        opening=opening,
        lines=requirement_lines(opening.requirements),
        steps=steps_of(opening),
        step_labels={name: step.label for name, step in TRANSITIONS.items()} | {"create": _("Ghi tin")},
        buttons=available(opening.state, who, opening.organisation_id),
        editable=opening.state in EDITABLE_STATES,
        moderates=may_moderate(who, opening.organisation_id),
        why=why,
        panels=panels,
        standing=standing,
        public=public_facts(opening, standing) if standing else None,
        parts=list(STEPS.values()),
    )


@bp.post("/desk/openings/<int:opening_id>/step/<name>")
@allow(*DESK)
def step(opening_id: int, name: str) -> Any:
    opening = own_opening(opening_id)
    reason = request.form.get("reason", "")[:1000]
    if name == "submit":
        operations.submit(opening, actor=current_user, now=now())
        said = _("Đã gửi duyệt.")
        if opening.overseas is not None and (wrong := Checker(today()).standing(opening).breaches):
            flash(
                ngettext(
                    "Còn %(num)s điều trái quy định: phải sửa thì tin mới đăng được.",
                    "Còn %(num)s điều trái quy định: phải sửa thì tin mới đăng được.",
                    len(wrong),
                ),
                "warn",
            )
    elif name == "close":
        operations.close(opening, reason, actor=current_user, now=now())
        said = _("Đã đóng tin.")
    elif name == "reopen":
        operations.reopen(opening, actor=current_user, now=now())
        said = _("Đã mở lại thành bản nháp. Hãy ghi hạn mới rồi gửi duyệt.")
    else:
        abort(404)
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("openings.staff_view", opening_id=opening_id))


# --- the form ------------------------------------------------------------------------------------------


@bp.route("/desk/openings/new", methods=["GET", "POST"])
@allow(*DESK)
def new() -> Any:
    sphere = _asked_sphere()
    form = form_class(sphere)()
    _offer_organisations(form, sphere)
    if not form.organisation_id.choices:
        return render_template("openings/no_organisation.html")
    if request.method == "POST" and not _rearranged(form) and form.validate():
        try:
            organisation = db.get_or_404(Organisation, form.organisation_id.data)
            values, needs, terms = values_of(form, sphere), needs_of(form), terms_of(form)
            opening = writing.create(organisation, values, needs, terms, actor=current_user, now=now())
            return _kept(opening)
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    return _form_page(form, sphere, None)


@bp.route("/desk/openings/<int:opening_id>/edit", methods=["GET", "POST"])
@allow(*DESK)
def edit(opening_id: int) -> Any:
    opening = own_opening(opening_id)
    sphere = opening.sphere
    form = form_class(sphere)(data=data_of(opening) if request.method == "GET" else None)
    form.organisation_id.choices = [(opening.organisation_id, opening.organisation.name)]
    form.organisation_id.data = opening.organisation_id
    if request.method == "POST" and not _rearranged(form) and form.validate():
        try:
            values, needs, terms = values_of(form, sphere), needs_of(form), terms_of(form)
            writing.change(opening, values, needs, terms, actor=current_user, now=now())
            return _kept(opening)
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            opening = own_opening(opening_id)
    return _form_page(form, sphere, opening)


def _kept(opening: Opening) -> Any:
    """Saved; and sent for checking when the other button was pressed. A refusal to send loses nothing."""
    said, tone = _("Đã ghi tin."), "good"
    if request.form.get("action") == "submit" and opening.state in TRANSITIONS["submit"].sources:
        try:
            with db.session.begin_nested():
                operations.submit(opening, actor=current_user, now=now())
            said = _("Đã ghi và gửi duyệt.")
        except DomainError as error:
            said, tone = _("Đã ghi, nhưng chưa gửi duyệt được: %(why)s", why=error.sentence), "warn"
    elif opening.state == OpeningState.SUBMITTED:
        said = _("Đã ghi. Tin chờ duyệt trước khi hiện với người tìm việc.")
    opening_id = opening.id
    db.session.commit()
    flash(said, tone)
    if request.form.get("action") == "next" and opening.sphere == Sphere.OVERSEAS:
        return redirect(url_for("openings.terms", opening_id=opening_id, part=FIRST_PART))
    return redirect(url_for("openings.staff_view", opening_id=opening_id))


def _asked_sphere() -> Sphere:
    asked = request.args.get("sphere", "")
    if asked in Sphere.values():
        return Sphere(asked)
    return Sphere.OVERSEAS if current_user.role.value == "sender" else Sphere.DOMESTIC


def _offer_organisations(form: OpeningForm, sphere: Sphere) -> None:
    if asker(current_user).is_staff:
        senders = (OrganisationKind.SENDER, OrganisationKind.CENTRE, OrganisationKind.DEPARTMENT)
        offered = [o for o in hiring_organisations() if sphere == Sphere.DOMESTIC or o.kind in senders]
        form.organisation_id.choices = [(o.id, o.name) for o in offered]
        return
    own = organisation_of(current_user)
    form.organisation_id.choices = [(own.id, own.name)] if own else []
    form.organisation_id.data = own.id if own else None


def _rearranged(form: OpeningForm) -> bool:
    """A button that only changes the form: a row more or less, an occupation taken. Nothing is stored."""
    action = request.form.get("action", "")
    if action == "add" and request.form.get("add_kind") in RequirementKind.values():
        if len(form.requirements.entries) < (form.requirements.max_entries or 0):
            form.requirements.append_entry({"kind": request.form["add_kind"]})
        return True
    if action.startswith("remove-"):
        kept = [entry for entry in form.requirements.entries if entry.name != action.removeprefix("remove-")]
        form.requirements.entries = kept
        return True
    if action.startswith("take-") and occupations.exists(code := action.removeprefix("take-")):
        form.occupation.data, form.occupation_code.data = occupations.name(code), code
        return True
    return action == "add"


def _form_page(form: OpeningForm, sphere: Sphere, opening: Opening | None) -> Any:
    # Age and sex are offered abroad only; at home the law forbids to ask.
    kinds = [kind for kind in RequirementKind if sphere == Sphere.OVERSEAS or kind not in CONTRACT_KINDS]
    page = render_template(
        "openings/form.html",
        form=form,
        sphere=sphere,
        opening=opening,
        kinds=kinds,
        proposals=proposals(form),
        bars=barred_to_minors(form.occupation_code.data, f"{form.title.data or ''} {form.text.data or ''}"),
        staff=asker(current_user).is_staff,
        findings=open_findings(opening) if opening else [],
        verdict=Screener(local_date(now())).verdict(opening) if opening else None,
        report=Checker(local_date(now())).as_stated(opening) if opening and opening.overseas else None,
        titles=STEP_TITLES,
        why=why,
    )
    return page, 422 if form.errors else 200


@bp.get("/desk/openings/<int:opening_id>/close")
@allow(*DESK)
def closing(opening_id: int) -> Any:
    """The reason is asked on a page of its own, so that it works without any script."""
    return render_template("openings/close.html", opening=own_opening(opening_id), form=ReasonForm())
