"""One account a role, and the organisations they belong to."""

import datetime as dt
from dataclasses import dataclass

from portal.access.models import Account
from portal.access.passwords import hash_password
from portal.access.states import PARTNERS, Role
from portal.common.text import fold
from portal.demo import hours
from portal.demo.names import read
from portal.extensions import db
from portal.organisations.confirming import confirm
from portal.organisations.models import MarketPermission, Membership, Organisation
from portal.organisations.rules import CALLED_KINDS
from portal.organisations.states import LicenceStatus, OrganisationKind

PASSWORD = "benviec-demo"
NAMES = tuple(role.value for role in Role)
# More staff than sign in: work has owners.
COLLEAGUES = ("Trần Thị Hồng Nhung", "Lê Minh Khoa", "Nguyễn Thị Cẩm Tú", "Huỳnh Quốc Trung")
DISPLAY = {
    Role.SEEKER: "Nguyễn Thị Mai",
    Role.ADVISER: "Phạm Thị Thu Hà",
    Role.MODERATOR: "Võ Thành Nhân",
    Role.LEADER: "Lê Văn Tấn",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
    Role.EMPLOYER: "Đặng Ngọc Lan",
    Role.SENDER: "Bùi Hữu Phước",
    Role.COLLEGE: "Trần Kim Yến",
    Role.COMMUNE: "Danh Sóc Kha",
    Role.DEPARTMENT: "Ngô Thanh Bình",
}


@dataclass
class Staff:
    accounts: dict[Role, Account]
    advisers: list[Account]
    organisations: dict[OrganisationKind, list[Organisation]]


def make_accounts(*, password_hash: str, on: dt.date, now: dt.datetime) -> Staff:
    accounts = {role: _account(role.value, DISPLAY[role], role, password_hash, now) for role in Role}
    colleagues = [
        _account(f"adviser{number}", name, Role.ADVISER, None, now)
        for number, name in enumerate(COLLEAGUES, start=2)
    ]
    db.session.flush()
    organisations = _make_organisations(on, now)
    for role in PARTNERS:
        kind = OrganisationKind(role.value)
        db.session.add(
            Membership(
                account_id=accounts[role].id,
                organisation_id=organisations[kind][0].id,
                is_manager=True,
                created_at=now,
            )
        )
    db.session.flush()
    _call_back(organisations, [accounts[Role.ADVISER], *colleagues], now)
    return Staff(accounts, [accounts[Role.ADVISER], *colleagues], organisations)


def _account(name: str, display: str, role: Role, password_hash: str | None, now: dt.datetime) -> Account:
    account = Account(
        sign_in_name=name,
        display_name=display,
        role=role,
        password_hash=password_hash,
        is_demo=True,
        created_at=now,
    )
    db.session.add(account)
    return account


def _make_organisations(on: dt.date, now: dt.datetime) -> dict[OrganisationKind, list[Organisation]]:
    made: dict[OrganisationKind, list[Organisation]] = {kind: [] for kind in OrganisationKind}
    for row in read("organisations")["organisation"]:
        kind = OrganisationKind(row["kind"])
        organisation = Organisation(
            kind=kind,
            name=row["name"],
            name_folded=fold(row["name"]),
            commune_code=row["commune"],
            address_line=row.get("address", ""),
            phone=row.get("phone", ""),
            licence_number=row.get("licence"),
            licence_status=LicenceStatus.VALID if row.get("licence") else LicenceStatus.UNKNOWN,
            is_demo=True,
            created_at=now,
        )
        for country in row.get("markets", ()):
            organisation.market_permissions.append(
                MarketPermission(
                    country=country, valid_from=on - dt.timedelta(days=400), source="Dữ liệu dùng thử"
                )
            )
        made[kind].append(organisation)
        db.session.add(organisation)
    db.session.flush()
    return made


def _call_back(
    organisations: dict[OrganisationKind, list[Organisation]], callers: list[Account], now: dt.datetime
) -> None:
    """Every employer and sender was called, on numbers that nobody has."""
    called = [organisation for kind in CALLED_KINDS for organisation in organisations[kind]]
    for number, organisation in enumerate(called):
        confirm(
            organisation,
            called_number=f"0296399{number:04d}",
            number_source="Cổng đăng ký doanh nghiệp (dùng thử)",
            spoke_with="Phòng nhân sự, xác nhận đang tuyển và không thu tiền",
            actor=callers[number % len(callers)],
            now=hours.latest(now) - dt.timedelta(days=75 - number),
        )


def demo_hash() -> str:
    """argon2 takes its time: made before the transaction begins."""
    return hash_password(PASSWORD)
