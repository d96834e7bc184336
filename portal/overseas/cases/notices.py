"""What a person is told about their case, in plain words and by the ways they agreed to."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.messages.models import Channel
from portal.messages.operations import enqueue
from portal.overseas.cases.document_models import CaseDocument
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


def tell_slip(case: OverseasCase, before: CaseState, *, now: dt.datetime) -> None:
    """Who was told of the step hears that it was none, and where they stand."""
    if before not in NEWS:
        return
    tell("case.slip", case.worker, lambda: (
        _("Hồ sơ đi làm việc ở nước ngoài của bạn"),
        _("Tin trước Trung tâm ghi nhầm, xin lỗi bạn. Hồ sơ của bạn đang ở bước này: %(stage)s. %(link)s",
          stage=case.state.label, link=_link(case)),
    ), now=now)  # fmt: skip


def tell_adviser_of_leaving(case: OverseasCase, *, now: dt.datetime) -> None:
    """Neither who nor why stands in the message."""
    adviser = case.adviser
    if adviser is None or not adviser.is_enabled:
        return
    enqueue(
        "case.left", recipient=adviser.display_name, channel=Channel.PORTAL, account=adviser, now=now,
        subject=_("Một người thôi không đi nữa"),
        body=_("Người lao động đã tự dừng hồ sơ đi nước ngoài. Xem: %(link)s",
               link=address(f"/cases/{case.id}")),
    )  # fmt: skip


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
