"""Every code that opens something without an account: random, throttled, dead after its time."""

import datetime as dt
import math
import re
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from portal.access.models import PhoneCode, ResetCode
from portal.common.clock import now
from portal.common.secrets import CODE_LETTERS, public_code
from portal.messages.models import Message
from portal.organisations.models import Invitation
from portal.referrals import operations as ops
from portal.referrals.models import Letter, Referral
from portal.workers.claims import CLAIM_TIME
from portal.workers.consent_models import ClaimCode
from tests.strict_client import StrictClient

WRONG = "ABCDEFGHJKMNP"
PIN = {"new_pin": "6194"}
NEW = {"new_password": "ghe xuồng ba lá", "repeated": "ghe xuồng ba lá"}


def test_public_codes_have_sixty_bits_and_no_two_are_alike() -> None:
    codes = {public_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert min(map(len, codes)) * math.log2(len(CODE_LETTERS)) >= 60
    assert set("".join(codes)) == set(CODE_LETTERS), "every letter comes up"


# What is asked for with a wrong code, and how the page says so.
GUESSES = {
    "answer": lambda client: client.answer(f"/answer/{WRONG}"),
    "verify": lambda client: client.answer(f"/verify?code={WRONG}"),
    "invitation": lambda client: client.answer(f"/invitation/{WRONG}"),
    "claim": lambda client: client.answer(
        "/claim", "POST", data={"code": WRONG, "birth_year": "1998", **PIN}
    ),
    "not me": lambda client: client.answer("/claim/not-me", "POST", data={"code": WRONG}),
    "refuse": lambda client: client.answer("/claim/refuse", "POST", data={"code": WRONG}),
    "password": lambda client: client.answer(
        "/reset-password/code", "POST", data={"sign_in_name": "mai", "code": "AAAA2222", **NEW}
    ),
    "pin": lambda client: client.answer("/pin", "POST", data={"code": "AAAA2222", **PIN}),
}


@pytest.mark.parametrize("what", GUESSES)
def test_guessing_is_throttled(app: Any, client: Any, monkeypatch: Any, what: str) -> None:
    monkeypatch.setitem(app.config, "SIGN_IN_TRIES_BY_ADDRESS", 3)
    for _ in range(3):
        assert "thử nhiều lần" not in GUESSES[what](client).get_data(as_text=True)
    last = GUESSES[what](client)
    assert last.status_code in (422, 429) and "thử nhiều lần" in last.get_data(as_text=True)
    # Somebody at another address is not shut out.
    elsewhere = StrictClient(app)
    elsewhere.inner.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert "thử nhiều lần" not in GUESSES[what](elsewhere).get_data(as_text=True)


class TestAfterItsTime:
    @pytest.fixture
    def worker(self, make: Any) -> Any:
        return make.worker()

    @pytest.fixture
    def adviser(self, make: Any) -> Any:
        return make.account("adviser")

    def test_an_answer(self, client: Any, make: Any, session: Any, worker: Any, adviser: Any) -> None:
        by = {"actor": adviser, "now": now()}
        referral = ops.ask(ops.shortlist(worker, make.opening(expires_on=None), **by), **by)
        session.commit()
        body = session.scalars(select(Message.body).where(Message.kind == "referral.question")).first()
        link = re.search(r"/answer/\w+", body).group()
        client.get(link)
        session.execute(update(Referral).values(ask_expires_at=now()))
        session.commit()
        assert client.get(link, status=404).text == client.get(f"/answer/{WRONG}", status=404).text
        assert referral.ask_code_hash is not None

    def test_a_letter_says_that_its_time_is_over_and_no_more(
        self, client: Any, make: Any, session: Any, worker: Any, adviser: Any
    ) -> None:
        by = {"actor": adviser, "now": now()}
        referral = ops.shortlist(worker, make.opening(expires_on=None), **by)
        session.add(Letter(referral=referral, number="1/2026", code="XYZXYZXYZXYZ2", facts={"name": "Lê Mai"},
                           issued_on=now().date(), valid_to=now().date() + dt.timedelta(days=15),
                           issued_by=adviser, issued_at=now()))  # fmt: skip
        session.commit()
        company = referral.opening.organisation.name
        assert company in client.get("/verify?code=XYZX-YZXY-ZXYZ2").text
        with time_machine.travel(now() + dt.timedelta(days=17)):
            text = client.get("/verify?code=XYZX-YZXY-ZXYZ2").text
        assert "hết hạn" in text and company not in text and "L. M." not in text

    def test_a_claim(self, client: Any, session: Any, as_role: Any, worker: Any, adviser: Any) -> None:
        page = as_role("adviser", adviser).post(f"/workers/{worker.id}/claim-code", status=200)
        answer = {"code": page.texts("p.code")[0], "birth_year": "1998", **PIN}
        with time_machine.travel(now() + CLAIM_TIME + dt.timedelta(minutes=1)):
            client.post("/claim", answer, status=422)
        assert session.scalars(select(ClaimCode.used_at)).one() is None
        client.post("/claim", answer, to="/profile/consents")

    def test_an_invitation(self, client: Any, make: Any, session: Any) -> None:
        from portal.access.states import Role
        from portal.organisations import members

        organisation, leader = make.organisation("employer"), make.account("leader")
        members.invite(organisation, "a@vidu.vn", Role.EMPLOYER, is_manager=True, actor=leader, now=now())
        session.commit()
        body = session.scalars(select(Message.body).where(Message.kind == "invitation")).one()
        link = re.search(r"/invitation/\w+", body).group()
        client.get(link)
        session.execute(update(Invitation).values(expires_at=now()))
        session.commit()
        client.get(link, status=404)

    def test_nothing_is_stored_as_it_was_sent(self, session: Any, client: Any, make: Any) -> None:
        make.account("adviser", sign_in_name="mai", email="mai@vidu.vn")
        client.post("/reset-password", {"sign_in_name": "mai"})
        client.post("/sign-in/code", {"phone": "0901234567"})
        bodies = " ".join(session.scalars(select(Message.body)))
        for kept in (
            *session.scalars(select(ResetCode.code_hash)),
            *session.scalars(select(PhoneCode.code_hash)),
        ):
            assert len(kept) == 64 and kept not in bodies
