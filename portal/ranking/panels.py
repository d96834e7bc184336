"""What the ranking says on pages of earlier packages."""

from flask import render_template

from portal.access.models import Account
from portal.common.clock import today
from portal.openings.models import Opening
from portal.openings.panels import SEEKER_PANELS
from portal.ranking.keeper import IndexMissing, ranker
from portal.ranking.profiles import opening_profile, worker_profile
from portal.workers.queries import Workers, worker_of


@SEEKER_PANELS.add("ranking.bars")
def what_stands_between(opening: Opening, account: Account) -> str:
    """The hard requirements this person does not meet: better said before they ask than after they hoped."""
    mine = worker_of(account)
    worker = Workers().by_id(mine.id).with_profile_data().first() if mine is not None else None
    if worker is None:
        return ""
    on = today()
    try:
        index, _mark = ranker(on)
    except IndexMissing:
        return ""
    try:
        stated = index.verdicts(opening_profile(opening, on), worker_profile(worker), on=on)
    except ValueError:
        return ""  # an opening that may not be ranked; the desk is told on its own page
    bars = [verdict for verdict in stated if verdict.hard and verdict.verdict == "no"]
    return render_template("ranking/_bars.html", bars=bars) if bars else ""
