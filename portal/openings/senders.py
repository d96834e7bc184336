"""Who may send people abroad, as everybody may read it: licence, markets, what they have open."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, exists, func, or_, select

from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.openings.states import OpeningState, Sphere
from portal.organisations.licences import EXPIRED, licence_of
from portal.organisations.models import MarketPermission, Organisation
from portal.organisations.queries import Organisations
from portal.organisations.states import LicenceStatus, OrganisationKind

# Which licence: said in a word, with a tone of the look. None: nobody has looked.
LICENCES: dict[str | None, tuple[Any, str]] = {
    LicenceStatus.VALID.value: (_l("Giấy phép còn hiệu lực"), "good"),
    LicenceStatus.SUSPENDED.value: (_l("Giấy phép đang bị đình chỉ"), "stop"),
    LicenceStatus.REVOKED.value: (_l("Giấy phép đã bị thu hồi"), "stop"),
    EXPIRED: (_l("Giấy phép đã hết hạn"), "stop"),
    None: (_l("Giấy phép chưa kiểm tra"), "wait"),
}


@dataclass(frozen=True, slots=True)
class SenderRow:
    organisation: Organisation
    licence: Any
    tone: str
    # Running on the day.
    markets: tuple[MarketPermission, ...]
    openings: int


class Senders(Organisations):
    """`Senders().listed().for_market("JP", on).with_openings(on).in_order().query`."""

    def listed(self) -> "Senders":
        """Also those whose licence is gone: that is what people must be able to read."""
        return self.of_kind(OrganisationKind.SENDER).open()

    def for_market(self, country: str, on: dt.date) -> "Senders":
        return self.where(
            exists().where(
                MarketPermission.organisation_id == Organisation.id,
                MarketPermission.country == country,
                *_running(on),
            )
        )

    def licensed(self, on: dt.date) -> "Senders":
        return self.where(
            Organisation.licence_status == LicenceStatus.VALID,
            or_(Organisation.licence_valid_to.is_(None), Organisation.licence_valid_to >= on),
        )

    def with_openings(self, on: dt.date) -> "Senders":
        return self.where(exists().where(Opening.organisation_id == Organisation.id, _open(on)))


def _running(on: dt.date) -> tuple[Any, ...]:
    return (
        MarketPermission.valid_from <= on,
        or_(MarketPermission.valid_to.is_(None), MarketPermission.valid_to >= on),
    )


def _open(on: dt.date) -> Any:
    return and_(
        Opening.sphere == Sphere.OVERSEAS,
        Opening.state == OpeningState.PUBLISHED,
        or_(Opening.expires_on.is_(None), Opening.expires_on >= on),
    )


def rows_of(organisations: Sequence[Organisation], on: dt.date) -> list[SenderRow]:
    """Two queries whatever their number: the markets came along, the openings are counted here."""
    ids = [one.id for one in organisations]
    counted = select(Opening.organisation_id, func.count()).where(Opening.organisation_id.in_(ids), _open(on))
    counts = {row[0]: row[1] for row in db.session.execute(counted.group_by(Opening.organisation_id))}
    return [row_of(one, on, counts.get(one.id, 0)) for one in organisations]


def row_of(organisation: Organisation, on: dt.date, openings: int = 0) -> SenderRow:
    licence, tone = LICENCES[licence_of(organisation, on)]
    running = [
        one
        for one in organisation.market_permissions
        if one.valid_from <= on and (one.valid_to is None or one.valid_to >= on)
    ]
    return SenderRow(
        organisation=organisation,
        licence=licence,
        tone=tone,
        markets=tuple(sorted(running, key=lambda one: (one.country, one.id))),
        openings=openings,
    )


def openings_of(organisation: Organisation, on: dt.date) -> list[Opening]:
    """What people can ask for there today."""
    open_now = Openings().published(on).in_sphere(Sphere.OVERSEAS).of_organisation(organisation.id)
    return list(db.session.scalars(open_now.newest_first().with_list_data()))
