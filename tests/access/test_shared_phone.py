"""One phone, several people: the code alone opens nothing, birth year and PIN say who."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select

from portal.access.models import Account, ResetCode
from portal.access.passwords import check_password, hash_password
from portal.access.pins import pin_problem
from portal.audit.models import AuditEvent
from portal.common.clock import now
from portal.messages.models import Message
from tests.codes import sms_code
from tests.strict_client import StrictClient

PHONE = "0901234567"
WRONG = "Năm sinh hoặc mã PIN không đúng."
START = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
FAMILY = {"Hùng": (1979, "2739"), "Lan": (1982, "8064"), "Sáu": (1955, "5017")}


@pytest.fixture
def family(make: Any) -> dict[str, Account]:
    made = {}
    for name, (year, pin) in FAMILY.items():
        account = make.account("seeker", sign_in_name=None, display_name=f"Trần {name}", phone=PHONE,
                               phone_proved_at=now(), pin_hash=hash_password(pin))  # fmt: skip
        make.worker(f"Trần {name}", account_id=account.id, phone=PHONE, birth_date=dt.date(year, 3, 1))
        made[name] = account
    return made


def holding_the_phone(app: Any, session: Any) -> StrictClient:
    client = StrictClient(app)
    client.post("/sign-in/code", {"phone": PHONE})
    client.post("/sign-in/code/enter", {"phone_code": sms_code(session, PHONE)}, to="/sign-in/who")
    return client


def says(client: StrictClient, year: int, pin: str, **kwargs: Any) -> Any:
    return client.post("/sign-in/who", {"birth_year": str(year), "pin": pin}, **kwargs)


@pytest.mark.parametrize("name", FAMILY)
def test_each_comes_in_and_sees_only_their_own(app: Any, family: Any, session: Any, name: str) -> None:
    client = holding_the_phone(app, session)
    client.get("/me", status=302)
    says(client, *FAMILY[name], to="/me")
    text = client.get("/profile").text
    assert f"Đang mở hồ sơ của {name}." in text
    assert all(other == name or f"Trần {other}" not in text for other in FAMILY)


def test_the_wifes_pin_with_the_husbands_birth_year_opens_nothing(
    app: Any, family: Any, session: Any
) -> None:
    client = holding_the_phone(app, session)
    mixed = says(client, FAMILY["Hùng"][0], FAMILY["Lan"][1], status=422)
    nobody = says(client, 1990, "4471", status=422)
    assert WRONG in mixed.text
    # The same page whether or not somebody here was born in that year.
    blank = [re.sub(r'value="\d{4}"', "", page.html) for page in (mixed, nobody)]
    assert blank[0] == blank[1]
    client.get("/me", status=302)


def test_every_answer_costs_the_same_work(app: Any, family: Any, session: Any, monkeypatch: Any) -> None:
    client = holding_the_phone(app, session)
    checked: list[str] = []
    real = PasswordHasher.verify

    def note(self: PasswordHasher, password_hash: str, text: str) -> Any:
        checked.append(text)
        return real(self, password_hash, text)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    counts = []
    for year in (1979, 1990):
        checked.clear()
        says(client, year, "4471", status=422)
        counts.append(len(checked))
    assert counts[0] == counts[1]


def test_five_wrong_pins_close_that_person_for_a_day_and_nobody_else(
    app: Any, family: Any, session: Any
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        for account in family.values():
            session.get(Account, account.id).phone_proved_at = now()
        session.commit()
        client = holding_the_phone(app, session)
        for _ in range(5):
            says(client, 1982, "4471", status=422)
        assert "24 giờ" in says(client, *FAMILY["Lan"], status=429).text, "even the right PIN waits"
        says(client, *FAMILY["Hùng"], to="/me")
        clock.shift(dt.timedelta(hours=23))
        says(holding_the_phone(app, session), *FAMILY["Lan"], status=429)
        clock.shift(dt.timedelta(hours=1))
        says(holding_the_phone(app, session), *FAMILY["Lan"], to="/me")


def test_ones_own_success_does_not_give_new_tries_at_anothers_pin(
    app: Any, make: Any, family: Any, session: Any
) -> None:
    """Two of one birth year on one phone: who knows his own PIN cannot try hers for ever."""
    twin = make.account("seeker", sign_in_name=None, phone=PHONE, pin_hash=hash_password("9305"))
    make.worker("Trần Út", account_id=twin.id, phone=PHONE, birth_date=dt.date(1982, 9, 9))
    for _ in range(4):
        says(holding_the_phone(app, session), 1982, "4471", status=422)
    says(holding_the_phone(app, session), 1982, "9305", to="/me")
    with time_machine.travel(now() + dt.timedelta(hours=2)):
        client = holding_the_phone(app, session)
        says(client, 1982, "4471", status=422)
        says(client, 1982, "4471", status=429)


def test_two_of_one_year_with_one_pin_open_neither(app: Any, make: Any, family: Any, session: Any) -> None:
    twin = make.account("seeker", sign_in_name=None, phone=PHONE, pin_hash=hash_password("8064"))
    make.worker("Trần Út", account_id=twin.id, phone=PHONE, birth_date=dt.date(1982, 9, 9))
    assert WRONG in says(holding_the_phone(app, session), *FAMILY["Lan"], status=422).text


def test_a_profile_without_an_account_shares_the_number_too(app: Any, make: Any, session: Any) -> None:
    """A mother whom an adviser registered at the desk: the daughter's code alone opens nothing."""
    account = make.account("seeker", phone=PHONE, phone_proved_at=now(), pin_hash=hash_password("2739"))
    make.worker("Trần Thị Lan", account_id=account.id, phone=PHONE, birth_date=dt.date(1982, 3, 1))
    make.worker("Nguyễn Thị Sáu", phone=PHONE)
    says(holding_the_phone(app, session), 1982, "2739", to="/me")


def test_a_proof_is_forgotten_after_twenty_minutes(app: Any, family: Any, session: Any) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        client = holding_the_phone(app, session)
        clock.shift(dt.timedelta(minutes=21))
        says(client, *FAMILY["Lan"], to="/sign-in")
        client.get("/me", status=302)


def test_a_new_password_never_comes_by_a_shared_or_old_phone(client: Any, family: Any, session: Any) -> None:
    """Else whoever holds the phone would be everybody on it."""
    account = session.get(Account, family["Lan"].id)
    account.sign_in_name, account.password_hash = "lan", hash_password("con đò sang sông")
    session.commit()
    page = client.follow("/reset-password", {"sign_in_name": "lan"})
    assert "Nếu có tài khoản tên này" in page.text
    assert session.scalars(select(Message).where(Message.kind == "reset_code")).all() == []


def test_registering_on_a_shared_phone_asks_for_a_pin_after_the_code_only(
    client: Any, family: Any, session: Any
) -> None:
    client.post("/register", {"birth": "1998"})
    client.post("/register/who", {"birth": "1998", "full_name": "Trần Thị Út", "phone": PHONE})
    before = client.get("/register/account")
    assert "còn người khác dùng" not in before.text and "Trần" not in before.text
    client.post("/register/account", {"send": "1"}, to="/register/account")
    client.post("/register/account", {"phone_code": sms_code(session, PHONE)}, to="/register/account")
    page = client.get("/register/account")
    assert "còn người khác dùng" in page.text and "Hùng" not in page.text
    password = {"sign_in_name": "ut", "new_password": "ghe xuồng ba lá", "repeated": "ghe xuồng ba lá"}
    assert "Hãy đặt mã PIN." in client.post("/register/account", password, status=422).text
    for pin, sentence in (("1998", "năm sinh"), ("1234", "dễ đoán"), ("12a4", "4 đến 6 chữ số")):
        page = client.post("/register/account", {**password, "new_pin": pin}, status=422)
        assert sentence in page.text
        assert 'value="ut"' in page.html and f'value="{pin}"' in page.html, "what was typed is kept"
    client.post("/register/account", {"new_pin": "4471"}, to="/register/where")
    account = session.scalars(select(Account).order_by(Account.id.desc())).first()
    assert account.sign_in_name is None and account.password_hash is None
    assert account.phone_proved_at is not None and check_password(account.pin_hash, "4471")


def test_the_number_of_another_is_no_name_without_its_code(client: Any, make: Any) -> None:
    """The sentence is the same for a number that is taken and one that is not."""
    make.account("seeker", sign_in_name=PHONE, phone=PHONE)
    told = []
    for number in (PHONE, "0907654321"):
        client.post("/register", {"birth": "1998"})
        client.post("/register/who", {"birth": "1998", "full_name": "Lê Văn Tám", "phone": "0912345678"})
        client.post("/register/account", {"no_code": "1"})
        password = {"new_password": "ghe xuồng ba lá", "repeated": "ghe xuồng ba lá"}
        page = client.post("/register/account", {"sign_in_name": number, **password}, status=422)
        told.append(page.texts("li"))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "pin",
    ["0000", "1111", "1234", "4321", "012345", "6789", "1212", "1122", "123123", "2580", "1998", "19980",
     "4567", "123", "1234567", "12a4", "٤٤٧١", ""],
)  # fmt: skip
def test_pins_that_others_guess_are_refused(pin: str, app: Any) -> None:
    with app.test_request_context():
        assert pin_problem(pin, birth_year=1998, phone=PHONE)


@pytest.mark.parametrize("pin", ["2739", "8064", "50172", "930517"])
def test_other_pins_are_fine(pin: str) -> None:
    assert pin_problem(pin, birth_year=1998, phone=PHONE) is None


def test_pins_are_hashed_as_passwords_are(family: Any) -> None:
    assert all(account.pin_hash.startswith("$argon2id$") for account in family.values())


def test_a_new_number_in_the_profile_is_proved_by_birth_year_and_pin(
    app: Any, client: Any, make: Any, session: Any
) -> None:
    account = make.account(
        "seeker", phone="0909000111", phone_proved_at=now(), pin_hash=hash_password("8064")
    )
    make.worker("Trần Thị Lan", account_id=account.id, phone=PHONE, birth_date=dt.date(1982, 3, 1))
    says(holding_the_phone(app, session), 1982, "8064", to="/me")
    assert session.get(Account, account.id).phone == PHONE
    # The number of before opens nothing any more.
    client.post("/sign-in/code", {"phone": "0909000111"})
    client.post("/sign-in/code/enter", {"phone_code": sms_code(session, "0909000111")}, to="/sign-in/nobody")


def test_a_profile_is_taken_over_with_a_pin_instead_of_a_password(
    app: Any, as_role: Any, make: Any, session: Any
) -> None:
    worker = make.worker("Trần Thị Lan", phone=PHONE, birth_date=dt.date(1982, 3, 1))
    slip = as_role("adviser").post(f"/workers/{worker.id}/claim-code", status=200)
    answer = {"code": slip.texts("p.code")[0], "birth_year": "1982"}
    her = StrictClient(app)
    assert "Hãy đặt mã PIN." in her.post("/claim", answer, status=422).text
    assert "năm sinh" in her.post("/claim", {**answer, "new_pin": "1982"}, status=422).text
    her.post("/claim", {**answer, "new_pin": "8064"}, to="/profile/consents")
    # The college wrote the number: until she has proved it the code alone opens nothing.
    says(holding_the_phone(app, session), 1982, "8064", to="/me")


def test_a_profile_without_a_phone_is_taken_over_with_a_password(
    client: Any, as_role: Any, make: Any, session: Any
) -> None:
    worker = make.worker("Trần Thị Lan", phone=None, birth_date=dt.date(1982, 3, 1))
    slip = as_role("adviser").post(f"/workers/{worker.id}/claim-code", status=200)
    answer = {"code": slip.texts("p.code")[0], "birth_year": "1982", "new_pin": "8064"}
    assert "chưa có số điện thoại" in client.post("/claim", answer, status=422).text
    password = {"sign_in_name": "lan82", "new_password": "ghe xuồng ba lá", "repeated": "ghe xuồng ba lá"}
    client.post("/claim", {**answer, **password}, to="/profile/consents")


class TestTheAdviser:
    def test_lets_a_person_set_a_pin_and_never_sees_it(
        self, app: Any, as_role: Any, family: Any, session: Any
    ) -> None:
        lan, elsewhere = family["Lan"], as_role("seeker", family["Lan"])
        page = as_role("adviser").post(f"/accounts/{lan.id}/new-pin", status=200)
        code = page.texts("strong.code")[0]
        assert session.scalars(select(ResetCode)).one().code_hash != code
        her = StrictClient(app)
        assert "năm sinh" in her.post("/pin", {"code": code, "new_pin": "1982"}, status=422).text
        her.post("/pin", {"code": code.lower(), "new_pin": "6194"}, to="/sign-in")
        elsewhere.get("/me", status=302)
        says(holding_the_phone(app, session), 1982, "6194", to="/me")
        her.post("/pin", {"code": code, "new_pin": "7316"}, status=422)
        events = session.scalars(select(AuditEvent)).all()
        actions = [event.action for event in events]
        assert "account.pin_code_issued" in actions and "account.pin_set" in actions
        assert all("6194" not in str(event.detail) for event in events)

    def test_the_code_is_dead_after_a_quarter_of_an_hour(
        self, client: Any, as_role: Any, family: Any
    ) -> None:
        with time_machine.travel(START, tick=False) as clock:
            page = as_role("adviser").post(f"/accounts/{family['Lan'].id}/new-pin", status=200)
            clock.shift(dt.timedelta(minutes=15, seconds=1))
            client.post("/pin", {"code": page.texts("strong.code")[0], "new_pin": "6194"}, status=422)

    def test_codes_are_not_found_by_trying(self, app: Any, client: Any, monkeypatch: Any) -> None:
        monkeypatch.setitem(app.config, "SIGN_IN_TRIES_BY_ADDRESS", 3)
        for _ in range(3):
            client.post("/pin", {"code": "AAAA2222", "new_pin": "6194"}, status=422)
        assert (
            "thử nhiều lần" in client.post("/pin", {"code": "AAAA2222", "new_pin": "6194"}, status=422).text
        )

    def test_a_code_for_a_password_is_none_for_a_pin(
        self, client: Any, as_role: Any, family: Any, session: Any
    ) -> None:
        page = as_role("leader").post(f"/accounts/{family['Lan'].id}/reset-code", status=200)
        client.post("/pin", {"code": page.texts("strong.code")[0], "new_pin": "6194"}, status=422)

    @pytest.mark.parametrize("before", ["", "pin", "PIN ", "pin code:"])
    def test_a_code_for_a_pin_is_none_for_a_password(
        self, client: Any, as_role: Any, family: Any, session: Any, before: str
    ) -> None:
        """An adviser who read it out would come in without the phone."""
        family["Lan"].sign_in_name = "lan82"
        session.commit()
        page = as_role("adviser").post(f"/accounts/{family['Lan'].id}/new-pin", status=200)
        new = {"new_password": "ghe xuồng ba lá", "repeated": "ghe xuồng ba lá"}
        code = before + page.texts("strong.code")[0]
        client.post("/reset-password/code", {"sign_in_name": "lan82", "code": code, **new}, status=422)

    def test_confirms_the_number(self, as_role: Any, family: Any, session: Any) -> None:
        lan = family["Lan"]
        lan.phone_proved_at = None
        session.commit()
        as_role("adviser").post(f"/accounts/{lan.id}/confirm-phone")
        assert session.get(Account, lan.id).phone_proved_at is not None
        assert "account.phone_confirmed" in session.scalars(select(AuditEvent.action)).all()

    def test_helps_seekers_only(self, as_role: Any, make: Any, family: Any) -> None:
        for account in (make.account("leader"), make.account("employer"), make.account("adviser")):
            for step in ("new-pin", "confirm-phone"):
                as_role("adviser").post(f"/accounts/{account.id}/{step}", status=404)
        for role in ("moderator", "administrator", "employer", "seeker"):
            as_role(role).post(f"/accounts/{family['Lan'].id}/new-pin", status=403)

    def test_finds_the_way_on_the_page_of_the_person(self, as_role: Any, make: Any, session: Any) -> None:
        account = make.account("seeker", phone=PHONE)
        worker = make.worker(account_id=account.id, phone=PHONE)
        page = as_role("adviser").get(f"/workers/{worker.id}")
        assert {"Đặt mã PIN mới", "Xác nhận số điện thoại"} <= set(page.texts("summary"))
        assert "Đặt mã PIN mới" not in as_role("adviser").get(f"/workers/{make.worker().id}").text
