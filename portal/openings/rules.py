"""What an opening must say before it is public, and what it may ask for. Facts in, sentences out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.openings.states import CONTRACT_KINDS, RequirementKind, Sphere

DISCRIMINATION = "Bộ luật Lao động 45/2019/QH14, Điều 3 khoản 8 và Điều 8"
CONTRACT_AGE_AND_SEX = (
    "Luật 69/2020/QH14, Điều 19 khoản 2 điểm b; Thông tư 21/2021/TT-BLĐTBXH, Điều 3 khoản 2"
)
# An opening that runs for longer is looked at again: wages and places change.
LONGEST_RUN_DAYS = 180


@dataclass(frozen=True)
class Need:
    """One structured requirement, in the shape of matching.types.Requirement."""

    kind: RequirementKind
    op: str
    value: Any
    is_hard: bool = True
    any_of: int | None = None
    source: str = ""


@dataclass(frozen=True)
class PublishFacts:
    """What the check before publishing reads."""

    sphere: Sphere
    title: str
    text: str
    occupation_code: str | None
    province_code: str | None
    country: str | None
    expires_on: dt.date | None
    has_wage: bool
    has_contact: bool
    approval_number: str
    positions_left: int
    open_findings: int


def lacks(facts: PublishFacts, on: dt.date) -> list[tuple[str, str]]:
    """(field, sentence) for everything that is still missing, in the order of the form."""
    missing: list[tuple[str, str]] = []

    def need(ok: Any, field: str, sentence: str) -> None:
        if not ok:
            missing.append((field, sentence))

    need(facts.title, "title", _("Hãy ghi tên công việc."))
    need(facts.occupation_code, "occupation", _("Hãy chọn nghề, để tin đến đúng người."))
    need(facts.text, "text", _("Hãy mô tả công việc bằng vài câu."))
    if facts.sphere == Sphere.DOMESTIC:
        need(facts.province_code, "place", _("Hãy cho biết nơi làm việc."))
    else:
        need(facts.country, "country", _("Hãy chọn nước đến làm việc."))
        need(facts.approval_number, "approval_number", _("Hãy ghi số văn bản chấp thuận hợp đồng cung ứng."))
    need(facts.has_wage, "wage_min", _("Hãy ghi tiền lương, hoặc cách trả lương."))
    need(facts.has_contact, "contact_phone", _("Hãy ghi số điện thoại hoặc thư điện tử của người phụ trách."))
    need(facts.expires_on, "expires_on", _("Hãy ghi hạn cuối nhận hồ sơ."))
    if facts.expires_on:
        need(facts.expires_on >= on, "expires_on", _("Hạn nhận hồ sơ đã qua. Hãy ghi một ngày khác."))
        need(
            facts.expires_on <= on + dt.timedelta(days=LONGEST_RUN_DAYS),
            "expires_on",
            _("Hạn nhận hồ sơ nhiều nhất là %(n)s ngày kể từ hôm nay.", n=LONGEST_RUN_DAYS),
        )
    need(facts.positions_left > 0, "positions", _("Tin đã đủ người. Hãy ghi thêm số người cần tuyển."))
    return missing


def held_back(open_findings: int, employer_known: bool) -> list[str]:
    """What keeps a complete opening from the public: each a sentence."""
    held = []
    if open_findings:
        held.append(_("Còn %(n)s câu chờ người duyệt xem.", n=open_findings))
    if not employer_known:
        held.append(_("Nơi tuyển dụng chưa được gọi xác minh theo một số tự tìm được."))
    return held


def refusal_of(need: Need, sphere: Sphere, approval_number: str) -> str | None:
    """Why this may not be asked, with its legal source; None when it may."""
    if need.kind not in CONTRACT_KINDS:
        return None
    if sphere == Sphere.DOMESTIC:
        return str(
            _(
                "Tin trong nước không được đòi tuổi hay giới tính (%(source)s). Việc cấm người dưới 18 tuổi "
                "thì đánh dấu ở mục “Không nhận người dưới 18 tuổi”.",
                source=DISCRIMINATION,
            )
        )
    if not approval_number:
        return str(
            _(
                "Chỉ ghi tuổi và giới tính khi hợp đồng đã được chấp thuận có ghi, kèm số văn bản chấp thuận "
                "(%(source)s).",
                source=CONTRACT_AGE_AND_SEX,
            )
        )
    if not need.is_hard:
        return str(_("Tuổi và giới tính là điều kiện của hợp đồng, không phải điều mong muốn."))
    return None


def positions_refusal(positions: int, taken: int) -> str | None:
    if positions < max(taken, 1):
        return str(_("Đã có %(n)s người được nhận, số người cần tuyển không thể ít hơn.", n=taken))
    return None
