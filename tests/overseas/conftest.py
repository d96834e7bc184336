"""Programmes as a fresh machine has them; work abroad with terms that can be reckoned: 25.500.000 đồng
a month for 36 months, so at most 76.500.000."""

import datetime as dt
import io
import struct
import zlib
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from portal.common.clock import today
from portal.openings.models import OverseasCost
from portal.openings.states import Sphere
from portal.openings.terms_states import CostKind, LodgingBy, PayableWhen, Payer
from portal.overseas.models import Programme
from portal.overseas.programmes.queries import Programmes
from portal.overseas.programmes.seed import load_programmes
from tests.factories import NOW

TERMS = {
    "approval_number": "123/QLLĐNN", "job_class": "manufacturing", "term_months": 36,
    "fx_rate": Decimal(170), "fx_date": dt.date(2026, 11, 20), "fx_source": "Ngân hàng Nhà nước",
    "service_fee_vnd": 60_000_000, "deposit_vnd": 0, "airfare_out_paid_by": Payer.RECEIVER,
    "lodging_by": LodgingBy.FREE, "costs_complete": True, "receiver": "Công ty Hoshimura",
}  # fmt: skip
LINES = (
    (CostKind.TRAINING, 5_500_000, PayableWhen.BEFORE_CONTRACT),
    (CostKind.PASSPORT, 200_000, None),
    (CostKind.HEALTH, 900_000, None),
    (CostKind.FUND, 100_000, PayableWhen.BEFORE_DEPARTURE),
)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


_HEAD = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
_PIXEL = _chunk(b"IDAT", zlib.compress(b"\x00\x00")) + _chunk(b"IEND", b"")
# The smallest picture there is, and the same with a place written into it.
BARE_PNG = _HEAD + _PIXEL
PNG = _HEAD + _chunk(b"tEXt", b"Place\x00Chau Doc") + _PIXEL


@pytest.fixture
def programmes(session: Any) -> dict[str, Programme]:
    load_programmes(session, now=NOW)
    session.commit()
    return {one.code: one for one in Programmes().all()}


@pytest.fixture
def abroad(make: Any) -> Any:
    """`abroad(service_fee_vnd=…)`: a public opening in Japan with these terms."""

    def made(title: str = "Hàn thép", lines: Any = LINES, organisation: Any = None, **terms: Any) -> Any:
        opening = make.opening(
            title, sphere=Sphere.OVERSEAS, country="JP", wage_min=150_000, wage_max=180_000,
            wage_currency="JPY", expires_on=None, organisation=organisation, overseas={**TERMS, **terms},
        )  # fmt: skip
        opening.overseas.costs = [
            OverseasCost(position=place, kind=kind, amount=amount, currency="VND", payable_when=when)
            for place, (kind, amount, when) in enumerate(lines)
        ]
        return make._save(opening)

    return made


@pytest.fixture
def person(make: Any) -> Any:
    def made(name: str = "Nguyễn Thị Mai", **given: Any) -> Any:
        account = make.account("seeker", display_name=name)
        return SimpleNamespace(account=account, worker=make.worker(name, account_id=account.id, **given))

    return made


def paid(opening: Any = None, **given: Any) -> dict[str, Any]:
    """A sum as the form sends it."""
    return {
        "opening": str(getattr(opening, "id", opening or "")),
        "kind": "service_fee", "amount": "80 triệu", "paid_to": "Anh Hùng, công ty Sông Hậu",
        "paid_on": today().strftime("%d/%m/%Y"), "no_receipt": "y", **given,
    }  # fmt: skip


def photo(content: bytes = PNG, name: str = "bien-nhan.png") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name
