"""Why a named person is where they are in the list of an opening, or not in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.index import Ranker
from matching.types import Explanation
from portal.access.models import Account
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking.keeper import ranker
from portal.ranking.profiles import opening_profile, worker_profile
from portal.workers.models import Worker
from portal.workers.queries import Workers, live_purposes
from portal.workers.rules import Bar, Facts, may_be_matched


@dataclass
class Answer:
    worker: Worker
    # Why the person is not ranked at all, before any requirement is looked at; empty if they are.
    not_ranked: str
    # None then: nobody is measured against an opening who did not agree to be matched, or no longer does.
    explanation: Explanation | None


def explain(opening: Opening, worker: Worker, on: dt.date) -> Answer:
    return explain_all(opening, [worker], on)[0]


def explain_all(opening: Opening, workers: Sequence[Worker], on: dt.date) -> list[Answer]:
    """Several people by the same ranker and the same rules; as many queries as for one."""
    index, _mark = ranker(on)
    asked = opening_profile(opening, on)
    answers = []
    for worker in workers:
        bar = may_be_matched(_facts(worker), on)
        if bar is not None:
            answers.append(Answer(worker, bar_sentence(bar), None))
            continue
        # A copy of the index's arrays is not needed: a lone profile under the same model scores the same.
        one = index if worker.id in index else _alone(index, worker)
        answers.append(Answer(worker, "", one.explain(asked, worker.id, on=on)))
    return answers


def _alone(index: Ranker, worker: Worker) -> Ranker:
    alone = Ranker.fit([worker_profile(worker)], model=index.model)
    alone.scorer = index.scorer
    return alone


def _facts(worker: Worker) -> Facts:
    return Facts(
        state=worker.state,
        live_purposes=live_purposes(worker),
        birth_date=worker.birth_date,
        birth_year=worker.birth_year,
        guardian_consented=worker.guardian_consented_at is not None,
    )


def bar_sentence(bar: Bar) -> str:
    return {
        Bar.NOT_ACTIVE: _("Hồ sơ này hiện không tìm việc (đang điền, tạm ngưng hoặc đã gộp)."),
        Bar.NO_CONSENT: _("Người này chưa đồng ý để Trung tâm tìm việc phù hợp, hoặc đã rút lại."),
        Bar.NO_BIRTH: _("Hồ sơ chưa có ngày sinh hoặc năm sinh."),
        Bar.TOO_YOUNG: _("Người này chưa đủ 15 tuổi."),
        Bar.NO_GUARDIAN: _("Người này chưa đủ 18 tuổi và chưa có sự đồng ý của cha mẹ hoặc người giám hộ."),
    }[bar]


def people_named(text: str, account: Account) -> list[Worker]:
    query = Workers().visible_to(account).live()
    query = query.by_id(int(text)) if text.isdecimal() and len(text) < 6 else query.search(text)
    return list(db.session.scalars(query.by_name().query.limit(20)))
