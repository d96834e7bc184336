"""Requirements, verdicts and ways in words that hold for the person and for their adviser alike."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.overseas.programmes.rules import Answer, Asked, BanMet, Point
from portal.overseas.programmes.states import BODY_KINDS, CHECKED_KINDS, AskedKind, Because, Verdict, Way
from portal.reference.education import education_label
from portal.reference.languages import certificate_label
from portal.reference.named import in_page_language
from portal.reference.places import places
from portal.web.templating import show_date, show_months
from portal.workers.states import Sex

TONES = {Verdict.YES: "good", Verdict.NOT_YET: "wait", Verdict.UNKNOWN: "calm", Verdict.NO: "stop"}
# Which step of the registration fills the gap.
STEPS = {
    AskedKind.AGE: "who",
    AskedKind.SEX: "who",
    AskedKind.EDUCATION: "schooling",
    AskedKind.LANGUAGE: "languages",
    AskedKind.EXPERIENCE: "experience",
}


@dataclass(frozen=True, slots=True)
class WayLine:
    way: Way
    words: str
    months: int | None = None
    # The step of the registration in which it is entered.
    step: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement as the page shows it."""

    verdict: Verdict
    title: str
    because: str
    asked: Asked | None = None
    ways: list[WayLine] = field(default_factory=list)
    source: str = ""
    since: dt.date | None = None
    verified: bool = True
    ask: bool = False

    @property
    def tone(self) -> str:
        return TONES[self.verdict]

    @property
    def label(self) -> Any:
        return _("Chưa đạt, hỏi tư vấn viên") if self.ask else self.verdict.label

    @property
    def is_checkable(self) -> bool:
        return self.asked is not None and self.asked.kind in CHECKED_KINDS


@dataclass(frozen=True, slots=True)
class PointLines:
    """What is asked, and where several things will do, each of them."""

    verdict: Verdict
    lines: list[Line]

    @property
    def tone(self) -> str:
        return TONES[self.verdict]


# --- the requirement ---


def asked_words(asked: Asked) -> str:
    """ "Từ 18 đến hết 39 tuổi", "tiếng Hàn EPS-TOPIK 110 điểm trở lên (ngành nông nghiệp)"."""
    words = in_page_language(asked.words_vi, asked.words_en or asked.words_vi)
    if asked.kind is AskedKind.AGE:
        return _capital(_age_words(asked.value.get("min"), asked.value.get("max")))
    if asked.kind is AskedKind.SEX:
        return _("Chỉ tuyển %(sex)s", sex=str(Sex(asked.value["sex"]).label).lower())
    if asked.kind is AskedKind.EDUCATION:
        return _("Học vấn từ %(level)s trở lên", level=education_label(asked.value.get("code")).lower())
    if asked.kind is AskedKind.LANGUAGE:
        label = certificate_label(asked.value.get("scale", ""), asked.value.get("level"))
        named = _("%(certificate)s trở lên", certificate=label)
        return _capital(f"{named} ({words})" if words else named)
    who = {"female": _("nữ"), "male": _("nam")}.get(asked.for_sex or "")
    return _capital(f"{words} ({who})" if who else words)


def _age_words(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return _("từ %(least)s đến hết %(most)s tuổi", least=least, most=most)
    if most is not None:
        return _("đến hết %(most)s tuổi", most=most)
    return _("từ đủ %(least)s tuổi", least=least)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- the verdict ---


def because_words(answer: Answer) -> str:
    day, kind = show_date(answer.day), answer.asked.kind
    match answer.because:
        case Because.MEETS:
            return _meets_words(answer, day)
        case Because.TOO_YOUNG:
            return _("Đủ tuổi từ ngày %(day)s.", day=day)
        case Because.TOO_OLD:
            return _("Đã qua tuổi này từ ngày %(day)s.", day=day)
        case Because.OTHER_SEX:
            return _("Kỳ này tuyển giới tính khác.")
        case Because.TOO_LITTLE:
            return _too_little_words(answer)
        case Because.NONE:
            return _("Hồ sơ chưa có chứng chỉ này.") if kind is AskedKind.LANGUAGE else _("Hồ sơ chưa có.")
        case Because.EXPIRED:
            return _("Đã hết hạn ngày %(day)s.", day=day)
        case Because.DOES_NOT:
            return (
                _("Đã trả lời: không đạt.")
                if kind in BODY_KINDS
                else _("Tư vấn viên xem giấy ngày %(day)s: chưa đạt.", day=day)
            )
        case Because.NOT_CHECKED:
            return _("Chưa ai xem giấy tờ về điều này.")
        case Because.NOT_ASKED_HERE:
            return _("Không hỏi ở trang này, chỉ xem khi làm hồ sơ.")
    return _not_told_words(answer)


def _meets_words(answer: Answer, day: str) -> str:
    if answer.asked.kind is AskedKind.AGE:
        return _("Đủ tuổi đến hết ngày %(day)s.", day=day) if day else _("Đủ tuổi.")
    if answer.asked.kind is AskedKind.LANGUAGE:
        held = certificate_label(answer.asked.value.get("scale", ""), str(answer.stated or ""))
        if day:
            return _("Có %(held)s, hết hạn ngày %(day)s.", held=held, day=day)
        return _("Có %(held)s. Hồ sơ chưa ghi ngày hết hạn.", held=held)
    if answer.asked.kind is AskedKind.EXPERIENCE and isinstance(answer.stated, int):
        return _("Hồ sơ ghi đã làm %(time)s.", time=show_months(answer.stated))
    if day:
        return _("Đã có, còn hạn đến ngày %(day)s.", day=day)
    return _("Đã có.")


def _too_little_words(answer: Answer) -> str:
    asked = answer.asked
    if asked.kind is AskedKind.EDUCATION:
        return _("Hồ sơ ghi: %(level)s.", level=education_label(str(answer.stated)).lower())
    if asked.kind is AskedKind.LANGUAGE:
        held = certificate_label(asked.value.get("scale", ""), str(answer.stated or ""))
        return _("Mới có %(held)s.", held=held)
    return _("Hồ sơ ghi mới làm %(time)s.", time=show_months(int(answer.stated or 0)))


def _not_told_words(answer: Answer) -> str:
    kind = answer.asked.kind
    if kind is AskedKind.AGE:
        return _("Hồ sơ chưa ghi đủ ngày sinh.")
    if kind is AskedKind.SEX or (answer.asked.for_sex and kind not in BODY_KINDS):
        return _("Hồ sơ chưa ghi giới tính.")
    if kind is AskedKind.EDUCATION:
        return _("Hồ sơ chưa ghi học vấn.")
    if kind is AskedKind.LANGUAGE:
        return _("Hồ sơ chưa ghi chứng chỉ ngoại ngữ.")
    return _("Chưa biết. Không ai đoán thay.")


# --- the way ---


def way_lines(answer: Answer) -> list[WayLine]:
    """For whatever is not met: what to do, and about how long it takes."""
    if answer.verdict is Verdict.YES:
        return []
    lines = []
    if answer.ask:
        lines.append(
            WayLine(
                Way.ASK, _("Quy định này chưa kiểm chứng, có thể đã khác. Hãy hỏi, đừng bỏ vì một dòng này.")
            )
        )
    if answer.verdict is Verdict.UNKNOWN and answer.asked.kind in STEPS:
        step = STEPS[answer.asked.kind]
        if not (answer.asked.kind is AskedKind.EXPERIENCE and answer.because is not Because.NOT_CHECKED):
            lines.append(WayLine(Way.FILL_IN, _("Ghi thêm vào hồ sơ để biết."), step=step))
    own = _own_way(answer.asked)
    return [*lines, own] if own is not None and answer.verdict is not Verdict.NO else lines


def _own_way(asked: Asked) -> WayLine | None:
    """As the row states it, else what holds for every such requirement."""
    words = in_page_language(asked.way_vi, asked.way_en or asked.way_vi)
    if words:
        return WayLine(asked.way or Way.ASK, words, asked.way_months)
    way, usual = _usual_ways().get(asked.kind, (None, ""))
    return None if way is None else WayLine(asked.way or way, usual, asked.way_months)


def _usual_ways() -> dict[AskedKind, tuple[Way | None, str]]:
    body = (
        Way.ANSWER,
        _("Trả lời nếu bạn muốn, hoặc để đo khi khám sức khỏe. Không ai bị loại vì bỏ qua."),
    )
    return {
        AskedKind.AGE: (Way.WAIT, _("Chờ đến ngày đủ tuổi. Trong lúc chờ có thể học tiếng, học nghề.")),
        AskedKind.EDUCATION: (
            Way.COURSE,
            _("Học tiếp ở trung tâm giáo dục thường xuyên, vừa học vừa làm được."),
        ),
        AskedKind.LANGUAGE: (Way.CERTIFICATE, _("Học rồi thi chứng chỉ này.")),
        AskedKind.TEST: (Way.CERTIFICATE, _("Ôn tập và dự thi khi có kỳ.")),
        AskedKind.TRAINING: (Way.COURSE, _("Học khóa này và giữ giấy chứng nhận.")),
        AskedKind.EXPERIENCE: (Way.PRACTICE, _("Làm thêm trong nghề, xin giấy xác nhận của nơi làm.")),
        AskedKind.PRIOR_STAY: (Way.DOCUMENT, _("Mang hộ chiếu đến Trung tâm để tư vấn viên xem.")),
        AskedKind.HEALTH: (Way.EXAMINATION, _("Khám sức khỏe ở cơ sở được phép.")),
        AskedKind.LEGAL: (Way.DOCUMENT, _("Phiếu lý lịch tư pháp, khi làm hồ sơ.")),
        AskedKind.HEIGHT: body,
        AskedKind.SIGHT: body,
        AskedKind.COLOUR_VISION: body,
        AskedKind.TATTOO: body,
    }


def time_words(months: int) -> str:
    return ngettext("khoảng %(num)s tháng", "khoảng %(num)s tháng", months)


# --- lines ---


def line_of(answer: Answer) -> Line:
    asked = answer.asked
    return Line(
        verdict=answer.verdict,
        title=asked_words(asked),
        because=because_words(answer),
        asked=asked,
        ways=way_lines(answer),
        source=asked.source,
        since=asked.since,
        verified=asked.verified,
        ask=answer.ask,
    )


def lines_of(points: list[Point]) -> list[PointLines]:
    return [PointLines(point.verdict, [line_of(answer) for answer in point.answers]) for point in points]


def ban_line(ban: BanMet) -> Line:
    place = places().name(ban.place_code)
    first, last = show_date(ban.valid_from), show_date(ban.valid_to)
    title = (
        _("%(place)s tạm không được tuyển từ %(first)s đến %(last)s", place=place, first=first, last=last)
        if last
        else _("%(place)s tạm không được tuyển từ %(first)s, chưa rõ đến khi nào", place=place, first=first)
    )
    asking = WayLine(Way.ASK, _("Lệnh dừng tính theo nơi thường trú và có ngày hết hạn."))
    return Line(
        verdict=ban.verdict,
        title=title,
        because=_("Chưa chắc nơi ở của người này thuộc vùng đó.")
        if ban.verdict is Verdict.UNKNOWN
        else _("Nơi ở thuộc vùng này."),
        ways=[asking],
        source=ban.source,
        since=ban.valid_from,
        verified=ban.verified,
        ask=ban.verdict is Verdict.NOT_YET,
    )
