"""Who somebody is changes nothing: sex, age, people and name turned over, the same lists come back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.common.clock import now, today
from portal.common.text import fold, name_sort_key
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.openings.states import Sphere
from portal.ranking import explanations, lists
from portal.workers import operations, sensitive
from portal.workers.changes import log_change
from portal.workers.models import Worker
from portal.workers.queries import Workers
from portal.workers.states import ConsentChannel, Purpose, Sex

# Kinh, Khmer, Chăm and Hoa names; the first of each pair is given at first.
NAMES = (
    ("Nguyễn Thị Mai", "Neáng Srây Mom"),
    ("Trần Văn Hùng", "Danh Sóc Kha"),
    ("Lê Thị Hồng Thắm", "Mohamad Phi Dah"),
    ("Phạm Minh Quân", "Sa Lếs"),
    ("Huỳnh Thị Bé", "Chau Chanh Tha"),
    ("Võ Văn Út", "Lý Bội San"),
)
TEXTS = (
    "May áo sơ mi, vắt sổ, ủi đồ",
    "Chạy máy một kim. Làm ca đêm được",
    "May gia công tại nhà, biết cắt rập",
    "",
    "Làm thợ hồ, sơn nước",
    "Phục vụ quán ăn, rửa chén",
)
CODES = ("8153", "8153", "7531", "7531", "7112", "5131")


@pytest.fixture
def people(make: Any) -> list[Worker]:
    found = []
    for place, ((name, _other), text, code) in enumerate(zip(NAMES, TEXTS, CODES, strict=True)):
        found.append(
            make.worker(
                name, occupations=((code, 12 * place + 6),), skills_text=text, sex=Sex.FEMALE,
                birth_date=dt.date(1999, 3, 1 + place), countries=("JP",) if place % 2 else (),
                certificates=(("topik", "2"),) if place == 1 else (), updated_at=now(),
                education_code="lower_secondary" if place == 3 else "upper_secondary",
            )
        )  # fmt: skip
        tell_people(make, found[-1], "01")
    return found


def tell_people(make: Any, worker: Worker, code: str) -> None:
    adviser = make.account("adviser")
    for purpose in (Purpose.ETHNICITY, Purpose.STATISTICS):
        operations.give_consent(worker, purpose, channel=ConsentChannel.DESK, actor=adviser, now=now())
    sensitive.tell(worker, Purpose.ETHNICITY, code, actor=adviser, now=now())
    db.session.commit()


@pytest.fixture
def openings(make: Any) -> list[int]:
    """At home, with a gate that one person misses; barred to minors by law; and abroad."""
    sews = make.opening(
        "Công nhân may", occupation_code="8153", text="May áo sơ mi theo chuyền, vắt sổ. Có ca đêm.",
        requirements=[("education", ">=", "upper_secondary")],
    )  # fmt: skip
    builds = make.opening("Phụ hồ", occupation_code="9313", text="Phụ thợ xây, trộn hồ.")
    abroad = make.opening("Chế biến thủy sản", sphere=Sphere.OVERSEAS, country="JP", occupation_code="8160")
    return [sews.id, builds.id, abroad.id]


def said(rows: list[lists.Row]) -> list[Any]:
    """Everything a page could show of a row but who it is."""
    told = []
    for row in rows:
        c = row.candidate
        told.append(
            (c.rank, c.worker_id, c.score, dict(c.parts), c.reasons, c.missing, c.unknowns, c.barred_by)
        )
    return told


def everything(opening_ids: list[int]) -> dict[int, Any]:
    """The list, those apart, the near misses, and every explanation with its changes."""
    found: dict[int, Any] = {}
    for opening_id in opening_ids:
        opening = db.session.scalars(Openings().by_id(opening_id).with_page_data()).unique().one()
        shown = lists.ranked_list(opening, on=today())
        missed = lists.near_misses(opening, on=today(), limit=20)
        workers = list(db.session.scalars(Workers().by_id_order().with_profile_data().query).unique())
        explained = [answer.explanation for answer in explanations.explain_all(opening, workers, today())]
        # The age gate of the law tells the age itself: the rest of its verdict is compared.
        answers = [[(v.rule, v.verdict, v.text_vi) for v in one.verdicts] for one in explained]
        ranks = [
            (one.listed, one.rank, one.score, one.reasons, one.missing, one.changes) for one in explained
        ]
        found[opening_id] = said(shown.rows), said(shown.unknowns), said(missed.rows), answers, ranks
    return found


def turned(change: Callable[[Worker, int], None]) -> None:
    """The same people, as they would have registered with this one thing otherwise."""
    for place, worker in enumerate(db.session.scalars(Workers().by_id_order().query)):
        change(worker, place)
        log_change(worker, now=now())
    db.session.commit()
    db.session.expire_all()


def sex(worker: Worker, place: int) -> None:
    worker.sex = (Sex.MALE, None)[place % 2]


def age(worker: Worker, place: int) -> None:
    """From 27 to between 20 and 60: inside every gate that the law sets."""
    worker.birth_date = dt.date(today().year - (20, 60, 35, 45, 55, 19)[place], 1, 1)
    worker.birth_year = worker.birth_date.year


def year_alone(worker: Worker, place: int) -> None:
    worker.birth_date = None


def name(worker: Worker, place: int) -> None:
    worker.full_name = NAMES[place][1]
    worker.name_folded, worker.name_sort = fold(worker.full_name), name_sort_key(worker.full_name)


def home_and_family(worker: Worker, place: int) -> None:
    worker.address_line = "Ấp Phũm Soài, cạnh chùa"
    worker.relative_name, worker.relative_relation = "Mách Ha Lim", "chồng"
    worker.permanent_commune_code, worker.receives_benefit = "31051", True


@pytest.mark.parametrize("change", [sex, age, year_alone, name, home_and_family])
def test_the_same_people_with_another_trait_make_the_same_lists(
    app: Any, people: Any, openings: list[int], change: Callable[[Worker, int], None]
) -> None:
    before = everything(openings)
    assert any(rows for rows, *_rest in before.values())
    turned(change)
    assert everything(openings) == before


@pytest.mark.parametrize("code", ["05", "17", "04", None])
def test_the_people_somebody_belongs_to_changes_nothing(
    app: Any, make: Any, people: Any, openings: list[int], code: str | None
) -> None:
    before = everything(openings)
    for worker in db.session.scalars(Workers().by_id_order().query).all():
        if code is None:
            adviser = make.account("adviser")
            operations.withdraw_consent(worker, Purpose.ETHNICITY, actor=adviser, now=now())
        else:
            tell_people(make, worker, code)
    db.session.commit()
    db.session.expire_all()
    assert everything(openings) == before


FIRST = "Tôi là nữ, người Kinh, đã kết hôn."
SECOND = (
    "Tôi là nam, Khmer, đã ly hôn.",
    "Tôi là nữ, người Chăm, độc thân.",
    "Tôi là nam, người Hoa, đã có gia đình.",
)


@pytest.mark.parametrize("second", SECOND)
def test_what_a_text_says_of_sex_people_and_family_changes_nothing(
    app: Any, people: Any, openings: list[int], second: str
) -> None:
    def says(words: str) -> None:
        turned(lambda worker, place: setattr(worker, "skills_text", f"{TEXTS[place]}\n{words}"))

    says(FIRST)
    before = everything(openings)
    says(second)
    assert everything(openings) == before


WHO = "Tôi tên {name}, dân tộc {people}, {family}. Nhà ở {hamlet}, gần {worship}."
FIRST_WHO = {
    "name": "Nguyễn Thị Mai", "people": "Kinh", "family": "đã kết hôn", "hamlet": "ấp Trung An",
    "worship": "chùa Phước Điền",
}  # fmt: skip
SECOND_WHO = (
    {
        "name": "Neáng Srây Mom", "people": "Khmer", "family": "chưa kết hôn", "hamlet": "ấp Phũm Soài",
        "worship": "chùa Xà Tón",
    },
    {
        "name": "Mohamad Sa Lếs", "people": "Chăm", "family": "độc thân", "hamlet": "ấp Phũm Soài",
        "worship": "thánh đường Mubarak",
    },
    {
        "name": "Danh Sóc Kha", "people": "Khơ Me", "family": "có hai con", "hamlet": "ấp An Hòa",
        "worship": "chùa Phước Điền",
    },
)  # fmt: skip


@pytest.mark.parametrize("second", SECOND_WHO, ids=[one["name"] for one in SECOND_WHO])
def test_names_hamlets_and_places_of_worship_in_a_text_change_nothing(
    app: Any, people: Any, openings: list[int], second: dict[str, str]
) -> None:
    def says(who: dict[str, str]) -> None:
        words = WHO.format(**who)
        turned(lambda worker, place: setattr(worker, "skills_text", f"{TEXTS[place]}\n{words}"))

    says(FIRST_WHO)
    before = everything(openings)
    says(second)
    assert everything(openings) == before


def test_a_trait_that_did_count_would_be_seen(app: Any, people: Any, openings: list[int]) -> None:
    """The net has no hole: what may count does move these lists."""
    before = everything(openings)
    turned(lambda worker, place: setattr(worker, "wage_min", 30_000_000 if place == 0 else worker.wage_min))
    assert everything(openings) != before


def test_only_the_approved_contract_abroad_makes_sex_a_gate(app: Any, make: Any, people: Any) -> None:
    opening: Opening = make.opening(
        "Chế biến", sphere=Sphere.OVERSEAS, country="JP", occupation_code="8160",
        requirements=[("sex", "=", "female")],
    )  # fmt: skip
    for need in opening.requirements:
        need.source = "Hợp đồng 123/QLLĐNN"
    db.session.commit()
    before = everything([opening.id])[opening.id][0]
    assert before
    turned(sex)
    assert everything([opening.id])[opening.id][0] == []
