"""The letter: its facts, its one page, what is and is not on it."""

import datetime as dt
import json

import pytest
import typst

from portal.files.typesetting import shortened
from portal.openings.states import Sphere
from portal.referrals import operations as ops
from portal.referrals.letter_pdf import LONGEST, TEMPLATE, letter_data, qr_svg, render
from portal.workers.identity import give_national_id, read_national_id
from portal.workers.models import WorkExperience
from tests.factories import NOW


def text_of(data):
    """What typst prints, page by page, as the SVG of each page knows it."""
    pages = typst.compile(
        TEMPLATE.read_bytes(),
        format="svg",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
    )
    return pages if isinstance(pages, list) else [pages]


def test_the_facts_are_those_of_the_form(stages, make):
    worker = make.worker(
        "Nguyễn Thị Mỹ Xuyên",
        address_line="Ấp Vĩnh Lộc",
        certificates=(("jlpt", "N4"),),
        field_of_study="Điện",
    )
    worker.experiences = [
        WorkExperience(title="Công nhân may", workplace="Công ty A", from_year=2018, to_year=2021, months=38)
    ]
    opening = make.opening("Công nhân chế biến", address_line="Khu công nghiệp Bình Hòa", expires_on=None)
    letter = stages.referred(worker, opening).letters[0]
    facts = letter.facts
    assert facts["unit"] == opening.organisation.name
    assert facts["unit_contact"] == "Chị Lan, 0296 300 0001"
    assert facts["position"] == "Công nhân chế biến"
    assert facts["residence"] == "Ấp Vĩnh Lộc, phường Long Xuyên, tỉnh An Giang"
    assert facts["born"] == "17/05/1998" and facts["sex"] == "Nữ"
    assert facts["schooling"] == "Trung học phổ thông"
    assert "Điện" in facts["technical"] and "N4" in facts["technical"]
    assert facts["previous"] == "Công nhân may, Công ty A (3 năm 2 tháng)"
    assert facts["issuer"] == "Lê Thị Ngọc Hân"
    assert letter.valid_to - letter.issued_on == dt.timedelta(days=15)


def test_the_facts_stay_as_printed_when_the_profile_changes(stages, make, session):
    letter = stages.referred(make.worker("Tên Cũ")).letters[0]
    letter.referral.worker.full_name = "Tên Mới"
    session.commit()
    assert letter_data(letter)["name"] == "Tên Cũ"


def test_the_id_number_is_not_kept_with_the_facts(stages, make, session):
    worker = make.worker()
    give_national_id(worker, "089198001234", actor=stages.adviser, now=NOW)
    letter = stages.referred(worker).letters[0]
    assert "089198001234" not in str(letter.facts)
    number = read_national_id(worker, actor=stages.adviser, now=NOW)
    assert letter_data(letter, number)["national_id"] == "089198001234"


def longest_data(letter):
    words = "Nguyễn Thưởng "
    facts = {name: (words * 20)[:length] for name, length in LONGEST.items()}
    return {**letter_data(letter, "089198001234"), **facts, "dense": True}


@pytest.mark.parametrize("kind", ["usual", "longest", "bare"])
def test_it_is_always_one_page(stages, make, kind):
    letter = stages.referred(make.worker()).letters[0]
    data = letter_data(letter)
    if kind == "longest":
        data = longest_data(letter)
    elif kind == "bare":
        data.update(
            unit_address="", unit_contact="", technical="", previous="", phone="", schooling="", sex=""
        )
    assert len(text_of(data)) == 1
    assert render(data).startswith(b"%PDF")


def test_what_people_typed_is_printed_and_never_run(stages, make):
    letter = stages.referred(make.worker('#panic("x") *đậm* $x$ [ \\ "')).letters[0]
    assert render(letter_data(letter)).startswith(b"%PDF")


@pytest.mark.parametrize("sign", ["😀", "中文會社", "\uf8ff", "\x07"])
def test_a_sign_that_the_font_lacks_does_not_keep_the_letter_from_anybody(stages, make, sign):
    letter = stages.referred(make.worker(f"Nguyễn Thị Mai {sign}")).letters[0]
    assert render(letter_data(letter)).startswith(b"%PDF")


def test_long_texts_end_at_a_word():
    assert shortened("một hai ba bốn", 10) == "một hai…"
    assert shortened("ngắn", 10) == "ngắn"
    assert shortened("gì cũng được", None) == "gì cũng được"


def test_the_watermark_is_there_in_demo_mode_only(app, stages, make, monkeypatch):
    letter = stages.referred().letters[0]
    assert letter_data(letter)["trial"] is True
    monkeypatch.setitem(app.config, "DEMO", False)
    assert letter_data(letter)["trial"] is False


def test_the_code_leads_to_our_address(app, stages):
    letter = stages.referred().letters[0]
    data = letter_data(letter)
    assert data["verify_address"] == "127.0.0.1:8000/verify"
    assert data["qr"] == qr_svg(f"http://127.0.0.1:8000/verify?code={letter.code}")


def test_the_letter_says_nothing_about_benefits():
    """The rule on refusals is not verified: no word of it on a paper of ours."""
    assert "trợ cấp" not in TEMPLATE.read_text(encoding="utf-8")


def test_an_overseas_opening_names_the_country(stages, make):
    worker = make.worker(countries=("JP",))
    opening = make.opening("Hộ lý", sphere=Sphere.OVERSEAS, country="JP", commune_code=None, expires_on=None)
    letter = ops.issue_letter(stages.agreed(worker, opening), **stages.by()).letters[0]
    assert letter.facts["workplace"] == "Nhật Bản"
