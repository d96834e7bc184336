"""What was said to me, and only to me."""

from typing import Any

from portal.common.clock import now
from portal.messages.models import Channel
from portal.messages.operations import enqueue


def say(account: Any, session: Any, subject: str, kind: str = "referral.letter") -> Any:
    message = enqueue(
        kind, recipient=account.sign_in_name, channel=Channel.PORTAL, subject=subject, body="Chào bạn.",
        account=account, now=now(),
    )  # fmt: skip
    session.commit()
    return message


def test_i_read_my_messages_and_nobody_elses(as_role: Any, make: Any, session: Any) -> None:
    mine, other = make.account("seeker"), make.account("seeker")
    say(mine, session, "Giấy giới thiệu của bạn")
    say(other, session, "Tin cho người khác")
    page = as_role("seeker", mine).get("/messages")
    assert "Giấy giới thiệu của bạn" in page.text
    assert "Tin cho người khác" not in page.text


def test_a_message_is_new_once(as_role: Any, make: Any, session: Any) -> None:
    mine = make.account("seeker")
    message = say(mine, session, "Tin")
    client = as_role("seeker", mine)
    assert "1 tin mới" in client.get("/me").text
    assert "Mới" in client.get("/messages").texts("span")
    assert message.read_at is not None
    assert "Mới" not in client.get("/messages").texts("span")
    assert "tin mới" not in client.get("/me").text


def test_a_code_is_never_shown_to_who_sits_at_the_screen(as_role: Any, make: Any, session: Any) -> None:
    mine = make.account("seeker")
    say(mine, session, "Mã đặt lại mật khẩu", kind="reset_code")
    assert "Chưa có tin nào" in as_role("seeker", mine).get("/messages").text
