"""What a person abroad can say, and what can be known of their stay and their coming home."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices
from portal.overseas.states import IncidentKind, Severity


class Answer(Choices):
    """The three buttons of the page a person opens abroad."""

    OK = "ok", _l("Tôi ổn")
    CALL = "call", _l("Gọi cho tôi")
    HELP = "help", _l("Tôi cần giúp")


ANSWER_TONES = {Answer.OK: "good", Answer.CALL: "wait", Answer.HELP: "stop"}


class WordBy(Choices):
    """How a word of somebody abroad came to us."""

    LINK = "link", _l("Người đó tự báo qua đường dẫn")
    PHONE = "phone", _l("Điện thoại")
    ZALO = "zalo", _l("Zalo, tin nhắn")
    FAMILY = "family", _l("Qua người nhà")
    OTHER = "other", _l("Cách khác")


BY_HAND = (WordBy.PHONE, WordBy.ZALO, WordBy.FAMILY, WordBy.OTHER)


class WageSaid(Choices):
    AS_PROMISED = "as_promised", _l("Đủ như hợp đồng")
    LESS = "less", _l("Ít hơn hợp đồng")
    UNPAID = "unpaid", _l("Chưa được trả")
    UNSURE = "unsure", _l("Tôi không rõ")


class WorkSaid(Choices):
    AS_PROMISED = "as_promised", _l("Như hợp đồng")
    OTHER = "other", _l("Khác hợp đồng, nhưng tôi chịu được")
    BAD = "bad", _l("Nặng, nguy hiểm hoặc quá nhiều giờ")


# An answer "I am well" with one of these is looked at by the adviser all the same.
TO_LOOK_AT = (WageSaid.LESS, WageSaid.UNPAID, WorkSaid.BAD)


class Trouble(Choices):
    """In the person's own words; the kind and how soon somebody must act follow from it."""

    HURT = "hurt", _l("Có người đánh, ép buộc hoặc quấy rối tôi")
    HELD = "held", _l("Tôi bị nhốt, bị lừa hoặc bị bán")
    ILL = "ill", _l("Tôi bị tai nạn hoặc ốm nặng")
    PAPERS = "papers", _l("Họ giữ hộ chiếu, giấy tờ của tôi")
    WAGE = "wage", _l("Họ không trả lương hoặc trả thiếu")
    MONEY = "money", _l("Họ đòi tôi nộp thêm tiền")
    WORK = "work", _l("Việc, giờ làm hoặc chỗ ở không như hứa")
    OTHER = "other", _l("Chuyện khác")


MEANS = {
    Trouble.HURT: (IncidentKind.VIOLENCE, Severity.URGENT),
    Trouble.HELD: (IncidentKind.TRAFFICKING, Severity.URGENT),
    Trouble.ILL: (IncidentKind.ACCIDENT, Severity.URGENT),
    Trouble.PAPERS: (IncidentKind.PAPERS_KEPT, Severity.SERIOUS),
    Trouble.WAGE: (IncidentKind.WAGES, Severity.SERIOUS),
    Trouble.MONEY: (IncidentKind.OVERCHARGED, Severity.SERIOUS),
    Trouble.WORK: (IncidentKind.CONDITIONS, Severity.SERIOUS),
    Trouble.OTHER: (IncidentKind.OTHER, Severity.SERIOUS),
}


class CallWindow(Choices):
    """Hours of the clock where the person is."""

    ANY = "any", _l("Lúc nào cũng được")
    EARLY = "early", _l("Sáng sớm, 5 đến 7 giờ")
    NOON = "noon", _l("Trưa, 11 đến 13 giờ")
    AFTERNOON = "afternoon", _l("Chiều, 16 đến 18 giờ")
    EVENING = "evening", _l("Tối, 18 đến 21 giờ")
    LATE = "late", _l("Khuya, 21 đến 23 giờ")


HOURS = {
    CallWindow.EARLY: (5, 7),
    CallWindow.NOON: (11, 13),
    CallWindow.AFTERNOON: (16, 18),
    CallWindow.EVENING: (18, 21),
    CallWindow.LATE: (21, 23),
}


class MayTell(Choices):
    """What a person lets us tell one of the family."""

    WELL = "well", _l("Tôi vẫn khỏe, vẫn đi làm")
    DATES = "dates", _l("Ngày tôi đi, ngày tôi về")
    TROUBLE = "trouble", _l("Khi tôi gặp nạn hoặc mất liên lạc")


class ChildrenSaid(Choices):
    NONE = "none", _l("Không có con dưới 16 tuổi")
    CARED_FOR = "cared_for", _l("Có, đã có người trông")
    WORRIED = "worried", _l("Có, và còn lo cho con")


class HowHome(Choices):
    ON_TIME = "on_time", _l("Về đúng hạn")
    EARLY = "early", _l("Về trước hạn")
    OVERSTAYED = "overstayed", _l("Ở lại quá hạn")


class EarlyCause(Choices):
    """Why somebody came home before the contract ended; whose fault it was is asked apart."""

    ILL = "ill", _l("Tai nạn, ốm đau, không làm tiếp được")
    EMPLOYER = "employer", _l("Nơi làm phá sản, thu hẹp, đóng cửa")
    DISASTER = "disaster", _l("Chiến tranh, thiên tai, dịch bệnh")
    ABUSED = "abused", _l("Bị ngược đãi, cưỡng bức, quấy rối")
    BROKEN = "broken", _l("Nơi làm không giữ hợp đồng")
    FAMILY = "family", _l("Việc gia đình")
    OWN_WISH = "own_wish", _l("Tự muốn về")
    OWN_FAULT = "own_fault", _l("Bị cho về do lỗi của mình")
    OTHER = "other", _l("Lý do khác")


class Fault(Choices):
    """An adviser's finding, with what it rests on; the law refunds who came home early without fault."""

    NONE = "none", _l("Không do lỗi của người lao động")
    OWN = "own", _l("Do lỗi của người lao động")
    UNCLEAR = "unclear", _l("Chưa rõ")
