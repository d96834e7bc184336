"""The words for every code: what is wrong and what to do, in the language of the page."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.rosters.columns import BY_NAME

FILE_SENTENCES: dict[str, Any] = {
    "broken": _l("Tệp này bị hỏng, không mở được. Hãy mở bằng Excel, lưu lại thành .xlsx rồi gửi lần nữa."),
    "legacy_font": _l(
        "Tệp này gõ bằng phông chữ cũ (TCVN3 như .VnTime, hoặc VNI). Hãy đổi sang Unicode rồi gửi lại:"
        " trong Unikey bấm Ctrl+Shift+F6."
    ),
    "unknown_letters": _l("Không đọc được chữ trong tệp này. Hãy lưu lại thành .xlsx, hoặc CSV UTF-8."),
    "no_rows": _l("Tệp này không có dòng nào. Hãy ghi mỗi người học một dòng, dưới dòng tên cột."),
    "no_header": _l("Không tìm thấy dòng tên cột. Trang tính cần một dòng có tên các cột, ít nhất là:"),
    "missing_columns": _l("Tệp này thiếu cột. Hãy thêm:"),
    "columns_twice": _l("Có cột ghi hai lần. Hãy giữ lại một cột:"),
}
CELL_SENTENCES: dict[str, Any] = {
    "name_missing": _l("Hãy ghi họ và tên."),
    "name_letters": _l("Hãy ghi họ và tên bằng chữ, không có chữ số."),
    "too_long": _l("Mục này dài quá. Hãy ghi ngắn lại."),
    "birth_missing": _l("Hãy ghi ngày sinh, hoặc năm sinh."),
    "birth_unreadable": _l(
        "Hãy ghi theo dạng ngày/tháng/năm, ví dụ 05/09/2004. Không rõ ngày thì chỉ ghi năm."
    ),
    "birth_short_year": _l("Hãy ghi đủ bốn chữ số của năm, ví dụ 05/09/2004."),
    "birth_not_in_calendar": _l("Ngày này không có trong lịch. Hãy ghi ngày trước, tháng sau."),
    "birth_future": _l("Ngày này ở sau hôm nay. Bạn xem lại giúp."),
    "birth_old": _l("Người này trên 100 tuổi. Bạn xem lại năm sinh giúp."),
    "birth_young": _l("Người này chưa đủ 15 tuổi, chưa thể đăng ký tìm việc. Hãy bỏ dòng này."),
    "birth_young_year": _l(
        "Chỉ có năm sinh thì chưa chắc người này đủ 15 tuổi. Hãy ghi đủ ngày sinh, hoặc bỏ dòng này."
    ),
    "sex_unknown": _l("Hãy ghi Nam hoặc Nữ, hoặc để trống."),
    "sex_twice": _l("Cả hai cột Nam và Nữ đều được đánh dấu. Hãy giữ lại một."),
    "sex_mark": _l("Hãy đánh dấu x, hoặc để trống."),
    "id_shortened": _l(
        "Bảng tính đã đổi số này thành dạng rút gọn và làm mất chữ số."
        " Hãy ghi lại đủ 12 chữ số, ô ở dạng chữ (Text)."
    ),
    "id_letters": _l("Số căn cước chỉ có chữ số. Hãy ghi đủ 12 chữ số, hoặc để trống."),
    "id_old": _l(
        "Đây là số chứng minh nhân dân cũ (9 chữ số). Hãy ghi số căn cước 12 chữ số, hoặc để trống."
    ),
    "id_unknown": _l("Không có số căn cước nào bắt đầu như vậy. Bạn xem lại số trên thẻ, hoặc để trống."),
    "id_length": _l("Số căn cước có 12 chữ số. Bạn xem lại số trên thẻ, hoặc để trống."),
    "phone_shortened": _l(
        "Bảng tính đã đổi số này thành dạng rút gọn và làm mất chữ số. Hãy ghi lại đủ 10 chữ số."
    ),
    "phone_two": _l("Ô này có hai số. Hãy để lại một số."),
    "phone_unknown": _l("Hãy ghi số điện thoại 10 chữ số, bắt đầu bằng số 0, ví dụ 0901234567."),
    "contact_missing": _l("Hãy ghi số điện thoại hoặc thư điện tử, để Trung tâm báo cho người học."),
    "email_unknown": _l("Hãy ghi địa chỉ thư điện tử, ví dụ ten@vidu.vn, hoặc để trống."),
    "education_unknown": _l("Hãy ghi Sơ cấp, Trung cấp hoặc Cao đẳng, hoặc để trống."),
    "not_taken": _l("Dòng này không ghi được."),
}


def column_label(name: str) -> str:
    return str(BY_NAME[name].label)


def file_sentence(error: dict[str, Any], limit: int) -> str:
    if error["code"] == "too_many_rows":
        return _(
            "Tệp này có %(count)s dòng; mỗi lần gửi nhiều nhất %(limit)s dòng. Hãy chia thành nhiều tệp.",
            count=error["count"],
            limit=limit,
        )
    return str(FILE_SENTENCES[error["code"]])


def missing_label(name: str) -> str:
    """A column that lacks, with what may stand for it."""
    if name == "full_name":
        return _("Họ và tên (hoặc hai cột: Họ và tên đệm, Tên)")
    if name == "birth":
        return _("Ngày sinh (hoặc Năm sinh)")
    if name == "phone":
        return _("Số điện thoại (hoặc Thư điện tử)")
    return column_label(name)


def cell_sentence(error: dict[str, Any]) -> str:
    if error["code"] != "double":
        return str(CELL_SENTENCES[error["code"]])
    if error["column"] == "national_id":
        return _("Trùng số căn cước với dòng %(row)s. Hãy bỏ một trong hai dòng.", row=error["other"])
    return _(
        "Trùng họ tên và ngày sinh với dòng %(row)s. Hãy bỏ một dòng;"
        " nếu là hai người, hãy ghi số căn cước của cả hai.",
        row=error["other"],
    )
