"""What the screen for fraud holds and what it lets pass: whole openings, then sentence by sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.openings.fraud import LONGEST, OpeningFacts, signs_of_fraud
from portal.openings.fraud_patterns import WHY
from portal.openings.usual_wages import Usual, wages_in
from tests.openings.judged_openings import FRAUDULENT, HONEST

# What kitchen work usually pays is 7 million; an engineer's bar is higher.
BARS = {"9411": Usual(21_000_000, "mức thường gặp 7.000.000 đồng"), "2512": Usual(75_000_000, "")}


def judged(said):
    facts = OpeningFacts(
        can_be_found=not said.get("unfindable"),
        contact_phone="0901234567",
        wage_month=said.get("wage_min"),
        wage_written=str(said.get("wage_min")),
        usual=BARS.get(said.get("occupation_code")),
    )
    return signs_of_fraud(f"{said['title']}\n{said['text']}", facts)


@pytest.mark.parametrize(("name", "rules", "said"), FRAUDULENT, ids=[row[0] for row in FRAUDULENT])
def test_a_fraudulent_opening_is_held_with_its_sentence(name, rules, said):
    found = judged(said)
    assert {finding.rule for finding in found} == rules
    for finding in found:
        assert finding.excerpt in finding.sentence and finding.source and WHY[finding.rule]
        shown = finding.rule == "fraud_wage" or finding.sentence in f"{said['title']}\n{said['text']}"
        assert shown, finding


@pytest.mark.parametrize(("name", "said"), HONEST, ids=[row[0] for row in HONEST])
def test_an_honest_opening_passes(name, said):
    assert judged(said) == []


HELD = [
    ("fraud_money", "Ứng viên đóng 500.000 đồng tiền hồ sơ."),
    ("fraud_money", "Phí giữ chỗ 200k."),
    ("fraud_money", "Mua bộ sản phẩm 1.200.000đ trước khi được nhận việc."),
    ("fraud_easy", "Đầu tư gói khởi nghiệp 3 triệu, mỗi ngày nhận 500k."),
    ("fraud_money", "Đặt cọk 300k giữ suất."),
    ("fraud_money", "đ ặ t c ọ c 200k"),
    ("fraud_money", "Đ-ặ-t c-ọ-c trước 1 triệu"),
    ("fraud_money", "Nộp tiền thế chân 2 triệu khi vào làm."),
    ("fraud_money", "Nghỉ ngang mất cọc."),
    ("fraud_money", "Không cần kinh nghiệm, chỉ cần đóng phí hồ sơ 200k."),
    ("fraud_money", "Không cần kinh nghiệm chỉ cần đóng phí hồ sơ 200k."),
    ("fraud_money", "Chuyển khoản 100.000đ vào Vietcombank 0071001234567 để được xếp lịch."),
    ("fraud_money", "Muốn đi làm phải đóng trước 300 nghìn."),
    ("fraud_money", "Đồng phục: 250.000đ, thẻ 50.000đ."),
    ("fraud_money", "Số tài khoản: 0123 456 789 012"),
    ("fraud_money", "Momo 0901234567"),
    ("fraud_money", "Ban dat coc 300k giu cho nhe"),
    ("fraud_money", "Bạn dat coc 300k nhé"),
    ("fraud_money", "Công ty uy tín, không lừa đảo, đóng phí hồ sơ 200k."),
    ("fraud_money", "Thanh toán đơn hàng trước, hoàn vốn kèm hoa hồng 20%."),
    ("fraud_money", "Cảnh giác lừa đảo, bên em chỉ thu phí hồ sơ 200k."),
    ("fraud_money", "Ai đòi phí là lừa đảo, ở đây chỉ đặt cọc 200k."),
    ("fraud_contact", "Chỉ nhận hồ sơ qua Zalo."),
    ("fraud_contact", "Kết bạn Telegram để nhận việc."),
    ("fraud_contact", "Telegram: @tuyendung88"),
    ("fraud_easy", "VIỆC NHẸ - LƯƠNG CAO"),
    ("fraud_easy", "Việc nhẹ nhàng mà lương lại cao"),
    ("fraud_easy", "Ngồi nhà cũng có tiền."),
    ("fraud_easy", "Like TikTok kiếm tiền mỗi ngày."),
    ("fraud_border", "Địa điểm làm việc: Campuchia."),
    ("fraud_border", "Sang Cam-pu-chia làm trực điện thoại."),
    ("fraud_border", "Xuất khẩu lao động sang Campuchia."),
    ("fraud_border", "Nơi làm: bên kia biên giới, có người đón."),
    ("fraud_border", "Làm tại Svay Rieng."),
    ("fraud_border", "Phục vụ sòng bạc."),
    ("fraud_border", "Chăm sóc khách hàng game bài, cá cược."),
    ("fraud_border", "Không cần hộ chiếu, có người dẫn đi."),
    ("fraud_border", "Lam viec tai song bac."),
    ("fraud_hidden_abroad", "Hộ lý chăm sóc người cao tuổi tại Nhật Bản"),
    ("fraud_hidden_abroad", "Đi Nhật Bản làm hộ lý, bay trong tháng này."),
    ("fraud_hidden_abroad", "Nơi làm việc: Hàn Quốc."),
    ("fraud_hidden_abroad", "Cần 10 nam sang Đài Loan làm xây dựng."),
    ("fraud_hidden_abroad", "Tuyển lao động đi Ba Lan, lương 30 triệu."),
    ("fraud_hidden_abroad", "Đăng ký XKLĐ tại phường."),
    ("fraud_hidden_abroad", "Bao visa du lịch, qua tới nơi có việc."),
    ("fraud_hidden_abroad", "Thực tập sinh Nhật Bản đóng gói cơm hộp."),
    ("fraud_hidden_abroad", "Di xuat khau lao dong gap chi Lan."),
]

PASSES = [
    "Lễ tân khách sạn: nhận đặt phòng, giữ chỗ cho khách, thu tiền cọc phòng.",
    "Công ty ở cửa khẩu Hà Tiên tuyển nhân viên làm thủ tục hải quan hàng đi Campuchia.",
    "Không thu bất kỳ khoản phí nào của người lao động.",
    "Không cọc, không phí, không giữ bằng.",
    "Ứng tuyển hoàn toàn miễn phí.",
    "Phí hồ sơ: 0 đồng.",
    "Khong thu phi ho so.",
    "Công ty trả phí đào tạo và tiền đồng phục.",
    "Được công ty hỗ trợ chi phí khám sức khỏe.",
    "Được cấp đồng phục, bảo hộ lao động.",
    "Nộp hồ sơ tại phòng nhân sự trước ngày 30.",
    "Gửi hồ sơ qua thư điện tử, phỏng vấn trong tuần.",
    "Lương chuyển khoản ngày 5 hằng tháng qua Vietcombank.",
    "Có tài khoản ngân hàng để nhận lương.",
    "Lập hợp đồng đặt cọc mua bán căn hộ với khách hàng.",
    "Thu cọc của khách thuê xe.",
    "Theo dõi công nợ, tiền cọc của nhà cung cấp.",
    "Nhân viên trạm thu phí.",
    "Thu ngân, kiểm tiền cuối ca.",
    "Kế toán thuế, làm hồ sơ vay 200 triệu cho khách.",
    "Đóng cọc bê tông, lái máy ép cọc.",
    "Nạp tiền ATM theo tuyến.",
    "Công ty đóng bảo hiểm xã hội từ tháng thứ hai.",
    "Đóng gói 300 thùng mỗi ngày.",
    "Việc nhẹ, không phải mang vác.",
    "Lương cao, thưởng quý.",
    "Công việc nhẹ nhàng, nghỉ chủ nhật.",
    "Nhân viên trực trang, chốt đơn, hưởng hoa hồng.",
    "Liên hệ Zalo 0901 234 567 gặp chị Lan.",
    "Tư vấn khách qua Zalo, Facebook.",
    "Không nhận hồ sơ qua Zalo.",
    "Kho gần cửa khẩu Tịnh Biên, An Giang.",
    "Làm ở khu vực biên giới Tịnh Biên.",
    "Bán hàng cho khách Campuchia.",
    "Thị trường Lào, Campuchia, Myanmar.",
    "Lái xe tải chở hàng xuất đi Campuchia.",
    "Biên giới Việt Nam - Campuchia cách 5 km.",
    "Phục vụ quán hủ tiếu Nam Vang.",
    "Khách sạn đối diện casino.",
    "Nội quy: cấm cờ bạc, cá độ.",
    "Hỗ trợ hộ chiếu cho chuyên gia.",
    "Cảnh giác với lời rủ sang Campuchia làm việc.",
    "Mọi yêu cầu chuyển khoản tiền giữ chỗ đều là giả mạo.",
    "Hotline 1900 1234, nhánh 3.",
    "Công ty có trụ sở tại Nhật Bản, nhà máy ở KCN Bình Hòa.",
    "Đóng gói cá tra đi Nhật, Hàn Quốc và châu Âu.",
    "Chuyên viên tư vấn xuất khẩu lao động, làm tại Long Xuyên.",
    "Giáo viên tiếng Nhật dạy thực tập sinh tại trung tâm.",
    "Kỹ sư cầu nối (BrSE tiếng Nhật).",
    "Phục vụ nhà hàng Nhật, quán món Hàn Quốc.",
    "Bán hàng tại Mỹ Tho, Mỹ Thới và Đức Huệ.",
    "Thưởng tour du lịch Hàn Quốc cho nhân viên giỏi.",
    "Ưu tiên lao động đã về nước từ Nhật Bản.",
    "Làm việc với khách hàng ở Úc qua thư điện tử.",
    "Không tuyển đi nước ngoài, làm tại xã An Châu.",
]  # fmt: skip


@pytest.mark.parametrize(("rule", "sentence"), HELD)
def test_a_sentence_that_shows_a_sign_is_held(rule, sentence):
    assert rule in {finding.rule for finding in signs_of_fraud(sentence, OpeningFacts())}


def test_what_is_posted_as_abroad_hides_nothing():
    facts = OpeningFacts(is_overseas=True, country="JP", is_approved_abroad=True)
    assert signs_of_fraud("Hộ lý chăm sóc người cao tuổi tại Nhật Bản", facts) == []


@pytest.mark.parametrize("sentence", PASSES)
def test_an_honest_sentence_passes(sentence):
    assert signs_of_fraud(sentence, OpeningFacts()) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Nộp phí hồ s\u034fơ 500k.",  # a joiner that nobody sees
        "Cần đặt c\u2063ọc 500k.",
        "Cần đặ\ufe0ft c\U000e0041ọc 500k.",
        "Cần đặt \u202ecọc\u202c 500k.",
        "Cần đặt\u3164cọc 500k.",  # a blank that is a letter
        "Nộp р\u04bbí h\u043e\u0302\u0300 sơ 500k.",  # Cyrillic
        "Nộp ph\u03af hồ sơ 500k.",  # Greek
        "Ｎộｐ ｐｈí ｈồ ｓơ ５００ｋ.",
        "Nộp 𝐩𝐡í hồ sơ, ⓟhí giữ chỗ.",
    ],
)
def test_letters_that_only_look_like_ours_hide_nothing(sentence):
    assert {finding.rule for finding in signs_of_fraud(sentence, OpeningFacts())} == {"fraud_money"}


def test_a_text_without_a_full_stop_is_read_in_pieces():
    found = signs_of_fraud("may áo " * 1500 + "đặt cọc 300k giữ chỗ " + "may quần " * 500, OpeningFacts())
    assert {finding.rule for finding in found} == {"fraud_money"}
    assert all(len(finding.sentence) <= LONGEST for finding in found)


@given(st.text(alphabet="đặtcọphíkhôngviệcnhẹlươngo 0123456789.,-k\n•\u200b", max_size=300))
def test_whatever_is_written_is_answered_and_what_is_marked_stands_in_it(text):
    for finding in signs_of_fraud(text, OpeningFacts(can_be_found=False)):
        assert finding.excerpt and finding.excerpt in finding.sentence


class TestBesideTheWords:
    def test_a_mobile_alone_is_held_where_nobody_can_be_found(self):
        (finding,) = signs_of_fraud("Dọn nhà.", OpeningFacts(contact_phone="0901234567", can_be_found=False))
        assert finding.rule == "fraud_contact" and "0901234567" in finding.sentence

    @pytest.mark.parametrize(
        "facts",
        [
            OpeningFacts(contact_phone="0901234567", can_be_found=True),
            OpeningFacts(contact_phone="02963000001", can_be_found=False),
        ],
    )
    def test_a_number_of_a_house_or_an_address_is_enough(self, facts):
        assert signs_of_fraud("Dọn nhà.", facts) == []

    def test_a_wage_far_above_the_usual_names_the_usual(self):
        facts = OpeningFacts(wage_month=30_000_000, wage_written="30.000.000 ₫", usual=BARS["9411"])
        (finding,) = signs_of_fraud("Rửa rau.", facts)
        assert finding.rule == "fraud_wage" and "7.000.000" in finding.source

    def test_at_the_bar_it_passes_and_without_a_bar_too(self):
        assert signs_of_fraud("Rửa rau.", OpeningFacts(wage_month=21_000_000, usual=BARS["9411"])) == []
        assert signs_of_fraud("Rửa rau.", OpeningFacts(wage_month=99_000_000)) == []

    def test_a_wage_a_day_in_words_is_counted_as_a_month(self):
        facts = OpeningFacts(wage_month=7_000_000, usual=BARS["9411"])
        (finding,) = signs_of_fraud("Thu nhập 2-3 triệu/ngày.", facts)
        assert finding.rule == "fraud_wage"
        assert signs_of_fraud("Thu nhập 300k/ngày.", facts) == []

    @pytest.mark.parametrize(
        ("said", "month"),
        [
            ("lương 450.000đ/ngày", 11_700_000),
            ("thu nhập 2 triệu/ngày", 52_000_000),
            ("lương 25k/giờ", 5_200_000),
            ("lương 7,5 triệu một tháng", 7_500_000),
            ("kiếm 500k - 1 triệu mỗi ngày", 13_000_000),
        ],
    )
    def test_units_are_read(self, said, month):
        assert list(wages_in(said)) == [month]


class TestAbroad:
    def test_cambodia_without_licence_market_or_approval_is_held(self):
        found = signs_of_fraud("Nhân viên văn phòng.", OpeningFacts(is_overseas=True, country="KH"))
        assert [finding.rule for finding in found] == ["fraud_border"]
        assert "Campuchia" in found[0].sentence

    def test_cambodia_by_a_licensed_sender_passes_but_no_casino(self):
        facts = OpeningFacts(is_overseas=True, country="KH", is_approved_abroad=True)
        assert signs_of_fraud("Kỹ sư xây dựng, làm việc tại Phnom Penh, Campuchia.", facts) == []
        (finding,) = signs_of_fraud("Bảo vệ sòng bạc.", facts)
        assert finding.rule == "fraud_border"

    def test_brokerage_is_named_by_the_law_on_working_abroad(self):
        facts = OpeningFacts(is_overseas=True, country="JP", is_approved_abroad=True)
        (finding,) = signs_of_fraud("Đóng phí môi giới 20 triệu.", facts)
        assert finding.rule == "fraud_money" and "69/2020" in finding.source
