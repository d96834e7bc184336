"""Openings at the desk: steps, checking before publishing, lists that are uploaded."""

import datetime as dt
import io
import threading

import pytest

from portal.openings import writing
from portal.openings.models import ImportBatch, Opening, OpeningFinding
from portal.openings.operations import take_position
from portal.openings.states import FindingState
from portal.openings.states import OpeningState as S
from portal.web.transactions import write_transaction
from tests.factories import NOW
from tests.openings.test_form import FILLED
from tests.openings.test_import import HEADER, ROW, sheet_of


class TestTheDesk:
    def test_filters_and_shows_where_each_opening_stands(self, as_role, make):
        make.opening("Thợ may", state=S.SUBMITTED, search_text="tho may")
        make.opening("Thợ hồ", search_text="tho ho")
        client = as_role("moderator")
        text = client.get("/desk/openings", query_string={"state": "submitted"}).text
        assert "Thợ may" in text and "Thợ hồ" not in text
        assert "Chưa có tin nào" in client.get("/desk/openings", query_string={"q": "phi công"}).text

    def test_an_adviser_sees_what_is_open_before_what_was_closed_later(self, as_role, make):
        make.opening("Thợ may", updated_at=NOW, search_text="tho may")
        make.opening("Thợ hồ", state=S.CLOSED, updated_at=NOW + dt.timedelta(days=1), search_text="tho ho")
        client = as_role("adviser")
        html = client.get("/desk/openings").html
        assert html.index("Thợ may") < html.index("Thợ hồ")
        html = client.get("/desk/openings", query_string={"q": "tho"}).html
        assert html.index("Thợ hồ") < html.index("Thợ may")

    def test_closing_asks_for_the_reason_and_reopening_makes_a_draft(self, session, as_role, make):
        opening, client = make.opening(), as_role("adviser")
        client.get(f"/desk/openings/{opening.id}/close")
        client.follow(f"/desk/openings/{opening.id}/step/close", {"reason": "Ngừng tuyển."})
        page = client.follow(f"/desk/openings/{opening.id}/step/reopen")
        assert "Ngừng tuyển." in page.text
        assert session.get(Opening, opening.id).state == S.DRAFT
        client.post(f"/desk/openings/{opening.id}/step/nonsense", status=404)


class TestAtTheSameTime:
    def test_an_edit_does_not_undo_a_hire_made_meanwhile(self, app, session, as_role, make, monkeypatch):
        opening = make.opening(positions=5, positions_left=5)
        client, opening_id, threads = as_role("adviser"), opening.id, []

        def hire():
            with app.app_context():
                with write_transaction():
                    take_position(session.get_one(Opening, opening_id), actor=None, now=NOW)
                session.remove()

        def change_while_somebody_hires(*given, **named):
            threads.append(threading.Thread(target=hire))
            threads[0].start()
            threads[0].join(1)
            return change(*given, **named)

        change = writing.change
        monkeypatch.setattr(writing, "change", change_while_somebody_hires)
        url = f"/desk/openings/{opening_id}/edit"
        client.post(url, {**FILLED, "positions": "6", "action": "save"}, to=f"/desk/openings/{opening_id}")
        threads[0].join(20)
        session.expire_all()
        kept = session.get_one(Opening, opening_id)
        assert (kept.title, kept.positions_left) == (FILLED["title"], 5)


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
        assert "Còn 1 câu chờ người duyệt xem" in response.text

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
