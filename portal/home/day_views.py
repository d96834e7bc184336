"""My day, and the bar that leads from one thing to the next."""

from typing import Any

from flask import render_template, request, session
from flask_login import current_user

from portal.access.states import STAFF
from portal.common.clock import today
from portal.home.bulk import BulkForm
from portal.home.day import PER_PAGE, Next, day_of, link, next_after, part_of, read_cursor
from portal.home.day_sources import Item
from portal.home.views import bp
from portal.home.waiting import waiting_for
from portal.web.access import allow
from portal.web.lists import Page, asked_page

# Where the work of the day stands: the place in the order, never a list.
PLACE = "day_at"
# Where one works on a single thing. Not on the counter, nor in the hall, nor on figures.
WAY = (
    "referrals", "workers", "openings", "counselling", "rosters", "ranking",
    "cases", "abroad", "support", "costs", "programmes", "courses",
)  # fmt: skip
# The screen is turned round to the person.
TURNED_ROUND = ("counselling.rate_here", "counselling.save_rating_here")


@bp.get("/desk")
@allow(*STAFF)
def desk() -> Any:
    session.pop(PLACE, None)
    on, day = today(), day_of(current_user)
    return render_template(
        "home/desk.html",
        lines=waiting_for(current_user, on),
        page=_page(day.items),
        counts={name: len(items) for name, items in day.parts(on).items()},
        is_cut=day.is_cut,
        form=BulkForm.offered(current_user, formdata=None),
        link=link,
        part_of=lambda item: part_of(item, on),
        day=on,
    )


def _page(items: list[Item]) -> Page[Item]:
    number = min(asked_page(), max(1, -(-len(items) // PER_PAGE)))
    return Page(items[(number - 1) * PER_PAGE : number * PER_PAGE], number, PER_PAGE, len(items))


@bp.app_context_processor
def next_bar() -> dict[str, Any]:
    return {"next_work": next_work}


def next_work() -> Next | None:
    """On every page on the way that began on my day, until one comes back there; None anywhere else."""
    if not current_user.is_authenticated or current_user.role not in STAFF:
        return None
    given = request.args.get("day", "")
    if read_cursor(given) is not None:
        session[PLACE] = given
    at = read_cursor(session.get(PLACE, ""))
    if at is None or request.blueprint not in WAY or request.endpoint in TURNED_ROUND:
        return None
    return next_after(day_of(current_user), at)
