"""Family contact and the children: pages of the staff, and the person's own way to take a consent back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import RadioField, SelectField, StringField, TextAreaField

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.abroad import family
from portal.overseas.abroad.blueprint import bp
from portal.overseas.abroad.family import Children, Relative
from portal.overseas.abroad.family_models import FamilyContact
from portal.overseas.abroad.looks import note_look
from portal.overseas.abroad.states import ChildrenSaid, MayTell
from portal.overseas.models import OverseasCase
from portal.web.access import allow, get_or_404
from portal.web.fields import BoxesField, Longest, Needed, PhoneField
from portal.web.forms import BaseForm
from portal.web.transactions import write_transaction
from portal.workers.blueprint import own_worker, someone
from portal.workers.states import ConsentChannel

TAKEN_BY_STAFF = (ConsentChannel.DESK, ConsentChannel.PHONE, ConsentChannel.PAPER)


class FamilyForm(BaseForm):
    name = StringField(_l("Tên người nhà"), [Needed(), Longest(120)])
    relation = StringField(_l("Là gì của người lao động"), [Needed(), Longest(60)],
                           description=_l("Mẹ, chồng, anh ruột …"))  # fmt: skip
    phone = PhoneField(_l("Số điện thoại"), [Needed()])
    may_tell = BoxesField(
        _l("Được nói với người này điều gì?"), [Needed(_l("Hãy chọn ít nhất một mục."))],
        choices=MayTell.pairs(),
        description=_l("Lương, nợ và sức khỏe không bao giờ được nói với người nhà."),
    )  # fmt: skip
    channel = SelectField(
        _l("Người lao động đồng ý bằng cách nào?"), [Needed()],
        choices=[(one.value, one.label) for one in TAKEN_BY_STAFF], default=ConsentChannel.DESK.value,
    )  # fmt: skip


class ChildrenForm(BaseForm):
    said = RadioField(
        _l("Có con dưới 16 tuổi không?"), [Needed(_l("Hãy chọn một mục."))], choices=ChildrenSaid.pairs()
    )
    who_cares = TextAreaField(
        _l("Ai trông con, còn lo điều gì?"), [Longest(1000)], render_kw={"rows": 4},
        description=_l("Chỉ ghi điều cần để giúp: ai trông, ai đưa đi học, ai giữ tiền."),
    )  # fmt: skip


def _case(case_id: int, *, lock: bool = False) -> OverseasCase:
    query = select(OverseasCase).where(OverseasCase.id == case_id).options(joinedload(OverseasCase.worker))
    return get_or_404(query.with_for_update(of=OverseasCase) if lock else query)


@bp.get("/cases/<int:case_id>/family")
@allow(*CASE_STAFF)
def family_page(case_id: int) -> Any:
    case = _case(case_id)
    page = _family(case, FamilyForm(formdata=None))
    note_look(case_id, "family")
    return page


def _family(case: OverseasCase, form: FamilyForm) -> str:
    rows = family.contacts_of(case.id)
    return render_template(
        "overseas/family.html",
        case=case,
        form=form,
        rows=[(row, family.who_is(row), [MayTell(value).label for value in row.may_tell]) for row in rows],
        sentence=family.sentence_for(list(MayTell)),
        is_over=case.state in family.OVER,
    )


@bp.post("/cases/<int:case_id>/family")
@allow(*CASE_STAFF)
def add_family(case_id: int) -> Any:
    case, form = _case(case_id, lock=True), FamilyForm()
    if not form.validate():
        return _family(case, form), 422
    relative = Relative(form.name.data or "", form.relation.data or "", form.phone.data or "")
    may_tell = [MayTell(value) for value in form.may_tell.data or ()]
    try:
        family.give_family_contact(
            case, relative, may_tell, channel=ConsentChannel(form.channel.data), actor=someone(), now=now()
        )
    except DomainError as error:
        db.session.rollback()
        form.put_error(error)
        return _family(_case(case_id), form), error.status
    db.session.commit()
    flash(_("Đã ghi sự đồng ý."), "good")
    return redirect(url_for("abroad.family_page", case_id=case_id))


@bp.post("/family/<int:family_contact_id>/withdraw")
@allow(*CASE_STAFF, Role.SEEKER)
def withdraw_family(family_contact_id: int) -> Any:
    """By the staff at the person's word, or by the person alone."""
    query = select(FamilyContact).where(FamilyContact.id == family_contact_id)
    account = someone()
    if account.role is Role.SEEKER:
        mine = own_worker()
        own = select(OverseasCase.id).where(OverseasCase.worker_id == (mine.id if mine is not None else -1))
        query = query.where(FamilyContact.case_id.in_(own))
    row = get_or_404(query.with_for_update(of=FamilyContact))
    family.withdraw_family_contact(row, actor=account, now=now())
    case_id = row.case_id
    db.session.commit()
    flash(_("Đã rút. Tên và số điện thoại của người này đã được xóa."), "good")
    if account.role is Role.SEEKER:
        return redirect(url_for("abroad.my_family"))
    return redirect(url_for("abroad.family_page", case_id=case_id))


@bp.get("/my-family")
@allow(Role.SEEKER)
def my_family() -> Any:
    """Whom the Centre may call for me, and the button that ends it."""
    mine = own_worker()
    rows = [] if mine is None else list(
        db.session.scalars(
            select(FamilyContact)
            .join(OverseasCase, OverseasCase.id == FamilyContact.case_id)
            .where(OverseasCase.worker_id == mine.id, FamilyContact.withdrawn_at.is_(None))
            .order_by(FamilyContact.id)
        )
    )  # fmt: skip
    shown = [(row, family.who_is(row), [MayTell(value).label for value in row.may_tell]) for row in rows]
    return render_template("overseas/my_family.html", rows=shown)


@bp.get("/cases/<int:case_id>/children")
@allow(*CASE_STAFF)
def children(case_id: int) -> Any:
    """A page of its own: whoever opens it is written down."""
    with write_transaction():
        case = _case(case_id)
        known = family.read_children(case, actor=someone(), now=now())
    data = {"said": known.said.value, "who_cares": known.who_cares} if known is not None else {}
    return _children(_case(case_id), ChildrenForm(formdata=None, data=data))


def _children(case: OverseasCase, form: ChildrenForm) -> str:
    return render_template("overseas/children.html", case=case, form=form)


@bp.post("/cases/<int:case_id>/children")
@allow(*CASE_STAFF)
def save_children(case_id: int) -> Any:
    case, form = _case(case_id, lock=True), ChildrenForm()
    if not form.validate():
        return _children(case, form), 422
    said = Children(ChildrenSaid(form.said.data), form.who_cares.data or "")
    family.tell_children(case, said, actor=someone(), now=now())
    db.session.commit()
    flash(_("Đã lưu."), "good")
    return redirect(request.path)
