"""Preparing for a round: who is kept in a pool, until when, and with whose agreement."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, func, or_, select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.organisations.licences import licence_of
from portal.organisations.models import Organisation
from portal.organisations.states import LicenceStatus, OrganisationKind
from portal.overseas.models import Programme
from portal.overseas.pressed_twice import SAME_PRESS, one_after_the_other
from portal.overseas.programmes.pool_texts import KEEPING, text_of
from portal.overseas.programmes.queries import of_programme
from portal.overseas.programmes.round_models import Pool, PoolMember, PoolPriority, ProgrammeRound
from portal.overseas.programmes.states import (
    WAITING_MEMBERS,
    MemberState,
    Openness,
    PoolKind,
)
from portal.workers.models import Worker
from portal.workers.permissions import insist_may_act_for, is_case_staff, is_self
from portal.workers.rules import LONGEST_KEEPING, is_minor
from portal.workers.states import LIVE_STATES, ConsentChannel

NOT_TO_PREPARE = (Openness.NO_AGREEMENT, Openness.ENDED)


@dataclass(frozen=True, slots=True)
class PreSourcing:
    """What the ministry approved for a sender (Law 69/2020/QH14, Article 18)."""

    organisation_id: int | None
    approval_number: str
    approval_date: dt.date | None
    commitment: str
    quantity: int | None = None
    training_fee_vnd: int | None = None


def open_pool(
    programme: Programme,
    name: str,
    *,
    round_id: int | None = None,
    pre_sourcing: PreSourcing | None = None,
    actor: Account,
    now: dt.datetime,
) -> Pool:
    """For a sender only with the ministry's approval; the training fee is the only money there is."""
    _insist_staff(actor)
    if of_programme(programme, local_date(now)).openness in NOT_TO_PREPARE:
        raise Refused(_("Chương trình này chưa mở hoặc đã kết thúc, không lập nguồn được."))
    if round_id is not None:
        found = db.session.get(ProgrammeRound, round_id)
        if found is None or found.programme_id != programme.id:
            raise Invalid(_("Hãy chọn một kỳ của chương trình này."), field="round_id")
    again = _sent_twice(programme, round_id, name, actor, now)
    if again is not None:
        return again
    pool = Pool(
        programme_id=programme.id, round_id=round_id, name=name, kind=PoolKind.OWN,
        created_by_id=actor.id, created_at=now,
    )  # fmt: skip
    if pre_sourcing is not None:
        _set_pre_sourcing(pool, pre_sourcing, local_date(now))
    db.session.add(pool)
    db.session.flush()
    record("pool.opened", pool, actor=actor, now=now, programme=programme.code, kind=pool.kind.value)
    return pool


def _sent_twice(
    programme: Programme, round_id: int | None, name: str, actor: Account, now: dt.datetime
) -> Pool | None:
    one_after_the_other(actor)
    just_opened = select(Pool).where(
        Pool.programme_id == programme.id,
        Pool.round_id == round_id,
        Pool.name == name,
        Pool.created_by_id == actor.id,
        Pool.created_at > now - SAME_PRESS,
    )
    return db.session.scalars(just_opened.limit(1)).first()


def _set_pre_sourcing(pool: Pool, stated: PreSourcing, on: dt.date) -> None:
    sender = db.session.get(Organisation, stated.organisation_id) if stated.organisation_id else None
    if sender is None or sender.kind is not OrganisationKind.SENDER:
        raise Invalid(_("Hãy chọn một doanh nghiệp dịch vụ."), field="organisation_id")
    _insist_licensed(sender, on)
    if not stated.approval_number.strip():
        raise Invalid(
            _("Chưa có văn bản Bộ chấp thuận chuẩn bị nguồn thì chưa lập được."), field="approval_number"
        )
    if stated.approval_date is None or stated.approval_date > on:
        raise Invalid(_("Hãy ghi ngày của văn bản chấp thuận, không sau hôm nay."), field="approval_date")
    if not stated.commitment.strip():
        raise Invalid(
            _("Hãy ghi văn bản trong đó doanh nghiệp cam kết ưu tiên tuyển những người này."),
            field="commitment",
        )
    pool.kind, pool.organisation_id = PoolKind.PRE_SOURCING, sender.id
    pool.approval_number, pool.approval_date = stated.approval_number.strip(), stated.approval_date
    pool.commitment, pool.approved_quantity = stated.commitment.strip(), stated.quantity
    pool.training_fee_vnd = stated.training_fee_vnd


def _insist_licensed(sender: Organisation, on: dt.date) -> None:
    if licence_of(sender, on) != LicenceStatus.VALID:
        raise Refused(_("Doanh nghiệp này chưa có giấy phép còn hiệu lực."), field="organisation_id")


def close_pool(pool: Pool, *, actor: Account, now: dt.datetime) -> None:
    """Nobody is added any more; who still waits in it is first told what comes next."""
    _insist_staff(actor)
    if pool.closed_at is not None:
        raise Refused(_("Nguồn này đã đóng."))
    if _waiting_in(pool):
        raise Refused(_("Còn người đang chờ trong nguồn này. Hãy ghi kết quả cho từng người trước."))
    pool.closed_at, pool.closed_by_id = now, actor.id
    db.session.flush()
    record("pool.closed", pool, actor=actor, now=now)


def join(
    pool: Pool,
    worker: Worker,
    keep_until: dt.date | None,
    *,
    channel: ConsentChannel,
    actor: Account,
    now: dt.datetime,
) -> PoolMember:
    """With the person's own agreement, until a day they chose."""
    _insist_staff(actor)
    if pool.closed_at is not None:
        raise Refused(_("Nguồn này đã đóng."))
    if worker.state not in LIVE_STATES:
        raise Refused(_("Hồ sơ này không còn dùng nữa."))
    if is_minor(worker.birth_date, worker.birth_year, local_date(now)) and not worker.guardian_consented_at:
        raise Refused(_("Người này chưa đủ 18 tuổi: cha mẹ hoặc người giám hộ phải đồng ý trước."))
    if pool.organisation is not None:
        _insist_licensed(pool.organisation, local_date(now))
    if pool.approved_quantity is not None and _taken_in(pool) >= pool.approved_quantity:
        raise Refused(_("Nguồn đã đủ số người Bộ chấp thuận."))
    standing = select(PoolMember.id).where(
        PoolMember.pool_id == pool.id, PoolMember.worker_id == worker.id, PoolMember.ended_at.is_(None)
    )
    if db.session.scalar(standing) is not None:
        raise Refused(_("Người này đã có trong nguồn này."))
    member = PoolMember(pool_id=pool.id, worker_id=worker.id, joined_at=now)
    _set_consent(member, keep_until, channel, actor, now)
    db.session.add(member)
    db.session.flush()
    record("pool.joined", worker, actor=actor, now=now, pool=pool.id, channel=channel.value)
    return member


def keep_longer(
    member: PoolMember,
    keep_until: dt.date | None,
    *,
    channel: ConsentChannel,
    actor: Account,
    now: dt.datetime,
) -> None:
    """Asked anew: the new day stands on a new agreement."""
    _insist_acting(member, channel, actor)
    _insist_waiting(member)
    _set_consent(member, keep_until, channel, actor, now)
    db.session.flush()
    record("pool.kept", member.worker, actor=actor, now=now, pool=member.pool_id, channel=channel.value)


def put_on_roster(member: PoolMember, until: dt.date | None, *, actor: Account, now: dt.datetime) -> None:
    """The receiver has the name on its list until that day; it is not yet a job."""
    _insist_staff(actor)
    _insist_waiting(member)
    if until is None or until <= local_date(now):
        raise Invalid(_("Hãy chọn một ngày sau hôm nay."), field="roster_until")
    member.state, member.roster_until = MemberState.ON_ROSTER, until
    db.session.flush()
    record("pool.on_roster", member.worker, actor=actor, now=now, pool=member.pool_id)


def end_membership(
    member: PoolMember, state: MemberState, because: str, *, actor: Account | None, now: dt.datetime
) -> None:
    """Picked, not picked, or left. What was told for this pool alone goes with it."""
    if actor is not None:
        insist_may_act_for(member.worker, actor)
        if not is_case_staff(actor) and state is not MemberState.LEFT:
            raise NotAllowed
    _insist_waiting(member)
    if state in WAITING_MEMBERS:
        raise Invalid(_("Hãy chọn kết quả."), field="state")
    member.state, member.ended_at, member.ended_because = state, now, because.strip()[:200]
    db.session.execute(delete(PoolPriority).where(PoolPriority.member_id == member.id))
    db.session.flush()
    db.session.expire(member, ["priority"])
    record("pool.ended", member.worker, actor=actor, now=now, pool=member.pool_id, state=state.value)


def lapse_due(*, now: dt.datetime) -> int:
    """Nobody is kept longer than they agreed to."""
    over = db.session.scalars(
        select(PoolMember)
        .where(PoolMember.keep_until < local_date(now), PoolMember.ended_at.is_(None))
        .order_by(PoolMember.id)
        .with_for_update()
    ).all()
    for member in over:
        end_membership(member, MemberState.LEFT, _("Hết thời hạn người này đồng ý."), actor=None, now=now)
    return len(over)


def _set_consent(
    member: PoolMember, keep_until: dt.date | None, channel: ConsentChannel, actor: Account, now: dt.datetime
) -> None:
    on = local_date(now)
    if keep_until is None or keep_until <= on:
        raise Invalid(_("Hãy chọn một ngày sau hôm nay."), field="keep_until")
    if keep_until > on + LONGEST_KEEPING:
        raise Invalid(_("Hãy chọn một ngày trong vòng 5 năm."), field="keep_until")
    text = text_of(KEEPING)
    member.keep_until = keep_until
    member.consent_version, member.consent_sentence = text.version, text.sentence
    member.consent_channel, member.consent_given_at = channel, now
    member.consent_taken_by_id = None if channel is ConsentChannel.ONLINE else actor.id


def _insist_staff(actor: Account) -> None:
    if not is_case_staff(actor):
        raise NotAllowed


def _insist_acting(member: PoolMember, channel: ConsentChannel, actor: Account) -> None:
    """Online a person agrees alone; at the desk, on the phone and on paper a member of staff takes it."""
    if channel is ConsentChannel.ONLINE:
        if not is_self(member.worker, actor):
            raise NotAllowed
    else:
        _insist_staff(actor)


def _insist_waiting(member: PoolMember) -> None:
    if member.ended_at is not None:
        raise Refused(_("Người này không còn trong nguồn này."))


def _waiting_in(pool: Pool) -> int:
    return _count(pool, PoolMember.ended_at.is_(None))


def _taken_in(pool: Pool) -> int:
    """Who was picked is one of those approved; the place of who left or was not picked is free again."""
    return _count(pool, or_(PoolMember.ended_at.is_(None), PoolMember.state == MemberState.PICKED))


def _count(pool: Pool, condition: ColumnElement[bool]) -> int:
    query = select(func.count(PoolMember.worker_id.distinct())).where(
        PoolMember.pool_id == pool.id, condition
    )
    return db.session.scalar(query) or 0


def waiting_counts(pool_ids: Sequence[int]) -> dict[int, int]:
    """How many wait in each."""
    rows = db.session.execute(
        select(PoolMember.pool_id, func.count())
        .join(PoolMember.worker)
        .where(
            PoolMember.pool_id.in_(list(pool_ids)),
            PoolMember.ended_at.is_(None),
            Worker.state.in_(LIVE_STATES),
        )
        .group_by(PoolMember.pool_id)
    )
    return dict(rows.all())
