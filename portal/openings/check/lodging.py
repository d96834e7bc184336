"""What the words of the fields `lodging` and `airfare_…_paid_by` mean."""

import re
from enum import StrEnum

from portal.common.text import fold


class Lodging(StrEnum):
    """These words are what a form offers; others are read where they are plain."""

    FREE = "free"
    # The employer provides it, the worker pays for it.
    CHARGED = "charged"
    OWN = "own"


class Payer(StrEnum):
    RECEIVER = "receiver"
    WORKER = "worker"
    SENDER = "sender"
    SHARED = "shared"


NOT_FREE = r"not free|unpaid|khong mien phi|co tra tien|co thu tien"
FREE = (
    r"free|mien phi|provided free|employer pays|receiver pays|paid by employer|paid by receiver|receiver|"
    r"employer"
)
OWN = (
    r"own|self|none|not provided|worker arranges|worker finds|tu tuc|tu lo|tu thue|khong co|"
    r"khong cung cap|worker"
)
CHARGED = r"charged|deducted|deduction|rent|rented|paid|provided|arranged|tru luong|tra tien|thu tien|bo tri"

RECEIVER = (
    r"receiver|receiving party|receiving side|employer|company|foreign party|host|ben nuoc ngoai|"
    r"ben tiep nhan|nguoi su dung lao dong"
)
WORKER = r"worker|self|employee|candidate|nguoi lao dong|tu tuc"
SENDER = r"sender|sending company|agency|doanh nghiep dich vu"
SHARED = r"shared|both|split|half|chia doi|cung tra"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def _has(words: str, text: str) -> bool:
    return re.search(rf"\b(?:{words})\b", text) is not None


def lodging_of(text: str | None) -> Lodging | None:
    """None: not stated, or not understood."""
    plain = _plain(text or "")
    if _has(NOT_FREE, plain):
        return Lodging.CHARGED
    for words, meaning in ((r"paid by worker|worker pays", Lodging.CHARGED), (FREE, Lodging.FREE)):
        if _has(words, plain):
            return meaning
    for words, meaning in ((OWN, Lodging.OWN), (CHARGED, Lodging.CHARGED)):
        if _has(words, plain):
            return meaning
    return None


def payer_of(text: str | None) -> Payer | None:
    plain = _plain(text or "")
    for words, payer in (
        (SHARED, Payer.SHARED),
        (RECEIVER, Payer.RECEIVER),
        (SENDER, Payer.SENDER),
        (WORKER, Payer.WORKER),
    ):
        if _has(words, plain):
            return payer
    return None
