"""A photo of an opening's paper."""

import io
from typing import Any

from werkzeug.http import parse_options_header

from portal.openings.states import OpeningState as S
from tests.openings.lawful import sender_for, stated
from tests.photos import BARE, FROM_A_PHONE


def test_it_tells_no_place_and_is_called_by_what_it_is(as_role: Any, make: Any) -> None:
    sender = sender_for(make)
    author = make.member("sender", sender)
    opening = stated(make, author, organisation=sender, state=S.DRAFT)
    client, where = as_role("sender", author), f"/desk/openings/{opening.id}"
    file = (io.BytesIO(FROM_A_PHONE), "chấp thuận.html")
    client.post(f"{where}/terms/papers", {"file-approval": file}, content_type="multipart/form-data")
    answer = client.get(f"{where}/papers/approval")
    assert answer.data == BARE and answer.mimetype == "image/jpeg"
    _how, options = parse_options_header(answer.headers["Content-Disposition"])
    assert options["filename"] == "chấp thuận.html.jpg"
