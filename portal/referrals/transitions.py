"""The pipeline as a table: pages ask it which buttons to show, and the same table refuses.

Plain values in, a verdict with its sentence out; it knows no database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.referrals.states import BEFORE_RESULT, ReferralState

S = ReferralState


class Party(StrEnum):
    """In which capacity somebody acts on this one referral."""

    PERSON = "person"
    STAFF = "staff"
    EMPLOYER = "employer"
    SYSTEM = "system"


class Need(StrEnum):
    # Facts that must hold.
    OPEN = "open"
    LIVE = "live"
    SEEKING = "seeking"
    LAWFUL = "lawful"
    MATCHING = "matching"
    SHARING = "sharing"
    LETTER = "letter"
    INTERVIEW = "interview"
    HELD = "held"
    FOLLOW_UP = "follow_up"
    # Where these do not hold, the step is not spoken of at all.
    ABROAD = "abroad"
    AT_HOME = "at_home"
    DEPARTED = "departed"
    # Nobody else keeps the departure: where a case does, it is recorded there and follows here.
    OWN_DEPARTURE = "own_departure"
    # What must be given with the step.
    REASON = "reason"
    NOTE = "note"
    DATE = "date"
    PROOF = "proof"
    CHANNEL = "channel"


GIVEN = (Need.REASON, Need.NOTE, Need.DATE, Need.PROOF, Need.CHANNEL)

UNMET: dict[Need, Any] = {
    Need.OPEN: _l("Việc này không còn nhận người."),
    Need.LIVE: _l("Hồ sơ này chưa đăng ký xong hoặc không còn dùng."),
    Need.SEEKING: _l("Người này đang tạm ngưng tìm việc hoặc chưa đăng ký xong."),
    Need.LAWFUL: _l("Pháp luật chưa cho phép làm việc này ở tuổi của người này."),
    Need.MATCHING: _l("Người này chưa đồng ý để Trung tâm tìm việc phù hợp, hoặc đã rút lại."),
    Need.SHARING: _l("Người này chưa đồng ý cho nơi tuyển dụng xem hồ sơ, hoặc đã rút lại."),
    Need.LETTER: _l("Chưa có giấy giới thiệu."),
    Need.INTERVIEW: _l("Không có buổi phỏng vấn nào đang chờ."),
    Need.HELD: _l("Chưa đến giờ phỏng vấn."),
    Need.FOLLOW_UP: _l("Chưa đến ngày hỏi thăm."),
    Need.ABROAD: _l("Việc này ở trong nước."),
    Need.AT_HOME: _l("Ngày xuất cảnh của người này đã ghi rồi."),
    Need.DEPARTED: _l("Chưa ghi ngày xuất cảnh của người này."),
    Need.OWN_DEPARTURE: _l("Ngày xuất cảnh được ghi ở hồ sơ đi làm việc ở nước ngoài của người này."),
    Need.REASON: _l("Hãy chọn một lý do."),
    Need.NOTE: _l("Hãy ghi vì sao."),
    Need.DATE: _l("Hãy ghi ngày."),
    Need.PROOF: _l("Hãy ghi bằng chứng, ví dụ mã tin trên sàn quốc gia."),
    Need.CHANNEL: _l("Hãy ghi người này trả lời bằng cách nào."),
}
# The same, said to the person themself.
UNMET_OWN: dict[Need, Any] = {
    **UNMET,
    Need.LIVE: _l("Hồ sơ của bạn chưa đăng ký xong. Bạn hoàn thành đăng ký rồi bấm lại nhé."),
    Need.LAWFUL: _l(
        "Pháp luật chưa cho phép làm việc này ở tuổi của bạn. Trung tâm sẽ giúp bạn tìm việc khác."
    ),
}
WRONG_STATE = _l("Bước này không còn làm được: giới thiệu đã sang tình trạng khác.")


@dataclass(frozen=True)
class Step:
    name: str
    sources: tuple[ReferralState | None, ...]
    # None: stays where it is.
    target: ReferralState | None
    who: tuple[Party, ...]
    needs: tuple[Need, ...] = ()
    label: Any = ""
    # Which list the reason comes from: (side, occasion).
    reasons: tuple[str, str] | None = None
    tone: str = ""
    # Facts without which the step is neither offered nor explained.
    silent: tuple[Need, ...] = ()

    @property
    def asks(self) -> tuple[Need, ...]:
        """What a page must ask for before this step."""
        return tuple(need for need in self.needs if need in GIVEN)


PERSON, STAFF, EMPLOYER, SYSTEM = Party.PERSON, Party.STAFF, Party.EMPLOYER, Party.SYSTEM
DECLINED_BY_PERSON = ("person", "declined")
NOT_HIRED = ("employer", "not_hired")

STEPS: tuple[Step, ...] = (
    # The person wants this job. What the Centre had asked already is thereby answered.
    Step("want", (None, S.DECLINED, S.LAPSED), S.INTERESTED, (PERSON,),
         (Need.LIVE, Need.OPEN, Need.LAWFUL), _l("Tôi muốn việc này")),
    Step("want", (S.SHORTLISTED, S.ASKED), S.AGREED, (PERSON,),
         (Need.LIVE, Need.OPEN, Need.LAWFUL), _l("Tôi muốn việc này")),
    Step("shortlist", (None,), S.SHORTLISTED, (STAFF,),
         (Need.SEEKING, Need.OPEN, Need.LAWFUL, Need.MATCHING), _l("Đưa vào danh sách chọn")),
    Step("invite", (S.INTERESTED,), S.AGREED, (STAFF,),
         (Need.LIVE, Need.OPEN, Need.LAWFUL), _l("Mời, sẽ giới thiệu")),
    Step("ask", (S.SHORTLISTED,), S.ASKED, (STAFF,),
         (Need.SEEKING, Need.OPEN, Need.LAWFUL, Need.MATCHING), _l("Hỏi người này")),
    Step("remind", (S.ASKED,), None, (STAFF, SYSTEM),
         (Need.SEEKING, Need.OPEN, Need.MATCHING), _l("Nhắc lại câu hỏi")),
    Step("agree", (S.ASKED,), S.AGREED, (PERSON, STAFF),
         (Need.LIVE, Need.OPEN, Need.LAWFUL, Need.CHANNEL), _l("Ghi: người này đồng ý")),
    # Asked and answered in one telephone call.
    Step("agree", (S.SHORTLISTED,), S.AGREED, (STAFF,),
         (Need.SEEKING, Need.OPEN, Need.LAWFUL, Need.MATCHING, Need.CHANNEL), _l("Ghi: người này đồng ý")),
    Step("decline", (S.ASKED,), S.DECLINED, (PERSON, STAFF),
         (Need.REASON, Need.CHANNEL), _l("Ghi: người này không nhận"), DECLINED_BY_PERSON, "stop"),
    Step("decline", (S.SHORTLISTED,), S.DECLINED, (STAFF,),
         (Need.REASON, Need.CHANNEL), _l("Ghi: người này không nhận"), DECLINED_BY_PERSON, "stop"),
    Step("withdraw", (S.INTERESTED, S.AGREED, S.REFERRED, S.INTERVIEW), S.DECLINED, (PERSON, STAFF),
         (Need.REASON, Need.CHANNEL), _l("Ghi: người này thôi không muốn nữa"), DECLINED_BY_PERSON, "stop"),
    Step("withdraw", (S.SHORTLISTED,), S.DECLINED, (PERSON,),
         (Need.REASON, Need.CHANNEL), _l("Tôi không muốn việc này"), DECLINED_BY_PERSON, "stop"),
    Step("not_now", (S.INTERESTED, S.SHORTLISTED, S.AGREED), S.NOT_NOW, (STAFF,),
         (Need.REASON,), _l("Chưa giới thiệu lần này"), ("centre", "not_now"), "stop"),
    Step("issue_letter", (S.AGREED,), S.REFERRED, (STAFF,),
         (Need.LIVE, Need.OPEN, Need.LAWFUL, Need.SHARING), _l("Cấp giấy giới thiệu")),
    Step("issue_letter", (S.REFERRED, S.INTERVIEW), None, (STAFF,),
         (Need.LIVE, Need.OPEN, Need.LAWFUL, Need.SHARING), _l("Cấp lại giấy giới thiệu")),
    Step("set_interview", (S.REFERRED,), S.INTERVIEW, (STAFF,),
         (Need.LIVE, Need.SHARING, Need.LETTER, Need.DATE), _l("Hẹn phỏng vấn")),
    Step("set_interview", (S.INTERVIEW,), None, (STAFF,),
         (Need.LIVE, Need.SHARING, Need.LETTER, Need.DATE), _l("Hẹn giờ khác")),
    Step("answer_interview", (S.INTERVIEW,), None, (PERSON, STAFF),
         (Need.INTERVIEW, Need.CHANNEL), _l("Ghi câu trả lời về giờ hẹn")),
    Step("record_interview", (S.INTERVIEW,), None, (STAFF,),
         (Need.INTERVIEW, Need.HELD), _l("Ghi: có đến phỏng vấn không"), ("person", "no_show")),
    Step("report_result", (S.REFERRED, S.INTERVIEW), None, (EMPLOYER,),
         (Need.LETTER,), _l("Báo kết quả"), NOT_HIRED),
    Step("hire", (S.REFERRED, S.INTERVIEW), S.HIRED, (STAFF,),
         (Need.LETTER, Need.DATE), _l("Ghi: được nhận")),
    Step("refuse", (S.REFERRED, S.INTERVIEW), S.REFUSED, (STAFF,),
         (Need.LETTER, Need.REASON), _l("Ghi: nơi tuyển không nhận"), NOT_HIRED, "stop"),
    Step("record_exchange", (S.HIRED, S.PLACED, S.LEFT), None, (STAFF,),
         (Need.DATE, Need.PROOF), _l("Ghi: đã cập nhật sàn quốc gia")),
    Step("place", (S.HIRED,), S.PLACED, (STAFF,), (Need.FOLLOW_UP,), _l("Ghi: vẫn đang làm")),
    Step("leave", (S.HIRED,), S.LEFT, (STAFF,),
         (Need.REASON,), _l("Ghi: đã nghỉ việc"), ("", "left_work"), "stop"),
    Step("depart", (S.HIRED, S.PLACED), None, (STAFF,),
         (Need.ABROAD, Need.AT_HOME, Need.OWN_DEPARTURE, Need.DATE), _l("Ghi: đã xuất cảnh"),
         silent=(Need.ABROAD, Need.AT_HOME)),
    Step("depart", (S.HIRED, S.PLACED), None, (SYSTEM,), (Need.ABROAD, Need.AT_HOME, Need.DATE)),
    Step("undo_depart", (S.HIRED, S.PLACED, S.LEFT), None, (STAFF,),
         (Need.DEPARTED, Need.OWN_DEPARTURE, Need.NOTE), _l("Ghi nhầm, chưa xuất cảnh"), None, "stop",
         silent=(Need.DEPARTED,)),
    Step("undo_depart", (S.HIRED, S.PLACED, S.LEFT), None, (SYSTEM,), (Need.DEPARTED, Need.NOTE)),
    # Nobody's fault and nobody's step: the opening ended, or the question was left without an answer.
    Step("fill", BEFORE_RESULT, S.FILLED, (SYSTEM,)),
    Step("lapse", (S.ASKED,), S.LAPSED, (SYSTEM,)),
    # The profile was refused or is somebody else's: there is nobody to refer.
    Step("disown", BEFORE_RESULT, S.DECLINED, (SYSTEM,)),
    # Recorded by mistake, or things have changed.
    Step("reopen", (S.NOT_NOW, S.DECLINED, S.LAPSED, S.FILLED), S.SHORTLISTED, (STAFF,),
         (Need.SEEKING, Need.OPEN, Need.LAWFUL, Need.MATCHING, Need.NOTE), _l("Mở lại")),
    Step("reopen", (S.REFUSED,), S.AGREED, (STAFF,),
         (Need.LIVE, Need.OPEN, Need.LAWFUL, Need.NOTE), _l("Mở lại")),
    Step("reopen", (S.PLACED, S.LEFT), S.HIRED, (STAFF,), (Need.NOTE,), _l("Mở lại việc theo dõi")),
    Step("undo_hire", (S.HIRED,), S.REFERRED, (STAFF,),
         (Need.AT_HOME, Need.NOTE), _l("Ghi nhầm, chưa được nhận"), None, "stop"),
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What is true of a referral now. `met` holds the needs that are facts and hold."""

    state: ReferralState | None
    met: frozenset[Need] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Offer:
    """A button: `why_not` set, the button is shown as a sentence instead."""

    step: Step
    why_not: Any = None


def find(name: str, state: ReferralState | None, party: Party) -> Step | None:
    for step in STEPS:
        if step.name == name and state in step.sources and party in step.who:
            return step
    return None


def may_ever(name: str, party: Party) -> bool:
    """Whether this party can take a step of this name from any state."""
    return any(step.name == name and party in step.who for step in STEPS)


def unmet(step: Step, facts: Facts, given: Iterable[Need] | None = None) -> Need | None:
    """The first need that is not met; without `given` only the facts are looked at."""
    have = facts.met | frozenset(given or ())
    asked = step.needs if given is not None else tuple(n for n in step.needs if n not in GIVEN)
    return next((need for need in asked if need not in have), None)


def offers(facts: Facts, party: Party) -> list[Offer]:
    """Every step this party could take from here, with the sentence for those that are stopped."""
    found = []
    for step in STEPS:
        spoken_of = facts.met.issuperset(step.silent)
        if facts.state in step.sources and party in step.who and spoken_of:
            need = unmet(step, facts)
            found.append(Offer(step, UNMET[need] if need else None))
    return found
