"""Pools at the desk: who prepares for what, how far they are, what lapses, and what else there is."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind
from portal.overseas.programmes import pool_operations as operations
from portal.overseas.programmes.blueprint import bp
from portal.overseas.programmes.pool_priorities import read_priorities
from portal.overseas.programmes.pool_queries import Members, Pools, member_rows
from portal.overseas.programmes.pool_rules import soon, tone
from portal.overseas.programmes.pool_sentences import lapse_words, missing_words
from portal.overseas.programmes.queries import Programmes, on_day
from portal.overseas.programmes.round_forms import JoinForm, PoolForm
from portal.overseas.programmes.round_models import Pool
from portal.overseas.programmes.row_forms import chosen_id
from portal.overseas.programmes.states import MemberState, PoolKind
from portal.reference.people import priority_groups
from portal.web.access import allow, get_or_404
from portal.web.lists import paginate
from portal.workers.blueprint import someone
from portal.workers.models import Worker
from portal.workers.staff_views import worker_or_404
from portal.workers.states import ConsentChannel

TONES = {
    MemberState.PREPARING: "water",
    MemberState.ON_ROSTER: "wait",
    MemberState.PICKED: "good",
    MemberState.NOT_PICKED: "warn",
    MemberState.LEFT: "calm",
}


@bp.get("/desk/pools")
@allow(*CASE_STAFF)
def pools() -> Any:
    page = paginate(Pools().visible_to(someone()).with_list_data().newest_first().query)
    counts = operations.waiting_counts([pool.id for pool in page.items])
    return render_template("overseas/pools.html", page=page, counts=counts, PoolKind=PoolKind)


@bp.route("/desk/pools/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def new_pool() -> Any:
    form = _pool_form()
    if form.validate_on_submit():
        try:
            programme = get_or_404(Programmes().by_id(int(form.programme_id.data)).query)
            made = operations.open_pool(
                programme,
                form.name.data,
                round_id=chosen_id(form.round_id.data),
                pre_sourcing=form.pre_sourcing(),
                actor=someone(),
                now=now(),
            )
            db.session.commit()
            flash(_("Đã lập nguồn."), "good")
            return redirect(url_for("programmes.pool", pool_id=made.id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    return render_template("overseas/pool_form.html", form=form), 422 if form.errors else 200


def _pool_form() -> PoolForm:
    form = PoolForm(programme_id=request.args.get("programme"))
    shown = on_day(Programmes().all(), today())
    named = [(str(one.programme.id), one.programme.label) for one in shown]
    form.programme_id.choices = [("", _("Chọn một chương trình")), *named]
    form.round_id.choices = [
        ("", _("chưa rõ kỳ nào")),
        *((str(r.id), f"{one.programme.label}: {r.name}") for one in shown for r in one.coming_rounds),
    ]
    senders = db.session.scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.SENDER)
        .order_by(Organisation.name_folded, Organisation.id)
    )
    form.organisation_id.choices = [("", "–"), *((str(one.id), one.name) for one in senders)]
    return form


def pool_or_404(pool_id: int) -> Pool:
    found = Pools().visible_to(someone()).by_id(pool_id).with_list_data()
    return get_or_404((found.locked() if request.method == "POST" else found).query)


@bp.get("/desk/pools/<int:pool_id>")
@allow(*CASE_STAFF)
def pool(pool_id: int) -> Any:
    return _pool_page(pool_or_404(pool_id))


@bp.post("/desk/pools/<int:pool_id>/priorities")
@allow(*CASE_STAFF)
def pool_priorities(pool_id: int) -> Any:
    """The column is opened, once; each look at a person is in their history."""
    return _pool_page(pool_or_404(pool_id), opens=True)


def _pool_page(pool: Pool, *, opens: bool = False) -> str:
    shown = Members().visible_to(someone()).in_pool(pool)
    if request.args.get("ended"):
        shown = shown.ended()
    else:
        shown = shown.waiting()
    page = paginate(shown.with_list_data().by_name().query)
    groups = None
    if opens:
        groups = read_priorities(page.items, actor=someone(), now=now())
        db.session.commit()
    day, warn = on_day([pool.programme], today())[0], current_app.config["POOL_WARN_DAYS"]
    return render_template(
        "overseas/pool.html",
        pool=pool,
        one=day,
        page=page,
        rows=member_rows(page.items, today()),
        groups=groups,
        group_names=priority_groups(),
        shows_ended=bool(request.args.get("ended")),
        warn_tone=lambda days: tone(days, warn),
        soon=lambda found: soon(found, today(), warn),
        lapse_words=lapse_words,
        missing_words=missing_words,
        day=today(),
        tones=TONES,
        PoolKind=PoolKind,
    )


@bp.post("/desk/pools/<int:pool_id>/close")
@allow(*CASE_STAFF)
def close_pool(pool_id: int) -> Any:
    operations.close_pool(pool_or_404(pool_id), actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã đóng nguồn."), "good")
    return redirect(url_for("programmes.pool", pool_id=pool_id))


@bp.route("/workers/<int:worker_id>/pools/join", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def join_pool(worker_id: int) -> Any:
    worker = worker_or_404(worker_id, lock=request.method == "POST")
    form = _join_form()
    if form.validate_on_submit():
        try:
            pool = pool_or_404(int(form.pool_id.data))
            operations.join(
                pool,
                worker,
                form.keep_until.data,
                channel=ConsentChannel(form.channel.data),
                actor=someone(),
                now=now(),
            )
            db.session.commit()
            flash(_("Đã ghi tên vào nguồn."), "good")
            return redirect(url_for("programmes.pool", pool_id=pool.id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            worker = worker_or_404(worker_id)
    page = render_template("overseas/pool_join.html", form=form, worker=worker)
    return page, 422 if form.errors else 200


def _join_form() -> JoinForm:
    form = JoinForm(pool_id=request.args.get("pool"))
    open_ones = db.session.scalars(Pools().visible_to(someone()).open().with_list_data().newest_first().query)
    form.pool_id.choices = [(str(one.id), f"{one.name} ({one.programme.label})") for one in open_ones]
    return form


@bp.post("/me/pools/<int:member_id>/leave")
@allow(Role.SEEKER)
def leave_pool(member_id: int) -> Any:
    """Whoever agreed can take it back at once, without a reason."""
    member = get_or_404(Members().visible_to(someone()).by_id(member_id).with_list_data().locked().query)
    operations.end_membership(member, MemberState.LEFT, "", actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã rút tên. Trung tâm không giữ tên bạn trong nguồn này nữa."), "good")
    return redirect(url_for("programmes.own_programmes"))


def memberships_of(worker: Worker) -> list[Any]:
    """For the pages of one person."""
    return member_rows(Members().for_worker(worker).waiting().with_list_data().newest_first().all(), today())
