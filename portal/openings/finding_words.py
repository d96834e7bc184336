"""What the opening check found, as pages show it."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.openings.check.facts import FIELD_NAMES
from portal.openings.check.figures import figure
from portal.openings.check.findings import Finding, Verdict
from portal.openings.checked_values import FIELDS
from portal.openings.standing import Standing
from portal.web.templating import show_date, show_money

# The gravest first.
ORDER = (Verdict.BREACH, Verdict.UNKNOWN, Verdict.WARNING, Verdict.OK)
LABELS: dict[Verdict, Any] = {
    Verdict.BREACH: _l("Trái quy định"),
    Verdict.UNKNOWN: _l("Chưa rõ"),
    Verdict.WARNING: _l("Cần xem lại"),
    Verdict.OK: _l("Đúng quy định"),
}
FEES = ("service_fee_months", "service_fee_vnd", "extension_fee_months")
LABELS_OF: dict[str, Any] = {name: label for name, (label, _paper) in FIELDS.items()} | {
    "fx_rate": _l("Tỷ giá đã dùng để tính (đồng một đơn vị)"),
    "fx_date": _l("Tỷ giá của ngày"),
    "fx_source": _l("Nguồn tỷ giá"),
    "brokerage_vnd": _l("Tiền môi giới người lao động trả (đồng)"),
    "selection_fee_vnd": _l("Tiền tuyển chọn, giữ chỗ (đồng)"),
    "selected_quantity": _l("Số người đã chọn"),
    "departed_quantity": _l("Số người đã xuất cảnh"),
    "sending_contract_signed": _l("Hợp đồng đưa đi đã ký"),
    "foreign_acceptance_or_visa": _l("Bên nước ngoài đã nhận, hoặc đã có thị thực"),
    "sender_licence_status": _l("Giấy phép đưa người đi"),
    "sender_market_permission": _l("Được phép đưa người đi nước này"),
    "age_sex_source": _l("Căn cứ của tuổi và giới tính"),
    "payable_when": _l("Trả khi nào"),
    "receipt_by": _l("Ai thu và ghi biên lai"),
}
# For who writes the check's input; "State payable_when." has the name alone.
_IN_BRACKETS = re.compile(rf" \((?:{'|'.join(FIELD_NAMES)})\)")
_NAME = re.compile(rf"\(?\b({'|'.join(name for name in LABELS_OF if '_' in name)})\b\)?")
TONES = {Verdict.BREACH: "stop", Verdict.UNKNOWN: "wait", Verdict.WARNING: "warn", Verdict.OK: "good"}


def gravest_first(findings: Any) -> list[Finding]:
    return sorted(findings, key=lambda one: ORDER.index(one.verdict))


def ground_of(finding: Finding) -> str:
    """Where it stands, and since when."""
    if not finding.source:
        return ""
    if finding.since is None:
        return finding.source
    return str(_("%(source)s, từ ngày %(day)s", source=finding.source, day=show_date(finding.since)))


def allowed_text(finding: Finding) -> str:
    if not isinstance(finding.allowed, Decimal):
        return finding.allowed or ""
    if finding.unit == "vnd":
        return show_money(int(finding.allowed))
    # A fee is counted in months of wage, whatever the length of the contract.
    unit = "wage_months" if finding.field in FEES and finding.unit == "months" else finding.unit
    vi, en = figure(finding.allowed, unit)
    return en if str(get_locale()) == "en" else vi


def message_of(finding: Finding) -> str:
    """In the language of the page, without the names of the check's input."""
    said = finding.message_en if str(get_locale()) == "en" else finding.message_vi
    said = _IN_BRACKETS.sub("", said)
    return _NAME.sub(lambda match: f"“{LABELS_OF[match[1]]}”", said)


def holding_sentences(standing: Standing) -> list[str]:
    """Why the opening is not yet for the public, the gravest first; none when it may be."""
    if standing.publishable:
        return []
    said = [_("Trái quy định: %(what)s", what=message_of(one)) for one in standing.breaches]
    said += [_("Cần cho qua hoặc sửa: %(what)s", what=message_of(one)) for one in standing.open_warnings]
    if standing.unticked:
        said.append(_("Còn %(n)s mục chưa được đối chiếu với giấy tờ.", n=len(standing.unticked)))
    if not standing.stated.publishable:
        unknown = [one for one in standing.stated.findings if one.verdict is Verdict.UNKNOWN]
        said += [_("Chưa rõ: %(what)s", what=message_of(one)) for one in unknown]
    return said or [_("Còn điều bắt buộc phải ghi mà chưa rõ.")]


def field_of(finding: Finding) -> str:
    """ "worker_costs[2].payable_when" hangs on the lines of cost."""
    return finding.field.partition("[")[0]


def findings_on(findings: Iterable[Finding], *names: str) -> list[Finding]:
    return [one for one in findings if field_of(one) in names]


WORDS = {
    "findings_on": findings_on,
    "finding_message": message_of,
    "finding_ground": ground_of,
    "finding_label": LABELS.__getitem__,
    "finding_tone": TONES.__getitem__,
    "gravest_first": gravest_first,
}
