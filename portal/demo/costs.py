"""What some people have paid on their way abroad, one of them too much; and two suspected frauds."""

import datetime as dt

from sqlalchemy import select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import local_date
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.states import OpeningState, Sphere
from portal.overseas.costs.fraud_states import FraudSign
from portal.overseas.costs.frauds import Suspected, answer_report, report_fraud
from portal.overseas.costs.payments import Paid, note_payment, share
from portal.overseas.costs.states import PaidFor
from portal.overseas.models import OverseasCase
from portal.web.transactions import write_transaction
from portal.workers.models import Worker

FRAUDS = (
    Suspected(
        FraudSign.PAGE,
        "Trang này ghi là của Trung tâm, nhắn riêng đòi 5 triệu để giữ chỗ đi Hàn Quốc tháng sau.",
        where_seen="Trang “XKLĐ An Giang chính thức”",
    ),
    Suspected(
        FraudSign.TOURIST,
        "Có người trong xóm bảo đi Đài Loan bằng visa du lịch rồi ở lại làm. Bảo đưa trước 60 triệu.",
        where_seen="Quán cà phê ở chợ",
        name="Chị Bảy",
    ),
)
ANSWER = (
    "Trung tâm không có trang này và không bao giờ thu tiền giữ chỗ. Bạn đừng chuyển tiền. "
    "Chúng tôi đã báo cho công an và nhắc mọi người ở trang chính."
)


def make_costs(now: dt.datetime) -> None:
    with write_transaction():
        adviser = db.session.scalars(select(Account).where(Account.role == Role.ADVISER).limit(1)).one()
        _of_the_seeker(now)
        reports = [
            report_fraud(told, account=None, now=now - dt.timedelta(days=days))[0]
            for told, days in zip(FRAUDS, (4, 1), strict=True)
        ]
        answer_report(reports[0], ANSWER, actor=adviser, now=now)


def _of_the_seeker(now: dt.datetime) -> None:
    """Who signs in as `seeker` has paid for papers, and somebody who may take nothing."""
    worker = db.session.scalar(
        select(Worker).join(Worker.account).where(Account.sign_in_name == "seeker", Account.is_demo)
    )
    own = select(OverseasCase.opening_id).where(OverseasCase.worker_id == (worker.id if worker else None))
    opening = db.session.scalars(
        select(Opening)
        .where(Opening.sphere == Sphere.OVERSEAS, Opening.state == OpeningState.PUBLISHED)
        .order_by(Opening.id.in_(own).desc(), Opening.published_at.desc(), Opening.id)
        .limit(1)
    ).first()
    if worker is None or worker.account is None or opening is None:
        return
    day = local_date(now)
    for kind, amount, to, days in (
        (PaidFor.PASSPORT, 200_000, "Công an tỉnh", 40),
        (PaidFor.HEALTH, 950_000, "Bệnh viện đa khoa", 30),
        (PaidFor.BROKERAGE, 3_000_000, "Anh Tư, người quen của công ty", 12),
    ):
        paid = Paid(opening.id, kind, amount, to, day - dt.timedelta(days=days))
        payment = note_payment(worker, paid, None, actor=worker.account, now=now)
        if kind is PaidFor.PASSPORT:
            share(worker, payment, actor=worker.account, now=now)
