"""The letter as PDF. Reads plain values, opens no transaction: it is made after the database was read."""

import io
from pathlib import Path
from typing import Any

import segno
from flask import current_app

from portal.common.secrets import spaced_code
from portal.files.typesetting import shortened, typeset
from portal.referrals.models import Letter

TEMPLATE = Path(__file__).with_name("letter.typ")
# The longest text of a field that leaves the page to one; what is longer ends in "…".
LONGEST = {
    "unit": 150, "unit_address": 110, "unit_contact": 110, "position": 110, "workplace": 110, "name": 60,
    "email": 60, "residence": 110, "technical": 150, "previous": 150, "issuer": 60,
}  # fmt: skip
# Above this many letters of text the smaller type keeps the page to one.
DENSE_FROM = 800


def verify_address() -> str:
    """Our address in words: without the scheme, as one types it."""
    return f"{current_app.config['PUBLIC_ADDRESS'].split('://')[-1].rstrip('/')}/verify"


def letter_data(letter: Letter, national_id: str = "") -> dict[str, Any]:
    """What the template prints. The ID number is given only where the person gave it to us."""
    base = current_app.config["PUBLIC_ADDRESS"].rstrip("/")
    facts = {name: shortened(value, LONGEST.get(name)) for name, value in letter.facts.items()}
    words = sum(len(value) for value in facts.values())
    return {
        **facts,
        "national_id": national_id,
        "number": letter.number,
        "code": spaced_code(letter.code),
        "day": f"{letter.issued_on.day:02d}",
        "month": f"{letter.issued_on.month:02d}",
        "year": str(letter.issued_on.year),
        "valid_to": letter.valid_to.strftime("%d/%m/%Y"),
        "verify_address": verify_address(),
        "qr": qr_svg(f"{base}/verify?code={letter.code}"),
        "trial": bool(current_app.config["DEMO"]),
        "dense": words > DENSE_FROM,
    }


def qr_svg(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def render(data: dict[str, Any]) -> bytes:
    return typeset(TEMPLATE, data)
