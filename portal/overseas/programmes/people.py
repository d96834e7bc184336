"""From a profile to the plain facts that `programmes.rules` judges."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from portal.access.models import Account
from portal.extensions import db
from portal.overseas.programmes.models import LocalityBan, ProgrammeCheck
from portal.overseas.programmes.queries import ProgrammeDay
from portal.overseas.programmes.round_models import ProgrammeRound
from portal.overseas.programmes.rules import Asked, Ban, Checked, Person, Standing, bans_met, judge_all
from portal.overseas.programmes.states import BODY_KINDS, AskedKind
from portal.reference.places import places
from portal.workers.conditions import Need, read_conditions
from portal.workers.models import Worker
from portal.workers.states import ConditionAnswer
from portal.workers.steps import has_passed

# What a list of people never shows: facts of the body and of the police record.
KEPT_FROM_LISTS = (*BODY_KINDS, AskedKind.HEALTH, AskedKind.LEGAL)

Checks = Mapping[tuple[int | None, str], Checked]


def person_of(
    worker: Worker,
    checks: Mapping[str, Checked],
    conditions: Mapping[Need, ConditionAnswer] | None = None,
) -> Person:
    """`worker` with `Workers().with_profile_data()` loaded."""
    return Person(
        birth_date=worker.birth_date,
        birth_year=worker.birth_year,
        sex=worker.sex.value if worker.sex is not None else None,
        education=worker.education_code,
        certificates=_certificates(worker),
        months=_months(worker),
        conditions=conditions or {},
        checks=checks,
    )


def _certificates(worker: Worker) -> tuple[tuple[str, str, dt.date | None], ...] | None:
    named = tuple((row.scale, row.level, row.expires_on) for row in worker.certificates)
    return named if named or has_passed(worker, "languages") else None


def _months(worker: Worker) -> dict[str, int] | None:
    """Months of one code, stated in either list, count once: the larger number."""
    months: dict[str, int] = {row.code: row.months for row in worker.occupations if row.months}
    for row in worker.experiences:
        if row.occupation_code and row.months:
            months[row.occupation_code] = max(months.get(row.occupation_code, 0), row.months)
    asked = worker.occupations or worker.experiences or has_passed(worker, "experience")
    return months if asked else None


def checks_of(worker_ids: Sequence[int]) -> dict[int, dict[tuple[int | None, str], Checked]]:
    """One query for all of them: by programme and slot what was seen on paper."""
    found: dict[int, dict[tuple[int | None, str], Checked]] = defaultdict(dict)
    query = select(ProgrammeCheck).where(ProgrammeCheck.worker_id.in_(list(worker_ids)))
    for row in db.session.scalars(query):
        found[row.worker_id][row.programme_id, row.slot] = Checked(row.meets, row.expires_on, row.checked_on)
    return found


def checks_for(shown: ProgrammeDay, checks: Checks) -> dict[str, Checked]:
    """Of this programme, and of what every programme asks."""
    wanted = (None, shown.programme.id)
    return {slot: check for (programme_id, slot), check in checks.items() if programme_id in wanted}


def standing(
    shown: ProgrammeDay,
    worker: Worker,
    checks: Checks,
    conditions: Mapping[Need, ConditionAnswer] | None = None,
    *,
    of_round: ProgrammeRound | None = None,
    for_list: bool = False,
) -> Standing:
    asked = shown.asked_in(of_round)
    if for_list:
        asked = [one for one in asked if one.kind not in KEPT_FROM_LISTS]
    person = person_of(worker, checks_for(shown, checks), conditions)
    return Standing(
        judge_all(asked, person, shown.day), bans_met(_bans(shown.bans), shares_of(shown.bans, worker))
    )


def needs_in(shown: Iterable[ProgrammeDay]) -> set[Need]:
    """What these programmes and their coming rounds ask of the body."""
    return {one.need for day in shown for one in day.asked_in(day.next_round) if one.need is not None}


def conditions_of(
    shown: Sequence[ProgrammeDay], worker: Worker, account: Account
) -> dict[Need, ConditionAnswer]:
    return read_conditions(worker, needs_in(shown), actor=account)


def body_asked(shown: ProgrammeDay, worker: Worker) -> list[Asked]:
    """What this programme asks of this person's body, each sentence once."""
    sex = worker.sex.value if worker.sex is not None else None
    every = shown.asked_in(shown.next_round)
    asked = [one for one in every if one.need is not None and one.for_sex in (None, sex)]
    return list({one.need: one for one in asked}.values())


# --- where somebody lives ---


def home_of(worker: Worker) -> str | None:
    """A ban looks at the permanent residence, where it is known to be elsewhere."""
    return worker.permanent_commune_code or worker.commune_code


def shares_of(bans: Sequence[LocalityBan], worker: Worker) -> dict[str, str]:
    """A home that is not known may lie in any of them."""
    home = home_of(worker)
    if home is None:
        return dict.fromkeys((ban.place_code for ban in bans), "part")
    found = {ban.place_code: share_of(home, ban.place_code) for ban in bans}
    return {code: share for code, share in found.items() if share is not None}


def share_of(home: str, banned: str) -> str | None:
    """How much of the unit where somebody lives lies in another, of today or of before July 2025."""
    register = places()
    place = register.get(home)
    if place is None:
        return None
    if banned in (home, *(above.code for above in register.ancestors(place))):
        return "whole"
    lies_in = []
    for code, _share in register.predecessors(home):
        before = register.get(code)
        # The districts stand beside the communes they were made of: these alone are counted.
        if before is not None and before.level == place.level:
            lies_in.append(banned in (code, *(above.code for above in register.ancestors(before))))
    if not any(lies_in):
        return None
    return "whole" if all(lies_in) else "part"


def _bans(rows: Sequence[LocalityBan]) -> list[Ban]:
    return [Ban(row.place_code, row.valid_from, row.valid_to, row.source, row.verified) for row in rows]


def check_of(worker: Worker, programme_id: int | None, slot: str) -> ProgrammeCheck | None:
    same = ProgrammeCheck.programme_id == programme_id
    if programme_id is None:
        same = ProgrammeCheck.programme_id.is_(None)
    query = select(ProgrammeCheck).where(
        ProgrammeCheck.worker_id == worker.id, same, ProgrammeCheck.slot == slot
    )
    return db.session.scalars(query.order_by(ProgrammeCheck.id).limit(1)).first()
