"""Made-up openings, taken through the same steps as real ones."""

import datetime as dt
import random
from typing import Any

from matching.made_up_jobs import JobAbroad, jobs, jobs_abroad
from matching.made_up_openings import needs_abroad, needs_at_home
from matching.types import Requirement
from portal.access.states import Role
from portal.common.text import fold
from portal.demo import hours
from portal.demo.accounts import Staff
from portal.demo.names import read
from portal.demo.overseas import compare, enter, made_up_papers, make_rates, sender_of, terms_of
from portal.extensions import db
from portal.openings import operations
from portal.openings.models import Opening, OpeningRequirement
from portal.openings.standing import Checker
from portal.openings.states import OpeningState, RequirementKind, Sphere, WagePeriod
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind
from portal.reference.places import places

AN_GIANG = "91"
# Every so many openings stay somewhere else than published.
KEPT_DRAFT, KEPT_SUBMITTED, KEPT_CLOSED = 29, 17, 23

WORKING_TIMES = ("7:30–16:30, nghỉ chủ nhật", "Giờ hành chính, nghỉ chiều thứ bảy")
IN_SHIFTS = "Theo ca, 8 tiếng một ca"


def make_openings(
    count: int, staff: Staff, rng: random.Random, on: dt.date, now: dt.datetime
) -> list[Opening]:
    """A third of them abroad."""
    make_rates(staff, on, now)
    papers = made_up_papers(staff.accounts[Role.LEADER], now)
    checker = Checker(on)
    made = []
    for number in range(count):
        opening = _overseas(staff, rng, on, now) if number % 3 == 2 else _domestic(staff, rng, on, now)
        opening.owner_id = staff.advisers[number % len(staff.advisers)].id
        made.append(opening)
    db.session.add_all(made)
    db.session.flush()
    for number, opening in enumerate(made, start=1):
        if opening.overseas is not None:
            enter(opening, papers, staff, now=opening.created_at)
            if number % KEPT_DRAFT and number % KEPT_SUBMITTED:
                compare(opening, checker, staff, now=opening.created_at + dt.timedelta(hours=1))
        _take_to_its_state(opening, number, staff, now)
    return [opening for opening in made if opening.state == OpeningState.PUBLISHED]


def _take_to_its_state(opening: Opening, number: int, staff: Staff, now: dt.datetime) -> None:
    if number % KEPT_DRAFT == 0:
        return
    operations.submit(opening, actor=staff.accounts[Role.LEADER], now=opening.created_at)
    if number % KEPT_SUBMITTED == 0:
        return
    operations.publish(
        opening, actor=staff.accounts[Role.MODERATOR], now=opening.created_at + dt.timedelta(hours=2)
    )
    if number % KEPT_CLOSED == 0:
        operations.close(
            opening,
            "Doanh nghiệp đã tuyển đủ từ nguồn khác.",
            actor=staff.accounts[Role.LEADER],
            now=hours.latest(now),
        )


def _common(organisation: Organisation, rng: random.Random, on: dt.date, now: dt.datetime) -> dict[str, Any]:
    # A third are old enough for people to have been at work for a month.
    days = rng.randrange(42, 70) if rng.random() < 0.33 else rng.randrange(1, 25)
    created = hours.base(now) - dt.timedelta(days=days) + dt.timedelta(hours=rng.randrange(0, 9) / 2)
    positions = rng.choice((1, 2, 2, 3, 5, 5, 8, 10, 15, 20, 30))
    return {
        "organisation": organisation,
        "organisation_id": organisation.id,
        "positions": positions,
        "positions_left": positions,
        "expires_on": on + dt.timedelta(days=rng.randrange(6, 60)),
        "starts_on": on + dt.timedelta(days=rng.randrange(5, 45)),
        "contact_name": rng.choice(("Chị Lan", "Anh Phước", "Chị Hạnh", "Anh Nghĩa", "Chị Trâm")),
        "contact_phone": organisation.phone,
        "created_at": created,
        "updated_at": created,
    }


def _domestic(staff: Staff, rng: random.Random, on: dt.date, now: dt.datetime) -> Opening:
    job = rng.choice(jobs())
    organisation = rng.choice(_employers(job.code, staff))
    near = organisation.commune_code if rng.random() < 0.6 else rng.choice(places().communes()).code
    low, high = job.wage
    factor = rng.uniform(0.95, 1.2)
    opening = Opening(
        **_common(organisation, rng, on, now),
        sphere=Sphere.DOMESTIC,
        title=job.title,
        text=job.text,
        requirements_text="",
        benefits=rng.choice(
            (
                "Đóng bảo hiểm đầy đủ sau thử việc, thưởng Tết.",
                "Bao cơm trưa, có xe đưa rước theo tuyến.",
                "Có chỗ ở cho người ở xa, thưởng chuyên cần.",
            )
        ),  # fmt: skip
        occupation_code=job.code,
        province_code=AN_GIANG,
        commune_code=near,
        address_line=organisation.address_line,
        directions="Từ đường chính đi vào khoảng 200 mét, hỏi bảo vệ ở cổng.",
        wage_min=_round(low * factor),
        wage_max=_round(high * factor),
        working_time=rng.choice((*WORKING_TIMES, IN_SHIFTS)),
        search_text=fold(f"{job.title} {job.text} {organisation.name}"),
    )
    _ask(opening, needs_at_home(job, opening.working_time == IN_SHIFTS, rng))
    return opening


def _employers(code: str, staff: Staff) -> list[Organisation]:
    hire = {row["name"] for row in read("organisations")["organisation"] if code in row.get("hires", ())}
    return [one for one in staff.organisations[OrganisationKind.EMPLOYER] if one.name in hire]


def _overseas(staff: Staff, rng: random.Random, on: dt.date, now: dt.datetime) -> Opening:
    job = rng.choice(jobs_abroad())
    return overseas_opening(job, sender_of(job, staff, rng), rng, on, now)


def overseas_opening(
    job: JobAbroad, organisation: Organisation, rng: random.Random, on: dt.date, now: dt.datetime
) -> Opening:
    approval = f"{rng.randrange(100, 999)}/QLLĐNN-{job.country}"
    low, high = job.wage
    opening = Opening(
        **_common(organisation, rng, on, now),
        sphere=Sphere.OVERSEAS,
        title=job.title,
        text=job.text,
        occupation_code=job.code,
        country=job.country,
        wage_min=low,
        wage_max=high,
        wage_currency=job.currency,
        wage_period=WagePeriod.MONTH,
        working_time="8 giờ một ngày, làm thêm theo thoả thuận",
        search_text=fold(f"{job.title} {job.text} {organisation.name}"),
    )
    opening.overseas = terms_of(job, opening, approval, rng, on)
    _ask(opening, needs_abroad(job, approval))
    return opening


def _ask(opening: Opening, needs: list[Requirement]) -> None:
    opening.requirements += [
        OpeningRequirement(
            kind=RequirementKind(need.kind),
            op=need.op,
            value=need.value,
            is_hard=need.hard,
            source=need.source or "",
            position=position,
        )
        for position, need in enumerate(needs)
    ]


def _round(amount: float) -> int:
    return int(round(amount / 100_000)) * 100_000
