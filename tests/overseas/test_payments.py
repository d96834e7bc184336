"""“Tôi đã trả”: noted, put right, shown to the sender only by a switch; an excess is one owned incident."""

import datetime as dt
from typing import Any

import pytest

from portal.common.clock import now, today
from portal.overseas.abroad.incident_acts import close
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.cases.operations import Aim, open_case
from portal.overseas.costs.payments_models import CostExcess, CostPayment, PaymentChange
from portal.overseas.costs.states import PaidFor
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState, IncidentKind, IncidentOutcome, IncidentState, Severity
from tests.overseas.conftest import PNG, paid, photo
from tests.overseas.payment_rows import all_of, only

LIST = "/me/payments"


@pytest.fixture
def mai(person: Any, as_role: Any, make: Any) -> Any:
    """A worker at a browser, an adviser in the house."""
    make.account("adviser", display_name="Phạm Thị Thu Hà")
    mai = person()
    mai.client = as_role("seeker", mai.account)
    return mai


def test_a_sum_is_noted_with_whom_when_and_the_receipt(mai, abroad, session) -> None:
    opening = abroad()
    data = paid(opening, amount="30 triệu", no_receipt="", receipt=photo())
    page = mai.client.follow(f"{LIST}/new", data, content_type="multipart/form-data")
    assert "Anh Hùng, công ty Sông Hậu" in page.text and "hình biên nhận" in page.text
    row = only(session)
    assert (row.amount_vnd, row.kind, row.paid_on) == (30_000_000, PaidFor.SERVICE_FEE, today())
    assert (row.opening_id, row.worker_id, row.no_receipt) == (opening.id, mai.worker.id, False)
    picture = mai.client.get(f"/payments/{row.id}/receipt")
    assert picture.mimetype == "image/png" and picture.headers["Cache-Control"] == "no-store"


def test_where_a_picture_was_taken_is_not_kept(mai, session) -> None:
    assert b"Chau Doc" in PNG
    data = paid(no_receipt="", receipt=photo())
    mai.client.post(f"{LIST}/new", data, content_type="multipart/form-data")
    kept = mai.client.get(f"/payments/{only(session).id}/receipt").data
    assert b"Chau Doc" not in kept and kept.startswith(b"\x89PNG") and kept.endswith(b"IEND\xaeB`\x82")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amount": ""}, "Hãy ghi số tiền bạn đã trả"),
        ({"amount": "0"}, "Hãy ghi số tiền bạn đã trả"),
        ({"amount": "nhiều lắm"}, "ví dụ 8.000.000"),
        ({"paid_to": " "}, "Hãy ghi bạn đã đưa tiền cho ai"),
        ({"paid_on": "01/01/2199"}, "không thể ở sau hôm nay"),
        ({"paid_on": "01/01/1999"}, "Hãy xem lại năm"),
        ({"kind": ""}, "Hãy chọn khoản đã trả"),
        ({"kind": "bribe"}, "Hãy chọn"),
        ({"opening": 999999}, "Hãy chọn"),
        ({"no_receipt": ""}, "hoặc đánh dấu “Không có biên nhận”"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_place_and_nothing_is_lost(mai, session, given, said) -> None:
    page = mai.client.post(f"{LIST}/new", {**paid(note="đưa ở quán cà phê"), **given}, status=422)
    assert said in page.text and page.all("div.error-summary")
    assert 'value="đưa ở quán cà phê"' in page.html
    assert all_of(session, CostPayment) == []


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nxx", b"\xff\xd8\xff\xe1\xff", b"<svg/>"]
)
def test_what_is_no_picture_is_refused_with_a_sentence(mai, session, content) -> None:
    data = paid(no_receipt="", receipt=photo(content))
    page = mai.client.post(f"{LIST}/new", data, status=422, content_type="multipart/form-data")
    assert page.all("div.error-summary") and all_of(session, CostPayment) == []


def test_a_correction_keeps_what_was_said_before(mai, abroad, session) -> None:
    opening = abroad()
    mai.client.post(f"{LIST}/new", paid(opening, amount="30 triệu"))
    row = only(session)
    page = mai.client.follow(f"{LIST}/{row.id}", paid(opening, amount="35 triệu"))
    assert "Đã sửa 1 lần" in page.text and "trước đó ghi 30.000.000" in page.text
    assert only(session).amount_vnd == 35_000_000
    assert only(session, PaymentChange).amount_vnd == 30_000_000
    # The same once more changes nothing.
    mai.client.post(f"{LIST}/{row.id}", paid(opening, amount="35 triệu"))
    assert len(all_of(session, PaymentChange)) == 1


def test_an_opening_that_is_not_public_cannot_be_chosen(mai, abroad, make, session) -> None:
    public, hidden = abroad("Hàn thép"), abroad("Tin nháp")
    hidden.state, hidden.published_at = "draft", None
    session.commit()
    assert "Hàn thép" in mai.client.get(f"{LIST}/new?opening={public.id}").text
    assert "Tin nháp" not in mai.client.get(f"{LIST}/new?opening={hidden.id}").text
    mai.client.post(f"{LIST}/new", paid(hidden), status=422)


def test_a_receipt_stays_until_it_is_taken_out(mai, session) -> None:
    data = paid(no_receipt="", receipt=photo())
    mai.client.post(f"{LIST}/new", data, content_type="multipart/form-data")
    row = only(session)
    mai.client.post(f"{LIST}/{row.id}", paid(no_receipt="", amount="1 triệu"))
    assert only(session).receipt_id is not None
    mai.client.post(f"{LIST}/{row.id}", paid(amount="1 triệu"))
    assert only(session).receipt_id is None and only(session).no_receipt


def test_what_was_noted_by_mistake_counts_no_more_and_is_not_forgotten(mai, abroad, session) -> None:
    opening = abroad()
    mai.client.post(f"{LIST}/new", paid(opening, amount="30 triệu"))
    page = mai.client.follow(f"{LIST}/{only(session).id}/remove")
    assert "1 khoản đã bỏ ra" in page.text and "Cộng:" not in page.text
    assert only(session).removed_at is not None
    mai.client.get(f"{LIST}/{only(session).id}", status=404)


def test_the_list_compares_with_sheet_and_law(mai, abroad) -> None:
    opening = abroad()
    mai.client.post(f"{LIST}/new", paid(opening, amount="60 triệu"))
    mai.client.post(f"{LIST}/new", paid(opening, kind="health", amount="1 triệu"))
    mai.client.post(f"{LIST}/new", paid(opening, kind="insurance", amount="2 triệu"))
    page = mai.client.get(LIST)
    assert "đúng như tin ghi" in page.text and "cao hơn tin ghi" in page.text
    assert "tin không ghi khoản này" in page.text
    assert "tin ghi 60.000.000 ₫ · tối đa 76.500.000 ₫" in page.text.replace("\xa0", " ")
    # 63 of 25,5 million.
    assert "bằng 2,5 tháng lương" in page.text


def test_an_excess_is_one_incident_with_an_owner(mai, abroad, session, make) -> None:
    opening = abroad()
    mai.client.post(f"{LIST}/new", paid(opening, amount="50 triệu"))
    assert all_of(session, Incident) == []
    page = mai.client.follow(f"{LIST}/new", paid(opening, amount="30 triệu"))
    assert "Có khoản bị thu sai." in page.text and "cao hơn mức tối đa 3.500.000" in page.text
    incident = only(session, Incident)
    assert (incident.kind, incident.severity) == (IncidentKind.OVERCHARGED, Severity.SERIOUS)
    assert incident.worker_id == mai.worker.id and incident.opening_id == opening.id
    assert incident.organisation_id == opening.organisation_id and incident.owner_id is not None
    assert "Luật 69/2020" in incident.text and "76.500.000" in incident.text
    # Once: more of the same grows the sum, not the number of incidents.
    mai.client.post(f"{LIST}/new", paid(opening, amount="1 triệu"))
    assert len(all_of(session, Incident)) == 1
    assert only(session, CostExcess).excess_vnd == 4_500_000


def test_a_correction_can_take_the_excess_back_and_the_incident_stays_for_its_owner(
    mai, abroad, session
) -> None:
    opening = abroad()
    mai.client.post(f"{LIST}/new", paid(opening))
    mai.client.post(f"{LIST}/{only(session).id}", paid(opening, amount="8 triệu"))
    excess = only(session, CostExcess)
    assert excess.excess_vnd == 0 and excess.incident.state is IncidentState.OPEN


def test_after_it_was_closed_only_a_larger_excess_is_told_again(mai, abroad, session, make) -> None:
    opening = abroad()
    mai.client.post(f"{LIST}/new", paid(opening, amount="80 triệu"))
    leader, excess = make.account("leader"), only(session, CostExcess)
    incident = excess.incident
    close(incident, IncidentOutcome.SOLVED, "Công ty đã trả lại.", actor=leader, now=now())
    session.commit()
    row = only(session)
    mai.client.post(f"{LIST}/{row.id}", paid(opening, amount="79 triệu"))
    assert len(all_of(session, Incident)) == 1
    mai.client.post(f"{LIST}/{row.id}", paid(opening, amount="90 triệu"))
    assert len(all_of(session, Incident)) == 2
    assert only(session, CostExcess).incident_id != incident.id


@pytest.mark.parametrize("kind", ["brokerage", "selection"])
def test_what_nobody_may_ever_take_is_told_also_without_an_opening(mai, session, kind) -> None:
    mai.client.post(f"{LIST}/new", paid(kind=kind, amount="1 triệu"))
    incident = only(session, Incident)
    assert (incident.severity, incident.opening_id) == (Severity.SERIOUS, None)


def test_a_limit_that_nobody_verified_is_looked_at_with_less_hurry(mai, abroad, session) -> None:
    """No deposit in Japan: stored as unverified."""
    mai.client.post(f"{LIST}/new", paid(abroad(), kind="deposit", amount="10 triệu"))
    incident = only(session, Incident)
    assert incident.severity is Severity.NORMAL and "chưa kiểm chứng" in incident.text


def test_a_fee_before_the_contract_is_too_early_however_small(mai, abroad, session) -> None:
    opening = abroad()
    case = OverseasCase(
        worker_id=mai.worker.id, opening_id=opening.id, state=CaseState.SELECTED, opened_at=now(),
        updated_at=now(),
    )  # fmt: skip
    session.add(case)
    session.commit()
    page = mai.client.follow(f"{LIST}/new", paid(opening, amount="5 triệu"))
    assert "thu trước lúc luật cho phép" in page.text
    assert only(session, Incident).case_id == case.id


def test_after_the_contract_was_signed_it_is_not_too_early(mai, abroad, session) -> None:
    opening = abroad()
    session.add(
        OverseasCase(
            worker_id=mai.worker.id, opening_id=opening.id, state=CaseState.SELECTED, opened_at=now(),
            updated_at=now(), contract_signed_on=today(), selected_on=today(), depart_by=today(),
        )
    )  # fmt: skip
    session.commit()
    mai.client.post(f"{LIST}/new", paid(opening, amount="5 triệu"))
    assert all_of(session, Incident) == []


def test_what_was_paid_before_the_contract_stays_too_early_after_it_was_signed(mai, abroad, session) -> None:
    opening, signed = abroad(), today() - dt.timedelta(days=10)
    session.add(
        OverseasCase(
            worker_id=mai.worker.id, opening_id=opening.id, state=CaseState.SELECTED, opened_at=now(),
            updated_at=now(), contract_signed_on=signed, selected_on=signed, depart_by=today(),
        )
    )  # fmt: skip
    session.commit()
    before = (signed - dt.timedelta(days=1)).strftime("%d/%m/%Y")
    mai.client.post(f"{LIST}/new", paid(opening, amount="4 triệu"))
    assert all_of(session, Incident) == []
    page = mai.client.follow(f"{LIST}/new", paid(opening, amount="5 triệu", paid_on=before))
    assert "thu trước lúc luật cho phép" in page.text
    assert "5.000.000" in only(session, Incident).text and only(session, CostExcess).excess_vnd == 5_000_000


def test_a_case_opened_afterwards_tells_what_was_paid_too_early(mai, abroad, make, session) -> None:
    """The page says that an adviser was told: then somebody was."""
    opening, adviser = abroad(), make.account("adviser")
    mai.client.post(f"{LIST}/new", paid(opening, amount="5 triệu"))
    assert all_of(session, Incident) == []
    open_case(mai.worker, Aim(opening=opening), actor=adviser, now=now())
    session.commit()
    assert only(session, Incident).case_id == only(session, OverseasCase).id
    assert "Tư vấn viên đã được báo" in mai.client.get(LIST).text


def test_who_was_not_told_is_not_said_to_have_been(mai, abroad, session) -> None:
    """A row that came by another way than the form: a merge, an old rule that changed."""
    opening = abroad()
    session.add(
        CostPayment(
            worker_id=mai.worker.id, opening_id=opening.id, kind=PaidFor.SERVICE_FEE, amount_vnd=90_000_000,
            paid_to="A", paid_on=today(), no_receipt=True, created_at=now(), created_by_id=mai.account.id,
        )
    )  # fmt: skip
    session.commit()
    page = mai.client.get(LIST).text
    assert "Có khoản bị thu sai" in page and "Tư vấn viên đã được báo" not in page and "Hãy gọi" in page


def test_without_a_known_limit_nothing_is_held_against_anybody(mai, abroad, session) -> None:
    """No rate, no wage in đồng, no ceiling: unknown stays unknown."""
    opening = abroad(fx_rate=None, fx_date=None)
    page = mai.client.follow(f"{LIST}/new", paid(opening, amount="900 triệu"))
    assert "chưa biết mức tối đa" in page.text and all_of(session, Incident) == []
