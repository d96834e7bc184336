"""Life abroad for the staff: who is there, and the page of one with every word that came."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.abroad import check_in_codes, check_ins, stays
from portal.overseas.abroad.blueprint import bp
from portal.overseas.abroad.family import contacts_of
from portal.overseas.abroad.forms import AbroadFilter, StayForm, WordForm
from portal.overseas.abroad.incident_forms import OpenForm
from portal.overseas.abroad.incident_opened import after_opening
from portal.overseas.abroad.incidents import Incidents, Told, open_incident
from portal.overseas.abroad.local_times import clock_there, hours_here, zones_of
from portal.overseas.abroad.looks import note_look
from portal.overseas.abroad.models import CheckIn, DueContact, Stay
from portal.overseas.abroad.queries import people_abroad
from portal.overseas.abroad.states import ANSWER_TONES, Answer, WordBy
from portal.overseas.abroad.stays import Stays
from portal.overseas.states import INCIDENT_TONES, IncidentKind, Severity
from portal.reference.countries import country_name
from portal.reference.rules import of_day
from portal.referrals.notices import address
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate_rows
from portal.workers.blueprint import someone


@bp.get("/abroad")
@allow(*CASE_STAFF)
def people() -> Any:
    form = AbroadFilter(request.args)
    valid = form.validate()
    which, country = (form.which.data, form.country.data) if valid else ("all", "")
    mine = valid and form.whose.data == "mine"
    return render_template(
        "overseas/abroad_list.html",
        form=form,
        page=paginate_rows(people_abroad(someone(), today(), which=which, mine=mine, country=country)),
        tones=ANSWER_TONES,
        country_name=country_name,
        day=today(),
    )


def _stay(case_id: int, *, lock: bool = False) -> Stay:
    shown = Stays().visible_to(someone()).of_case(case_id).with_case()
    return get_or_404((shown.locked() if lock else shown).query)


@bp.get("/cases/<int:case_id>/abroad")
@allow(*CASE_STAFF)
def abroad(case_id: int) -> Any:
    stay = _stay(case_id)
    page = _page(stay, WordForm(formdata=None))
    note_look(case_id, "abroad")
    return page


def _page(stay: Stay, form: WordForm, open_form: OpenForm | None = None) -> str:
    moment, account = now(), someone()
    words = list(
        db.session.scalars(
            select(CheckIn)
            .where(CheckIn.stay_id == stay.id)
            .options(joinedload(CheckIn.taken_by))
            .order_by(CheckIn.id.desc())
        )
    )
    visible = Incidents().visible_to(account).of_case(stay.case_id).with_list_data().by_urgency()
    incidents = list(db.session.scalars(visible.query))
    rule = of_day(db.session, stay.departed_on)(stays.FIRST_CONTACTS[0])
    return render_template(
        "overseas/abroad.html",
        stay=stay,
        reach=stays.reach_of(stay),
        form=form,
        open_form=open_form or OpenForm(formdata=None),
        words=[(word, *check_ins.words_of(word), _call_at(word, stay)) for word in words],
        incidents=incidents,
        seen={one.id for one in incidents},
        tones=ANSWER_TONES,
        severity_tones=INCIDENT_TONES,
        code=check_in_codes.live_code(stay, moment),
        family=contacts_of(stay.case_id),
        clock=clock_there(stay.time_zone, moment),
        country=country_name(stay.country),
        plan_is_practice=rule is not None and not rule.verified,
        enough_tries=current_app.config["ABROAD_TRIES"],
        day=today(),
    )


def _call_at(word: CheckIn, stay: Stay) -> str:
    if word.call_window is None:
        return ""
    here = hours_here(word.call_window, stay.time_zone, now())
    # Not inside an f-string: nobody would collect the sentence for the catalogue.
    at = _("giờ ở đây: %(hours)s", hours=here)
    return f"{word.call_window.label} ({at})" if here else f"{word.call_window.label}"


@bp.post("/cases/<int:case_id>/words")
@allow(*CASE_STAFF)
def add_word(case_id: int) -> Any:
    stay, form = _stay(case_id, lock=True), WordForm()
    if not form.validate():
        return _page(stay, form), 422
    try:
        word = check_ins.check_in(
            stay, Answer(form.answer.data), by=WordBy(form.by.data), said=form.said(), trouble=form.what(),
            taken_by=someone(), now=now(),
        )  # fmt: skip
    except DomainError as error:
        db.session.rollback()
        form.put_error(error)
        return _page(_stay(case_id), form), error.status
    db.session.commit()
    flash(_("Đã ghi."), "good")
    if word.incident_id is not None:
        return redirect(url_for("abroad.incident", incident_id=word.incident_id))
    return redirect(url_for("abroad.abroad", case_id=case_id))


@bp.post("/cases/<int:case_id>/not-reached")
@allow(*CASE_STAFF)
def not_reached(case_id: int) -> Any:
    """One more call in vain for the contact that is due."""
    stay = _stay(case_id, lock=True)
    due = get_or_404(
        select(DueContact)
        .where(DueContact.stay_id == stay.id, DueContact.done_at.is_(None), DueContact.due_on <= today())
        .order_by(DueContact.due_on, DueContact.id)
        .limit(1)
        .with_for_update()
    )
    check_ins.not_reached(due, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã ghi: gọi không được, lần thứ %(n)s.", n=due.tries), "good")
    return redirect(url_for("abroad.abroad", case_id=case_id))


@bp.post("/check-ins/<int:check_in_id>/looked-at")
@allow(*CASE_STAFF)
def look_at(check_in_id: int) -> Any:
    word = _word(check_in_id)
    check_ins.looked_at(word, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã ghi là xong."), "good")
    return redirect(url_for("abroad.abroad", case_id=word.stay.case_id))


def _word(check_in_id: int) -> CheckIn:
    return get_or_404(select(CheckIn).where(CheckIn.id == check_in_id).with_for_update())


@bp.post("/cases/<int:case_id>/incidents")
@allow(*CASE_STAFF)
def open_case_incident(case_id: int) -> Any:
    """Of a word that came (`word`), or of silence: an adviser decides that something is wrong."""
    stay, form = _stay(case_id, lock=True), OpenForm()
    if not form.validate():
        return _page(stay, WordForm(formdata=None), form), 422
    kind, severity = IncidentKind(form.kind.data), Severity(form.severity.data)
    given = request.form.get("word", "")
    if given.isascii() and given.isdigit() and len(given) < 10:
        word = get_or_404(
            select(CheckIn).where(CheckIn.id == int(given), CheckIn.stay_id == stay.id).with_for_update()
        )
        found = check_ins.open_from(word, kind, severity, actor=someone(), now=now())
    else:
        told = Told(kind, severity, form.text.data or "")
        found = open_incident(told, case=stay.case, actor=someone(), now=now())
    return after_opening(found, url_for("abroad.abroad", case_id=case_id))


@bp.get("/cases/<int:case_id>/stay")
@allow(*CASE_STAFF)
def edit_stay(case_id: int) -> Any:
    stay = _stay(case_id)
    known = {name: getattr(stay, name) for name in ("country", "time_zone", "contract_ends_on")}
    form = StayForm(formdata=None, data=known | {"reach": stays.reach_of(stay)})
    page = _stay_page(stay, form)
    note_look(case_id, "reach")
    return page


def _stay_page(stay: Stay, form: StayForm) -> str:
    zones = zones_of(form.country.data or stay.country) or (stay.time_zone,)
    form.time_zone.choices = [(zone, zone.replace("_", " ").replace("/", " / ")) for zone in zones]
    return render_template("overseas/stay_edit.html", stay=stay, form=form)


@bp.post("/cases/<int:case_id>/stay")
@allow(*CASE_STAFF)
def save_stay(case_id: int) -> Any:
    stay, form = _stay(case_id, lock=True), StayForm()
    if not form.validate():
        return _stay_page(stay, form), 422
    zone = form.time_zone.data
    if form.country.data != stay.country and zone not in zones_of(form.country.data):
        # The list of zones was that of the country before.
        zone = (*zones_of(form.country.data), stay.time_zone)[0]
    try:
        stays.change_stay(
            stay, country=form.country.data, time_zone=zone,
            contract_ends_on=form.contract_ends_on.data, reach=form.reach.data or "",
            actor=someone(), now=now(),
        )  # fmt: skip
    except DomainError as error:
        db.session.rollback()
        form.put_error(error)
        return _stay_page(_stay(case_id), form), error.status
    db.session.commit()
    flash(_("Đã lưu."), "good")
    return redirect(url_for("abroad.abroad", case_id=case_id))


@bp.get("/cases/<int:case_id>/check-in-link")
@allow(*CASE_STAFF)
def check_in_link(case_id: int) -> Any:
    """The link as it is handed over: to be sent by Zalo, or printed before departure."""
    stay = _stay(case_id)
    code = check_in_codes.live_code(stay, now())
    link = address(url_for("check_ins.ask", code=check_in_codes.read_code(code))) if code is not None else ""
    page = render_template("overseas/check_in_link.html", stay=stay, code=code, link=link)
    note_look(case_id, "check_in_code")
    return page


@bp.post("/cases/<int:case_id>/check-in-link")
@allow(*CASE_STAFF)
def renew_check_in_link(case_id: int) -> Any:
    stay = _stay(case_id, lock=True)
    if stay.ended_on is None:
        check_in_codes.give_code(stay, actor=someone(), now=now())
        db.session.commit()
        flash(
            _("Đã làm đường dẫn mới. Đường dẫn cũ không dùng được nữa: hãy gửi cái mới cho người đó."), "good"
        )
    return redirect(url_for("abroad.check_in_link", case_id=case_id))
