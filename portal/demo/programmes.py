"""Rounds, and pools of made-up people who prepare for them: some far, some waiting, one not picked."""

import datetime as dt
from itertools import cycle

from sqlalchemy import ColumnElement, exists, select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import local_date
from portal.demo import hours
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.organisations.states import LicenceStatus, OrganisationKind
from portal.overseas.models import Programme
from portal.overseas.programmes import operations as programmes
from portal.overseas.programmes import pool_operations as pools
from portal.overseas.programmes.checks import Seen, keep_check
from portal.overseas.programmes.models import ProgrammeRequirement
from portal.overseas.programmes.pool_priorities import tell_priority
from portal.overseas.programmes.queries import Programmes, of_programme
from portal.overseas.programmes.round_models import Pool, PoolMember, ProgrammeRound
from portal.overseas.programmes.round_operations import RoundFacts, add_round
from portal.overseas.programmes.rules import Asked
from portal.overseas.programmes.seed import load_programmes
from portal.overseas.programmes.states import AskedKind, MemberState, RoundDayKind
from portal.web.transactions import write_transaction
from portal.workers.models import WantedPlace, Worker, WorkerCertificate
from portal.workers.queries import Workers
from portal.workers.states import ConsentChannel, Purpose, Sex

SOURCE = "Dữ liệu dùng thử"
MEMBERS = 24
CHANNELS = (ConsentChannel.DESK, ConsentChannel.PHONE, ConsentChannel.PAPER)
# Points of a language test, and in how many days the result runs out; None: nobody wrote it down.
RESULTS = ((128, 41), (94, 260), (112, 12), (70, 400), (150, None), (104, -20))


def make_programmes(adviser_ids: list[int], now: dt.datetime) -> None:
    with write_transaction():
        load_programmes(db.session, now=now)
        known = {one.code: one for one in Programmes().all()}
        adviser = db.session.get_one(Account, adviser_ids[0])
        leader = db.session.scalars(select(Account).where(Account.role == Role.LEADER)).first() or adviser
        eps = _eps_round(known["eps"], adviser, now)
        japan = _men_only_round(known["im-japan"], leader, now)
        pool = pools.open_pool(
            known["eps"], "Lớp tiếng Hàn chuẩn bị EPS (dùng thử)", round_id=eps.id, actor=adviser, now=now
        )
        members = _fill(pool, "KR", MEMBERS, [db.session.get_one(Account, one) for one in adviser_ids], now)
        _outcomes(members, adviser, now)
        _pre_sourcing(known["taiwan-factory"], adviser, now)
        _told_groups(known["im-japan"], japan, adviser, now)


def _eps_round(programme: Programme, adviser: Account, now: dt.datetime) -> ProgrammeRound:
    on = local_date(now)
    facts = RoundFacts(
        name="Kỳ thi EPS sắp tới (dùng thử)",
        year=(on + dt.timedelta(days=60)).year,
        source=SOURCE,
        apply_from=on + dt.timedelta(days=35),
        apply_to=on + dt.timedelta(days=55),
        places=2_800,
        days=[
            (RoundDayKind.TEST, on + dt.timedelta(days=110), "Cần Thơ, thi trên máy"),
            (RoundDayKind.RESULT, on + dt.timedelta(days=135), ""),
        ],
    )
    return add_round(programme, facts, actor=adviser, now=now)


def _men_only_round(programme: Programme, leader: Account, now: dt.datetime) -> ProgrammeRound:
    on = local_date(now)
    facts = RoundFacts(
        name="Kỳ tuyển IM Japan ngành xây dựng (dùng thử)",
        year=(on + dt.timedelta(days=45)).year,
        source=SOURCE,
        apply_to=on + dt.timedelta(days=45),
        places=120,
        days=[(RoundDayKind.TEST, on + dt.timedelta(days=70), "Vòng thi toán, tại Trung tâm")],
    )
    made = add_round(programme, facts, actor=leader, now=now)
    values = {
        "kind": AskedKind.SEX, "value": {"sex": "male"}, "round_id": made.id, "words_vi": "", "words_en": "",
        "position": 5,
    }  # fmt: skip
    stated = programmes.Stated(SOURCE, on - dt.timedelta(days=10), made.apply_to, verified=True)
    programmes.state_row(ProgrammeRequirement, programme, values, stated, actor=leader, now=now)
    return made


def _told_groups(programme: Programme, round_: ProgrammeRound, adviser: Account, now: dt.datetime) -> None:
    """Two of them have told the group that the programme's own rules name."""
    name = "Ôn thi toán và thể lực IM Japan (dùng thử)"
    pool = pools.open_pool(programme, name, round_id=round_.id, actor=adviser, now=now)
    members = _fill(pool, "JP", 8, [adviser], now, Worker.sex == Sex.MALE)
    for member, group in zip(members, ("poor_household", "ethnic_minority"), strict=False):
        tell_priority(member, group, channel=ConsentChannel.DESK, actor=adviser, now=now)


def _fill(
    pool: Pool,
    country: str,
    count: int,
    advisers: list[Account],
    now: dt.datetime,
    *only: ColumnElement[bool],
) -> list[PoolMember]:
    """People who want to go there, each asked by an adviser on a day of the last months."""
    wants = exists().where(WantedPlace.worker_id == Worker.id, WantedPlace.country == country)
    people = (
        Workers().active().consenting(Purpose.MATCHING).where(wants, Worker.birth_year < now.year - 18, *only)
    ).by_id_order()
    chosen = list(db.session.scalars(people.with_profile_data().query.limit(count)))
    by, ways, made = cycle(advisers), cycle(CHANNELS), []
    for number, worker in enumerate(chosen):
        moment = hours.fit(hours.latest(now) - dt.timedelta(days=5 + number * 3))
        keep_until = local_date(now) + dt.timedelta(days=30 + 37 * (number + 1))
        channel, adviser = next(ways), next(by)
        made.append(pools.join(pool, worker, keep_until, channel=channel, actor=adviser, now=moment))
    return made


def _outcomes(members: list[PoolMember], adviser: Account, now: dt.datetime) -> None:
    """Results, papers seen, names on the list; the last two know how it ended."""
    if not members:
        return
    on = local_date(now)
    programme = members[0].pool.programme
    asked = {one.slot: one for one in of_programme(programme, on).asked}
    for number, (member, (points, days)) in enumerate(zip(members, cycle(RESULTS), strict=False)):
        ends = None if days is None else on + dt.timedelta(days=days)
        member.worker.certificates.append(
            WorkerCertificate(scale="eps-topik", level=str(points), expires_on=ends)
        )
        if number % 3 == 0:
            _see(member.worker, programme, asked["orientation"], 200 + number * 40, adviser, now)
        if number % 4 == 0:
            _see(member.worker, programme, asked["skill"], 90 + number * 20, adviser, now)
            pools.put_on_roster(member, on + dt.timedelta(days=25 + number * 11), actor=adviser, now=now)
    for member, state, because in zip(
        members[-2:],
        (MemberState.NOT_PICKED, MemberState.PICKED),
        ("Chủ sử dụng lao động đã chọn đủ người.", ""),
        strict=False,
    ):
        pools.end_membership(member, state, because, actor=adviser, now=hours.latest(now))


def _see(
    worker: Worker, programme: Programme, asked: Asked, days: int, adviser: Account, now: dt.datetime
) -> None:
    dated = local_date(now) - dt.timedelta(days=days)
    keep_check(worker, programme, asked, Seen(True, dated), actor=adviser, now=now)


def _pre_sourcing(programme: Programme, adviser: Account, now: dt.datetime) -> None:
    sender = db.session.scalars(
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.SENDER, Organisation.licence_status == LicenceStatus.VALID
        )
        .order_by(Organisation.id)
        .limit(1)
    ).first()
    if sender is None:
        return
    stated = pools.PreSourcing(
        sender.id, "CBN-17 (dùng thử)", local_date(now) - dt.timedelta(days=20),
        "Cam kết ưu tiên tuyển số 5 (dùng thử)", 30, 4_000_000,
    )  # fmt: skip
    pool = pools.open_pool(
        programme, "Nguồn đi nhà máy Đài Loan (dùng thử)", pre_sourcing=stated, actor=adviser, now=now
    )
    _fill(pool, "TW", 5, [adviser], now)
