"""What everybody sees of openings without an account."""

import datetime as dt
import re

import pytest

from portal.openings.states import OpeningState as S
from portal.openings.states import Sphere
from portal.openings.terms_states import CostKind
from portal.web.lists import PER_PAGE


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

    def test_a_title_that_holds_the_words_comes_before_newer_openings(self, client, make):
        day = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
        for number, (title, text) in enumerate(
            [
                ("Thợ hồ", "tho ho cong ty xay"),
                ("Thợ hồ, có ở lại", "tho ho co o lai"),
                ("Đầu bếp", "dau bep cho tho ho"),
            ]
        ):
            make.opening(title, search_text=text, published_at=day + dt.timedelta(days=number))
        page = client.get("/openings", query_string={"q": "thợ hồ"})
        titles = ["Thợ hồ, có ở lại", "Thợ hồ", "Đầu bếp"]
        assert [text.strip() for text in page.texts("h2") if text.strip() in titles] == titles
        page = client.get("/openings")
        titles = ["Đầu bếp", "Thợ hồ, có ở lại", "Thợ hồ"]
        assert [text.strip() for text in page.texts("h2") if text.strip() in titles] == titles

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

    @pytest.mark.parametrize("path", ["/openings", "/openings?q=may", "/desk/openings"])
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
                "costs": [{"kind": CostKind.VISA, "amount": 1_500_000}],
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
