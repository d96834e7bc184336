"""One step for many referrals, one by one, and what happened to each."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.access.models import Account
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.models import Opening
from portal.referrals import operations
from portal.referrals.models import Referral
from portal.referrals.queries import Referrals
from portal.referrals.states import ReferralState
from portal.referrals.transitions import Party, find
from portal.web.row_numbers import may_be_row


class Outcome(StrEnum):
    DONE = "done"
    SKIPPED = "skipped"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True)
class Line:
    outcome: Outcome
    referral: Referral | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Action:
    label: Any
    step: str
    # Rows from which the step does not lead here are skipped: done already, or not that far.
    target: ReferralState
    run: Callable[..., Referral]
    needs_reason: bool = False


ACTIONS: dict[str, Action] = {
    "ask": Action(_l("Hỏi những người đã chọn"), "ask", ReferralState.ASKED, operations.ask),
    "invite": Action(_l("Mời những người tự đề nghị"), "invite", ReferralState.AGREED, operations.invite),
    "issue_letter": Action(
        _l("Cấp giấy giới thiệu"), "issue_letter", ReferralState.REFERRED, operations.issue_letter
    ),
    "not_now": Action(
        _l("Chưa giới thiệu lần này"), "not_now", ReferralState.NOT_NOW, operations.decline_interest, True
    ),
}


def run(
    name: str, opening: Opening, ids: Iterable[int], *, reason: str | None, actor: Account, now: dt.datetime
) -> list[Line]:
    """All rows are locked first, in the order of their keys; a refused row undoes only itself."""
    action = ACTIONS[name]
    asked = sorted(set(ids))
    query = Referrals().for_opening(opening).by_ids(filter(may_be_row, asked)).query.order_by(Referral.id)
    found = {row.id: row for row in db.session.scalars(query.with_for_update(of=Referral))}
    return [_one(action, found.get(one), reason, actor, now) for one in asked]


def _one(
    action: Action, referral: Referral | None, reason: str | None, actor: Account, now: dt.datetime
) -> Line:
    if referral is None:
        return Line(Outcome.GONE, None, _("Không còn trong việc này."))
    step = find(action.step, referral.state, Party.STAFF)
    # A letter in hand is not issued anew by a batch.
    if step is None or step.target is not action.target:
        return Line(Outcome.SKIPPED, referral, str(referral.state.label))
    given = {"reason": reason} if action.needs_reason else {}
    try:
        with db.session.begin_nested():
            action.run(referral, actor=actor, now=now, **given)
    except DomainError as error:
        db.session.refresh(referral)
        return Line(Outcome.REFUSED, referral, str(error.sentence))
    return Line(Outcome.DONE, referral)


def counts(lines: list[Line]) -> dict[Outcome, int]:
    return {outcome: sum(line.outcome is outcome for line in lines) for outcome in Outcome}
