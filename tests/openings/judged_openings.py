"""Twelve openings that cheat and twelve that do not, written by hand and judged by hand.

(name, the signs that must be found, what the opening says). Names and numbers are made up.
"""

from typing import Any

# ruff: noqa: E501 (an opening reads better as it was written)

FRAUDULENT: list[tuple[str, set[str], dict[str, Any]]] = [
    (
        "fee for the file",
        {"fraud_money"},
        {"title": "Công nhân đóng gói", "text": "Đóng gói bánh kẹo.\nNhận hồ sơ tại cổng, lệ phí hồ sơ 150.000đ không hoàn lại."},
    ),
    (
        "deposit to keep the place",
        {"fraud_money"},
        {"title": "Phụ kho", "text": "Bốc dỡ hàng. Số lượng có hạn, chuyển khoản 300k để giữ chỗ trước khi đi làm."},
    ),
    (
        "deposit in disguise and a bank account",
        {"fraud_money"},
        {"title": "Nhân viên soạn hàng", "text": "Đi làm ngay, đ.ặ.t c.ọ.c đồng phục 250. STK 0123456789012 MB."},
    ),
    (
        "materials at home against a deposit",
        {"fraud_money"},
        {"title": "Xâu hạt tại nhà", "text": "Nhận hạt về nhà xâu.\nNgười mới cọc nguyên liệu 500 ngàn, làm xong hoàn cọc."},
    ),
    (
        "training to be paid before the interview",
        {"fraud_money"},
        {"title": "Thu ngân siêu thị", "text": "Thu tiền, xuất hoá đơn. Trước khi nhận việc ứng viên nộp phí đào tạo 400.000 đồng."},
    ),
    (
        "light work, high pay",
        {"fraud_easy"},
        {"title": "Việc nhẹ nhàng, lương cao", "text": "Không cần kinh nghiệm, tuổi nào cũng làm được, bao ăn ở."},
    ),
    (
        "clicking for money",
        {"fraud_easy", "fraud_money"},
        {"title": "Cộng tác viên online", "text": "Làm nhiệm vụ trên điện thoại, thả tim video, rút tiền liền tay.\nNạp tiền càng nhiều hoa hồng càng cao."},
    ),
    (
        "over the border",
        {"fraud_border"},
        {"title": "Nhân viên trực tin nhắn", "text": "Trả lời tin nhắn của khách. Qua Campuchia làm việc, có xe đưa, bao hộ chiếu."},
    ),
    (
        "casino",
        {"fraud_border"},
        {"title": "Chia bài", "text": "Làm ở casino bên Bavet, lương 25 triệu, lo hết giấy tờ."},
    ),
    (
        "wage ten times the usual",
        {"fraud_wage"},
        {"title": "Phụ bếp", "occupation_code": "9411", "wage_min": 60_000_000, "wage_max": 80_000_000, "text": "Rửa rau, dọn bếp."},
    ),
    (
        "nobody to be found",
        {"fraud_contact"},
        {"title": "Giúp việc nhà", "text": "Nấu ăn, dọn nhà. Kết bạn za lo 0901 234 567 để biết địa chỉ.", "unfindable": True},
    ),
    (
        "typed on an old phone",
        {"fraud_money", "fraud_easy"},
        {"title": "Tuyen gap", "text": "viec nhe luong cao, nhan viec ngay. dong 200k tien dong phuc truoc khi di lam."},
    ),
]  # fmt: skip

HONEST: list[tuple[str, dict[str, Any]]] = [
    ("no fee", {"title": "Công nhân may", "text": "May áo sơ mi. Không thu phí hồ sơ, không đặt cọc, không giữ giấy tờ gốc."}),
    ("free training", {"title": "Phụ bếp", "text": "Công ty đóng bảo hiểm đầy đủ, đào tạo miễn phí, hoàn tiền đồng phục sau thử việc."}),
    ("customers pay deposits", {"title": "Nhân viên bán hàng nội thất", "text": "Tư vấn khách, nhận đặt cọc của khách và giao hàng đúng hẹn."}),
    ("collects fees", {"title": "Kế toán thu phí", "text": "Thu học phí, lập phiếu thu, đối chiếu công nợ với phụ huynh."}),
    ("cashier", {"title": "Thu ngân", "text": "Thu tiền khách, nhận tiền cọc đặt bàn, kiểm két cuối ca. Gửi hồ sơ tại quầy, phỏng vấn ngay."}),
    ("pile driving", {"title": "Công nhân ép cọc", "text": "Vận hành máy ép cọc bê tông, đóng cọc tre, phụ khoan cọc nhồi. Lương 450.000đ/ngày."}),
    ("near the border gate", {"title": "Nhân viên kho", "text": "Kho gần cửa khẩu Tịnh Biên, An Giang. Hàng xuất khẩu sang Campuchia, giao dịch với khách bên kia qua điện thoại."}),
    ("speaks Khmer", {"title": "Phiên dịch tiếng Campuchia", "text": "Phiên dịch tiếng Campuchia cho khách đến khám bệnh ở Châu Đốc. Có hỗ trợ tiền xăng."}),
    ("small shop with a mobile", {"title": "Phụ quán cơm", "text": "Rửa chén, bưng bê. Liên hệ Zalo chị Bảy 0901 234 567, quán ở 12 Trần Hưng Đạo."}),
    ("bonus for bringing friends", {"title": "Công nhân thủy sản", "text": "Thưởng giới thiệu 500.000đ mỗi người, phụ cấp đồng phục 300k, chuyển khoản lương ngày 10."}),
    ("good pay for an engineer", {"title": "Kỹ sư phần mềm", "occupation_code": "2512", "wage_min": 30_000_000, "wage_max": 55_000_000, "text": "Viết phần mềm kho. Thu nhập cao theo năng lực, công việc không nặng tay chân."}),
    ("warns of swindlers", {"title": "Giao nhận", "text": "Công ty không thu bất kỳ khoản tiền nào. Ai yêu cầu đóng phí giữ chỗ là lừa đảo, hãy báo công an. Cấm cờ bạc, rượu chè trong giờ làm."}),
]  # fmt: skip
