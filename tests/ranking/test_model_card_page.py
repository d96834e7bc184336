"""docs/ranking.md as a page: all of it, the counsellors' part first, and nothing that could run."""

import re
from typing import Any

import pytest

from portal.access.states import Role
from portal.common.clock import today
from portal.ranking import rebuilding
from portal.ranking.keeper import keeper, ranker
from portal.ranking.model_card import FILE, FOR_COUNSELLORS, render

HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)


def plain(heading: str) -> str:
    return heading.replace("`", "").replace("*", "")


def test_the_page_has_every_heading_of_the_file_below_its_own(make: Any, as_role: Any) -> None:
    page = as_role("adviser").get("/ranking/how")
    shown = [text for tag in ("h2", "h3", "h4") for text in page.texts(tag)]
    headings = [plain(text) for _level, text in HEADING.findall(FILE.read_text(encoding="utf-8"))]
    assert len(headings) >= 4
    for heading in headings:
        wanted = re.sub(r"^\d+\. ", "", heading) if FOR_COUNSELLORS in heading else heading
        assert wanted in shown


def test_what_counsellors_read_comes_first_and_in_vietnamese(make: Any, as_role: Any) -> None:
    page = as_role("adviser").get("/ranking/how")
    parts = [(one.get("lang"), " ".join("".join(one.itertext()).split())) for one in page.all("article")]
    assert [language for language, _text in parts] == ["vi", "en"]
    assert "Trước hết là điều kiện bắt buộc." in parts[0][1]
    assert "First the gates, then the score." in parts[1][1]


def test_levels_of_headings_skip_none(make: Any, as_role: Any) -> None:
    page = as_role("adviser").get("/ranking/how")
    levels = [
        int(tag[-1]) for tag in (str(one.tag) for one in page.root.iter()) if re.search(r"\}h[1-6]$", tag)
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_running_version_and_the_active_scorer_stand_on_top(app: Any, make: Any, as_role: Any) -> None:
    make.worker()
    index, _mark = ranker(today())
    page = as_role("leader").get("/ranking/how")
    assert index.model.version in page.text
    assert "Trọng số đã ghi trong bản này" in page.text
    assert f"{today():%d/%m/%Y}" in page.text


@pytest.mark.parametrize("role", ["adviser", "commune"])
def test_the_page_waits_for_no_index_has_none_made_and_reads_no_log(
    app: Any, make: Any, as_role: Any, monkeypatch: Any, statements: list[str], role: str
) -> None:
    monkeypatch.setattr(rebuilding, "SMALL", 0)
    make.worker()
    client = as_role(role)
    statements.clear()
    page = client.get("/ranking/how")
    assert "Trọng số đã ghi trong bản này" in page.text and "Phiên bản" not in page.texts("dt")
    assert keeper().ranker is None and rebuilding.bases().stamp() is None
    assert not any("worker" in one for one in statements)


def test_a_base_that_another_process_saved_tells_its_version_unopened(
    app: Any, make: Any, as_role: Any
) -> None:
    make.worker()
    rebuilding.bring_up_to_date(today())
    page = as_role("commune").get("/ranking/how")
    assert keeper().ranker is None
    assert "Phiên bản" in page.texts("dt")
    assert rebuilding.bases().open().index.model.version in page.text


def test_tables_stand_in_a_box_that_scrolls(make: Any, as_role: Any) -> None:
    page = as_role("adviser").get("/ranking/how")
    boxes = page.all("div.table-box")
    assert boxes and len(boxes) == len(page.all("table"))
    assert all(box.get("tabindex") == "0" for box in boxes)


@pytest.mark.parametrize("role", Role.values())
def test_everybody_signed_in_may_read_it(make: Any, as_role: Any, role: str) -> None:
    as_role(role).get("/ranking/how")


def test_it_is_linked_where_lists_are_met(make: Any, as_role: Any) -> None:
    opening = make.opening()
    assert "/ranking/how" in as_role("adviser").get(f"/openings/{opening.id}/candidates").links()
    account = make.account("seeker")
    make.worker(account_id=account.id)
    assert "/ranking/how" in as_role("seeker", account).get("/me/openings").links()


def test_what_could_run_is_shown_as_text() -> None:
    card = render(
        "# A\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![p](data:text/html,x)\n\n"
        "## 2. Đọc (cho tư vấn viên)\n\n<b onclick=x>b</b>\n"
    )
    html = card.whole + card.counsellors
    assert "<script" not in html and 'href="javascript' not in html and "<b " not in html
    assert "&lt;script&gt;" in html and 'src="data' not in html
    assert "<h2>Đọc (cho tư vấn viên)</h2>" in card.counsellors and "<h2>A</h2>" in card.whole


def test_the_part_for_counsellors_is_found_wherever_it_stands() -> None:
    card = render("# A\n\na\n\n## Tiếng Việt (cho tư vấn viên)\n\nvi\n\n### Nhỏ\n\nx\n\n## 2. B\n\nb\n")
    assert "vi" in card.counsellors and "<h3>Nhỏ</h3>" in card.counsellors
    assert "<h3>2. B</h3>" in card.whole and "vi" not in card.whole
