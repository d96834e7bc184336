"""The words that the screen of domestic openings looks for, by ground of the Labour Code.

All patterns are matched on lower-case Vietnamese text, and once more without diacritics where the whole
sentence has none; so they hold no capital letters, also none behind a backslash.
"""

# ruff: noqa: E501, ISC004 (a pattern reads better as one line, or as one line broken)

LABOUR_CODE = "Bộ luật Lao động 45/2019/QH14, Điều 3 khoản 8 và Điều 8"
SOURCES = {
    "sex": f"{LABOUR_CODE}; Luật Bình đẳng giới 73/2006/QH11, Điều 13",
    "age": LABOUR_CODE,
    "marriage": LABOUR_CODE,
    "family": LABOUR_CODE,
    "pregnancy": f"{LABOUR_CODE}; Luật Bình đẳng giới 73/2006/QH11, Điều 13",
    "religion": LABOUR_CODE,
    "ethnicity": LABOUR_CODE,
    "race": LABOUR_CODE,
    "origin": LABOUR_CODE,
    "opinion": LABOUR_CODE,
    "disability": f"{LABOUR_CODE}; Luật Người khuyết tật 51/2010/QH12, Điều 33",
    "hiv": f"{LABOUR_CODE}; Luật Phòng, chống HIV/AIDS 64/2006/QH11, Điều 14",
    "union": f"{LABOUR_CODE}; Điều 175",
}

# --- what is not meant, although the words look like it --------------------------------------------------

# On the text as written: capitals tell a name from a sex.
NAMES = (
    r"\b(?:[Aa]nh|[Cc]hị|[Ôô]ng|[Bb]à|[Cc]hú|[Cc]ô|[Bb]ác|[Ee]m|[Tt]hầy|[Mm]r|[Mm]s|[Mm]rs)\.?,? "
    r"(?:[^\W\d_]+ )?Nam\b",
    r"\b(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Danh|Thạch|Chau|Kim|"
    r"Trương|Đinh|Mai|Lâm|Tô|Tạ|Cao|Châu|Hà|Phương|Đại|Thành|Hải|Tân|An)(?: [^\W\d_a-z][^\W\d_]*){0,3} Nam\b",
    # A firm, a shop, a street and the capitals behind it.
    r"\b(?:[Cc]ông [Tt]y|[Cc]ty|CTY|CÔNG TY|[Nn]hà [Hh]àng|[Kk]hách [Ss]ạn|[Ss]iêu [Tt]hị|[Cc]ửa [Hh]àng|"
    r"[Tt]hương [Hh]iệu|[Nn]hãn [Hh]àng|[Qq]uán|[Đđ]ường|[Xx]ưởng|[Tt]rường|[Bb]ệnh [Vv]iện)"
    r"(?: (?:TNHH|CP|MTV|[Cc]ổ phần))*"
    r"(?: (?!Tuyển|TUYỂN|Cần|CẦN|Chỉ|CHỈ|Nhận|NHẬN)[^\W\d_a-zà-ỹ][^\W_]*){1,6}",
    r"\bNam (?:Long|Phát|Việt|Hải|Thành|Sơn|Dương|Cường|Hưng|Phương|Thái|Tiến|Anh|Hòa|Hoà|Á|Kỳ)\b",
    r"(?i:\b(?:liên hệ|lh|gặp|hotline|zalo|sđt)\b[^.;]{0,30}?)\bNam\b",
)

BOTH = (
    r"(?:nam|nữ)(?: giới)?(?:\s*(?:/|,|;|&|\+|-|và|hoặc|hay|lẫn|cùng)\s*|\s+)(?:phụ )?(?:nam|nữ)(?: giới)?\b"
)
HARMLESS = (
    rf"(?:cả )?\b{BOTH}",
    r"\b(?:không phân biệt|không yêu cầu|không giới hạn|không kể|bất kể|không quan trọng)[^.;]*",
    r"(?:giới tính|độ tuổi|tuổi|tôn giáo|dân tộc|tình trạng hôn nhân)\s*[:\-–]?\s*(?:không (?:yêu cầu|phân biệt"
    r"|giới hạn)|bất kỳ|tất cả)",
    r"\b(?:việt|miền|phía|đông|tây|hướng|hải|quảng|hà|cực|phương|tây|duyên hải|bắc|lào|trung)\s?nam\b",
    r"\bnam (?:bộ|á|phi|mỹ|kỳ|hàn|châm|định|du|sài gòn|cần thơ|trung bộ|căn|vang|cực|sách|đàn|trực|từ liêm)\b",
    r"\bnữ (?:hoàng|trang|công|sinh|tính)\b",
    r"\b(?:hội|ban|hội liên hiệp|ngày|quốc tế) phụ nữ\b",
    # What is sold, sewn or served.
    r"\b(?:thời trang|quần áo|quần|áo|áo sơ mi|sơ mi|giày|giày dép|dép|túi|túi xách|đồ|đồ lót|váy|đồng hồ|nước hoa|"
    r"tóc|mỹ phẩm|phụ kiện|trang phục|đồng phục|khách|khách hàng|bệnh nhân|học sinh|sinh viên|hành khách|"
    r"hội viên|vận động viên|vệ sinh|ký túc xá|phòng ở|phòng|nhà ở|khu)(?: (?:cho|dành cho|của))? (?:nam|nữ)\b"
    r"|\bcho (?:phái |phụ |khách )?(?:nam|nữ)\b(?! ứng viên)",
    r"\b(?:lao động|nhân viên|cán bộ|công nhân|chị em) nữ (?:được|có thai|mang thai|nuôi con|nghỉ|sinh con|trong)",
    r"\b(?:trẻ|trẻ em|bé|các bé|học sinh|học viên|thiếu nhi|con|cháu|các em|em nhỏ|khách hàng|người già|bệnh nhân|"
    r"cụ)\b[^.;]{0,25}\btuổi\b",
    r"\b\d+ (?:năm|tháng) tuổi\b",
    r"\b(?:tuổi nghề|tuổi đời doanh nghiệp|độ tuổi lao động|tuổi lao động|người cao tuổi|tuổi thọ|tuổi trẻ|tuổi thơ|"
    r"tuổi nghỉ hưu|tuổi học trò)\b",
    # Minors: the law itself sets 15 and 18.
    r"\bkhông (?:nhận|tuyển|sử dụng)[^.;]{0,20}dưới (?:15|16|18) tuổi",
    r"\b(?:đủ|từ đủ|từ|trên|tối thiểu|ít nhất)\s*(?:15|16|17|18) tuổi(?: (?:trở )?lên)?(?!\s*(?:-|–|đến|tới))",
    r"\b(?:15|16|17|18)\s*(?:-|–|đến|tới)\s*(?:6\d|7\d) tuổi",
    r"\b(?:15|16|17|18) tuổi (?:trở )?lên",
    r"\btuổi\s*[:\-–]?\s*(?:từ|đủ|trên)?\s*(?:15|16|17|18)(?: tuổi)? (?:trở )?lên",
    r"\b(?:chống|phòng chống|phòng, chống) (?:hiv|phân biệt)[^.;]*",
    r"\b(?:đạo đức|lãnh đạo|chỉ đạo|đào tạo|đạo diễn|chủ đạo|đạo cụ)\b",
    r"\b(?:mẹ|cha|bố) đơn thân\b",
    # English
    r"\b(?:male|men|man)\s*(?:/|and|or|&)\s*(?:female|women|woman)\b|\b(?:female|women)\s*(?:/|and|or|&)\s*(?:male|men)\b",
    r"\b(?:regardless of|any|all|no discrimination)[^.;]*",
    r"\b(?:over|above|at least|minimum|from)? ?(?:15|16|18) (?:years old|years of age|\+)(?: (?:or|and) (?:over|above|older))?",
    r"\b\d+[- ]years?[- ]old (?:company|brand|business|firm|school|children|kids)",
)  # fmt: skip

# A sentence that grants something to people already working there asks for nothing.
BENEFIT = r"\b(?:phụ cấp|chế độ|hỗ trợ|trợ cấp|phúc lợi|quà|thưởng|tặng|8/3|20/10|thai sản|được nghỉ|nghỉ phép|maternity)\b"

# --- measures that the law allows ------------------------------------------------------------------------

LAWFUL = (
    r"(?<!không )(?<!ko )(?<!chưa )\b(?:ưu tiên|khuyến khích|tạo điều kiện|dành riêng|dành|nhận|tuyển|chào đón|hỗ trợ|welcome|encouraged?|priority)\b"
    r"[^.;]{0,40}(?:khuyết tật|khmer|khơ me|khơ-me|chăm|dân tộc thiểu số|đồng bào dân tộc|hộ nghèo|hộ cận nghèo|"
    r"cận nghèo|mẹ đơn thân|người nhiễm hiv|bộ đội xuất ngũ|xuất ngũ|người cao tuổi|disabilit|ethnic minorit)",
    r"\b(?:khmer|people with disabilities|persons with disabilities)[^.;]{0,30}(?:welcome|encouraged|priority)",
)

# --- what is asked for -----------------------------------------------------------------------------------

PICK = r"(?:y/c|yc|tuyển dụng|tuyển|nhận|cần tìm|cần|tìm|yêu cầu|ưu tiên|thuê|mướn|kiếm)"
REFUSE = r"(?:không|ko|k|miễn|chưa)\s*(?:tuyển dụng|tuyển|nhận|thuê|tiếp nhận|nhận hồ sơ|chấp nhận)"
SEX = r"(?:nam giới|nữ giới|phụ nữ|đàn ông|đàn bà|con trai|con gái|phái nam|phái nữ|nam|nữ)"
JOBS = (
    r"(?:nhân viên|công nhân|lao động|lễ tân|thư ký|trợ lý|phục vụ|bảo vệ|tài xế|kế toán|thợ|giúp việc|y tá|giáo viên|"
    r"điều dưỡng|pg|nv|tạp vụ|ứng viên|kỹ sư|thu ngân|phụ bếp|bếp|bốc xếp|lái xe|bán hàng|thực tập sinh|"
    r"cộng tác viên|telesale|sale|sales|chuyên viên|phụ kho|thủ kho|kỹ thuật viên|quản lý)"
)


PATTERNS: dict[str, tuple[str, ...]] = {
    "sex": (
        rf"giới tính\s*[:\-–]?\s*(?:là |yêu cầu )?{SEX}\b",
        rf"\b{PICK}\b(?:[\s:,(\-–]+[^\s.;:,]+){{0,5}}?[\s:,(\-–]+{SEX}\b",
        rf"\b{REFUSE}\b(?:\s+[^\s.;,]+){{0,3}}?\s+{SEX}\b",
        rf"\bchỉ\b[^.;,]{{0,25}}\b{SEX}\b",
        rf"^[^\w]*{SEX}\b\s*(?:[,:;(.]|$|tuổi|từ|dưới|trên|độ|cao|có|biết|tốt nghiệp|không|chưa|ngoại|sức|trẻ|\d)",
        rf"[(\[]\s*(?:chỉ |ưu tiên )?{SEX}\s*[)\],]",
        rf"\b{JOBS}\b(?: [^\s.;,:]+){{0,3}}? {SEX}\b",
        rf"[-–|/]\s*{SEX}\s*(?:$|[-–|,(])",
        # Titles: "Nữ Kế Toán", "Nam Nhân Viên", "(Tiếng Anh khá, nữ)", "[Nữ - Tân Phú]", "PR Nữ".
        r"^[^\w]*nữ(?=\s+\S)",
        rf"^[^\w]*nam {JOBS}\b",
        r"[(\[]\s*(?:[^)\]]*,\s*)?nữ\b",
        r"[(\[]\s*(?:[^)\]]*,\s*)?nam\s*[)\],/-]",
        r"^[^.;,:]{1,40}(?<!phụ) nữ\s*(?:$|[(\[])",
        r"\b(?:male|female)s?\b[^.;]{0,20}\b(?:only|preferred|candidates?|applicants?|staff|workers?|employees?)\b",
        r"\b(?:only|prefer(?:ably|red|ring)?|must be|looking for|hiring|seeking|need|no)\b(?:\W+\w+){0,3}?\W+"
        r"(?:males?|females?|men|women|man|woman|ladies|lady|girls?|boys?)\b",
        r"\b(?:gender|sex)\s*[:\-–]\s*(?:fe)?male\b",
    ),
    "age": (
        r"(?:dưới|không quá|tối đa|nhỏ hơn|chưa quá|không trên|<=?|≤)\s*(?:là )?\d{2}\s*tuổi",
        r"\d{2}\s*(?:tuổi)?\s*(?:-|–|~|đến|tới)\s*\d{2}\s*tuổi",
        r"tuổi(?: đời)?\s*[:\-–]?\s*(?:từ|khoảng|trong khoảng)?\s*\d{2}\s*(?:-|–|~|đến|tới)\s*\d{2}",
        r"tuổi(?: đời)?\s*[:\-–]?\s*(?:dưới|không quá|tối đa|<=?|≤|trên|từ)\s*\d{2}",
        r"(?:trên|từ|đủ|tối thiểu|hơn)\s*\d{2}\s*tuổi",
        r"\d{2}\s*tuổi (?:trở )?(?:lên|xuống)",
        # "Nam/nữ từ 22 - 35": the word for both is blotted out, the ages stand behind it.
        r"(?<=\u2022)\s*(?:từ )?\d{2}\s*(?:-|–|đến|tới)\s*\d{2}\b(?!\s*(?:triệu|tr|%|kg|k|người|giờ|phút|ngày|h|usd|năm|tháng))",
        r"\bsinh (?:từ )?năm\s*(?:từ )?(?:19|20)\d\d",
        r"\b(?:sinh|sn)\s*(?:19|20)\d\d",
        rf"\b(?:{PICK}|chỉ)\b[^.;,]{{0,20}}\b(?:người trẻ|bạn trẻ|ứng viên trẻ|trẻ tuổi|gen z|8x|9x|tuổi trung niên)\b",
        r"\b(?:ứng viên|nhân viên|công nhân) trẻ\b(?! em)",
        r"\b(?:under|below|up to|maximum|max|not over|no older than|younger than)\s*(?:the age of )?\d{2}\s*"
        r"(?:years?[- ]old|years? of age|y/o|yo)\b",
        r"\b(?:under|below|up to|over|above) the age of \d{2}",
        r"\bage[ds]?\s*(?:limit|range)?\s*[:\-–]?\s*(?:from |between |under |below )?\d{2}\s*(?:-|–|to|and)?\s*\d{0,2}",
        r"\b\d{2}\s*(?:-|–|to)\s*\d{2}\s*(?:years?[- ]old|years? of age|y/o|yo)\b",
        r"\byoung\b[^.;,]{0,20}\b(?:candidates?|applicants?|staff|people|woman|women|man|men|ladies|girls)\b",
    ),
    "marriage": (
        r"\bchưa (?:lập gia đình|có gia đình|kết hôn|có chồng|có vợ|chồng|vợ)\b",
        r"\b(?:còn )?độc thân\b",
        rf"\b(?:{PICK}|chỉ|phải|là người)\b[^.;]{{0,30}}\bđã (?:lập gia đình|có gia đình|kết hôn|có chồng|có vợ)\b",
        rf"\b{REFUSE}\b[^.;]{{0,30}}\b(?:ly hôn|ly dị|có gia đình|có chồng|có vợ|lập gia đình)\b",
        r"tình trạng hôn nhân\s*[:\-–]\s*\w+",
        r"\b(?:must be|only|prefer(?:ably|red)?)\b[^.;]{0,20}\b(?:single|unmarried|married)\b",
        r"\b(?:single|unmarried)\b[^.;]{0,15}\b(?:only|preferred|candidates?|applicants?|women|woman|female|status)\b",
    ),
    "family": (
        r"\bkhông (?:có |vướng |vướng bận |bận )?(?:con nhỏ|con cái|bận gia đình|vướng bận gia đình)\b",
        r"\b(?:không|chưa) (?:vướng bận|có con)\b",
        r"\bno (?:young |small )?(?:children|kids)\b",
    ),
    "pregnancy": (
        rf"\b(?:{REFUSE}|không|chưa)\b[^.;,]{{0,20}}\b(?:có thai|mang thai|có bầu|mang bầu|thai kỳ)\b",
        r"\bcam kết\b[^.;]{0,25}\b(?:không|chưa)\b[^.;]{0,10}\b(?:sinh con|sinh|mang thai|có thai|có bầu)\b",
        r"\b(?:không|chưa) sinh con\b",
        r"\b(?:not|no)\b[^.;]{0,12}\bpregnan(?:t|cy)\b",
    ),
    "religion": (
        rf"\b{REFUSE}\b[^.;]{{0,30}}\b(?:theo đạo|có đạo|công giáo|thiên chúa|hồi giáo|tin lành|phật giáo|hòa hảo|cao đài|tôn giáo)\b",
        rf"\b(?:chỉ|{PICK}|phải|là)\b[^.;]{{0,25}}\b(?:theo đạo|công giáo|phật tử|phật giáo|tin lành|hòa hảo|không tôn giáo)\b",
        r"\bkhông (?:theo đạo|theo tôn giáo|có đạo|tôn giáo)\b",
        r"\btôn giáo\s*[:\-–]\s*(?:không|phật|công)",
        r"\b(?:no|only|prefer)\b[^.;]{0,15}\b(?:muslims?|christians?|catholics?|buddhists?)\b",
        r"\b(?:muslims?|christians?|catholics?|buddhists?)\b[^.;]{0,10}\b(?:only|preferred)\b",
    ),
    "ethnicity": (
        rf"\b{REFUSE}\b[^.;]{{0,25}}\b(?:khmer|khơ me|khơ-me|người chăm|người hoa|dân tộc|người miên)\b",
        rf"\b(?:chỉ|{PICK}|phải|là)\b[^.;]{{0,25}}\b(?:người kinh|dân tộc kinh)\b",
        r"\bdân tộc\s*[:\-–]?\s*kinh\b",
        r"^[^\w]*người kinh\b",
        r"\b(?:no|only|not)\b[^.;]{0,15}\b(?:khmer|ethnic minorit(?:y|ies)|kinh)\b",
    ),
    "race": (
        rf"\b(?:{REFUSE}|chỉ|{PICK})\b[^.;]{{0,30}}\b(?:da đen|da màu|da trắng(?! sáng))\b",
        r"\b(?:white|caucasian)\b[^.;]{0,25}\b(?:only|teachers?|candidates?|preferred)\b",
        r"\bno (?:black|african|asian)\b",
    ),
    "origin": (
        rf"\b{REFUSE}\b[^.;]{{0,25}}\b(?:người|quê|dân|hộ khẩu|lao động|gốc|ở|ngoại tỉnh|ngoài tỉnh|tỉnh khác|ng)\b"
        r"[^.;]{0,12}\b(?:bắc|trung|miền|tỉnh|ngoại tỉnh|ngoài tỉnh|tỉnh khác|nơi khác|thanh hóa|nghệ an|hà tĩnh|quảng|"
        r"nghệ tĩnh|bình|thái bình|hải phòng|nam định|cà mau|bạc liêu|kiên giang|an giang|đồng tháp|sóc trăng|"
        r"trà vinh|long an|bến tre|cần thơ|hậu giang|vĩnh long|tiền giang|campuchia|nước ngoài|chợ)\b",
        rf"\b{REFUSE}\b[^.;]{{0,10}}\b(?:ngoại tỉnh|ngoài tỉnh|tỉnh khác|người bắc|người nam|người trung)\b",
        rf"\b{REFUSE} (?:người|dân|lao động) (?:miền|tỉnh|gốc)\b",
        r"\b(?:chỉ|bắt buộc|phải)\b[^.;]{0,30}\b(?:hộ khẩu|quê quán|quê ở|quê|người gốc|gốc)\b",
        r"\bquê quán\s*[:\-–]\s*\w+",
        rf"\b(?:chỉ|{PICK}|trừ)\b[^.;,]{{0,20}}\bngười (?:miền )?(?:bắc|trung|gốc bắc)\b",
        r"\b(?:no|only|not)\b[^.;]{0,20}\b(?:northerners?|southerners?|people from)\b",
    ),
    "opinion": (
        rf"\b(?:{REFUSE}|chỉ (?:tuyển|nhận))\b[^.;]{{0,20}}\b(?:đảng viên|quần chúng)\b",
    ),
    "disability": (
        rf"\b{REFUSE}\b[^.;]{{0,25}}\b(?:khuyết tật|tật nguyền|dị tật|câm điếc|khiếm thị|khiếm thính)\b",
        r"\b(?:không|ko)(?: có| bị| mang)?\s*(?:dị tật|khuyết tật|tật nguyền|dị hình|dị dạng)\b",
        r"\b(?:cơ thể|ngoại hình|tay chân|chân tay) lành lặn\b",
        r"\b(?:no|not)\b[^.;]{0,15}\b(?:disabilit(?:y|ies)|disabled|handicap(?:ped)?)\b",
        r"\bable-?bodied\b",
    ),
    "hiv": (
        r"\b(?:không|ko)\b[^.;]{0,20}\bhiv\b",
        r"\b(?:xét nghiệm|âm tính|kết quả|giấy)\b[^.;]{0,25}\bhiv\b",
        r"\bhiv\b[^.;]{0,20}\b(?:âm tính|negative|test)\b",
        r"\b(?:no|not|without)\b[^.;]{0,15}\bhiv\b",
    ),
    "union": (
        r"\b(?:không|chưa|cấm)\b[^.;]{0,25}\b(?:công đoàn|tổ chức đại diện người lao động)\b",
        r"\b(?:no|not|never)\b[^.;]{0,20}\bunions?\b",
    ),
}  # fmt: skip

# Without diacritics "năm" (year) reads like "nam" (male).
YEARS = (
    r"\b\d+\s*nam\b",
    r"\bnam\s+\d",
    r"\b(?:hang|trong|mot|moi|nhieu|lau|cuoi|dau|vai|ca|theo|tung|qua|tron|hai|ba|bon) nam\b",
    r"\bnam (?:kinh nghiem|nay|sau|truoc|moi|sinh|tai chinh|hoc)\b",
)
