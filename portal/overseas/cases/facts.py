"""What the case itself knows of the person, the opening and the sender, for the gates."""

import datetime as dt
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import exists, select

from portal.extensions import db
from portal.openings.models import Opening
from portal.organisations.models import MarketPermission
from portal.organisations.states import LicenceStatus
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.incidents import Incidents
from portal.overseas.cases.gates import Question, register
from portal.overseas.cases.receiver_consents import standing_consent
from portal.overseas.cases.states import FinanceWay
from portal.overseas.cases.transitions import Missing, Need
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState, IncidentKind, ProgrammeChannel
from portal.reference.countries import country_name
from portal.reference.rules import on as rule_on
from portal.referrals.facts import takes_people
from portal.referrals.states import WAITING_STATES, ReferralState
from portal.web.templating import show_date, show_money
from portal.workers.queries import live_purposes
from portal.workers.rules import ADULT_AGE, MATCHING_PURPOSES, age_on
from portal.workers.states import Purpose, WorkerState

Found = Iterator[Missing]
LICENSED = "Luật 69/2020/QH14 Điều 8, Điều 10"
APPROVED = "Luật 69/2020/QH14 Điều 20"
NOT_MORE = "Nghị định 283/2026/NĐ-CP Điều 49 khoản 7"
LETTERED = (ReferralState.REFERRED, ReferralState.INTERVIEW, ReferralState.HIRED, ReferralState.PLACED)
# While one of these is open, nobody is led a step further into it.
UNSAFE = (IncidentKind.OVERCHARGED, IncidentKind.FRAUD, IncidentKind.TRAFFICKING)


# --- the person ------------------------------------------------------------------------------------------


def is_live(asked: Question) -> Found:
    if asked.case.worker.state not in (WorkerState.ACTIVE, WorkerState.PAUSED):
        yield Missing(_("Hồ sơ người này chưa đăng ký xong hoặc không còn dùng."))


def may_be_matched(asked: Question) -> Found:
    if not live_purposes(asked.case.worker).intersection(MATCHING_PURPOSES):
        yield Missing(_("Người này chưa đồng ý để Trung tâm tìm việc phù hợp, hoặc đã rút lại."))


def is_of_age(asked: Question) -> Found:
    """On the planned day of departure, and at the last on that of the flight itself. A child is never sent,
    whatever is known of the rule.
    """
    case, worker = asked.case, asked.case.worker
    leaves = asked.step.target in (CaseState.READY, CaseState.ABROAD)
    day = asked.on if leaves else max(asked.on, case.planned_departure or asked.on)
    rule = rule_on(db.session, "overseas.min_age", day)
    least = rule.whole if rule is not None and rule.number is not None else ADULT_AGE
    age = age_on(worker.birth_date, worker.birth_year, day)
    if age is None:
        yield Missing(_("Chưa biết ngày sinh của người này."))
    elif age < least:
        yield Missing(
            _("Người này chưa đủ %(n)s tuổi vào ngày %(day)s.", n=least, day=show_date(day)),
            rule.source if rule is not None else "",
        )


def has_adviser(asked: Question) -> Found:
    adviser = asked.case.adviser
    if adviser is None or not adviser.is_enabled:
        yield Missing(_("Chưa có tư vấn viên nào lo hồ sơ này."))


def shares_profile(asked: Question) -> Found:
    if Purpose.SHARING not in live_purposes(asked.case.worker):
        yield Missing(_("Người này chưa đồng ý cho nơi tuyển dụng xem hồ sơ, hoặc đã rút lại."))


def consents_to_receiver(asked: Question) -> Found:
    if standing_consent(asked.case) is None:
        yield Missing(
            _("Người này chưa đồng ý gửi hồ sơ cho bên nhận ở nước ngoài, hoặc đã rút lại. Hãy hỏi rồi ghi."),
            "Luật 91/2025/QH15 Điều 9",
        )


def is_safe(asked: Question) -> Found:
    open_ones = Incidents().concerning(asked.case).open().where(Incident.kind.in_(UNSAFE))
    found = db.session.execute(
        open_ones.query.with_only_columns(Incident.kind, Incident.is_restricted).order_by(Incident.id)
    )
    for kind, is_restricted in dict.fromkeys((row.kind, row.is_restricted) for row in found):
        if is_restricted:
            # That it is there is known to its owner and the leaders; what it is, to nobody else.
            yield Missing(
                _("Có một sự việc đang được lo riêng. Hãy hỏi lãnh đạo Trung tâm trước khi đi tiếp.")
            )
        else:
            yield Missing(_("Có sự việc chưa giải quyết xong: %(kind)s.", kind=kind.label))


# --- where to, and by whom -------------------------------------------------------------------------------


def by_sender(case: OverseasCase) -> bool:
    """A licensed enterprise sends; else an authority does, which has neither licence nor supply contract."""
    if case.opening is not None:
        return True
    return case.programme is None or case.programme.channel is ProgrammeChannel.SENDER


def has_opening(asked: Question) -> Found:
    case = asked.case
    if case.opening is None and by_sender(case):
        yield Missing(_("Chưa chọn đơn hàng. Hãy chọn một tin tuyển ở nước ngoài trong phần “Kế hoạch”."))


def referral_stands(asked: Question) -> Found:
    """To be nominated is to be referred: the letter says so to the sender."""
    referral = asked.case.referral
    if referral is None or referral.state in LETTERED:
        return
    if referral.state in WAITING_STATES:
        yield Missing(_("Chưa cấp giấy giới thiệu cho người này."))
    else:
        yield Missing(_("Giới thiệu của người này đã dừng: %(state)s.", state=referral.state.label))


def is_taking(asked: Question) -> Found:
    case = asked.case
    if case.opening is None or _already_hired(case):
        return
    if not takes_people(case.opening, asked.on):
        yield Missing(_("Đơn hàng này không còn nhận người."))


def _already_hired(case: OverseasCase) -> bool:
    """This person's own place is why the opening may be full."""
    return case.referral is not None and case.referral.state in (ReferralState.HIRED, ReferralState.PLACED)


def is_licensed(asked: Question) -> Found:
    opening = asked.case.opening
    if opening is None:
        return
    sender, day = opening.organisation, asked.on
    ended = sender.licence_valid_to is not None and sender.licence_valid_to < day
    if sender.licence_status is not LicenceStatus.VALID or ended:
        yield Missing(
            _("Giấy phép của %(name)s không còn giá trị hoặc chưa xác minh.", name=sender.name), LICENSED
        )
    elif not _may_send_to(opening, day):
        yield Missing(
            _(
                "Chưa thấy %(name)s được phép đưa người đi %(country)s vào ngày %(day)s.",
                name=sender.name,
                country=country_name(opening.country),
                day=show_date(day),
            ),
            LICENSED,
            passable=True,
        )


def _may_send_to(opening: Opening, day: dt.date) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    MarketPermission.organisation_id == opening.organisation_id,
                    MarketPermission.country == opening.country,
                    MarketPermission.valid_from <= day,
                    MarketPermission.valid_to.is_(None) | (MarketPermission.valid_to >= day),
                )
            )
        )
    )


def supply_is_approved(asked: Question) -> Found:
    opening = asked.case.opening
    if opening is None:
        return
    terms = opening.overseas
    if terms is None or not terms.approval_number:
        yield Missing(_("Hợp đồng cung ứng lao động chưa có số văn bản chấp thuận."), APPROVED)
    elif terms.approval_date is not None and terms.approval_date > asked.on:
        yield Missing(
            _(
                "Hợp đồng cung ứng lao động được chấp thuận ngày %(day)s, sau ngày của bước này.",
                day=show_date(terms.approval_date),
            ),
            APPROVED,
        )


def has_place_left(asked: Question) -> Found:
    """Never more people than were approved."""
    opening = asked.case.opening
    if opening is None or opening.overseas is None:
        return
    approved, departed = opening.overseas.approved_quantity, opening.overseas.departed_quantity
    if approved is None:
        yield Missing(_("Chưa biết số lao động được chấp thuận của đơn hàng này."), NOT_MORE, passable=True)
    elif departed >= approved:
        yield Missing(
            _("Đã đủ số lao động được chấp thuận: %(departed)s trên %(approved)s.", departed=departed,
              approved=approved),
            NOT_MORE,
        )  # fmt: skip


# --- the contract ----------------------------------------------------------------------------------------


def is_signed(asked: Question) -> Found:
    case = asked.case
    if not case.contract_number:
        yield Missing(_("Hãy ghi số hợp đồng."))
    signed, selected = case.contract_signed_on, case.selected_on
    if signed is not None and selected is not None and signed < selected:
        yield Missing(_("Ngày ký hợp đồng không thể trước ngày trúng tuyển."))
    if signed is not None and case.contract_ends_on is not None and case.contract_ends_on <= signed:
        yield Missing(_("Ngày hết hợp đồng phải sau ngày ký."))


def fee_is_stated(asked: Question) -> Found:
    """Not more than the opening states, which is checked against the law before it is published."""
    case = asked.case
    if case.service_fee_vnd is None:
        yield Missing(_("Hãy ghi tiền dịch vụ theo hợp đồng; không phải nộp thì ghi 0."))
        return
    if not by_sender(case):
        if case.service_fee_vnd:
            yield Missing(_("Chương trình do nhà nước đưa đi không thu tiền dịch vụ."))
        return
    stated = case.opening.overseas.service_fee_vnd if case.opening and case.opening.overseas else None
    if stated is not None and case.service_fee_vnd > stated:
        yield Missing(
            _(
                "Tiền dịch vụ trong hợp đồng (%(fee)s) cao hơn mức đã đăng trong tin (%(stated)s).",
                fee=show_money(case.service_fee_vnd),
                stated=show_money(stated),
            ),
            "Luật 69/2020/QH14 Điều 23",
        )


def money_is_arranged(asked: Question) -> Found:
    case = asked.case
    if case.finance_way is None:
        yield Missing(_("Hãy chọn cách lo tiền."))
    elif case.finance_way is FinanceWay.NOTHING and (case.service_fee_vnd or case.deposit_vnd):
        yield Missing(
            _(
                "Hồ sơ có khoản phải nộp (%(sum)s): hãy chọn gia đình tự lo hoặc vay ngân hàng.",
                sum=show_money((case.service_fee_vnd or 0) + (case.deposit_vnd or 0)),
            )
        )


for need, check in (
    (Need.LIVE, is_live), (Need.MATCHING, may_be_matched), (Need.ADULT, is_of_age),
    (Need.ADVISER, has_adviser), (Need.SHARING, shares_profile), (Need.RECEIVER, consents_to_receiver),
    (Need.SAFE, is_safe), (Need.OPENING, has_opening), (Need.OPENING, referral_stands),
    (Need.TAKING, is_taking), (Need.LICENCE, is_licensed), (Need.SUPPLY, supply_is_approved),
    (Need.QUANTITY, has_place_left), (Need.CONTRACT, is_signed), (Need.FEE, fee_is_stated),
    (Need.MONEY, money_is_arranged),
):  # fmt: skip
    register(need, check)
