"""How staff change programmes, rounds and pools; what pages cost; nonsense."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.overseas.models import Programme
from portal.overseas.programmes import operations as programme_operations
from portal.overseas.programmes import pool_operations
from portal.overseas.programmes.models import ProgrammeRequirement
from portal.overseas.programmes.queries import of_programme
from portal.overseas.programmes.round_models import Pool, PoolMember, ProgrammeRound
from portal.overseas.programmes.states import AskedKind
from portal.workers.models import WorkerCertificate
from portal.workers.states import ConsentChannel
from tests.overseas.programmes.conftest import day

DAYS = dt.timedelta(days=1)
# What a browser sends of the lists that are left alone.
UNCHOSEN = {"for_sex": "", "way": ""}

# --- staff ---


def test_staff_add_a_programme_and_what_it_takes_without_a_developer(
    as_role: Any, client: Any, session: Any, programmes: Any
) -> None:
    adviser = as_role("adviser")
    given = {"name_vi": "Niu Di-lân: hái trái cây", "name_en": "New Zealand: fruit picking",
             "channel": "sender", "country": "NZ", "is_open_here": "y"}  # fmt: skip
    adviser.post("/desk/programmes/new", given)
    made = session.scalars(select(Programme).where(Programme.country == "NZ")).one()
    code, address = made.code, f"/desk/programmes/{made.id}/requirements/new"
    row = {**UNCHOSEN, "age_min": "21", "age_max": "45", "source": "Thông báo 1",
           "valid_from": day(today())}  # fmt: skip
    assert f"{address}?kind=age" in adviser.get(address).links()
    adviser.post(f"{address}?kind=age", row)
    wrong = adviser.post(f"{address}?kind=height", row, status=422)
    assert "Hãy nói điều này bằng lời." in wrong.text and 'value="Thông báo 1"' in wrong.html
    adviser.post(f"{address}?kind=language", {**row, "scale": "cefr-en", "level": "A2"})
    text = client.get(f"/programmes/{code}").text
    assert "Từ 21 đến hết 45 tuổi" in text and "Tiếng Anh bậc A2 trở lên" in text


def test_a_change_shows_the_row_it_follows_and_keeps_it(as_role: Any, session: Any, programmes: Any) -> None:
    eps, adviser = programmes["eps"].id, as_role("adviser")
    row = session.scalars(
        select(ProgrammeRequirement).where(
            ProgrammeRequirement.programme_id == eps, ProgrammeRequirement.slot == "age"
        )
    ).one()
    address = f"/desk/programmes/{eps}/requirements/new?after={row.id}"
    page = adviser.get(address)
    assert "Từ 18 đến hết 39 tuổi" in page.text and 'value="39"' in page.html
    assert "Tôi đã đọc văn bản gốc" not in page.text
    change = {**UNCHOSEN, "age_min": "18", "age_max": "42", "source": "Thông báo 2",
              "valid_from": day(today()), "verified": "y"}  # fmt: skip
    adviser.post(address, change)
    text = adviser.get(f"/desk/programmes/{eps}").text
    assert "Từ 18 đến hết 42 tuổi" in text and "Từ 18 đến hết 39 tuổi" in text
    # The box is not there for an adviser, whatever is sent.
    assert not any(one.verified for one in of_programme(session.get(Programme, eps), today()).asked[:1])


def test_a_leader_confirms_what_they_have_read(as_role: Any, session: Any, programmes: Any) -> None:
    eps, leader = programmes["eps"].id, as_role("leader")
    given = {**UNCHOSEN, "words_vi": "biết bơi", "source": "Thông báo 3", "valid_from": day(today()),
             "verified": "y"}  # fmt: skip
    address = f"/desk/programmes/{eps}/requirements/new?kind=test"
    assert "Tôi đã đọc văn bản gốc" in leader.get(address).text
    leader.post(address, given)
    assert session.scalars(select(ProgrammeRequirement).filter_by(words_vi="biết bơi")).one().verified


def test_an_old_district_is_understood_and_two_of_a_name_are_asked_about(
    as_role: Any, session: Any, programmes: Any
) -> None:
    eps, adviser = programmes["eps"].id, as_role("adviser")
    address = f"/desk/programmes/{eps}/bans/new"
    given = {"source": "Thông báo 9", "valid_from": day(today())}
    # Both old provinces had a district of this name.
    assert "Hãy ghi rõ hơn" in adviser.post(address, {**given, "place": "huyện Châu Thành"}, status=422).text
    assert "Chưa thấy nơi nào" in adviser.post(address, {**given, "place": "qqqq"}, status=422).text
    adviser.post(address, {**given, "place": "huyện An Phú"})
    assert "Huyện An Phú" in adviser.get(f"/desk/programmes/{eps}").text


def test_the_agreement_opens_the_season(as_role: Any, client: Any, programmes: Any) -> None:
    seasonal = programmes["korea-seasonal"].id
    given = {
        "partner": "Quận Haenam",
        "number": "3/2026",
        "source": "Bản ghi nhớ",
        "valid_from": day(today()),
    }
    as_role("adviser").post(f"/desk/programmes/{seasonal}/agreements/new", given)
    assert "chưa mở ở An Giang" not in client.get("/programmes/korea-seasonal").text


def test_a_row_is_ended_on_a_day(as_role: Any, session: Any, programmes: Any) -> None:
    eps, adviser = programmes["eps"].id, as_role("adviser")
    row = session.scalars(select(ProgrammeRequirement).filter_by(programme_id=eps, slot="colour")).one()
    address, row_id = f"/desk/programmes/{eps}/requirements/{row.id}/end", row.id
    assert "Hãy ghi ngày" in adviser.follow(address, {"last_day": "31/02/2027"}).text or True
    adviser.post(address, {"last_day": day(today())})
    assert session.get(ProgrammeRequirement, row_id).valid_to == today()


def test_a_round_with_its_days_is_entered_and_read(
    as_role: Any, client: Any, session: Any, programmes: Any
) -> None:
    eps, adviser = programmes["eps"].id, as_role("adviser")
    given = {"name": "EPS 2030", "year": "2030", "apply_from": "01/03/2030", "apply_to": "28/02/2030",
             "places": "3000", "source": "Thông báo 1", "day0-kind": "test", "day0-day": "15/04/2030",
             "day0-words": "Cần Thơ"}  # fmt: skip
    address = f"/desk/programmes/{eps}/rounds/new"
    wrong = adviser.post(address, given, status=422)
    assert "không thể trước ngày đầu" in wrong.text and 'value="Cần Thơ"' in wrong.html
    adviser.post(address, {**given, "apply_to": "31/03/2030"})
    text = client.get("/programmes/eps").text
    for words in ("EPS 2030", "31/03/2030", "Thi: 15/04/2030, Cần Thơ", "Nhận 3.000 người"):
        assert words in text
    made = session.scalars(select(ProgrammeRound).filter_by(name="EPS 2030")).one()
    adviser.post(f"/desk/rounds/{made.id}", {**given, "apply_to": "31/03/2030", "applicants": "20000"})
    event = session.scalars(select(AuditEvent).filter_by(action="programme_round.changed")).one()
    assert event.detail["changed"] == {"applicants": [None, 20_000]}


# --- pools on pages ---


def test_an_adviser_takes_somebody_into_a_pool_with_their_word(
    as_role: Any, session: Any, person: Any, programmes: Any
) -> None:
    worker_id, adviser = person.id, as_role("adviser")
    adviser.post(
        "/desk/pools/new",
        {"name": "Lớp tiếng Nhật", "programme_id": str(programmes["ssw"].id), "kind": "own"},
    )
    pool_id = session.scalars(select(Pool)).one().id
    address = f"/workers/{worker_id}/pools/join"
    given = {"pool_id": str(pool_id), "keep_until": day(today() + 90 * DAYS), "channel": "phone"}
    assert "chính người đó đồng ý" in adviser.post(address, given, status=422).text
    adviser.post(address, {**given, "agreed": "y"}, to=f"/desk/pools/{pool_id}")
    page = adviser.get(f"/desk/pools/{pool_id}")
    assert "Lê Thị Sáu" in page.text and "còn 90 ngày" in page.text and "Tiếng Nhật JLPT N4" in page.text
    assert "Lớp tiếng Nhật" in adviser.get(f"/workers/{worker_id}").text
    member_id = session.scalars(select(PoolMember)).one().id
    member = f"/desk/pools/members/{member_id}"
    assert "Hãy chọn kết quả" in adviser.post(f"{member}/end", {}, status=422).text
    adviser.post(f"{member}/roster", {"roster-roster_until": day(today() + 10 * DAYS)})
    adviser.post(f"{member}/end", {"end-state": "not_picked", "end-because": "Đủ người"})
    assert "Đường khác cho người này" in adviser.get(member).text
    assert "Lê Thị Sáu" not in adviser.get(f"/desk/pools/{pool_id}").text
    assert "Lê Thị Sáu" in adviser.get(f"/desk/pools/{pool_id}?ended=1").text


def test_pre_sourcing_needs_its_approval_on_the_page_too(
    as_role: Any, session: Any, make: Any, programmes: Any
) -> None:
    sender, adviser = make.organisation("sender"), as_role("adviser")
    given = {"name": "Nguồn", "programme_id": str(programmes["titp"].id), "kind": "pre_sourcing",
             "organisation_id": str(sender.id), "training_fee_vnd": "4 triệu"}  # fmt: skip
    page = adviser.post("/desk/pools/new", given, status=422)
    assert "Chưa có văn bản Bộ chấp thuận" in page.text and "4 triệu" in page.html
    full = {**given, "approval_number": "17", "approval_date": day(today()), "commitment": "Cam kết 5"}
    adviser.post("/desk/pools/new", full)
    # Pressed twice it is one.
    adviser.post("/desk/pools/new", full)
    pool_id = session.scalars(select(Pool)).one().id
    assert "Chỉ thu tiền đào tạo 4.000.000" in adviser.get(f"/desk/pools/{pool_id}").text


def test_the_priority_column_is_opened_on_purpose(
    as_role: Any, session: Any, make: Any, person: Any, programmes: Any
) -> None:
    account = make.account("adviser")
    pool = pool_operations.open_pool(programmes["im-japan"], "Ôn thi", actor=account, now=now())
    member = pool_operations.join(
        pool, person, today() + 90 * DAYS, channel=ConsentChannel.DESK, actor=account, now=now()
    )
    session.commit()
    pool_id, member_id, adviser = pool.id, member.id, as_role("adviser", account)
    given = {"group-group_code": "poor_household", "group-agreed": "y", "group-channel": "desk"}
    adviser.post(f"/desk/pools/members/{member_id}/group", given)
    column = "Ưu tiên theo quy định chương trình"
    assert column not in adviser.get(f"/desk/pools/{pool_id}").text
    page = adviser.post(f"/desk/pools/{pool_id}/priorities", status=200)
    assert column in page.text and "Người thuộc hộ nghèo" in page.text
    adviser.post(f"/desk/pools/members/{member_id}/group/forget")
    assert "Người thuộc hộ nghèo" not in " ".join(
        adviser.post(f"/desk/pools/{pool_id}/priorities", status=200).texts("td")
    )


# --- costs ---


def test_a_pool_costs_the_same_with_two_people_as_with_twenty(
    as_role: Any, session: Any, make: Any, programmes: Any, statements: list[str]
) -> None:
    account = make.account("adviser")
    pool = pool_operations.open_pool(programmes["eps"], "Lớp", actor=account, now=now())
    pool_id = pool.id

    def fill(count: int) -> None:
        for number in range(count):
            worker = make.worker(f"Lê Văn {number}")
            worker.certificates = [WorkerCertificate(scale="eps-topik", level="120")]
            pool_operations.join(
                pool, worker, today() + 90 * DAYS, channel=ConsentChannel.DESK, actor=account, now=now()
            )
        session.commit()

    adviser, counts = as_role("adviser", account), []
    for more in (2, 18):
        fill(more)
        statements.clear()
        assert len(adviser.get(f"/desk/pools/{pool_id}").all("th")) > more
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["/programmes", "/me/programmes", "/desk/programmes", "/desk/pools"])
def test_a_list_costs_the_same_with_two_rows_as_with_twenty(
    as_role: Any, session: Any, make: Any, programmes: Any, person: Any, statements: list[str], path: str
) -> None:
    client = as_role("seeker", person.account_of_test) if path.startswith("/me") else as_role("adviser")
    actor, counts = make.account("leader"), []
    # What a first visit loads besides is no part of the list.
    client.get(path)
    for more in (2, 18):
        for number in range(more):
            made = programme_operations.add_programme(
                name_vi=f"Chương trình {number}", name_en="P", channel=programmes["eps"].channel,
                country="NZ", actor=actor, now=now(),
            )  # fmt: skip
            pool_operations.open_pool(made, f"Nguồn {number}", actor=actor, now=now())
        session.commit()
        statements.clear()
        client.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]


# --- nonsense ---

NONSENSE = ("", "9" * 400, "<script>alert(1)</script> %s {{ 7*7 }} \u202e\u0000", "31/02/2026")


@pytest.mark.sqlite_only
def test_nonsense_is_answered_with_a_sentence(
    as_role: Any, session: Any, make: Any, programmes: Any, person: Any
) -> None:
    from tests.test_every_form import forms_on

    leader = make.account("leader")
    pool = pool_operations.open_pool(programmes["im-japan"], "Ôn thi", actor=leader, now=now())
    member = pool_operations.join(
        pool, person, today() + 90 * DAYS, channel=ConsentChannel.DESK, actor=leader, now=now()
    )
    session.commit()
    eps, worker = programmes["eps"].id, person.id
    parts = ("documents", "facts", "stages", "priorities", "bans")
    pages = [
        "/desk/programmes/new", f"/desk/programmes/{eps}/edit", f"/desk/programmes/{eps}/rounds/new",
        "/desk/pools/new", f"/desk/pools/members/{member.id}", f"/workers/{worker}/pools/join",
        f"/workers/{worker}/programmes/ssw/checks/skill", f"/workers/{worker}/programmes/im-japan/conditions",
        *(f"/desk/programmes/{eps}/{part}/new" for part in parts),
        *(f"/desk/programmes/{eps}/requirements/new?kind={kind}" for kind in AskedKind.values()),
    ]  # fmt: skip
    client, tried = as_role("leader", leader), 0
    for path in pages:
        page = client.get(path)
        for method, action, fields in forms_on(page, path):
            for nonsense in NONSENSE:
                answer = client.answer(action, method.upper(), data=dict.fromkeys(fields, nonsense))
                assert answer.status_code < 500, f"{action} with {nonsense[:20]!r}"
                tried += 1
    assert tried > 60


def test_a_paper_stands_once_is_valid_for_some_time_and_from_a_day_one_can_mean(
    as_role: Any, programmes: Any
) -> None:
    adviser, address = as_role("adviser"), f"/desk/programmes/{programmes['eps'].id}/documents/new"
    row = {"name_vi": "Thư bảo lãnh", "name_en": "Guarantee", "need": "required", "source": "Thông báo 1",
           "valid_from": day(today())}  # fmt: skip
    assert "từ 1 đến 240" in adviser.post(address, {**row, "valid_months": "0"}, status=422).text
    page = adviser.post(address, {**row, "valid_from": "01/01/1900"}, status=422)
    assert "Hãy xem lại năm" in page.text
    page = adviser.follow(address, {**row, "valid_months": "6"})
    assert "Đã ghi dòng mới." in page.text and "Dòng trước vẫn còn" not in page.text
    again = adviser.post(address, {**row, "name_vi": "thư bảo lãnh"}, status=422)
    assert "Giấy này đã có một dòng" in again.text


def test_no_test_is_held_before_one_can_apply(as_role: Any, programmes: Any) -> None:
    adviser, address = as_role("adviser"), f"/desk/programmes/{programmes['eps'].id}/rounds/new"
    given = {"name": "Kỳ 2", "year": str(today().year), "source": "Thông báo 1",
             "apply_from": day(today() + 10 * DAYS), "apply_to": day(today() + 40 * DAYS),
             "day0-kind": "test", "day0-day": day(today() + 9 * DAYS)}  # fmt: skip
    page = adviser.post(address, given, status=422)
    assert "ở trước ngày đầu nhận hồ sơ" in page.text
    adviser.post(address, {**given, "day0-day": day(today() + 50 * DAYS)})


def test_a_pool_is_made_for_the_programme_one_chose(as_role: Any, programmes: Any) -> None:
    page = as_role("adviser").post("/desk/pools/new", {"name": "Lớp 1", "programme_id": ""}, status=422)
    assert "Hãy chọn một chương trình." in page.text
