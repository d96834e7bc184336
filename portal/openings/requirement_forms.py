"""The editor of structured requirements: rows that are added and taken away by ordinary buttons."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Optional

from matching.neutral import says_only_who
from matching.scales import POINTS, scales
from portal.errors import Invalid
from portal.openings.models import OpeningRequirement
from portal.openings.rules import Need
from portal.openings.states import CONTRACT_KINDS, RequirementKind
from portal.reference import occupations
from portal.reference.education import education_choices
from portal.reference.languages import DRIVING, certificate_label, known_level, level_choices, scale_choices
from portal.reference.places import Level, places
from portal.web.fields import Longest, WholeNumberField
from portal.web.forms import BaseForm
from portal.workers.states import Sex, Shift

K = RequirementKind
MOST_ROWS = 20
# 50 years: more is a slip of the finger.
MOST_MONTHS = 600


def certificate_choices() -> list[tuple[str, str]]:
    """Every level of every language certificate; those with points are asked for the points."""
    found = []
    for scale, _label in scale_choices():
        levels = [(f"{scale}:{level}", label) for level, label in level_choices(scale)]
        found += levels or [(f"{scale}:{POINTS}", certificate_label(scale, POINTS))]
    return found


class RequirementForm(BaseForm):
    """One row. Which fields count depends on `kind`; the template draws those only."""

    class Meta(BaseForm.Meta):
        csrf = False

    kind = HiddenField()
    strength = SelectField(
        _l("Mức độ"), choices=[("hard", _l("Bắt buộc")), ("wish", _l("Mong muốn"))], default="hard"
    )
    group = SelectField(
        _l("Nhóm “một trong các điều”"),
        choices=[("", _l("Không"))] + [(str(n), _l("Nhóm %(n)s", n=n)) for n in (1, 2, 3)],
        default="",
    )
    education = SelectField(_l("Học xong ít nhất"), choices=education_choices, validate_choice=False)
    occupation = StringField(_l("Nghề đã làm"), validators=[Longest(200)])
    occupation_code = HiddenField()
    months = WholeNumberField(_l("Số tháng ít nhất"), validators=[Optional()])
    skill = StringField(_l("Kỹ năng"), validators=[Longest(120)])
    certificate = SelectField(_l("Chứng chỉ"), choices=certificate_choices, validate_choice=False)
    points = StringField(_l("Số điểm ít nhất"), validators=[Longest(6)])
    licence = SelectField(_l("Hạng giấy phép"), choices=lambda: level_choices(DRIVING), validate_choice=False)
    shift = SelectField(_l("Làm được"), choices=Shift.pairs(), validate_choice=False)
    place = StringField(_l("Sống hoặc muốn làm ở"), validators=[Longest(200)])
    place_code = HiddenField()
    age_op = SelectField(
        _l("Giới hạn tuổi"), choices=[(">=", _l("Từ")), ("<=", _l("Đến hết"))], validate_choice=False
    )
    age = WholeNumberField(_l("Tuổi"), validators=[Optional()])
    sex = SelectField(_l("Giới tính"), choices=Sex.pairs(), validate_choice=False)

    def need(self, approval_number: str) -> Need:
        """What the row says; raises Invalid with the field it belongs to."""
        kind = RequirementKind(self.kind.data)
        op, value = READERS[kind](self)
        return Need(
            kind=kind,
            op=op,
            value=value,
            is_hard=kind in CONTRACT_KINDS or self.strength.data == "hard",
            any_of=int(self.group.data) if self.group.data else None,
            source=approval_number if kind in CONTRACT_KINDS else "",
        )


def _education(row: RequirementForm) -> tuple[str, Any]:
    if row.education.data not in dict(education_choices()):
        raise Invalid(_("Hãy chọn bậc học."), field="education")
    return ">=", row.education.data


def _experience(row: RequirementForm) -> tuple[str, Any]:
    code = row.occupation_code.data or occupations.resolve(row.occupation.data or "") or ""
    if row.occupation.data and not occupations.exists(code):
        raise Invalid(_("Hãy chọn một nghề trong các gợi ý."), field="occupation")
    if not row.months.data or not 1 <= row.months.data <= MOST_MONTHS:
        raise Invalid(_("Hãy ghi số tháng kinh nghiệm, ví dụ 12."), field="months")
    return ">=", {"code": code, "months": row.months.data}


def _skill(row: RequirementForm) -> tuple[str, Any]:
    if not row.skill.data:
        raise Invalid(_("Hãy ghi kỹ năng, ví dụ “may rập”."), field="skill")
    if says_only_who(row.skill.data):
        raise Invalid(
            _(
                "«%(skill)s» nói về người, không phải việc họ làm được. Hãy ghi việc cần làm, "
                "ví dụ: may áo dài.",
                skill=row.skill.data,
            ),
            field="skill",
        )
    return "has", row.skill.data


def _certificate(row: RequirementForm) -> tuple[str, Any]:
    scale, _colon, level = (row.certificate.data or "").partition(":")
    if scale not in dict(scale_choices()):
        raise Invalid(_("Hãy chọn chứng chỉ."), field="certificate")
    if level == POINTS:
        level = (row.points.data or "").replace(",", ".")
    if not known_level(scale, level):
        raise Invalid(_("Hãy ghi số điểm có trong thang điểm này."), field="points")
    return ">=", {"scale": scale, "level": level}


def _licence(row: RequirementForm) -> tuple[str, Any]:
    if row.licence.data not in scales()[DRIVING].levels:
        raise Invalid(_("Hãy chọn hạng giấy phép."), field="licence")
    return "has", row.licence.data


def _shift(row: RequirementForm) -> tuple[str, Any]:
    if row.shift.data not in Shift.values():
        raise Invalid(_("Hãy chọn ca làm."), field="shift")
    return "accepts", row.shift.data


def _place(row: RequirementForm) -> tuple[str, Any]:
    code = row.place_code.data or ""
    if places().get(code) is None:
        found = places().options(row.place.data, 1) if row.place.data else []
        provinces = places().search(row.place.data, 1, kind=Level.PROVINCE) if row.place.data else []
        code = found[0].code if found else provinces[0].current[0].code if provinces else ""
    if not code:
        raise Invalid(_("Chưa tìm thấy nơi này. Hãy chọn một xã, phường trong các gợi ý."), field="place")
    return "in", code


def _age(row: RequirementForm) -> tuple[str, Any]:
    if row.age.data is None or not 18 <= row.age.data <= 70:
        raise Invalid(_("Hãy ghi tuổi từ 18 đến 70."), field="age")
    return row.age_op.data if row.age_op.data in (">=", "<=") else ">=", row.age.data


def _sex(row: RequirementForm) -> tuple[str, Any]:
    if row.sex.data not in Sex.values():
        raise Invalid(_("Hãy chọn giới tính ghi trong hợp đồng."), field="sex")
    return "=", row.sex.data


READERS = {
    K.EDUCATION: _education,
    K.EXPERIENCE: _experience,
    K.SKILL: _skill,
    K.CERTIFICATE: _certificate,
    K.LICENCE: _licence,
    K.SHIFT: _shift,
    K.PLACE: _place,
    K.AGE: _age,
    K.SEX: _sex,
}


def row_data(requirement: OpeningRequirement) -> dict[str, Any]:
    """A stored requirement as the fields of its row."""
    value, kind = requirement.value, requirement.kind
    data: dict[str, Any] = {
        "kind": kind.value,
        "strength": "hard" if requirement.is_hard else "wish",
        "group": str(requirement.any_of) if requirement.any_of else "",
    }
    if kind == K.EXPERIENCE:
        code = value.get("code") or ""
        data |= {"occupation": occupations.name(code), "occupation_code": code, "months": value.get("months")}
    elif kind == K.CERTIFICATE:
        points = scales()[value["scale"]].is_points
        data["certificate"] = f"{value['scale']}:{POINTS if points else value['level']}"
        data["points"] = value["level"] if points else ""
    elif kind == K.PLACE:
        data |= {"place": places().name(value), "place_code": value}
    elif kind == K.AGE:
        data |= {"age_op": requirement.op, "age": value}
    else:
        data[kind.value] = value
    return data
