"""People who left long ago: their steps as a log of the past, then words, incidents and returns."""

import datetime as dt
import random
from typing import Any

from sqlalchemy import select

from portal.access.models import Account
from portal.common.clock import local_date
from portal.demo import hours
from portal.extensions import db
from portal.overseas.abroad import brought_home, check_ins, family, incident_acts, returning
from portal.overseas.abroad.brought_home import Learned
from portal.overseas.abroad.check_ins import Said
from portal.overseas.abroad.family import Children, Relative
from portal.overseas.abroad.models import CheckIn, Stay
from portal.overseas.abroad.return_models import Homecoming
from portal.overseas.abroad.returning import Came
from portal.overseas.abroad.states import (
    Answer,
    CallWindow,
    ChildrenSaid,
    EarlyCause,
    Fault,
    HowHome,
    MayTell,
    Trouble,
    WageSaid,
    WordBy,
    WorkSaid,
)
from portal.overseas.abroad.stays import begin_stay
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.states import PIPELINE
from portal.overseas.models import OverseasCase, Programme
from portal.overseas.states import CaseState, IncidentOutcome, IncidentStepName
from portal.web.transactions import write_transaction
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.rules import MATCHING_PURPOSES
from portal.workers.states import ConsentChannel

DAY = dt.timedelta(days=1)
# Days that each stage took, least and most.
TOOK = {
    CaseState.INTERESTED: (1, 5), CaseState.COUNSELLED: (3, 14), CaseState.CHECKED: (5, 20),
    CaseState.NOMINATED: (10, 30), CaseState.SELECTED: (5, 15), CaseState.TRAINING: (60, 95),
    CaseState.HEALTH: (4, 12), CaseState.CONTRACT: (3, 10), CaseState.FINANCE: (5, 15),
    CaseState.VISA: (15, 35), CaseState.READY: (4, 12),
}  # fmt: skip
NAMES = (
    "open", "counsel", "check", "nominate", "select", "train", "health", "sign", "arrange_money", "visa",
    "make_ready", "depart",
)  # fmt: skip
# Programme, country, days since the departure, months of the contract, what happened.
STORIES = (
    ("im-japan", "JP", 34, 36, "silent"), ("im-japan", "JP", 98, 36, "well"),
    ("im-japan", "JP", 205, 36, "call"),
    ("eps", "KR", 150, 36, "unpaid"), ("eps", "KR", 390, 36, "wages"), ("eps", "KR", 33, 36, "new"),
    ("taiwan-care", "TW", 120, 36, "violence"), ("taiwan-care", "TW", 260, 36, "papers"),
    ("ssw", "JP", 64, 60, "well"), ("im-japan", "JP", 1105, 36, "home"),
    ("taiwan-factory", "TW", 560, 36, "closed"), ("eps", "KR", 700, 36, "wish"),
)  # fmt: skip


def make_abroad(adviser_ids: list[int], rng: random.Random, now: dt.datetime) -> None:
    latest = hours.latest(now)
    people = _people(rng, local_date(now))
    for (code, country, ago, months, story), worker_id in zip(STORIES, people, strict=False):
        with write_transaction():
            worker, adviser = (
                db.session.get_one(Worker, worker_id),
                db.session.get_one(Account, rng.choice(adviser_ids)),
            )
            departed = local_date(latest) - ago * DAY
            case = _left(worker, adviser, code, departed, latest, rng)
            stay = begin_stay(
                case, departed_on=departed, country=country,
                contract_ends_on=departed + dt.timedelta(days=round(months * 30.4)), actor=adviser,
                now=hours.at(departed, hours.OPENS),
            )  # fmt: skip
            _at_home(case, adviser, hours.at(departed - 20 * DAY, hours.OPENS), rng)
            _live(stay, adviser, latest, story)
        db.session.expunge_all()


def _people(rng: random.Random, on: dt.date) -> list[int]:
    """Grown-ups who wanted to go and are in no case yet."""
    found = (
        Workers()
        .active()
        .consenting(*MATCHING_PURPOSES)
        .where(
            Worker.wants_abroad,
            Worker.birth_year <= on.year - 24,
            Worker.id.not_in(select(OverseasCase.worker_id)),
            Worker.account_id.is_(None),
        )
    )
    ids = list(db.session.scalars(found.by_id_order().ids().limit(400)))
    db.session.rollback()
    return rng.sample(ids, k=min(len(STORIES), len(ids)))


def _left(
    worker: Worker, adviser: Account, code: str, departed: dt.date, latest: dt.datetime, rng: random.Random
) -> OverseasCase:
    programme = db.session.scalar(select(Programme).where(Programme.code == code))
    case = OverseasCase(
        worker_id=worker.id, programme_id=programme.id if programme is not None else None,
        adviser_id=adviser.id, state=CaseState.ABROAD, departed_on=departed, opened_by_id=adviser.id,
        service_fee_vnd=0, opened_at=latest, updated_at=hours.at(departed, hours.OPENS),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    days = {stage: rng.randint(*TOOK[stage]) for stage in TOOK}
    day = departed - sum(days.values()) * DAY
    case.opened_at = hours.at(day, hours.OPENS)
    before: CaseState | None = None
    for name, stage in zip(NAMES, PIPELINE, strict=False):
        moment = hours.at(day, hours.OPENS)
        db.session.add(
            CaseStep(
                case_id=case.id, name=name, from_state=before, to_state=stage, actor_id=adviser.id, at=moment,
                day=day,
            )
        )  # fmt: skip
        if stage is CaseState.SELECTED:
            case.selected_on, case.depart_by = day, day + 180 * DAY
        before = stage
        day += days.get(stage, 0) * DAY
    return case


def _at_home(case: OverseasCase, adviser: Account, moment: dt.datetime, rng: random.Random) -> None:
    """Before the departure: whom to call, and who looks after the children."""
    if rng.random() < 0.6:
        relative = Relative(
            f"Danh Thị {rng.choice(('Hoa', 'Lan', 'Út'))}", rng.choice(("mẹ", "chị ruột")), "0901000999"
        )
        family.give_family_contact(
            case,
            relative,
            [MayTell.WELL, MayTell.TROUBLE],
            channel=ConsentChannel.DESK,
            actor=adviser,
            now=moment,
        )
    said = rng.choice((ChildrenSaid.NONE, ChildrenSaid.CARED_FOR))
    who = "Bà ngoại trông, hai bé đi học gần nhà." if said is ChildrenSaid.CARED_FOR else ""
    family.tell_children(case, Children(said, who), actor=adviser, now=moment)


def _live(stay: Stay, adviser: Account, latest: dt.datetime, story: str) -> None:
    """The contacts of the past are answered, then comes what this story is about."""
    for due in stay.dues:
        if due.due_on < local_date(latest) - 20 * DAY and story not in ("silent",):
            moment = hours.at(due.due_on + 2 * DAY, dt.time(19, 30))
            said = Said(wage=WageSaid.AS_PROMISED, work=WorkSaid.AS_PROMISED)
            check_ins.check_in(stay, Answer.OK, said=said, now=moment)
    tell = TELLS.get(story)
    if tell is not None:
        tell(stay, adviser, latest)


def _silent(stay: Stay, adviser: Account, latest: dt.datetime) -> None:
    for due in stay.dues[:1]:
        due.due_on, due.call_on = local_date(latest) - 9 * DAY, local_date(latest) - 2 * DAY
        due.asked_at = latest - 9 * DAY
        check_ins.not_reached(due, actor=adviser, now=latest - DAY)


def _call(stay: Stay, _adviser: Account, latest: dt.datetime) -> None:
    said = Said(call_window=CallWindow.EVENING, words="Em muốn hỏi về gia hạn hợp đồng.")
    check_ins.check_in(stay, Answer.CALL, said=said, now=latest - dt.timedelta(hours=14))


def _unpaid(stay: Stay, _adviser: Account, latest: dt.datetime) -> None:
    said = Said(wage=WageSaid.LESS, work=WorkSaid.AS_PROMISED, words="Bị trừ tiền ở nhiều hơn giấy ghi.")
    check_ins.check_in(stay, Answer.OK, said=said, now=latest - 2 * DAY)


def _trouble(trouble: Trouble, words: str, ago: int) -> Any:
    def tell(stay: Stay, _adviser: Account, latest: dt.datetime) -> CheckIn:
        moment = hours.fit(latest - ago * DAY)
        word = check_ins.check_in(stay, Answer.HELP, now=moment)
        check_ins.tell_trouble(word, trouble, Said(words=words, call_window=CallWindow.LATE), now=moment)
        return word

    return tell


def _violence(stay: Stay, adviser: Account, latest: dt.datetime) -> None:
    word = _trouble(Trouble.HURT, "Con của chủ nhà đánh tôi. Tôi sợ lắm.", 1)(stay, adviser, latest)
    incident = word.incident
    incident_acts.add_step(
        incident,
        IncidentStepName.CALLED,
        "Đã nói chuyện 20 phút. Chưa bị thương nặng.",
        actor=adviser,
        now=latest,
    )
    incident_acts.add_step(
        incident,
        IncidentStepName.HELP_OFFERED,
        "Gợi ý đường dây 1955 và nơi tạm lánh.",
        actor=adviser,
        now=latest,
    )


def _papers(stay: Stay, adviser: Account, latest: dt.datetime) -> None:
    word = check_ins.check_in(
        stay, Answer.HELP, by=WordBy.ZALO, trouble=Trouble.PAPERS, taken_by=adviser,
        now=hours.fit(latest - 15 * DAY), said=Said(words="Chủ giữ hộ chiếu từ ngày đầu."),
    )  # fmt: skip
    done = hours.fit(latest - 9 * DAY)
    incident_acts.add_step(
        word.incident, IncidentStepName.SENDER, "Công ty hứa lấy lại trong 3 ngày.", actor=adviser, now=done
    )
    incident_acts.close(
        word.incident, IncidentOutcome.SOLVED, "Người lao động đã cầm lại hộ chiếu.", actor=adviser, now=done
    )


def _home(came: Came, learned: Learned, *, confirmed: bool) -> Any:
    def tell(stay: Stay, adviser: Account, latest: dt.datetime) -> Homecoming:
        back = local_date(latest) - 6 * DAY
        came_now = Came(**{**{name: getattr(came, name) for name in came.__slots__}, "returned_on": back})
        row = returning.come_home(stay.case, came_now, actor=adviser, now=hours.fit(latest - 5 * DAY))
        kept = brought_home.tell_learned(stay.case, row, learned, actor=adviser, now=latest)
        if confirmed:
            brought_home.confirm(kept, ConsentChannel.DESK, actor=adviser, now=latest)
        return row

    return tell


_ANY_DAY = dt.date(2000, 1, 1)
TELLS: dict[str, Any] = {
    "silent": _silent,
    "call": _call,
    "unpaid": _unpaid,
    "wages": _trouble(Trouble.WAGE, "Hai tháng chưa nhận lương.", 2),
    "violence": _violence,
    "papers": _papers,
    "home": _home(
        Came(HowHome.ON_TIME, _ANY_DAY),
        Learned("7212", "thợ hàn", 35, "hàn TIG, đọc bản vẽ", "jlpt", "N3"),
        confirmed=True,
    ),
    "closed": _home(
        Came(
            HowHome.EARLY, _ANY_DAY, EarlyCause.EMPLOYER, fault=Fault.NONE,
            fault_basis="Thư báo đóng cửa xưởng", fee_vnd=66_000_000, fee_paid_on=dt.date(2025, 4, 2),
        ),
        Learned("8160", "vận hành máy chế biến thực phẩm", 18, "vệ sinh an toàn thực phẩm"),
        confirmed=False,
    ),
    "wish": _home(
        Came(HowHome.EARLY, _ANY_DAY, EarlyCause.FAMILY),
        Learned("9329", "lao động nhà máy", 23),
        confirmed=False,
    ),
}  # fmt: skip
