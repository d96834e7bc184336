"""What the screen holds and what it lets pass, sentence by sentence."""

import pytest

from portal.openings.wording import discriminating

HELD = [
    ("sex", "Chỉ tuyển nam."),
    ("sex", "Yêu cầu: Nữ, ngoại hình khá."),
    ("sex", "Nữ, có sức khỏe tốt"),
    ("sex", "Giới tính: Nam"),
    ("sex", "Cần tuyển 5 lao động nữ làm ca đêm."),
    ("sex", "Lễ tân nữ khách sạn"),
    ("sex", "Nhân Viên Kho (Nam)"),
    ("sex", "Ưu tiên nam vì công việc nặng."),
    ("sex", "Không nhận nữ."),
    ("sex", "tuyen nu phuc vu quan an"),
    ("sex", "Công ty may cần tuyển nam phụ kho."),
    ("sex", "Male candidates only."),
    ("sex", "We are looking for a female secretary."),
    ("sex", "Tuyển tạp vụ, yêu cầu là phụ nữ."),
    ("sex", "CHỈ NHẬN NAM"),
    ("sex", "Nữ kế toán thuế nhận việc ngay"),
    ("sex", "Nam nhân viên giao hàng"),
    ("sex", "Nhân viên báo giá (tiếng Anh khá, nữ)"),
    ("sex", "Trưởng phòng bán hàng (y/c nữ)"),
    ("age", "Nam/nữ từ 22 - 35, có xe máy."),
    ("age", "Tuổi từ 18 - 35."),
    ("age", "Dưới 30 tuổi."),
    ("age", "Độ tuổi: 20 đến 40"),
    ("age", "Không quá 45 tuổi, làm được ca đêm."),
    ("age", "Từ 22 tuổi trở lên."),
    ("age", "Ứng viên sinh năm 1995 đến 2004."),
    ("age", "Ưu tiên bạn trẻ năng động."),
    ("age", "Candidates under 35 years old."),
    ("age", "Age: 22-30"),
    ("age", "duoi 30 tuoi"),
    ("marriage", "Chưa lập gia đình."),
    ("marriage", "Ưu tiên người còn độc thân."),
    ("marriage", "Must be single."),
    ("marriage", "Ưu tiên ứng viên đã lập gia đình."),
    ("family", "Không vướng bận con cái."),
    ("family", "Không có con nhỏ."),
    ("pregnancy", "Không nhận người đang mang thai."),
    ("pregnancy", "Cam kết không sinh con trong 2 năm đầu."),
    ("religion", "Không tuyển người theo đạo."),
    ("religion", "Tôn giáo: không"),
    ("ethnicity", "Chỉ tuyển người Kinh."),
    ("ethnicity", "Không nhận người dân tộc."),
    ("race", "Chỉ nhận giáo viên da trắng."),
    ("origin", "Không nhận người Thanh Hóa, Nghệ An."),
    ("origin", "Không tuyển lao động ngoại tỉnh."),
    ("origin", "Chỉ nhận người có hộ khẩu thành phố."),
    ("origin", "Quê quán: miền Bắc"),
    ("disability", "Không khuyết tật, không dị tật."),
    ("disability", "Không nhận người khuyết tật."),
    ("hiv", "Nộp kết quả xét nghiệm HIV."),
    ("hiv", "Không nhiễm HIV."),
    ("union", "Cam kết không tham gia công đoàn."),
]

PASSES = [
    "Công ty hàng đầu Việt Nam.",
    "Phụ trách thị trường miền Nam.",
    "Lắp ráp nam châm cho động cơ điện.",
    "Liên hệ anh Nam, số 0901 234 567.",
    "Gặp anh Nguyễn Văn Nam ở cổng số 2.",
    "Anh/chị gửi hồ sơ qua thư điện tử.",
    "Anh chị em trong xưởng thân thiện.",
    "Bán hàng cho thương hiệu Nữ Hoàng.",
    "Cần người bán vàng bạc, nữ trang.",
    "Thương hiệu 20 năm tuổi.",
    "Trong độ tuổi lao động.",
    "Tuyển cả nam và nữ.",
    "Tuyển nam/nữ, không cần kinh nghiệm.",
    "Nam, nữ đều được.",
    "Không phân biệt giới tính, độ tuổi.",
    "Giới tính: không yêu cầu",
    "Đủ 18 tuổi trở lên.",
    "Từ 18 tuổi.",
    "Không nhận người dưới 18 tuổi.",
    "Ưu tiên người khuyết tật.",
    "Ưu tiên người Khmer và hộ nghèo.",
    "Ưu tiên đồng bào dân tộc thiểu số.",
    "Ưu tiên người có kinh nghiệm.",
    "Biết tiếng Khmer là một lợi thế.",
    "Khuyến khích người khuyết tật nộp hồ sơ.",
    "May quần áo nữ xuất khẩu.",
    "Nhân viên bán thời trang nữ",
    "Kế toán (Hà Nam, Nam Định)",
    "Thu nhập nam/nữ 20 - 25 triệu.",
    "Sản phẩm chăm sóc sức khỏe phụ nữ",
    "Cắt tóc nam.",
    "Phụ cấp gửi trẻ (với lao động nữ).",
    "Lao động nữ được nghỉ 30 phút mỗi ngày trong thời gian hành kinh.",
    "Chế độ thai sản đầy đủ.",
    "Dạy trẻ từ 6 đến 11 tuổi.",
    "Trông trẻ 3 tuổi.",
    "Chăm sóc người cao tuổi.",
    "Môi trường trẻ trung, năng động.",
    "Làm việc tại Khu công nghiệp Bình Hòa, tỉnh Quảng Nam.",
    "Có ít nhất 2 năm kinh nghiệm.",
    "co 2 nam kinh nghiem",
    "Có phẩm chất đạo đức tốt.",
    "Được tham gia công đoàn.",
    "Công đoàn tổ chức du lịch hằng năm.",
    "Cán bộ phòng, chống HIV/AIDS của huyện.",
    "Ngoại hình ưa nhìn, giao tiếp tốt.",
    "Sức khỏe tốt, chịu khó.",
    "Tặng quà cho nữ nhân viên ngày 8/3.",
    "Male and female candidates are welcome.",
    "All genders and ages may apply.",
    "Applicants must be 18 years old or over.",
    "Công ty TNHH Nam Phát tuyển thợ hàn.",
    "Nhà hàng Phương Nam cần phụ bếp.",
    "Ưu tiên người ở gần, đi lại thuận tiện.",
    "Nghỉ lễ theo lịch Việt Nam, thưởng cuối năm.",
    "Tư vấn cho khách hàng nữ về mỹ phẩm.",
]


@pytest.mark.parametrize(("rule", "sentence"), HELD)
def test_a_discriminating_sentence_is_held_with_its_ground_and_source(rule, sentence):
    found = discriminating(f"Lương 8 triệu.\n{sentence}\nCó xe đưa rước.")
    assert rule in {finding.rule for finding in found}
    finding = next(finding for finding in found if finding.rule == rule)
    assert finding.sentence in sentence
    assert finding.excerpt and finding.excerpt in finding.sentence
    assert "Điều 8" in finding.source


@pytest.mark.parametrize("sentence", PASSES)
def test_a_harmless_or_lawful_sentence_passes(sentence):
    assert discriminating(sentence) == []


def test_one_sentence_with_three_grounds_names_all_three():
    found = discriminating("Nữ, dưới 30 tuổi, chưa lập gia đình.")
    assert {finding.rule for finding in found} == {"sex", "age", "marriage"}


def test_a_lawful_measure_does_not_excuse_the_rest_of_the_text():
    found = discriminating("Ưu tiên người khuyết tật. Chỉ tuyển nam.")
    assert [finding.rule for finding in found] == ["sex"]
