"""The indicator for staff: what people paid, in months of their wage."""

from typing import Any

from flask import current_app, render_template
from sqlalchemy import select

from portal.access.states import STAFF
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.overseas.costs.blueprint import bp
from portal.overseas.costs.ratios import over_all, person_costs, ratios
from portal.overseas.models import Programme
from portal.reference.named import in_page_language
from portal.web.access import allow


@bp.get("/overseas/cost-ratios")
@allow(*STAFF)
def cost_ratios() -> Any:
    least = current_app.config["COST_RATIO_LEAST"]
    people = person_costs()
    by_sender = ratios(people, lambda one: one.organisation_id, least=least)
    by_programme = ratios(people, lambda one: one.programme_id, least=least)
    return render_template(
        "overseas/cost_ratios.html",
        least=least,
        all_of_them=over_all(people, least=least),
        by_sender=by_sender,
        by_programme=by_programme,
        senders=_names(Organisation, [one.key for one in by_sender], lambda row: row.name),
        programmes=_names(
            Programme,
            [one.key for one in by_programme],
            lambda row: in_page_language(row.name_vi, row.name_en),
        ),
    )


def _names(model: Any, ids: list[int], name_of: Any) -> dict[int, str]:
    return {row.id: name_of(row) for row in db.session.scalars(select(model).where(model.id.in_(ids)))}
