"""Pages of a list."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select, func, select

from portal.extensions import db

Row = TypeVar("Row")
PER_PAGE = 20


@dataclass(frozen=True)
class Page(Generic[Row]):
    items: list[Row]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    def link(self, number: int) -> str:
        """This list at another page, with every filter kept."""
        values: dict[str, Any] = {**kept_filters(), **(request.view_args or {})}
        return url_for(request.endpoint or "", **{**values, "page": number})


def kept_filters() -> dict[str, Any]:
    """What the address asks for, for `url_for`: without the names that steer `url_for` itself."""
    asked = request.args.to_dict(flat=False)
    return {name: said for name, said in asked.items() if name != "endpoint" and not name.startswith("_")}


def asked_page() -> int:
    return min(max(request.args.get("page", 1, type=int) or 1, 1), 100_000)


def paginate(query: Select[Row], per_page: int = PER_PAGE) -> Page[Row]:
    """Two queries whatever the length. The query must end its sort on the primary key."""
    number, total = _number_and_total(query, per_page)
    rows = db.session.scalars(query.limit(per_page).offset((number - 1) * per_page)).unique().all()
    return Page(list(rows), number, per_page, total)


def paginate_rows(query: Select[Any], per_page: int = PER_PAGE) -> Page[Any]:
    """The same for a query of several columns: whole rows instead of the first column."""
    number, total = _number_and_total(query, per_page)
    rows = db.session.execute(query.limit(per_page).offset((number - 1) * per_page)).all()
    return Page(list(rows), number, per_page, total)


def _number_and_total(query: Select[Any], per_page: int) -> tuple[int, int]:
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return min(asked_page(), max(1, -(-total // per_page))), total
