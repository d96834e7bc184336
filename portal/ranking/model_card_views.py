"""How the ranking works, for everybody who meets its lists."""

from flask import render_template

from portal.common.clock import today
from portal.ranking import model_card, sentences, versions
from portal.ranking.keeper import model_in_use
from portal.ranking.versions import STATED
from portal.ranking.views import bp
from portal.web.access import SIGNED_IN, allow


@bp.get("/ranking/how")
@allow(SIGNED_IN)
def how() -> str:
    # A page to read: it neither waits for an index nor has one made, and leaves out what is not known yet.
    learned = versions.active_version()
    return render_template(
        "ranking/how.html",
        card=model_card.card(),
        version=model_in_use(),
        scorer=sentences.scorer_words(STATED.version if learned is None else learned.digest),
        since=learned.activated_at if learned is not None and versions.is_readable(learned) else None,
        on=today(),
    )
