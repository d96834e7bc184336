"""An opening read by every screen: its words, the signs of fraud, the minimum wage of its workplace."""

import datetime as dt
import re
from functools import cache

from matching.text import fold
from portal.extensions import db
from portal.openings import minimum_wage
from portal.openings.fraud import LURED_TO, OpeningFacts, signs_of_fraud
from portal.openings.minimum_wage import Answer, Floor, Pay, Verdict
from portal.openings.models import Opening
from portal.openings.states import Sphere, WagePeriod
from portal.openings.usual_wages import Usual, usual_wage
from portal.openings.wages import dots, monthly_vnd
from portal.openings.wording import Finding, discriminating
from portal.organisations.licences import is_licensed_for
from portal.reference import rules
from portal.reference.models import PlaceWageRegion
from portal.reference.places import places
from portal.reference.wage_regions import hour_key, month_key, region_on

PER = {
    WagePeriod.MONTH: "một tháng",
    WagePeriod.DAY: "một ngày",
    WagePeriod.HOUR: "một giờ",
    WagePeriod.PIECE: "một sản phẩm",
}
_PART_TIME = re.compile(r"\b(?:ban thoi gian|part[ -]?time|theo ca le)\b")


class Screener:
    """For openings of one day: what is asked of the reference data is asked once."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self._rule = rules.of_day(db.session, on)
        self._region = cache(self._ask_region)

    def findings(self, opening: Opening) -> list[Finding]:
        text = "\n".join(word for word in _words(opening) if word)
        shown = "\n".join(word for word in (text, *_beside(opening)) if word)
        found = signs_of_fraud(shown, self._facts(opening, text))
        if opening.sphere == Sphere.DOMESTIC:
            found = discriminating(text) + found + self._below(opening)
        return found

    def verdict(self, opening: Opening) -> Verdict | None:
        """The minimum wage of the workplace; abroad another law counts."""
        if opening.sphere != Sphere.DOMESTIC:
            return None
        return minimum_wage.compare(_pay(opening), self._floor(opening.commune_code))

    def _below(self, opening: Opening) -> list[Finding]:
        verdict = self.verdict(opening)
        if verdict is None or verdict.answer is not Answer.BELOW:
            return []
        promised = f"{dots(opening.wage_min or opening.wage_max or 0)} đồng {PER[_period(opening)]}"
        sentence = f"Lương ít nhất {promised}, làm ở {places().name(opening.commune_code)}"
        rule = "wage_below" if verdict.verified else "wage_below_unverified"
        return [Finding(rule, sentence, promised, minimum_wage.source_of(verdict))]

    def _floor(self, commune_code: str | None) -> Floor:
        with db.session.no_autoflush:
            row = self._region(commune_code)
            if row is None:
                return Floor()
            month, hour = self._rule(month_key(row.region)), self._rule(hour_key(row.region))
            return Floor(row.region, month, hour, row.verified)

    def _ask_region(self, commune_code: str | None) -> PlaceWageRegion | None:
        return region_on(db.session, commune_code, self.on)

    def _facts(self, opening: Opening, text: str) -> OpeningFacts:
        period, currency = _period(opening), opening.wage_currency or "VND"
        low = opening.wage_min or opening.wage_max
        month = monthly_vnd(low, currency, period)
        return OpeningFacts(
            is_overseas=opening.sphere == Sphere.OVERSEAS,
            country=opening.country,
            is_approved_abroad=self._is_approved_abroad(opening),
            contact_phone=opening.contact_phone or "",
            can_be_found=_can_be_found(opening),
            wage_month=month,
            wage_written=f"{dots(low or 0)} {currency} {PER[period]}",
            usual=self._usual(opening) if month or _speaks_of_wages(text) else None,
        )

    def _usual(self, opening: Opening) -> Usual | None:
        domestic = opening.sphere == Sphere.DOMESTIC
        minimum = self._floor(opening.commune_code).month if domestic else None
        # Outside the province the highest region stands in: the bar is rough and high.
        rough = minimum or (self._rule("minimum_wage.month.I") if domestic else None)
        return usual_wage(
            opening.occupation_code,
            opening.sphere,
            opening.country,
            rough.whole if rough else None,
            but=opening.id,
        )

    def _is_approved_abroad(self, opening: Opening) -> bool:
        if opening.country not in LURED_TO or opening.overseas is None:
            return False
        return bool(opening.overseas.approval_number) and is_licensed_for(
            opening.organisation, opening.country, self.on
        )


def _words(opening: Opening) -> tuple[str, ...]:
    return (
        opening.title,
        opening.text,
        opening.requirements_text,
        opening.benefits,
        opening.working_time,
        opening.wage_note,
    )


def _beside(opening: Opening) -> tuple[str, ...]:
    """People read these, too; but names and streets are no words about who is wanted."""
    return opening.address_line, opening.directions, opening.contact_name


def _speaks_of_wages(text: str) -> bool:
    return bool(re.search(r"\d", text))


def _period(opening: Opening) -> WagePeriod:
    return opening.wage_period or WagePeriod.MONTH


def _pay(opening: Opening) -> Pay:
    said = fold(f"{opening.title} {opening.working_time or ''}")
    return Pay(
        opening.wage_min,
        opening.wage_max,
        opening.wage_currency or "VND",
        _period(opening),
        bool(opening.is_part_time) or bool(_PART_TIME.search(said)),
    )


def _can_be_found(opening: Opening) -> bool:
    """By something else than one mobile number: e-mail, another number, a house, a tax code."""
    organisation = opening.organisation
    return bool(
        opening.contact_email
        or organisation.email
        or organisation.tax_code
        or organisation.address_line
        or (organisation.phone and organisation.phone != opening.contact_phone)
        or re.search(r"\d", opening.address_line or "")
    )
