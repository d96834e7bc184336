"""The referral letter: its number, its code, and the facts as they are printed."""

import datetime as dt
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.access.models import Account
from portal.common.clock import local_date
from portal.common.secrets import public_code
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import Sphere
from portal.organisations.models import Organisation
from portal.reference.education import education_label
from portal.reference.languages import certificate_label
from portal.reference.occupations import name as occupation_name
from portal.reference.places import places
from portal.referrals import notices
from portal.referrals.models import Letter, LetterNumber, Referral
from portal.referrals.moves import lock, move
from portal.workers.models import Worker

# The authority above the Centre, as official papers name it on top.
OVER_THE_CENTRE = "Sở Nội vụ tỉnh An Giang"
ABOUT_THE_PERSON = (
    "name",
    "born",
    "sex",
    "phone",
    "email",
    "residence",
    "schooling",
    "technical",
    "previous",
)
DOUBLE_PRESS = dt.timedelta(seconds=20)


def issue_letter(referral: Referral, *, actor: Account, now: dt.datetime) -> Referral:
    """A letter with a number of its own; an earlier one of the same referral is void.

    A double press gets the letter of the first: else the one already printed would be void.
    """
    if _just_issued(lock(referral), actor, now):
        return referral
    move(referral, "issue_letter", actor=actor, now=now)
    withdraw_letters(referral, now=now)
    on = local_date(now)
    letter = Letter(
        referral=referral,
        number=_next_number(on.year),
        code=public_code(),
        issued_on=on,
        valid_to=on + dt.timedelta(days=current_app.config["LETTER_DAYS"]),
        issued_by=actor,
        issued_at=now,
        facts=printed_facts(referral, actor),
    )
    db.session.add(letter)
    db.session.flush()
    notices.tell_letter(letter, now=now)
    return referral


def _just_issued(referral: Referral, actor: Account, now: dt.datetime) -> bool:
    letter = current_letter(referral)
    return (
        letter is not None
        and letter.issued_by_id == actor.id
        and now - letter.issued_at < DOUBLE_PRESS
        and letter.facts == printed_facts(referral, actor)
    )


def withdraw_letters(referral: Referral, *, now: dt.datetime) -> None:
    for letter in referral.letters:
        if letter.withdrawn_at is None:
            letter.withdrawn_at = now
    db.session.flush()


def current_letter(referral: Referral) -> Letter | None:
    return next((letter for letter in reversed(referral.letters) if letter.withdrawn_at is None), None)


def _next_number(year: int) -> str:
    """The row of the year is locked until our transaction ends: no number is given twice."""
    query = select(LetterNumber).where(LetterNumber.year == year).with_for_update()
    row = db.session.scalars(query).one_or_none()
    if row is None:
        try:
            with db.session.begin_nested():
                row = LetterNumber(year=year, last=0)
                db.session.add(row)
        except IntegrityError:
            # The first letter of the year was being issued in the same moment.
            row = db.session.scalars(query).one()
    row.last += 1
    db.session.flush()
    return f"{row.last:04d}/{year}/GT-AG"


def printed_facts(referral: Referral, issuer: Account) -> dict[str, Any]:
    """All that the letter says, in Vietnamese; the ID number alone is unsealed only for the printing."""
    with force_locale("vi"):
        return {
            "centre_over": OVER_THE_CENTRE,
            "centre": current_app.config["CENTRE_NAME"],
            "centre_address": current_app.config["CENTRE_ADDRESS"],
            "centre_phone": current_app.config["HOTLINE"],
            "issuer": issuer.display_name,
            **_to(referral.opening),
            **_about(referral.worker),
        }


def _to(opening: Opening) -> dict[str, str]:
    contact = (opening.contact_name, spaced_phone(opening.contact_phone), opening.contact_email)
    return {
        "unit": opening.organisation.name,
        "unit_address": _address_of(opening),
        "unit_contact": ", ".join(part for part in contact if part),
        "position": opening.title,
        "workplace": address_text(opening),
    }


def address_text(opening: Opening) -> str:
    """Where the work is."""
    if opening.sphere == Sphere.OVERSEAS:
        return notices.place_of(opening)
    return _joined(opening.address_line, opening.commune_code, opening.province_code)


def _address_of(opening: Opening) -> str:
    unit: Organisation = opening.organisation
    if unit.commune_code or unit.address_line:
        return _joined(unit.address_line, unit.commune_code, None)
    return "" if opening.sphere == Sphere.OVERSEAS else address_text(opening)


def _joined(line: str, commune_code: str | None, province_code: str | None) -> str:
    """House and street, the commune and its province, each once."""
    units = places()
    commune = units.get(commune_code)
    province = units.get(commune.parent if commune else province_code)
    named = [unit.full_name for unit in (commune, province) if unit]
    # Inside a sentence the kind of unit is written small: "ấp 3, xã Chợ Vàm, tỉnh An Giang".
    named = [_small(name) if line or place else name for place, name in enumerate(named)]
    return ", ".join(part for part in (line, *named) if part)


def _small(full_name: str) -> str:
    return full_name[:1].lower() + full_name[1:]


def _about(worker: Worker) -> dict[str, str]:
    born = worker.birth_date.strftime("%d/%m/%Y") if worker.birth_date else str(worker.birth_year or "")
    return {
        "name": worker.full_name,
        "born": born,
        "sex": str(worker.sex.label) if worker.sex else "",
        "phone": spaced_phone(worker.phone),
        "email": worker.email or "",
        "residence": _joined(worker.address_line, worker.commune_code, None),
        "schooling": education_label(worker.education_code),
        "technical": _technical(worker),
        "previous": _previous(worker),
    }


def _technical(worker: Worker) -> str:
    papers = [certificate_label(paper.scale, paper.level) for paper in worker.certificates]
    return "; ".join(part for part in (worker.field_of_study, *papers) if part)


def _previous(worker: Worker) -> str:
    """The last work with its length; without one, what the person says they can do."""
    if worker.experiences:
        last = max(worker.experiences, key=lambda one: (one.to_year or 9999, one.id))
        what = f"{last.title}, {last.workplace}" if last.workplace else last.title
        return f"{what} ({_length(last.months)})" if last.months else what
    done = [one for one in worker.occupations if one.months]
    return "; ".join(f"{one.words or occupation_name(one.code)} ({_length(one.months)})" for one in done[:2])


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = (f"{years} năm" if years else "", f"{rest} tháng" if rest else "")
    return " ".join(part for part in parts if part)


def spaced_phone(phone: str | None) -> str:
    if not phone or not phone.isdigit():
        return phone or ""
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}"
