"""/verify tells whether a letter is genuine, and never whom it is about."""

import datetime as dt

from portal.common.clock import now
from portal.common.secrets import spaced_code
from portal.openings.states import OpeningState, Sphere
from portal.organisations.states import LicenceStatus
from portal.referrals import operations as ops
from portal.referrals.verifying import initials


def test_a_genuine_letter_shows_the_opening_and_initials_only(client, stages, make):
    worker = make.worker("Nguyễn Thị Mỹ Duyên")
    letter = stages.referred(worker).letters[0]
    for typed in (letter.code, spaced_code(letter.code), f" {letter.code.lower()} "):
        page = client.get("/verify", query_string={"code": typed})
        assert "Giấy thật, còn giá trị đến hết ngày" in page.text
        assert "Công nhân may" in page.text and "N. T. M. D." in page.text
        assert "Duyên" not in page.html and worker.phone not in page.html and letter.number not in page.html


def test_an_expired_letter_says_so_and_no_more(client, stages, session):
    letter = stages.referred().letters[0]
    letter.valid_to -= dt.timedelta(days=60)
    session.commit()
    page = client.get(f"/verify?code={letter.code}")
    assert "đã hết hạn" in page.text and "Công nhân may" not in page.text


def test_a_withdrawn_letter_is_void(client, stages, session):
    referral = stages.referred()
    letter = referral.letters[0]
    ops.issue_letter(referral, actor=stages.adviser, now=now() + dt.timedelta(minutes=5))
    session.commit()
    page = client.get(f"/verify?code={letter.code}")
    assert "không còn giá trị" in page.text and "Công nhân may" not in page.text


def test_an_unknown_code_is_no_letter(client):
    assert "Không có giấy nào" in client.get("/verify?code=ZZZZ").text
    assert "Không có giấy nào" in client.get("/verify", query_string={"code": "x" * 5000}).text


def test_without_a_code_the_page_asks_for_one(client):
    for address in ("/verify", "/verify?code=", "/verify?code=%20-%20"):
        page = client.get(address)
        assert "Nhập mã in ở cuối giấy" in page.text


def test_initials_of_names():
    assert initials("Nguyễn Thị Mai") == "N. T. M."
    assert initials("  Đặng  Văn ") == "Đ. V."


def overseas(make, **given):
    return make.opening("Hàn thép", sphere=Sphere.OVERSEAS, country="JP", **{"expires_on": None, **given})


def test_the_code_of_an_opening_tells_that_it_is_ours(client, make):
    opening = overseas(make)
    assert spaced_code(opening.public_code) in client.get(f"/openings/{opening.id}").text
    for typed in (opening.public_code, spaced_code(opening.public_code).lower()):
        page = client.get("/verify", query_string={"code": typed})
        assert "Tin thật, Trung tâm đã duyệt, đang tuyển." in page.text
        assert "Hàn thép" in page.text and opening.organisation.name in page.text


def test_an_opening_that_ended_says_so_and_a_draft_is_none(client, make):
    ended = overseas(make, state=OpeningState.CLOSED)
    draft = overseas(make, state=OpeningState.DRAFT, published_at=None)
    assert "không còn nhận người" in client.get(f"/verify?code={ended.public_code}").text
    page = client.get(f"/verify?code={draft.public_code}")
    assert "Không có giấy nào" in page.text and "Hàn thép" not in page.text


def test_a_sender_is_found_by_code_licence_and_tax_number(client, make):
    sender = make.organisation(
        "sender", name="Sông Hậu", licence_number="88/LĐTBXH-GP", tax_code="0100233488"
    )
    for typed in (sender.public_code, "88/lđtbxh-gp", "88 LĐTBXH GP", "0100233488"):
        page = client.get("/verify", query_string={"code": typed})
        assert "Sông Hậu: Giấy phép còn hiệu lực." in page.text, typed
        assert f"/senders/{sender.id}" in page.links()


def test_a_sender_without_a_valid_licence_is_no_good_news(client, make):
    revoked = make.organisation("sender", licence_status=LicenceStatus.REVOKED)
    unseen = make.organisation("sender", licence_status=LicenceStatus.UNKNOWN)
    assert client.get(f"/verify?code={revoked.public_code}").all("div.stop")
    page = client.get(f"/verify?code={unseen.public_code}")
    assert not page.all("div.good") and "chưa kiểm tra" in page.text
    employer = make.organisation("employer")
    assert "Không có giấy nào" in client.get(f"/verify?code={employer.public_code}").text


def test_guessing_codes_is_counted(client, make, app):
    overseas(make)
    for _turn in range(app.config["SIGN_IN_TRIES_BY_ADDRESS"]):
        client.get("/verify?code=ABCDEFGHJKMNP")
    client.get("/verify?code=ABCDEFGHJKMNP", status=429)


def test_the_name_of_a_company_is_no_forgery(client, make):
    make.organisation("sender", name="Công ty Sao Mai Xanh")
    page = client.get("/verify", query_string={"code": "sao mai"})
    assert "có thể là giả" not in page.text and "không tìm theo tên" in page.text
    (link,) = [one for one in page.links() if one.startswith("/senders?q=")]
    assert "Công ty Sao Mai Xanh" in client.get(link).text
    assert "có thể là giả" in client.get("/verify", query_string={"code": "ABCD-2345"}).text
