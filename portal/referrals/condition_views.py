"""What the chosen programme asks of the body: answered by the person or at the desk; never a bar."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, RadioField, SelectField

from portal.access.models import Account
from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.referrals.blueprint import bp
from portal.referrals.models import Referral
from portal.referrals.queries import Referrals
from portal.referrals.states import WAITING_STATES
from portal.web.access import allow, get_or_404
from portal.web.forms import BaseForm
from portal.web.transactions import write_transaction
from portal.workers.conditions import Need, read_conditions, tell_conditions
from portal.workers.consent_pages import sentence
from portal.workers.models import Worker
from portal.workers.operations import give_consent
from portal.workers.queries import live_consent
from portal.workers.states import ConditionAnswer, ConsentChannel, Purpose

AT_THE_DESK = (ConsentChannel.DESK, ConsentChannel.PHONE, ConsentChannel.PAPER)
AGREE_FIRST = _l("Muốn ghi câu trả lời thì đánh dấu ô đồng ý. Không muốn thì để tư vấn viên hỏi sau.")


def needs_of(referral: Referral) -> list[Need]:
    return [(row.kind, row.need) for row in referral.opening.conditions]


def answers_of(referral: Referral, account: Account) -> dict[Need, ConditionAnswer]:
    return read_conditions(referral.worker, needs_of(referral), actor=account)


def is_to_answer(referral: Referral, account: Account) -> bool:
    """Something is asked that this person has not answered yet."""
    return bool(set(needs_of(referral)) - set(answers_of(referral, account)))


def note_answers_seen(referral_id: int) -> None:
    """Staff have read sealed answers: written once the page is drawn, in a transaction of its own."""
    with write_transaction():
        worker = db.session.get_one(Referral, referral_id).worker
        record("looked", worker, actor=current_user, now=now(), part="conditions")


@bp.route("/me/referrals/<int:referral_id>/conditions", methods=["GET", "POST"])
@allow(Role.SEEKER)
def own_conditions(referral_id: int) -> Any:
    referral = _asked_or_404(referral_id)
    back = url_for("referrals.mine_one", referral_id=referral_id)
    return _page_or_saved(referral, back, for_staff=False)


@bp.route("/referrals/<int:referral_id>/conditions", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def staff_conditions(referral_id: int) -> Any:
    referral = _asked_or_404(referral_id)
    answer = _page_or_saved(referral, url_for("referrals.view", referral_id=referral_id), for_staff=True)
    if request.method == "GET":
        note_answers_seen(referral_id)
    return answer


def _asked_or_404(referral_id: int) -> Referral:
    referral = get_or_404(Referrals().visible_to(current_user).by_id(referral_id).with_list_data().query)
    if referral.state not in WAITING_STATES or not referral.opening.conditions:
        abort(404)
    return referral


def _page_or_saved(referral: Referral, back: str, *, for_staff: bool) -> Any:
    form = _form(referral, for_staff)
    if form.validate_on_submit():
        answers = _given(form, referral)
        try:
            if answers:
                _keep(referral.worker, answers, form, for_staff)
                db.session.commit()
                flash(_("Đã ghi câu trả lời."), "good")
            return redirect(back)
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            referral = _asked_or_404(referral.id)
    page = render_template(
        "workers/conditions.html",
        form=form,
        referral=referral,
        consent=sentence(Purpose.CONDITIONS),
        back=back,
        for_staff=for_staff,
    )
    return page, 422 if form.errors else 200


def _form(referral: Referral, for_staff: bool) -> Any:
    """One question a condition of this opening, as the programme states it."""

    class AskedForm(BaseForm):
        questions = [row.kind.value for row in referral.opening.conditions]

    who = _("Người này có đạt không?") if for_staff else _("Bạn có đạt không?")
    for row in referral.opening.conditions:
        asked = _("Chương trình đòi: %(need)s.", need=row.need.rstrip(". "))
        question = RadioField(
            f"{asked} {who}",
            choices=[(one.value, one.label) for one in ConditionAnswer],
            description=_("Căn cứ: %(source)s", source=row.source),
            validate_choice=False,
        )
        setattr(AskedForm, row.kind.value, question)
    if live_consent(referral.worker, Purpose.CONDITIONS) is None:
        label = _("Đã đọc nguyên câu trên, người này đồng ý") if for_staff else _("Tôi đồng ý")
        AskedForm.agreed = BooleanField(label)
        if for_staff:
            ways = [(way.value, way.label) for way in AT_THE_DESK]
            AskedForm.channel = SelectField(_("Hỏi bằng cách nào"), choices=ways)
    known = answers_of(referral, current_user)
    return AskedForm(data={kind.value: answer.value for (kind, _need), answer in known.items()})


def _given(form: Any, referral: Referral) -> dict[Need, ConditionAnswer]:
    return {
        (kind, need): ConditionAnswer(form[kind.value].data)
        for kind, need in needs_of(referral)
        if form[kind.value].data in ConditionAnswer.values()
    }


def _keep(worker: Worker, answers: dict[Need, ConditionAnswer], form: Any, for_staff: bool) -> None:
    by = {"actor": current_user._get_current_object(), "now": now()}
    if "agreed" in form:
        if not form.agreed.data:
            raise DomainError(str(AGREE_FIRST), field="agreed")
        channel = ConsentChannel(form.channel.data) if for_staff else ConsentChannel.ONLINE
        give_consent(worker, Purpose.CONDITIONS, channel=channel, **by)
    tell_conditions(worker, answers, **by)
