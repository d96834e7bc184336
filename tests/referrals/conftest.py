"""Referrals at the stages that tests begin from, made through the operations."""

import datetime as dt
import itertools
from types import SimpleNamespace

import pytest

from portal.common.clock import now, today
from portal.referrals import operations as ops
from portal.referrals.interviews import Meeting
from portal.referrals.models import Interview, Letter, Referral
from portal.referrals.results import Hire
from portal.referrals.states import AnswerChannel, InterviewState, Origin, ReferralState

NUMBERS = itertools.count(5000)


class Stages:
    """`stages.asked(worker, opening)`: everything up to there has happened, now."""

    def __init__(self, make, session):
        self.make, self.session = make, session
        self.adviser = make.account("adviser", display_name="Lê Thị Ngọc Hân")

    def by(self):
        return {"actor": self.adviser, "now": now()}

    def shortlisted(self, worker=None, opening=None):
        worker, opening = worker or self.make.worker(), opening or self.make.opening(expires_on=None)
        return self._kept(ops.shortlist(worker, opening, **self.by()))

    def interested(self, worker, opening=None):
        opening = opening or self.make.opening(expires_on=None)
        return self._kept(ops.express_interest(worker, opening, actor=worker.account, now=now()))

    def asked(self, *given):
        return self._kept(ops.ask(self.shortlisted(*given), **self.by()))

    def agreed(self, *given):
        return self._kept(ops.answer(self.asked(*given), True, channel=AnswerChannel.PHONE, **self.by()))

    def referred(self, *given):
        return self._kept(ops.issue_letter(self.agreed(*given), **self.by()))

    def interview(self, *given, days=3):
        meeting = Meeting(
            starts_at=now() + dt.timedelta(days=days),
            place="Cổng số 2, nhà máy",
            directions="Xuống đò Vàm Cống, rẽ trái 200 m",
            contact_name="Chị Lan",
            contact_phone="02963000001",
            bring="Căn cước, giấy giới thiệu",
        )
        return self._kept(ops.set_interview(self.referred(*given), meeting, **self.by()))

    def hired(self, *given):
        day = today()
        return self._kept(ops.record_result(self.referred(*given), Hire(day, day), **self.by()))

    def person(self, name="Nguyễn Thị Mai", **given):
        account = self.make.account("seeker", display_name=name)
        return SimpleNamespace(account=account, worker=self.make.worker(name, account=account, **given))

    def many(self, count, worker=None, opening=None):
        """Rows in the state that shows most, written straight: lists are counted on them."""
        for _ in range(count):
            row = Referral(
                worker=worker or self.make.worker(),
                opening=opening or self.make.opening(expires_on=None),
                state=ReferralState.INTERVIEW,
                origin=Origin.STAFF,
                owner=self.adviser,
                due_on=today(),
                created_at=now(),
                updated_at=now(),
            )
            number = next(NUMBERS)
            row.letters = [
                Letter(number=str(number), code=f"CODE{number}", issued_on=today(), valid_to=today(),
                       issued_by=self.adviser, issued_at=now(), facts={"name": "A"})
            ]  # fmt: skip
            row.interviews = [
                Interview(state=InterviewState.PROPOSED, starts_at=now(), place="Cổng", created_at=now(),
                          created_by_id=self.adviser.id)
            ]  # fmt: skip
            self.session.add(row)
        self.session.commit()

    def _kept(self, referral):
        self.session.commit()
        return referral


@pytest.fixture
def stages(make, session):
    return Stages(make, session)
