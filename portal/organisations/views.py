"""Organisations: the centre's list, and each partner's own page."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access.states import PARTNERS, Role
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.organisations import operations
from portal.organisations.forms import (
    ContactForm,
    InviteForm,
    MarketForm,
    OrganisationFilter,
    OrganisationForm,
)
from portal.organisations.models import MarketPermission, Organisation
from portal.organisations.permissions import (
    may_change_contact,
    may_confirm,
    may_keep,
    may_manage_members,
)
from portal.organisations.queries import (
    Organisations,
    confirmations_of,
    invitations_of,
    member_counts,
    members_of,
    membership_of,
)
from portal.organisations.rules import CALLED_KINDS, ROLES_OF_KIND
from portal.organisations.states import OrganisationKind
from portal.reference.countries import country_name
from portal.reference.places import places
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate

bp = Blueprint("organisations", __name__)

STAFF = (Role.ADVISER, Role.MODERATOR, Role.LEADER)
KEEPERS = (Role.MODERATOR, Role.LEADER)


def visible(organisation_id: int) -> Organisation:
    shown = Organisations().visible_to(current_user).with_id(organisation_id).with_market_permissions()
    return get_or_404(shown.query)


@bp.get("/organisations")
@allow(*STAFF)
def staff_list() -> Any:
    form = OrganisationFilter(request.args)
    shown = Organisations().visible_to(current_user).search(form.q.data or "")
    if form.kind.data in OrganisationKind.values():
        shown = shown.of_kind(OrganisationKind(form.kind.data))
    page = paginate(shown.in_order().query)
    return render_template(
        "organisations/list.html",
        form=form,
        page=page,
        counts=member_counts(page.items),
        place_name=places().name,
        may_keep=may_keep(current_user),
    )


@bp.get("/organisations/<int:organisation_id>")
@allow(*STAFF)
def staff_view(organisation_id: int) -> Any:
    return organisation_page(visible(organisation_id), InviteForm(formdata=None), MarketForm(formdata=None))


@bp.get("/organisation")
@allow(*PARTNERS)
def mine() -> Any:
    membership = membership_of(current_user)
    if membership is None:
        return render_template("organisations/none.html")
    return organisation_page(
        visible(membership.organisation_id), InviteForm(formdata=None), MarketForm(formdata=None)
    )


def page_of(organisation: Organisation) -> str:
    """Where this reader sees the organisation."""
    if current_user.role in PARTNERS:
        return url_for("organisations.mine")
    return url_for("organisations.staff_view", organisation_id=organisation.id)


def organisation_page(
    organisation: Organisation, invite_form: InviteForm, market_form: MarketForm, status: int = 200
) -> Any:
    membership = membership_of(current_user)
    manages = may_manage_members(current_user, organisation, membership)
    invite_form.role.choices = [(role, role.label) for role in ROLES_OF_KIND[organisation.kind]]
    page = render_template(
        "organisations/view.html",
        organisation=organisation,
        members=members_of(organisation),
        invitations=invitations_of(organisation, now=now()) if manages else [],
        invite_form=invite_form,
        market_form=market_form,
        calls=confirmations_of(organisation),
        needs_call=organisation.kind in CALLED_KINDS,
        may_confirm=may_confirm(current_user),
        may_keep=may_keep(current_user),
        may_contact=may_change_contact(current_user, membership),
        may_manage=manages,
        is_sender=organisation.kind == OrganisationKind.SENDER,
        day=today(),
        place_name=places().name,
        country_name=country_name,
    )
    return page, 422 if invite_form.errors or market_form.errors else status


@bp.route("/organisations/new", methods=["GET", "POST"])
@allow(*KEEPERS)
def new() -> Any:
    form = OrganisationForm()
    if form.validate_on_submit():
        try:
            organisation = operations.create_organisation(
                form.facts(), form.contact(), actor=current_user, now=now()
            )
            db.session.commit()
            flash(_("Đã ghi tổ chức."), "good")
            return redirect(page_of(organisation))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    return render_template("organisations/edit.html", form=form, organisation=None), _status(form)


@bp.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@allow(*KEEPERS)
def edit(organisation_id: int) -> Any:
    organisation = visible(organisation_id)
    form = OrganisationForm()
    if form.validate_on_submit():
        try:
            operations.change_organisation(
                organisation, form.facts(), form.contact(), actor=current_user, now=now()
            )
            db.session.commit()
            flash(_("Đã ghi thay đổi."), "good")
            return redirect(page_of(organisation))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    elif not form.is_submitted():
        form.show(organisation)
    return render_template("organisations/edit.html", form=form, organisation=organisation), _status(form)


@bp.route("/organisation/contact", methods=["GET", "POST"])
@allow(*PARTNERS)
def contact() -> Any:
    membership = membership_of(current_user)
    if membership is None:
        return redirect(url_for("organisations.mine"))
    organisation = membership.organisation
    form = ContactForm()
    if form.validate_on_submit():
        operations.change_contact(organisation, form.contact(), actor=current_user, now=now())
        db.session.commit()
        flash(_("Đã ghi địa chỉ liên hệ."), "good")
        return redirect(url_for("organisations.mine"))
    if not form.is_submitted():
        form.show(organisation)
    return render_template("organisations/contact.html", form=form, organisation=organisation), _status(form)


@bp.post("/organisations/<int:organisation_id>/markets")
@allow(*KEEPERS)
def add_market(organisation_id: int) -> Any:
    organisation = visible(organisation_id)
    form = MarketForm()
    if not form.validate():
        return organisation_page(organisation, InviteForm(formdata=None), form)
    operations.add_market_permission(
        organisation,
        form.country.data,
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
        source=form.source.data,
        actor=current_user,
        now=now(),
    )
    db.session.commit()
    flash(_("Đã ghi thị trường %(country)s.", country=country_name(form.country.data)), "good")
    return redirect(page_of(organisation))


@bp.post("/organisations/<int:organisation_id>/markets/<int:market_id>/end")
@allow(*KEEPERS)
def end_market(organisation_id: int, market_id: int) -> Any:
    organisation = visible(organisation_id)
    market = get_or_404(
        db.select(MarketPermission).where(
            MarketPermission.id == market_id, MarketPermission.organisation_id == organisation.id
        )
    )
    operations.end_market_permission(market, today(), actor=current_user, now=now())
    db.session.commit()
    flash(_("Đã kết thúc thị trường %(country)s từ hôm nay.", country=country_name(market.country)), "good")
    return redirect(page_of(organisation))


def _status(form: Any) -> int:
    return 422 if form.errors or form.form_errors else 200
