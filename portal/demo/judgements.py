"""What advisers said of some people in their lists, and what the machine says of learning from so little."""

import datetime as dt

from sqlalchemy import select

from portal.access.models import Account
from portal.extensions import db
from portal.openings.models import Opening
from portal.ranking import judgements, training
from portal.ranking.learning_states import Fit, FitReason
from portal.ranking.models import ShownList, ShownRow
from portal.web.transactions import write_transaction
from portal.workers.models import Worker

R = FitReason
SAID = (
    (1, Fit.FITS, R.DONE_IT, "Đã làm đúng khâu này hai năm, chủ cũ khen chắc tay."),
    (2, Fit.DOES_NOT_FIT, R.TOO_FAR, "Phải qua hai chuyến đò, về sau 19 giờ không còn đò."),
    (4, Fit.FITS, R.LIVES_NEAR, ""),
    (5, Fit.DOES_NOT_FIT, R.LACKS_SKILLS, "Chưa đứng máy hai kim, có thể học trong một tháng."),
    (7, Fit.DOES_NOT_FIT, R.PROFILE_WRONG, "Số tháng kinh nghiệm ghi nhầm, đã hẹn sửa hồ sơ."),
)
LISTS = 6


def make_judgements(adviser_ids: list[int], now: dt.datetime) -> None:
    with write_transaction():
        adviser, colleague = (db.session.get_one(Account, number) for number in (adviser_ids * 2)[:2])
        shown = db.session.scalars(select(ShownList.id).order_by(ShownList.id).limit(LISTS)).all()
        for list_id in shown:
            for position, fit, reason, note in SAID:
                _say(list_id, position, (fit, reason, note), adviser, now)
        if shown:
            # A colleague knew better.
            _say(shown[0], 2, (Fit.FITS, R.WANTS_IT, "Người này có xe, đi được."), colleague, now)
    tried = training.try_out(now)
    with write_transaction():
        training.keep(tried, actor=None, now=now)


def _say(
    list_id: int, position: int, said: tuple[Fit, FitReason, str], actor: Account, now: dt.datetime
) -> None:
    row = db.session.get(ShownRow, (list_id, position))
    if row is None:
        return
    opening = db.session.get_one(Opening, db.session.get_one(ShownList, list_id).opening_id)
    worker = db.session.get_one(Worker, row.worker_id)
    fit, reason, note = said
    judgements.judge(worker, opening, fit, reason, note=note, values=row.values, actor=actor, now=now)
