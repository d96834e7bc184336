"""Names as people here have them: order, search, and the offer to write them with capitals."""

import pytest
import time_machine
from sqlalchemy import select

from portal.common.text import better_case
from portal.workers.models import Worker
from tests.factories import NOW

# In the order in which a Vietnamese list has them: by given name, then family and middle names.
MESSY = [
    "Chau Sóc Kha",
    "Thị Lẹ",
    "Nguyễn Hoàng Bảo Anh Thư Ngọc Phương Khánh Vy Thảo Minh Long",
    "Y Moan",
    "Đào Thị Ánh-Nguyệt",
    "Thạch Thị Sa Rây",
    "Mohamach Ka Rim",
    "Sa",
    "H'Hen Sa",
    "Danh Út",
]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(as_role):
    return as_role("adviser")


def shown(page):
    rows = [cell for cell in page.all("th") if cell.get("scope") == "row"]
    return [" ".join("".join(cell.itertext()).split()) for cell in rows]


def test_ten_messy_names_are_sorted_on_both_databases(make, desk):
    for name in sorted(MESSY):
        make.worker(name)
    assert shown(desk.get("/workers")) == MESSY


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thach thi sa ray", ["Thạch Thị Sa Rây"]),
        ("Thạch Thị Sa Rây", ["Thạch Thị Sa Rây"]),
        ("rây", ["Thạch Thị Sa Rây"]),
        ("danh ut", ["Danh Út"]),
        ("ÚT", ["Danh Út"]),
        ("chau soc kha", ["Chau Sóc Kha"]),
        ("mohamach ka rim", ["Mohamach Ka Rim"]),
        ("dao thi anh nguyet", ["Đào Thị Ánh-Nguyệt"]),
        ("Ánh-Nguyệt", ["Đào Thị Ánh-Nguyệt"]),
        ("ánh – nguyệt", ["Đào Thị Ánh-Nguyệt"]),
        ("y moan", ["Y Moan"]),
        ("h’hen", ["H'Hen Sa"]),
        ("thi le", ["Thị Lẹ"]),
        ("khánh vy thảo minh long", [MESSY[2]]),
    ],
)
def test_messy_names_are_found_with_and_without_marks(make, desk, typed, found):
    for name in MESSY:
        make.worker(name)
    assert shown(desk.get("/workers", query_string={"q": typed})) == found


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("thạch thị sa rây", "Thạch Thị Sa Rây"),
        ("ĐÀO THỊ ÁNH-NGUYỆT", "Đào Thị Ánh-Nguyệt"),
        ("Y MOAN", "Y Moan"),
        ("h’hen niê", "H'Hen Niê"),
        ("MOHAMACH BIN SALES", "Mohamach bin Sales"),
        ("nguyen van bin", "Nguyen Van Bin"),
        ("sa", "Sa"),
        # Written with care: left alone.
        ("Mohamach bin Sales", "Mohamach bin Sales"),
        ("Lê McDonald", "Lê McDonald"),
    ],
)
def test_capitals_are_proposed_without_touching_small_words(typed, offered):
    assert better_case(typed) == offered


def test_a_name_in_capitals_is_offered_better_and_either_may_be_chosen(session, make, desk):
    worker = make.worker()
    url = f"/workers/{worker.id}/edit/who"
    typed = {"full_name": "DANH ÚT", "birth": "1990"}
    page = desk.post(url, typed, status=422)
    offered = [field.get("value") for field in page.all("input") if field.get("name") == "name_as"]
    assert offered == ["Danh Út", "DANH ÚT"]
    desk.post(url, {**typed, "name_as": "DANH ÚT"}, to=f"/workers/{worker.id}")
    assert session.scalars(select(Worker.full_name)).one() == "DANH ÚT"
    desk.post(url, {**typed, "name_as": "Danh Út"}, to=f"/workers/{worker.id}")
    assert session.scalars(select(Worker.full_name)).one() == "Danh Út"
    # The choice was about another name: asked anew.
    desk.post(url, {**typed, "full_name": "DANH SÓC", "name_as": "Danh Út"}, status=422)
