"""Openings for everyone: the list and the page of one."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.sansio.blueprints import BlueprintSetupState
from flask_login import current_user
from markupsafe import Markup

from portal.access.states import Role
from portal.common.clock import today
from portal.openings import finding_words
from portal.openings.describing import place_text, requirement_lines, wage_text
from portal.openings.finding import wish_of
from portal.openings.forms import PublicFilterForm
from portal.openings.models import Opening
from portal.openings.panels import SEEKER_PANELS
from portal.openings.permissions import DESK, may_author
from portal.openings.public_facts import public_facts
from portal.openings.queries import Openings, asker
from portal.openings.standing import Checker
from portal.openings.states import TONES, OpeningState, RequirementKind, Sphere
from portal.organisations.queries import live_confirmation
from portal.web.access import PUBLIC, allow, get_or_404
from portal.web.lists import paginate

bp = Blueprint("openings", __name__)


@bp.record_once
def words(state: BlueprintSetupState) -> None:
    """How an opening is put in words, for every page and macro that shows one."""
    state.app.jinja_env.globals.update(
        wage_text=wage_text,
        place_text=place_text,
        OPENING_TONES=TONES,
        requirement_kinds={kind.value: kind.label for kind in RequirementKind},
        **finding_words.WORDS,
    )


@bp.get("/openings")
@allow(PUBLIC)
def public_list() -> Any:
    form = PublicFilterForm(request.args)
    form.validate()
    wish = wish_of(form)
    found = wish.narrow(Openings().published(today())).named_first(wish.words).with_list_data()
    asked = any((wish.words, wish.place, wish.sphere, wish.least))
    return render_template(
        "openings/public_list.html", form=form, page=paginate(found), wish=wish, asked=asked, Sphere=Sphere
    )


@bp.get("/openings/<int:opening_id>")
@allow(PUBLIC)
def view(opening_id: int) -> Any:
    opening = get_or_404(Openings().visible_to(current_user).by_id(opening_id).with_page_data())
    works_on_it = (
        current_user.is_authenticated
        and current_user.role in DESK
        and may_author(asker(current_user), opening.organisation_id)
    )
    open_now = opening.state == OpeningState.PUBLISHED and (
        opening.expires_on is None or opening.expires_on >= today()
    )
    return render_template(
        "openings/view.html",
        opening=opening,
        lines=requirement_lines(opening.requirements),
        public=public_facts(opening, Checker(today()).standing(opening)) if opening.overseas else None,
        confirmation=live_confirmation(opening.organisation_id),
        works_on_it=works_on_it,
        open_now=open_now,
        before_asking=_before_asking(opening) if open_now else [],
    )


def _before_asking(opening: Opening) -> list[Markup]:
    """Only a signed-in person has a profile that can be compared."""
    if not current_user.is_authenticated or current_user.role is not Role.SEEKER:
        return []
    return [Markup(panel(opening, current_user)) for _name, panel in SEEKER_PANELS]
