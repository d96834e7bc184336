"""Who draws unemployment benefit, and two programmes that ask something of the body."""

import datetime as dt

from sqlalchemy import func, select

from portal.access.models import Account
from portal.access.states import Role
from portal.extensions import db
from portal.openings.conditions import Stated, state_conditions
from portal.openings.models import Opening
from portal.openings.states import OpeningState, Sphere
from portal.referrals.models import Referral
from portal.referrals.states import WAITING_STATES, ReferralState
from portal.web.transactions import write_transaction
from portal.workers.benefit import tell_benefit
from portal.workers.conditions import tell_conditions
from portal.workers.models import Worker
from portal.workers.operations import give_consent
from portal.workers.states import ConditionAnswer, ConditionKind, ConsentChannel, Purpose

DRAWING = 6
SOURCE = "Thông báo tuyển của chương trình (dùng thử)"
PROGRAMMES = (
    (
        Stated(ConditionKind.HEIGHT, "cao từ 160 cm", SOURCE),
        Stated(ConditionKind.TATTOO, "không có hình xăm ở chỗ áo ngắn tay không che được", SOURCE),
    ),
    (
        Stated(ConditionKind.SIGHT, "thị lực từ 7/10, kể cả khi đeo kính", SOURCE),
        Stated(ConditionKind.COLOUR_VISION, "không mù màu đỏ và xanh lá", SOURCE),
    ),
)
ANSWERS = (ConditionAnswer.YES, ConditionAnswer.UNKNOWN, ConditionAnswer.NO)


def make_dignity(now: dt.datetime) -> None:
    with write_transaction():
        adviser = db.session.scalars(select(Account).where(Account.role == Role.ADVISER).limit(1)).one()
        _draw_benefit(adviser, now)
        for opening, stated in zip(_openings(), PROGRAMMES, strict=False):
            state_conditions(opening, stated, actor=adviser, now=now)
            _answer(opening, stated, adviser, now)


def _draw_benefit(adviser: Account, now: dt.datetime) -> None:
    """Who signs in as `seeker`, and some of those who are being asked just now."""
    seeker = db.session.scalar(
        select(Worker).join(Worker.account).where(Account.sign_in_name == "seeker", Account.is_demo)
    )
    if seeker is not None:
        tell_benefit(seeker, channel=ConsentChannel.ONLINE, actor=seeker.account, now=now)
    asked = select(Referral.worker_id).where(Referral.state == ReferralState.ASKED)
    others = select(Worker).where(Worker.id.in_(asked)).order_by(Worker.id).limit(DRAWING)
    for worker in db.session.scalars(others):
        tell_benefit(worker, channel=ConsentChannel.DESK, actor=adviser, now=now)


def _openings() -> list[Opening]:
    """Overseas ones in which most people wait."""
    waiting = func.count(Referral.id)
    query = (
        select(Opening)
        .join(Referral, Referral.opening_id == Opening.id)
        .where(
            Opening.sphere == Sphere.OVERSEAS,
            Opening.state == OpeningState.PUBLISHED,
            Referral.state.in_(WAITING_STATES),
        )
        .group_by(Opening.id)
        .order_by(waiting.desc(), Opening.id)
        .limit(len(PROGRAMMES))
    )
    return list(db.session.scalars(query))


def _answer(opening: Opening, stated: tuple[Stated, ...], adviser: Account, now: dt.datetime) -> None:
    """All but the first who waits have been asked at the desk."""
    people = db.session.scalars(
        select(Worker)
        .join(Referral, Referral.worker_id == Worker.id)
        .where(Referral.opening_id == opening.id, Referral.state.in_(WAITING_STATES))
        .order_by(Worker.id)
    ).all()
    for place, worker in enumerate(people[1:]):
        give_consent(worker, Purpose.CONDITIONS, channel=ConsentChannel.DESK, actor=adviser, now=now)
        told = {
            (one.kind, one.need): ANSWERS[(place + turn) % len(ANSWERS)] for turn, one in enumerate(stated)
        }
        tell_conditions(worker, told, actor=adviser, now=now)
