"""Where a case may lead, for the lists to choose from."""

import datetime as dt
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.errors import Invalid
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import OpeningState, Sphere
from portal.overseas.cases.aims import EARLY, Aim
from portal.overseas.cases.queries import open_programmes
from portal.overseas.models import OverseasCase, Programme
from portal.reference.countries import country_name
from portal.reference.named import in_page_language
from portal.referrals.models import Referral
from portal.referrals.queries import Referrals
from portal.referrals.states import ReferralState
from portal.web.row_numbers import may_be_row, row_number
from portal.web.templating import show_date
from portal.workers.models import Worker

MOST = 200
OVER = (
    ReferralState.NOT_NOW, ReferralState.DECLINED, ReferralState.REFUSED, ReferralState.FILLED,
    ReferralState.LAPSED, ReferralState.LEFT,
)  # fmt: skip


def aim_choices(worker: Worker, on: dt.date) -> dict[str, list[tuple[str, str]]]:
    """In groups: the person's own referrals abroad, programmes, openings in the countries they want first."""
    own = _abroad(worker)
    referrals = [(f"referral-{row.id}", _named(row.opening)) for row in own]
    programmes = [(f"programme-{row.id}", programme_name(row)) for row in open_programmes(on)]
    taken, wanted = {row.opening_id for row in own}, set(worker.wanted_countries)
    rows = sorted(
        (row for row in _open(on) if row.id not in taken), key=lambda row: row.country not in wanted
    )
    groups = {
        _("Giới thiệu của người này"): referrals,
        _("Chương trình"): programmes,
        _("Đơn hàng"): [(f"opening-{row.id}", _named(row)) for row in rows],
    }
    return {label: choices for label, choices in groups.items() if choices}


def aim_of(text: str, worker: Worker) -> Aim:
    kind, _dash, number = (text or "").partition("-")
    row_id = row_number(number)
    if row_id is not None:
        if kind == "referral":
            referral = db.session.get(Referral, row_id)
            if referral is not None and referral.worker_id == worker.id:
                return Aim(referral=referral)
        if kind == "programme" and (programme := db.session.get(Programme, row_id)) is not None:
            return Aim(programme=programme)
        if kind == "opening" and (opening := db.session.get(Opening, row_id)) is not None:
            return Aim(opening=opening)
    raise Invalid(_("Hãy chọn đơn hàng hoặc chương trình."), field="aim")


def with_programme(aim: Aim, programme_id: int | None) -> Aim:
    """The programme that an opening belongs to; what was aimed at first is kept."""
    if not programme_id or aim.programme is not None or not may_be_row(programme_id):
        return aim
    return replace(aim, programme=db.session.get(Programme, programme_id))


def programme_choices(on: dt.date, country: str | None = None) -> list[tuple[int, str]]:
    """For an opening; with `country` only those that lead there."""
    rows = [row for row in open_programmes(on) if country is None or row.country in (None, country)]
    return [(0, _("Không theo chương trình nào")), *((row.id, programme_name(row)) for row in rows)]


def opening_choices(case: OverseasCase, on: dt.date) -> list[tuple[int, str]]:
    """Only the present one once the person has been nominated for it."""
    own = [(case.opening.id, _named(case.opening))] if case.opening is not None else []
    if case.state not in EARLY or case.referral_id is not None:
        return own or [(0, _("Chưa chọn"))]
    country = case.programme.country if case.programme is not None else None
    others = [
        (row.id, _named(row))
        for row in _open(on)
        if row.id != case.opening_id and country in (None, row.country)
    ]
    return [*(own or [(0, _("Chưa chọn"))]), *others]


def aim_words(case: OverseasCase) -> str:
    """Where the case leads, in a few words for whoever may read it."""
    if case.opening is not None:
        return _place_in(case.opening)
    return programme_name(case.programme) if case.programme is not None else ""


def programme_name(programme: Programme) -> str:
    return in_page_language(programme.name_vi, programme.name_en)


def _named(opening: Opening) -> str:
    """Many a sender has several of one title: the number and the last day tell them apart."""
    words = f"{_place_in(opening)}, {opening.organisation.name}"
    if opening.expires_on is None:
        return _("%(opening)s · tin số %(number)s", opening=words, number=opening.id)
    return _(
        "%(opening)s · tin số %(number)s, nhận đến %(day)s",
        opening=words, number=opening.id, day=show_date(opening.expires_on),
    )  # fmt: skip


def _place_in(opening: Opening) -> str:
    country = country_name(opening.country)
    # Many a title says it already.
    return opening.title if country in opening.title else f"{opening.title}, {country}"


def _abroad(worker: Worker) -> list[Referral]:
    rows = Referrals().for_worker(worker).with_list_data().newest_first().all()
    return [row for row in rows if row.opening.sphere is Sphere.OVERSEAS and row.state not in OVER]


def _open(on: dt.date) -> list[Opening]:
    query = (
        select(Opening)
        .where(
            Opening.sphere == Sphere.OVERSEAS,
            Opening.state == OpeningState.PUBLISHED,
            Opening.expires_on.is_(None) | (Opening.expires_on >= on),
        )
        .options(joinedload(Opening.organisation))
        .order_by(Opening.title, Opening.id)
        .limit(MOST)
    )
    return list(db.session.scalars(query))
