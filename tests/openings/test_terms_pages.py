"""The steps of the terms, the papers, the comparing page and what everybody reads of an opening abroad."""

import io
import re
from decimal import Decimal
from typing import Any

import pytest

from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import OpeningState as S
from portal.openings.states import Sphere
from portal.openings.terms_models import OpeningPaper
from portal.openings.terms_states import CostKind, PayableWhen
from tests.openings.comparing import opening_day, path
from tests.openings.lawful import A_MONTH, PDF, compared, sender_for, stated, with_papers, with_rules

PARTS = ("work", "living", "money", "papers")


@pytest.fixture(autouse=True)
def _rules(app: Any) -> None:
    with_rules()


@pytest.fixture
def folder(app: Any) -> Any:
    return app.config["UPLOAD_FOLDER"]


@pytest.fixture
def sender(make: Any) -> Any:
    return sender_for(make)


@pytest.fixture
def author(make: Any, sender: Any) -> Any:
    return make.member("sender", sender)


def upload(content: bytes = PDF, name: str = "hop dong.pdf") -> dict[str, Any]:
    return {"data": {"file-approval": (io.BytesIO(content), name)}, "content_type": "multipart/form-data"}


class TestTheSteps:
    def test_a_sender_goes_through_them_and_everything_is_kept(
        self, session: Any, as_role: Any, author: Any, sender: Any, make: Any
    ) -> None:
        opening = make.opening(
            state=S.DRAFT, published_at=None, organisation=sender, sphere=Sphere.OVERSEAS, country="TW",
            wage_currency="TWD", wage_min=30_000, commune_code=None, province_code=None,
        )  # fmt: skip
        client = as_role("sender", author)
        page = client.follow(
            path(opening, "terms/work"),
            {"job_class": "manufacturing", "term_months": "36", "extension_months": "0", "weekly_hours": "40",
             "rest_days": "1", "action": "next"},
        )  # fmt: skip
        assert "Bước 3 trong 5" in page.text
        page = client.follow(
            path(opening, "terms/living"),
            {"lodging_by": "charged", "lodging_deduction_pct": "7,5", "meals_count": "1",
             "airfare_out_paid_by": "receiver", "airfare_back_paid_by": "worker", "action": "next"},
        )  # fmt: skip
        assert "Bước 4 trong 5" in page.text
        page = client.follow(
            path(opening, "terms/money"),
            {"service_fee_months": "1,5", "deposit_vnd": "0", "brokerage_vnd": "0", "selection_fee_vnd": "0",
             "fx_rate": "850", "fx_date": "20/11/2026", "fx_source": "Ngân hàng", "costs_complete": "y",
             "costs-0-kind": "health", "costs-0-amount": "750.000", "costs-0-currency": "VND",
             "costs-0-payable_when": "before_contract", "costs-0-receipt_by": "Bệnh viện", "action": "next"},
        )  # fmt: skip
        assert "Bước 5 trong 5" in page.text
        client.follow(path(opening, "terms/papers"), {"supply_contract_approved": "yes", "action": "next"})
        terms = session.get_one(Opening, opening.id).overseas
        assert (terms.job_class, terms.term_months, terms.lodging_deduction_pct) == (
            "manufacturing", 36, Decimal("7.5"),
        )  # fmt: skip
        assert (terms.service_fee_months, terms.deposit_vnd, terms.fx_rate) == (
            Decimal("1.5"),
            0,
            Decimal(850),
        )
        assert (terms.service_fee_vnd, terms.agreed_fee_vnd, terms.same_sender) == (None, None, None)
        assert (terms.supply_contract_approved, terms.sending_contract_signed) == (True, None)
        assert [(line.kind, line.amount, line.payable_when, line.receipt_by) for line in terms.costs] == [
            ("health", 750_000, "before_contract", "Bệnh viện")
        ]

    def test_what_the_law_says_stands_beside_the_field(
        self, as_role: Any, author: Any, sender: Any, make: Any
    ) -> None:
        opening = stated(make, author, organisation=sender, state=S.DRAFT, service_fee_months=Decimal(4))
        page = as_role("sender", author).get(path(opening, "terms/money"))
        (line,) = [text for text in page.texts("li.breach") if "4 tháng lương" in text]
        assert "Trái quy định" in line and "mức trần 3 tháng lương" in line
        assert "Luật 69/2020/QH14" in line and "từ ngày 01/01/2022" in line
        assert any("Không phải ký quỹ" in text for text in page.texts("li.ok"))

    def test_opened_again_it_shows_what_is_stored_and_saving_it_changes_nothing(
        self, session: Any, as_role: Any, author: Any, sender: Any, make: Any, folder: Any
    ) -> None:
        opening = compared(make, folder, organisation=sender)
        before = opening.updated_at
        client = as_role("sender", author)
        for part in PARTS:
            page = client.get(path(opening, f"terms/{part}"))
            (form,) = [one for one in page.all("form") if one.get("action") == path(opening, f"terms/{part}")]
            client.follow(path(opening, f"terms/{part}"), {**fields_of(form), "action": "save"})
        kept = session.get_one(Opening, opening.id)
        assert (kept.updated_at, kept.overseas.costs[0].amount) == (before, 3 * A_MONTH)
        moderator = as_role("moderator")
        assert "chưa đối chiếu" not in moderator.get(path(opening, "moderate")).text

    @pytest.mark.parametrize(
        ("part", "field", "value", "words"),
        [
            ("work", "term_months", "0", "từ 1 đến 120"),
            ("work", "weekly_hours", "101", "từ 1 đến 100"),
            ("work", "rest_days", "8", "từ 0 đến 7"),
            ("work", "job_class", "wizard", "danh sách"),
            ("living", "lodging_deduction_pct", "một ít", "ví dụ 0,7"),
            ("living", "lodging_deduction_pct", "101", "từ 0 đến 100"),
            ("living", "lodging_by", "palace", "danh sách"),
            ("living", "airfare_out_paid_by", "x", "danh sách"),
            ("money", "service_fee_months", "1.500", "từ 0 đến 36"),
            ("money", "deposit_vnd", "nhiều", "số tiền"),
            ("money", "fx_rate", "850", "ngày nào"),
            ("money", "fx_date", "20/11/2026", "chưa ghi tỷ giá"),
            ("money", "costs-0-amount", "", "hoặc bỏ dòng này"),
            ("money", "costs-0-kind", "gift", "danh sách"),
            ("papers", "supply_contract_approved", "maybe", "danh sách"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(
        self, session: Any, as_role: Any, author: Any, sender: Any, make: Any,
        part: str, field: str, value: str, words: str,
    ) -> None:  # fmt: skip
        opening = stated(make, author, organisation=sender, state=S.DRAFT)
        line = {"costs-0-kind": "visa", "costs-0-amount": "1 triệu", "costs-0-receipt_by": "Chị Lan"}
        data = {"overtime": "Hai giờ", "meals": "Cơm trưa", "selection": "Phỏng vấn"} | (
            line if part == "money" else {}
        )
        page = as_role("sender", author).post(
            path(opening, f"terms/{part}"), {**data, field: value, "action": "next"}, status=422
        )
        assert words in page.text and 'aria-invalid="true"' in page.html
        typed = {"work": "Hai giờ", "living": "Cơm trưa", "money": "Chị Lan"}.get(part, "")
        assert typed in page.html
        assert session.get_one(Opening, opening.id).overseas.term_months == 36

    def test_lines_of_cost_come_and_go_by_buttons_and_nothing_is_stored(
        self, session: Any, as_role: Any, author: Any, sender: Any, make: Any
    ) -> None:
        opening = stated(make, author, organisation=sender, state=S.DRAFT)
        client = as_role("sender", author)
        data = {"costs-0-kind": "visa", "costs-0-amount": "1 triệu", "deposit_vnd": "5 triệu"}
        page = client.post(path(opening, "terms/money"), {**data, "action": "add"}, status=200)
        assert "costs-1-amount" in page.html and 'value="5 triệu"' in page.html
        page = client.post(path(opening, "terms/money"), {**data, "action": "remove-costs-0"}, status=200)
        assert "costs-0-amount" not in page.html
        assert len(session.get_one(Opening, opening.id).overseas.costs) == 3

    def test_another_senders_opening_and_one_at_home_have_no_such_pages(
        self, as_role: Any, author: Any, make: Any
    ) -> None:
        client = as_role("sender", author)
        opening = stated(make, state=S.DRAFT)
        for rest in ("terms/work", "papers/approval"):
            client.get(path(opening, rest), status=404)
        client.post(path(opening, "terms/work"), {"term_months": "1"}, status=404)
        client.post(path(opening, "terms/papers"), status=404, **upload())
        staff = as_role("adviser")
        staff.get(path(make.opening(state=S.DRAFT), "terms/work"), status=409)
        staff.get(path(opening, "terms/everything"), status=404)


class TestPapers:
    def test_are_attached_and_read_by_sender_and_staff_only(
        self, as_role: Any, author: Any, sender: Any, make: Any
    ) -> None:
        opening = stated(make, author, organisation=sender, state=S.DRAFT)
        client = as_role("sender", author)
        answer = client.post(path(opening, "terms/papers"), to="/terms/papers", **upload())
        assert answer.status_code == 302
        assert "hop dong.pdf" in client.get(path(opening, "terms/papers")).text
        for reader in (client, as_role("moderator"), as_role("adviser")):
            answer = reader.get(path(opening, "papers/approval"))
            assert answer.data == PDF and answer.mimetype == "application/pdf"
            assert answer.headers["Content-Disposition"].startswith("attachment")
        as_role("sender", make.member("sender")).get(path(opening, "papers/approval"), status=404)
        for role in ("seeker", "administrator", "department", "college"):
            as_role(role).get(path(opening, "papers/approval"), status=403)
        client.get(path(opening, "papers/supply_contract"), status=404)
        client.get(path(opening, "papers/secret"), status=404)

    @pytest.mark.parametrize(
        ("content", "words"), [(b"", "Hãy chọn một tệp"), (b"<script>", "Chỉ nhận tệp PDF")]
    )
    def test_a_file_that_is_no_paper_gets_a_sentence_at_its_place(
        self, session: Any, as_role: Any, author: Any, sender: Any, make: Any, content: bytes, words: str
    ) -> None:
        opening = stated(make, author, organisation=sender, state=S.DRAFT)
        page = as_role("sender", author).post(path(opening, "terms/papers"), status=422, **upload(content))
        assert words in page.text and 'aria-describedby="file-approval-hint file-approval-error"' in page.html
        assert session.query(OpeningPaper).count() == 0

    def test_both_files_and_the_answers_beside_them_are_kept_with_one_press(
        self, session: Any, as_role: Any, author: Any, sender: Any, make: Any
    ) -> None:
        opening = stated(make, author, organisation=sender, state=S.DRAFT)
        client, form = as_role("sender", author), "multipart/form-data"
        given = {
            "file-approval": (io.BytesIO(PDF), "chap thuan.pdf"),
            "file-supply_contract": (io.BytesIO(PDF), "cung ung.pdf"),
            "supply_contract_approved": "yes",
            "action": "next",
        }
        client.post(
            path(opening, "terms/papers"), given, to=f"/desk/openings/{opening.id}", content_type=form
        )
        page = client.get(path(opening, "terms/papers"))
        assert "chap thuan.pdf" in page.text and "cung ung.pdf" in page.text
        assert session.get_one(Opening, opening.id).overseas.supply_contract_approved is True

    def test_a_wrong_file_loses_neither_the_other_one_nor_an_answer(
        self, session: Any, as_role: Any, author: Any, sender: Any, make: Any
    ) -> None:
        opening = stated(make, author, organisation=sender, state=S.DRAFT)
        given = {
            "file-approval": (io.BytesIO(PDF), "chap thuan.pdf"),
            "file-supply_contract": (io.BytesIO(b"<script>"), "x.pdf"),
            "sending_contract_signed": "yes",
        }
        page = as_role("sender", author).post(
            path(opening, "terms/papers"), given, status=422, content_type="multipart/form-data"
        )
        assert "Chỉ nhận tệp PDF" in page.text and "chap thuan.pdf" in page.text
        chosen = [one.get("value") for one in page.all("option") if one.get("selected") is not None]
        assert "yes" in chosen

    def test_the_public_page_has_no_way_to_them(self, client: Any, make: Any, folder: Any) -> None:
        opening = compared(make, folder, state=S.PUBLISHED, published_at=opening_day())
        assert "/papers/" not in client.get(f"/openings/{opening.id}").html
        client.answer(path(opening, "papers/approval"))
        assert client.answer(path(opening, "papers/approval")).status_code == 302


class TestThePublicPage:
    def show(self, client: Any, opening: Any) -> str:
        opening.state, opening.published_at = S.PUBLISHED, opening_day()
        db.session.commit()
        return str(client.get(f"/openings/{opening.id}").text)

    def test_tells_the_lawful_facts(self, client: Any, make: Any, folder: Any) -> None:
        opening = compared(make, folder)
        opening.overseas.departed_quantity = 3
        text = self.show(client, opening)
        for words in (
            opening.organisation.name, "88/GP, Còn hiệu lực", "có trong danh sách được phép",
            "123/QLLDNN, ngày 01/09/2026", "20 người", "17 người", "3 năm", "Bên nhận lao động trả",
            "Người lao động trả", "3 tháng lương", "76.500.000 ₫", "77.350.000 ₫",
            "Sau khi ký hợp đồng đưa đi",
            "12.000.000 ₫", "không bao giờ thu tiền",
        ):  # fmt: skip
            assert words in text, words

    def test_marks_what_nobody_has_proven(self, client: Any, make: Any, folder: Any) -> None:
        mark = "chưa kiểm chứng, hỏi tư vấn viên"
        text = self.show(client, compared(make, folder))
        # Only the ceiling of the deposit, whose rule nobody has compared with the decree.
        assert text.count(mark) == 1 and re.search(rf"12\.000\.000 ₫.*{mark}", text)
        unproven = self.show(client, stated(make))
        assert unproven.count(mark) > 10
        assert re.search(rf"123/QLLDNN, ngày 01/09/2026 {mark}", unproven)

    def test_beside_the_fee_stands_the_lowest_that_the_law_allows(
        self, client: Any, make: Any, folder: Any
    ) -> None:
        """The receiver has paid a month of it: what is left is less than the general ceiling."""
        fee = 2 * A_MONTH
        line = {"kind": CostKind.SERVICE_FEE, "amount": fee, "payable_when": PayableWhen.AFTER_CONTRACT}
        given = {"service_fee_months": Decimal(2), "service_fee_vnd": fee, "receiver_paid_fee_vnd": A_MONTH}
        opening = compared(make, folder, costs=(line,), **given)
        row = self.show(client, opening).split("Tiền dịch vụ")[1].split("Tiền ký quỹ")[0]
        assert row.count("51.000.000 ₫") == 2 and "3 tháng lương" not in row

    def test_there_is_no_total_where_nobody_said_that_these_are_all(
        self, as_role: Any, client: Any, make: Any, folder: Any
    ) -> None:
        none = {"service_fee_months": Decimal(0), "service_fee_vnd": 0, "agreed_fee_vnd": None}
        open_ = stated(make, costs=(), costs_complete=False, **none)
        page = as_role("moderator").get(f"/desk/openings/{open_.id}").text
        assert "Cộng các khoản" not in page
        said = as_role("moderator").get(f"/desk/openings/{stated(make, costs=(), **none).id}").text
        assert "Cộng các khoản, không kể ký quỹ 0 ₫" in said

    def test_of_an_opening_from_before_says_what_it_knows(self, client: Any, make: Any) -> None:
        opening = make.opening(
            sphere=Sphere.OVERSEAS, country="JP",
            overseas={"approval_number": "9/QLLDNN", "lodging": "Ký túc xá", "meals": "Hai bữa",
                      "airfare": "Bên nhận trả", "costs": [{"kind": CostKind.VISA, "amount": 1_500_000}]},
        )  # fmt: skip
        text = str(client.get(f"/openings/{opening.id}").text)
        for words in ("Ký túc xá", "Hai bữa", "Bên nhận trả", "1.500.000 ₫", "9/QLLDNN"):
            assert words in text

    def test_asks_the_database_as_often_for_many_lines_as_for_few(
        self, client: Any, make: Any, folder: Any, statements: list[str]
    ) -> None:
        lines = [{"kind": CostKind.OTHER, "amount": number} for number in range(1, 21)]
        counted = []
        for costs in (lines[:2], lines):
            opening = compared(make, folder, state=S.PUBLISHED, published_at=opening_day(), costs=costs)
            address = f"/openings/{opening.id}"
            client.get(address)
            statements.clear()
            client.get(address)
            counted.append(len(statements))
        assert counted[0] == counted[1]


def fields_of(form: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    found: dict[str, Any] = {}
    for element in form.iter():
        name, tag = element.get("name"), element.tag.rpartition("}")[2]
        if not name or name in ("csrf_token", "action"):
            continue
        if tag == "select":
            chosen = [o for o in element if o.get("selected") is not None] or list(element)[:1]
            found[name] = chosen[0].get("value", "")
        elif tag == "textarea":
            found[name] = "".join(element.itertext())
        elif element.get("type") == "checkbox":
            if element.get("checked") is not None:
                found[name] = "y"
        elif tag == "input":
            found[name] = element.get("value", "")
    return found


class TestDaysAndWords:
    def test_nobody_is_promised_a_departure_that_has_gone_by(
        self, as_role: Any, author: Any, sender: Any, make: Any
    ) -> None:
        opening = stated(make, author, organisation=sender, state=S.DRAFT)
        client = as_role("sender", author)
        page = client.post(path(opening, "terms/work"), {"planned_departure": "01/01/2020"}, status=422)
        assert "Ngày dự kiến xuất cảnh đã qua" in page.text and 'value="01/01/2020"' in page.html

    def test_who_submits_what_breaks_a_rule_is_told_so(
        self, as_role: Any, author: Any, sender: Any, make: Any
    ) -> None:
        opening = stated(make, author, organisation=sender, state=S.DRAFT, service_fee_months=9)
        page = as_role("sender", author).follow(path(opening, "step/submit"), {})
        assert "Đã gửi duyệt." in page.text and "điều trái quy định: phải sửa" in page.text
        lawful = stated(make, author, organisation=sender, state=S.DRAFT)
        page = as_role("sender", author).follow(path(lawful, "step/submit"), {})
        assert "Đã gửi duyệt." in page.text and "điều trái quy định: phải sửa" not in page.text

    def test_meals_are_counted_with_their_word(self, client: Any, make: Any, folder: Any) -> None:
        opening = compared(make, folder, state=S.PUBLISHED, published_at=opening_day())
        opening.overseas.meals = "Cơm trưa"
        db.session.commit()
        assert "bữa. Cơm trưa" in client.get(f"/openings/{opening.id}").text

    def test_both_papers_are_compared_with_one_press(self, as_role: Any, make: Any, folder: Any) -> None:
        opening = with_papers(stated(make, make.account("adviser")), make.account("adviser"), folder)
        page = as_role("moderator").get(path(opening, "moderate"))
        assert len(page.all("form.compare")) == 1
        assert page.texts("button").count("Ghi các mục đã đánh dấu") == 1
