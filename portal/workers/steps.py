"""The steps of the registration, in order; one table for the pages, the saving and "what is missing"."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from portal.workers.models import Worker
from portal.workers.queries import live_purposes
from portal.workers.reaching import is_reachable
from portal.workers.rules import MATCHING_PURPOSES, is_minor


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    label: Any
    # The question of the page, its heading.
    heading: Any
    skippable: bool = True


STEPS = (
    Step("who", _l("Bạn là ai"), _l("Bạn tên gì?"), skippable=False),
    Step("account", _l("Đăng nhập"), _l("Cách bạn mở lại hồ sơ"), skippable=False),
    Step("guardian", _l("Cha mẹ hoặc người giám hộ"), _l("Cha mẹ hoặc người giám hộ của bạn")),
    Step("where", _l("Chỗ ở"), _l("Bạn đang ở đâu?")),
    Step("can", _l("Việc bạn làm được"), _l("Bạn làm được việc gì?")),
    Step("want", _l("Việc bạn muốn"), _l("Bạn muốn làm ở đâu, như thế nào?")),
    Step("schooling", _l("Học vấn"), _l("Bạn đã học đến đâu?")),
    Step("experience", _l("Nơi đã làm"), _l("Bạn đã làm ở những đâu?")),
    Step("languages", _l("Ngoại ngữ, bằng lái"), _l("Chứng chỉ ngoại ngữ và bằng lái xe")),
    Step("consents", _l("Bạn đồng ý điều gì"), _l("Bạn đồng ý điều gì?")),
)
NAMES = tuple(step.name for step in STEPS)
BY_NAME = {step.name: step for step in STEPS}
DONE = "done"


def steps_for(worker: Worker | None, on: dt.date) -> list[Step]:
    """A parent or guardian is asked for only where the person is under 18."""
    minor = worker is not None and is_minor(worker.birth_date, worker.birth_year, on)
    return [step for step in STEPS if step.name != "guardian" or minor]


def after(name: str, steps: list[Step]) -> str:
    names = [step.name for step in steps]
    later = names[names.index(name) + 1 :] if name in names else names
    return later[0] if later else DONE


def before(name: str, steps: list[Step]) -> str | None:
    names = [step.name for step in steps]
    place = names.index(name)
    return names[place - 1] if place else None


def further(reached: str, name: str) -> str:
    """The later of two steps; who is done stays done, whatever they change afterwards."""
    order = (*NAMES, DONE)
    if reached not in order:
        return name
    return max(reached, name, key=order.index)


class HasReached(Protocol):
    @property
    def step_reached(self) -> str: ...


def has_passed(worker: HasReached, name: str) -> bool:
    """Who was asked and named nothing has nothing; before that step nobody knows."""
    return worker.step_reached in (*NAMES[NAMES.index(name) :], DONE)


@dataclass(frozen=True, slots=True)
class Missing:
    step: str
    sentence: Any
    # Without it nobody is matched; the others only make the match better.
    needed: bool = False


def missing_in(worker: Worker, on: dt.date) -> list[Missing]:
    """What the profile lacks, the needed first."""
    found = [
        (
            "who",
            not is_reachable(worker),
            _l("Số điện thoại, hoặc một người thân, để Trung tâm gọi cho bạn"),
            False,
        ),
        ("guardian", _lacks_guardian(worker, on), _l("Cha mẹ hoặc người giám hộ đồng ý"), True),
        ("consents", _lacks_matching(worker), _l("Bạn đồng ý cho Trung tâm tìm việc cho bạn"), True),
        ("where", not worker.commune_code, _l("Xã, phường nơi bạn đang ở"), False),
        ("can", not worker.occupations, _l("Việc bạn làm được"), True),
        ("want", worker.wants_home is None, _l("Nơi bạn muốn làm và tiền công bạn mong muốn"), False),
        ("schooling", not worker.education_code, _l("Bạn đã học đến đâu"), False),
    ]
    missing = [Missing(step, sentence, needed) for step, lacks, sentence, needed in found if lacks]
    return sorted(missing, key=lambda item: not item.needed)


def _lacks_guardian(worker: Worker, on: dt.date) -> bool:
    return is_minor(worker.birth_date, worker.birth_year, on) and worker.guardian_consented_at is None


def _lacks_matching(worker: Worker) -> bool:
    return not live_purposes(worker).intersection(MATCHING_PURPOSES)
