"""Forms of a roster: an upload, and the questions before a commit (made from what was found in the sheet)."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from portal.reference import occupations
from portal.reference.places import places
from portal.rosters.proposals import NO, YES
from portal.rosters.sentences import column_label
from portal.web.fields import Longest, Needed
from portal.web.forms import BaseForm

FILE_NEEDED = _l("Hãy chọn một tệp Excel (.xlsx) hoặc CSV.")


class FileForm(BaseForm):
    file = FileField(
        _l("Tệp danh sách"),
        [FileRequired(FILE_NEEDED)],
        description=_l("Tệp Excel (.xlsx) hoặc CSV, không quá 10 MB."),
    )


class UploadForm(FileForm):
    title = StringField(
        _l("Tên danh sách"),
        [Needed(_l("Hãy đặt tên cho danh sách.")), Longest(200)],
        description=_l("Để trường và Trung tâm nhận ra, ví dụ: Tốt nghiệp tháng 6 năm 2026."),
    )


def answers_form(groups: Iterable[Mapping[str, Any]]) -> type[BaseForm]:
    """One field a question; its name is the question's key."""
    fields = {
        group["key"]: _zero_field(group) if group["kind"] == "lost_zero" else _choice_field(group)
        for group in groups
    }
    return type("AnswersForm", (BaseForm,), fields)


def _zero_field(group: Mapping[str, Any]) -> RadioField:
    column = column_label(group["column"])
    return RadioField(
        _("%(column)s: %(n)s dòng thiếu số 0 ở đầu", column=column, n=group["count"]),
        [AnyOf((YES, NO), _("Hãy chọn một câu trả lời cho: %(column)s.", column=column))],
        choices=[
            SelectChoice(YES, _("Đúng, thêm số 0 vào đầu các số này")),
            SelectChoice(NO, _("Không đúng, để trống các số này")),
        ],
        # The list of choices would only say that there is no answer, not to which question.
        validate_choice=False,
    )


def _choice_field(group: Mapping[str, Any]) -> SelectField:
    is_place = group["kind"] == "place"
    names = [(code, places().name(code) if is_place else occupations.name(code)) for code in group["choices"]]
    nothing = _("Chưa rõ, để trống") if is_place else _("Không ghi công việc")
    return SelectField(
        _("%(text)s (%(n)s dòng)", text=group["text"], n=group["count"]),
        choices=[SelectChoice("", nothing), *(SelectChoice(code, name) for code, name in names)],
        default=group["choices"][0] if group["sure"] else "",
    )
