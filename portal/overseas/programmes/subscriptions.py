"""What becomes of memberships and of what was seen on paper with the profile they belong to."""

from typing import Any

from sqlalchemy import delete, select, update

from portal.access.models import Account
from portal.common.events import on
from portal.extensions import db
from portal.overseas.programmes.models import ProgrammeCheck
from portal.overseas.programmes.pool_operations import end_membership
from portal.overseas.programmes.pool_priorities import own_group, rebind
from portal.overseas.programmes.pool_queries import Members
from portal.overseas.programmes.round_models import PoolMember
from portal.overseas.programmes.states import MemberState
from portal.workers.events import ProfileEmptied
from portal.workers.exporting import EXPORTS
from portal.workers.merging import PARTS, Moved, Part
from portal.workers.models import Worker


def _move(kept: Worker, merged: Worker) -> Moved:
    """Where both wait in one pool, or both had one paper seen, the kept profile's row stands."""
    waits_in = set(
        db.session.scalars(
            select(PoolMember.pool_id).where(PoolMember.worker_id == kept.id, PoolMember.ended_at.is_(None))
        )
    )
    theirs = Members().for_worker(merged).with_list_data().newest_first().all()
    members = [one for one in theirs if one.ended_at is not None or one.pool_id not in waits_in]
    seen = {(row.programme_id, row.slot) for row in _checks(kept)}
    checks = [row.id for row in _checks(merged) if (row.programme_id, row.slot) not in seen]
    _give(members, merged, kept)
    _give_checks(checks, kept)
    return {"members": [one.id for one in members], "checks": checks}


def _undo(kept: Worker, merged: Worker, moved: Moved) -> None:
    back = [one for one in Members().for_worker(kept).with_list_data().all() if one.id in moved["members"]]
    _give(back, kept, merged)
    _give_checks(moved["checks"], merged)


def _checks(worker: Worker) -> list[ProgrammeCheck]:
    query = select(ProgrammeCheck).where(ProgrammeCheck.worker_id == worker.id)
    return list(db.session.scalars(query.order_by(ProgrammeCheck.id)))


def _give(members: list[PoolMember], source: Worker, target: Worker) -> None:
    for member in members:
        rebind(member, source, target)
        member.worker_id = target.id
    db.session.flush()
    for member in members:
        db.session.expire(member, ["worker"])


def _give_checks(ids: list[int], worker: Worker) -> None:
    if ids:
        db.session.execute(
            update(ProgrammeCheck).where(ProgrammeCheck.id.in_(ids)).values(worker_id=worker.id)
        )


PARTS.add("programmes")(Part(_move, _undo))


@on(ProfileEmptied)
def forget(event: ProfileEmptied) -> None:
    for member in Members().for_worker(event.worker).waiting().with_list_data().all():
        end_membership(member, MemberState.LEFT, "", actor=None, now=event.now)
    db.session.execute(
        update(PoolMember).where(PoolMember.worker_id == event.worker.id).values(ended_because="")
    )
    db.session.execute(delete(ProgrammeCheck).where(ProgrammeCheck.worker_id == event.worker.id))


@EXPORTS.add("pools")
def pools_of(worker: Worker, account: Account) -> list[dict[str, Any]]:
    return [
        {
            "pool": one.pool.name,
            "programme": one.pool.programme.code,
            "state": one.state.value,
            "since": one.joined_at.isoformat(),
            "agreed": one.consent_sentence,
            "kept_until": one.keep_until.isoformat(),
            "on_roster_until": one.roster_until.isoformat() if one.roster_until else None,
            "priority_group": own_group(one),
            "ended": one.ended_at.isoformat() if one.ended_at else None,
            "because": one.ended_because,
        }
        for one in Members().for_worker(worker).with_list_data().newest_first().all()
    ]


@EXPORTS.add("programme_checks")
def checks_of(worker: Worker, account: Account) -> list[dict[str, Any]]:
    return [
        {
            "requirement": row.slot,
            "meets": row.meets,
            "dated": row.dated_on.isoformat() if row.dated_on else None,
            "expires": row.expires_on.isoformat() if row.expires_on else None,
            "checked": row.checked_on.isoformat(),
        }
        for row in _checks(worker)
    ]
