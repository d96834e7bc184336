"""Boards: who waits and how long, medians reckoned in SQL, and numbers that tell of nobody."""

import datetime as dt
import random
import statistics
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.clock import local_midnight, now, today
from portal.extensions import db
from portal.overseas.boards import boards
from portal.overseas.boards.funnel import STAGES, By, funnel
from portal.overseas.boards.small_counts import hide_funnel
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.states import PIPELINE, DocumentKind, DocumentState, ExitReason
from portal.overseas.models import Programme
from portal.overseas.states import CaseState, ProgrammeChannel
from portal.workers.states import Sex

S = CaseState
GONE = {S.ABROAD, S.RETURNED, S.SETTLED}


@pytest.fixture
def walked(session: Any, a_case: Any) -> Any:
    """`walked([("interested", 40), ("counselled", 30)])`: a case whose steps lie so many days back."""

    def make_one(steps: list[tuple[str, int]], **given: Any) -> Any:
        last = S(steps[-1][0])
        if last in GONE:
            given.setdefault("departed_on", today() - dt.timedelta(days=steps[-1][1]))
        case = a_case(state=last, **given)
        before = None
        for state, ago in steps:
            at = local_midnight(today() - dt.timedelta(days=ago)) + dt.timedelta(hours=9)
            session.add(CaseStep(case_id=case.id, name="step", from_state=before, to_state=S(state), at=at))
            before = S(state)
        session.commit()
        return case

    return make_one


def test_who_waits_where_and_how_long_and_what_is_usual(rules: Any, walked: Any) -> None:
    for first in (10, 20, 60):
        walked([("interested", 100), ("counselled", 100 - first), ("checked", 5)])
    walked([("interested", 7)])
    lines = {line.stage: line for line in boards.stages(today())}
    assert (lines[S.INTERESTED].median, lines[S.INTERESTED].over) == (20, 3)
    assert (lines[S.INTERESTED].waiting, lines[S.INTERESTED].middle) == (1, 7)
    assert (lines[S.CHECKED].waiting, lines[S.CHECKED].middle, lines[S.CHECKED].longest) == (3, 5, 5)
    assert lines[S.COUNSELLED].median == 75 and lines[S.COUNSELLED].waiting == 0
    assert S.VISA not in lines


def test_medians_in_sql_are_those_of_the_slow_way(rules: Any, walked: Any) -> None:
    rng = random.Random(7)
    gaps: list[int] = []
    for _case in range(23):
        gap = rng.randrange(0, 90)
        gaps.append(gap)
        walked([("interested", 100), ("counselled", 100 - gap)])
    for many in (23, 24):
        if many == 24:
            gaps.append(11)
            walked([("interested", 100), ("counselled", 89)])
        (line,) = [line for line in boards.stages(today()) if line.stage is S.INTERESTED]
        assert line.median == statistics.median(gaps) and line.over == many


def test_slips_that_were_taken_back_and_ends_count_in_no_median(
    rules: Any, walked: Any, session: Any
) -> None:
    slip = walked([("interested", 50), ("counselled", 48)])
    undo = now() - dt.timedelta(days=1)
    session.add(
        CaseStep(case_id=slip.id, name="undo", from_state=S.COUNSELLED, to_state=S.INTERESTED, at=undo)
    )
    ended = walked([("interested", 50)])
    session.add(
        CaseStep(
            case_id=ended.id, name="end", from_state=S.INTERESTED, to_state=S.ENDED, at=now(),
            reason=ExitReason.WITHDREW,
        )
    )  # fmt: skip
    ended.state, ended.exit_reason, ended.ended_from = S.ENDED, ExitReason.WITHDREW, S.INTERESTED
    slip.state = S.INTERESTED
    session.commit()
    lines = {line.stage: line for line in boards.stages(today())}
    # Of the slip's first stage the time until the mistaken step stands; the mistaken stage itself does not.
    assert lines[S.INTERESTED].waiting == 1 and S.COUNSELLED not in lines
    assert lines[S.INTERESTED].over == 1


def test_the_day_on_which_something_happened_counts_not_the_day_it_was_typed(
    rules: Any, a_case: Any, session: Any
) -> None:
    case = a_case(state=S.SELECTED, selected_on=today() - dt.timedelta(days=31), depart_by=today())
    typed = now()
    session.add_all([
        CaseStep(case_id=case.id, name="nominate", to_state=S.NOMINATED, at=typed - dt.timedelta(days=40)),
        CaseStep(
            case_id=case.id, name="select", from_state=S.NOMINATED, to_state=S.SELECTED, at=typed,
            day=today() - dt.timedelta(days=31),
        ),
    ])  # fmt: skip
    session.commit()
    lines = {line.stage: line for line in boards.stages(today())}
    assert (lines[S.NOMINATED].median, lines[S.SELECTED].middle) == (9, 31)


def test_a_flight_that_lies_ahead_makes_no_negative_wait(rules: Any, a_case: Any, session: Any) -> None:
    case = a_case(state=S.READY)
    session.add(
        CaseStep(
            case_id=case.id, name="make_ready", from_state=S.VISA, to_state=S.READY, at=now(),
            day=today() + dt.timedelta(days=9),
        )
    )  # fmt: skip
    session.commit()
    (line,) = boards.stages(today())
    assert (line.middle, line.longest) == (0, 0)


@pytest.fixture
def clocks(session: Any, a_case: Any, rules: Any) -> None:
    for name, waited, state in (
        ("Một", 149, S.VISA), ("Hai", 150, S.VISA), ("Ba", 180, S.TRAINING), ("Bốn", 181, S.READY),
        ("Năm", 30, S.SELECTED),
    ):  # fmt: skip
        selected = today() - dt.timedelta(days=waited)
        case = a_case(state=state, selected_on=selected, depart_by=selected + dt.timedelta(days=180))
        case.worker.full_name = f"Người {name}"
        if name == "Năm":
            case.planned_departure = today() + dt.timedelta(days=60)
            session.add(_paper(case, 40))
            session.add(_paper(case, 90, DocumentKind.PASSPORT))
    session.commit()


def _paper(case: Any, days: int, kind: DocumentKind = DocumentKind.HEALTH_CERTIFICATE) -> CaseDocument:
    return CaseDocument(
        uid=f"{case.id}-{kind.value}", case_id=case.id, kind=kind, state=DocumentState.CHECKED,
        expires_on=today() + dt.timedelta(days=days), added_by_id=case.adviser_id, added_at=now(),
        judged_at=now(), judged_by_id=case.adviser_id,
    )  # fmt: skip


def test_who_passes_150_of_180_days_and_whose_papers_lapse_before_leaving(clocks: None, as_role: Any) -> None:
    alarms = boards.alarms(today(), 30)
    assert (alarms.waiting, alarms.warned, alarms.late, alarms.lapsing) == (5, 2, 1, 1)
    page = as_role("leader").get("/overseas/boards")
    rows = [text for text in page.texts("tr") if "Người" in text]
    assert [row.split("Người ")[1].split()[0] for row in rows] == ["Bốn", "Ba", "Hai", "Năm"]
    assert "quá hạn" in rows[0] and "còn 0 ngày" in rows[1] and "còn 30 ngày" in rows[2]
    assert "Giấy khám sức khỏe" in rows[3] and "Hộ chiếu" not in rows[3]


def test_each_alarm_opens_its_rows(clocks: None, as_role: Any) -> None:
    leader = as_role("leader")
    page = leader.get("/overseas/boards")
    for clock, names in (("late", {"Bốn"}), ("warn", {"Bốn", "Ba", "Hai"}), ("lapsing", {"Năm"})):
        (link,) = {one for one in page.links() if f"clock={clock}" in one}
        listed = leader.get(link)
        shown = {name for name in ("Một", "Hai", "Ba", "Bốn", "Năm") if f"Người {name}" in listed.text}
        assert shown == names


def test_the_board_asks_as_often_for_many_cases_as_for_few(
    rules: Any, walked: Any, as_role: Any, statements: list[str]
) -> None:
    leader = as_role("leader")
    for _one in range(2):
        walked([("interested", 20), ("counselled", 3)])
    leader.get("/overseas/boards"), leader.get("/work-abroad/figures")
    counts = []
    for _turn in range(2):
        statements.clear()
        leader.get("/overseas/boards"), leader.get("/work-abroad/figures")
        counts.append(len(statements))
        for _one in range(18):
            walked([("interested", 20), ("counselled", 3)])
    assert counts[0] == counts[1]


# --- the funnel ------------------------------------------------------------------------------------------

YEAR = today().year


@pytest.fixture
def crowd(session: Any, rules: Any, walked: Any, make: Any) -> dict[str, Any]:
    """Programme one: 12 opened, 9 selected, 6 gone; programme two: 3 opened, 1 gone. Before this month."""
    one, two = (
        Programme(code=code, name_vi=name, name_en=name, channel=ProgrammeChannel.PUBLIC)
        for code, name in (("eps", "EPS Hàn Quốc"), ("im", "IM Japan"))
    )
    session.add_all([one, two])
    session.commit()
    opened = local_midnight(dt.date(YEAR, 1, 10))
    plan = [
        (one, S.COUNSELLED, 3),
        (one, S.SELECTED, 3),
        (one, S.ABROAD, 6),
        (two, S.COUNSELLED, 2),
        (two, S.ABROAD, 1),
    ]
    for programme, state, many in plan:
        for number in range(many):
            sex = Sex.FEMALE if number % 2 else Sex.MALE
            case = walked(
                [(state.value, 10)], programme_id=programme.id, opened_at=opened, worker=make.worker(sex=sex)
            )
            case.worker.full_name = f"{programme.code} {state.value}"
    session.commit()
    return {"one": one, "two": two}


def test_staff_read_every_number_and_open_its_rows(crowd: dict[str, Any], as_role: Any) -> None:
    found = funnel(as_role_account("leader"), By.PROGRAMME, YEAR, today())
    assert not found.hides
    at = {stage: place for place, stage in enumerate(STAGES)}
    one, two = found.lines
    assert (str(one.label), one.numbers[0], one.numbers[at[S.SELECTED]], one.numbers[at[S.ABROAD]]) == (
        "EPS Hàn Quốc", 12, 9, 6,
    )  # fmt: skip
    assert two.numbers[0] == 3 and two.numbers[at[S.ABROAD]] == 1
    assert found.totals[0] == 15
    adviser = as_role("adviser")
    page = adviser.get(f"/work-abroad/figures?by=programme&year={YEAR}")
    (link,) = [
        one_ for one_ in page.links() if "/figures/abroad?" in one_ and f"key={crowd['two'].id}" in one_
    ]
    rows = adviser.get(link)
    assert "im abroad" in rows.text and "eps" not in rows.text
    for path in (link.replace("abroad?", "visa?"), link.replace(f"key={crowd['two'].id}", "key=x'y")):
        adviser.get(path, status=404)


def as_role_account(role: str) -> Any:
    from tests.factories import Factory

    return Factory().account(role)


@pytest.mark.parametrize("role", ["", "seeker", "employer", "college", "department"])
def test_nobody_else_reads_a_number_below_five_nor_opens_rows(
    crowd: dict[str, Any], as_role: Any, client: Any, role: str
) -> None:
    visitor = as_role(role) if role else client
    page = visitor.get(f"/work-abroad/figures?by=programme&year={YEAR}")
    assert "ít" in page.text and not [one for one in page.links() if "/overseas/figures/" in one]
    cells = [text for text in page.texts("td") if text.isdigit()]
    assert all(int(text) >= 5 or int(text) == 0 for text in cells)
    visitor.get("/overseas/figures/abroad", status=403 if role else 302)


def test_the_public_asks_for_no_small_places(crowd: dict[str, Any], client: Any, as_role: Any) -> None:
    page = client.get(f"/work-abroad/figures?by=commune&year={YEAR}")
    assert "Long Xuyên" not in page.text and "EPS Hàn Quốc" in page.text
    assert "Long Xuyên" in as_role("department").get(f"/work-abroad/figures?by=commune&year={YEAR}").text


def test_a_sender_reads_of_its_own_openings_alone(rules: Any, walked: Any, make: Any, as_role: Any) -> None:
    from portal.openings.states import Sphere

    account = make.member("sender", organisation := make.organisation("sender"))
    own = make.opening("Thợ hàn", sphere=Sphere.OVERSEAS, country="JP", organisation=organisation)
    opened = local_midnight(dt.date(YEAR, 1, 10))
    for _one in range(6):
        walked([("nominated", 10)], opening=own, opened_at=opened)
    for _one in range(7):
        walked([("nominated", 10)], opened_at=opened)
    page = as_role("sender", account).get(f"/work-abroad/figures?by=sex&year={YEAR}")
    assert "6" in page.texts("td") and "13" not in page.texts("td")


def test_this_month_is_not_told_to_who_meets_no_people(
    rules: Any, walked: Any, client: Any, as_role: Any
) -> None:
    for _one in range(8):
        walked([("interested", 0)])
    assert "Chưa có số liệu" in client.get("/work-abroad/figures").text
    assert as_role("leader").get("/work-abroad/figures").texts("strong").count("8") == 1
    assert funnel(as_role_account("leader"), By.SEX, YEAR, today()).totals[0] == 8


FALLING = st.lists(
    st.lists(st.integers(0, 40), min_size=5, max_size=5).map(lambda row: sorted(row, reverse=True)),
    min_size=1, max_size=6,
)  # fmt: skip


@given(FALLING)
def test_what_is_shown_tells_of_no_one_to_four_people(table: list[list[int]]) -> None:
    shown, totals = hide_funnel(table)
    rows = [*shown, totals]
    for row in rows:
        told = [count for count in row if count is not None]
        assert all(count == 0 or count >= 5 for count in told)
        assert all(not 0 < one - other < 5 for one, other in zip(told, told[1:], strict=False))
    for stage, total in enumerate(totals):
        gone = [table[at][stage] for at, row in enumerate(shown) if row[stage] is None]
        if total is not None and gone:
            assert len(gone) >= 2 and sum(gone) >= 5
    for row, true in zip(shown, table, strict=True):
        assert all(count is None or count == real for count, real in zip(row, true, strict=True))


def test_large_numbers_are_not_hidden_for_nothing() -> None:
    shown, totals = hide_funnel([[50, 40, 30], [60, 50, 20]])
    assert (shown, totals) == ([[50, 40, 30], [60, 50, 20]], [110, 90, 50])
    assert hide_funnel([]) == ([], [])


def test_every_stage_of_the_funnel_is_one_of_the_pipeline() -> None:
    assert [PIPELINE.index(stage) for stage in STAGES] == sorted(PIPELINE.index(stage) for stage in STAGES)
    assert db is not None
