"""The base form: white space off, one Unicode form, messages in the page's language."""

import re
import unicodedata
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice
from wtforms.meta import DefaultMeta

from portal.errors import DomainError

# Control characters (PostgreSQL takes no null byte) and marks that turn the direction of writing: a name with
# one reads otherwise than it is.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def tidy(value: Any) -> Any:
    """NFC, no blanks around, nothing unseen: one letter from two phones is one text."""
    # Plain text only: a member of an enumeration is a str too, and stays what it is.
    return unicodedata.normalize("NFC", _UNSEEN.sub("", value)).strip() if type(value) is str else value


def _choice(one: Any) -> Any:
    """WTForms no longer likes pairs; our lists of choices are pairs of value and label."""
    return SelectChoice(value=one[0], label=one[1]) if isinstance(one, tuple) else one


class Translations:
    """WTForms ships no Vietnamese; its built-in messages go through our own catalogue."""

    WORDS = {
        "This field is required.": _l("Hãy điền mục này."),
        "Not a valid choice.": _l("Hãy chọn một mục trong danh sách."),
        "Not a valid choice": _l("Hãy chọn một mục trong danh sách."),
        "Not a valid integer value.": _l("Hãy ghi một số, ví dụ 3."),
        "Not a valid decimal value.": _l("Hãy ghi một số, ví dụ 3,5."),
        "Not a valid float value.": _l("Hãy ghi một số, ví dụ 3,5."),
        "Invalid Choice: could not coerce.": _l("Hãy chọn một mục trong danh sách."),
        "Invalid email address.": _l("Hãy ghi địa chỉ thư điện tử, ví dụ ten@vidu.vn."),
    }

    def gettext(self, string: str) -> str:
        known = self.WORDS.get(string)
        return gettext(string) if known is None else str(known)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """WTForms counts only choices that are none, with placeholders that Flask-Babel cannot fill."""
        known = self.WORDS["Not a valid choice."]
        return gettext(known)


class BaseForm(FlaskForm):
    class Meta(DefaultMeta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = [*unbound_field.kwargs.get("filters", ()), tidy]
            if "FieldList" not in unbound_field.field_class.__name__ and "FormField" not in (
                unbound_field.field_class.__name__
            ):
                options["filters"] = filters
            choices = unbound_field.kwargs.get("choices")
            if isinstance(choices, (list, tuple)):
                options["choices"] = [_choice(one) for one in choices]
            return unbound_field.bind(form=form, **options)

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            # The browser's own "required" bubble speaks the phone's language, not ours.
            render_kw.setdefault("required", False)
            return super().render_field(field, render_kw)

        def get_translations(self, form: Any) -> Translations:
            return Translations()

    def put_error(self, error: DomainError) -> None:
        """A sentence from the domain stands at its field, or on top of the form."""
        field = self._fields.get(error.field or "")
        target = field.errors if field is not None else self.form_errors
        kept = [*target, error.sentence]
        if field is not None:
            field.errors = kept
        else:
            self.form_errors = kept


class FilterForm(BaseForm):
    """A GET form: no CSRF token, so that a list can be bookmarked."""

    class Meta(BaseForm.Meta):
        csrf = False
