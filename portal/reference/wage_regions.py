"""The minimum-wage region of a unit on a day: dated rows, like the legal rules."""

import datetime as dt
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from portal.common.events import emit
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.reference.events import ReferenceChanged
from portal.reference.models import PlaceWageRegion, WageRegion
from portal.reference.operations import DAY
from portal.reference.permissions import Actor, may_change_reference
from portal.reference.places import places
from portal.reference.queries import AnySession
from portal.reference.rules import Lookup, RuleValue, end_of_the_one_before


def region_on(session: AnySession, place_code: str | None, day: dt.date) -> PlaceWageRegion | None:
    """None where no row is known: elsewhere in the country, before the earliest row, in a gap."""
    if not place_code:
        return None
    return session.scalars(
        _standing_on(day)
        .where(PlaceWageRegion.place_code == place_code)
        .order_by(PlaceWageRegion.valid_from.desc(), PlaceWageRegion.id)
        .limit(1)
    ).one_or_none()


def _standing_on(day: dt.date):  # type: ignore[no-untyped-def]
    return select(PlaceWageRegion).where(
        PlaceWageRegion.valid_from <= day,
        or_(PlaceWageRegion.valid_to.is_(None), PlaceWageRegion.valid_to >= day),
    )


@dataclass
class RegionOfDay:
    """One region on a day: its figures, and the units in it by name."""

    region: WageRegion
    month: RuleValue | None
    hour: RuleValue | None
    rows: list[PlaceWageRegion] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [places().name(row.place_code) for row in self.rows]

    @property
    def sources(self) -> list[tuple[str, dt.date, bool]]:
        """Where the rows stand, each source once, with its first day and whether it was verified."""
        return sorted({(row.source, row.valid_from, row.verified) for row in self.rows})


def month_key(region: WageRegion) -> str:
    return f"minimum_wage.month.{region.value}"


def hour_key(region: WageRegion) -> str:
    return f"minimum_wage.hour.{region.value}"


def regions_of_day(session: AnySession, day: dt.date, rule: Lookup) -> list[RegionOfDay]:
    found = {
        region: RegionOfDay(region, rule(month_key(region)), rule(hour_key(region))) for region in WageRegion
    }
    rows = session.scalars(_standing_on(day).order_by(PlaceWageRegion.place_code, PlaceWageRegion.id))
    for row in rows:
        found[row.region].rows.append(row)
    return list(found.values())


def add_region(
    *,
    actor: Actor | None,
    now: dt.datetime,
    place_code: str,
    region: WageRegion,
    source: str,
    valid_from: dt.date,
    verified: bool = False,
) -> PlaceWageRegion:
    """A new row; the row before it ends the day before. Nothing is rewritten."""
    if actor is None or not may_change_reference(actor):
        raise NotAllowed(_l("Chỉ lãnh đạo Trung tâm được đổi dữ liệu dùng chung."))
    latest = db.session.scalars(
        select(PlaceWageRegion)
        .where(PlaceWageRegion.place_code == place_code)
        .order_by(PlaceWageRegion.valid_from.desc())
        .with_for_update()
    ).first()
    if latest is not None and valid_from <= latest.valid_from:
        sentence = _l(
            "Dòng mới phải bắt đầu sau ngày %(day)s, là ngày bắt đầu của dòng hiện có.",
            day=latest.valid_from.strftime(DAY),
        )
        raise Refused(sentence, field="valid_from")
    if latest is not None and (latest.valid_to is None or latest.valid_to >= valid_from):
        latest.valid_to = end_of_the_one_before(valid_from)
    row = PlaceWageRegion(
        place_code=place_code, region=region, source=source, valid_from=valid_from, verified=verified
    )
    db.session.add(row)
    db.session.flush()
    detail = {"place": place_code, "region": region.value, "valid_from": valid_from.isoformat()}
    emit(ReferenceChanged("wage_region.added", row, actor, now, detail))
    return row
