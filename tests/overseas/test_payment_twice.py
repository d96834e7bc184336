"""A sum whose form was sent twice."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from portal.files.models import StoredFile
from portal.overseas.costs.payments_models import CostPayment
from portal.overseas.pressed_twice import SAME_PRESS
from tests.overseas.conftest import paid, photo

LIST = "/me/payments"


def test_one_press_sent_twice_is_one_sum(person, abroad, as_role, make, session, app) -> None:
    """A photo on a slow line takes long, and a finger presses again."""
    make.account("adviser")
    opening, client = abroad(), as_role("seeker", person().account)

    def send(**changed: Any) -> None:
        data = paid(opening, **{"no_receipt": "", "receipt": photo(), **changed})
        client.post(f"{LIST}/new", data, content_type="multipart/form-data", to=LIST)

    before = set(app.config["UPLOAD_FOLDER"].glob("*"))
    send()
    send()
    kept = session.scalars(select(StoredFile)).one()
    assert session.scalars(select(CostPayment)).one().receipt_id == kept.id
    assert {file.name for file in set(app.config["UPLOAD_FOLDER"].glob("*")) - before} == {kept.stored_name}
    send(amount="5 triệu")
    first = session.scalars(select(CostPayment).order_by(CostPayment.id)).first()
    first.created_at -= SAME_PRESS + dt.timedelta(seconds=1)
    session.commit()
    send()
    assert len(session.scalars(select(CostPayment)).all()) == 3
