"""The cost sheet of an opening: for everybody, for the person it is about, and for who counsels them."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from portal.access.states import CASE_STAFF, Role
from portal.audit.operations import record
from portal.common.clock import now, today
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.openings.states import Sphere
from portal.overseas.abroad.help_lines import lines_for
from portal.overseas.costs.blueprint import bp
from portal.overseas.costs.payment_queries import case_of
from portal.overseas.costs.sheets import SheetPage, formula, names_of, page_of
from portal.overseas.costs.side import fact_options
from portal.overseas.support.entitled import told_groups
from portal.overseas.support.queries import spent_contents
from portal.reference.people import priority_groups
from portal.web.access import PUBLIC, allow, get_or_404
from portal.web.fields import MoneyField
from portal.web.forms import FilterForm
from portal.web.templating import show_money
from portal.web.transactions import write_transaction
from portal.workers.blueprint import actor, own_worker, someone
from portal.workers.consent_texts import sentence
from portal.workers.consenting import give_consent
from portal.workers.models import Worker
from portal.workers.queries import live_consent
from portal.workers.staff_views import worker_or_404
from portal.workers.states import ConsentChannel, Purpose


class SavingForm(FilterForm):
    """A GET form: somebody tries what is left in a month, and nothing of it is kept."""

    saved = MoneyField(
        _l("Mỗi tháng bạn để dành được khoảng bao nhiêu (đồng)?"),
        description=_l("Lương thực nhận, trừ tiền ăn, ở, đi lại và tiền gửi về nhà."),
    )

    def validate_saved(self, field: Any) -> None:
        if field.data is not None and field.data <= 0:
            raise ValidationError(_("Hãy ghi số tiền lớn hơn 0, ví dụ 8.000.000 hoặc 8 triệu."))

    def amount(self) -> int | None:
        amount: int | None = self.saved.data if self.validate() else None
        return amount


def overseas_opening(opening_id: int) -> Opening:
    shown = Openings().visible_to(actor()).by_id(opening_id).in_sphere(Sphere.OVERSEAS)
    return get_or_404(shown.options(*fact_options()))


@bp.get("/openings/<int:opening_id>/costs")
@allow(PUBLIC)
def sheet(opening_id: int) -> Any:
    """Without an account, and for everybody who is not the person, the opening's side alone."""
    account = actor()
    worker = own_worker() if account is not None and account.role is Role.SEEKER else None
    opening = overseas_opening(opening_id)
    form = SavingForm(request.args)
    page = _page_for(worker, opening, form)
    return _shown("overseas/cost_sheet.html", page, form=form, worker=worker)


@bp.get("/workers/<int:worker_id>/costs/<int:opening_id>")
@allow(*CASE_STAFF)
def staff_sheet(worker_id: int, opening_id: int) -> Any:
    """The same sheet, read together at the desk or printed for the person."""
    worker, opening, form = worker_or_404(worker_id), overseas_opening(opening_id), SavingForm(request.args)
    page = _page_for(worker, opening, form)
    return _shown("overseas/cost_sheet.html", page, form=form, worker=worker, for_staff=True)


def _page_for(worker: Worker | None, opening: Opening, form: SavingForm) -> SheetPage:
    if worker is None:
        return _believable(page_of(opening, today(), saved=form.amount()), form)
    case = case_of(worker, opening.id)
    # What the person told of their groups is sealed: each look at it is written down.
    with write_transaction(keep_loaded=True):
        record("cost_sheet.read", opening, actor=someone(), now=now(), worker=worker.id)
        groups = told_groups(worker, actor=someone(), now=now())
    spent = spent_contents(worker.id, case)
    page = page_of(
        opening, today(), saved=form.amount(), groups=groups, spent=spent, case=case, for_person=True
    )
    return _believable(page, form)


def _believable(page: SheetPage, form: SavingForm) -> SheetPage:
    """Nobody puts aside more than the wage: months reckoned with that would mislead who decides to borrow."""
    wage = page.soonest.monthly
    if page.saving is None or wage is None or (form.amount() or 0) <= wage:
        return page
    sentence = _("Nhiều hơn lương một tháng của việc này (%(wage)s). Hãy ghi lại.", wage=show_money(wage))
    form.saved.errors = [*form.saved.errors, sentence]
    return replace(page, saving=None)


def _shown(template: str, page: SheetPage, **given: Any) -> str:
    return render_template(
        template,
        page=page,
        opening=page.opening,
        sheet=page.sheet,
        formula=formula,
        names_of=names_of,
        group_names=[group.label for group in priority_groups().values()],
        **{"for_staff": False, **given},
    )


@bp.get("/openings/<int:opening_id>/family-sheet")
@allow(Role.SEEKER)
def family_sheet(opening_id: int) -> Any:
    """Asks for the consent first; the person prints it and hands it over themself."""
    worker, opening = own_worker(), overseas_opening(opening_id)
    if worker is None:
        flash(_("Bạn hãy đăng ký trước, rồi bấm lại."), "wait")
        return redirect(url_for("workers.register"))
    return _family_page(worker, opening)


@bp.post("/openings/<int:opening_id>/family-sheet")
@allow(Role.SEEKER)
def allow_family_sheet(opening_id: int) -> Any:
    worker, opening = own_worker(), overseas_opening(opening_id)
    if worker is None:
        abort(404)
    give_consent(worker, Purpose.FAMILY_SHEET, channel=ConsentChannel.ONLINE, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã ghi: bạn đồng ý. Bạn rút lại lúc nào cũng được ở mục “Những điều đã đồng ý”."), "good")
    return redirect(url_for("costs.family_sheet", opening_id=opening.id))


@bp.get("/workers/<int:worker_id>/family-sheet/<int:opening_id>")
@allow(*CASE_STAFF)
def staff_family_sheet(worker_id: int, opening_id: int) -> Any:
    """Printed at the desk, only where the person has agreed; the desk's consent page asks for it."""
    worker, opening = worker_or_404(worker_id), overseas_opening(opening_id)
    return _family_page(worker, opening, for_staff=True)


@bp.post("/workers/<int:worker_id>/family-sheet/<int:opening_id>")
@allow(*CASE_STAFF)
def staff_allow_family_sheet(worker_id: int, opening_id: int) -> Any:
    """Read aloud at the desk or on the phone: the adviser's name and the way stand in the consent."""
    channel = request.form.get("channel", "")
    if channel not in (ConsentChannel.DESK.value, ConsentChannel.PHONE.value, ConsentChannel.PAPER.value):
        abort(400)
    worker, opening = worker_or_404(worker_id, lock=True), overseas_opening(opening_id)
    by = ConsentChannel(channel)
    give_consent(worker, Purpose.FAMILY_SHEET, channel=by, actor=someone(), now=now())
    db.session.commit()
    return redirect(url_for("costs.staff_family_sheet", worker_id=worker.id, opening_id=opening.id))


def _family_page(worker: Worker, opening: Opening, *, for_staff: bool = False) -> Any:
    if live_consent(worker, Purpose.FAMILY_SHEET) is None:
        return render_template(
            "overseas/family_consent.html",
            worker=worker,
            opening=opening,
            for_staff=for_staff,
            sentence=sentence(Purpose.FAMILY_SHEET),
        )
    form = SavingForm(request.args)
    page = _page_for(worker, opening, form)
    lines = lines_for(opening.country or "", None, page.on)
    return _shown(
        "overseas/family_sheet.html", page, form=form, worker=worker, for_staff=for_staff, help_lines=lines
    )
