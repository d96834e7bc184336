"""Forms of the dated rows of a programme."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms import ValidationError as Wrong
from wtforms.validators import NumberRange, Optional

from portal.overseas.programmes.operations import Stated
from portal.overseas.programmes.states import AskedKind, DocumentNeed, FactKind, Way
from portal.overseas.states import CaseState, ProgrammeChannel
from portal.reference.countries import country_choices
from portal.reference.education import education_choices
from portal.reference.languages import known_level, scale_choices
from portal.reference.people import priority_group_choices
from portal.reference.places import places
from portal.web.fields import BoxesField, Longest, Needed, VnDateField, WholeNumberField
from portal.web.forms import BaseForm
from portal.workers.states import Sex

# Numbers of months and years that a rule could mean; beyond them somebody leaned on a key.
MONTHS = [Optional(), NumberRange(0, 240, _l("Hãy ghi số tháng từ 0 đến 240."))]
VALID = [Optional(), NumberRange(1, 240, _l("Hãy ghi số tháng từ 1 đến 240."))]
AGE = [Optional(), NumberRange(15, 100, _l("Hãy ghi tuổi từ 15 đến 100."))]
NOBODY = ("", _l("Ai cũng vậy"))


def chosen_id(text: str | None) -> int | None:
    """What a list sent back; nine figures are more rows than any table here has."""
    return int(text) if text and text.isdecimal() and len(text) <= 9 else None


class ProgrammeForm(BaseForm):
    name_vi = StringField(_l("Tên chương trình"), [Needed(), Longest(200)])
    name_en = StringField(_l("Tên bằng tiếng Anh"), [Needed(), Longest(200)])
    channel = SelectField(_l("Ai đưa đi"), choices=ProgrammeChannel.pairs())
    country = SelectField(_l("Nước"))
    about_vi = TextAreaField(_l("Giới thiệu vài câu"), [Longest(1000)])
    about_en = TextAreaField(_l("Giới thiệu bằng tiếng Anh"), [Longest(1000)])
    is_open_here = BooleanField(_l("Trung tâm đang nhận hồ sơ cho chương trình này"))
    starts_on = VnDateField(_l("Bắt đầu từ ngày"), description=_l("Chỉ khi chương trình chưa bắt đầu."))
    ends_on = VnDateField(_l("Kết thúc sau ngày"))
    dates_source = StringField(_l("Hai ngày này lấy ở đâu"), [Longest(300)])
    dates_verified = BooleanField(_l("Tôi đã đọc văn bản gốc và thấy đúng"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = [("", _("nhiều nước")), *country_choices()]

    def values(self) -> dict[str, Any]:
        plain = {field.short_name: field.data for field in self if field.short_name != "csrf_token"}
        return {
            **{name: value or "" if isinstance(value, str) else value for name, value in plain.items()},
            "channel": ProgrammeChannel(self.channel.data),
            "country": self.country.data or None,
        }


class RowForm(BaseForm):
    """What every dated row needs; a leader alone may say that the paper was read."""

    source = StringField(
        _l("Căn cứ"),
        [Needed(_l("Hãy ghi căn cứ: văn bản, thông báo nào.")), Longest(300)],
        description=_l("Ví dụ: Thông báo tuyển chọn số 12 ngày 05/01/2027."),
    )
    valid_from = VnDateField(
        _l("Có hiệu lực từ ngày"),
        [Needed(_l("Hãy ghi ngày bắt đầu có hiệu lực."))],
        description=_l("Ví dụ 01/01/2027. Dòng trước tự kết thúc vào ngày liền trước."),
    )
    valid_to = VnDateField(_l("Đến hết ngày"), description=_l("Để trống nếu chưa biết ngày kết thúc."))
    verified = BooleanField(_l("Tôi đã đọc văn bản gốc và thấy đúng"))

    # The fields of the row itself, in the order of the page.
    own: tuple[str, ...] = ()

    def stated(self) -> Stated:
        verified = bool("verified" in self and self.verified.data)
        return Stated(self.source.data or "", self.valid_from.data, self.valid_to.data, verified)

    def values(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in self.own}


class RequirementForm(RowForm):
    """Only the fields of the chosen kind are kept; what they are is in `FIELDS`."""

    own = (
        "round_id", "age_min", "age_max", "sex", "education", "scale", "level", "codes", "months",
        "valid_months", "words_vi", "words_en", "for_sex", "any_of", "way", "way_vi", "way_en", "way_months",
    )  # fmt: skip
    round_id = SelectField(_l("Cho kỳ nào"), validate_choice=False)
    age_min = WholeNumberField(_l("Tuổi: từ"), AGE)
    age_max = WholeNumberField(_l("Tuổi: đến hết"), AGE)
    sex = SelectField(_l("Giới tính"), choices=Sex.pairs())
    education = SelectField(_l("Học vấn từ"))
    scale = SelectField(_l("Chứng chỉ ngoại ngữ"))
    level = StringField(_l("Bậc hoặc số điểm"), [Longest(20)], description=_l("Ví dụ N4, B1 hoặc 110."))
    codes = StringField(
        _l("Mã nghề được tính"),
        [Longest(120)],
        description=_l("Hai số đầu của mã nghề, cách nhau bằng dấu cách. Ví dụ 61 62 là làm nông."),
    )
    months = WholeNumberField(_l("Số tháng kinh nghiệm"), MONTHS)
    valid_months = WholeNumberField(_l("Giấy có giá trị bao nhiêu tháng"), VALID)
    words_vi = StringField(
        _l("Nói bằng lời"), [Longest(200)], description=_l("Ví dụ: cao từ 158 cm; đạt vòng phỏng vấn.")
    )
    words_en = StringField(_l("Bằng tiếng Anh"), [Longest(200)])
    for_sex = SelectField(_l("Chỉ hỏi"), choices=[NOBODY, *Sex.pairs()])
    any_of = StringField(
        _l("Tên nhóm"),
        [Longest(40)],
        description=_l("Các dòng cùng tên nhóm: chỉ cần đạt một. Để trống nếu đứng riêng."),
    )
    way = SelectField(_l("Cách để đạt"), choices=[("", "–"), *Way.pairs()])
    way_vi = StringField(_l("Làm gì để đạt"), [Longest(300)])
    way_en = StringField(_l("Làm gì để đạt, bằng tiếng Anh"), [Longest(300)])
    way_months = WholeNumberField(_l("Mất khoảng bao nhiêu tháng"), MONTHS)

    def __init__(self, *args: Any, kind: AskedKind, rounds: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.round_id.choices = [("", _("Mọi kỳ")), *((str(one.id), one.name) for one in rounds)]
        self.education.choices = education_choices()
        self.scale.choices = scale_choices()
        kept = (*FIELDS.get(kind, WORDS), *OF_ALL)
        for name in self.own:
            if name not in kept:
                del self[name]
        self.own = tuple(name for name in self.own if name in kept)

    def validate_words_vi(self, field: Any) -> None:
        """The kinds that have no value of their own stand in words alone."""
        if not field.data and self.kind not in STRUCTURED:
            raise Wrong(_("Hãy nói điều này bằng lời."))

    def validate_level(self, field: Any) -> None:
        if not (self.scale.data and known_level(self.scale.data, field.data)):
            raise Wrong(_("Hãy chọn chứng chỉ và ghi bậc hoặc số điểm có trong thang của nó."))

    def validate_age_max(self, field: Any) -> None:
        if self.age_min.data is None and field.data is None:
            raise Wrong(_("Hãy ghi ít nhất một trong hai tuổi."))
        if None not in (self.age_min.data, field.data) and field.data < self.age_min.data:
            raise Wrong(_("Tuổi cuối không thể nhỏ hơn tuổi đầu."))

    def validate_codes(self, field: Any) -> None:
        if any(not code.isdigit() for code in (field.data or "").split()):
            raise Wrong(_("Mã nghề chỉ gồm chữ số, cách nhau bằng dấu cách."))

    def values(self) -> dict[str, Any]:
        texts = ("words_vi", "words_en", "any_of", "way_vi", "way_en")
        return {
            **{name: self._data(name) or "" for name in texts},
            "kind": self.kind,
            "value": self._value(),
            "round_id": chosen_id(self._data("round_id")),
            "for_sex": self._data("for_sex") or None,
            "way": Way(self._data("way")) if self._data("way") else None,
            "way_months": self._data("way_months"),
        }

    def _value(self) -> dict[str, Any]:
        found = {key: self._data(name) for name, key in VALUES.items() if name in self}
        if "codes" in found:
            found["codes"] = (found["codes"] or "").split()
        return {name: value for name, value in found.items() if value is not None}

    def _data(self, name: str) -> Any:
        return self[name].data if name in self else None


# Which fields a kind has, and under which name its value is stored.
WORDS = ("words_vi", "words_en", "for_sex")
FIELDS = {
    AskedKind.AGE: ("age_min", "age_max", "for_sex"),
    AskedKind.SEX: ("sex",),
    AskedKind.EDUCATION: ("education",),
    AskedKind.LANGUAGE: ("scale", "level", "valid_months", "words_vi", "words_en"),
    AskedKind.EXPERIENCE: ("codes", "months", *WORDS),
    AskedKind.TEST: ("valid_months", *WORDS),
    AskedKind.TRAINING: ("valid_months", *WORDS),
}
OF_ALL = ("round_id", "any_of", "way", "way_vi", "way_en", "way_months")
VALUES = {
    "age_min": "min", "age_max": "max", "sex": "sex", "education": "code", "scale": "scale", "level": "level",
    "codes": "codes", "months": "months", "valid_months": "valid_months",
}  # fmt: skip
STRUCTURED = (AskedKind.AGE, AskedKind.SEX, AskedKind.EDUCATION, AskedKind.LANGUAGE)


class DocumentForm(RowForm):
    own = ("name_vi", "name_en", "need", "valid_months", "months_beyond", "note_vi", "note_en")
    name_vi = StringField(_l("Tên giấy"), [Needed(), Longest(200)])
    name_en = StringField(_l("Tên bằng tiếng Anh"), [Needed(), Longest(200)])
    need = SelectField(_l("Khi nào cần"), choices=DocumentNeed.pairs())
    valid_months = WholeNumberField(_l("Có giá trị bao nhiêu tháng"), VALID)
    months_beyond = WholeNumberField(_l("Phải còn hạn sau thời gian đi bao nhiêu tháng"), MONTHS)
    note_vi = StringField(_l("Ghi chú"), [Longest(300)])
    note_en = StringField(_l("Ghi chú bằng tiếng Anh"), [Longest(300)])

    def values(self) -> dict[str, Any]:
        months = {name: self[name].data for name in ("valid_months", "months_beyond")}
        return {**super().values(), **months, "need": DocumentNeed(self.need.data)}


class FactForm(RowForm):
    own = ("kind", "words_vi", "words_en")
    kind = SelectField(_l("Về điều gì"), choices=FactKind.pairs())
    words_vi = TextAreaField(_l("Nội dung"), [Needed(), Longest(1000)])
    words_en = TextAreaField(_l("Bằng tiếng Anh"), [Longest(1000)])

    def values(self) -> dict[str, Any]:
        return {**super().values(), "kind": FactKind(self.kind.data)}


class StagesForm(RowForm):
    own = ("stages",)
    stages = BoxesField(
        _l("Các bước chương trình này đi qua"),
        [Needed(_l("Hãy chọn ít nhất một bước."))],
        choices=CaseState.pairs(),
    )

    def values(self) -> dict[str, Any]:
        return {"stages": list(self.stages.data)}


class PriorityForm(RowForm):
    own = ("group_code", "words_vi", "words_en")
    group_code = SelectField(_l("Nhóm"))
    words_vi = StringField(_l("Được gì"), [Longest(200)], description=_l("Ví dụ: +10 điểm ở vòng thi toán."))
    words_en = StringField(_l("Bằng tiếng Anh"), [Longest(200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group_code.choices = priority_group_choices()


class AgreementForm(RowForm):
    own = ("partner", "number")
    partner = StringField(_l("Ký với địa phương nào"), [Needed(), Longest(200)])
    number = StringField(_l("Số văn bản"), [Longest(60)])


class BanForm(RowForm):
    own = ("place", "place_code", "note")
    place = StringField(
        _l("Xã, phường, hoặc huyện cũ"),
        [Needed(), Longest(120)],
        description=_l("Ghi tên như trong thông báo, ví dụ “huyện An Phú”."),
    )
    place_code = HiddenField()
    note = StringField(_l("Ghi chú"), [Longest(300)])

    def validate_place(self, field: Any) -> None:
        """A unit of today or of before July 2025; two of the same name must be told apart."""
        if places().name(self.place_code.data) == field.data:
            return
        found = places().search(field.data or "", limit=6)
        best = [match for match in found if match.score >= found[0].score - 1]
        if len(best) != 1:
            named = "; ".join(match.label for match in found)
            raise Wrong(
                _("Hãy ghi rõ hơn. Có phải: %(names)s?", names=named)
                if named
                else _("Chưa thấy nơi nào tên như vậy.")
            )
        self.place_code.data, field.data = best[0].place.code, best[0].label


class EndForm(BaseForm):
    last_day = VnDateField(_l("Ngày cuối còn áp dụng"), [Needed(_l("Hãy ghi ngày cuối."))])

    def day(self) -> dt.date:
        day: dt.date = self.last_day.data
        return day
