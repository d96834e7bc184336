"""What the words of the fields `lodging` and `airfare_…_paid_by` mean."""

import re
from enum import StrEnum

from portal.common.text import fold
from portal.openings.check.facts import OpeningFacts


class Lodging(StrEnum):
    """These words are what a form offers; others are read where they are plain."""

    FREE = "free"
    # The employer provides it, the worker pays for it.
    CHARGED = "charged"
    OWN = "own"
    # There is a room; whether the worker pays for it, the word alone does not tell.
    PROVIDED = "provided"


class Payer(StrEnum):
    RECEIVER = "receiver"
    WORKER = "worker"
    SENDER = "sender"
    SHARED = "shared"


NOT_CHARGED = (
    r"(?:no|not|without|never|khong)(?: bi| phai)? (?:charged?|deducted|deductions?|rent|fee|tru luong|"
    r"tru tien|tra tien|thu tien|mat tien)"
)
NOT_FREE = r"not free|unpaid|khong mien phi|co tra tien|co thu tien"
BY_WORKER = r"paid by (?:the )?worker|worker pays|nguoi lao dong tra"
CHARGED = r"charged?|deduct|deducts|deducted|deductions?|rent|rented|tru luong|tru tien|tra tien|thu tien"
FREE = (
    r"free|mien phi|employer pays|receiver pays|paid by (?:the )?employer|paid by (?:the )?receiver|receiver|"
    r"employer"
)
OWN = (
    r"own|self|none|not provided|worker arranges|worker finds|tu tuc|tu lo|tu thue|khong co|"
    r"khong cung cap|worker"
)
PROVIDED = (
    r"paid|provided?|provides|arranged?|arranges|dormitory|dorm|accommodation|hostel|bo tri|ky tuc xa|"
    r"cung cap"
)
# What is asked first; a word that denies comes before the word it denies.
LODGING = (
    (NOT_CHARGED, Lodging.FREE),
    (f"{NOT_FREE}|{BY_WORKER}|{CHARGED}", Lodging.CHARGED),
    (FREE, Lodging.FREE),
    (OWN, Lodging.OWN),
    (PROVIDED, Lodging.PROVIDED),
)

SENDER = (
    r"sender|sending (?:company|enterprise|agency|party)|agency|doanh nghiep dich vu|cong ty dich vu|"
    r"cong ty dua di"
)
RECEIVER = (
    r"receiver|receiving party|receiving side|employer|company|foreign party|host|ben nuoc ngoai|"
    r"ben tiep nhan|ben nhan lao dong|nguoi su dung lao dong"
)
WORKER = r"worker|self|employee|candidate|nguoi lao dong|tu tuc"
SHARED = r"shared|both|split|half|chia doi|cung tra"
TOGETHER = r"and|plus|va|voi"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def _has(words: str, text: str) -> bool:
    return re.search(rf"\b(?:{words})\b", text) is not None


def lodging_of(text: str | None) -> Lodging | None:
    """None: not stated, or not understood."""
    plain = _plain(text or "")
    return next((meaning for words, meaning in LODGING if _has(words, plain)), None)


def lodging_in(facts: OpeningFacts) -> Lodging | None:
    """With what is deducted: lodging that costs wage is not free, whatever it is called."""
    meaning, share = lodging_of(facts.lodging), facts.lodging_deduction_pct
    if meaning in (Lodging.FREE, Lodging.PROVIDED) and share:
        return Lodging.CHARGED
    if meaning is Lodging.PROVIDED and share is not None:
        return Lodging.FREE
    return meaning


def payer_of(text: str | None) -> Payer | None:
    """None also where several are named, and nothing says that they share it."""
    plain = _plain(text or "")
    if _has(SHARED, plain):
        return Payer.SHARED
    # "Sending company" names no receiver.
    rest = re.sub(rf"\b(?:{SENDER})\b", "", plain)
    named = [
        payer for payer, words in ((Payer.RECEIVER, RECEIVER), (Payer.WORKER, WORKER)) if _has(words, rest)
    ]
    if rest != plain:
        named.append(Payer.SENDER)
    if len(named) > 1:
        return Payer.SHARED if _has(TOGETHER, plain) else None
    return named[0] if named else None
