"""A person of a poor household with a case of this year, and the staff around them."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from portal.files.operations import store
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.overseas.support import operations as support
from portal.overseas.support.operations import SheetFacts
from portal.overseas.support.states import Content, Fund, ProofKind
from portal.reference.seed import load_reference
from portal.workers.sensitive import tell
from portal.workers.states import Purpose
from tests.factories import NOW

AGREED = (Purpose.MATCHING, Purpose.SHARING, Purpose.PRIORITY)
KNOWN = SheetFacts(
    eligible_training_days=100,
    lodging_months=4,
    distance_m=40_000,
    in_hard_area=False,
    in_programme_area=False,
    is_upskilling=False,
)
BILL = b"%PDF-1.4 a bill"


class World:
    def __init__(self, session: Any, make: Any, folder: Any) -> None:
        self.session, self.make, self.folder = session, make, folder
        self.adviser = make.account("adviser", display_name="Chị Hoa")
        self.leader = make.account("leader", display_name="Anh Lãnh đạo")
        self.seeker = make.account()
        self.worker = make.worker("Lê Thị Nghèo", account_id=self.seeker.id, consents=AGREED)
        tell(self.worker, Purpose.PRIORITY, "poor_household", actor=self.adviser, now=NOW)
        self.case = self.a_case(self.worker)

    def a_case(self, worker: Any, opened_at: dt.datetime = NOW) -> OverseasCase:
        case = OverseasCase(
            worker_id=worker.id,
            adviser_id=self.adviser.id,
            state=CaseState.INTERESTED,
            opened_at=opened_at,
            updated_at=opened_at,
        )
        self.session.add(case)
        self.session.commit()
        return case

    def know(self, case: OverseasCase | None = None, **given: Any) -> None:
        support.keep_facts(case or self.case, replace(KNOWN, **given), actor=self.adviser, now=NOW)
        self.session.commit()

    def claim(
        self,
        content: Content = Content.LANGUAGE,
        cost: int | None = 5_500_000,
        fund: Fund = Fund.STATE,
        case: OverseasCase | None = None,
        proof: bool = True,
        now: dt.datetime = NOW,
    ) -> Any:
        made = support.claim(case or self.case, content, fund, cost_vnd=cost, actor=self.adviser, now=now)
        if proof:
            file = store(BILL, "hd.pdf", "application/pdf", folder=self.folder, actor=self.adviser, now=NOW)
            support.add_proof(made, ProofKind.BILL, file, actor=self.adviser, now=NOW)
        self.session.commit()
        return made


@pytest.fixture
def world(session: Any, make: Any, app: Any) -> World:
    load_reference(session, now=NOW)
    return World(session, make, app.config["UPLOAD_FOLDER"])
