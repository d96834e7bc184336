"""What a person is told about their case, in plain words and by the ways they agreed to."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.overseas.document_models import CaseDocument
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.referrals.notices import address, tell

# Only what changes something for the person; who reads over their shoulder learns no cause.
NEWS: dict[CaseState, Any] = {
    CaseState.INTERESTED: _l(
        "Trung tâm đã mở hồ sơ này. Tư vấn viên sẽ gặp bạn. Bạn không phải nộp tiền cho ai."
    ),
    CaseState.NOMINATED: _l("Trung tâm đã giới thiệu bạn dự tuyển."),
    CaseState.SELECTED: _l("Bạn đã trúng tuyển. Không ai được thu tiền của bạn vì việc này."),
    CaseState.CONTRACT: _l("Hợp đồng của bạn đã ký."),
    CaseState.VISA: _l("Bạn đã có thị thực."),
    CaseState.READY: _l("Bạn đã đủ giấy tờ để đi. Xem những điều cần nhớ ở trang của bạn."),
    CaseState.ABROAD: _l("Chúc bạn đi bình an. Khi cần, hãy gọi cho Trung tâm."),
}


def tell_stage(case: OverseasCase, *, now: dt.datetime) -> None:
    news = NEWS.get(case.state)
    if news is not None:
        tell("case.stage", case.worker, lambda: (
            _("Hồ sơ đi làm việc ở nước ngoài của bạn"), f"{news} {_link(case)}",
        ), now=now)  # fmt: skip


def tell_end(case: OverseasCase, *, now: dt.datetime) -> None:
    tell("case.ended", case.worker, lambda: (
        _("Hồ sơ đi làm việc ở nước ngoài của bạn"),
        _("Hồ sơ của bạn đã dừng. Tư vấn viên sẽ cùng bạn tìm hướng khác. %(link)s", link=_link(case)),
    ), now=now)  # fmt: skip


def tell_returned(document: CaseDocument, *, now: dt.datetime) -> None:
    """The kind of paper is named, what is wrong with it stands on the person's own page."""
    case = document.case
    tell("case.document_returned", case.worker, lambda: (
        _("Một giấy tờ cần nộp lại"),
        _("%(name)s cần nộp lại. Xem vì sao: %(link)s", name=document.kind.label, link=_link(case)),
    ), now=now)  # fmt: skip


def _link(case: OverseasCase) -> str:
    return address(f"/me/cases/{case.id}")
