"""What stands between a person and a programme: for the person on a phone, and for their adviser."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.programmes.blueprint import bp
from portal.overseas.programmes.checks import keep_check
from portal.overseas.programmes.forms import BodyForm, CheckForm, body_form
from portal.overseas.programmes.people import (
    Checks,
    body_asked,
    check_of,
    checks_of,
    conditions_of,
    standing,
)
from portal.overseas.programmes.pool_sentences import lapse_words
from portal.overseas.programmes.pool_views import memberships_of
from portal.overseas.programmes.queries import ProgrammeDay, Programmes, of_programme, on_day
from portal.overseas.programmes.sentences import asked_words, ban_line, lines_of, time_words
from portal.overseas.programmes.states import CHECKED_KINDS, Openness, Verdict
from portal.overseas.programmes.views import TONES, programme_or_404
from portal.web.access import allow
from portal.web.transactions import write_transaction
from portal.workers.blueprint import own_worker, someone
from portal.workers.conditions import Need, read_conditions, tell_conditions
from portal.workers.consent_texts import sentence
from portal.workers.models import Worker
from portal.workers.operations import give_consent
from portal.workers.queries import live_consent
from portal.workers.staff_views import worker_or_404
from portal.workers.states import ConditionAnswer, ConsentChannel, Purpose

# What needs doing first; what is met comes last.
ORDER = (Verdict.NO, Verdict.NOT_YET, Verdict.UNKNOWN, Verdict.YES)


# --- one programme ---


@bp.get("/me/programmes/<programme>")
@allow(Role.SEEKER)
def own_standing(programme: str) -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    return _standing_page(worker, of_programme(programme_or_404(programme), today()), for_staff=False)


@bp.get("/workers/<int:worker_id>/programmes/<programme>")
@allow(*CASE_STAFF)
def staff_standing(worker_id: int, programme: str) -> Any:
    worker = worker_or_404(worker_id)
    shown = of_programme(programme_or_404(programme), today())
    page = _standing_page(worker, shown, for_staff=True)
    if body_asked(shown, worker):
        _note_answers_seen(worker_id)
    return page


def _note_answers_seen(worker_id: int) -> None:
    """Sealed answers stand on this page: the look is written down once it is drawn."""
    with write_transaction():
        record("looked", db.session.get_one(Worker, worker_id), actor=someone(), now=now(), part="conditions")


def _standing_page(worker: Worker, shown: ProgrammeDay, *, for_staff: bool) -> str:
    """With what the coming round asks beside the programme."""
    conditions = conditions_of([shown], worker, someone())
    round_ = shown.next_round
    stands = standing(shown, worker, checks_of([worker.id])[worker.id], conditions, of_round=round_)
    sections = [
        (verdict, lines_of(stands.of(verdict)), [ban_line(b) for b in stands.bans if b.verdict is verdict])
        for verdict in ORDER
        if stands.count(verdict)
    ]
    return render_template(
        "overseas/standing.html",
        one=shown,
        worker=worker,
        stands=stands,
        sections=sections,
        source_rows=[
            (line.title, line.source, line.since, line.verified)
            for _verdict, points, bans in sections
            for line in (*bans, *(line for point in points for line in point.lines))
        ],
        round=round_,
        asks_body=bool(body_asked(shown, worker)),
        for_staff=for_staff,
        tones=TONES,
        time_words=time_words,
        Verdict=Verdict,
        Openness=Openness,
    )


# --- all programmes ---


@bp.get("/me/programmes")
@allow(Role.SEEKER)
def own_programmes() -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    shown = on_day(Programmes().all(), today())
    conditions = conditions_of(shown, worker, someone())
    checks = checks_of([worker.id])[worker.id]
    rows = [(one, standing(one, worker, checks, conditions, of_round=one.next_round)) for one in shown]
    return _list_page(worker, rows, for_staff=False)


@bp.get("/workers/<int:worker_id>/programmes")
@allow(*CASE_STAFF)
def staff_programmes(worker_id: int) -> Any:
    """Without the sealed answers: they are opened one programme at a time, and the look is recorded."""
    worker = worker_or_404(worker_id)
    checks = checks_of([worker.id])[worker.id]
    return _list_page(worker, standings_for_list(worker, checks), for_staff=True)


def standings_for_list(worker: Worker, checks: Checks) -> list[tuple[ProgrammeDay, Any]]:
    shown = on_day(Programmes().all(), today())
    return [(one, standing(one, worker, checks, of_round=one.next_round, for_list=True)) for one in shown]


def _list_page(worker: Worker, rows: list[tuple[ProgrammeDay, Any]], *, for_staff: bool) -> str:
    """Open ones first, then the countries the person named, then those with the fewest known gaps."""
    wanted = set(worker.wanted_countries)
    ordered = sorted(
        rows,
        key=lambda row: (
            row[0].openness is not Openness.OPEN,
            row[0].programme.country not in wanted,
            row[1].is_barred,
            row[1].count(Verdict.NOT_YET, Verdict.NO),
            row[1].count(Verdict.UNKNOWN),
            row[0].programme.id,
        ),
    )
    return render_template(
        "overseas/standings.html",
        worker=worker,
        rows=ordered,
        members=memberships_of(worker) if not for_staff else [],
        lapse_words=lapse_words,
        day=today(),
        for_staff=for_staff,
        tones=TONES,
        Verdict=Verdict,
        Openness=Openness,
    )


# --- answers about the body ---


@bp.route("/me/programmes/<programme>/conditions", methods=["GET", "POST"])
@allow(Role.SEEKER)
def own_body(programme: str) -> Any:
    worker = own_worker()
    if worker is None:
        return redirect(url_for("workers.register"))
    back = url_for("programmes.own_standing", programme=programme)
    return _body_page(worker, programme, back, for_staff=False)


@bp.route("/workers/<int:worker_id>/programmes/<programme>/conditions", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def staff_body(worker_id: int, programme: str) -> Any:
    worker = worker_or_404(worker_id, lock=request.method == "POST")
    back = url_for("programmes.staff_standing", worker_id=worker_id, programme=programme)
    page = _body_page(worker, programme, back, for_staff=True)
    if request.method == "GET":
        _note_answers_seen(worker_id)
    return page


def _body_page(worker: Worker, code: str, back: str, *, for_staff: bool) -> Any:
    shown = of_programme(programme_or_404(code), today())
    asked = body_asked(shown, worker)
    if not asked:
        abort(404)
    needs = [one.need for one in asked if one.need is not None]
    known = read_conditions(worker, needs, actor=someone())
    form = body_form(
        [(one.need, asked_words(one), one.source) for one in asked if one.need is not None],
        known,
        has_agreed=live_consent(worker, Purpose.CONDITIONS) is not None,
        for_staff=for_staff,
    )
    if form.validate_on_submit():
        try:
            _keep_body(worker, form.given(needs), form, for_staff)
            db.session.commit()
            return redirect(back)
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template(
        "overseas/body.html",
        form=form,
        one=shown,
        worker=worker,
        consent=sentence(Purpose.CONDITIONS),
        back=back,
        for_staff=for_staff,
    )
    return page, 422 if form.errors else 200


def _keep_body(worker: Worker, answers: dict[Need, ConditionAnswer], form: BodyForm, for_staff: bool) -> None:
    if not answers:
        return
    by = {"actor": someone(), "now": now()}
    if "agreed" in form:
        if not form.agreed.data:
            raise DomainError(
                _("Muốn ghi câu trả lời thì đánh dấu ô đồng ý. Không muốn thì để tư vấn viên hỏi sau."),
                field="agreed",
            )
        channel = ConsentChannel(form.channel.data) if for_staff else ConsentChannel.ONLINE
        give_consent(worker, Purpose.CONDITIONS, channel=channel, **by)
    tell_conditions(worker, answers, **by)
    flash(_("Đã ghi câu trả lời."), "good")


# --- what an adviser saw on paper ---


@bp.route("/workers/<int:worker_id>/programmes/<programme>/checks/<slot>", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def check(worker_id: int, programme: str, slot: str) -> Any:
    worker = worker_or_404(worker_id, lock=request.method == "POST")
    shown = of_programme(programme_or_404(programme), today())
    asked = next((one for one in shown.asked if one.slot == slot and one.kind in CHECKED_KINDS), None)
    if asked is None:
        abort(404)
    row = check_of(worker, None if asked.general else shown.programme.id, slot)
    form = CheckForm(
        data={"meets": "yes" if row.meets else "no", "dated_on": row.dated_on, "expires_on": row.expires_on}
        if row is not None
        else None
    )
    back = url_for("programmes.staff_standing", worker_id=worker_id, programme=programme)
    if form.validate_on_submit():
        try:
            keep_check(worker, shown.programme, asked, form.seen(), actor=current_user, now=now())
            db.session.commit()
            flash(_("Đã ghi điều bạn thấy trên giấy."), "good")
            return redirect(back)
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template(
        "overseas/check.html",
        form=form,
        one=shown,
        worker=worker,
        title=asked_words(asked),
        asked=asked,
        back=back,
    )
    return page, 422 if form.errors else 200
