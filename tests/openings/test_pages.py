"""The pages of openings, for everyone and at the desk."""

import datetime as dt
import io
import re

import pytest

from portal.openings.models import ImportBatch, Opening, OpeningFinding
from portal.openings.states import FindingState, OpeningState, Sphere
from portal.web.lists import PER_PAGE
from tests.openings.test_import import HEADER, ROW, sheet_of

S = OpeningState

FILLED = {
    "title": "Thợ may",
    "occupation": "thợ may",
    "occupation_code": "7531",
    "text": "May áo sơ mi.",
    "positions": "3",
    "province_code": "91",
    "place": "Xã Tri Tôn",
    "commune_code": "30544",
    "wage_min": "7 triệu",
    "wage_max": "9.000.000",
    "wage_currency": "VND",
    "wage_period": "month",
    "expires_on": "31/12/2026",
    "contact_phone": "0901 234 567",
}


def row_fields(number, **fields):
    return {f"requirements-{number}-{name}": value for name, value in fields.items()}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day of the factories."""
    day = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
    for module in ("views", "desk_views", "moderation_views", "import_views"):
        target = f"portal.openings.{module}"
        monkeypatch.setattr(f"{target}.today", lambda: day.date(), raising=False)
        monkeypatch.setattr(f"{target}.now", lambda: day, raising=False)


@pytest.fixture
def employer(make):
    return make.organisation("employer", phone="02963000001")


class TestThePublicList:
    def titles(self, client, **query):
        page = client.get("/openings", query_string=query)
        return {re.sub(r"\s+", " ", text) for text in page.texts("h2") if text}

    def test_shows_published_openings_only(self, client, make):
        make.opening("Thợ may")
        make.opening("Bản nháp", state=S.DRAFT)
        make.opening("Đã qua", expires_on=dt.date(2026, 11, 22))
        assert self.titles(client) == {"Thợ may"}

    def test_filters_by_words_without_marks_and_by_occupation(self, client, make):
        make.opening("Thợ may", search_text="tho may", occupation_code="7531")
        make.opening("Đầu bếp", search_text="dau bep", occupation_code="5120")
        assert self.titles(client, q="THO MAY") == {"Thợ may"}
        assert self.titles(client, q="512") == {"Đầu bếp"}
        assert self.titles(client, q="đầu bếp") == {"Đầu bếp"}

    def test_filters_by_place_today_and_of_before(self, client, make):
        make.opening("Ở Tri Tôn", commune_code="30544")
        make.opening("Ở Hà Nội", commune_code=None, province_code="01")
        make.opening("Ở Nhật", sphere=Sphere.OVERSEAS, country="JP", province_code=None, commune_code=None)
        assert self.titles(client, place="tri ton") == {"Ở Tri Tôn"}
        assert self.titles(client, place="Kiên Giang") == {"Ở Tri Tôn"}
        assert self.titles(client, place="ha noi") == {"Ở Hà Nội"}
        assert self.titles(client, place="Nhật Bản") == {"Ở Nhật"}

    def test_a_place_that_nobody_knows_is_said_and_hides_nothing(self, client, make):
        make.opening("Thợ may")
        page = client.get("/openings", query_string={"place": "qwertyuiop"})
        assert "Chưa tìm thấy nơi nào" in page.text and "Thợ may" in page.text

    def test_filters_by_sphere_and_wage(self, client, make):
        make.opening("Ở nhà", wage_min=6_000_000, wage_max=6_500_000)
        make.opening(
            "Ở Nhật",
            sphere=Sphere.OVERSEAS,
            country="JP",
            wage_min=180_000,
            wage_currency="JPY",
            wage_max=None,
        )
        assert self.titles(client, sphere="overseas") == {"Ở Nhật"}
        assert self.titles(client, wage="10 triệu") == {"Ở Nhật"}
        assert self.titles(client, sphere="elsewhere") == {"Ở nhà", "Ở Nhật"}

    def test_nothing_found_helps_on(self, client):
        page = client.get("/openings", query_string={"q": "phi công"})
        assert "Chưa có việc nào như vậy" in page.text
        assert "Hiện chưa có việc nào" in client.get("/openings").text

    @pytest.mark.parametrize(
        "query", [{"wage": "nhiều"}, {"page": "0"}, {"page": "999999999999"}, {"q": "%_'\""}]
    )
    def test_bad_input_is_no_error(self, client, make, query):
        make.opening()
        client.get("/openings", query_string=query)

    @pytest.mark.parametrize("path", ["/openings", "/desk/openings"])
    def test_asks_as_often_for_20_rows_as_for_2(self, as_role, make, statements, path):
        client = as_role("adviser")
        counts = []
        for more in (2, 18):
            for _number in range(more):
                make.opening()
            statements.clear()
            client.get(path)
            counts.append(len(statements))
        assert counts[0] == counts[1]

    def test_a_full_page_is_light(self, client, make):
        for number in range(PER_PAGE):
            make.opening(f"Công nhân may áo sơ mi xuất khẩu số {number}")
        assert len(client.get("/openings").html.encode()) < 60_000


class TestTheOpeningPage:
    def test_says_what_is_asked_hard_or_wished(self, client, make):
        opening = make.opening(
            requirements=[
                ("education", ">=", "lower_secondary"),
                ("experience", ">=", {"code": "7531", "months": 18}, False),
                ("skill", "has", "vắt sổ"),
                ("certificate", ">=", {"scale": "jlpt", "level": "N4"}),
                ("licence", "has", "A1"),
                ("shift", "accepts", "night"),
                ("place", "in", "30544"),
            ]
        )
        text = client.get(f"/openings/{opening.id}").text
        for words in (
            "Học xong trung học cơ sở trở lên",
            "1 năm 6 tháng",
            "vắt sổ",
            "JLPT N4",
            "Ca đêm",
            "Tri Tôn",
            "Có thì tốt",
        ):
            assert words in text

    def test_abroad_shows_costs_and_that_we_take_no_money(self, client, make):
        opening = make.opening(
            sphere=Sphere.OVERSEAS,
            country="JP",
            overseas={
                "approval_number": "123/QLLĐNN",
                "service_fee_vnd": 20_000_000,
                "deposit_vnd": 0,
                "other_costs": [{"kind": "visa", "amount_vnd": 1_500_000}],
                "term_months": 36,
            },
            requirements=[("age", "<=", 35), ("sex", "=", "female")],
        )
        text = client.get(f"/openings/{opening.id}").text
        for words in (
            "20.000.000 ₫",
            "1.500.000 ₫",
            "21.500.000 ₫",
            "3 năm",
            "không bao giờ thu tiền",
            "Đến hết 35 tuổi",
        ):
            assert words in text

    def test_an_ended_one_says_so_and_a_draft_does_not_exist(self, client, make):
        ended = make.opening(state=S.FILLED, positions_left=0)
        assert "không còn nhận hồ sơ" in client.get(f"/openings/{ended.id}").text
        client.get(f"/openings/{make.opening(state=S.DRAFT).id}", status=404)

    def test_shows_no_contact_to_the_public(self, client, make):
        opening = make.opening(contact_name="Chị Lan Anh", contact_phone="02963000009")
        html = client.get(f"/openings/{opening.id}").html
        assert "Lan Anh" not in html and "3000009" not in html


class TestTheForm:
    def test_an_employer_writes_and_sends_an_opening(self, session, as_role, make, employer):
        client = as_role("employer", make.member("employer", employer))
        client.get("/desk/openings/new")
        rows = row_fields(0, kind="education", education="lower_secondary", strength="hard")
        rows |= row_fields(1, kind="certificate", certificate="ielts:points", points="5,5")
        rows |= row_fields(1, strength="wish", group="1")
        page = client.follow(
            "/desk/openings/new", {**FILLED, **rows, "action": "submit", "organisation_id": "0"}
        )
        assert "Đã ghi và gửi duyệt" in page.text
        opening = session.query(Opening).one()
        assert (opening.state, opening.organisation_id) == (S.SUBMITTED, employer.id)
        assert (opening.wage_min, opening.wage_max, opening.commune_code) == (7_000_000, 9_000_000, "30544")
        assert [(r.kind, r.value, r.is_hard, r.any_of) for r in opening.requirements] == [
            ("education", "lower_secondary", True, None),
            ("certificate", {"scale": "ielts", "level": "5.5"}, False, 1),
        ]

    def test_what_is_incomplete_is_kept_as_a_draft_with_the_reason(self, session, as_role, make, employer):
        client = as_role("employer", make.member("employer", employer))
        page = client.follow(
            "/desk/openings/new",
            {"title": "Thợ may", "action": "submit"} | {k: FILLED[k] for k in ("positions", "wage_period")},
        )
        assert "Đã ghi, nhưng chưa gửi duyệt được" in page.text
        assert session.query(Opening).one().state == S.DRAFT

    def test_rows_come_and_go_by_buttons_and_nothing_typed_is_lost(self, session, as_role, make, employer):
        client = as_role("employer", make.member("employer", employer))
        data = {**FILLED, "requirements-0-kind": "skill", "requirements-0-skill": "vắt sổ"}
        page = client.post(
            "/desk/openings/new", {**data, "action": "add", "add_kind": "experience"}, status=200
        )
        assert (
            'value="vắt sổ"' in page.html and "requirements-1-months" in page.html and "Thợ may" in page.html
        )
        page = client.post("/desk/openings/new", {**data, "action": "remove-requirements-0"}, status=200)
        assert "vắt sổ" not in page.html
        assert session.query(Opening).count() == 0

    def test_occupations_are_proposed_from_the_title_and_taken_by_a_button(self, as_role, make, employer):
        client = as_role("employer", make.member("employer", employer))
        data = {"title": "Cần gấp 15 phụ hồ", "action": "add"}
        page = client.post("/desk/openings/new", data, status=200)
        assert 'value="take-9313"' in page.html
        page = client.post("/desk/openings/new", {**data, "action": "take-9313"}, status=200)
        assert re.search(r'name="occupation_code"[^>]*value="9313"', page.html)

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("title", "", "tên công việc"),
            ("wage_max", "5 triệu", "bằng hoặc lớn hơn"),
            ("wage_min", "nhiều lắm", "số tiền"),
            ("expires_on", "31/02/2026", "không có trong lịch"),
            ("contact_phone", "123", "điện thoại"),
            ("positions", "0", "từ 1 trở lên"),
            ("positions", "abc", "số"),
            ("text", "x" * 10_001, "dài quá"),
            ("wage_period", "century", "danh sách"),
        ],
    )
    def test_bad_input_gets_a_sentence_at_its_field(
        self, session, as_role, make, employer, field, value, words
    ):
        client = as_role("employer", make.member("employer", employer))
        page = client.post("/desk/openings/new", {**FILLED, field: value}, status=422)
        assert words in page.text and 'aria-invalid="true"' in page.html
        assert session.query(Opening).count() == 0

    def test_an_unknown_place_or_occupation_is_said_at_its_field(self, as_role, make, employer):
        client = as_role("employer", make.member("employer", employer))
        data = {**FILLED, "place": "qwerty", "commune_code": ""}
        assert "Chưa tìm thấy xã" in client.post("/desk/openings/new", data, status=422).text
        data = {**FILLED, "occupation": "qwerty", "occupation_code": ""}
        assert "chọn một nghề" in client.post("/desk/openings/new", data, status=422).text

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            ({"kind": "experience", "months": ""}, "số tháng"),
            ({"kind": "experience", "months": "9999"}, "số tháng"),
            ({"kind": "skill", "skill": ""}, "kỹ năng"),
            ({"kind": "certificate", "certificate": "ielts:points", "points": "99"}, "thang điểm"),
            ({"kind": "certificate", "certificate": "nonsense"}, "chứng chỉ"),
            ({"kind": "education", "education": "wizard"}, "bậc học"),
            ({"kind": "place", "place": "qwerty"}, "Chưa tìm thấy nơi này"),
            ({"kind": "shift", "shift": "never"}, "ca làm"),
            ({"kind": "licence", "licence": "Z"}, "hạng"),
            ({"kind": "nonsense"}, "không đọc được"),
            ({"kind": "sex", "sex": "female"}, "Điều 8"),
            ({"kind": "age", "age": "30"}, "Điều 8"),
        ],
    )  # fmt: skip
    def test_a_row_that_cannot_stand_is_said(self, session, as_role, make, employer, row, words):
        client = as_role("employer", make.member("employer", employer))
        data = {**FILLED, **row_fields(0, **row)}
        assert words in client.post("/desk/openings/new", data, status=422).text
        assert session.query(Opening).count() == 0

    def test_a_sender_writes_an_overseas_opening_with_age_and_sex_of_the_contract(
        self, session, as_role, make
    ):
        sender = make.organisation("sender")
        client = as_role("sender", make.member("sender", sender))
        data = {
            **FILLED,
            "country": "JP",
            "wage_currency": "JPY",
            "wage_min": "180000",
            "wage_max": "",
            "term_months": "36",
            "service_fee_vnd": "20 triệu",
            "cost_visa": "1.500.000",
            "deposit_vnd": "0",
            "approval_number": "123/QLLĐNN",
            **row_fields(0, kind="age", age="35", age_op="<="),
        }
        client.follow("/desk/openings/new", {**data, "action": "submit"})
        opening = session.query(Opening).one()
        assert (opening.sphere, opening.country, opening.wage_currency) == (Sphere.OVERSEAS, "JP", "JPY")
        assert opening.overseas.other_costs == [{"kind": "visa", "amount_vnd": 1_500_000}]
        assert (opening.requirements[0].op, opening.requirements[0].source) == ("<=", "123/QLLĐNN")
        page = client.get(f"/desk/openings/{opening.id}/edit")
        assert 'value="20.000.000"' in page.html

    def test_editing_shows_what_is_stored_and_keeps_it(self, session, as_role, make):
        opening = make.opening(
            requirements=[
                ("experience", ">=", {"code": "7531", "months": 12}),
                ("place", "in", "30544"),
                ("certificate", ">=", {"scale": "jlpt", "level": "N4"}),
            ]
        )
        client = as_role("adviser")
        page = client.get(f"/desk/openings/{opening.id}/edit")
        fields = {
            element.get("name"): element.get("value", "")
            for element in page.all("input")
            if element.get("type") not in ("checkbox", "submit") and element.get("name")
        }
        fields |= {
            select.get("name"): next(
                (o.get("value", "") for o in select if o.get("selected") is not None), ""
            )
            for select in page.all("select")
        }
        fields["text"] = "May áo."
        before = [(r.kind, r.op, r.value) for r in opening.requirements]
        client.follow(f"/desk/openings/{opening.id}/edit", {**fields, "action": "save"})
        session.expire_all()
        kept = session.get(Opening, opening.id)
        assert [(r.kind, r.op, r.value) for r in kept.requirements] == before
        assert (kept.title, kept.commune_code, kept.text) == ("Công nhân may", "30307", "May áo.")

    def test_another_employers_opening_does_not_exist(self, as_role, make, employer):
        opening = make.opening(state=S.DRAFT)
        client = as_role("employer", make.member("employer", employer))
        for path in ("", "/edit", "/close"):
            client.get(f"/desk/openings/{opening.id}{path}", status=404)
        client.post(f"/desk/openings/{opening.id}/step/submit", status=404)

    def test_an_employer_without_organisation_is_told(self, as_role, make):
        assert "Chưa có nơi tuyển dụng" in as_role("employer").get("/desk/openings/new").text


class TestTheDesk:
    def test_filters_and_shows_where_each_opening_stands(self, as_role, make):
        make.opening("Thợ may", state=S.SUBMITTED, search_text="tho may")
        make.opening("Thợ hồ", search_text="tho ho")
        client = as_role("moderator")
        text = client.get("/desk/openings", query_string={"state": "submitted"}).text
        assert "Thợ may" in text and "Thợ hồ" not in text
        assert "Chưa có tin nào" in client.get("/desk/openings", query_string={"q": "phi công"}).text

    def test_closing_asks_for_the_reason_and_reopening_makes_a_draft(self, session, as_role, make):
        opening, client = make.opening(), as_role("adviser")
        client.get(f"/desk/openings/{opening.id}/close")
        client.follow(f"/desk/openings/{opening.id}/step/close", {"reason": "Ngừng tuyển."})
        page = client.follow(f"/desk/openings/{opening.id}/step/reopen")
        assert "Ngừng tuyển." in page.text
        assert session.get(Opening, opening.id).state == S.DRAFT
        client.post(f"/desk/openings/{opening.id}/step/nonsense", status=404)


class TestModeration:
    @pytest.fixture
    def held(self, session, make, employer):
        opening = make.opening(
            organisation=employer, state=S.SUBMITTED, published_at=None, text="Chỉ tuyển nữ."
        )
        opening.findings.append(
            OpeningFinding(
                rule="sex",
                sentence="Chỉ tuyển nữ.",
                excerpt="Chỉ tuyển nữ",
                source="Điều 8",
                found_at=opening.created_at,
            )
        )
        session.commit()
        return opening

    def test_a_held_sentence_is_shown_marked_with_its_law_and_stops_publishing(self, as_role, held):
        client = as_role("moderator")
        page = client.get(f"/desk/openings/{held.id}/moderate")
        assert page.texts("mark") == ["Chỉ tuyển nữ"] and "Điều 8" in page.text
        assert "Đăng tin" not in page.texts("button")
        response = client.post(f"/desk/openings/{held.id}/publish", status=409)
        assert "phân biệt đối xử" in response.text

    def test_a_ground_is_kept_and_then_it_is_published(self, session, as_role, held):
        client = as_role("moderator")
        url = f"/desk/openings/{held.id}"
        client.post(f"{url}/findings/{held.findings[0].id}", {"ground": "Cần."}, status=422)
        page = client.follow(f"{url}/findings/{held.findings[0].id}", {"ground": "Diễn viên đóng vai nữ."})
        assert "Lý do giữ: Diễn viên đóng vai nữ." in page.text
        client.follow(f"{url}/publish")
        opening = session.get(Opening, held.id)
        assert (opening.state, opening.findings[0].state) == (S.PUBLISHED, FindingState.JUSTIFIED)

    def test_a_return_without_reason_comes_back_with_a_sentence(self, session, as_role, held):
        client = as_role("moderator")
        page = client.post(f"/desk/openings/{held.id}/return", {"reason": " "}, status=422)
        assert "Hãy ghi lý do" in page.text
        client.follow(f"/desk/openings/{held.id}/return", {"reason": "Bỏ câu về giới tính."})
        assert session.get(Opening, held.id).state == S.RETURNED

    def test_an_adviser_may_not_moderate(self, as_role, held):
        client = as_role("adviser")
        client.get(f"/desk/openings/{held.id}/moderate", status=403)
        client.post(f"/desk/openings/{held.id}/publish", status=403)


class TestImportPages:
    def upload(self, client, content, employer, name="danh sách.csv"):
        return client.post(
            "/desk/openings/imports",
            {"file": (io.BytesIO(content), name), "organisation_id": str(employer.id)},
            to="/desk/openings/imports/files/",
            content_type="multipart/form-data",
        ).location

    def test_from_upload_to_receipt_to_withdrawal(self, session, as_role, employer):
        client = as_role("adviser")
        client.get("/desk/openings/imports")
        url = self.upload(client, sheet_of(HEADER, ROW, ["", *ROW[1:]]), employer)
        page = client.get(url)
        assert "Thiếu tên công việc" in page.text and "Nhập 1 tin" in page.text
        assert session.query(Opening).count() == 0
        fields = {
            e.get("name"): e.get("value")
            for e in page.all("input")
            if e.get("type") == "hidden" and e.get("name")
        }
        page = client.follow(url.split("?")[0], fields)
        assert "1 tin chờ duyệt" in page.text and "bỏ qua 1 dòng" in page.text
        page = client.follow(url.split("?")[0], fields)
        assert "đã được nhập rồi" in page.text
        batch = session.query(ImportBatch).one()
        page = client.follow(f"/desk/openings/imports/{batch.id}/withdraw")
        assert "Đã rút 1 tin" in page.text
        assert session.query(Opening).count() == 0

    def test_columns_that_are_not_recognised_can_be_chosen(self, as_role, employer):
        client = as_role("adviser")
        url = self.upload(client, sheet_of(["Cột A", "Cột B"], ["Thợ may", "Xã Tri Tôn"]), employer)
        page = client.get(url)
        assert "Không tìm thấy cột tên công việc" in page.text
        page = client.get(url + "&column_title=Cột A&column_place=Cột B")
        assert "Nhập 1 tin" in page.text and "Tri Tôn" in page.text

    @pytest.mark.parametrize(
        ("content", "words"), [(b"", "trống"), (b"PK\x03\x04", "hỏng"), (b"\x89PNG\x00\x01", "Excel")]
    )
    def test_a_bad_file_is_said_on_the_page(self, as_role, employer, content, words):
        data = {"file": (io.BytesIO(content), "x.csv"), "organisation_id": str(employer.id)}
        page = as_role("adviser").post(
            "/desk/openings/imports", data, status=422, content_type="multipart/form-data"
        )
        assert words in page.text

    def test_another_persons_upload_does_not_exist(self, as_role, employer):
        url = self.upload(as_role("adviser"), sheet_of(HEADER, ROW), employer)
        as_role("adviser").get(url, status=404)
