"""What the papers and the calendar of a case know, for the gates: documents, list, deposit, fund, days."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from portal.extensions import db
from portal.overseas.cases.clocks import days_before
from portal.overseas.cases.document_models import CaseDocument
from portal.overseas.cases.document_queries import papers_of
from portal.overseas.cases.documents_needed import Fault, Finding, current, due_by, look, needed_in
from portal.overseas.cases.gates import Question, register
from portal.overseas.cases.states import DocumentKind, DocumentState
from portal.overseas.cases.transitions import Missing, Need
from portal.overseas.models import OverseasCase
from portal.reference.calendar import load_calendar
from portal.reference.rules import RuleValue
from portal.reference.rules import on as rule_on
from portal.referrals.deadlines import add_months
from portal.web.templating import show_date, show_money

Found = Iterator[Missing]
NOT_ABOVE = "Luật 69/2020/QH14 Điều 25"


def unknown(about: str, day: dt.date) -> Missing:
    return Missing(
        _("Chưa biết quy định về %(about)s cho ngày %(day)s: hỏi lãnh đạo Trung tâm.", about=about,
          day=show_date(day)),
        passable=True,
    )  # fmt: skip


def resting_on(rule: RuleValue, sentence: Any) -> Missing:
    """Nobody is stopped for good by a rule that nobody has verified."""
    return Missing(sentence, rule.source, passable=not rule.verified)


# --- documents -------------------------------------------------------------------------------------------


def papers_are_in_order(asked: Question) -> Found:
    """Every paper needed by the stage the step leads to is there, checked, and valid on that day."""
    if asked.step.target is None:
        return
    papers = papers_of(asked.case)
    needed = due_by(needed_in(asked.case), asked.step.target)
    for finding in look(needed, papers, asked.on):
        if finding.fault is not None:
            needs = finding.needed
            yield Missing(sentence_for(finding), needs.source, passable=not needs.certain)
    yield from _passport_lasts(asked, papers)


def sentence_for(finding: Finding) -> str:
    name = str(finding.needed.kind.label)
    if finding.fault is Fault.ABSENT:
        return str(_("Còn thiếu: %(name)s.", name=name))
    if finding.fault is Fault.RETURNED:
        return str(_("Phải nộp lại: %(name)s (%(reason)s).", name=name, reason=finding.reason))
    if finding.fault is Fault.EXPIRED:
        return str(_("Hết hạn ngày %(day)s: %(name)s.", name=name, day=show_date(finding.expires_on)))
    if finding.fault is Fault.UNDATED:
        return str(_("Chưa ghi ngày hết hạn: %(name)s.", name=name))
    return str(_("Chưa ai kiểm tra: %(name)s.", name=name))


def _passport_lasts(asked: Question, papers: list[CaseDocument]) -> Found:
    """A further time beyond the departure, as the countries ask: known by custom alone."""
    passport = current(papers).get(DocumentKind.PASSPORT)
    day = asked.case.planned_departure or asked.on
    rule = rule_on(db.session, "case.passport_months_left", day)
    if passport is None or passport.expires_on is None or rule is None:
        return
    until = add_months(day, rule.whole)
    if asked.on <= passport.expires_on < until:
        yield resting_on(
            rule,
            _("Hộ chiếu hết hạn ngày %(day)s; nhiều nước đòi còn hạn đến sau ngày %(until)s.",
              day=show_date(passport.expires_on), until=show_date(until)),
        )  # fmt: skip


# --- the list that the ministry confirms -----------------------------------------------------------------


def list_rule(case: OverseasCase, day: dt.date) -> RuleValue | None:
    """The rule for this country, else for this class of work; None where no list is asked for."""
    terms = case.opening.overseas if case.opening is not None else None
    for word in (case.country, terms.job_class if terms is not None else None):
        found = rule_on(db.session, f"case.list_days.{word}", day) if word else None
        if found is not None:
            return found
    return None


def list_is_confirmed(asked: Question) -> Found:
    case = asked.case
    rule = list_rule(case, asked.on) if case.opening is not None else None
    if rule is None:
        return
    if case.list_submitted_on is None or case.list_confirmed_on is None:
        yield resting_on(rule, _("Chưa ghi ngày nộp và ngày xác nhận danh sách lao động."))
    elif case.list_confirmed_on < case.list_submitted_on:
        yield Missing(_("Ngày xác nhận danh sách không thể trước ngày nộp."))
    if rule.key.endswith("JP") or case.list_submitted_on is None:
        return
    if case.visa_filed_on is None:
        yield resting_on(rule, _("Chưa ghi ngày nộp hồ sơ thị thực."))
        return
    earliest = load_calendar(db.session).add_working_days(case.list_submitted_on, rule.whole)
    if case.visa_filed_on < earliest:
        yield resting_on(
            rule,
            _("Danh sách phải nộp trước hồ sơ thị thực ít nhất %(n)s ngày làm việc: sớm nhất ngày %(day)s.",
              n=rule.whole, day=show_date(earliest)),
        )  # fmt: skip


# --- deposit and fund ------------------------------------------------------------------------------------


def deposit_is_in_order(asked: Question) -> Found:
    """After the contract, after the foreign side said yes or the visa is there; not above the stated sum."""
    case = asked.case
    if not case.deposit_vnd:
        return
    if case.deposit_paid_on is None:
        yield Missing(_("Hãy ghi ngày nộp tiền ký quỹ."))
        return
    terms = case.opening.overseas if case.opening is not None else None
    if terms is not None and terms.deposit_vnd is not None and case.deposit_vnd > terms.deposit_vnd:
        yield Missing(
            _("Tiền ký quỹ (%(sum)s) cao hơn mức đã đăng trong tin (%(stated)s).",
              sum=show_money(case.deposit_vnd), stated=show_money(terms.deposit_vnd)),
            NOT_ABOVE,
        )  # fmt: skip
    yield from _deposit_came_in_time(case, case.deposit_paid_on)


def _deposit_came_in_time(case: OverseasCase, paid_on: dt.date) -> Found:
    rule = rule_on(db.session, "case.deposit_after", paid_on)
    if rule is None:
        yield unknown(_("lúc nộp tiền ký quỹ"), paid_on)
        return
    if case.contract_signed_on is None or paid_on < case.contract_signed_on:
        yield resting_on(rule, _("Tiền ký quỹ chỉ được nộp sau khi ký hợp đồng."))
    accepted = case.accepted_on or _visa_day(case)
    if accepted is None or paid_on < accepted:
        yield resting_on(
            rule, _("Tiền ký quỹ chỉ được nộp sau khi bên nước ngoài đồng ý nhận hoặc đã có thị thực.")
        )


def _visa_day(case: OverseasCase) -> dt.date | None:
    visa = current(papers_of(case)).get(DocumentKind.VISA)
    return visa.issued_on if visa is not None else None


def fund_is_paid(asked: Question) -> Found:
    """The receipt's own day counts, at least so many days before the day of leaving."""
    receipt = current(papers_of(asked.case)).get(DocumentKind.FUND_RECEIPT)
    if receipt is None or receipt.state is not DocumentState.CHECKED:
        # Said by the papers already.
        return
    rule = rule_on(db.session, "case.fund_days_before", asked.on)
    if rule is None:
        yield unknown(_("ngày đóng Quỹ Hỗ trợ việc làm ngoài nước"), asked.on)
    elif receipt.issued_on is None:
        yield Missing(_("Chưa ghi ngày đóng Quỹ Hỗ trợ việc làm ngoài nước."))
    elif days_before(receipt.issued_on, asked.on) < rule.whole:
        yield resting_on(
            rule,
            _("Quỹ Hỗ trợ việc làm ngoài nước phải đóng trước khi đi ít nhất %(n)s ngày; "
              "biên lai ghi ngày %(day)s.",
              n=rule.whole, day=show_date(receipt.issued_on)),
        )  # fmt: skip


# --- days ------------------------------------------------------------------------------------------------


def is_in_time(asked: Question) -> Found:
    case = asked.case
    if case.depart_by is not None and asked.on > case.depart_by:
        yield Missing(
            _(
                "Quá hạn chờ xuất cảnh, ngày %(day)s. Hỏi người này còn muốn đi không: "
                "còn thì ghi “đồng ý chờ thêm”, không thì dừng hồ sơ và đòi hoàn tiền, bồi thường.",
                day=show_date(case.depart_by),
            ),
            case.depart_by_source,
        )


for need, check in (
    (Need.DOCUMENTS, papers_are_in_order), (Need.LIST, list_is_confirmed),
    (Need.DEPOSIT, deposit_is_in_order), (Need.FUND, fund_is_paid), (Need.IN_TIME, is_in_time),
):  # fmt: skip
    register(need, check)
