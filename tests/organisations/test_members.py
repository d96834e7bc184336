"""Invitations: sent, accepted once, withdrawn, over; members who leave."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from portal.access.models import Account
from portal.access.states import Role
from portal.errors import Invalid, NotAllowed
from portal.messages.models import Message
from portal.organisations import members
from portal.organisations.models import Invitation, Membership
from portal.organisations.queries import membership_of, organisation_of
from tests.factories import NOW

WHO = {
    "display_name": "Bà Tư", "sign_in_name": "tu@vidu.vn",
    "new_password": "bông điên điển vàng", "repeated": "bông điên điển vàng",
}  # fmt: skip


@pytest.fixture
def sewing(make: Any) -> Any:
    return make.organisation("employer", name="Công ty May Sông Hậu")


@pytest.fixture
def manager(make: Any, sewing: Any) -> Any:
    return make.member("employer", sewing)


def send(client: Any, organisation: Any, recipient: str = "tu@vidu.vn", **more: Any) -> str:
    """The path of the invitation page, as it stands in the message."""
    from portal.extensions import db

    client.post(
        f"/organisations/{organisation.id}/invitations", {"recipient": recipient, "role": "employer", **more}
    )
    body = db.session.scalars(select(Message.body).order_by(Message.id.desc())).first()
    found = re.search(r"/invitation/[A-Z0-9]{13}", body or "")
    assert found, body
    return found.group()


def test_an_invited_person_makes_an_account_and_belongs(
    as_role: Any, client: Any, manager: Any, sewing: Any, session: Any
) -> None:
    link = send(as_role("employer", manager), sewing)
    assert "Công ty May Sông Hậu" in client.get(link).text
    client.post(link, WHO, to="/desk/openings")
    account = session.scalars(select(Account).where(Account.sign_in_name == "tu@vidu.vn")).one()
    assert (account.role, account.email) == (Role.EMPLOYER, "tu@vidu.vn")
    assert organisation_of(account) == sewing
    assert "Công ty May Sông Hậu" in client.get("/organisation").text


def test_an_invitation_is_accepted_once(as_role: Any, client: Any, manager: Any, sewing: Any) -> None:
    link = send(as_role("employer", manager), sewing)
    client.post(link, WHO)
    client.post("/sign-out")
    assert "không còn dùng được" in client.get(link, status=404).text
    client.post(link, {**WHO, "sign_in_name": "khac"}, status=404)


def test_a_withdrawn_invitation_is_over(
    as_role: Any, client: Any, manager: Any, sewing: Any, session: Any
) -> None:
    hers = as_role("employer", manager)
    link = send(hers, sewing)
    invitation = session.scalars(select(Invitation)).one()
    withdraw = f"/organisations/{sewing.id}/invitations/{invitation.id}/withdraw"
    hers.post(withdraw, to="/organisation")
    client.get(link, status=404)
    hers.post(withdraw, status=409)


def test_an_invitation_ends_after_two_weeks(as_role: Any, client: Any, manager: Any, sewing: Any) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC), tick=False) as clock:
        link = send(as_role("employer", manager), sewing)
        clock.shift(dt.timedelta(days=13, hours=23))
        client.get(link)
        clock.shift(dt.timedelta(hours=2))
        client.get(link, status=404)


def test_the_code_is_not_in_the_database(as_role: Any, manager: Any, sewing: Any, session: Any) -> None:
    code = send(as_role("employer", manager), sewing).rsplit("/", 1)[1]
    assert code not in session.scalars(select(Invitation)).one().code_hash


def test_codes_cannot_be_guessed_for_long(app: Any, client: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "SIGN_IN_TRIES_BY_ADDRESS", 5)
    for _ in range(5):
        client.get("/invitation/AAAAAAAAAAAAA", status=404)
    client.get("/invitation/AAAAAAAAAAAAA", status=429)


def test_a_taken_name_keeps_the_invitation_open(
    as_role: Any, client: Any, manager: Any, sewing: Any, make: Any
) -> None:
    make.account("seeker", sign_in_name="tu@vidu.vn")
    link = send(as_role("employer", manager), sewing)
    page = client.post(link, WHO, status=422)
    assert "đã có người dùng" in page.text
    client.post(link, {**WHO, "sign_in_name": "ba.tu"}, to="/desk/openings")


def test_who_left_comes_back_with_the_same_account(
    as_role: Any, manager: Any, sewing: Any, make: Any, session: Any
) -> None:
    tu = make.member("employer", sewing)
    membership = membership_of(tu)
    assert membership is not None
    hers, his = as_role("employer", manager), as_role("employer", tu)
    hers.post(f"/organisations/{sewing.id}/members/{membership.id}/remove", to="/organisation")
    his.get("/organisation", status=302)
    assert organisation_of(tu) is None
    his = as_role("employer", tu)
    assert "chưa thuộc tổ chức nào" in his.get("/organisation").text
    link = send(hers, sewing)
    his.get(link)
    his.post(link, to="/desk/openings")
    assert organisation_of(tu) == sewing
    assert session.scalars(select(Membership).where(Membership.account_id == tu.id)).all() == [membership]


def test_an_account_of_another_role_does_not_take_the_invitation(
    as_role: Any, manager: Any, sewing: Any
) -> None:
    link = send(as_role("employer", manager), sewing)
    as_role("college").post(link, status=409)


def test_a_member_of_another_organisation_does_not_take_it(
    as_role: Any, manager: Any, sewing: Any, make: Any
) -> None:
    link = send(as_role("employer", manager), sewing)
    as_role("employer", make.member("employer")).post(link, status=409)


def test_nobody_lets_oneself_go(as_role: Any, manager: Any, sewing: Any) -> None:
    membership = membership_of(manager)
    assert membership is not None
    as_role("employer", manager).post(
        f"/organisations/{sewing.id}/members/{membership.id}/remove", status=409
    )


@pytest.mark.parametrize("recipient", ["", "không phải gì cả", "12345", "a@"])
def test_a_recipient_that_cannot_be_reached_is_refused(
    as_role: Any, manager: Any, sewing: Any, recipient: str
) -> None:
    page = as_role("employer", manager).post(
        f"/organisations/{sewing.id}/invitations", {"recipient": recipient, "role": "employer"}, status=422
    )
    assert "thư điện tử" in page.text


def test_a_role_that_does_not_fit_the_kind_is_refused(as_role: Any, manager: Any, sewing: Any) -> None:
    as_role("employer", manager).post(
        f"/organisations/{sewing.id}/invitations", {"recipient": "a@vidu.vn", "role": "leader"}, status=422
    )
    with pytest.raises(Invalid):
        members.invite(sewing, "a@vidu.vn", Role.LEADER, is_manager=False, actor=manager, now=NOW)


def test_a_plain_member_invites_nobody(app: Any, make: Any, sewing: Any, session: Any) -> None:
    plain = make.member("employer", sewing)
    membership_of(plain).is_manager = False  # type: ignore[union-attr]
    session.commit()
    with pytest.raises(NotAllowed):
        members.invite(sewing, "a@vidu.vn", Role.EMPLOYER, is_manager=False, actor=plain, now=NOW)


def test_only_a_leader_invites_into_the_centre(app: Any, make: Any) -> None:
    centre = make.organisation("centre")
    for role in ("moderator", "administrator", "adviser"):
        with pytest.raises(NotAllowed):
            members.invite(
                centre, "a@vidu.vn", Role.ADVISER, is_manager=False, actor=make.account(role), now=NOW
            )
    invitation, code = members.invite(
        centre, "a@vidu.vn", Role.ADVISER, is_manager=False, actor=make.account("leader"), now=NOW
    )
    assert invitation.code_hash == members.code_hash(code)
