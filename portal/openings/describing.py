"""Openings and their requirements in plain words, in the language of the page."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.openings.models import Opening, OpeningRequirement
from portal.openings.states import RequirementKind, Sphere, WagePeriod
from portal.reference import occupations
from portal.reference.countries import country_name
from portal.reference.education import education_label
from portal.reference.languages import DRIVING, certificate_label
from portal.reference.places import places
from portal.web.templating import show_money, show_months, show_number
from portal.workers.states import Sex, Shift

K = RequirementKind
PER = {WagePeriod.MONTH: _l("/tháng"), WagePeriod.DAY: _l("/ngày"), WagePeriod.HOUR: _l("/giờ")}


def wage_text(opening: Opening) -> str:
    """ "7.000.000 ₫ – 10.000.000 ₫ một tháng"; the words given instead where no number stands."""
    low, high = opening.wage_min, opening.wage_max
    if not low and not high:
        return opening.wage_note or _("Lương thoả thuận")
    if low and high and low != high:
        amount = f"{show_number(low)} – {show_money(high, opening.wage_currency)}"
    elif low and high:
        amount = show_money(low, opening.wage_currency)
    elif low:
        amount = _("từ %(amount)s", amount=show_money(low, opening.wage_currency))
    else:
        amount = _("đến %(amount)s", amount=show_money(high, opening.wage_currency))
    if opening.wage_period == WagePeriod.PIECE:
        return _("%(amount)s một sản phẩm", amount=amount)
    return f"{amount}{PER[opening.wage_period]}"


def place_text(opening: Opening) -> str:
    if opening.sphere == Sphere.OVERSEAS:
        return country_name(opening.country)
    parts = [places().name(code) for code in (opening.commune_code, opening.province_code) if code]
    return ", ".join(parts) or _("Chưa rõ nơi làm việc")


def requirement_lines(requirements: Sequence[OpeningRequirement]) -> list[tuple[str, bool]]:
    """(sentence, hard) for each thing asked; rows of one group count as one thing."""
    lines: list[tuple[str, bool]] = []
    groups: dict[int, list[OpeningRequirement]] = {}
    for requirement in requirements:
        if requirement.any_of is None:
            lines.append((requirement_text(requirement), requirement.is_hard))
        else:
            groups.setdefault(requirement.any_of, []).append(requirement)
    for rows in groups.values():
        first, *others = (requirement_text(row) for row in rows)
        words = _(" hoặc ").join([first, *(_within(text) for text in others)])
        lines.append((words, any(row.is_hard for row in rows)))
    return lines


def _within(text: str) -> str:
    """A name or sentence inside another sentence begins small; an abbreviation stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def requirement_text(requirement: OpeningRequirement) -> str:
    text = _TEXTS[requirement.kind](requirement.value, requirement.op)
    if requirement.source:
        return _("%(text)s (theo hợp đồng số %(source)s)", text=text, source=requirement.source)
    return text


def _experience(value: Any, op: str) -> str:
    time = show_months(value.get("months") or 1)
    if value.get("code"):
        name = _within(occupations.name(value["code"]))
        return _("Đã làm nghề %(name)s từ %(time)s", name=name, time=time)
    return _("Có kinh nghiệm từ %(time)s", time=time)


def _age(value: Any, op: str) -> str:
    return _("Từ %(n)s tuổi", n=value) if op == ">=" else _("Đến hết %(n)s tuổi", n=value)


_TEXTS = {
    K.EDUCATION: lambda value, op: _("Học xong %(level)s trở lên", level=_within(education_label(value))),
    K.EXPERIENCE: _experience,
    K.SKILL: lambda value, op: _("Biết %(skill)s", skill=value),
    K.CERTIFICATE: lambda value, op: _(
        "Có chứng chỉ %(name)s trở lên", name=certificate_label(value["scale"], value["level"])
    ),
    K.LICENCE: lambda value, op: _("Có %(name)s", name=certificate_label(DRIVING, str(value))),
    K.SHIFT: lambda value, op: _("Làm được: %(shift)s", shift=Shift(value).label),
    K.PLACE: lambda value, op: _("Sống hoặc muốn làm ở %(place)s", place=places().name(value)),
    K.AGE: _age,
    K.SEX: lambda value, op: _("Giới tính: %(sex)s", sex=Sex(value).label),
}
