"""May the profile go to a receiver abroad? Its own consent, naming the receiver and the country."""

import csv
import datetime as dt
from functools import lru_cache
from pathlib import Path

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.overseas.cases.document_queries import papers_of
from portal.overseas.cases.models import ProfileSending, ReceiverConsent
from portal.overseas.cases.moves import lock
from portal.overseas.cases.permissions import party_in
from portal.overseas.cases.states import BEFORE_DEPARTURE, DocumentKind, DocumentState
from portal.overseas.cases.transitions import Party
from portal.overseas.models import OverseasCase
from portal.reference.countries import country_name, is_country, names
from portal.workers.states import ConsentChannel

FILE = Path(__file__).parents[1] / "data" / "consents.csv"
# The particulars, among the parts of a sending.
PROFILE = "profile"
# Body, courts, family and purse: an embassy may ask the person for them, a receiver gets none from us.
KEPT_BACK = {
    DocumentKind.HEALTH_CERTIFICATE,
    DocumentKind.JUDICIAL_RECORD,
    DocumentKind.FAMILY_COMMITMENT,
    DocumentKind.SUPPORT_PROOF,
    DocumentKind.DEPOSIT_RECEIPT,
    DocumentKind.OTHER,
}


@lru_cache(maxsize=1)
def _newest() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return max(csv.DictReader(file), key=lambda row: row["version"])


def sentence(receiver: str, country: str) -> str:
    """What is shown or read out, in the language of the page."""
    locale = get_locale()
    language = "en" if locale is not None and locale.language == "en" else "vi"
    said = _newest()[f"sentence_{language}"]
    # Not format(): a name may hold braces.
    return said.replace("{country}", names(language).get(country, country)).replace("{receiver}", receiver)


def receiver_of(case: OverseasCase) -> str:
    """Whom the opening names; "" where nobody has been named yet."""
    terms = case.opening.overseas if case.opening is not None else None
    return terms.receiver if terms is not None else ""


def consents_of(case: OverseasCase) -> list[ReceiverConsent]:
    """Newest first; withdrawn ones too."""
    query = select(ReceiverConsent).where(ReceiverConsent.case_id == case.id)
    return list(db.session.scalars(query.order_by(ReceiverConsent.id.desc())))


def standing_consent(case: OverseasCase) -> ReceiverConsent | None:
    """The one that covers where this case leads now: another receiver or country is another consent."""
    named, country = receiver_of(case), case.country
    for consent in consents_of(case):
        fits = (not named or consent.receiver == named) and (not country or consent.country == country)
        if consent.withdrawn_at is None and fits:
            return consent
    return None


def give(
    case: OverseasCase,
    receiver: str,
    country: str,
    *,
    channel: ConsentChannel,
    actor: Account | None,
    now: dt.datetime,
) -> ReceiverConsent:
    """The person online, or staff who asked them and say how. The same consent given twice is one."""
    taken_by = _who_takes(case, channel, actor)
    receiver, country = receiver_of(case) or receiver.strip(), case.country or country
    if not receiver:
        raise Invalid(_("Hãy ghi tên bên nhận ở nước ngoài."), field="receiver")
    if not is_country(country):
        raise Invalid(_("Hãy chọn nước."), field="country")
    # Two presses at once give one consent.
    if lock(case).state not in BEFORE_DEPARTURE:
        raise Refused(_("Hồ sơ này đã dừng, hoặc người này đã đi: không hỏi điều này nữa."), field="receiver")
    standing = standing_consent(case)
    if standing is not None:
        if (standing.receiver, standing.country) == (receiver, country):
            return standing
        standing.withdrawn_at = now
    consent = ReceiverConsent(
        case_id=case.id,
        receiver=receiver,
        country=country,
        text_version=_newest()["version"],
        sentence=sentence(receiver, country),
        channel=channel,
        taken_by_id=taken_by.id if taken_by is not None else None,
        given_at=now,
    )
    db.session.add(consent)
    db.session.flush()
    record("receiver_consent.given", case, actor=actor, now=now, consent_id=consent.id, channel=channel.value)
    return consent


def withdraw(case: OverseasCase, *, actor: Account | None, now: dt.datetime) -> None:
    """Effective at once: nothing more is sent. What was sent before stays on record."""
    if party_in(case, actor) not in (Party.PERSON, Party.STAFF):
        raise NotAllowed
    lock(case)
    standing = [one for one in consents_of(case) if one.withdrawn_at is None]
    for consent in standing:
        consent.withdrawn_at = now
        record("receiver_consent.withdrawn", case, actor=actor, now=now, consent_id=consent.id)
    db.session.flush()


def sendings_of(case: OverseasCase) -> list[ProfileSending]:
    query = select(ProfileSending).where(ProfileSending.case_id == case.id)
    return list(db.session.scalars(query.order_by(ProfileSending.id.desc())))


def sendable_kinds(case: OverseasCase) -> list[DocumentKind]:
    """Papers that were checked, without those that are nobody's business abroad."""
    checked = {paper.kind for paper in papers_of(case) if paper.state is DocumentState.CHECKED}
    return [kind for kind in DocumentKind if kind in checked - KEPT_BACK]


def note_sending(case: OverseasCase, parts: list[str], *, actor: Account, now: dt.datetime) -> ProfileSending:
    """Called once the step has been allowed: the consent stands."""
    if not parts or not set(parts) <= {PROFILE, *sendable_kinds(case)}:
        raise Invalid(_("Chỉ ghi được những giấy có trong danh sách này."), field="parts")
    consent = standing_consent(case)
    if consent is None:
        raise Refused(_("Người này chưa đồng ý gửi hồ sơ cho bên nhận ở nước ngoài, hoặc đã rút lại."))
    last = next(iter(sendings_of(case)), None)
    same_day = last is not None and local_date(last.sent_at) == local_date(now)
    if last is not None and same_day and last.consent_id == consent.id and last.parts == parts:
        raise Refused(_("Hôm nay đã ghi lần gửi này rồi."))
    sending = ProfileSending(
        case_id=case.id, consent_id=consent.id, parts=parts, sent_by_id=actor.id, sent_at=now
    )
    db.session.add(sending)
    db.session.flush()
    record("case.profile_sent_abroad", case, actor=actor, now=now, consent_id=consent.id, parts=parts)
    return sending


def _who_takes(case: OverseasCase, channel: ConsentChannel, actor: Account | None) -> Account | None:
    """Online a person consents alone; at the desk, on the phone and on paper a member of staff takes it."""
    party = party_in(case, actor)
    if (channel is ConsentChannel.ONLINE) != (party is Party.PERSON):
        raise NotAllowed
    if party not in (Party.PERSON, Party.STAFF):
        raise NotAllowed
    return actor if party is Party.STAFF else None


def place_words(consent: ReceiverConsent) -> str:
    return f"{consent.receiver}, {country_name(consent.country)}"
