"""What the public reads, and what a person is told of their standing."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.overseas.programmes import operations as programme_operations
from portal.overseas.programmes.models import ProgrammeCheck, ProgrammeRequirement
from portal.overseas.programmes.operations import Stated
from portal.overseas.programmes.round_operations import RoundFacts, add_round
from portal.overseas.programmes.states import AskedKind
from portal.workers.consent_models import WorkerCondition
from portal.workers.states import Sex
from tests.overseas.programmes.conftest import day

DAYS = dt.timedelta(days=1)
# What a browser sends of the lists that are left alone.
UNCHOSEN = {"for_sex": "", "way": ""}

# --- the public ---


def test_everybody_reads_what_a_programme_takes_and_what_nobody_has_verified(
    client: Any, programmes: Any
) -> None:
    page = client.get("/programmes")
    assert "Chưa mở ở An Giang" in page.text and "Chương trình EPS Hàn Quốc" in page.text
    eps = client.get("/programmes/eps")
    for words in (
        "Từ 18 đến hết 39 tuổi", "Tiếng Hàn EPS-TOPIK 110 điểm trở lên (ngành sản xuất chế tạo)",
        "chưa kiểm chứng, hỏi tư vấn viên", "Cứ 100 người dự tuyển, 14 người được nhận",
        "Trung tâm không bao giờ thu tiền của bạn.",
    ):  # fmt: skip
        assert words in eps.text
    assert "Tỉnh chưa ký thỏa thuận" in client.get("/programmes/korea-seasonal").text
    client.get("/programmes/no-such", status=404)


def test_english_is_whole(client: Any, programmes: Any) -> None:
    client.get("/language/en", status=302)
    text = client.get("/programmes/im-japan").text
    for words in ("At least 158 cm tall (men)", "never a technical intern", "not verified, ask an adviser"):
        assert words.lower() in text.lower()


def test_a_ban_is_shown_with_its_dates(client: Any, session: Any, make: Any, programmes: Any) -> None:
    stated = Stated("Thông báo số 9", today() - 30 * DAYS, today() + 300 * DAYS)
    programme_operations.add_ban(
        programmes["eps"], "886-2025", "", stated, actor=make.account("adviser"), now=now()
    )
    session.commit()
    text = client.get("/programmes/eps").text
    assert f"Huyện An Phú: {day(stated.valid_from)} – {day(stated.valid_to)}" in text  # type: ignore[arg-type]


# --- what stands between me and it ---


def test_a_person_reads_what_is_met_what_is_not_and_the_way(own: Any, person: Any) -> None:
    page = own.get("/me/programmes/ssw")
    for words in (
        "Đủ tuổi", "Mới có tiếng Nhật JLPT N5.", "JLPT N4 mỗi năm hai kỳ", "khoảng 8 tháng",
        "Chưa ai xem giấy tờ về điều này.", "Không hỏi ở trang này, chỉ xem khi làm hồ sơ.",
        "Chỉ cần một trong các điều sau:",
    ):  # fmt: skip
        assert words in page.text
    assert page.text.index("Chưa đạt, và cách để đạt") < page.text.index("Đã đạt")
    assert "Tôi đã xem giấy" not in page.text


def test_who_is_too_old_by_a_rule_nobody_verified_is_told_to_ask(own: Any, session: Any, person: Any) -> None:
    person.birth_date, person.birth_year = dt.date(1970, 1, 1), 1970
    session.commit()
    text = own.get("/me/programmes/eps").text
    assert "Chưa đạt, hỏi tư vấn viên" in text and "đừng bỏ vì một dòng này" in text
    assert "Không đạt" not in text


def test_a_verified_rule_says_no_from_its_day_on(
    own: Any, session: Any, make: Any, person: Any, programmes: Any
) -> None:
    person.birth_date, person.birth_year = dt.date(1970, 1, 1), 1970
    values = {"kind": AskedKind.AGE, "value": {"min": 18, "max": 39}}
    read = Stated("Thông báo số 5", today() + DAYS, verified=True)
    programme_operations.state_row(
        ProgrammeRequirement,
        programmes["eps"],
        values,
        read,
        slot="age",
        actor=make.account("leader"),
        now=now(),
    )
    session.commit()
    assert "Không đạt" not in own.get("/me/programmes/eps").text
    row = session.scalars(select(ProgrammeRequirement).where(ProgrammeRequirement.verified)).all()
    for one in row:
        if one.programme_id == programmes["eps"].id:
            one.valid_from = today()
    session.query(ProgrammeRequirement).filter_by(
        programme_id=programmes["eps"].id, slot="age", verified=False
    ).update({"valid_to": today() - DAYS})
    session.commit()
    assert "Không đạt" in own.get("/me/programmes/eps").text


def test_a_round_for_men_alone_is_told_to_a_woman_and_not_to_a_man(
    own: Any, session: Any, make: Any, person: Any, programmes: Any
) -> None:
    leader, im = make.account("leader"), programmes["im-japan"]
    facts = RoundFacts("Kỳ xây dựng", today().year + 1, "Thông báo", apply_to=today() + 20 * DAYS)
    made = add_round(im, facts, actor=leader, now=now())
    values = {"kind": AskedKind.SEX, "value": {"sex": "male"}, "round_id": made.id}
    read = Stated("Thông báo", today() - DAYS, verified=True)
    programme_operations.state_row(ProgrammeRequirement, im, values, read, actor=leader, now=now())
    session.commit()
    text = own.get("/me/programmes/im-japan").text
    assert "Kỳ này tuyển giới tính khác." in text and "Không đạt" in text
    person.sex = Sex.MALE
    session.commit()
    assert "Kỳ này tuyển giới tính khác." not in own.get("/me/programmes/im-japan").text


def test_the_body_is_answered_in_private_sealed_and_only_with_agreement(
    own: Any, session: Any, person: Any
) -> None:
    address = "/me/programmes/im-japan/conditions"
    assert "Cao từ 150 cm (nữ)" in own.get(address).text
    assert "158 cm" not in own.get(address).text
    answers = {"answer-0": "yes", "answer-1": "no"}
    page = own.post(address, answers, status=422)
    assert "đánh dấu ô đồng ý" in page.text
    assert session.scalars(select(WorkerCondition)).all() == []
    own.post(address, {**answers, "agreed": "y"}, to="/me/programmes/im-japan")
    sealed = session.scalars(select(WorkerCondition)).all()
    assert len(sealed) == 2 and all(b"yes" not in row.answer_sealed for row in sealed)
    text = own.get("/me/programmes/im-japan").text
    # Not met, but the rule is not verified: nobody is out.
    assert "Đã trả lời: không đạt." in text and "Chưa đạt, hỏi tư vấn viên" in text
    assert "Đạt 3 trên" in text


def test_staff_who_see_sealed_answers_leave_a_trace(as_role: Any, session: Any, person: Any) -> None:
    worker_id = person.id
    as_role("adviser").get(f"/workers/{worker_id}/programmes/im-japan")
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).one()
    assert (event.subject_id, event.detail) == (worker_id, {"part": "conditions"})


def test_the_list_puts_the_countries_one_named_first(own: Any, person: Any) -> None:
    *cards, _never_money = own.get("/me/programmes").texts("h2")
    assert "Nhật" in cards[0] and "Hàn Quốc: lao động thời vụ (C-4, E-8)" == cards[-1]


def test_who_has_no_profile_yet_is_led_to_it(as_role: Any, programmes: Any) -> None:
    newcomer = as_role("seeker")
    newcomer.get("/me/programmes", status=302)
    newcomer.get("/me/programmes/eps", status=302)


def test_an_adviser_writes_down_what_a_paper_says(as_role: Any, session: Any, person: Any) -> None:
    worker_id, adviser = person.id, as_role("adviser")
    page = adviser.get(f"/workers/{worker_id}/programmes/ssw")
    address = f"/workers/{worker_id}/programmes/ssw/checks/orientation"
    assert address in page.links()
    wrong = adviser.post(address, {"meets": "yes"}, status=422)
    assert "Hãy ghi ngày trên giấy" in wrong.text
    adviser.post(address, {"meets": "yes", "dated_on": day(today())}, to="/programmes/ssw")
    assert session.scalars(select(ProgrammeCheck)).one().meets
    assert "Đã có, còn hạn đến ngày" in adviser.get(f"/workers/{worker_id}/programmes/eps").text
    # Of health nobody writes anything down here.
    adviser.get(f"/workers/{worker_id}/programmes/ssw/checks/health", status=404)


def test_the_pages_of_a_person_link_to_it(as_role: Any, own: Any, person: Any) -> None:
    assert "/me/programmes" in own.get("/profile").links()
    assert f"/workers/{person.id}/programmes" in as_role("adviser").get(f"/workers/{person.id}").links()


def test_from_a_programme_to_its_openings_and_from_a_country_to_its_programmes(
    client: Any, programmes: Any
) -> None:
    page = client.get("/programmes/eps")
    assert "Việc đang tuyển ở Hàn Quốc" in page.texts("a")
    page = client.get("/programmes?country=KR")
    assert "Chương trình EPS Hàn Quốc" in page.text and "IM Japan" not in page.text
    assert "Xem mọi chương trình" in page.texts("a")
    assert "IM Japan" in client.get("/programmes?country=nowhere").text
