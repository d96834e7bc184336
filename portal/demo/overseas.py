"""Made-up contracts abroad: lawful terms, papers to compare them with, and rates; one that asks too much."""

import datetime as dt
import random
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app

from matching.made_up_jobs import JobAbroad, rate
from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import local_date
from portal.demo import hours
from portal.demo.accounts import Staff
from portal.demo.names import read
from portal.files.models import StoredFile
from portal.files.operations import store
from portal.files.scans import PDF
from portal.files.typesetting import typeset
from portal.openings.checked_values import FIELDS, note_entered
from portal.openings.models import Opening, OverseasCost, OverseasTerms
from portal.openings.papers import put
from portal.openings.standing import Checker
from portal.openings.terms_states import CostKind, LodgingBy, PaperKind, PayableWhen, Payer
from portal.openings.ticking import override, tick
from portal.openings.writing import values_now
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind
from portal.reference.exchange_rates import add_rate

SOURCE = "Dữ liệu dùng thử"
RATE_SOURCE = "Tỷ giá dùng thử"
WEEKS_OF_RATES = 11
MONEY = ("JPY", "KRW", "TWD", "EUR", "AUD", "USD")
PAPER = Path(__file__).with_name("paper.typ")
WORDS = {
    PaperKind.APPROVAL: ("Văn bản chấp thuận hợp đồng", "chap-thuan-dung-thu.pdf"),
    PaperKind.SUPPLY_CONTRACT: ("Hợp đồng cung ứng lao động", "hop-dong-cung-ung-dung-thu.pdf"),
}
PAPER_LINES = (
    "Bản dùng thử để tập đối chiếu, không phải giấy tờ thật.",
    "Trong giấy thật, người duyệt tin đọc từng số rồi đánh dấu mục nào khớp với tin.",
)
REASON = "Đã gọi doanh nghiệp và xem hợp đồng (dùng thử)."
# Made-up names: a real company must not seem to hire here.
RECEIVERS = {
    "JP": ("Công ty Hoshimura (dùng thử)", "Hợp tác xã Aokawa (dùng thử)"),
    "KR": ("Công ty Haneul Bada (dùng thử)", "Công ty Saebyeok (dùng thử)"),
    "TW": ("Công ty Ngân Hải, Đài Loan (dùng thử)", "Công ty Phúc Điền, Đài Loan (dùng thử)"),
    "DE": ("Viện dưỡng lão Lindenhof (dùng thử)",),
    "RO": ("Công ty Bradul Verde (dùng thử)",),
    "AU": ("Nông trại Bluegum Hill (dùng thử)", "Nông trại Redcliff Creek (dùng thử)"),
}
# What everybody pays who goes, in đồng: when, and to whom.
OWN_COSTS = (
    (CostKind.TRAINING, 4_000_000, PayableWhen.AFTER_CONTRACT, "Trường đào tạo"),
    (CostKind.PASSPORT, 200_000, PayableWhen.BEFORE_CONTRACT, "Công an tỉnh"),
    (CostKind.HEALTH, 750_000, PayableWhen.BEFORE_CONTRACT, "Bệnh viện"),
    (CostKind.FUND, 100_000, PayableWhen.BEFORE_DEPARTURE, "Quỹ Hỗ trợ việc làm ngoài nước"),
)


def make_rates(staff: Staff, on: dt.date, now: dt.datetime) -> None:
    """Once a week, as far back as the oldest opening."""
    for weeks in range(WEEKS_OF_RATES, -1, -1):
        for currency in MONEY:
            add_rate(
                actor=staff.accounts[Role.MODERATOR], now=hours.latest(now), currency=currency, today=on,
                rate=Decimal(rate(currency)), day=on - dt.timedelta(weeks=weeks), source=RATE_SOURCE,
            )  # fmt: skip


def made_up_papers(actor: Account, now: dt.datetime) -> dict[PaperKind, StoredFile]:
    """One file of each kind for all of them: nobody reads three hundred."""
    folder = current_app.config["UPLOAD_FOLDER"]
    papers = {}
    for kind, (title, filename) in WORDS.items():
        content = typeset(PAPER, {"title": title, "lines": PAPER_LINES})
        papers[kind] = store(content, filename, PDF, folder=folder, actor=actor, now=now)
    return papers


def sender_of(job: JobAbroad, staff: Staff, rng: random.Random) -> Organisation:
    if job.job_class == "eps":
        return staff.organisations[OrganisationKind.CENTRE][0]
    senders = staff.organisations[OrganisationKind.SENDER]
    return rng.choice(
        [one for one in senders if any(job.country == market.country for market in one.market_permissions)]
    )


@lru_cache(maxsize=1)
def _kept() -> Mapping[tuple[str, str], dict[str, Any]]:
    return {(row["country"], row["job_class"]): row for row in read("terms_abroad")["terms"]}


def terms_of(
    job: JobAbroad, opening: Opening, approval: str, rng: random.Random, on: dt.date
) -> OverseasTerms:
    row = _kept()[job.country, job.job_class]
    low, worth = job.wage[0], rate(job.currency)
    fee = round(Decimal(low) * worth * Decimal(str(job.fee_months)))
    approved = opening.positions + rng.randrange(5, 25)
    return OverseasTerms(
        receiver=rng.choice(RECEIVERS[job.country]),
        job_class=job.job_class,
        supply_contract_number=f"HĐ-{rng.randrange(1000, 9999)}",
        supply_contract_approved=True,
        approval_number=approval,
        approval_date=on - dt.timedelta(days=rng.randrange(80, 300)),
        approved_quantity=approved,
        departed_quantity=0,
        selected_quantity=0,
        term_months=job.term,
        extension_months=row.get("extension", 0),
        extension_fee_months=Decimal(0),
        weekly_hours=40,
        rest_days=row["rest_days"],
        lodging_by=LodgingBy(row["lodging_by"]),
        lodging_deduction_pct=Decimal(row["lodging_deduction_pct"]),
        lodging=row["lodging"],
        meals_count=row["meals_count"],
        meals=row["meals"],
        airfare_out_paid_by=Payer(row["airfare_out"]),
        airfare_back_paid_by=Payer(row["airfare_back"]),
        insurance="Theo luật nước đến",
        fx_rate=Decimal(worth),
        fx_date=local_date(opening.created_at),
        fx_source=RATE_SOURCE,
        service_fee_months=Decimal(str(job.fee_months)).normalize() + 0,
        service_fee_vnd=int(fee),
        agreed_fee_vnd=int(fee),
        receiver_paid_fee_vnd=0,
        deposit_vnd=0,
        brokerage_vnd=0,
        selection_fee_vnd=0,
        costs=_costs(int(fee), opening.organisation.name),
        costs_complete=True,
        selection="Phỏng vấn tại Trung tâm, không thu tiền",
        planned_departure=on + dt.timedelta(days=rng.randrange(90, 200)),
        dispute_contact="Cục Quản lý lao động ngoài nước",
    )


def _costs(fee: int, sender: str) -> list[OverseasCost]:
    lines = [(CostKind.SERVICE_FEE, fee, PayableWhen.AFTER_CONTRACT, sender[:120])] if fee else []
    return [
        OverseasCost(
            position=position, kind=kind, amount=amount, currency="VND", payable_when=when, receipt_by=receipt
        )
        for position, (kind, amount, when, receipt) in enumerate([*lines, *OWN_COSTS])
    ]


def enter(
    opening: Opening, papers: Mapping[PaperKind, StoredFile], staff: Staff, *, now: dt.datetime
) -> None:
    """The sender writes it and attaches the two papers."""
    author = staff.accounts[Role.SENDER]
    note_entered(opening, {}, values_now(opening, now), actor=author, now=now)
    for kind, stored in papers.items():
        put(opening, kind, stored, actor=author, now=now)


def compare(opening: Opening, checker: Checker, staff: Staff, *, now: dt.datetime) -> None:
    """A moderator has read every value in the papers, and let pass what only asks to look twice."""
    moderator = staff.accounts[Role.MODERATOR]
    tick(opening, tuple(FIELDS), actor=moderator, now=now)
    standing = checker.standing(opening)
    for warning in standing.open_warnings:
        override(
            opening,
            standing,
            warning,
            "Đã gọi doanh nghiệp và xem hợp đồng (dùng thử).",
            actor=moderator,
            now=now,
        )
