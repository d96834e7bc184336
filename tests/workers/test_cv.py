"""The one-page CV: always one page, in two languages, and what is never on it."""

import datetime as dt
import json

import pytest
import typst
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.workers.cv import MOST_ROWS, TEMPLATE, Choices, cv_data, cv_pdf
from portal.workers.identity import give_national_id
from portal.workers.models import WorkerCertificate, WorkerOccupation, WorkExperience
from portal.workers.states import Purpose
from tests.factories import NOW

ON = dt.date(2026, 11, 23)


def pages_of(data):
    pages = typst.compile(
        TEMPLATE.read_bytes(),
        format="svg",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
    )
    return pages if isinstance(pages, list) else [pages]


def monster(make):
    """As much as a profile can hold, and words without an end."""
    worker = make.worker("Nguyễn Ngọc Phượng Hoàng Thiên Lý " * 3, email="a" * 190 + "@vidu.vn")
    worker.skills = ["may công nghiệp tốc độ cao"] * 80
    worker.skills_text = "Tôi từng làm nhiều việc khác nhau. " * 200 + "x" * 900
    worker.field_of_study = "Công nghệ may và thiết kế thời trang " * 3
    worker.shifts = ["day", "night", "rotating", "weekend", "part_time"]
    worker.available_from = ON
    worker.experiences = [
        WorkExperience(
            title="Công nhân vận hành máy may công nghiệp " * 3,
            workplace="Công ty Trách nhiệm hữu hạn Một thành viên " * 4,
            from_year=1990 + number,
            to_year=1991 + number,
            months=11,
        )
        for number in range(30)
    ]
    worker.occupations = [
        WorkerOccupation(code="7531", words="may " * 30, months=36, position=place) for place in range(30)
    ]
    worker.certificates = [WorkerCertificate(scale="jlpt", level="N4") for _ in range(30)]
    return worker


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_monstrous_profile_still_makes_one_page_and_says_what_was_left_out(make, language):
    data = cv_data(monster(make), Choices(language, birth=True), on=ON)
    assert len(pages_of(data)) == 1
    assert cv_pdf(data).startswith(b"%PDF")
    work = data["sections"][0]["rows"]
    assert len(work) == MOST_ROWS + 1 and str(30 - MOST_ROWS) in work[-1]["what"]
    # The newest stand, the oldest are those that are only counted.
    assert work[0]["aside"].startswith("2019–2020")


def test_a_nearly_empty_profile_makes_one_page_without_empty_headings(make):
    worker = make.worker("Mai", occupations=(), phone=None, commune_code=None, education_code=None)
    data = cv_data(worker, Choices(), on=ON)
    assert len(pages_of(data)) == 1
    assert data["facts"] == [] and data["sections"] == [] and data["headline"] == ""
    assert cv_pdf(data).startswith(b"%PDF")


@pytest.mark.parametrize(
    "name", ["Néang Sóc Kha", "Chau Sóc Khonl", "នាង សុខា", "Mai 😀", "中文", "\uf8ff", '#panic("x")']
)
def test_any_name_makes_one_page(make, name):
    data = cv_data(make.worker(name), Choices(), on=ON)
    assert data["name"] == name
    assert len(pages_of(data)) == 1
    assert cv_pdf(data).startswith(b"%PDF")


def full(make):
    worker = make.worker("Danh Thị Sa Rây", certificates=(("jlpt", "N4"),), receives_benefit=True)
    worker.address_line = "Ấp Vĩnh Lộc, nhà số 12"
    worker.experiences = [
        WorkExperience(
            title="thợ may", occupation_code="7531", workplace="Công ty A", months=38, to_year=2021
        )
    ]
    return worker


def test_the_person_decides_on_phone_and_birth_date(make):
    worker = full(make)
    usual = str(cv_data(worker, Choices(), on=ON))
    assert worker.phone[:4] in usual and "17/05/1998" not in usual and "1998" not in usual
    shy = str(cv_data(worker, Choices(contact=False, birth=True), on=ON))
    assert worker.phone[:4] not in shy and "17/05/1998" in shy


def test_what_only_the_centre_needs_is_not_on_it(make, session):
    worker = full(make)
    give_national_id(worker, "089198001234", actor=make.account("adviser"), now=NOW)
    said = str(cv_data(worker, Choices(birth=True), on=ON)).lower()
    for private in ("089198001234", "vĩnh lộc", "trợ cấp", "dân tộc", "7.000.000", "nữ", "benefit"):
        assert private not in said


def test_the_english_copy_has_english_labels_and_the_classifications_names(app, make):
    from flask_babel import force_locale

    from portal.reference.occupations import name

    with force_locale("en"):
        tailor = name("7531")
    data = cv_data(full(make), Choices("en"), on=ON)
    assert tailor in data["headline"]
    assert data["sections"][0]["rows"][0]["what"] == f"{tailor} (thợ may)"
    labels = {
        data["title"],
        *(section["title"] for section in data["sections"]),
        *(f[0] for f in data["facts"]),
    }
    vietnamese = cv_data(full(make), Choices("vi"), on=ON)
    theirs = {vietnamese["title"], *(section["title"] for section in vietnamese["sections"])}
    assert not labels & theirs
    assert {"Curriculum vitae", "Work experience", "Education", "Phone"} <= labels


def test_a_certificate_that_has_ended_is_left_out(make):
    worker = make.worker()
    worker.certificates = [
        WorkerCertificate(scale="eps-topik", level="140", expires_on=ON - dt.timedelta(days=1)),
        WorkerCertificate(scale="jlpt", level="N4"),
    ]
    said = str(cv_data(worker, Choices(), on=ON))
    assert "N4" in said and "140" not in said


def test_the_person_opens_their_own_and_nobody_elses(as_role, make, session):
    account = make.account("seeker")
    own = make.worker("Lê Văn Tám", account_id=account.id)
    other = make.worker("Người Khác")
    client = as_role("seeker", account)
    assert "Ghi ngày sinh" in client.get("/profile/cv").text
    answer = client.get("/profile/cv?lang=en&contact=no&birth=y")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    client.get("/profile/cv?lang=xx", status=422)
    client.get(f"/workers/{other.id}/cv?lang=vi", status=403)
    assert looks_at(session, own) == []


def test_a_copy_at_the_desk_is_a_recorded_look_that_the_person_sees(as_role, make, session):
    account = make.account("seeker")
    worker = make.worker("Lê Văn Tám", account_id=account.id)
    desk = as_role("adviser")
    assert desk.get(f"/workers/{worker.id}/cv?lang=vi").data.startswith(b"%PDF")
    assert [event.detail for event in looks_at(session, worker)] == [{"part": "cv"}]
    assert "sơ yếu lý lịch" in as_role("seeker", account).get("/profile/history").text


def looks_at(session, worker):
    query = select(AuditEvent).where(AuditEvent.action == "looked", AuditEvent.subject_id == worker.id)
    return list(session.scalars(query))


def test_the_consents_of_the_profile_are_not_asked_for_a_copy_of_ones_own(as_role, make):
    account = make.account("seeker")
    make.worker(account_id=account.id, consents=(Purpose.MESSAGES,))
    assert as_role("seeker", account).get("/profile/cv?lang=vi").data.startswith(b"%PDF")
