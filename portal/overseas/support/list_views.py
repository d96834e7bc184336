"""What waits for a decision or a payment, the figures, and what the person reads on the phone."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal.access.states import CASE_STAFF, Role
from portal.common.clock import today
from portal.extensions import db
from portal.overseas.support.blueprint import bp
from portal.overseas.support.figures import figures_of
from portal.overseas.support.forms import QueueFilter, YearForm
from portal.overseas.support.queries import Claims, Loans, rulebook
from portal.overseas.support.states import ClaimState, Fund, LoanState
from portal.web.access import allow
from portal.web.downloads import csv_response
from portal.web.lists import paginate
from portal.workers.blueprint import own_worker, someone

FIRST_YEAR, LAST_YEAR = 2015, 2100
MOST_LOANS = 50


@bp.get("")
@allow(*CASE_STAFF)
def queue() -> Any:
    form, account = QueueFilter(request.args), someone()
    shown = Claims().visible_to(account)
    if form.state.data in (ClaimState.CLAIMED, ClaimState.APPROVED):
        shown = shown.in_state(ClaimState(form.state.data)).by_due_date()
    else:
        shown = shown.newest_first()
    loans = Loans().visible_to(account).in_state(LoanState.ASKED).by_due_date().with_list_data()
    return render_template(
        "support/queue.html",
        form=form,
        page=paginate(shown.with_list_data().query),
        loans=list(db.session.scalars(loans.query.limit(MOST_LOANS))),
        day=today(),
        account=account,
        ending=_ending_money(),
    )


def _ending_money() -> Any:
    """The last day of the carried-over money, by its own rule; None where it is over."""
    return rulebook(db.session)("support.poverty.language", today())


def _year() -> int:
    form = YearForm(request.args)
    year: int | None = form.year.data if form.validate() else None
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else today().year


@bp.get("/figures")
@allow(*CASE_STAFF)
def figures() -> Any:
    year = _year()
    return render_template(
        "support/figures.html",
        found=figures_of(year),
        year=year,
        years=[year - 1, year, year + 1],
        form=YearForm(formdata=None, data={"year": year}),
        Fund=Fund,
    )


@bp.get("/figures.csv")
@allow(*CASE_STAFF)
def figures_csv() -> Any:
    year = _year()
    header = [_("Tháng"), _("Nguồn tiền"), _("Đề nghị"), _("Đã duyệt"), _("Không duyệt"),
              _("Số tiền duyệt"), _("Đã chi"), _("Số tiền chi")]  # fmt: skip
    rows = [
        [f"{month:02}/{year}", str(fund.label), cell.claimed, cell.approved, cell.refused,
         cell.approved_vnd, cell.paid, cell.paid_vnd]
        for month, fund, cell in figures_of(year).rows
    ]  # fmt: skip
    return csv_response(f"ho-tro-{year}.csv", header, rows)


@bp.get("/mine")
@allow(Role.SEEKER)
def mine() -> Any:
    worker = own_worker()
    claims, loans = [], []
    if worker is not None:
        claims = list(db.session.scalars(Claims().for_worker(worker.id).newest_first().query))
        query = Loans().for_worker(worker.id).newest_first().with_page_data().query
        loans = list(db.session.scalars(query))
    return render_template(
        "support/mine.html", claims=claims, loans=loans, day=today(), home=url_for("home.me")
    )
