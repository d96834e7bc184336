"""What classes, claims and loans tell the gates of a case. A class or a bank elsewhere is not known here: a
reason carries one over it."""

from collections.abc import Iterator

from flask_babel import gettext as _

from portal.common.clock import local_date
from portal.courses.queries import enrolments_of
from portal.courses.states import CourseResult
from portal.extensions import db
from portal.overseas.cases.gates import Question, register
from portal.overseas.cases.states import FinanceWay
from portal.overseas.cases.transitions import Missing, Need
from portal.overseas.support.queries import Claims, Loans
from portal.overseas.support.states import ClaimState, LoanState
from portal.web.templating import show_date

GRANTED = (LoanState.APPROVED, LoanState.PAID_OUT, LoanState.REPAID)


def is_enrolled(asked: Question) -> Iterator[Missing]:
    if not any(row.left_on is None for row, _there, _held in enrolments_of(asked.case.worker)):
        yield Missing(_("Chưa có tên trong lớp nào ở đây. Học ở nơi khác thì ghi là nơi nào."), passable=True)


def has_finished_classes(asked: Question) -> Iterator[Missing]:
    """Every class this person is in since the case began has its result, and it was passed."""
    since = local_date(asked.case.opened_at)
    for row, _there, _held in enrolments_of(asked.case.worker):
        one = row.course_class
        if row.left_on is not None or one.ends_on < since or row.result is CourseResult.PASSED:
            continue
        said = _("chưa đạt") if row.result is CourseResult.FAILED else _("chưa có kết quả")
        yield Missing(
            _("Lớp %(name)s: %(said)s.", name=f"{one.course.name}, {one.name}", said=said), passable=True
        )


def claims_are_answered(asked: Question) -> Iterator[Missing]:
    """Whoever arranges the money knows what the budget pays."""
    waiting = Claims().for_case(asked.case).in_state(ClaimState.CLAIMED).by_due_date().query
    for claim in db.session.scalars(waiting):
        yield Missing(_("Đề nghị hỗ trợ chưa có trả lời: %(what)s.", what=claim.content.label), passable=True)


def loan_is_answered(asked: Question) -> Iterator[Missing]:
    loans = list(db.session.scalars(Loans().for_case(asked.case).newest_first().query))
    waiting = next((loan for loan in loans if loan.state is LoanState.ASKED), None)
    if waiting is not None:
        day = show_date(waiting.due_on) if waiting.due_on is not None else _("chưa rõ hạn")
        yield Missing(_("Ngân hàng chưa trả lời hồ sơ vay (trễ nhất: %(day)s).", day=day))
    elif asked.case.finance_way is FinanceWay.LOAN and not any(loan.state in GRANTED for loan in loans):
        yield Missing(
            _("Chưa có khoản vay nào được đồng ý ở đây. Vay nơi khác thì ghi là nơi nào."), passable=True
        )


for need, check in (
    (Need.ENROLLED, is_enrolled), (Need.TRAINED, has_finished_classes),
    (Need.SUPPORT, claims_are_answered), (Need.LOAN, loan_is_answered),
):  # fmt: skip
    register(need, check)
