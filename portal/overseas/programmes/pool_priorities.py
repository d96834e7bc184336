"""Groups that a programme's own rules name: told for one pool alone, sealed, each look recorded.

They stand beside the list for whoever hands the file in. No score, no order and no progress knows them.
"""

import datetime as dt
from collections.abc import Sequence

from flask import current_app
from flask_babel import gettext as _

from portal.access.models import Account
from portal.audit.operations import record, record_all
from portal.common.clock import local_date
from portal.common.secrets import seal, unseal
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.overseas.programmes.pool_texts import PRIORITY, text_of
from portal.overseas.programmes.queries import of_programme
from portal.overseas.programmes.round_models import PoolMember, PoolPriority
from portal.workers.models import Worker
from portal.workers.permissions import is_case_staff
from portal.workers.states import ConsentChannel


def tell_priority(
    member: PoolMember, group_code: str, *, channel: ConsentChannel, actor: Account, now: dt.datetime
) -> None:
    """Only a group that the programme's rules name on that day, and only with the person's own agreement."""
    _insist_staff(actor)
    if member.ended_at is not None:
        raise Refused(_("Người này không còn trong nguồn này."))
    if channel is ConsentChannel.ONLINE:
        raise NotAllowed
    named = {row.group_code for row in of_programme(member.pool.programme, local_date(now)).priorities}
    if group_code not in named:
        raise Invalid(_("Quy định của chương trình không nêu nhóm này."), field="group_code")
    sealed, text = seal(_key(), group_code, _bound(member.worker, member)), text_of(PRIORITY)
    row = member.priority or PoolPriority()
    row.group_sealed = sealed
    row.consent_version, row.consent_sentence = text.version, text.sentence
    row.consent_channel, row.consent_taken_by_id, row.consent_given_at = channel, actor.id, now
    member.priority = row
    db.session.flush()
    record("pool.priority_told", member.worker, actor=actor, now=now, pool=member.pool_id)


def forget_priority(member: PoolMember, *, actor: Account, now: dt.datetime) -> None:
    _insist_staff(actor)
    if member.priority is not None:
        member.priority = None
        db.session.flush()
        record("pool.priority_forgotten", member.worker, actor=actor, now=now, pool=member.pool_id)


def read_priorities(members: Sequence[PoolMember], *, actor: Account, now: dt.datetime) -> dict[int, str]:
    """Member to group code; the caller's transaction also writes who looked at whom."""
    _insist_staff(actor)
    told = [member for member in members if member.priority is not None]
    record_all("looked", [member.worker for member in told], actor=actor, now=now, part="pool_priority")
    return {member.id: _opened(member) for member in told}


def rebind(member: PoolMember, source: Worker, target: Worker) -> None:
    """In a merge: sealed to the profile that has the membership now."""
    if member.priority is not None:
        code = unseal(_key(), member.priority.group_sealed, _bound(source, member))
        member.priority.group_sealed = seal(_key(), code, _bound(target, member))


def own_group(member: PoolMember) -> str | None:
    """For the person's own file."""
    return _opened(member) if member.priority is not None else None


def _opened(member: PoolMember) -> str:
    assert member.priority is not None
    return unseal(_key(), member.priority.group_sealed, _bound(member.worker, member))


def _bound(worker: Worker, member: PoolMember) -> str:
    return f"pool-priority:{worker.uid}:{member.id}"


def _key() -> bytes:
    key: bytes = current_app.config["SEAL_KEY"]
    return key


def _insist_staff(actor: Account) -> None:
    if not is_case_staff(actor):
        raise NotAllowed
