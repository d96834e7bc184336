"""How the ranking works, for everybody who meets its lists."""

from flask import render_template

from portal.common.clock import today
from portal.ranking import model_card, sentences, versions
from portal.ranking.keeper import ranker
from portal.ranking.views import bp
from portal.web.access import SIGNED_IN, allow


@bp.get("/ranking/how")
@allow(SIGNED_IN)
def how() -> str:
    on = today()
    index, _mark = ranker(on)
    learned = versions.active_version()
    return render_template(
        "ranking/how.html",
        card=model_card.card(),
        version=index.model.version,
        scorer=sentences.scorer_words(index.scorer.version),
        since=learned.activated_at if learned is not None and versions.is_readable(learned) else None,
        on=on,
    )
