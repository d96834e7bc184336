"""The words that give away a posting meant to cheat people, and the honest words that look like them.

All patterns are matched on lower-case Vietnamese text, and once more without diacritics where the whole
sentence has none; so they hold no capital letters, also none behind a backslash.
"""

# ruff: noqa: E501 (a pattern reads better as one line)

from flask_babel import lazy_gettext as _l

COMMON_SIGN = "Dấu hiệu lừa đảo thường gặp"
NO_COST = "Bộ luật Lao động 45/2019/QH14, Điều 11 khoản 2 và Điều 17"
ABROAD = "Luật 69/2020/QH14, Điều 7"

# What the employer reads under the sentence: why it is held, and how an honest one is mended.
WHY = {
    "fraud_money": _l("Người lao động không phải trả tiền để được tuyển. Hãy bỏ khoản tiền này. Nếu là tiền của khách hàng hay tiền công ty trả, hãy viết rõ ai trả."),
    "fraud_contact": _l("Tin chỉ có số di động hoặc Zalo của một người. Hãy ghi thêm số máy bàn, thư điện tử hoặc địa chỉ của nơi tuyển dụng."),
    "fraud_wage": _l("Lương cao hơn nhiều so với mức thường gặp của nghề này. Hãy xem lại số tiền và đơn vị (tháng, ngày, giờ), hoặc viết rõ cách tính lương."),
    "fraud_easy": _l("Tin lừa đảo thường hứa việc nhẹ lương cao. Hãy viết rõ làm việc gì, mấy giờ một ngày, trả lương ra sao."),
    "fraud_border": _l("Nhiều người đã bị lừa qua biên giới hoặc vào sòng bạc. Nếu nơi làm việc ở Việt Nam, hãy ghi rõ xã, phường. Việc ở nước ngoài phải do doanh nghiệp có giấy phép đăng ở mục nước ngoài."),
    "fraud_hidden_abroad": _l("Tin này đăng như việc trong nước nhưng lại nói đến việc ở nước ngoài. Việc ở nước ngoài phải đăng ở mục nước ngoài, để kiểm tra chi phí và giấy phép. Nếu nơi làm việc ở Việt Nam, hãy viết rõ."),
}  # fmt: skip

# --- parts -----------------------------------------------------------------------------------------------

NOT = r"(?:không|ko|kg|hông|hổng|khỏi|miễn|chẳng|chưa|đừng|cấm)"
# Up to so many letters, but not past a word that turns the sentence round.
TURNS = r"(?:(?!\b(?:chỉ|nhưng|mà|hãy|vui lòng|kinh nghiệm|bằng cấp|thì)\b)[^.;,!?])"
FEE = r"(?:lệ phí|phí|tiền|khoản)"
UNIT = r"(?:k|ngàn|nghìn|triệu|tr|trăm|đ|đồng|vnđ|vnd|củ|xị|usd)"
AMOUNT = rf"\d[\d.,]*\s*{UNIT}\b"
ASK = r"(?:đóng|nộp|chuyển khoản|chuyển|ck|đặt|thu(?! nhập)|bỏ ra|ứng|tạm ứng|tốn|mất|trừ|gửi|gởi|bank|cọc)"
# For these no honest employer takes money; for the others the verb must stand beside them.
STRONG = (
    r"(?:hồ sơ|giữ chỗ|giữ suất|giữ việc|môi giới|xin việc|nhận việc|vào làm|đầu vào|làm thẻ|thẻ nhân viên|kích hoạt|"
    r"thế chân|cọ[ck])"
)
WEAK = (
    r"(?:giới thiệu việc|giới thiệu|tuyển dụng|xét tuyển|phỏng vấn|đăng ký|đồng phục|bảo hộ|đào tạo|học việc|học nghề|"
    r"tập huấn|bảo đảm|đảm bảo|bảo lãnh|trách nhiệm|cam kết|giấy tờ|ký hợp đồng|ký quỹ|nguyên liệu|xe đưa)"
)
COUNTRY = r"(?:campuchia|cam-pu-chia|cam pu chia|cambodia|phnom ?penh|nông pênh|myanmar|miến điện)"
FAR = (
    r"(?:ba ?vet|ba ?vét|svay ?rieng|svây riêng|poi ?pet|sihanouk(?:ville)?|si ha núc|myawaddy|kk park|tam giác vàng|"
    r"tam thái tử|koh kong|chr[ea]y thom|bokeo)"
)

# Where people are sent to work. No short names that are also ours: Mỹ Tho, Đức Huệ, Hàn Thuyên.
LAND = (
    r"(?:nhật bản|nhật(?! (?:tân|lệ|tảo|quang|tinh|trình|ký|báo))|hàn quốc|hàn(?= (?:làm|theo|diện|lao))|đài loan|"
    r"(?:nước|cộng hòa liên bang|chlb) đức|đức(?= (?:làm|theo|diện|lao))|nước úc|úc(?! (?:kỳ|lăng))|australia|hung-?ga-?ri|"
    r"hungary|ba lan|ru-?ma-?ni|romania|rumani|bungari|bulgaria|malaysia|singapore|ma ?cao|dubai|ả rập|trung đông|"
    r"canada|nước mỹ|hoa kỳ|new zealand|châu âu|nước ngoài)"
)

# --- whose money it is -------------------------------------------------------------------------------------

CUSTOMER = (
    r"\b(?:khách|học viên|học sinh|sinh viên|phụ huynh|căn hộ|bất động sản|dự án|nhà đất|công nợ|doanh thu|đặt bàn|đặt phòng|"
    r"đặt tiệc|hợp đồng mua|mua xe|thuê xe|thuê nhà|thuê phòng|nhà cung cấp|đại lý|đơn hàng|chứng từ|sổ quỹ|kế toán|thu ngân|"
    r"trạm thu phí|đối tác|bệnh nhân|hội viên|giao hàng|cod)\b"
)
WORKER = (
    r"\b(?:ứng viên|người lao động|lao động|bạn|nhân viên mới|người mới|nhận việc|giữ chỗ(?! cho khách)|giữ suất|xin việc|đồng phục|"
    r"đi làm|vào làm|phỏng vấn|stk)\b"
)
# A warning is not a demand, as far as its own clause goes; "we are no swindlers" is no warning.
WARNING = (
    r"[^.;,!?]{0,80}(?<!không )(?<!ko )\b(?:lừa đảo|giả mạo|mạo danh)\b[^.;,!?]*",
    r"\b(?:ai|người nào|bất kỳ ai|mọi yêu cầu|nếu có người)\b[^.;,!?]{0,20}\b(?:đòi|thu|yêu cầu|dụ|rủ)\b[^.;,!?]*",
    r"\b(?:mọi yêu cầu|cảnh giác)\b[^.;,!?]*",
)

# --- honest words, blotted out before anything is looked for ---------------------------------------------

FREE = (
    *WARNING,
    rf"\b{NOT}\b{TURNS}{{0,60}}?\b(?:phí|cọ[ck]|tiền|quỹ|thế chân|khoản nào|khoản gì|chi phí)\b{TURNS}{{0,45}}",
    rf"\b(?:{FEE}|chi phí)\b[^.;,]{{0,30}}?\b0\s*(?:đ|đồng|vnd|k)\b",
    r"\b(?:0|không)\s*(?:đ|đồng|vnd|k)\b[^.;,]{0,30}",
    rf"\b(?:{FEE}|chi phí)\b[^.;,]{{0,30}}?\bmiễn phí\b",
    (
        r"\b(?:công ty|cty|nhà máy|doanh nghiệp|quán|nhà hàng|chủ|cơ sở|trường|nhà tuyển dụng|bên nhận)\b[^.;,]{0,12}?"
        r"\b(?:đóng|nộp|trả|chi trả|chịu|lo|tài trợ|hỗ trợ|thanh toán|hoàn|cấp|phát|bao|chi)\b[^.;,]*"
    ),
    r"\b(?:được|được công ty)\s+(?:hỗ trợ|đài thọ|trả|chi trả|tài trợ|cấp|phát|hoàn|thanh toán|nhận|đóng)\b[^.;,]*",
    r"\b(?:phụ cấp|trợ cấp|thưởng|tặng|hỗ trợ|bao|cấp phát|hưởng)\b[^.;,]{0,50}",
    r"\bhoàn(?: lại| trả)? (?:tiền )?(?:đồng phục|học phí|vé xe|vé)\b",
    # Piles, not deposits.
    r"\bcọc (?:bê ?tông|tre|cừ|móng|nhồi|khoan|xi măng|thép|đất|tiêu|sắt|ly tâm|tràm|btct)\b",
    r"\b(?:ép|khoan|búa|máy|giàn|thi công|nghiệm thu|định vị|đổ|công nhân)\s+(?:đóng\s+|ép\s+)?cọc\b",
)
NEAR = (
    *WARNING,
    r"\b(?:gần|đối diện|cạnh|kế|cách|sát)\b[^.;,]{0,25}(?:casino|sòng)",
    rf"\b(?:{NOT}|nghiêm cấm|chống)\b[^.;]{{0,30}}?\b(?:cờ bạc|đánh bạc|bài bạc|cá độ|cá cược)\b[^.;]{{0,40}}",
    r"\bhủ tiếu nam vang\b",
    rf"\b(?:tiếng|người|gốc|giáp|gần|tỉnh biên giới|biên giới(?: việt nam| vn)?\s*[-–]?)\s*(?:với |nước )?{COUNTRY}",
    (
        r"\b(?:xuất khẩu(?! lao động)|xuất hàng|xuất|bán|giao|nhập|vận chuyển|chở|thị trường|khách(?: hàng)?|đối tác|du lịch|tour|"
        rf"thương mại|buôn bán|công tác|hợp tác)\b(?:(?!làm việc|lao động|tuyển)[^.;]){{0,40}}?(?:{COUNTRY}|{FAR}|biên giới)"
    ),
    r"\b(?:thương mại|hàng hóa|dịch vụ) (?:xuyên|qua) biên giới\b",
    rf"\b(?:hải quan|logistics|kho vận)\b[^.;]{{0,30}}\bhàng(?: hóa)? (?:đi|sang|qua) {COUNTRY}\b(?! làm)",
)
CONTACT_HONEST = (
    r"\b(?:khách(?: hàng)?|đối tác|nhóm|group|kênh|fanpage|trang)\b[^.;]{0,40}\b(?:zalo|telegram|facebook|wechat|whatsapp|messenger)\b",
    rf"\b{NOT}\b[^.;,]{{0,30}}\b(?:zalo|telegram|facebook|wechat)\b",
)

# --- what is held ------------------------------------------------------------------------------------------

MONEY = (
    rf"\b(?:lệ phí|phí|tiền) {STRONG}\b",
    rf"\b{ASK}\b[^.;,!?]{{0,30}}?(?:\b{FEE}|{AMOUNT})[^.;,!?]{{0,20}}?\b(?:{STRONG}|{WEAK})\b",
    rf"\b(?:đóng|nộp|chuyển khoản|ck|gửi|gởi|bank)\b[^.;,!?]{{0,25}}?{AMOUNT}[^.;!?]{{0,25}}?\b(?:trước|mới được|để được|giữ|là được)\b",
    rf"\b(?:trước khi|để được|muốn) (?:đi làm|nhận việc|vào làm|phỏng vấn|làm việc)\b[^.;!?]{{0,30}}?\b(?:đóng|nộp|chuyển khoản|ck|cọ[ck])\b[^.;!?]{{0,25}}(?:{FEE}|{AMOUNT})",
    r"\b(?:hồ sơ|đồng phục|thẻ nhân viên|giữ chỗ)\b\s*(?::|là|giá|hết|khoảng|=)?\s*\d[\d.,]*\s*(?:k|ngàn|nghìn|đ|đồng|vnđ|xị)\b",
    rf"\b(?:{FEE}) {WEAK}\s*(?::|là|giá|hết|khoảng|=)?\s*{AMOUNT}",
    r"\b(?:đặt|nộp|thu|chuyển|gửi|gởi|bỏ|tiền|cần|phải|mất|ký|hoàn|hoàn lại|hoàn trả|trả lại|lấy lại)\s*(?:tiền\s*)?cọ[ck]\b",
    r"\bđóng\s*(?:tiền\s*)?cọ[ck]\b(?=[^.;,]{0,25}(?:\d|giữ|trước|để|khi|đi làm|nhận|hoàn))",
    rf"\bcọ[ck]\s*(?:trước|giữ|đồng phục|nguyên liệu|hồ sơ|{AMOUNT})",
    r"\b(?:đóng|nộp|phải|cần|đặt)\s*(?:tiền )?(?:thế chân|ký quỹ)\b",
    r"\bmua (?:trước )?(?:bộ |gói |một )?(?:sản phẩm|hàng|gói|tài liệu|giáo trình|khóa học)\b(?:[^.;,]|(?<=\d)[.,](?=\d)){0,40}\b(?:mới được|để được|để nhận|trước khi)\b",
)
# A payment address, or an order to be paid first: no posting needs one, whoever the customers are.
ACCOUNT = (
    r"\bthanh toán (?:trước )?đơn hàng\b[^.;]{0,40}\bhoàn\b",
    r"\bnạp (?:tiền|vốn)\b(?! điện thoại| atm| máy| thẻ)",
    r"\b(?:stk|số tài khoản|số tk|tài khoản nhận)\b\D{0,25}\d[\d .]{5,}",
    r"\b(?:vietcombank|vcb|mb ?bank|agribank|bidv|techcombank|vietinbank|sacombank|acb|tpbank|vpbank|hdbank|scb)\b\D{0,15}(?!0[235789]\d{8})\d{8,}",
    r"\b(?:momo|zalopay|viettel money|ví điện tử)\b\D{0,12}0\d[\d .]{7,}",
)
CONTACT = (
    r"\b(?:chỉ|duy nhất)\b[^.;]{0,40}\b(?:zalo|telegram|facebook|messenger|inbox|wechat|viber)\b",
    r"\b(?:nhắn|kết bạn|add|ib|inbox|liên hệ|qua|lh)\b[^.;]{0,20}\b(?:telegram|wechat|whatsapp)\b",
    r"\b(?:telegram|wechat)\s*[:@]",
)
# Only looked for where nothing about the employer can be checked.
PERSONAL = (
    r"\b(?:za ?lo|zl|sđt|đt|điện thoại|lh|liên hệ|gọi|alo|inbox|ib)\b[^.;]{0,40}(?:\+84|0)\s*[35789][\d .]{7,}",
)
EASY = (
    r"\bviệc (?:làm )?nhẹ(?: nhàng)?\b[^.;]{0,25}\b(?:lương|thu nhập|tiền)\b[^.;]{0,8}\bcao\b",
    r"\b(?:lương|thu nhập) (?:rất |siêu )?cao\b[\s,\-–]*(?:mà )?(?:công )?việc (?:siêu |rất )?nhẹ\b",
    r"\bngồi (?:chơi|không|nhà|mát)\b[^.;]{0,15}\b(?:có tiền|kiếm|lãnh|hưởng|lương)",
    r"\b(?:like|thả tim|xem video|follow|giật đơn|đánh giá 5 sao|đơn ảo|làm nhiệm vụ)\b[^.;]{0,40}(?:kiếm tiền|nhận tiền|hoa hồng|trả (?:công|tiền)|thu nhập|/ ?ngày|một ngày|mỗi ngày|rút tiền)",
    r"\bcộng tác viên\b[^.;]{0,20}\b(?:shopee|lazada|tiki|tiktok|amazon)\b[^.;]{0,60}(?:tại nhà|hoa hồng|/ ?ngày|mỗi ngày|một ngày)",
    rf"\b(?:đầu tư|góp vốn) (?:\w+ ){{0,4}}{AMOUNT}[^.;]{{0,30}}\b(?:mỗi|một|trong|hằng|hàng) ngày\b",
    r"\bkhông (?:cần làm gì|làm gì (?:cũng|vẫn|mà))\b[^.;]{0,20}\b(?:có|nhận|lương|tiền)\b",
)
BORDER = (
    rf"\b(?:làm(?: việc)?|nơi làm(?: việc)?|địa điểm|lao động|đi|qua|sang|tại|ở|bên)\s*[:\-–]?\s*(?:nước |đất |tại |ở |bên |qua |sang |thủ đô |thành phố )*{COUNTRY}",
    rf"\b{FAR}\b",
    r"\b(?:bên kia|qua|vượt|sang)\s+(?:bên kia\s+)?(?:biên giới|biên)\b(?! phòng)",
    r"\b(?:bên kia|qua khỏi) cửa khẩu\b",
    r"\b(?:không cần|bao|bao luôn|bao trọn|lo) (?:trọn gói )?(?:hộ chiếu|passport)\b",
)
CASINO = (
    r"\b(?:casino|ca-si-nô|sòng (?:bạc|bài)|nhà cái|game bài|đánh bạc|cá cược|cá độ|xóc đĩa|baccarat)\b",
)
# What is no work abroad: goods, customers, languages, the house itself, and who works at recruiting.
AT_HOME = (
    *WARNING,
    (
        rf"\b(?:trụ sở|công ty mẹ|tập đoàn|chi nhánh|văn phòng|nhà máy mẹ|khách(?: hàng)?|đối tác|thị trường|chuyên gia|sếp|"
        rf"đầu tư|vốn|doanh nghiệp|nhà đầu tư|trường)\b[^.;]{{0,30}}?\b(?:tại|ở|từ|bên|sang|đi)\s+{LAND}"
    ),
    (
        rf"\b(?:hàng|sản phẩm|xuất khẩu(?! lao động)|xuất|giao|bán|vận chuyển|container|lô|thủy sản|gạo|cá|tôm|may)\b[^.;,]{{0,40}}?"
        rf"\b(?:đi|sang|qua|cho)\s+(?:thị trường )?{LAND}"
    ),
    rf"\b(?:du lịch|du học|tour|công tác|tu nghiệp|tập huấn|đào tạo|thưởng|nghỉ mát|học tập)\b[^.;,]{{0,30}}?{LAND}",
    (
        r"\b(?:nhân viên|chuyên viên|cán bộ|giáo viên|trưởng phòng|tư vấn|tuyển dụng|tuyển sinh|phòng|mảng|lĩnh vực|ngành|công ty|"
        r"cộng tác viên|trung tâm|đào tạo|hồ sơ|đối ngoại|thị trường)\b[^.;]{0,40}?\b(?:xuất khẩu lao động|xklđ|xkld|thực tập sinh|đơn hàng)\b"
    ),
    rf"\b{NOT}\b[^.;,]{{0,30}}\b(?:xuất khẩu lao động|xklđ|đi {LAND})\b",
    rf"\b(?:từng|đã|kinh nghiệm|về nước|trở về)\b[^.;]{{0,40}}?{LAND}",
)
HIDDEN_ABROAD = (
    rf"\b(?:đi|sang|qua)\s+(?:nước )?{LAND}\s+(?:để )?(?:làm|lao động|theo|diện|bằng|bay|lương|thu nhập)\b",
    rf"\b(?:làm việc|lao động|nơi làm(?: việc)?|địa điểm(?: làm việc)?|tuyển)\b[^.;,]{{0,25}}?\b(?:tại|ở|bên|đi|sang|qua|:)\s*(?:nước )?{LAND}\b",
    rf"^[^.;,]{{0,60}}\b(?:tại|ở|đi|sang) {LAND}(?=$|[.,;:!–-]| (?:lương|thu nhập|bay))",
    r"\b(?:đi )?(?:xuất khẩu lao động|xklđ|xkld)\b",
    r"\b(?:visa|vi-sa) (?:du lịch|thăm thân|lao động|e-?\d|kỹ năng)\b",
    rf"\b(?:đơn hàng|thực tập sinh|kỹ sư|hộ lý|điều dưỡng)\b[^.;,]{{0,30}}?\b(?:đi|sang|tại|ở) {LAND}\b",
    rf"\b(?:đơn hàng|thực tập sinh) {LAND}\b",
)

# Found also where the rest of the sentence has its marks: these letters mean nothing else.
UNMISTAKABLE = {
    "fraud_money": r"\b(?:dat coc|tien coc|phi ho so|phi giu cho|tien giu cho|coc giu cho)\b|datcoc|tiencoc|phihoso|phigiucho|tiengiucho",
    "fraud_easy": r"\bviec nhe(?: nhang)?[ ,-]*luong cao\b|viecnheluongcao",
    "fraud_border": r"\b(?:song bac|casino)\b|songbac",
}  # fmt: skip
