import io
from typing import Any

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.jobs.runner import run_once
from portal.rosters.models import Roster


class Desk:
    """A college at work: posts sheets, runs the jobs, reads its pages."""

    def __init__(self, app: Any, client: Any, college: Any, account: Any) -> None:
        self.app, self.client, self.college, self.account = app, client, college, account

    def run_jobs(self) -> None:
        db.session.rollback()
        while run_once(self.app):
            pass
        db.session.rollback()
        db.session.expire_all()

    def post_file(
        self, url: str, content: bytes, name: str = "ds.xlsx", *, status: int = 302, **data: Any
    ) -> Any:
        return self.client.post(url, {**data, "file": (io.BytesIO(content), name)}, status=status)

    def send(self, content: bytes, name: str = "ds.xlsx", title: str = "Tốt nghiệp 2026") -> Roster:
        self.post_file("/rosters/new", content, name, title=title)
        self.run_jobs()
        return self.latest()

    def latest(self) -> Roster:
        db.session.rollback()
        db.session.expire_all()
        return db.session.scalars(select(Roster).order_by(Roster.id.desc()).limit(1)).one()

    def page(self, roster: Roster) -> Any:
        return self.client.get(f"/rosters/{roster.id}")

    def commit(self, roster: Roster, **answers: str) -> Roster:
        self.client.post(f"/rosters/{roster.id}/commit", answers, to="/jobs/")
        self.run_jobs()
        return self.latest()

    def withdraw(self, roster: Roster) -> Roster:
        self.client.post(f"/rosters/{roster.id}/withdraw")
        self.run_jobs()
        return self.latest()


@pytest.fixture
def desk(app: Any, make: Any, as_role: Any) -> Desk:
    college = make.organisation("college", name="Trường Cao đẳng nghề An Giang")
    account = make.member("college", college)
    return Desk(app, as_role("college", account), college, account)
