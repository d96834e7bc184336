"""Jobs and areas that nobody may be sent to (rules O29 and O30)."""

from collections.abc import Iterator

from portal.openings.check.figures import Words
from portal.openings.check.findings import Finding, Verdict, judged, noted
from portal.openings.check.inquiry import BarredPlace, Inquiry
from portal.openings.check.tables import BarredJob, barred_jobs
from portal.reference.occupations import exists

# As the values of the reference rows, in both languages at once.
REASONS: dict[str, Words] = {
    "war": ("có hoặc sắp có chiến sự", "war or imminent war"),
    "radiation": ("nhiễm xạ", "radiation"),
    "poison": ("nhiễm độc", "poison"),
    "epidemic": ("dịch bệnh đặc biệt nguy hiểm", "specially dangerous epidemic"),
    "host": ("nước tiếp nhận không cho phép", "not permitted by the host country"),
}


def bar_findings(inquiry: Inquiry) -> Iterator[Finding]:
    yield from _job(inquiry)
    yield from _area(inquiry)


def _job(inquiry: Inquiry) -> Iterator[Finding]:
    code, row = inquiry.facts.occupation_code, inquiry.rules("overseas.barred_jobs")
    if not code:
        words: Words = ("Chưa ghi mã nghề.", "The occupation is not stated.")
        yield judged("O29", "occupation_code", row, inquiry.on, broken=None, words=words)
        return
    if not exists(code):
        words = (f"Không có mã nghề “{code}”.", f"There is no occupation “{code}”.")
        yield noted("O29", "occupation_code", Verdict.UNKNOWN, words, stated=code)
        return
    met = [bar for bar in barred_jobs() if _meets(bar, code)]
    for bar in met:
        certain = bar.certain and code.startswith(bar.occupations)
        words = (
            (
                f"Luật cấm đi làm việc này ở nước ngoài: {bar.name_vi}.",
                f"The law bars this job abroad: {bar.name_en}.",
            )
            if certain
            else (
                f"Nghề này có thể gồm việc bị cấm: {bar.name_vi}. Hãy hỏi rõ việc phải làm.",
                f"This occupation may include a barred job: {bar.name_en}. Ask what is done.",
            )
        )
        worst = Verdict.BREACH if certain else Verdict.WARNING
        yield judged(
            "O29", "occupation_code", row, inquiry.on, broken=True, words=words, stated=code, at_worst=worst
        )
    if not met:
        words = ("Nghề này không thuộc nhóm việc bị cấm.", "This occupation is not among the barred jobs.")
        yield judged("O29", "occupation_code", row, inquiry.on, broken=False, words=words, stated=code)


def _meets(bar: BarredJob, code: str) -> bool:
    """A short code names a whole group, a barred occupation perhaps among it."""
    return code.startswith(bar.occupations) or any(one.startswith(code) for one in bar.occupations)


def _area(inquiry: Inquiry) -> Iterator[Finding]:
    row, market = inquiry.rules("overseas.barred_areas"), inquiry.facts.market
    if inquiry.market is None:
        words: Words = (
            ("Chưa ghi nước đến.", "The country is not stated.")
            if not market
            else (
                f"“{market}” không phải mã của một nước ngoài.",
                f"“{market}” is no code of a foreign country.",
            )
        )
        yield noted("O30", "market", Verdict.UNKNOWN, words, stated=market)
        return
    met = [place for place in inquiry.barred if place.country == market]
    for place in met:
        yield _barred(inquiry, place)
    if not met:
        words = (
            "Nước này không có trong danh sách khu vực bị cấm.",
            "The country is not in the list of barred areas.",
        )
        yield judged("O30", "market", row, inquiry.on, broken=False, words=words, stated=market)


def _barred(inquiry: Inquiry, place: BarredPlace) -> Finding:
    """A part of a country warns: the check does not know the town of the workplace."""
    stated = f"{place.country}: {place.area}" if place.area else place.country
    reason = REASONS.get(str(place.reason), (str(place.reason), str(place.reason)))
    if place.area:
        words: Words = (
            (
                f"Một phần nước này bị cấm đi làm việc: {place.area} ({reason[0]}). Hãy xem nơi làm việc có "
                "ở đó không."
            ),
            (
                f"A part of the country is barred: {place.area} ({reason[1]}). See whether the workplace "
                "lies there."
            ),
        )
    else:
        words = (
            f"Nước này bị cấm đi làm việc: {reason[0]}.",
            f"The country is barred for work: {reason[1]}.",
        )
    if not place.verified:
        words = (f"{words[0]} Dòng này chưa kiểm chứng.", f"{words[1]} This row is not verified.")
    verdict = Verdict.BREACH if place.verified and not place.area else Verdict.WARNING
    return Finding("O30", verdict, stated, None, "", place.source, place.valid_from, *words, "market")
