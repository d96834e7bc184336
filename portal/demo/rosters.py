"""Two sheets of the demo college, through the same jobs as real ones: one recorded, one to be mended."""

import datetime as dt

from flask import current_app

from portal.access.models import Account
from portal.extensions import db
from portal.files.operations import store
from portal.jobs.runner import run_once
from portal.organisations.models import Organisation
from portal.rosters import operations
from portal.rosters.models import Roster
from portal.web.transactions import write_transaction

HEAD = "Họ và tên,Ngày sinh,Giới tính,Số ĐT,Ngành nghề,Trình độ\n"
RIGHT = """Nguyễn Thị Kim Ngân,14/02/2005,Nữ,0901234101,Kế toán,Cao đẳng
Chau Sóc Thia,03/09/2004,Nam,0901234102,Hàn,Trung cấp
Lê Hoàng Duy,21/11/2005,Nam,0901234103,Điện công nghiệp,Cao đẳng
"""
WRONG = """Trần Văn Lợi,31/02/2004,Nam,0901234104,Hàn,Trung cấp
Phạm Ngọc Thảo,08/05/2005,Nữ,0901234,Kế toán,Cao đẳng
Danh Thanh Tâm,17/07/2005,Nam,0901234106,Hàn,Trung cấp
"""


def make_rosters(college: int, account: int, now: dt.datetime) -> None:
    for title, rows in (("Tốt nghiệp đợt 1", RIGHT), ("Tốt nghiệp đợt 2", WRONG)):
        with write_transaction():
            organisation, actor = (
                db.session.get_one(Organisation, college),
                db.session.get_one(Account, account),
            )
            folder = current_app.config["UPLOAD_FOLDER"]
            content = (HEAD + rows).encode()
            file = store(content, "danh-sach.csv", "text/csv", folder=folder, actor=actor, now=now)
            roster_id = operations.upload(organisation, title, file, actor=actor, now=now).id
        _run()
        if rows is RIGHT:
            with write_transaction():
                roster, actor = db.session.get_one(Roster, roster_id), db.session.get_one(Account, account)
                operations.commit_roster(roster, {}, actor=actor, now=now)
            _run()


def _run() -> None:
    while run_once(current_app._get_current_object()):  # type: ignore[attr-defined]
        pass
