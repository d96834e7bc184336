"""Where a case stands, said to its person: now, what comes next, and what nobody may ask of them."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.overseas.cases.states import PIPELINE, STAGE_WORDS, ExitReason
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState

S = CaseState


@dataclass(frozen=True)
class Stand:
    now: Any
    next: Any
    tone: str = "water"


STANDS: dict[CaseState, Stand] = {
    S.INTERESTED: Stand(
        _l("Trung tâm đã mở hồ sơ cho bạn."),
        _l("Tư vấn viên sẽ gặp bạn, nói rõ chi phí, rủi ro và cách nhận ra lừa đảo."),
        "wait",
    ),
    S.COUNSELLED: Stand(
        _l("Bạn đã được tư vấn."), _l("Tư vấn viên cùng bạn xem bạn có đủ điều kiện chưa, còn thiếu gì.")
    ),
    S.CHECKED: Stand(
        _l("Bạn và tư vấn viên đã xem điều kiện."),
        _l("Nộp đủ giấy tờ dưới đây để được giới thiệu dự tuyển."),
    ),
    S.NOMINATED: Stand(
        _l("Trung tâm đã giới thiệu bạn dự tuyển."),
        _l("Chờ thi và phỏng vấn. Không ai được thu tiền để bạn được chọn."),
    ),
    S.SELECTED: Stand(
        _l("Bạn đã trúng tuyển."), _l("Vào lớp học tiếng, học nghề và giáo dục định hướng."), "good"
    ),
    S.TRAINING: Stand(_l("Bạn đang học."), _l("Học xong thì khám sức khỏe.")),
    S.HEALTH: Stand(
        _l("Bạn đã khám sức khỏe."),
        _l("Đọc kỹ hợp đồng cùng tư vấn viên rồi hãy ký. Chưa hiểu câu nào thì hỏi câu đó."),
    ),
    S.CONTRACT: Stand(
        _l("Bạn đã ký hợp đồng."), _l("Lo tiền: hỏi tư vấn viên về tiền hỗ trợ và tiền vay trước khi nộp gì.")
    ),
    S.FINANCE: Stand(_l("Bạn đã lo xong tiền."), _l("Chờ danh sách được xác nhận và thị thực.")),
    S.VISA: Stand(
        _l("Bạn đã có thị thực."),
        _l("Đóng Quỹ Hỗ trợ việc làm ngoài nước và nghe dặn dò trước khi đi."),
        "good",
    ),
    S.READY: Stand(_l("Bạn đã sẵn sàng lên đường."), _l("Mang đủ giấy tờ bản gốc khi ra sân bay."), "good"),
    S.ABROAD: Stand(
        _l("Bạn đang làm việc ở nước ngoài."),
        _l("Khi cần giúp, hãy gọi hoặc nhắn cho Trung tâm."),
        "good",
    ),
    S.RETURNED: Stand(
        _l("Bạn đã về nước."),
        _l("Báo nơi cư trú, rồi cùng tư vấn viên thanh lý hợp đồng, nhận lại tiền ký quỹ nếu có."),
    ),
    S.SETTLED: Stand(
        _l("Hợp đồng của bạn đã thanh lý xong."), _l("Trung tâm cùng bạn tìm việc mới."), "calm"
    ),
    S.ENDED: Stand(
        _l("Hồ sơ này đã dừng."), _l("Bạn vẫn có thể tìm việc khác, hoặc mở lại cùng tư vấn viên."), "calm"
    ),
}  # fmt: skip

# What a case that ended says to its person: no blame, and a way on.
ENDINGS: dict[ExitReason, Any] = {
    ExitReason.FAILED_TEST: _l(
        "Lần này chưa đạt kỳ tuyển. Tư vấn viên có thể chỉ cho bạn lớp học và kỳ sau."
    ),
    ExitReason.FAILED_HEALTH: _l("Lần này chưa đi được vì sức khỏe. Tư vấn viên sẽ cùng bạn xem hướng khác."),
    ExitReason.DOCUMENT_EXPIRED: _l("Giấy tờ đã hết hạn. Làm lại giấy rồi thì mở lại hồ sơ được."),
    ExitReason.SENDER_FAULT: _l(
        "Đây không phải lỗi của bạn. Bạn có quyền đòi lại tiền đã nộp: hãy hỏi tư vấn viên."
    ),
    ExitReason.WAITED_TOO_LONG: _l(
        "Chờ quá lâu. Bạn có quyền được hoàn tiền, bồi thường: hãy hỏi tư vấn viên."
    ),
    ExitReason.FRAUD_SUSPECTED: _l("Trung tâm đang xem việc này. Đừng nộp thêm tiền cho ai."),
}  # fmt: skip


def stand(case: OverseasCase) -> Stand:
    said = STANDS[case.state]
    if case.state is S.ENDED and case.exit_reason in ENDINGS:
        return Stand(said.now, ENDINGS[case.exit_reason], said.tone)
    return said


def stage_for_sender(case: OverseasCase) -> Any:
    """The stage alone: why a case ended is nobody's business outside the Centre."""
    return case.state.label


def way_of(case: OverseasCase, stages: tuple[CaseState, ...]) -> list[tuple[Any, str]]:
    """The stages up to the departure as one line: done, now, ahead."""
    shown = [state for state in stages if PIPELINE.index(state) <= PIPELINE.index(S.ABROAD)]
    state = case.ended_from if case.state is S.ENDED and case.ended_from else case.state
    at = PIPELINE.index(state)
    return [
        (STAGE_WORDS[one], "done" if PIPELINE.index(one) < at else "now" if one is state else "")
        for one in shown
    ]
