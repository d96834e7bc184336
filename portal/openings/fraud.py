"""The screen for signs of fraud: what an opening says and what is known of it in, findings out.

It holds a sentence for a person to look at; it judges nobody.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from matching.text import fold, normalise
from portal.openings.fraud_patterns import (
    ABROAD,
    ACCOUNT,
    AT_HOME,
    BORDER,
    CASINO,
    COMMON_SIGN,
    CONTACT,
    CONTACT_HONEST,
    CUSTOMER,
    EASY,
    FREE,
    HIDDEN_ABROAD,
    MONEY,
    NEAR,
    NO_COST,
    PERSONAL,
    UNMISTAKABLE,
    WORKER,
)
from portal.openings.usual_wages import Usual, wages_in
from portal.openings.wording import Finding, blot, compiled
from portal.reference.countries import country_name

# Where people are lured over the border: there only with licence, market and approval.
LURED_TO = ("KH", "MM", "LA")
# Letters: longer than any sentence in 150 real postings but lists, and than any pattern.
LONGEST, OVERLAP = 500, 120
_END = re.compile(r"(?<=[.!?;])\s+|\n+|\s*•\s*")
_UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\U000e0000-\U000e01ef]"
)
_UNSEEN_BLANK = re.compile(r"[\u115f\u1160\u2800\u3164\uffa0]")
# Letters of other alphabets, of formulas and in circles: by shape, or by what they stand for.
_STRANGE = re.compile(
    r"[\u0250-\u02af\u0370-\u052f\u2100-\u214f\u2460-\u24ff\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f100-\U0001f19a]"
)
_LOOK_ALIKE = str.maketrans(
    "асеорхуіјѕһԁкАВЕКМНОРСТХУІЈЅαοινρυκχσΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡı",
    "aceopxyijshdkABEKMHOPCTXYIJSaoivpukxoABEZHIKMNOPTYXgi",
)
_DOTTED = re.compile(r"(?<![^\W_])[^\W\d_](?:[.\-_*·|][^\W\d_])+(?![^\W_])")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_]){3,}(?![^\W_])")
_MOBILE = re.compile(r"0[35789]\d{8}")


@dataclass(frozen=True)
class OpeningFacts:
    """What is known of an opening beside its words."""

    is_overseas: bool = False
    country: str | None = None
    # The sender holds a licence and this market on the day, and the opening its approval.
    is_approved_abroad: bool = False
    contact_phone: str = ""
    # An e-mail, an address, a tax code or another number by which the employer can be found.
    can_be_found: bool = True
    # About how many đồng a month the opening promises, as written, and what is usual.
    wage_month: int | None = None
    wage_written: str = ""
    usual: Usual | None = None


def signs_of_fraud(text: str, facts: OpeningFacts) -> list[Finding]:
    """Every sentence that shows a sign, at most once for each sign; then what no sentence shows."""
    found: dict[tuple[str, str], Finding] = {}
    for sentence in _sentences(text):
        for rule, excerpt in _signs(sentence, facts):
            found.setdefault((rule, sentence), Finding(rule, sentence, excerpt, _source(rule, facts)))
    for rule, sentence in _beside_the_words(facts, {rule for rule, _sentence in found}):
        found.setdefault((rule, sentence), Finding(rule, sentence, sentence, _source(rule, facts)))
    return list(found.values())


def _sentences(text: str) -> list[str]:
    """A dash does not end a sentence here: "VIỆC NHẸ - LƯƠNG CAO" is one promise."""
    seen = _UNSEEN.sub("", _UNSEEN_BLANK.sub(" ", text))
    parts = _END.split(unicodedata.normalize("NFC", seen))
    return [piece for part in parts if (tidy := " ".join(part.split())) for piece in _pieces(tidy)]


def _pieces(sentence: str) -> list[str]:
    """A text without a full stop, in pieces that overlap: the time grows with its length, not the square."""
    if len(sentence) <= LONGEST:
        return [sentence]
    return [
        sentence[start : start + LONGEST] for start in range(0, len(sentence) - OVERLAP, LONGEST - OVERLAP)
    ]


def _source(rule: str, facts: OpeningFacts) -> str:
    if rule == "fraud_money":
        return ABROAD if facts.is_overseas else NO_COST
    if rule == "fraud_border":
        return f"{COMMON_SIGN}; {ABROAD}"
    if rule == "fraud_hidden_abroad":
        return ABROAD
    if rule == "fraud_wage" and facts.usual is not None:
        return f"{COMMON_SIGN}; {facts.usual.words}"
    return COMMON_SIGN


def _signs(sentence: str, facts: OpeningFacts) -> Iterator[tuple[str, str]]:
    plain = normalise(sentence)
    undone = normalise(undisguised(sentence))
    for rule, honest, patterns, sure in _screens(plain, facts):
        hit = _first(plain, honest, patterns)
        if hit is not None:
            yield rule, sentence[hit.start() : hit.end()].strip(" ,:;([-–")
        elif undone != plain and _first(undone, honest, patterns) is not None:
            yield rule, sentence
        elif sure and re.search(sure, _masked(fold(undone), honest)):
            yield rule, sentence
    if facts.usual is not None and any(facts.usual.is_passed_by(amount) for amount in wages_in(plain)):
        yield "fraud_wage", sentence


Screen = tuple[str, tuple[str, ...], tuple[str, ...], str]


def _screens(plain: str, facts: OpeningFacts) -> Iterator[Screen]:
    """(sign, honest words, words that are held, letters that are held also without marks) for a sentence."""
    bare = plain.isascii()
    customers = _found(CUSTOMER, plain, bare) and not _found(WORKER, plain, bare)
    if customers:
        yield "fraud_money", FREE, ACCOUNT, ""
    else:
        yield "fraud_money", FREE, (*MONEY, *ACCOUNT), UNMISTAKABLE["fraud_money"]
    lawful = facts.is_approved_abroad and facts.country in LURED_TO
    border = CASINO if lawful else (*BORDER, *CASINO)
    yield "fraud_border", NEAR, border, UNMISTAKABLE["fraud_border"]
    if not facts.is_overseas:
        # Else the whole check of what it costs and who may send is passed by.
        yield "fraud_hidden_abroad", AT_HOME, HIDDEN_ABROAD, ""
    yield "fraud_easy", (), EASY, UNMISTAKABLE["fraud_easy"]
    yield "fraud_contact", CONTACT_HONEST, CONTACT if facts.can_be_found else (*CONTACT, *PERSONAL), ""


def _found(pattern: str, plain: str, bare: bool) -> bool:
    return any(one.search(plain) for one in compiled((pattern,), bare))


def _first(plain: str, honest: tuple[str, ...], patterns: tuple[str, ...]) -> re.Match[str] | None:
    masked = _masked(plain, honest)
    for pattern in compiled(patterns, plain.isascii()):
        match = pattern.search(masked)
        if match:
            return match
    return None


def _masked(plain: str, honest: tuple[str, ...]) -> str:
    for pattern in compiled(honest, plain.isascii()):
        plain = pattern.sub(blot, plain)
    return plain


def undisguised(sentence: str) -> str:
    """ "đ.ặ.t c.ọ.c" as "đặt cọc"; "đ ặ t c ọ c" as "đặtcọc"; letters that only look like ours as ours."""
    apart = _STRANGE.sub(_our_letter, unicodedata.normalize("NFD", sentence))
    own = unicodedata.normalize("NFC", apart)
    joined = _DOTTED.sub(lambda match: re.sub(r"[.\-_*·|]", "", match.group()), own)
    return _SPACED.sub(lambda match: match.group().replace(" ", ""), joined)


def _our_letter(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKD", match.group()).translate(_LOOK_ALIKE)


def _beside_the_words(facts: OpeningFacts, already: set[str]) -> Iterator[tuple[str, str]]:
    """Signs that no sentence of the posting shows: the fields themselves."""
    personal = not facts.contact_phone or _MOBILE.fullmatch(facts.contact_phone)
    if personal and not facts.can_be_found and "fraud_contact" not in already:
        yield "fraud_contact", f"Liên hệ: {facts.contact_phone or 'không ghi'}"
    if facts.usual is not None and facts.wage_month is not None:
        if facts.usual.is_passed_by(facts.wage_month) and "fraud_wage" not in already:
            yield "fraud_wage", f"Lương: {facts.wage_written}"
    if facts.country in LURED_TO and facts.is_overseas and not facts.is_approved_abroad:
        yield "fraud_border", f"Nước đến làm việc: {country_name(facts.country)}"
