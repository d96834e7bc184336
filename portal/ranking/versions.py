"""Versions of the ranking: which one is in use, and how it is put in place and taken back."""

import datetime as dt

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from matching.learned import LearnedScorer
from matching.scoring import Scorer, StatedWeights
from portal.access.models import Account
from portal.access.states import Role
from portal.audit.operations import record
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.ranking.learning_models import RankingVersion
from portal.ranking.learning_states import VersionState

# Who looks after the ranking: neither needs to see a person for it.
KEEPERS = (Role.LEADER, Role.ADMINISTRATOR)

STATED = StatedWeights()
_loaded: dict[str, Scorer] = {}


def active_scorer(reader: Session) -> Scorer:
    """One small query; parameters are read once a process, under the digest of what they hold."""
    digest = reader.scalar(select(RankingVersion.digest).where(RankingVersion.state == VersionState.ACTIVE))
    if digest is None:
        return STATED
    if digest not in _loaded:
        query = (
            select(RankingVersion)
            .where(RankingVersion.digest == digest, RankingVersion.activated_at.is_not(None))
            .order_by(RankingVersion.id.desc())
        )
        version = reader.scalars(query.limit(1)).one()
        if not is_readable(version):
            current_app.logger.error("ranking version %s is of another format: stated weights", version.id)
        _loaded[digest] = scorer_of(version)
    return _loaded[digest]


def scorer_of(version: RankingVersion | None) -> Scorer:
    """What orders the lists where this version is in use."""
    return STATED if version is None else _read(version) or STATED


def is_readable(version: RankingVersion) -> bool:
    return _read(version) is not None


def _read(version: RankingVersion) -> LearnedScorer | None:
    """None where the program has changed since: a part or a knot was added."""
    try:
        return LearnedScorer.from_parameters(version.parameters)
    except ValueError:
        return None


def active_version() -> RankingVersion | None:
    found: RankingVersion | None = db.session.scalar(
        select(RankingVersion).where(RankingVersion.state == VersionState.ACTIVE)
    )
    return found


def all_versions(limit: int = 100) -> list[RankingVersion]:
    loaded = (selectinload(RankingVersion.activated_by), selectinload(RankingVersion.ended_by))
    return list(
        db.session.scalars(
            select(RankingVersion).options(*loaded).order_by(RankingVersion.id.desc()).limit(limit)
        )
    )


def activate(version: RankingVersion, *, actor: Account | None, now: dt.datetime) -> None:
    """`actor` None: by a command. Only what passed, and only against what is in use now."""
    _insist_keeper(actor)
    version, present = _lock(version)
    if version.state is not VersionState.PASSED:
        raise Refused(_("Chỉ dùng được bản đã đạt khi thử."))
    if not is_readable(version):
        raise Refused(_("Phần mềm đã đổi nên không đọc được bản này nữa. Hãy cho máy học lại."))
    if version.present_id != (present.id if present else None):
        raise Refused(_("Bản đang dùng đã đổi kể từ khi thử bản này. Hãy cho máy học lại rồi so sánh."))
    if present is not None:
        present.state = VersionState.REPLACED
        present.ended_at, present.ended_by_id = now, actor.id if actor else None
        db.session.flush()
    version.state = VersionState.ACTIVE
    version.activated_at, version.activated_by_id = now, actor.id if actor else None
    db.session.flush()
    record("ranking.activated", version, actor=actor, now=now, replaced=version.present_id)


def take_back(version: RankingVersion, reason: str, *, actor: Account | None, now: dt.datetime) -> None:
    """What was in use before it comes back: another version, or the stated weights."""
    _insist_keeper(actor)
    if not reason.strip():
        raise Refused(_("Hãy ghi vì sao rút lại."), field="reason")
    version, _present = _lock(version)
    if version.state is not VersionState.ACTIVE:
        raise Refused(_("Bản này không còn được dùng."))
    version.state, version.ended_reason = VersionState.TAKEN_BACK, reason.strip()
    version.ended_at, version.ended_by_id = now, actor.id if actor else None
    db.session.flush()
    before = db.session.get(RankingVersion, version.present_id) if version.present_id else None
    if before is not None and before.state is VersionState.REPLACED:
        before.state, before.ended_at, before.ended_by_id = VersionState.ACTIVE, None, None
        db.session.flush()
    record("ranking.taken_back", version, actor=actor, now=now, back_to=version.present_id)


def _insist_keeper(actor: Account | None) -> None:
    if actor is not None and actor.role not in KEEPERS:
        raise NotAllowed


def _lock(version: RankingVersion) -> tuple[RankingVersion, RankingVersion | None]:
    """The version and the active one, in the order of their ids: two at once never wait for each other."""
    either = (RankingVersion.id == version.id) | (RankingVersion.state == VersionState.ACTIVE)
    rows = db.session.scalars(
        select(RankingVersion)
        .where(either)
        .order_by(RankingVersion.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    present = next((row for row in rows if row.state is VersionState.ACTIVE), None)
    return next(row for row in rows if row.id == version.id), present
