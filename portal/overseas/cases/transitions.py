"""The way abroad as a table: pages ask it which buttons to show, and the same table refuses.

Plain values in, a verdict with its sentences out; it knows no database. Which stages a case uses comes as an
argument: a step that leads on starts from the stage before it among those.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.overseas.cases.states import ALWAYS_USED, BEFORE_DEPARTURE, PIPELINE
from portal.overseas.states import CaseState

S = CaseState


class Party(StrEnum):
    """In which capacity somebody acts on this one case."""

    PERSON = "person"
    STAFF = "staff"
    SENDER = "sender"
    SYSTEM = "system"


class Need(StrEnum):
    # Facts, each told by the functions registered in `gates`.
    LIVE = "live"
    MATCHING = "matching"
    ADULT = "adult"
    ADVISER = "adviser"
    ELIGIBLE = "eligible"
    OPENING = "opening"
    FITS = "fits"
    TAKING = "taking"
    SHARING = "sharing"
    RECEIVER = "receiver"
    LICENCE = "licence"
    SUPPLY = "supply"
    QUANTITY = "quantity"
    SAFE = "safe"
    ENROLLED = "enrolled"
    TRAINED = "trained"
    DOCUMENTS = "documents"
    CONTRACT = "contract"
    FEE = "fee"
    MONEY = "money"
    DEPOSIT = "deposit"
    LOAN = "loan"
    SUPPORT = "support"
    LIST = "list"
    FUND = "fund"
    IN_TIME = "in_time"
    HOME = "home"
    LIQUIDATED = "liquidated"
    # What must be given with the step.
    DATE = "date"
    REASON = "reason"
    NOTE = "note"
    # What the adviser says has been done, each by its own tick.
    COSTS_SHOWN = "costs_shown"
    NO_EXIT_BAN = "no_exit_ban"
    NO_MONEY_TAKEN = "no_money_taken"
    BRIEFED = "briefed"
    KNOWS_RIGHTS = "knows_rights"


TICKS: dict[Need, Any] = {
    Need.COSTS_SHOWN: _l("Đã cho người này xem tờ chi phí và dặn cách nhận ra lừa đảo"),
    Need.NO_EXIT_BAN: _l("Đã hỏi: người này không bị cấm xuất cảnh, chưa từng ở lại nước ngoài trái phép"),
    Need.NO_MONEY_TAKEN: _l("Đã hỏi: không ai thu tiền của người này để được tuyển chọn hay giữ chỗ"),
    Need.BRIEFED: _l("Đã dặn dò trước khi đi: giấy tờ, số điện thoại cần gọi, quyền của mình"),
    Need.KNOWS_RIGHTS: _l(
        "Người này biết mình có quyền thôi và được hoàn tiền, bồi thường, và đã đồng ý bằng văn bản chờ thêm"
    ),
}
GIVEN = (Need.DATE, Need.REASON, Need.NOTE, *TICKS)
UNGIVEN: dict[Need, Any] = {
    Need.DATE: _l("Hãy ghi ngày."),
    Need.REASON: _l("Hãy chọn một lý do."),
    Need.NOTE: _l("Hãy ghi vì sao."),
    Need.COSTS_SHOWN: _l("Hãy cho người này xem tờ chi phí và dặn cách nhận ra lừa đảo, rồi đánh dấu."),
    Need.NO_EXIT_BAN: _l("Hãy hỏi về cấm xuất cảnh và việc từng ở lại nước ngoài trái phép, rồi đánh dấu."),
    Need.NO_MONEY_TAKEN: _l(
        "Hãy hỏi có ai thu tiền để được tuyển chọn không. Nếu có, đừng đánh dấu: hãy báo sự việc."
    ),
    Need.BRIEFED: _l("Hãy dặn dò người này trước khi đi, rồi đánh dấu."),
    Need.KNOWS_RIGHTS: _l("Hãy cho người này biết quyền của mình và nhận đồng ý bằng văn bản, rồi đánh dấu."),
}
# What each fact is about, for the list of what a step needs.
ABOUT: dict[Need, Any] = {
    Need.LIVE: _l("Hồ sơ còn dùng"),
    Need.MATCHING: _l("Đồng ý để Trung tâm tìm việc"),
    Need.ADULT: _l("Đủ tuổi"),
    Need.ADVISER: _l("Có tư vấn viên"),
    Need.ELIGIBLE: _l("Điều kiện của chương trình"),
    Need.OPENING: _l("Đã chọn nơi đi"),
    Need.FITS: _l("Điều kiện của tin tuyển"),
    Need.TAKING: _l("Đơn hàng còn nhận người"),
    Need.SHARING: _l("Đồng ý cho nơi tuyển xem hồ sơ"),
    Need.RECEIVER: _l("Đồng ý gửi hồ sơ ra nước ngoài"),
    Need.LICENCE: _l("Giấy phép của doanh nghiệp"),
    Need.SUPPLY: _l("Hợp đồng cung ứng được chấp thuận"),
    Need.QUANTITY: _l("Còn chỗ trong số được chấp thuận"),
    Need.SAFE: _l("Không có sự việc về tiền hay lừa đảo"),
    Need.ENROLLED: _l("Có lớp học"),
    Need.TRAINED: _l("Học xong"),
    Need.DOCUMENTS: _l("Giấy tờ"),
    Need.CONTRACT: _l("Hợp đồng đã ký"),
    Need.FEE: _l("Tiền dịch vụ trong mức cho phép"),
    Need.MONEY: _l("Cách lo tiền"),
    Need.DEPOSIT: _l("Ký quỹ đúng lúc, đúng mức"),
    Need.LOAN: _l("Khoản vay"),
    Need.SUPPORT: _l("Tiền hỗ trợ"),
    Need.LIST: _l("Danh sách được xác nhận"),
    Need.FUND: _l("Đóng Quỹ Hỗ trợ việc làm ngoài nước"),
    Need.IN_TIME: _l("Trong hạn chờ xuất cảnh"),
    Need.HOME: _l("Việc về nước"),
    Need.LIQUIDATED: _l("Thanh lý hợp đồng"),
}
WRONG_STATE = _l("Bước này không còn làm được: hồ sơ đã sang giai đoạn khác. Xin mở lại trang để xem.")
WHY_ON = _l("Điều này không chặn hẳn. Nếu vẫn đi tiếp, hãy ghi vì sao.")


@dataclass(frozen=True)
class Missing:
    """What stands in the way. `passable`: a reason that is kept carries one over it."""

    sentence: Any
    source: str = ""
    passable: bool = False


@dataclass(frozen=True)
class Step:
    name: str
    # None: stays where it is, or (`back`) goes to where the log says.
    target: CaseState | None
    who: tuple[Party, ...]
    # Facts looked at before the button is shown, and again when the step is taken.
    needs: tuple[Need, ...] = ()
    # Facts that only what the step's form asks can make true: looked at when the step is taken.
    judged: tuple[Need, ...] = ()
    # What must be given with it.
    asks: tuple[Need, ...] = ()
    label: Any = ""
    tone: str = ""
    sources: tuple[CaseState | None, ...] = ()
    back: bool = False

    @property
    def leads_on(self) -> bool:
        return self.target is not None and self.target in PIPELINE

    @property
    def facts(self) -> tuple[Need, ...]:
        return (*self.needs, *self.judged)


N, PERSON, STAFF, SYSTEM = Need, Party.PERSON, Party.STAFF, Party.SYSTEM
BY_STAFF = (STAFF,)
SENDER_IN_ORDER = (N.LICENCE, N.SUPPLY)

FORWARD: tuple[Step, ...] = (
    Step("open", S.INTERESTED, BY_STAFF, (N.LIVE, N.MATCHING, N.ADULT), label=_l("Mở hồ sơ đi nước ngoài")),
    Step("counsel", S.COUNSELLED, BY_STAFF, (N.LIVE, N.ADVISER), (), (N.COSTS_SHOWN,), _l("Ghi: đã tư vấn")),
    Step("check", S.CHECKED, BY_STAFF, (N.LIVE, N.ADULT, N.ELIGIBLE), (), (N.NO_EXIT_BAN,),
         _l("Ghi: đã xem điều kiện")),
    Step("nominate", S.NOMINATED, BY_STAFF,
         (N.LIVE, N.ADULT, N.OPENING, N.FITS, N.TAKING, *SENDER_IN_ORDER, N.QUANTITY, N.SHARING, N.RECEIVER,
          N.DOCUMENTS),
         label=_l("Giới thiệu dự tuyển")),
    Step("select", S.SELECTED, BY_STAFF, (N.SAFE, N.DOCUMENTS), (), (N.DATE, N.NO_MONEY_TAKEN),
         _l("Ghi: trúng tuyển")),
    Step("train", S.TRAINING, BY_STAFF, (N.ENROLLED, N.DOCUMENTS), (), (N.DATE,), _l("Ghi: vào lớp")),
    Step("health", S.HEALTH, BY_STAFF, (N.TRAINED, N.DOCUMENTS), label=_l("Ghi: đã khám sức khỏe")),
    Step("sign", S.CONTRACT, BY_STAFF, (*SENDER_IN_ORDER, N.SAFE, N.DOCUMENTS),
         (N.CONTRACT, N.FEE, N.IN_TIME), (N.DATE,), _l("Ghi: đã ký hợp đồng")),
    Step("arrange_money", S.FINANCE, BY_STAFF, (N.SAFE, N.SUPPORT, N.LOAN, N.DOCUMENTS),
         (N.MONEY, N.DEPOSIT), label=_l("Ghi: đã lo xong tiền")),
    Step("visa", S.VISA, BY_STAFF, (N.DOCUMENTS,), (N.LIST,), label=_l("Ghi: đã có thị thực")),
    Step("make_ready", S.READY, BY_STAFF, (N.SAFE, N.DOCUMENTS), (N.ADULT, N.IN_TIME, N.FUND),
         (N.DATE, N.BRIEFED), _l("Ghi: sẵn sàng xuất cảnh")),
    Step("depart", S.ABROAD, BY_STAFF, (N.SAFE, N.LICENCE, N.QUANTITY),
         (N.ADULT, N.DOCUMENTS, N.IN_TIME, N.FUND), (N.DATE,), _l("Ghi: đã xuất cảnh")),
    Step("return_home", S.RETURNED, BY_STAFF, (N.HOME,), (), (N.DATE,), _l("Ghi: đã về nước")),
    Step("settle", S.SETTLED, BY_STAFF, (N.LIQUIDATED,), label=_l("Ghi: đã thanh lý hợp đồng")),
)  # fmt: skip
# A profile goes abroad again and again while somebody there decides about the person.
SENDING = BEFORE_DEPARTURE[BEFORE_DEPARTURE.index(S.CHECKED) :]
WAITED = BEFORE_DEPARTURE[BEFORE_DEPARTURE.index(S.SELECTED) :]

SIDEWAYS: tuple[Step, ...] = (
    Step("send_profile", None, BY_STAFF, (N.LIVE, N.SHARING, N.RECEIVER),
         label=_l("Ghi: đã gửi hồ sơ cho bên nhận"), tone="second", sources=SENDING),
    Step("extend", None, BY_STAFF, asks=(N.DATE, N.NOTE, N.KNOWS_RIGHTS),
         label=_l("Ghi: đồng ý chờ thêm"), tone="second", sources=WAITED),
    Step("end", S.ENDED, BY_STAFF, asks=(N.REASON,), label=_l("Dừng hồ sơ"), tone="stop",
         sources=BEFORE_DEPARTURE),
    Step("withdraw", S.ENDED, (PERSON,), asks=(N.REASON,), label=_l("Tôi không đi nữa"), tone="stop",
         sources=BEFORE_DEPARTURE),
    # The profile was refused or emptied: there is nobody to send.
    Step("disown", S.ENDED, (SYSTEM,), sources=BEFORE_DEPARTURE),
    Step("reopen", None, BY_STAFF, (N.LIVE, N.MATCHING), asks=(N.NOTE,), label=_l("Mở lại hồ sơ"),
         tone="second", sources=(S.ENDED,), back=True),
    Step("undo", None, BY_STAFF, asks=(N.NOTE,), label=_l("Ghi nhầm, quay lại bước trước"), tone="stop",
         sources=(*BEFORE_DEPARTURE[1:], S.RETURNED, S.SETTLED), back=True),
    Step("undo_depart", None, BY_STAFF, asks=(N.NOTE,), label=_l("Ghi nhầm, chưa xuất cảnh"), tone="stop",
         sources=(S.ABROAD,), back=True),
)  # fmt: skip
NAMES = tuple(step.name for step in (*FORWARD, *SIDEWAYS))


def used(stages: Collection[CaseState] | None) -> tuple[CaseState, ...]:
    """The stages of a case in order; what the law asks for is among them whatever a programme says."""
    if stages is None:
        return PIPELINE
    return tuple(state for state in PIPELINE if state in stages or state in ALWAYS_USED)


@lru_cache(maxsize=64)
def table(stages: tuple[CaseState, ...] = PIPELINE) -> tuple[Step, ...]:
    """Every step of a case with these stages, each with the stages it starts from."""
    before = dict(zip(stages, (None, *stages), strict=False))
    forward = tuple(
        replace(step, sources=(before[step.target],)) for step in FORWARD if step.target in before
    )
    # A case that is in a stage its programme has given up since goes on from there.
    return (*(_from_given_up(step, stages) for step in forward), *SIDEWAYS)


def _from_given_up(step: Step, stages: tuple[CaseState, ...]) -> Step:
    if step.target is None or step.sources == (None,):
        return step
    low, high = PIPELINE.index(step.sources[0] or S.INTERESTED), PIPELINE.index(step.target)
    return replace(step, sources=PIPELINE[low:high])


@dataclass(frozen=True)
class Facts:
    """What is true of a case now: for each fact that does not hold, what is missing."""

    state: CaseState | None
    missing: Mapping[Need, tuple[Missing, ...]] = field(default_factory=dict)
    stages: tuple[CaseState, ...] = PIPELINE


@dataclass(frozen=True)
class Offer:
    """A button. With `hard` it is shown as sentences instead; with `soft` alone it asks for a reason."""

    step: Step
    hard: tuple[Missing, ...] = ()
    soft: tuple[Missing, ...] = ()


def find(name: str, facts: Facts, party: Party) -> Step | None:
    for step in table(facts.stages):
        if step.name == name and facts.state in step.sources and party in step.who:
            return step
    return None


def may_ever(name: str, party: Party) -> bool:
    """Whether this party can take a step of this name from any stage."""
    return any(step.name == name and party in step.who for step in (*FORWARD, *SIDEWAYS))


def standing_in_the_way(facts: Facts, needs: Iterable[Need]) -> tuple[Missing, ...]:
    """Everything that is missing, in the order of the table: a refusal names it all at once."""
    return tuple(one for need in needs for one in facts.missing.get(need, ()))


def ungiven(step: Step, given: Collection[Need]) -> Need | None:
    return next((need for need in step.asks if need not in given), None)


def offers(facts: Facts, party: Party) -> list[Offer]:
    """Every step this party could take from here, with what stands in its way."""
    found = []
    for step in table(facts.stages):
        if facts.state in step.sources and party in step.who:
            missing = standing_in_the_way(facts, step.needs)
            hard = tuple(one for one in missing if not one.passable)
            found.append(Offer(step, hard, tuple(one for one in missing if one.passable)))
    return found
