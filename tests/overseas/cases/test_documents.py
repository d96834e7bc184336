"""Papers: what is needed when, what counts, what lapses; private to the person and the staff of the case."""

import datetime as dt
import io
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from portal.audit.models import AuditEvent
from portal.common.clock import now
from portal.errors import Invalid, NotAllowed, Refused
from portal.files.models import StoredFile
from portal.messages.models import Message
from portal.overseas.cases import documents
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.documents_needed import (
    Fault,
    NeededDocument,
    current,
    due_by,
    listed,
    look,
    soonest_first,
)
from portal.overseas.cases.moves import Stopped
from portal.overseas.cases.states import PIPELINE, DocumentKind, DocumentState
from portal.overseas.states import CaseState
from portal.reference.models import LegalRule
from portal.workers.operations import withdraw_consent
from portal.workers.states import Purpose
from tests.overseas.cases.conftest import day, documents_of
from tests.overseas.conftest import BARE_PNG as PNG

K, S = DocumentKind, CaseState
ON = dt.date(2026, 11, 23)


@dataclass
class Paper:
    kind: DocumentKind = K.PASSPORT
    state: DocumentState = DocumentState.CHECKED
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None
    return_reason: str = ""


NEEDED = NeededDocument(K.PASSPORT, S.CONTRACT, expires=True)


# --- the list of what is needed --------------------------------------------------------------------------


def test_each_programme_has_the_base_and_its_own():
    base = {one.kind for one in listed(None)}
    assert base == {
        K.APPLICATION, K.CV, K.CITIZEN_CARD, K.PASSPORT, K.HEALTH_CERTIFICATE, K.ORIENTATION,
        K.FUND_RECEIPT, K.LABOUR_CONTRACT, K.SENDING_CONTRACT, K.VISA,
    }  # fmt: skip
    assert {K.LANGUAGE_RESULT, K.SKILL_RESULT, K.JUDICIAL_RECORD} <= {one.kind for one in listed("eps")}
    assert {one.kind for one in listed("taiwan-care")} == {one.kind for one in listed("taiwan")}
    assert K.DIPLOMA in {one.kind for one in listed("im-japan")} and K.DIPLOMA not in base
    assert listed("somewhere-new") == listed(None)
    # Passing the Korean test comes before the roster; elsewhere the result is needed for the contract.
    stage = {
        code: next(o.needed_by for o in listed(code) if o.kind is K.LANGUAGE_RESULT)
        for code in ("eps", "ssw")
    }
    assert stage == {"eps": S.NOMINATED, "ssw": S.CONTRACT}


@given(st.sampled_from(PIPELINE), st.sampled_from(["eps", "ssw", "germany", None]))
def test_what_was_needed_stays_needed(stage, programme):
    """Nothing that one stage asked for is forgotten by a later one."""
    needed = listed(programme)
    later = PIPELINE[PIPELINE.index(stage) :]
    for one in later:
        assert set(due_by(needed, stage)) <= set(due_by(needed, one))
    assert set(due_by(needed, S.ABROAD)) == set(needed)


@pytest.mark.parametrize(
    ("paper", "fault"),
    [
        (None, Fault.ABSENT),
        (Paper(state=DocumentState.WAITING, expires_on=ON), Fault.WAITING),
        (Paper(state=DocumentState.RETURNED, expires_on=ON), Fault.RETURNED),
        (Paper(), Fault.UNDATED),
        (Paper(expires_on=ON - dt.timedelta(days=1)), Fault.EXPIRED),
        (Paper(expires_on=ON), None),
    ],
)
def test_each_fault_of_a_paper_on_its_day(paper, fault):
    assert look([NEEDED], [paper] if paper else [], ON)[0].fault is fault


papers = st.builds(
    Paper,
    kind=st.sampled_from([K.PASSPORT, K.VISA]),
    state=st.sampled_from(DocumentState),
    expires_on=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
)


@given(st.lists(papers, max_size=8))
def test_a_checked_paper_counts_until_a_newer_one_is_checked(rows):
    for kind, paper in current(rows).items():
        mine = [row for row in rows if row.kind is kind and row.state is not DocumentState.REPLACED]
        checked = [row for row in mine if row.state is DocumentState.CHECKED]
        assert paper is (checked[-1] if checked else mine[-1])


@given(st.lists(st.none() | st.dates(ON, dt.date(2028, 1, 1)), min_size=1, max_size=6))
def test_what_expires_before_the_planned_departure_stands_first(days):
    kinds = list(K)[: len(days)]
    needed = [NeededDocument(kind, S.CONTRACT) for kind in kinds]
    planned = dt.date(2027, 6, 1)
    found = soonest_first(
        look(needed, [Paper(kind, expires_on=one) for kind, one in zip(kinds, days, strict=True)], ON),
        planned,
    )
    lapses = [one.expires_on for one in found if one.expires_on and one.expires_on < planned]
    assert [one.expires_on for one in found][: len(lapses)] == sorted(lapses)


# --- adding and judging ----------------------------------------------------------------------------------


@pytest.fixture
def case(ways):
    return ways.opened()


@pytest.mark.parametrize(("kind", "months"), [("cv", 6), ("orientation", 24)])
def test_the_last_valid_day_follows_from_the_rule_of_its_day(ways, case, kind, months):
    paper = ways.paper(case, kind, issued_on=dt.date(2026, 10, 31))
    year, month = divmod(9 + months, 12)
    assert (paper.expires_on.year, paper.expires_on.month) == (2026 + year, month + 1)
    # What stands on the paper counts where it is sooner, and alone where no rule is known.
    assert ways.paper(case, kind, dt.date(2026, 10, 31), day(30)).expires_on == day(30)
    old = documents.add(case, K(kind), None, issued_on=dt.date(2021, 12, 31), expires_on=day(9), **ways.by())
    assert old.expires_on == day(9)


def test_a_certificate_of_orientation_is_good_for_24_months_and_not_a_day_longer(ways, session):
    case = ways.to("visa")
    paper = ways.paper(case, "orientation", issued_on=day(-700))
    last = paper.expires_on
    finding = next(f for f in look(listed(None), documents_of(case), last) if f.needed.kind is K.ORIENTATION)
    assert finding.fault is None
    after = look(listed(None), documents_of(case), last + dt.timedelta(days=1))
    assert next(f for f in after if f.needed.kind is K.ORIENTATION).fault is Fault.EXPIRED
    assert documents.last_valid_day(case, K.ORIENTATION, dt.date(2022, 1, 31), None) is None
    assert documents.last_valid_day(case, K.ORIENTATION, dt.date(2022, 2, 1), None) == dt.date(2024, 2, 1)
    assert documents.last_valid_day(case, K.CV, dt.date(2022, 1, 1), None) == dt.date(2022, 7, 1)


def test_judicial_records_run_out_by_custom_known_from_its_first_day(ways):
    case = ways.opened(programme=ways.programme("eps"))
    assert documents.last_valid_day(case, K.JUDICIAL_RECORD, dt.date(2021, 12, 31), None) is None
    assert documents.last_valid_day(case, K.JUDICIAL_RECORD, dt.date(2022, 1, 1), None) == dt.date(2022, 7, 1)


def test_a_passport_that_ends_soon_after_leaving_needs_a_reason(ways, session):
    case = ways.to("health")
    ways.papers_for(case, "contract")
    passport = next(paper for paper in documents_of(case) if paper.kind is K.PASSPORT)
    passport.expires_on = day(100)
    session.commit()
    with pytest.raises(Stopped, match="Hộ chiếu hết hạn") as stopped:
        ways.take(S.CONTRACT, case)
    assert stopped.value.passable
    session.rollback()
    session.execute(
        update(LegalRule).where(LegalRule.key == "case.passport_months_left").values(valid_from=day(1))
    )
    assert ways.take(S.CONTRACT, case).state is S.CONTRACT


def test_a_newer_paper_takes_the_place_only_once_it_is_checked(ways, case):
    first = ways.paper(case, "passport", expires_on=day(20))
    second = ways.paper(case, "passport", expires_on=day(2000), checked=False)
    assert current(documents_of(case))[K.PASSPORT] is first
    documents.judge(second, expires_on=day(2000), issued_on=day(-3), **ways.by())
    assert first.state is DocumentState.REPLACED and current(documents_of(case))[K.PASSPORT] is second
    with pytest.raises(Refused, match="giấy mới hơn"):
        documents.judge(first, expires_on=day(20), **ways.by())


def test_a_paper_sent_again_before_anybody_looked_replaces_the_one_before(ways, case):
    ways.paper(case, "cv", checked=False)
    ways.paper(case, "cv", checked=False)
    assert len([row for row in documents_of(case) if row.kind is K.CV]) == 1


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"issued_on": day(1)}, "issued_on"),
        ({"issued_on": day(-3), "expires_on": day(-4)}, "expires_on"),
        ({"expires_on": day(40_000)}, "expires_on"),
        ({"issued_on": day(-40_000)}, "issued_on"),
    ],
)
def test_dates_that_cannot_be_are_named_at_their_field(ways, case, dates, field):
    with pytest.raises(Invalid) as invalid:
        documents.add(case, K.PASSPORT, None, **dates, **ways.by())
    assert invalid.value.field == field


def test_a_paper_that_must_end_is_not_accepted_without_a_day_nor_after_it(ways, case):
    paper = ways.paper(case, "passport", checked=False)
    with pytest.raises(Invalid, match="ngày hết hạn"):
        documents.judge(paper, issued_on=day(-3), **ways.by())
    with pytest.raises(Invalid, match="hết hạn ngày"):
        documents.judge(paper, issued_on=day(-30), expires_on=day(-1), **ways.by())


def test_a_returned_paper_says_why_on_the_page_and_not_in_the_message(ways, case, session):
    paper = ways.paper(case, "cv", checked=False)
    documents.judge(paper, "Thiếu dấu của xã", **ways.by())
    assert paper.state is DocumentState.RETURNED
    bodies = " ".join(session.scalars(select(Message.body)))
    assert "Sơ yếu lý lịch" in bodies and "Thiếu dấu" not in bodies


def test_the_number_is_sealed_and_opens_on_no_other_row(ways, case, session, app):
    one = documents.add(case, K.PASSPORT, None, number=" C1234567 ", **ways.by())
    other = documents.add(case, K.VISA, None, number="V9", **ways.by())
    session.commit()
    stored = session.scalar(select(CaseDocument.number_sealed).where(CaseDocument.id == one.id))
    assert b"C1234567" not in stored and documents.read_number(one, actor=ways.adviser) == "C1234567"
    other.number_sealed = stored
    with pytest.raises(Exception):  # noqa: B017 - whatever the cipher raises
        documents.read_number(other, actor=ways.adviser)


def test_only_the_person_and_the_staff_add_and_only_staff_judge(ways, case, make):
    stranger = make.account("seeker")
    with pytest.raises(NotAllowed):
        documents.add(case, K.CV, None, actor=stranger, now=now())
    with pytest.raises(Invalid, match="chụp hoặc chọn ảnh"):
        documents.add(case, K.CV, None, actor=case.worker.account, now=now())
    paper = ways.paper(case, "cv", checked=False)
    with pytest.raises(NotAllowed):
        documents.judge(paper, actor=case.worker.account, now=now())


# --- the files -------------------------------------------------------------------------------------------


def upload(client, case, kind="passport", content=PNG, status=302, **fields):
    data = {"file": (io.BytesIO(content), "anh.png"), **fields}
    return client.post(
        f"/me/cases/{case.id}/documents/{kind}", data, status=status, content_type="multipart/form-data"
    )


def test_the_person_sends_a_photo_from_the_phone_and_staff_open_it(ways, case, as_role, session):
    own = as_role("seeker", case.worker.account)
    page = own.get(f"/me/cases/{case.id}")
    assert "Bạn cần mang gì" in page.text and "Hộ chiếu" in page.text
    upload(own, case, number="C1234567", issued_on="01/02/2024", expires_on="01/02/2034")
    paper = next(row for row in documents_of(case) if row.kind is K.PASSPORT)
    assert paper.state is DocumentState.WAITING and paper.expires_on == dt.date(2034, 2, 1)
    address = f"/cases/{case.id}/documents/{paper.id}/file"
    assert own.get(address).data == PNG
    adviser = as_role("adviser")
    assert adviser.get(address).data == PNG
    assert "C1234567" in adviser.get(f"/cases/{case.id}/documents/{paper.id}").html
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
    assert {"case_document"} <= {look.detail.get("part") for look in looks}


def test_a_file_is_nobody_elses(ways, case, as_role, make, client):
    upload(as_role("seeker", case.worker.account), case)
    paper = documents_of(case)[0]
    address = f"/cases/{case.id}/documents/{paper.id}/file"
    other = ways.person("Lê Thị Tư")
    as_role("seeker", other.account).get(address, status=404)
    as_role("sender", make.member("sender", case.opening.organisation)).get(address, status=404)
    as_role("moderator").get(address, status=403)
    client.get(address, status=302)
    # Nor by way of one's own case.
    mine = ways.opened(worker=other.worker)
    as_role("seeker", other.account).get(f"/cases/{mine.id}/documents/{paper.id}/file", status=404)


def test_a_file_that_is_no_paper_is_refused_and_leaves_nothing_behind(case, as_role, app, session):
    own = as_role("seeker", case.worker.account)
    before = set(app.config["UPLOAD_FOLDER"].glob("*"))
    page = upload(own, case, content=b"MZ\x90\x00 program", status=422, number="C1234567")
    assert "Chỉ nhận tệp PDF" in page.text and "C1234567" in page.html
    page = upload(own, case, status=422, issued_on="01/01/2090", number="C7")
    assert "ngày cấp" in page.text
    assert session.scalars(select(StoredFile)).all() == []
    assert set(app.config["UPLOAD_FOLDER"].glob("*")) == before


def test_a_sender_opens_what_it_hands_on_only_with_the_consent(ways, as_role, make, session):
    case = ways.to("nominated")
    sender = as_role("sender", make.member("sender", case.opening.organisation))
    own = as_role("seeker", case.worker.account)
    for kind in ("passport", "health_certificate"):
        upload(own, case, kind, expires_on="01/01/2031")
    ids = {row.kind: row.id for row in documents_of(case)}
    address = f"/cases/{case.id}/documents/{ids[K.PASSPORT]}/file"
    # Not before somebody has checked it.
    sender.get(address, status=404)
    for kind in (K.PASSPORT, K.HEALTH_CERTIFICATE):
        documents.judge(session.get(CaseDocument, ids[kind]), expires_on=day(900), **ways.by())
    session.commit()
    page = sender.get(f"/organisation/cases/{case.id}")
    assert "Hộ chiếu" in page.text and "khám sức khỏe" not in page.text.lower()
    assert sender.get(address).data == PNG
    sender.get(f"/cases/{case.id}/documents/{ids[K.HEALTH_CERTIFICATE]}/file", status=404)
    own.post(f"/me/cases/{case.id}/receiver/withdraw")
    sender.get(address, status=404)
    assert "chưa đồng ý gửi hồ sơ" in sender.get(f"/organisation/cases/{case.id}").text
    withdraw_consent(case.worker, Purpose.SHARING, actor=ways.adviser, now=now())
    session.commit()
    sender.get(f"/organisation/cases/{case.id}", status=404)
