"""Husband, wife and mother on one phone, registered as people do; and the seeker's own phone, proved."""

import datetime as dt

from portal.access.models import Account
from portal.access.operations import create_account
from portal.access.passwords import hash_password
from portal.access.phone_codes import prove_phone
from portal.access.states import Role
from portal.extensions import db
from portal.reference.places import places
from portal.workers import operations
from portal.workers.models import Worker
from portal.workers.queries import worker_of
from portal.workers.states import ConsentChannel, Purpose

PHONE = "0901555777"
COMMUNE = "Xã Chợ Vàm"
# Name, year of birth, sex, PIN, occupation with the person's own words and months.
FAMILY = (
    ("Huỳnh Văn Đạt", 1979, "male", "2739", ("7112", "thợ hồ", 120)),
    ("Lê Thị Cẩm Hằng", 1982, "female", "8064", ("7531", "thợ may", 60)),
    ("Nguyễn Thị Sáu", 1955, "female", "5017", ("5120", "nấu ăn", 200)),
)
PURPOSES = (Purpose.MATCHING, Purpose.SHARING, Purpose.MESSAGES)


def pin_hashes() -> list[str]:
    """argon2 takes its time: made before the transaction begins."""
    return [hash_password(pin) for _name, _year, _sex, pin, _job in FAMILY]


def make_family(hashes: list[str], *, now: dt.datetime) -> list[Worker]:
    commune = next(place.code for place in places().communes() if place.full_name == COMMUNE)
    made = []
    for pin_hash, (name, year, sex, _pin, (code, words, months)) in zip(hashes, FAMILY, strict=True):
        account = create_account(
            None, name, Role.SEEKER, None, phone=PHONE, phone_proved_at=now, pin_hash=pin_hash,
            actor=None, now=now,
        )  # fmt: skip
        account.is_demo = True
        who = {"full_name": name, "birth_year": year, "sex": sex, "phone": PHONE}
        worker = operations.register(account, who, actor=account, now=now)
        steps = {
            "where": {"commune_code": commune},
            "can": {"occupations": [{"code": code, "words": words, "months": months}]},
            "want": {"wants_home": True, "wants_other_provinces": False, "wants_abroad": False},
        }
        for step, values in steps.items():
            operations.save_step(worker, step, values, actor=account, now=now)
        for purpose in PURPOSES:
            operations.give_consent(worker, purpose, channel=ConsentChannel.ONLINE, actor=account, now=now)
        operations.finish_registration(worker, actor=account, now=now)
        made.append(worker)
    return made


def prove_own_phone(account: Account, *, now: dt.datetime) -> None:
    """The seeker of the demo comes in by a code, too."""
    worker = worker_of(account)
    if worker is not None and worker.phone:
        prove_phone(account, worker.phone, now=now)
        db.session.flush()
