"""Every change of a case. Stages move through `cases.moves`; here stands what comes with each step."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.access.states import CASE_STAFF
from portal.audit.operations import record
from portal.common.clock import local_date
from portal.counselling.contacts import record_contact
from portal.counselling.states import ContactChannel, ContactKind, ContactOutcome
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import Sphere
from portal.overseas.abroad.left_for_fraud import look_into
from portal.overseas.cases import departures, notices
from portal.overseas.cases.aims import (
    EARLY,
    FURTHEST_DEPARTURE,
    Aim,
    checked_aim,
    insist_same_country,
    insist_to_come,
    planned_in,
    running_case,
)
from portal.overseas.cases.clocks import last_day
from portal.overseas.cases.moves import (
    Given,
    Taken,
    check,
    facts_for,
    lock,
    lock_opening,
    log,
    move,
    step_named,
)
from portal.overseas.cases.permissions import party_of
from portal.overseas.cases.queries import case_of_referral
from portal.overseas.cases.receiver_consents import note_sending
from portal.overseas.cases.stages import stages_of
from portal.overseas.cases.states import OWN_REASONS, WAITING_TO_LEAVE, ExitReason
from portal.overseas.cases.transitions import UNGIVEN, Facts, Need, Party
from portal.overseas.models import OverseasCase, Programme
from portal.overseas.programmes.queries import takes_cases
from portal.overseas.states import CaseState
from portal.reference.rules import on as rule_on
from portal.web.templating import show_date
from portal.workers.models import Worker

# Days of what has been done, told with a step; the end of a contract lies ahead.
HAPPENED = ("deposit_paid_on", "accepted_on", "list_submitted_on", "list_confirmed_on", "visa_filed_on")


def open_case(
    worker: Worker,
    aim: Aim,
    *,
    planned_departure: dt.date | None = None,
    actor: Account,
    now: dt.datetime,
) -> OverseasCase:
    """An adviser opens it and looks after it. A second press leads to the same case."""
    today = local_date(now)
    aim = checked_aim(worker, aim, today)
    insist_to_come(planned_departure, today)
    # Held until the end: two presses at once make one case.
    db.session.execute(select(Worker.id).where(Worker.id == worker.id).with_for_update())
    running = running_case(worker, aim)
    if running is not None:
        return running
    if aim.referral is not None and case_of_referral(aim.referral) is not None:
        raise Refused(
            _("Giới thiệu này đã có một hồ sơ, nay đã dừng. Muốn làm tiếp, hãy mở lại hồ sơ đó."), field="aim"
        )
    case = OverseasCase(
        worker=worker,
        opening=aim.opening,
        programme=aim.programme,
        referral=aim.referral,
        adviser=actor if actor.role in CASE_STAFF else None,
        planned_departure=planned_departure or planned_in(aim.opening, today),
        opened_by_id=actor.id,
        opened_at=now,
        updated_at=now,
    )
    with db.session.no_autoflush:
        step = step_named("open", Facts(None, {}, stages_of(case)), party_of(actor, worker, aim.opening))
        given = Given()
        passed = check(step, facts_for(case, step, on=today, needs=step.facts), given)
    db.session.add(case)
    db.session.flush()
    log(case, Taken(step, None, passed), given, actor=actor, now=now)
    notices.tell_stage(case, now=now)
    return case


def counsel(
    case: OverseasCase,
    given: Given,
    *,
    channel: ContactChannel = ContactChannel.DESK,
    actor: Account,
    now: dt.datetime,
) -> OverseasCase:
    """Also written down as a contact, so that nobody counts the same talk by hand."""
    move(case, "counsel", actor=actor, now=now, given=given)
    record_contact(
        case.worker,
        ContactKind.ABROAD,
        channel,
        ContactOutcome.INFORMED,
        actor=actor,
        now=now,
        note=given.note,
    )
    notices.tell_stage(case, now=now)
    return case


def take(
    case: OverseasCase,
    name: str,
    given: Given,
    *,
    details: dict[str, Any] | None = None,
    actor: Account,
    now: dt.datetime,
) -> OverseasCase:
    """A step that leads on and moves nothing elsewhere."""
    if given.date is not None:
        _not_ahead(given.date, now)
    for field in HAPPENED:
        if details and (day := details.get(field)) is not None:
            _not_ahead(day, now, field)
    move(case, name, actor=actor, now=now, given=given, details=details)
    notices.tell_stage(case, now=now)
    return case


def select_person(
    case: OverseasCase, given: Given, *, agreed_by: dt.date | None = None, actor: Account, now: dt.datetime
) -> OverseasCase:
    """Trúng tuyển: the days until departure begin. `agreed_by`: the sender's own promise, if sooner."""
    if given.date is None:
        raise Refused(UNGIVEN[Need.DATE], field="date")
    _not_ahead(given.date, now)
    _hold_opening(case)
    rule = rule_on(db.session, "case.departure_days", given.date)
    ends = [last_day(given.date, rule.whole)] if rule is not None else []
    if agreed_by is not None:
        if agreed_by < given.date:
            raise Invalid(_("Ngày cam kết xuất cảnh không thể trước ngày trúng tuyển."), field="agreed_by")
        ends.append(agreed_by)
    if not ends:
        raise Refused(
            _("Chưa biết quy định về thời gian chờ cho ngày này: hãy ghi ngày doanh nghiệp cam kết."),
            field="agreed_by",
        )
    by_rule = rule is not None and min(ends) != agreed_by
    source = rule.source if rule is not None and by_rule else _("Cam kết bằng văn bản của bên đưa đi")
    move(case, "select", actor=actor, now=now, given=given,
         stamps={"selected_on": given.date, "depart_by": min(ends), "depart_by_source": source})  # fmt: skip
    departures.selected(case, actor=actor, now=now)
    notices.tell_stage(case, now=now)
    return case


def extend(case: OverseasCase, given: Given, *, actor: Account, now: dt.datetime) -> OverseasCase:
    """The person agreed in writing to wait until a later day."""
    lock(case)
    if given.date is not None and given.date > local_date(now) + FURTHEST_DEPARTURE:
        raise Invalid(_("Hãy xem lại ngày này: còn xa quá."), field="date")
    if given.date is not None and case.depart_by is not None and given.date <= case.depart_by:
        raise Refused(
            _("Hạn mới phải sau hạn cũ, ngày %(day)s.", day=show_date(case.depart_by)), field="date"
        )
    source = _("Đồng ý chờ thêm bằng văn bản, ghi ngày %(day)s", day=show_date(local_date(now)))
    move(case, "extend", actor=actor, now=now, given=given,
         stamps={"depart_by": given.date, "depart_by_source": source})  # fmt: skip
    return case


def make_ready(
    case: OverseasCase, given: Given, *, flight: str = "", actor: Account, now: dt.datetime
) -> OverseasCase:
    """The day of the flight is known; the gates look at that day."""
    _hold_opening(case)
    if given.date is not None and given.date < local_date(now):
        raise Invalid(_("Ngày bay không thể đã qua. Đã đi rồi thì ghi “đã xuất cảnh”."), field="date")
    details = {"planned_departure": given.date, "flight": tidy_flight(flight) or case.flight}
    move(case, "make_ready", actor=actor, now=now, given=given, details=details)
    notices.tell_stage(case, now=now)
    return case


def depart(case: OverseasCase, given: Given, *, actor: Account, now: dt.datetime) -> OverseasCase:
    if given.date is None:
        raise Refused(UNGIVEN[Need.DATE], field="date")
    _not_ahead(given.date, now)
    _hold_opening(case)
    if case.contract_signed_on is not None and given.date < case.contract_signed_on:
        raise Refused(_("Ngày xuất cảnh không thể trước ngày ký hợp đồng."), field="date")
    move(case, "depart", actor=actor, now=now, given=given, stamps={"departed_on": given.date})
    departures.departed(case, given.date, actor=actor, now=now)
    notices.tell_stage(case, now=now)
    return case


def undo_depart(case: OverseasCase, given: Given, *, actor: Account, now: dt.datetime) -> OverseasCase:
    _hold_opening(case)
    move(case, "undo_depart", actor=actor, now=now, given=given)
    departures.not_departed(case, given.note, actor=actor, now=now)
    notices.tell_slip(case, CaseState.ABROAD, now=now)
    return case


def return_home(case: OverseasCase, given: Given, *, actor: Account, now: dt.datetime) -> OverseasCase:
    """The person is back in the country; how and why stands with what is known of their time abroad."""
    if given.date is None:
        raise Refused(UNGIVEN[Need.DATE], field="date")
    _not_ahead(given.date, now)
    lock(case)
    if case.departed_on is not None and given.date < case.departed_on:
        raise Refused(_("Ngày về nước không thể trước ngày xuất cảnh."), field="date")
    move(case, "return_home", actor=actor, now=now, given=given, stamps={"returned_on": given.date})
    return case


def settle(case: OverseasCase, given: Given, *, actor: Account, now: dt.datetime) -> OverseasCase:
    move(case, "settle", actor=actor, now=now, given=given)
    return case


def send_profile(
    case: OverseasCase, parts: Iterable[str], given: Given, *, actor: Account, now: dt.datetime
) -> OverseasCase:
    """Only on a consent that stands now; each sending is a row of its own."""
    move(case, "send_profile", actor=actor, now=now, given=given)
    note_sending(case, sorted(set(parts)), actor=actor, now=now)
    return case


# --- the end, and back -----------------------------------------------------------------------------------


def end(
    case: OverseasCase, given: Given, *, party: Party | None = None, actor: Account | None, now: dt.datetime
) -> OverseasCase:
    """With its cause. By the person themself the step is "withdraw", by nobody (`party` SYSTEM) "disown"."""
    _hold_opening(case)
    locked = lock(case)
    acts = party or party_of(actor, locked.worker, locked.opening)
    if acts is Party.PERSON and given.reason is not None and given.reason not in OWN_REASONS:
        raise Refused(UNGIVEN[Need.REASON], field="reason")
    names = {Party.PERSON: "withdraw", Party.SYSTEM: "disown"}
    before = locked.state
    move(case, names.get(acts, "end") if acts else "end", actor=actor, now=now, given=given, party=party)
    if before in WAITING_TO_LEAVE:
        departures.no_longer_selected(case, actor=actor, now=now)
    if given.reason is ExitReason.FRAUD_SUSPECTED:
        look_into(case, given.note, actor=actor, now=now)
    if acts is Party.STAFF:
        notices.tell_end(case, now=now)
    elif acts is Party.PERSON:
        notices.tell_adviser_of_leaving(case, now=now)
    return case


def withdraw(
    case: OverseasCase, reason: ExitReason, note: str, *, actor: Account, now: dt.datetime
) -> OverseasCase:
    return end(case, Given(reason=reason, note=note), actor=actor, now=now)


def reopen(case: OverseasCase, given: Given, *, actor: Account, now: dt.datetime) -> OverseasCase:
    _hold_opening(case)
    lock(case)
    if case.worker_id is not None and case.state is CaseState.ENDED:
        other = running_case(case.worker, Aim(case.opening, case.programme, case.referral))
        if other is not None:
            raise Refused(_("Người này đã có hồ sơ khác đang làm cho nơi này."))
    move(case, "reopen", actor=actor, now=now, given=given)
    if case.state in WAITING_TO_LEAVE:
        departures.selected(case, actor=actor, now=now)
    return case


def undo(case: OverseasCase, given: Given, *, actor: Account, now: dt.datetime) -> OverseasCase:
    """The last step was a slip."""
    _hold_opening(case)
    before = lock(case).state
    move(case, "undo", actor=actor, now=now, given=given)
    notices.tell_slip(case, before, now=now)
    if before is CaseState.SELECTED:
        departures.no_longer_selected(case, actor=actor, now=now)
    return case


# --- the plan --------------------------------------------------------------------------------------------


def plan(
    case: OverseasCase,
    *,
    planned_departure: dt.date | None,
    flight: str,
    opening: Opening | None,
    programme: Programme | None = None,
    actor: Account,
    now: dt.datetime,
) -> OverseasCase:
    """When and on which flight; which opening and which programme, until the person has been nominated."""
    locked = _by_staff(case, actor)
    insist_to_come(planned_departure, local_date(now), locked.planned_departure)
    if opening is not None and opening.id != locked.opening_id:
        _choose_opening(locked, opening)
    if programme is not None and programme.id != locked.programme_id:
        _choose_programme(locked, programme, local_date(now))
    locked.planned_departure, locked.flight, locked.updated_at = planned_departure, tidy_flight(flight), now
    db.session.flush()
    record("case.planned", locked, actor=actor, now=now, opening_id=locked.opening_id)
    return locked


def _choose_opening(case: OverseasCase, opening: Opening) -> None:
    if opening.sphere is not Sphere.OVERSEAS:
        raise Refused(_("Việc này ở trong nước."), field="opening")
    if case.state not in EARLY or case.referral_id is not None:
        raise Refused(_("Đã giới thiệu dự tuyển rồi, không đổi đơn hàng được nữa."), field="opening")
    if case.programme is not None:
        insist_same_country(case.programme, opening, field="opening")
    if running_case(case.worker, Aim(opening)) is not None:
        raise Refused(_("Người này đã có hồ sơ khác đang làm cho nơi này."), field="opening")
    case.opening = opening


def _choose_programme(case: OverseasCase, programme: Programme, on: dt.date) -> None:
    """Once: its requirements, papers and stages count from here on."""
    if case.programme_id is not None or case.state not in EARLY:
        raise Refused(_("Hồ sơ này không đổi chương trình được nữa."), field="programme")
    if not takes_cases(programme, on):
        raise Refused(_("Chương trình này hiện không tuyển ở tỉnh ta."), field="programme")
    if case.opening is not None:
        insist_same_country(programme, case.opening, field="programme")
    case.programme = programme


def hand_over(case: OverseasCase, to: Account | None, *, actor: Account, now: dt.datetime) -> OverseasCase:
    locked = _by_staff(case, actor)
    if to is None or not to.is_enabled or to.role not in CASE_STAFF:
        raise Refused(_("Hãy chọn một tư vấn viên đang làm việc."), field="to")
    before, locked.adviser = locked.adviser_id, to
    locked.updated_at = now
    db.session.flush()
    record("case.handed_over", locked, actor=actor, now=now, before=before, after=to.id)
    return locked


def tidy_flight(text: str) -> str:
    """One word for one flight, however it is typed: "vn310" and "VN  310" are VN 310."""
    typed = "".join(text.upper().split())
    number = re.fullmatch(r"([A-Z0-9][A-Z]|[A-Z][0-9])([0-9]{1,4})", typed)
    return " ".join(number.groups() if number else text.upper().split())[:40]


def _by_staff(case: OverseasCase, actor: Account) -> OverseasCase:
    if actor.role not in CASE_STAFF:
        raise NotAllowed
    return lock(case)


def _hold_opening(case: OverseasCase) -> None:
    if case.opening is not None:
        lock_opening(case.opening)


def _not_ahead(day: dt.date, now: dt.datetime, field: str = "date") -> None:
    if day > local_date(now):
        raise Refused(_("Ngày này không thể sau hôm nay."), field=field)
