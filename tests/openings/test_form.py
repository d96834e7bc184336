"""The form of an opening: what is typed, the rows of requirements, what is refused and why."""

import re

import pytest

from portal.openings.models import Opening
from portal.openings.states import OpeningState as S
from portal.openings.states import Sphere

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
            ({"kind": "skill", "skill": "ưu tiên nữ"}, "«ưu tiên nữ» nói về người"),
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
            "approval_number": "123/QLLĐNN",
            **row_fields(0, kind="age", age="35", age_op="<="),
        }
        page = client.follow("/desk/openings/new", {**data, "action": "next"})
        assert "Thời hạn hợp đồng" in page.text
        opening = session.query(Opening).one()
        assert (opening.sphere, opening.country, opening.wage_currency) == (Sphere.OVERSEAS, "JP", "JPY")
        assert (opening.requirements[0].op, opening.requirements[0].source) == ("<=", "123/QLLĐNN")
        client.follow(f"/desk/openings/{opening.id}/terms/work", {"term_months": "36", "action": "next"})
        fees = {"service_fee_vnd": "20 triệu", "deposit_vnd": "0"}
        visa = {"costs-0-kind": "visa", "costs-0-amount": "1.500.000", "costs-0-currency": "VND"}
        client.follow(f"/desk/openings/{opening.id}/terms/money", {**fees, **visa, "action": "save"})
        session.expire_all()
        terms = session.query(Opening).one().overseas
        assert (terms.term_months, terms.service_fee_vnd, terms.deposit_vnd) == (36, 20_000_000, 0)
        assert [(line.kind, line.amount, line.currency) for line in terms.costs] == [
            ("visa", 1_500_000, "VND")
        ]
        page = client.get(f"/desk/openings/{opening.id}/terms/money")
        assert 'value="20.000.000"' in page.html and 'value="1.500.000"' in page.html
        client.follow(f"/desk/openings/{opening.id}/step/submit", {})
        assert session.query(Opening).one().state == S.SUBMITTED

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
