"""When a sum is payable: the words of the field `payable_when`, in either language, or a date."""

import datetime as dt
import re
from enum import StrEnum

from portal.common.text import fold


class Moment(StrEnum):
    """The steps on the way abroad. A form offers these words; others are read where they are plain."""

    REGISTRATION = "registration"
    SELECTION = "selection"
    BEFORE_CONTRACT = "before_contract"
    AFTER_CONTRACT = "after_contract"
    BEFORE_ACCEPTANCE = "before_acceptance_or_visa"
    AFTER_ACCEPTANCE = "after_acceptance_or_visa"
    # Some time before leaving: whether the contract is signed by then, nobody can tell.
    BEFORE_DEPARTURE = "before_departure"
    AFTER_DEPARTURE = "after_departure"


WHILE_CHOOSING = (Moment.REGISTRATION, Moment.SELECTION)
WITHOUT_A_CONTRACT = (*WHILE_CHOOSING, Moment.BEFORE_CONTRACT)

SIGNED = r"contract|contracts|signing|signed|sign|signature|ky|ky ket|hop dong"
APPROVED = r"approval|approved|chap thuan|duyet"
TAKEN = r"visa|visas|acceptance|accepted|coe|thi thuc|tiep nhan|nhan vao lam"
APPLYING = r"application|applying|apply|nop ho so|xin"
CHOSEN = (
    r"selection|selected|selecting|interview|interviewed|tuyen chon|trung tuyen|so tuyen|thi tuyen|phong van|"
    r"giu cho|reservation|reserve"
)
AT_ONCE = (
    r"registration|registered|register|registering|application|apply|enrolment|enrollment|now|immediately|"
    r"upfront|up front|in advance|ghi danh|nop ho so|ngay|nop truoc"
)
LEAVING = r"departure|depart|departing|leaving|flight|xuat canh|bay"
ABROAD = (
    r"after departure|after leaving|abroad|arrival|monthly|salary|wages|sau khi xuat canh|sau xuat canh|"
    r"tru luong|tru dan|o nuoc ngoai"
)
BEFORE = r"before|prior to|until|pre|truoc"
# Words between "before" and what it is before; a new "after" starts another thought.
NEAR = r"(?:(?!after |sau |departure |xuat )\w+ ){0,4}"


def _has(words: str, text: str) -> bool:
    return re.search(rf"\b(?:{words})\b", text) is not None


def _before(words: str, text: str) -> bool:
    return _has(rf"(?:{BEFORE}) {NEAR}(?:{words})", text)


def moment_of(text: str | None, approved_on: dt.date | None = None) -> Moment | None:
    """None: not stated, or not understood."""
    if not text:
        return None
    try:
        return Moment(text)
    except ValueError:
        pass
    date = _date(text)
    if date is not None:
        # A day alone says nothing of the contract, but nothing may be due before the Ministry's answer.
        return Moment.BEFORE_CONTRACT if approved_on is not None and date < approved_on else None
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(text)))
    plain = re.sub(r"\b(?:not before|khong truoc)\b", "after", plain)
    # "đăng ký" ends in the word for signing.
    return _read(re.sub(r"\bdang ky\b(?! hop dong)", "registration", plain))


def _read(plain: str) -> Moment | None:
    if _has(ABROAD, plain):
        return Moment.AFTER_DEPARTURE
    if _before(f"{SIGNED}|{APPROVED}", plain):
        return Moment.BEFORE_CONTRACT
    if _before(CHOSEN, plain):
        return Moment.REGISTRATION
    if _has(TAKEN, plain):
        waits = _before(TAKEN, plain) or _has(APPLYING, plain)
        return Moment.BEFORE_ACCEPTANCE if waits else Moment.AFTER_ACCEPTANCE
    if _has(APPROVED, plain) and not _has(r"signing|signed|sign|ky", plain):
        return Moment.BEFORE_DEPARTURE
    if _has(SIGNED, plain):
        return Moment.AFTER_CONTRACT
    if _has(LEAVING, plain):
        return Moment.BEFORE_DEPARTURE
    if _has(CHOSEN, plain):
        return Moment.SELECTION
    return Moment.REGISTRATION if _has(AT_ONCE, plain) else None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
