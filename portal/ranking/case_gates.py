"""What the hard requirements of an opening say of somebody who is to be nominated for it: the verdicts of the
ranked list, asked of one person.

A plain no asks the adviser for a reason, which is kept with the step: the receiver decides whom it takes.
What is not known stops nobody, and neither does a wish: whoever has a case wants to go.
"""

from collections.abc import Iterator

from matching.index import Ranker
from portal.overseas.cases.gates import Question, register
from portal.overseas.cases.transitions import Missing, Need
from portal.ranking.profiles import opening_profile, worker_profile
from portal.ranking.sentences import said
from portal.workers.queries import Workers

WISH = "wants"


def meets_the_opening(asked: Question) -> Iterator[Missing]:
    opening = asked.case.opening
    worker = Workers().by_id(asked.case.worker_id).with_profile_data().first()
    if opening is None or worker is None:
        return
    profile = worker_profile(worker)
    try:
        # Verdicts need no index of the others.
        stated = Ranker.fit([profile]).verdicts(opening_profile(opening, asked.on), profile, on=asked.on)
    except ValueError:
        return  # an opening that may not be ranked; the desk is told on its own page
    for verdict in stated:
        if verdict.hard and verdict.verdict == "no" and verdict.rule != WISH:
            yield Missing(said(verdict), verdict.source or "", passable=True)


register(Need.FITS, meets_the_opening)
