"""What somebody who means harm, or leans on a key, tries first."""

import io
import json
from typing import Any

import pytest
from flask import request
from werkzeug.test import EnvironBuilder

from config import Config, SettingsError
from portal import create_app
from portal.access.rules import tidy_sign_in_name
from portal.openings.reading import read_experience, read_quantity, read_wage
from portal.openings.states import OpeningState
from portal.overseas.models import OverseasCase
from portal.web.fields import WholeNumberField, read_date, read_money
from portal.web.forms import BaseForm, tidy
from portal.web.redirects import safe_back
from tests.factories import NOW
from tests.settings import config_for, environment

MARKUP = "<img src=x onerror=a()>"
NINES = "9" * 400
LIST = "/openings"


@pytest.mark.parametrize("typed", [f"{NINES}tr", f"{'9' * 17}tr", "1.2.3 triệu", "²", "-5", NINES])
def test_an_amount_beyond_meaning_is_refused_with_an_example(app: Any, typed: str) -> None:
    with app.test_request_context(), pytest.raises(ValueError, match=r"ví dụ 8\.000\.000"):
        read_money(typed)


@pytest.mark.parametrize("typed", ["31/12/9999", "01/01/0001"])
def test_a_day_at_the_end_of_the_calendar_is_refused(app: Any, typed: str) -> None:
    """Near the ends a day cannot be moved to another time zone."""
    with app.test_request_context(), pytest.raises(ValueError, match="ngày/tháng/năm"):
        read_date(typed)


def test_the_public_list_answers_whatever_is_asked(client: Any) -> None:
    for asked in (f"{NINES}tr", "²", "\x00"):
        client.get(LIST, query_string={"wage": asked, "q": asked, "place": asked, "page": asked})


PASTED = ["x" * 60_000, "a " * 3_000, "%" * 60_000]


@pytest.mark.parametrize("asked", PASTED, ids=["one word", "many words", "wild cards"])
@pytest.mark.parametrize(
    ("role", "address"),
    [
        (None, "/senders"), (None, "/openings"), ("adviser", "/cases"), ("adviser", "/workers"),
        ("moderator", "/organisations"), ("moderator", "/desk/openings"), ("leader", "/accounts"),
    ],
)  # fmt: skip
def test_a_pasted_page_is_looked_for_without_an_error(
    client: Any, as_role: Any, make: Any, session: Any, role: str | None, address: str, asked: str
) -> None:
    # Nothing is compared where there is no row.
    worker = make.worker()
    make.opening(organisation=make.organisation("sender"))
    session.add(OverseasCase(worker_id=worker.id, opened_at=NOW, updated_at=NOW))
    session.commit()
    asker = as_role(role) if role else client
    asker.get(address, query_string={"q": asked})


@pytest.mark.parametrize("address", ["/programmes/%00", "/programmes/eps%00", "/check-in/%00", "/verify/%00"])
def test_no_address_holds_a_null_byte(client: Any, address: str) -> None:
    assert client.answer(address).status_code == 404


def test_a_null_byte_past_the_forms_is_dropped(as_role: Any, make: Any, session: Any) -> None:
    """PostgreSQL refuses a text with one."""
    opening = make.opening(state=OpeningState.SUBMITTED, published_at=None)
    session.commit()
    where = f"/desk/openings/{opening.id}/return"
    as_role("moderator").post(where, {"reason": "Hãy ghi\x00 rõ tiền lương."})
    session.expire_all()
    assert opening.return_reason == "Hãy ghi rõ tiền lương."


@pytest.mark.parametrize("typed", ["2147483648", "-2147483648", "9" * 12])
def test_a_whole_number_that_no_column_holds_is_refused(app: Any, typed: str) -> None:
    class Form(BaseForm):
        number = WholeNumberField("Số")

    with app.test_request_context(method="POST", data={"number": typed}):
        form = Form(meta={"csrf": False})
        assert not form.validate() and form.number.errors == ["Hãy ghi một số, ví dụ 3."]


def test_a_sheet_of_nonsense_is_read_as_not_understood() -> None:
    assert read_wage(f"{NINES} triệu").least is None
    assert read_quantity(NINES * 20) is None
    assert read_experience(f"{NINES} năm") == (None, False)
    assert read_experience(NINES, in_months=True) == (None, False)


@pytest.mark.parametrize(
    "target",
    ["http://[", "//evil.example", "/\\evil.example", "\t//evil.example", "http://localhost@evil.example/"],
)
def test_nobody_is_led_elsewhere(app: Any, client: Any, target: str) -> None:
    with app.request_context(EnvironBuilder().get_environ()):
        assert safe_back(target) is None
    response = client.answer("/language/vi", query_string={"next": target})
    assert (response.status_code, response.location) == (302, "/")


def test_a_broken_referrer_does_not_turn_a_refusal_into_an_error(
    as_role: Any, make: Any, session: Any
) -> None:
    seeker = make.account("seeker")
    make.worker(account=seeker)
    session.commit()
    refused = as_role("seeker", seeker).answer("/profile/resume", "POST", headers={"Referer": "http://["})
    assert refused.status_code == 409


def test_choices_that_are_none_are_refused_not_an_error(as_role: Any, make: Any, session: Any) -> None:
    seeker = make.account("seeker")
    make.worker(account=seeker)
    session.commit()
    answers = {"wants_home": "y", "provinces": ["99", MARKUP], "countries": "XX", "shifts": "zz"}
    page = as_role("seeker", seeker).post("/register/want", answers, status=422)
    assert "Hãy chọn một mục trong danh sách." in page.text


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\x00", "\x1b", "\ufeff"])
def test_marks_that_nobody_sees_are_dropped(hidden: str) -> None:
    assert tidy(f"Mai{hidden} Lan") == "Mai Lan"


def test_wide_letters_make_no_second_sign_in_name() -> None:
    assert tidy_sign_in_name("ＳＥＥＫＥＲ") == tidy_sign_in_name("ſeeker") == "seeker"


def test_markup_in_a_name_is_text_wherever_it_is_shown(as_role: Any, make: Any, session: Any) -> None:
    seeker = make.account("seeker", display_name=MARKUP)
    worker = make.worker(MARKUP, account=seeker)
    opening = make.opening(title=MARKUP, expires_on=None)
    session.commit()
    worker_id, opening_id = worker.id, opening.id
    own, adviser = as_role("seeker", seeker), as_role("adviser")
    own.post(f"/openings/{opening_id}/want")
    for visitor, addresses in (
        (own, ("/me", "/profile", "/me/referrals", f"/openings/{opening_id}", LIST)),
        (adviser, ("/workers", f"/workers/{worker_id}", f"/openings/{opening_id}/referrals", "/desk")),
        (adviser, (f"/openings/{opening_id}/candidates", f"/workers?q={MARKUP}")),
    ):
        for address in addresses:
            assert "<img src=x" not in visitor.get(address).html, address
    assert MARKUP in json.dumps(own.answer("/profile/export").get_json(), ensure_ascii=False)


def test_an_upload_for_an_organisation_beyond_every_table_is_no_error(as_role: Any) -> None:
    adviser = as_role("adviser")
    sheet = io.BytesIO("Tên công việc,Mô tả\nmay,may\n".encode())
    kept = adviser.post(
        "/desk/openings/imports", {"file": (sheet, "a.csv")}, content_type="multipart/form-data"
    )
    answer = adviser.answer(kept.location.split("?")[0], "POST", data={"organisation": "9" * 20})
    assert answer.status_code in (302, 409)


def test_production_refuses_a_secret_that_can_be_guessed() -> None:
    given = environment("sqlite://", MODE="production", KEYS_FROM="environment")
    with pytest.raises(SettingsError, match="SECRET_KEY is too short"):
        Config({**given, "SECRET_KEY": "dev"})
    Config(given)


@pytest.mark.parametrize(("proxies", "counted"), [("0", "127.0.0.1"), ("1", "203.0.113.9")])
def test_an_address_is_believed_only_from_our_own_proxy(proxies: str, counted: str) -> None:
    """With one proxy its own entry counts, the last; what the visitor wrote before it does not."""
    app = create_app(config_for("sqlite://", TRUSTED_PROXIES=proxies), TESTING=True)
    seen: list[Any] = []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/sign-out", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
    assert seen == [counted]
