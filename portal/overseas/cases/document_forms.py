"""Forms of a paper: sent by the person, added or looked at by staff."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, ValidationError

from portal.overseas.cases.states import DocumentKind
from portal.web.fields import Longest, Needed, VnDateField
from portal.web.forms import BaseForm

FILE_HINT = _l("Ảnh JPG, PNG hoặc tệp PDF, không quá 8 MB. Chụp đủ bốn góc, đọc được chữ.")


class PaperForm(BaseForm):
    file = FileField(_l("Ảnh hoặc tệp của giấy này"), description=FILE_HINT)
    number = StringField(_l("Số ghi trên giấy"), [Longest(60)])
    issued_on = VnDateField(_l("Ngày cấp"))
    expires_on = VnDateField(_l("Ngày hết hạn ghi trên giấy"))


class DeskPaperForm(PaperForm):
    kind = SelectField(_l("Giấy gì"), choices=DocumentKind.pairs())
    # A row without a picture, a number or a day, of a paper that nobody saw, is no paper.
    seen = RadioField(
        _l("Đã xem bản gốc chưa"),
        choices=[("yes", _l("Đã xem, giấy hợp lệ")), ("no", _l("Chưa, kiểm tra sau"))],
        default="no",
    )

    def validate_seen(self, field: Any) -> None:
        told = (self.file.data, self.number.data, self.issued_on.data, self.expires_on.data)
        if field.data != "yes" and not any(told):
            raise ValidationError(
                _("Hãy thêm ảnh hoặc ghi số, ngày trên giấy; hoặc xem bản gốc rồi đánh dấu.")
            )


class JudgeForm(BaseForm):
    verdict = RadioField(
        _l("Giấy này"),
        [Needed(_l("Hãy chọn một câu trả lời."))],
        choices=[("good", _l("Hợp lệ")), ("bad", _l("Phải nộp lại"))],
    )
    number = StringField(_l("Số ghi trên giấy"), [Longest(60)])
    issued_on = VnDateField(_l("Ngày cấp"))
    expires_on = VnDateField(_l("Ngày hết hạn ghi trên giấy"))
    problem = StringField(
        _l("Nếu phải nộp lại: vì sao"), [Longest(300)], description=_l("Người lao động đọc được câu này.")
    )
