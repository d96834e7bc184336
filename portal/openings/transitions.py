"""The life of an opening as a table: pages ask it which buttons to show, the same table refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.openings.permissions import Asker, may_author, may_moderate
from portal.openings.states import OpeningState

S = OpeningState


def _nobody(asker: Asker, organisation_id: int) -> bool:
    """A step that the portal takes by itself."""
    return False


@dataclass(frozen=True)
class Transition:
    name: str
    label: Any
    sources: tuple[OpeningState, ...]
    target: OpeningState
    who: Callable[[Asker, int], bool]
    needs_reason: bool = False
    # Everything that a public page must say has to be there.
    needs_complete: bool = False
    # Somebody of the centre has called the employer back; nothing in the opening waits to be looked at.
    needs_cleared: bool = False
    tone: str = ""


TRANSITIONS: dict[str, Transition] = {
    step.name: step
    for step in (
        Transition("submit", _l("Gửi duyệt"), (S.DRAFT, S.RETURNED), S.SUBMITTED, may_author,
                   needs_complete=True),
        Transition("publish", _l("Đăng tin"), (S.SUBMITTED,), S.PUBLISHED, may_moderate, needs_complete=True,
                   needs_cleared=True),
        Transition("return", _l("Trả lại để sửa"), (S.SUBMITTED, S.PUBLISHED), S.RETURNED, may_moderate,
                   needs_reason=True, tone="second"),
        Transition("recheck", _l("Duyệt lại"), (S.PUBLISHED,), S.SUBMITTED, may_author, tone="second"),
        Transition("hold", _l("Tạm giữ để xem lại"), (S.PUBLISHED,), S.SUBMITTED, _nobody,
                   needs_reason=True),
        Transition("close", _l("Đóng tin"), (S.DRAFT, S.SUBMITTED, S.RETURNED, S.PUBLISHED, S.FILLED),
                   S.CLOSED, may_author, needs_reason=True, tone="stop"),
        Transition("reopen", _l("Mở lại thành bản nháp"), (S.CLOSED, S.EXPIRED), S.DRAFT, may_author,
                   tone="second"),
        Transition("fill", _l("Đủ người"), (S.PUBLISHED,), S.FILLED, _nobody),
        Transition("free", _l("Còn chỗ trở lại"), (S.FILLED,), S.PUBLISHED, _nobody),
        Transition("expire", _l("Hết hạn"), (S.PUBLISHED,), S.EXPIRED, _nobody),
    )
}  # fmt: skip

# Steps that have a button of their own; the others follow from an edit, a placement or the calendar.
BUTTONS = ("submit", "close", "reopen")


def allowed(name: str, state: OpeningState, asker: Asker, organisation_id: int) -> bool:
    step = TRANSITIONS[name]
    return state in step.sources and step.who(asker, organisation_id)


def available(state: OpeningState, asker: Asker, organisation_id: int) -> list[Transition]:
    return [TRANSITIONS[name] for name in BUTTONS if allowed(name, state, asker, organisation_id)]
