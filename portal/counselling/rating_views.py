"""Rating a contact: behind a code on one's own phone, or on the adviser's screen turned round."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import now, today
from portal.counselling import ratings
from portal.counselling.behind_codes import counted
from portal.counselling.blueprint import bp, public_bp
from portal.counselling.models import Contact, Rating
from portal.counselling.queries import Contacts
from portal.counselling.states import Face
from portal.extensions import db
from portal.web.access import PUBLIC, allow, get_or_404
from portal.web.fields import Longest
from portal.web.forms import BaseForm, FilterForm
from portal.web.redirects import safe_back
from portal.web.transactions import slow_first, write_transaction
from portal.workers.blueprint import someone


class RatingForm(BaseForm):
    words = TextAreaField(
        _l("Bạn muốn nói thêm gì không?"), [Longest(500)], render_kw={"rows": 3},
        description=_l("Không cần ghi tên."),
    )  # fmt: skip


def _faces(form: RatingForm, action: str, *, status: int = 200) -> Any:
    return render_template("counselling/rating.html", form=form, action=action, faces=list(Face)), status


def _open(code: str) -> Rating | None:
    return ratings.behind_code(code, now())


def _over() -> Any:
    return render_template("counselling/rating_over.html"), 404


@public_bp.get("/rate/<code>")
@allow(PUBLIC)
def rate(code: str) -> Any:
    if counted("rate", code, _open) is None:
        return _over()
    return _faces(RatingForm(formdata=None), url_for("call_me.send_rating", code=code))


@public_bp.post("/rate/<code>")
@allow(PUBLIC)
@slow_first
def send_rating(code: str) -> Any:
    form = RatingForm()
    if counted("rate", code, _open) is None:
        return _over()
    if request.form.get("face") not in Face.values() or not form.validate():
        return _faces(form, url_for("call_me.send_rating", code=code), status=422)
    with write_transaction():
        rating = _open(code)
        if rating is None:
            return _over()
        ratings.rate(rating, Face(request.form["face"]), form.words.data or "", now=now())
    return redirect(url_for("call_me.rated"))


@public_bp.get("/rated")
@allow(PUBLIC)
def rated() -> Any:
    return render_template("counselling/rating_thanks.html", back=None)


def _mine(contact_id: int) -> Contact:
    contact = get_or_404(Contacts().visible_to(someone()).by_id(contact_id).query)
    if contact.adviser_id != someone().id:
        abort(404)
    return contact


@bp.get("/contacts/<int:contact_id>/rate")
@allow(*CASE_STAFF)
def rate_here(contact_id: int) -> Any:
    """For the eyes of the one who was counselled: nothing of a person stands on it."""
    contact, back = _mine(contact_id), safe_back(request.args.get("next"))
    if not ratings.open_on_screen(contact, someone(), now()):
        return render_template("counselling/rating_thanks.html", back=back or url_for("counselling.contacts"))
    action = url_for("counselling.save_rating_here", contact_id=contact.id, next=back)
    return _faces(RatingForm(formdata=None), action)


@bp.post("/contacts/<int:contact_id>/rate")
@allow(*CASE_STAFF)
def save_rating_here(contact_id: int) -> Any:
    contact, form = _mine(contact_id), RatingForm()
    back = safe_back(request.args.get("next"))
    here = url_for("counselling.rate_here", contact_id=contact.id, next=back)
    if not ratings.open_on_screen(contact, someone(), now()):
        return redirect(here)
    if request.form.get("face") not in Face.values() or not form.validate():
        return _faces(form, request.full_path, status=422)
    assert contact.rating is not None
    ratings.rate(contact.rating, Face(request.form["face"]), form.words.data or "", now=now())
    db.session.commit()
    return redirect(here)


class MonthFilter(FilterForm):
    month = SelectField(_l("Tháng"))


@bp.get("/ratings")
@allow(*CASE_STAFF)
def rating_sums() -> Any:
    """Leaders read one month of everybody, advisers all months of themselves."""
    account, over = someone(), ratings.months(today())
    form = None
    if account.role is Role.LEADER:
        form = MonthFilter(request.args, month=f"{over[0]:%Y-%m}")
        form.month.choices = [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in over]
        asked = form.month.data if form.validate() else None
        over = [month for month in over if f"{month:%Y-%m}" == asked] or over[:1]
    return render_template(
        "counselling/rating_sums.html",
        form=form,
        sums=[one for month in over for one in ratings.sums(account, month)],
        faces=list(Face),
        fewest=ratings.FEWEST_SHOWN,
    )
