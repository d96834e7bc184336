"""Work and skills of the time abroad: proposed from the case, in the profile once the person said yes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.overseas.abroad.return_models import BroughtHome, Homecoming
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.reference.countries import country_name
from portal.reference.languages import known_level
from portal.reference.occupations import exists
from portal.workers import operations as workers
from portal.workers.models import Worker
from portal.workers.permissions import insist_may_act_for, is_case_staff, is_self
from portal.workers.states import ConsentChannel, WorkerState

HOME = (CaseState.RETURNED, CaseState.SETTLED)


@dataclass(frozen=True, slots=True)
class Learned:
    """As the person tells it."""

    occupation_code: str | None
    title: str
    months: int
    skills_text: str = ""
    scale: str | None = None
    level: str | None = None


def proposed(case: OverseasCase, homecoming: Homecoming) -> Learned:
    """From the opening and the dates; the person puts it right."""
    opening = case.opening
    departed = case.departed_on or homecoming.returned_on
    last = homecoming.contract_ended_on or homecoming.returned_on
    months = max((last.year - departed.year) * 12 + last.month - departed.month, 0)
    return Learned(
        occupation_code=opening.occupation_code if opening is not None else None,
        title=(opening.title if opening is not None else "")[:120],
        months=months,
    )


def brought_home_of(case: OverseasCase) -> BroughtHome | None:
    return db.session.scalar(select(BroughtHome).where(BroughtHome.case_id == case.id))


def tell_learned(
    case: OverseasCase, homecoming: Homecoming, learned: Learned, *, actor: Account, now: dt.datetime
) -> BroughtHome:
    """Kept beside the case; the profile is not touched yet."""
    insist_may_act_for(case.worker, actor)
    if case.state not in HOME:
        raise Refused(_("Người này chưa về nước."))
    _check(learned)
    country = country_name(case.country)[:160]
    row = brought_home_of(case)
    if row is None:
        row = BroughtHome(case_id=case.id, proposed_at=now)
        db.session.add(row)
    elif row.confirmed_at is not None:
        raise Refused(_("Đã đưa vào hồ sơ tìm việc rồi: sửa ngay trong hồ sơ đó."))
    row.occupation_code, row.title, row.months = learned.occupation_code, learned.title, learned.months
    row.workplace = country
    row.from_year = case.departed_on.year if case.departed_on is not None else None
    row.to_year = homecoming.returned_on.year
    row.skills_text, row.scale, row.level = learned.skills_text, learned.scale, learned.level
    row.proposed_at, row.proposed_by_id = now, actor.id
    db.session.flush()
    record("brought_home.told", case, actor=actor, now=now)
    return row


def _check(learned: Learned) -> None:
    if learned.occupation_code is not None and not exists(learned.occupation_code):
        raise Invalid(_("Hãy chọn một nghề trong danh sách."), field="occupation")
    if not 0 <= learned.months <= 30 * 12:
        raise Invalid(_("Hãy ghi số tháng đã làm, từ 0 đến 360."), field="months")
    if (learned.scale is None) != (learned.level is None):
        raise Invalid(_("Hãy ghi cả tên chứng chỉ và bậc."), field="level")
    if learned.scale is not None and not known_level(learned.scale, learned.level or ""):
        raise Invalid(_("Bạn xem lại bậc hoặc số điểm của chứng chỉ giúp."), field="level")


def confirm(row: BroughtHome, channel: ConsentChannel, *, actor: Account, now: dt.datetime) -> None:
    """The person says "that is right": alone online, or to a member of staff, who writes that down."""
    worker = row.case.worker
    allowed = is_self(worker, actor) if channel is ConsentChannel.ONLINE else is_case_staff(actor)
    if not allowed:
        raise NotAllowed
    if row.confirmed_at is not None:
        raise Refused(_("Đã đưa vào hồ sơ tìm việc rồi."))
    if worker.state not in (WorkerState.ACTIVE, WorkerState.PAUSED, WorkerState.DRAFT):
        raise Refused(_("Hồ sơ người này không còn dùng."))
    row.confirmed_at, row.channel = now, channel
    row.taken_by_id = None if channel is ConsentChannel.ONLINE else actor.id
    _into_profile(worker, row, actor, now)
    record("brought_home.confirmed", row.case, actor=actor, now=now, channel=channel.value)


def _into_profile(worker: Worker, row: BroughtHome, actor: Account, now: dt.datetime) -> None:
    """Through the steps of the profile, so that they are checked, logged and noted for the ranking."""
    steps: dict[str, dict[str, Any]] = {
        "can": {"occupations": _occupations(worker, row), "skills_text": _skills(worker, row)},
        "want": {"wants_home": True},
    }
    if row.title and row.months:
        steps["experience"] = {"experiences": _experiences(worker, row)}
    if row.scale is not None:
        steps["languages"] = {"certificates": _certificates(worker, row)}
    reached = worker.step_reached
    for step, values in steps.items():
        workers.save_step(worker, step, values, actor=actor, now=now)
    worker.step_reached = reached
    if worker.state is WorkerState.PAUSED:
        workers.ask_for_work(worker, actor=actor, now=now)


def _occupations(worker: Worker, row: BroughtHome) -> list[dict[str, Any]]:
    """Months of the same occupation add up; a new one comes first. A full list is refused, not cut."""
    rows: list[dict[str, Any]] = [
        {"code": one.code, "words": one.words, "months": one.months, "is_wanted": one.is_wanted}
        for one in worker.occupations
    ]
    if row.occupation_code is None:
        return rows
    for one in rows:
        if one["code"] == row.occupation_code:
            one["months"] += row.months
            return rows
    new = {"code": row.occupation_code, "words": row.title, "months": row.months, "is_wanted": True}
    return [new, *rows]


def _skills(worker: Worker, row: BroughtHome) -> str:
    return ", ".join(part for part in (worker.skills_text.strip(), row.skills_text.strip()) if part)


def _experiences(worker: Worker, row: BroughtHome) -> list[dict[str, Any]]:
    names = ("title", "workplace", "occupation_code", "from_year", "to_year", "months")
    kept = [{name: getattr(one, name) for name in names} for one in worker.experiences]
    return [*kept, {name: getattr(row, name) for name in names}]


def _certificates(worker: Worker, row: BroughtHome) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = [
        {"scale": one.scale, "level": one.level, "expires_on": one.expires_on} for one in worker.certificates
    ]
    if any((one["scale"], one["level"]) == (row.scale, row.level) for one in kept):
        return kept
    return [*kept, {"scale": row.scale, "level": row.level}]
