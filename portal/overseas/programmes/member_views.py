"""One person in one pool: agreement, progress, what lapses, the outcome, and where else to go."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.programmes import pool_operations as operations
from portal.overseas.programmes.blueprint import bp
from portal.overseas.programmes.pool_priorities import forget_priority, tell_priority
from portal.overseas.programmes.pool_queries import (
    Members,
    alternatives,
    member_rows,
    next_rounds,
    waits_elsewhere,
)
from portal.overseas.programmes.pool_rules import tone
from portal.overseas.programmes.pool_sentences import lapse_words, missing_words
from portal.overseas.programmes.pool_views import TONES
from portal.overseas.programmes.queries import of_programme
from portal.overseas.programmes.round_forms import EndingForm, GroupForm, KeepForm, RosterForm
from portal.overseas.programmes.round_models import PoolMember
from portal.overseas.programmes.states import MemberState
from portal.reference.people import priority_groups
from portal.web.access import allow, get_or_404
from portal.web.forms import BaseForm
from portal.workers.blueprint import someone
from portal.workers.states import ConsentChannel

STEPS = ("roster", "keep", "end", "group")


def member_or_404(member_id: int) -> PoolMember:
    found = Members().visible_to(someone()).by_id(member_id).with_list_data()
    return get_or_404((found.locked() if request.method == "POST" else found).query)


@bp.get("/desk/pools/members/<int:member_id>")
@allow(*CASE_STAFF)
def member(member_id: int) -> Any:
    return _page(member_or_404(member_id), _forms())


@bp.post(f"/desk/pools/members/<int:member_id>/<any({', '.join(STEPS)}):what>")
@allow(*CASE_STAFF)
def member_step(member_id: int, what: str) -> Any:
    one = member_or_404(member_id)
    forms = _forms()
    form = forms[what] = _FORMS[what](prefix=f"{what}-")
    if form.validate():
        try:
            _take(what, one, form)
            db.session.commit()
            flash(_("Đã ghi."), "good")
            return redirect(url_for("programmes.member", member_id=member_id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            one = member_or_404(member_id)
    return _page(one, forms), 422


@bp.post("/desk/pools/members/<int:member_id>/group/forget")
@allow(*CASE_STAFF)
def forget_group(member_id: int) -> Any:
    forget_priority(member_or_404(member_id), actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã xóa nhóm ưu tiên khỏi nguồn này."), "good")
    return redirect(url_for("programmes.member", member_id=member_id))


_FORMS: dict[str, type[BaseForm]] = {
    "roster": RosterForm,
    "keep": KeepForm,
    "end": EndingForm,
    "group": GroupForm,
}


def _forms() -> dict[str, Any]:
    """All of them stand on one page: each has names of its own."""
    return {name: form(formdata=None, prefix=f"{name}-") for name, form in _FORMS.items()}


def _take(what: str, one: PoolMember, form: Any) -> None:
    by: dict[str, Any] = {"actor": someone(), "now": now()}
    if what == "roster":
        operations.put_on_roster(one, form.day(), **by)
    elif what == "keep":
        operations.keep_longer(one, form.keep_until.data, channel=ConsentChannel(form.channel.data), **by)
    elif what == "end":
        operations.end_membership(one, MemberState(form.state.data), form.because.data or "", **by)
    else:
        tell_priority(one, form.group_code.data or "", channel=ConsentChannel(form.channel.data), **by)


def _page(one: PoolMember, forms: dict[str, Any]) -> str:
    on = today()
    named = of_programme(one.pool.programme, on).priorities
    known = priority_groups()
    choices = {row.group_code: known[row.group_code].label for row in named if row.group_code in known}
    forms["group"].group_code.choices = list(choices.items())
    is_waiting = one.ended_at is None
    return render_template(
        "overseas/pool_member.html",
        member=one,
        row=member_rows([one], on)[0],
        forms=forms,
        is_waiting=is_waiting,
        has_groups=bool(choices),
        alternatives=alternatives(one, on) if waits_elsewhere(one.state) else [],
        rounds=next_rounds(one, on) if waits_elsewhere(one.state) else [],
        warn_tone=lambda days: tone(days, current_app.config["POOL_WARN_DAYS"]),
        lapse_words=lapse_words,
        missing_words=missing_words,
        day=on,
        tones=TONES,
    )
