"""Programmes for everybody: the list, and the page of one as it stands today."""

from typing import Any

from flask import render_template, request
from flask_login import current_user

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import today
from portal.overseas.models import Programme
from portal.overseas.programmes.blueprint import bp
from portal.overseas.programmes.queries import ProgrammeDay, Programmes, of_programme, on_day
from portal.overseas.programmes.round_models import ProgrammeRound
from portal.overseas.programmes.sentences import asked_words
from portal.overseas.programmes.states import FactKind, Openness
from portal.reference.countries import country_choices, country_name
from portal.reference.people import priority_groups
from portal.reference.places import places
from portal.web.access import PUBLIC, allow, get_or_404

TONES = {
    Openness.OPEN: "good",
    Openness.NOT_STARTED: "wait",
    Openness.ENDED: "calm",
    Openness.NO_AGREEMENT: "stop",
    Openness.CLOSED_HERE: "calm",
}
# What a card of the list tells: the first thing people ask.
ON_CARDS = (FactKind.COST, FactKind.TERM)


@bp.get("/programmes")
@allow(PUBLIC)
def all_programmes() -> Any:
    """All, or those that lead to a country (`?country=TW`), with those to several."""
    asked = request.args.get("country", "")
    country = country_name(asked) if asked in dict(country_choices()) else ""
    rows = Programmes().all()
    if country:
        rows = [one for one in rows if one.country in (None, asked)]
    return render_template(
        "overseas/programmes.html",
        shown=on_day(rows, today()),
        country=country,
        tones=TONES,
        on_card=on_card,
        Openness=Openness,
    )


def on_card(one: ProgrammeDay) -> list[Any]:
    return [fact for kind in ON_CARDS for fact in one.facts if fact.kind is kind and fact.programme_id][:2]


def programme_or_404(code: str) -> Programme:
    return get_or_404(Programmes().by_code(code).query)


@bp.get("/programmes/<programme>")
@allow(PUBLIC)
def programme(programme: str) -> Any:
    shown = of_programme(programme_or_404(programme), today())
    return render_template(
        "overseas/programme.html",
        one=shown,
        tones=TONES,
        groups=_groups(shown),
        requirement_sources=[(asked_words(one), one.source, one.since, one.verified) for one in shown.asked],
        fact_sources=[(one.words, one.source, one.valid_from, one.verified) for one in shown.facts],
        document_sources=[(one.name, one.source, one.valid_from, one.verified) for one in shown.documents],
        asked_words=asked_words,
        odds=odds_of,
        places=places(),
        country=country_name,
        priority_groups=priority_groups(),
        is_seeker=current_user.is_authenticated and current_user.role is Role.SEEKER,
        may_change=current_user.is_authenticated and current_user.role in CASE_STAFF,
        Openness=Openness,
        FactKind=FactKind,
    )


def _groups(shown: ProgrammeDay) -> list[list[Any]]:
    """Requirements, those of which any will do together."""
    members: dict[str, list[Any]] = {}
    for number, asked in enumerate(shown.asked):
        members.setdefault(asked.any_of or f"-{number}", []).append(asked)
    return list(members.values())


def odds_of(one: ProgrammeRound) -> int | None:
    """Of a hundred who applied, how many were taken."""
    if not one.places or not one.applicants:
        return None
    return round(100 * min(one.places, one.applicants) / one.applicants)
