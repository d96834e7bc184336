"""The pages of fairness: what stands out, what is too few to tell, and what is hidden from whom."""

import csv
import io
from typing import Any

import pytest

from portal.common.clock import now, today
from portal.extensions import db
from portal.jobs.runner import run_once
from portal.ranking.fairness_models import FairnessCount
from portal.ranking.states import Dimension
from portal.reference.places import AN_GIANG, places

MONTH = today().replace(day=1)
Counts = dict[Dimension, dict[str, tuple[int, int, int, int]]]

UNEQUAL: Counts = {
    Dimension.SEX: {"female": (600, 500, 40, 12), "male": (400, 380, 90, 20)},
    Dimension.ETHNICITY: {
        "01": (700, 650, 100, 26), "05": (150, 120, 20, 3), "17": (3, 2, 1, 1), "-": (147, 108, 9, 2),
    },
    Dimension.POOR: {"poor": (60, 50, 9, 2), "-": (940, 830, 121, 30)},
    Dimension.COMMUNE: {"30307": (990, 873, 129, 31), "30292": (10, 7, 1, 1)},
}  # fmt: skip


def keep(counts: Counts, opening: Any = None) -> None:
    """As the job leaves them."""
    totals = [sum(row[at] for row in counts[Dimension.SEX].values()) for at in range(4)]
    everybody: Counts = {**counts, Dimension.ALL: {"": (totals[0], totals[1], totals[2], totals[3])}}
    db.session.add_all(
        FairnessCount(
            opening_id=opening.id if opening is not None else None, month=MONTH, dimension=dimension,
            group_key=key, eligible=row[0], shown=row[1], shortlisted=row[2], placed=row[3],
            exposure=100 * row[1], pool_on=today(), counted_at=now(),
        )
        for dimension, rows in everybody.items() for key, row in rows.items()
    )  # fmt: skip
    db.session.commit()


def cells(page: Any, group: str) -> list[str]:
    for row in page.all("tr"):
        words = [" ".join("".join(cell.itertext()).split()) for cell in row]
        if words and words[0] == group and str(row[-1].tag).endswith("td"):
            return words[1:]
    raise AssertionError(f"no row {group} on the page")


def test_a_group_chosen_far_less_often_is_named_with_its_ratio(app: Any, as_role: Any) -> None:
    keep(UNEQUAL)
    page = as_role("adviser").get("/fairness")
    # 40 of 600 against 90 of 400.
    assert "Giới tính: Nữ – được chọn: 0,30 (0,20 đến 0,44)" in page.text
    assert "thấp rõ" in cells(page, "Nữ")[3] and "× 0,30" in cells(page, "Nữ")[3]
    assert "Có chỗ cần sửa" not in page.text
    assert cells(page, "Nữ")[0].startswith("600 60 %")


def test_a_difference_that_chance_explains_is_told_apart(app: Any, as_role: Any) -> None:
    keep({**UNEQUAL, Dimension.SEX: {"female": (20, 18, 3, 1), "male": (20, 19, 6, 3)}})
    page = as_role("adviser").get("/fairness")
    assert "chưa đủ người để kết luận" in cells(page, "Nữ")[3]
    assert "Giới tính" not in " ".join(page.texts("div.notice"))


def test_where_nothing_stands_out_the_page_says_so(app: Any, as_role: Any) -> None:
    keep(
        {dimension: {} for dimension in UNEQUAL}
        | {Dimension.SEX: {"female": (50, 40, 9, 4), "male": (50, 40, 9, 4)}}
    )
    assert "Không nhóm nào thấp hơn" in as_role("leader").get("/fairness").text


def test_of_what_is_sealed_nobody_reads_a_small_count(app: Any, as_role: Any) -> None:
    keep(UNEQUAL)
    page = as_role("leader").get("/fairness?by=ethnicity")
    hidden = cells(page, "Chăm")
    assert hidden[0].startswith("ẩn") and "%" not in " ".join(hidden)
    # And the next smallest, by which it could be found.
    assert cells(page, "Chưa cho biết, hoặc không muốn được đếm")[0].startswith("ẩn")
    assert cells(page, "Kinh")[0].startswith("700")


@pytest.mark.parametrize("by", ["ethnicity", "poor"])
def test_where_all_who_were_chosen_are_of_one_group_nobody_reads_which(
    app: Any, as_role: Any, by: str
) -> None:
    """An adviser who knows the six would read what each of them told."""
    groups = {"ethnicity": ("05", "01"), "poor": ("poor", "not_poor")}[by]
    told = {groups[0]: (50, 40, 6, 3), groups[1]: (60, 50, 0, 0), "-": (40, 30, 0, 0)}
    keep({**UNEQUAL, Dimension(by): told})
    client = as_role("leader")
    page = client.get(f"/fairness?by={by}")
    rows = [cells(page, name) for name in {
        "ethnicity": ("Khơ-me (Khmer)", "Kinh", "Chưa cho biết, hoặc không muốn được đếm"),
        "poor": ("Hộ nghèo", "Những người khác đã đồng ý được đếm", "Chưa đồng ý được đếm"),
    }[by]]  # fmt: skip
    assert [row[0].split()[0] for row in rows] == ["50", "60", "40"]
    assert all(row[3].startswith("ẩn") for row in rows)
    # Nor from the words: "too few" at every group but one.
    assert [row[4] for row in rows] == ["ẩn"] * 3
    sheet = client.get(f"/fairness?by={by}&csv=1").get_data(as_text=True)
    header, *lines = csv.reader(io.StringIO(sheet))
    assert [line[header.index("Được chọn")] for line in lines] == ["ẩn"] * 3


def test_a_people_left_out_is_named_though_its_few_are_hidden(app: Any, as_role: Any) -> None:
    told = {"01": (700, 650, 200, 90), "05": (300, 250, 60, 3)}
    keep({**UNEQUAL, Dimension.ETHNICITY: told})
    page = as_role("leader").get("/fairness?by=ethnicity")
    found = [line for line in page.texts("li") if "Khơ-me" in line]
    assert any(line.endswith("– có việc làm") for line in found), found
    assert cells(page, "Khơ-me (Khmer)")[4].startswith("ẩn")
    assert "thấp rõ" in cells(page, "Khơ-me (Khmer)")[4]


def test_a_poor_household_stands_beside_everybody_else_who_agreed_to_be_counted(
    app: Any, as_role: Any
) -> None:
    told = {
        "poor": (100, 90, 6, 1), "near_poor": (100, 90, 20, 5), "not_poor": (600, 560, 100, 25),
        "-": (200, 140, 14, 1),
    }  # fmt: skip
    keep({**UNEQUAL, Dimension.POOR: told})
    page = as_role("leader").get("/fairness?by=poor")
    # 5 of 100 against 120 of 700, in fives: whoever did not agree to be counted is no part of the comparison.
    assert "× 0,29" in cells(page, "Hộ nghèo")[3] and "thấp rõ" in cells(page, "Hộ nghèo")[3]
    assert cells(page, "Những người khác đã đồng ý được đếm")[3].startswith("100")
    assert "×" not in " ".join(cells(page, "Chưa đồng ý được đếm"))


def test_of_what_is_sealed_every_number_is_rounded_down_to_fives_and_the_page_says_why(
    app: Any, as_role: Any
) -> None:
    told = {"01": (703, 654, 104, 26), "05": (157, 128, 22, 9), "-": (140, 98, 9, 8)}
    pages = []
    for more in (0, 1):
        db.session.query(FairnessCount).delete()
        here = {**told, "05": (157 + more, 128 + more, 22 + more, 9)}
        keep({**UNEQUAL, Dimension.ETHNICITY: here})
        pages.append(as_role("leader").get("/fairness?by=ethnicity"))
    khmer = cells(pages[0], "Khơ-me (Khmer)")
    assert khmer[0].startswith("155 15,5 %") and khmer[1].startswith("125") and khmer[4].startswith("5 ")
    assert cells(pages[0], "Tất cả")[0] == "1.000"
    assert "làm tròn xuống" in pages[0].text
    assert cells(pages[1], "Khơ-me (Khmer)") == khmer, "one person more does not show"
    assert "làm tròn xuống" not in as_role("leader").get("/fairness?by=sex").text


def test_a_commune_of_ten_is_shown_to_staff_and_hidden_from_a_partner(
    app: Any, as_role: Any, make: Any
) -> None:
    keep(UNEQUAL)
    staff = as_role("adviser").get("/fairness?by=commune")
    partner = as_role("department", make.member("department")).get("/fairness?by=commune")
    small = places().name("30292")
    assert {"7", "1"} <= {cell.split()[0] for cell in cells(staff, small) if cell}
    assert cells(partner, small)[3].startswith("ẩn")


def test_who_meets_no_people_sees_the_month_and_no_opening(app: Any, as_role: Any, make: Any) -> None:
    opening = make.opening("Công nhân may")
    keep(UNEQUAL)
    keep(UNEQUAL, opening)
    client = as_role("department", make.member("department"))
    page = client.get("/fairness")
    assert "Công nhân may" not in page.text and "Tính lại" not in page.text
    client.get(f"/openings/{opening.id}/fairness", status=403)
    administrator = as_role("administrator")
    page = administrator.get("/fairness?by=commune")
    assert "Công nhân may" not in page.text and "Tính lại" in page.text
    assert cells(page, places().name("30292"))[3].startswith("ẩn")
    administrator.get(f"/openings/{opening.id}/fairness", status=403)
    for role in ("seeker", "employer", "college", "moderator"):
        as_role(role).get("/fairness", status=403)


@pytest.mark.parametrize("by", ["sex", "ethnicity", "commune"])
@pytest.mark.parametrize("role", ["adviser", "department"])
def test_the_sheet_holds_what_the_screen_shows(app: Any, as_role: Any, make: Any, by: str, role: str) -> None:
    keep(UNEQUAL)
    client = as_role(role, make.member(role) if role == "department" else make.account(role))
    page = client.get(f"/fairness?by={by}")
    sheet = client.get(f"/fairness?by={by}&csv=1").get_data(as_text=True).lstrip("\ufeff")
    header, *rows = list(csv.reader(io.StringIO(sheet)))
    assert rows and all(len(row) == len(header) for row in rows)
    for row in rows:
        shown = " ".join(cells(page, row[0]))
        for value in row[1:]:
            for word in value.removeprefix("'").split(", "):
                assert word.replace(" %", "") in shown, f"{word} of {row[0]} is not on the page: {shown}"


def test_each_opening_of_the_month_leads_to_its_own_page(app: Any, as_role: Any, make: Any) -> None:
    opening = make.opening("Công nhân may")
    keep(UNEQUAL)
    keep({dimension: {} for dimension in UNEQUAL} | {Dimension.SEX: {"female": (9, 8, 2, 1)}}, opening)
    client = as_role("adviser")
    month = client.get("/fairness")
    assert any(link.startswith(f"/openings/{opening.id}/fairness") for link in month.links())
    page = client.get(f"/openings/{opening.id}/fairness")
    assert cells(page, "Nữ")[0].startswith("9")


def test_nothing_counted_yet_offers_to_count_and_the_work_can_be_left(
    app: Any, as_role: Any, make: Any
) -> None:
    opening = make.opening("Công nhân may", occupation_code="8153")
    make.worker("Nguyễn Thị Mai")
    client = as_role("adviser")
    url = f"/openings/{opening.id}/fairness"
    assert "Tháng này chưa được tính" in client.get(url).text
    progress = client.follow(f"{url}/count", {"month": f"{MONTH:%Y-%m}"})
    assert "Bạn có thể đóng trang này" in progress.text
    again = client.post(f"{url}/count", {"month": f"{MONTH:%Y-%m}"})
    while run_once(app):
        pass
    done = client.get(again.location)
    assert f"{url}?month={MONTH:%Y-%m}" in done.links()
    assert cells(client.get(url), "Nữ")[0].startswith("1")
    client.post(f"{url}/count", {"month": "1999-01"}, status=400)


def test_an_address_written_by_hand_is_said_at_its_field(app: Any, as_role: Any) -> None:
    keep(UNEQUAL)
    page = as_role("adviser").get("/fairness?month=2020-99&by=religion")
    assert "Hãy chọn một mục trong danh sách." in page.text
    assert cells(page, "Nữ")


def test_as_many_queries_for_twenty_communes_and_openings_as_for_two(
    app: Any, as_role: Any, make: Any, statements: list[str]
) -> None:
    codes = [place.code for place in places().communes() if place.parent == AN_GIANG]
    client, counts = as_role("leader"), []
    for number in (2, 18):
        db.session.query(FairnessCount).filter(FairnessCount.opening_id.is_(None)).delete()
        keep({**UNEQUAL, Dimension.COMMUNE: dict.fromkeys(codes[:number], (9, 8, 2, 1))})
        for place in range(number):
            keep({Dimension.SEX: {"female": (9, 8, 2, 1)}}, make.opening(f"Việc {place}"))
        client.get("/fairness?by=commune")
        statements.clear()
        client.get("/fairness?by=commune")
        counts.append(len(statements))
    assert counts[0] == counts[1]
