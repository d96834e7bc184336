"""/verify tells whether a letter is genuine, and never whom it is about."""

import datetime as dt

from portal.common.clock import now
from portal.referrals import operations as ops
from portal.referrals.letter_pdf import spaced_code
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
