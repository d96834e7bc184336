"""Ways round a gate that somebody found by reading: each is shut, and says why."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.common.clock import now, today
from portal.common.events import emit
from portal.errors import DomainError, Invalid, Refused
from portal.files.models import StoredFile
from portal.overseas.abroad.incident_acts import change_kind
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.abroad.models import Stay
from portal.overseas.cases import documents
from portal.overseas.cases import operations as ops
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.document_views import may_be_handed_on
from portal.overseas.cases.documents_needed import needed_in
from portal.overseas.cases.gates import Question, missing
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.moves import Given, Stopped
from portal.overseas.cases.receiver_consents import consents_of, sendings_of
from portal.overseas.cases.states import DocumentKind, ExitReason
from portal.overseas.cases.transitions import FORWARD, SIDEWAYS, Need, used
from portal.overseas.models import OverseasCase
from portal.overseas.programmes.models import ProgrammeDocument, ProgrammeStages
from portal.overseas.programmes.states import DocumentNeed
from portal.overseas.states import CaseState, IncidentKind, ProgrammeChannel, Severity
from portal.referrals import operations as referrals
from portal.workers.events import ProfileEmptied
from tests.overseas.cases.conftest import EVERY_TICK, day, documents_of

STEPS = {step.name: step for step in (*FORWARD, *SIDEWAYS)}
S, K = CaseState, DocumentKind


def vn(date):
    return date.strftime("%d/%m/%Y")


def said(need, case, step, on=None):
    found = missing(Need(need), Question(case, on or today(), STEPS[step]))
    return " ".join(str(one.sentence) for one in found)


@pytest.fixture
def desk(as_role, ways):
    return as_role("adviser", ways.adviser)


# --- the age ---------------------------------------------------------------------------------------------


def almost_of_age(case, days):
    """Eighteen in so many days."""
    birthday = day(days)
    case.worker.birth_date = birthday.replace(year=birthday.year - 18)
    case.worker.birth_year = case.worker.birth_date.year


def test_a_flight_put_forward_takes_no_child_along(ways):
    case = ways.to("visa")
    ways.papers_for(case, "ready")
    almost_of_age(case, 20)
    case.planned_departure = day(30)
    ways.session.commit()
    given = {"ticks": EVERY_TICK}
    with pytest.raises(Stopped, match="chưa đủ 18 tuổi"):
        ops.make_ready(case, Given(date=day(19), **given), **ways.by())
    ways.session.rollback()
    assert ops.make_ready(case, Given(date=day(20), **given), **ways.by()).state is S.READY


def test_who_is_seventeen_on_the_day_of_leaving_has_not_left(ways):
    case = ways.to("ready")
    ways.papers_for(case, "abroad")
    almost_of_age(case, 5)
    case.planned_departure = day(9)
    ways.session.commit()
    with pytest.raises(Stopped, match="chưa đủ 18 tuổi"):
        ops.depart(case, Given(date=today()), **ways.by())


# --- what is sent abroad ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["health_certificate", "judicial_record", "passport", "nonsense"])
def test_no_typed_address_notes_health_courts_or_an_unchecked_paper_as_sent(ways, desk, kind):
    """Health and courts never go from us; a paper that nobody has checked does not go yet."""
    case = ways.to("health")
    ways.paper(case, "judicial_record", expires_on=day(90))
    ways.paper(case, "passport", expires_on=day(900), checked=False)
    page = desk.post(f"/cases/{case.id}/steps/send_profile", {"parts": ["profile", kind]}, status=422)
    assert "Chỉ ghi được những giấy có trong danh sách" in page.text
    with pytest.raises(Invalid):
        ops.send_profile(case, ["profile", kind], Given(), **ways.by())
    assert sendings_of(case) == []


# --- one place, one case ---------------------------------------------------------------------------------


def test_a_referral_whose_case_ended_leads_back_to_that_case(ways, desk, session):
    person, opening = ways.person(), ways.opening()
    referral = referrals.shortlist(person.worker, opening, **ways.by())
    case = ways.opened(person.worker, referral=referral)
    ops.end(case, Given(reason=ExitReason.FAMILY), **ways.by())
    session.commit()
    aim = {"aim": f"referral-{referral.id}"}
    page = desk.post(f"/workers/{person.worker.id}/cases/new", aim, status=422)
    assert "mở lại hồ sơ" in page.text
    assert session.scalars(select(OverseasCase)).all() == [case]


def test_the_opening_of_a_case_lies_in_the_country_of_its_programme(ways, desk):
    case = ways.opened(programme=ways.programme("ssw", ProgrammeChannel.SENDER, "JP"))
    elsewhere = ways.opening("TW")
    form = {"planned_departure": "", "flight": "", "opening": elsewhere.id}
    page = desk.post(f"/cases/{case.id}/plan", form, status=422)
    assert "không cùng nước" in page.text and case.opening_id is None


def test_openings_are_offered_that_are_open_today_not_on_the_day_the_case_was_opened(ways, desk, session):
    case = ways.opened(programme=ways.programme("ssw", ProgrammeChannel.SENDER, "JP"))
    over = ways.opening()
    case.opened_at, over.expires_on = now() - dt.timedelta(days=30), day(-1)
    session.commit()
    name = f", {over.organisation.name}"
    assert name not in desk.get(f"/cases/{case.id}").text
    over.expires_on = today()
    session.commit()
    assert name in desk.get(f"/cases/{case.id}").text


# --- incidents -------------------------------------------------------------------------------------------


def test_money_that_was_taken_before_the_case_was_opened_stops_it_too(ways):
    case = ways.to("nominated")
    told = Told(
        IncidentKind.OVERCHARGED, Severity.SERIOUS, "Thu 5 triệu", worker_id=case.worker_id,
        opening_id=case.opening_id,
    )  # fmt: skip
    open_incident(told, **ways.by())
    assert "Bị thu tiền sai" in said("safe", case, "select")


def test_money_taken_for_another_opening_stops_only_that_one(ways):
    case, other = ways.opened(), ways.opening()
    told = Told(
        IncidentKind.FRAUD, Severity.SERIOUS, "Giả danh", worker_id=case.worker_id, opening_id=other.id
    )
    open_incident(told, **ways.by())
    assert said("safe", case, "select") == ""


def test_what_was_once_restricted_is_named_to_nobody_by_the_gate(ways):
    case = ways.opened()
    told = Told(IncidentKind.TRAFFICKING, Severity.URGENT, "Bị giữ")
    incident = open_incident(told, case=case, **ways.by())
    change_kind(incident, IncidentKind.OVERCHARGED, Severity.SERIOUS, actor=None, now=now())
    found = said("safe", case, "select")
    assert "Bị thu tiền sai" not in found and "lo riêng" in found


# --- what staff write into a programme -------------------------------------------------------------------


def test_no_row_of_a_programme_takes_away_what_the_law_itself_asks_for(ways, session):
    programme = ways.programme()
    for slot in ("application", "cv", "health", "orientation", "contract", "fund", "visa"):
        session.add(
            ProgrammeDocument(
                programme_id=programme.id, slot=slot, need=DocumentNeed.NOT_NEEDED, source="gõ nhầm",
                valid_from=dt.date(2026, 1, 1), verified=True, position=0, name_vi=slot, name_en=slot,
                created_at=now(),
            )
        )  # fmt: skip
    session.add(
        ProgrammeDocument(
            programme_id=programme.id, slot="passport", need=DocumentNeed.REQUIRED, source="thử",
            valid_from=dt.date(2026, 1, 1), verified=True, position=0, name_vi="x", name_en="x",
            created_at=now(),
        )
    )  # fmt: skip
    session.commit()
    needed = {one.kind: one for one in needed_in(ways.opened(programme=programme))}
    law = {K.APPLICATION, K.CV, K.HEALTH_CERTIFICATE, K.ORIENTATION, K.LABOUR_CONTRACT, K.FUND_RECEIPT}
    assert set(needed) == law | {K.PASSPORT}
    assert all(needed[kind].certain for kind in law)


def test_nobody_is_selected_without_having_been_nominated_whatever_a_programme_says(ways, session):
    """The consent to send the profile abroad, the licence and the supply contract are asked there."""
    assert S.NOMINATED in used({S.INTERESTED, S.SELECTED})
    programme = ways.programme("ssw", ProgrammeChannel.SENDER, "JP")
    session.add(
        ProgrammeStages(
            programme_id=programme.id, slot="stages", stages=["interested", "selected", "abroad"],
            source="thử", valid_from=dt.date(2026, 1, 1), verified=False, created_at=now(),
        )
    )  # fmt: skip
    session.commit()
    case = ways.to("counselled", programme=programme)
    with pytest.raises(Refused, match="không còn làm được"):
        ops.select_person(case, Given(date=today(), ticks=EVERY_TICK), **ways.by())


# --- batches ---------------------------------------------------------------------------------------------


def test_no_reason_written_beforehand_carries_a_whole_flight_over_a_gate(ways, desk, session):
    """What is missing differs from person to person: each reason is given where it is read."""
    case = ways.to("visa")
    ways.papers_for(case, "ready")
    receipt = next(row for row in documents_of(case) if row.kind.value == "fund_receipt")
    receipt.issued_on = today()
    session.commit()
    form = {"case": [case.id], "step": "make_ready"}
    assert "Vì sao vẫn đi tiếp" not in desk.post("/cases/batch", form, status=200).text
    form |= {"go": "1", "date": vn(day(1)), "flight": "VN310", "briefed": "y", "why_on": "cả đoàn"}
    page = desk.post("/cases/batch", form, status=200)
    assert "Đã làm 0, chưa làm được 1" in page.text and "ít nhất 3 ngày" in page.text
    assert session.get(OverseasCase, case.id).state is S.VISA


def test_a_day_that_a_batch_leaves_open_keeps_what_each_one_has(ways, desk, session):
    case = ways.to("finance")
    ways.papers_for(case, "visa")
    case.list_submitted_on, case.list_confirmed_on, case.visa_filed_on = day(-20), day(-15), day(-10)
    session.commit()
    form = {"case": [case.id], "step": "visa", "go": "1"}
    page = desk.post("/cases/batch", form, status=200)
    assert "Đã làm 1" in page.text
    assert (case.list_submitted_on, case.visa_filed_on) == (day(-20), day(-10))


# --- what was typed, and slips ---------------------------------------------------------------------------


def test_a_gate_that_shuts_while_somebody_types_loses_nothing_typed(ways, desk):
    case = ways.to("health")
    ways.papers_for(case, "contract")
    told = Told(IncidentKind.OVERCHARGED, Severity.SERIOUS, "Thu 5 triệu")
    open_incident(told, case=case, **ways.by())
    ways.session.commit()
    typed = {"contract_number": "HĐ-99", "date": vn(today()), "service_fee_vnd": "0"}
    page = desk.post(f"/cases/{case.id}/steps/sign", typed, status=422)
    assert "HĐ-99" in page.html and "Bị thu tiền sai" in page.text


def test_a_contract_that_was_a_slip_is_not_signed(ways):
    case = ways.to("contract")
    ops.undo(case, Given(note="nhầm người"), **ways.by())
    assert case.state is S.HEALTH and case.contract_signed_on is None


def test_nobody_agrees_to_wait_for_ten_years(ways):
    case = ways.to("selected")
    given = Given(date=day(3653), note="chờ", ticks=EVERY_TICK)
    with pytest.raises(DomainError, match="xem lại"):
        ops.extend(case, given, **ways.by())


def test_each_step_names_who_took_it_the_opening_too_and_the_person_is_told(ways, session):
    from portal.messages.models import Message

    case = ways.opened()
    assert session.scalars(select(CaseStep.actor_id)).all() == [ways.adviser.id]
    bodies = " ".join(session.scalars(select(Message.body).where(Message.worker_id == case.worker_id)))
    assert "đã mở hồ sơ" in bodies


# --- the desk, the sender, and when there is nobody any more ---------------------------------------------


def test_a_paper_that_has_lapsed_is_on_the_board_also_while_no_day_is_planned(ways, desk, session):
    case = ways.to("nominated")
    paper = ways.paper(case, "passport", expires_on=day(40))
    for planned, lapses in ((None, False), (day(30), False), (day(41), True)):
        case.planned_departure = planned
        session.commit()
        shown = case.worker.full_name in desk.get("/cases?whose=all&clock=lapsing").text
        assert shown is lapses and ("Giấy nào của ai" in desk.get("/overseas/boards").html) is lapses
    paper.expires_on, case.planned_departure = day(-1), None
    session.commit()
    for planned in (None, day(-3), day(90)):
        case.planned_departure = planned
        session.commit()
        assert case.worker.full_name in desk.get("/cases?whose=all&clock=lapsing").text
        assert "Giấy nào của ai" in desk.get("/overseas/boards").html


def test_a_sender_s_page_asks_as_often_for_many_papers_as_for_one(ways, as_role, make, statements, session):
    case = ways.to("nominated")
    client = as_role("sender", make.member("sender", case.opening.organisation))

    def asked():
        statements.clear()
        client.get(f"/organisation/cases/{case.id}")
        return len(statements)

    asked()
    few = asked()
    for kind in ("passport", "orientation"):
        ways.paper(case, kind, expires_on=day(900))
    for paper in documents_of(case):
        paper.file = StoredFile(
            stored_name=f"{paper.id}", original_name="a.png", content_type="image/png", size=1, sha256="",
            created_by_id=ways.adviser.id, created_at=now(),
        )  # fmt: skip
    session.commit()
    assert asked() <= few


def test_an_emptied_profile_ends_its_case_and_why_a_paper_came_back_is_gone(ways, session):
    case = ways.to("checked")
    paper = ways.paper(case, "passport", checked=False)
    documents.judge(paper, "Tên trên hộ chiếu là Trần Văn Dững", **ways.by())
    emit(ProfileEmptied(case.worker, None, now()))
    assert (
        session.scalars(select(CaseDocument.return_reason).where(CaseDocument.return_reason != "")).all()
        == []
    )
    assert case.state is S.ENDED


def test_nobody_asks_after_a_profile_that_was_emptied(ways, session):
    case = ways.to("abroad")
    emit(ProfileEmptied(case.worker, None, now()))
    stay = session.scalars(select(Stay).where(Stay.case_id == case.id)).one()
    assert stay.ended_on == today()


def test_a_sender_opens_nothing_of_a_case_that_is_over(ways, as_role, make, session):
    """The consent was for being taken on; the person need not take it back as well."""
    case = ways.to("nominated")
    sender = as_role("sender", make.member("sender", case.opening.organisation))
    paper = next(row for row in documents_of(case) if row.kind is K.CV)
    address = f"/organisation/cases/{case.id}"
    assert "Sơ yếu lý lịch" in sender.get(address).text
    ops.end(case, Given(reason=ExitReason.FAMILY), **ways.by())
    session.commit()
    page = sender.get(address)
    assert "Sơ yếu lý lịch" not in page.text and "Đã dừng" in page.text
    assert "chưa đồng ý gửi" not in page.text
    assert not may_be_handed_on(case, paper)


def test_no_consent_is_taken_for_a_case_that_is_over(ways, desk, as_role):
    case = ways.to("checked")
    ops.end(case, Given(reason=ExitReason.FAMILY), **ways.by())
    ways.session.commit()
    desk.post(f"/cases/{case.id}/receiver", {"channel": "desk"}, status=422)
    own = as_role("seeker", case.worker.account)
    own.post(f"/me/cases/{case.id}/receiver", status=422)
    assert consents_of(case) == []
    family = {"name": "Út", "relation": "mẹ", "phone": "0901 000 777", "may_tell": "well", "channel": "desk"}
    page = desk.post(f"/overseas/cases/{case.id}/family", family, status=409)
    assert "đã xong" in page.text
