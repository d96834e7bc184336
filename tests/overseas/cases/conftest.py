"""Cases at the stages that tests begin from, made through the operations."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from portal.common.clock import now, today
from portal.openings.states import Sphere
from portal.organisations.models import MarketPermission
from portal.overseas.abroad.returning import Came, come_home, homecoming_of, liquidated
from portal.overseas.abroad.states import HowHome
from portal.overseas.cases import documents, receiver_consents
from portal.overseas.cases import operations as ops
from portal.overseas.cases.documents_needed import due_by, needed_in
from portal.overseas.cases.moves import Given
from portal.overseas.cases.states import PIPELINE, DocumentKind, FinanceWay
from portal.overseas.cases.transitions import TICKS
from portal.overseas.models import OverseasCase, Programme
from portal.overseas.states import CaseState, ProgrammeChannel
from portal.workers.states import ConsentChannel

EVERY_TICK = frozenset(TICKS)
S = CaseState


def day(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


class Ways:
    """`ways.to("contract")`: a case that has come so far, everything in order, now."""

    def __init__(self, make, session):
        self.make, self.session = make, session
        self.adviser = make.account("adviser", display_name="Lê Thị Ngọc Hân")

    def by(self):
        return {"actor": self.adviser, "now": now()}

    def sender(self, country="JP", **given):
        organisation = self.make.organisation("sender", **given)
        self.session.add(
            MarketPermission(
                organisation_id=organisation.id,
                country=country,
                valid_from=dt.date(2024, 1, 1),
                source="GP 12",
            )
        )
        self.session.commit()
        return organisation

    def opening(self, country="JP", **terms):
        overseas = {
            "receiver": "Công ty Sakura", "supply_contract_number": "12/HĐCƯ", "approval_number": "123/QLLĐ",
            "approval_date": dt.date(2026, 1, 5), "approved_quantity": 9, "service_fee_vnd": 60_000_000,
            "deposit_vnd": 0, "term_months": 36, "job_class": "general", **terms,
        }  # fmt: skip
        return self.make.opening(
            "Thợ hàn tại Nhật Bản",
            sphere=Sphere.OVERSEAS,
            wage_min=20_000_000,
            wage_max=None,
            country=country,
            expires_on=None,
            organisation=self.sender(country),
            overseas=overseas,
        )

    def programme(self, code="eps", channel=ProgrammeChannel.PUBLIC, country="KR"):
        row = Programme(
            code=code, name_vi="EPS Hàn Quốc", name_en="EPS Korea", country=country, channel=channel
        )
        self.session.add(row)
        self.session.commit()
        return row

    def person(self, name="Trần Văn Dũng", **given):
        account = self.make.account("seeker", display_name=name)
        worker = self.make.worker(name, account=account, **given)
        return SimpleNamespace(account=account, worker=worker)

    def opened(self, worker=None, opening=None, **aim) -> OverseasCase:
        if not aim:
            aim = {"opening": opening or self.opening()}
        worker = worker or self.person().worker
        return self.kept(ops.open_case(worker, ops.Aim(**aim), **self.by()))

    def consented(self, case, receiver="Công ty Sakura", country="JP"):
        receiver_consents.give(case, receiver, country, channel=ConsentChannel.DESK, **self.by())
        self.session.commit()

    def paper(self, case, kind, issued_on=None, expires_on=None, *, checked=True):
        kind = DocumentKind(kind)
        dates = {"issued_on": issued_on or day(-10), "expires_on": expires_on}
        added = documents.add(case, kind, None, **dates, **self.by())
        if checked:
            documents.judge(added, **dates, **self.by())
        self.session.commit()
        return added

    def papers_for(self, case, stage):
        """Every paper that stage asks for, in order for a year."""
        have = {row.kind for row in documents_of(case)}
        for needed in due_by(needed_in(case), CaseState(stage)):
            if needed.kind not in have:
                self.paper(case, needed.kind, expires_on=day(400) if needed.expires else None)

    def to(self, stage, case=None, **given) -> OverseasCase:
        case = case or self.opened(**given)
        goal = PIPELINE.index(CaseState(stage))
        for state in PIPELINE[PIPELINE.index(case.state) + 1 : goal + 1]:
            self.papers_for(case, state)
            self.take(state, case)
        return case

    def take(self, state, case):
        """The step into that stage with everything it asks for."""
        given = Given(date=today(), ticks=EVERY_TICK, note="vì thế")
        if state is S.NOMINATED and receiver_consents.standing_consent(case) is None:
            self.consented(case, country=case.country or "KR", receiver="HRD Korea")
        if state is S.COUNSELLED:
            ops.counsel(case, given, **self.by())
        elif state is S.SELECTED:
            ops.select_person(case, given, **self.by())
        elif state is S.READY:
            ops.make_ready(case, given, flight="vn 310", **self.by())
        elif state is S.ABROAD:
            ops.depart(case, given, **self.by())
        elif state is S.RETURNED:
            come_home(case, Came(HowHome.ON_TIME, given.date), **self.by())
        elif state is S.SETTLED:
            liquidated(homecoming_of(case), given.date, **self.by())
            ops.settle(case, given, **self.by())
        else:
            details = DETAILS.get(state, dict)()
            if state is S.TRAINING:  # the class is elsewhere: what classes here tell is tested beside them
                given = replace(given, why_on="Học ở trường nghề")
            ops.take(case, STEPS[state], given, details=details, **self.by())
        return self.kept(case)

    def kept(self, case):
        self.session.commit()
        return case


STEPS = {
    S.CHECKED: "check", S.NOMINATED: "nominate", S.TRAINING: "train", S.HEALTH: "health", S.CONTRACT: "sign",
    S.FINANCE: "arrange_money", S.VISA: "visa",
}  # fmt: skip
DETAILS = {
    S.CONTRACT: lambda: {
        "contract_number": "HĐ-7", "contract_signed_on": today(), "service_fee_vnd": 0,
    },
    S.FINANCE: lambda: {"finance_way": FinanceWay.NOTHING, "deposit_vnd": 0},
    S.VISA: lambda: {
        "list_submitted_on": day(-20), "list_confirmed_on": day(-15), "visa_filed_on": day(-10),
    },
}  # fmt: skip


def documents_of(case):
    from portal.overseas.cases.document_queries import papers_of

    return papers_of(case)


@pytest.fixture
def ways(make, session):
    return Ways(make, session)
