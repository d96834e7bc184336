"""Every word of somebody abroad: well, call me, help. One press is enough; the rest may be told after it."""

import datetime as dt
import json
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, or_, select, update

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.common.secrets import seal, unseal
from portal.errors import Refused
from portal.extensions import db
from portal.overseas.abroad.family_models import FamilyContact
from portal.overseas.abroad.incident_acts import change_kind, say_more, write_step
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incident_words import Words
from portal.overseas.abroad.incident_words import words_of as words_of_incident
from portal.overseas.abroad.incidents import Told, open_incident, tell_owner
from portal.overseas.abroad.models import CheckIn, DueContact, Stay
from portal.overseas.abroad.states import (
    MEANS,
    TO_LOOK_AT,
    Answer,
    CallWindow,
    Trouble,
    WageSaid,
    WordBy,
    WorkSaid,
)
from portal.overseas.pressed_twice import SAME_PRESS
from portal.overseas.states import (
    RESTRICTED_KINDS,
    IncidentKind,
    IncidentState,
    IncidentStepName,
    Severity,
)
from portal.reference.calendar import load_calendar
from portal.workers.permissions import insist_case_staff

# Help called for again within this time is the same matter, unless it was settled meanwhile.
SAME = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What goes along with an answer; all of it may stay open."""

    wage: WageSaid | None = None
    work: WorkSaid | None = None
    call_window: CallWindow | None = None
    words: str = ""
    reach: str = ""


NOTHING_MORE = Said()


def check_in(
    stay: Stay,
    answer: Answer,
    *,
    by: WordBy = WordBy.LINK,
    said: Said = NOTHING_MORE,
    trouble: Trouble | None = None,
    taken_by: Account | None = None,
    now: dt.datetime,
) -> CheckIn:
    """A call for help becomes an incident at once; pressed twice it stays one."""
    if stay.ended_on is not None:
        raise Refused(_("Người này đã về nước."))
    if by is WordBy.LINK:
        # Two presses at once: the second waits until the first is written.
        db.session.execute(select(Stay.id).where(Stay.id == stay.id).with_for_update())
        again = _same_word(stay, answer, now)
        if again is not None:
            return again
    else:
        insist_case_staff(taken_by)
        if by is WordBy.FAMILY and not _has_family_contact(stay):
            raise Refused(_("Người này chưa đồng ý cho Trung tâm liên hệ người nhà nào."))
        again = _sent_twice(stay, answer, by, said, taken_by, now)
        if again is not None:
            return again
    word = CheckIn(
        stay_id=stay.id,
        at=now,
        answer=answer,
        word_by=by,
        taken_by_id=None if taken_by is None else taken_by.id,
    )
    db.session.add(word)
    db.session.flush()
    _answer_dues(stay, now)
    if answer is Answer.HELP:
        called = _called_before(word, now) if by is WordBy.LINK else None
        word.incident_id = (called or _call_for_help(stay, said, trouble, taken_by, now)).id
    record("check_in.made", stay, actor=taken_by, now=now, answer=answer.value, by=by.value)
    tell_with(word, said, now=now)
    return word


def more_may_be_told(word: CheckIn, now: dt.datetime) -> bool:
    """Until then the page after the press is shown; later nobody reads from it what was pressed."""
    return word.at > now - dt.timedelta(minutes=current_app.config["CHECK_IN_MORE_MINUTES"])


def _same_word(stay: Stay, answer: Answer, now: dt.datetime) -> CheckIn | None:
    """Pressed twice by a hand that trembles. What somebody has seen to meanwhile is another word."""
    last = db.session.scalars(
        _by_link(stay, answer).where(CheckIn.looked_at.is_(None), _is_not_settled())
    ).first()
    return last if last is not None and more_may_be_told(last, now) else None


def _called_before(word: CheckIn, now: dt.datetime) -> Incident | None:
    """The open incident of a call for help not long ago; its owner learns that the person called again."""
    last = db.session.scalars(
        _by_link(word.stay, Answer.HELP).where(
            CheckIn.id != word.id,
            CheckIn.at > now - SAME,
            CheckIn.incident_id.is_not(None),
            _is_not_settled(),
        )
    ).first()
    if last is None or last.incident is None:
        return None
    with force_locale("vi"):
        again = _("Bấm “Tôi cần giúp” lần nữa.")
    write_step(last.incident, IncidentStepName.TOLD, again, actor=None, now=now)
    tell_owner(last.incident, by=None, now=now)
    return last.incident


def _by_link(stay: Stay, answer: Answer) -> Select[CheckIn]:
    """Newest first."""
    return (
        select(CheckIn)
        .outerjoin(Incident, Incident.id == CheckIn.incident_id)
        .where(CheckIn.stay_id == stay.id, CheckIn.answer == answer, CheckIn.word_by == WordBy.LINK)
        .order_by(CheckIn.id.desc())
        .limit(1)
    )


def _is_not_settled() -> ColumnElement[bool]:
    return or_(CheckIn.incident_id.is_(None), Incident.state != IncidentState.CLOSED)


def _call_for_help(
    stay: Stay, said: Said, trouble: Trouble | None, taken_by: Account | None, now: dt.datetime
) -> Incident:
    kind, severity = MEANS[trouble] if trouble is not None else (IncidentKind.OTHER, Severity.URGENT)
    told = Told(kind, severity, said.words, phone=said.reach)
    return open_incident(told, case=stay.case, actor=taken_by, now=now)


def _sent_twice(
    stay: Stay, answer: Answer, by: WordBy, said: Said, taken_by: Account | None, now: dt.datetime
) -> CheckIn | None:
    """One of the staff wrote the same word down a moment ago. A call for help stands with its incident."""
    just_written = select(CheckIn).where(
        CheckIn.stay_id == stay.id,
        CheckIn.answer == answer,
        CheckIn.word_by == by,
        CheckIn.taken_by_id == (None if taken_by is None else taken_by.id),
        CheckIn.at > now - SAME_PRESS,
    )
    for word in db.session.scalars(just_written):
        incident = db.session.get(Incident, word.incident_id) if word.incident_id is not None else None
        words = words_of(word)[0] if incident is None else words_of_incident(incident).text
        if words == said.words and (word.wage, word.work) == (said.wage, said.work):
            return word
    return None


def _has_family_contact(stay: Stay) -> bool:
    live = exists().where(FamilyContact.case_id == stay.case_id, FamilyContact.withdrawn_at.is_(None))
    return bool(db.session.scalar(select(live)))


def _answer_dues(stay: Stay, now: dt.datetime) -> None:
    """Whoever was asked and has given a word, whatever it is, has answered."""
    waiting = (
        DueContact.stay_id == stay.id,
        DueContact.done_at.is_(None),
        DueContact.due_on <= local_date(now),
    )
    db.session.execute(update(DueContact).where(*waiting).values(done_at=now))


def tell_with(word: CheckIn, said: Said, *, now: dt.datetime) -> None:
    """What was said beside the answer. Told again, the newest answer stands, every word stays, and who had to
    look still has to: whoever else holds the phone takes nothing back."""
    word.wage, word.work = said.wage or word.wage, said.work or word.work
    word.call_window = said.call_window or word.call_window
    if said.words or said.reach:
        _keep_words(word, said, now)
    if word.looked_at is None:
        word.look_by = _look_by(word, now) or word.look_by
    db.session.flush()


def _keep_words(word: CheckIn, said: Said, now: dt.datetime) -> None:
    if word.incident_id is None:
        words, reach = words_of(word)
        both = [_joined("\n", words, said.words), _joined(", ", reach, said.reach)]
        word.words_sealed = seal(_key(), json.dumps(both), _bound(word))
    else:
        say_more(_held_incident(word), Words(said.words, phone=said.reach), now=now)


def tell_more(word: CheckIn, said: Said, *, now: dt.datetime) -> CheckIn:
    """By the link, after "I am well" and "call me". Once somebody has seen to the word it is one of its own,
    else nobody would read it; returned is the one it belongs to.
    """
    settled = word.incident is not None and word.incident.state is IncidentState.CLOSED
    if settled or word.looked_at is not None:
        word = check_in(word.stay, word.answer, now=now)
    tell_with(word, said, now=now)
    return word


def _joined(between: str, *texts: str) -> str:
    return between.join(dict.fromkeys(text for text in texts if text))


def _look_by(word: CheckIn, now: dt.datetime) -> dt.date | None:
    if word.answer is Answer.HELP:
        # The incident has a day of its own.
        return None
    if word.answer is Answer.CALL:
        days = current_app.config["CHECK_IN_CALL_DAYS"]
    elif word.wage in TO_LOOK_AT or word.work in TO_LOOK_AT:
        days = current_app.config["CHECK_IN_LOOK_DAYS"]
    else:
        return None
    return load_calendar(db.session).add_working_days(local_date(now), days)


def tell_trouble(word: CheckIn, trouble: Trouble | None, said: Said, *, now: dt.datetime) -> CheckIn:
    """What has happened, in the person's own words: kind and deadline of the incident follow. Once that was
    settled it is a call of its own; returned is the word it belongs to.
    """
    incident = _held_incident(word)
    if incident.state is IncidentState.CLOSED:
        word = check_in(word.stay, Answer.HELP, now=now)
        incident = _held_incident(word)
    word.call_window = said.call_window or word.call_window
    if trouble is not None:
        _tell_kind(incident, trouble, now=now)
    say_more(incident, Words(said.words, phone=said.reach), now=now)
    if incident.is_restricted:
        write_step(incident, IncidentStepName.LINES_SHOWN, "", actor=None, now=now)
    return word


def _held_incident(word: CheckIn) -> Incident:
    found = db.session.get(Incident, word.incident_id, with_for_update=True) if word.incident_id else None
    if found is None:
        raise Refused(_("Hãy bấm “Tôi cần giúp” trước."))
    return found


def _tell_kind(incident: Incident, trouble: Trouble, *, now: dt.datetime) -> None:
    """Once something was told, only staff make less of it: whoever harms them may hold the phone, too."""
    kind, severity = MEANS[trouble]
    known = incident.kind is not IncidentKind.OTHER
    order = list(Severity)
    milder = order.index(severity) > order.index(incident.severity)
    safer = incident.kind in RESTRICTED_KINDS and kind not in RESTRICTED_KINDS
    if known and (milder or safer):
        write_step(incident, IncidentStepName.TOLD, str(trouble.label), actor=None, now=now)
        return
    change_kind(incident, kind, severity, actor=None, now=now)


def words_of(word: CheckIn) -> tuple[str, str]:
    """(words, number). Who shows them records the look."""
    if word.words_sealed is None:
        return "", ""
    words, reach = json.loads(unseal(_key(), word.words_sealed, _bound(word)))
    return words, reach


def looked_at(word: CheckIn, *, actor: Account, now: dt.datetime) -> None:
    """Called, or seen to: it leaves the adviser's day."""
    insist_case_staff(actor)
    if word.look_by is None or word.looked_at is not None:
        raise Refused(_("Tin này đã có người xem rồi."))
    word.looked_at, word.looked_by_id = now, actor.id
    db.session.flush()
    record("check_in.looked_at", word, actor=actor, now=now)


def open_from(
    word: CheckIn, kind: IncidentKind, severity: Severity, *, actor: Account, now: dt.datetime
) -> Incident:
    """An adviser makes an incident of what was said: a person decides, not the wage of one answer."""
    insist_case_staff(actor)
    if word.incident_id is not None:
        raise Refused(_("Tin này đã có sự việc rồi."))
    words, reach = words_of(word)
    incident = open_incident(
        Told(kind, severity, words, phone=reach), case=word.stay.case, actor=actor, now=now
    )
    word.incident_id = incident.id
    word.words_sealed = None
    if word.look_by is not None and word.looked_at is None:
        word.looked_at, word.looked_by_id = now, actor.id
    db.session.flush()
    return incident


def not_reached(due: DueContact, *, actor: Account, now: dt.datetime) -> None:
    insist_case_staff(actor)
    if due.done_at is not None:
        raise Refused(_("Lần hỏi thăm này đã có tin rồi."))
    due.tries += 1
    due.last_try_at = now
    db.session.flush()
    record("check_in.not_reached", due, actor=actor, now=now, tries=due.tries)


def _key() -> bytes:
    key: bytes = current_app.config["SEAL_KEY"]
    return key


def _bound(word: CheckIn) -> str:
    return f"check_in:{word.id}"
