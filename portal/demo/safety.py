"""What the desk is there to stop: openings that ask for money or pay too little, and one to call back."""

import dataclasses
import datetime as dt
import random

from matching.made_up_jobs import jobs_abroad
from portal.access.models import Account
from portal.access.states import Role
from portal.demo import hours
from portal.demo.accounts import Staff
from portal.demo.openings import overseas_opening
from portal.demo.overseas import enter, made_up_papers
from portal.extensions import db
from portal.openings import operations
from portal.openings.models import Opening
from portal.openings.states import Sphere
from portal.openings.writing import create
from portal.organisations.models import Organisation
from portal.organisations.operations import ContactFacts, OrganisationFacts, create_organisation
from portal.organisations.states import OrganisationKind

TOO_DEAR = "Đóng gói bánh kẹo tại Đài Loan"
AN_GIANG, LONG_XUYEN = "91", "30307"


def make_suspects(staff: Staff, on: dt.date, now: dt.datetime) -> None:
    """Three openings that wait for a moderator, written and read like any other."""
    adviser = staff.accounts[Role.ADVISER]
    moment = hours.latest(now - dt.timedelta(hours=3))
    unknown = _employer("Cơ sở gia công Sao Khuya (dùng thử)", "", "", moment)
    new = _employer("Công ty TNHH Mắm Cồn Én (dùng thử)", "24 đường Nguyễn Huệ", "02963000071", moment)
    known = staff.organisations[OrganisationKind.EMPLOYER][0]
    _submit(
        unknown,
        {
            "title": "Việc nhẹ lương cao tại nhà",
            "occupation_code": "7531",
            "text": "Nhận hạt về nhà xâu, ai cũng làm được.\n"
            "Người mới đặt cọc 500.000đ tiền nguyên liệu, làm xong hoàn lại.\nThu nhập 2 triệu/ngày.",
            "wage_note": "Theo sản phẩm",
            "contact_phone": "0900000071",
        },
        adviser, on, moment,
    )  # fmt: skip
    _submit(
        known,
        {
            "title": "Tạp vụ xưởng may",
            "occupation_code": "9112",
            "text": "Quét dọn xưởng, lau bàn máy, gom vải vụn.",
            "wage_min": 4_200_000,
            "wage_max": 4_600_000,
            "contact_phone": known.phone,
        },
        adviser, on, moment,
    )  # fmt: skip
    _submit(
        new,
        {
            "title": "Công nhân ủ mắm",
            "occupation_code": "7511",
            "text": "Rửa cá, trộn muối, canh lu. Không thu phí hồ sơ, có đồng phục.",
            "wage_min": 7_000_000,
            "wage_max": 9_000_000,
            "contact_phone": new.phone,
        },
        adviser, on, moment,
    )  # fmt: skip


def make_too_dear(staff: Staff, on: dt.date, now: dt.datetime) -> Opening:
    """Waits for a moderator: everything is in order but the fee, a month of wage above the ceiling."""
    rng, moment = random.Random("too dear"), hours.latest(now - dt.timedelta(hours=3))
    lawful = next(job for job in jobs_abroad() if (job.country, job.job_class) == ("TW", "manufacturing"))
    job = dataclasses.replace(lawful, title=TOO_DEAR, fee_months=lawful.fee_months + 1)
    sender = staff.organisations[OrganisationKind.SENDER][0]
    opening = overseas_opening(job, sender, rng, on, now)
    opening.created_at = opening.updated_at = moment
    db.session.add(opening)
    db.session.flush()
    enter(opening, made_up_papers(staff.accounts[Role.LEADER], moment), staff, now=moment)
    operations.submit(opening, actor=staff.accounts[Role.LEADER], now=moment)
    return opening


def _employer(name: str, address: str, phone: str, now: dt.datetime) -> Organisation:
    facts = OrganisationFacts(kind=OrganisationKind.EMPLOYER, name=name)
    contact = ContactFacts(commune_code=LONG_XUYEN, address_line=address, phone=phone)
    organisation = create_organisation(facts, contact, actor=None, now=now)
    organisation.is_demo = True
    return organisation


def _submit(
    organisation: Organisation,
    values: dict[str, object],
    actor: Account,
    on: dt.date,
    now: dt.datetime,
) -> None:
    place = {"sphere": Sphere.DOMESTIC, "province_code": AN_GIANG, "commune_code": LONG_XUYEN}
    common = {"positions": 4, "contact_name": "Người phụ trách", "expires_on": on + dt.timedelta(days=20)}
    opening = create(organisation, {**place, **common, **values}, actor=actor, now=now)
    operations.submit(opening, actor=actor, now=now)
