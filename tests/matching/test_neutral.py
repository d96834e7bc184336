"""Words that say who somebody is leave a text; words of the work that look like them stay."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.index import Ranker
from matching.made_up import made_up_workers
from matching.neutral import neutral, without_found
from matching.terms import document_terms
from matching.text import clauses, tokens
from matching.types import OpeningProfile, Requirement, WorkerProfile

ON = date(2026, 11, 23)


def words(text: str) -> list[str]:
    return [word for clause in clauses(text) for word in clause]


def said(cases: str) -> list[tuple[str, str]]:
    """Read "as written → what is left" from lines."""
    rows = [line.split("→") for line in cases.splitlines() if line]
    return [(written.strip(), left.strip()) for written, left in rows]


SEX = """
cần nữ may áo → cần may áo
nữ công nhân may → công nhân may
nam công nhân bốc xếp → công nhân bốc xếp
tuyển nam phụ hồ → tuyển phụ hồ
thợ may nữ → thợ may
nhân viên nữ bán hàng → nhân viên bán hàng
tuyển 5 nam, 3 nữ → tuyển 5 3
Giới tính: Nam →
giới tính nữ, thợ may → thợ may
ưu tiên nam giới → ưu tiên
phụ nữ nông thôn → nông thôn
cô giữ trẻ → giữ trẻ
cô nuôi dạy trẻ → nuôi dạy trẻ
chị làm may 5 năm → làm may 5 năm
anh làm thợ hàn → làm thợ hàn
chú biết chạy ghe, cô biết nấu ăn → biết chạy ghe biết nấu ăn
con gái, con trai đều được → đều được
Female sewing worker → sewing worker
male driver, 2 years → driver 2 years
women only, packing → only packing
nu cong nhan may → cong nhan may
gioi tinh nu, tho may → tho may
gioi tinh nam →
nam gioi, phu ho → phu ho
Nam, 25 tuoi, phu ho → phu ho
tuyen nam phu ho → tuyen phu ho
lao dong nu → lao dong
anh lam tho ho 5 nam → lam tho ho 5 nam
"""
OTHERS = """
dân tộc khmer biết hàn → biết hàn
dan toc khmer, biet han → biet han
DT: Khmer, thợ hồ → thợ hồ
người Chăm, bán hàng → bán hàng
người Khmer Nam Bộ →
đạo Phật giáo Hòa Hảo →
theo đạo Công giáo, chạy bàn → chạy bàn
ton giao: phat giao →
Hồi giáo, nấu món halal → nấu món halal
đang mang thai 5 tháng, may gia công → 5 tháng may gia công
có bầu →
đã kết hôn, có con, theo đạo phật giáo →
chua chong, tho may → tho may
chưa có vợ →
độc thân, đi làm xa được → đi làm xa được
mẹ đơn thân nuôi con nhỏ, bán hàng → bán hàng
có 2 con, đi ca đêm được → đi ca đêm được
khuyết tật chân, may tại nhà → chân may tại nhà
tôi bị điếc, biết đóng tủ → tôi biết đóng tủ
người dân tộc thiểu số, may → may
có 2 con nhỏ, ở nhà may → ở nhà may
đạo diễn chưa vợ → đạo diễn
45 tuổi, còn khỏe → còn khỏe
từ 18 đến 35 tuổi →
sinh năm 1990, thợ điện → thợ điện
tuổi 18-45 →
"""
NAMES = """
tôi tên Thạch Thị Sô Phia, làm may → tôi tên làm may
toi ten thach thi so phia, tho ho → toi ten tho ho
em là Nguyễn Văn A, thợ hồ → em là thợ hồ
Tên: Danh Hên → tên
Họ và tên: Trần Thị Bé Bảy. Nghề: may → họ và tên nghề may
em tên lan làm may → em tên làm may
Neáng Sóc Kha biết nấu ăn → biết nấu ăn
Chau Sóc Thia →
Mohamad Salêh bán hàng → bán hàng
danh rết chạy ghe → chạy ghe
nguyễn văn tèo phụ hồ → phụ hồ
le van teo lam ho → lam ho
liên hệ anh Hùng → liên hệ
gặp chị Lan phòng nhân sự → gặp phòng nhân sự
lien he anh hung 0909123456 → lien he
Lh: Mr. Tuấn → lh
Xin cảm ơn. Nguyễn Thị Lan → xin cảm ơn
Thợ may 5 năm.\\nTrần Thị Bích → thợ may 5 năm
Tuyển Nhân Viên Bán Hàng, Liên Hệ Chị Lan → tuyển nhân viên bán hàng liên hệ
My name is Fatimah → my name is
gửi về thachsophia@gmail.com → gửi về
"""
HOMES = """
ở ấp Hòa Thạnh 2, xã Vĩnh Hanh → ở xã vĩnh hanh
nhà ở ấp bình hòa, làm ruộng → nhà ở làm ruộng
o ap hoa thanh 2, tho ho → o tho ho
khóm 5, phường Mỹ Bình → phường mỹ bình
tổ 12 ấp Phú Hiệp →
thôn Hòa Thạnh 2 →
xóm Chài, bán cá → bán cá
phum Xoài, biết dệt → biết dệt
gần chùa Xà Tón, làm mộc → gần làm mộc
nhà thờ Năng Gù, bán bông → bán bông
ở gần thánh đường Mubarak → ở gần
cạnh tiểu thánh đường, buôn bán → cạnh buôn bán
thánh thất Cao Đài, nấu ăn → nấu ăn
gan chua Xvayton, tho ho → gan tho ho
Jamiul Azhar mosque, tailor → tailor
"""


@pytest.mark.parametrize(("written", "left"), said(SEX + OTHERS + NAMES + HOMES))
def test_who_somebody_is_leaves_the_text(written: str, left: str) -> None:
    written = written.replace("\\n", "\n")
    assert words(written) == tokens(left)
    assert words(unicodedata.normalize("NFD", written)) == tokens(left)


STAYS = """
biết tiếng Anh, tiếng Hàn
biet tieng anh, anh van
ở Việt Nam, quê miền Nam
o viet nam, mien nam, tay nam bo
2 năm kinh nghiệm
2 nam kinh nghiem, 5 nam nay
lam duoc nhieu nam, nam 2020 di nhat
nam chau, an giang, han quoc
Quảng Nam, Hà Nam, Nam Du, hủ tiếu Nam Vang
công ty Phương Nam, công ty Nam Việt
sửa nam châm điện
thợ sơn, sơn nước, sơn xe, sơn PU
thợ hàn, hàn TIG, hàn mạch, đi Hàn Quốc
lâm nghiệp, kim loại, thợ kim hoàn, danh sách khách hàng
thợ hồ, phụ hồ, hồ sơ, hồ cá
trần thạch cao, đóng trần nhựa
Thợ Trần Thạch Cao
thợ may, may đo, thợ máy
chăm sóc người già, chăm chỉ, người chăm sóc
chăm sóc trẻ khuyết tật
chăm sóc ông bà già, chăm bà bầu, bà con
giữ trẻ 3 tuổi
gia đình, giúp việc gia đình, đình công
lò ấp trứng, máy ấp trứng vịt
trồng khóm, khóm Tắc Cậu
chăm sóc cây, Sóc Trăng
nông thôn, tổ trưởng, tổ may
áp suất, huyet ap, cao ap
bàn thờ, đóng bàn thờ
thợ nữ trang, nữ công gia chánh
chụp ảnh, ảnh cưới
chup anh cuoi, chi phi, chi nhanh, chi tiet
ghi chú, chú ý
anh em trong tổ
trồng hoa, cắm hoa, kinh doanh, kinh tế
sư phạm mầm non, văn phòng, văn thư
tên miền, tên hàng, dán tên
MS Office, MS Word
Hồ Chí Minh, Châu Đốc, Lâm Đồng, Sơn La, Hà Tiên
o Chau Phu, chau doc, ha tien
Cô Tô, Bà Rịa, Núi Cấm
Đào Tạo Nghề, Văn Phòng Phẩm, Danh Sách
có con dấu, có con đường
nuôi con giống, nuôi cá
chưa chua, sửa chữa, sua chua dien
đền bù, đèn điện, dinh dưỡng
phát giao hàng, phat giao hang
biết tiếng Khmer
đi lễ tân, lễ tân
thị trường, đi thị trường, thi công
cánh đồng, đồng phục
số nhà 12 đường Nguyễn Huệ
"""


@pytest.mark.parametrize("written", STAYS.strip().splitlines())
def test_words_of_the_work_and_of_the_country_stay(written: str) -> None:
    assert neutral(written) == written


FRAGMENTS = (
    "Nữ nam Nam nu chị anh Lan Nguyễn Văn Thị thi Thạch Sô Phia ấp Hòa 2 chùa đình tôi tên là dân tộc khmer "
    "có con kết hôn đã 35 tuổi từ đến thợ may hàn Hàn Quốc tiếng Anh Việt . , : \n - / ở gần liên hệ gặp Sơn "
    "kim người Chăm sóc khuyết tật chưa vợ chồng cô chú Cô Tô nam bộ ấp trứng Mr. a c em không 0909 tuyển 5"
).split(" ")
any_words = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map(" ".join)


@given(st.text(max_size=60) | any_words)
def test_neutral_is_stable_never_fails_and_never_lengthens(text: str) -> None:
    once = neutral(text)
    assert neutral(once) == once
    assert len(once) <= len(unicodedata.normalize("NFC", text))
    assert once.count("\n") == unicodedata.normalize("NFC", text).count("\n")


@given(any_words)
def test_the_quick_look_misses_nothing(text: str) -> None:
    for line in neutral(text).split("\n"):
        assert without_found(line) == line


def test_the_quick_look_misses_nothing_that_people_write() -> None:
    for worker in made_up_workers(1_500, 3, ON):
        for line in neutral(worker.text).split("\n"):
            assert without_found(line) == line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nữ, dân tộc Khmer, đã kết hôn", "Nam, dân tộc Kinh, độc thân"),
        ("Tôi tên Thạch Thị Sô Phia, ở ấp Phước Lợi", "Tôi tên Nguyễn Thị Mai, ở ấp Bình Hòa"),
        ("Tôi tên Neáng Srây Mom, gần chùa Xvayton", "Tôi tên Trần Ngọc Lan, gần nhà thờ Năng Gù"),
        ("Em tên Mohamad Rô Sô, theo đạo Hồi", "Em tên Lê Minh, theo đạo Phật"),
        ("toi ten danh ret, dan toc khmer, 2 con", "toi ten tran van tu, dan toc kinh, 3 con"),
        ("Nữ, 22 tuổi, đang mang thai", "Nam, 47 tuổi"),
        ("Tôi là người khuyết tật.", "Tôi là nữ."),
    ],
)
def test_two_who_differ_by_such_words_alone_score_the_same(one: str, other: str) -> None:
    """Also where the opening says these very words: both sides lose them."""
    base = WorkerProfile("a", date(1995, 1, 1), commune="30742", occupations=(("8153", 24),))
    work = "May áo sơ mi 2 năm, biết vắt sổ."
    first = replace(base, text=f"{one}. {work}", skills=("may công nghiệp", one))
    second = replace(base, id="b", text=f"{other}. {work}", skills=("may công nghiệp", other))
    third = replace(base, id="c", text=work, skills=("may công nghiệp",))
    ranker = Ranker.fit([first, second, third, *made_up_workers(50, 1, ON, first=10)])
    asked = (Requirement("skill", "has", "vắt sổ", hard=False),)
    for text in (f"Ưu tiên: {one}. Biết vắt sổ.", f"Chỉ nhận: {other}", "May áo sơ mi theo chuyền"):
        opening = OpeningProfile("o", "8153", "Công nhân may", text, place="30742", requirements=asked)
        scores = {row.worker_id: row.parts for row in ranker.rank(opening, on=ON, among=["a", "b", "c"])}
        assert scores["a"] == scores["b"], text


def test_no_term_of_a_profile_says_it() -> None:
    told = (
        "Nữ công nhân, dân tộc Khmer, tên Thạch Sô Phia, ấp Sóc Triết, chùa Sà Lôn, có thai, góa, khuyết tật"
    )
    for term in document_terms(told):
        bare = term.lstrip("~").split()
        assert not {"nu", "nữ", "khmer", "thach", "phia", "soc", "ap", "chua", "thai", "goa", "tat"} & set(
            bare
        )
